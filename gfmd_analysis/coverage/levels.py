"""How each speaker touched each objective, at the strongest: under its number, on its subject, in passing, from the chair."""

import pandas as pd

from gfmd_analysis.coverage.counts import depth
from gfmd_analysis.dataset.capacity import ACTS, Acts
from gfmd_analysis.dataset.tables import require_columns

LEVELS = ("number", "subject", "passing", "chair")

ABOUT = ("actor_name", "constituency", "objective_title", "objective_roundtable")


def mention_levels(long: pd.DataFrame, *, acts: Acts = ACTS) -> pd.DataFrame:
    """Classify each speaker's mentions of an objective by the strongest reading that they allow.

    Parameters
    ----------
    long
        Tidy long table (:meth:`Dataset.long`), whole or selected; bare references count for nothing.
    acts
        As in :func:`gfmd_analysis.coverage.counts.taken_up`; whatever is said in another act is the chair's.

    Returns
    -------
    DataFrame
        One row per actor and objective that it touches: ``actor``, ``actor_name``, ``constituency``, ``objective``
        (Int64), ``objective_title``, ``objective_roundtable``, ``level`` (ordered category: ``chair``, ``passing``,
        ``subject``, ``number``), and interventions (Int64): ``taken_up``, ``passing``, ``chair``.
    """
    require_columns(long, "actor", "act", "objective", *ABOUT)
    rows = long.assign(objective=long["objective"].astype("Int64"), depth=depth(long, acts))
    rows = rows[rows["depth"] > 0]
    rows = rows.assign(taken_up=rows["depth"] > 2, passing=rows["depth"] == 2, chair=rows["depth"] == 1)
    groups = rows.groupby(["actor", "objective"], observed=True, sort=True)
    order = pd.CategoricalDtype(list(LEVELS[::-1]), ordered=True)
    strongest = pd.Categorical.from_codes(groups["depth"].max() - 1, dtype=order)
    counts = groups[["taken_up", "passing", "chair"]].sum().astype("Int64")
    return groups[list(ABOUT)].first().assign(level=strongest).join(counts).reset_index()
