"""In what capacity something was said: the speaker's own statements and updates, or introductions and summaries in the chair."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from gfmd_analysis.dataset.tables import require_columns
from gfmd_analysis.errors import require_known

ACTS = ("statement", "update")
CHAIRED = ("introduction", "summary")
EVERY_ACT = (*ACTS, *CHAIRED)

Acts = Iterable[str] | None


def spoken_as(table: pd.DataFrame, acts: Acts = ACTS) -> "pd.Series[bool]":
    """Mark the rows of a table with a column ``act`` that were said in one of these capacities; ``None`` for all.

    Raises
    ------
    GfmdError
        For an unknown act.
    """
    require_columns(table, "act")
    chosen = EVERY_ACT if acts is None else ((acts,) if isinstance(acts, str) else tuple(acts))
    require_known("acts", chosen, EVERY_ACT)
    each = table["act"].astype("category").cat
    known = np.append(each.categories.isin(chosen), False)
    return pd.Series(known[each.codes], table.index)
