"""The headline view: one row per intervention and objective."""

from typing import TYPE_CHECKING

import pandas as pd

from gfmd_analysis.loading import ROUNDTABLES

if TYPE_CHECKING:
    from gfmd_analysis.loading import Dataset

LONG_COLUMNS = [
    "intervention", "meeting", "paragraph", "section", "roundtable", "actor", "actor_name", "actor_type", "constituency", "role", "turn",
    "objective", "objective_title", "objective_roundtable", "in_scope", "basis", "engagement", "words",
]  # fmt: skip


def long(data: "Dataset") -> pd.DataFrame:
    """Join interventions, mentions, actors and objectives into the tidy long table.

    Parameters
    ----------
    data
        A loaded dataset.

    Returns
    -------
    DataFrame
        One row per intervention and objective; an intervention without an objective is kept once, its objective missing.
        Columns: ``intervention``, ``meeting``, ``paragraph`` (Int64), ``section``, ``roundtable`` (RT1 to RT4 in whose
        section it stands, missing in plenary parts), ``actor``, ``actor_name``, ``actor_type``, ``constituency``,
        ``role``, ``turn``, ``objective`` (ordered categorical 1 to 23), ``objective_title`` (short),
        ``objective_roundtable``, ``in_scope`` (boolean: the objective belongs to that roundtable; missing in plenary
        parts and without an objective), ``basis``, ``engagement``, ``words`` (Int64, of the whole intervention: do not
        sum it over an intervention's rows).
    """
    spoken = data.interventions.drop(columns="summary")
    actors = data.actors[["actor", "short_name", "actor_type", "constituency"]].rename(
        columns={"short_name": "actor_name"}
    )
    objectives = data.objectives.rename(
        columns={"short_title": "objective_title", "roundtable": "objective_roundtable"}
    )
    table = (
        spoken.merge(data.mentions.drop(columns="note"), on="intervention", how="left", validate="one_to_many")
        .merge(actors, on="actor", how="left", validate="many_to_one")
        .merge(objectives.drop(columns="title"), on="objective", how="left", validate="many_to_one")
    )
    table["roundtable"] = table["section"].cat.set_categories(ROUNDTABLES.categories)
    known = table["roundtable"].notna() & table["objective"].notna()
    table["in_scope"] = (
        (table["roundtable"].astype("str") == table["objective_roundtable"].astype("str"))
        .astype("boolean")
        .where(known)
    )
    return table[LONG_COLUMNS].sort_values(["meeting", "paragraph", "actor", "objective"], ignore_index=True)
