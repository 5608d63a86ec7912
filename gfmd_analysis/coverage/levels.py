"""How each speaker touched each objective, at the strongest: under its number, on its subject, in passing, from the chair."""

import pandas as pd

from gfmd_analysis.dataset.capacity import ACTS, Acts, spoken_as
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
    require_columns(long, "actor", "objective", "act", "basis", "engagement", *ABOUT)
    rows = long[long["objective"].notna() & (long["engagement"] != "reference")]
    own, substantive = spoken_as(rows, acts), rows["engagement"] == "substantive"
    level = pd.Series("chair", index=rows.index).mask(own, "passing").mask(own & substantive, "subject")
    level = level.mask(own & substantive & (rows["basis"] == "explicit"), "number")
    order = pd.CategoricalDtype(list(LEVELS[::-1]), ordered=True)
    keyed = rows.assign(
        objective=rows["objective"].astype("Int64"),
        level=level.astype(order).cat.codes,
        taken_up=own & substantive,
        passing=own & ~substantive,
        chair=~own,
    )
    groups = keyed.groupby(["actor", "objective"], observed=True, sort=True)
    counts = groups[["taken_up", "passing", "chair"]].sum().astype("Int64")
    about = groups[list(ABOUT)].first()
    strongest = groups["level"].max()
    table = about.assign(level=pd.Categorical.from_codes(strongest, dtype=order)).join(counts)
    return table.reset_index()
