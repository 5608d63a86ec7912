"""Choose rows of the tidy long table by what the codebook names."""

from collections.abc import Iterable

import pandas as pd

from gfmd_analysis.errors import GfmdError
from gfmd_analysis.loading import require_columns

LEADING_ROLES = ("chair", "facilitator")
Choice = str | int | Iterable[str] | Iterable[int] | None


def select(
    long: pd.DataFrame,
    *,
    basis: Choice = None,
    engagement: Choice = None,
    role: Choice = None,
    section: Choice = None,
    actor_type: Choice = None,
    constituency: Choice = None,
    actor: Choice = None,
    objective: Choice = None,
) -> pd.DataFrame:
    """Keep the rows of a tidy long table that have the given values.

    Parameters
    ----------
    long
        Table of :meth:`Dataset.long`, or any table with the columns asked for.
    basis, engagement, role, section, actor_type, constituency, actor, objective
        One value or several; ``None`` keeps all. Rows without an objective have no basis and no engagement and go
        when one of these is chosen.

    Returns
    -------
    DataFrame
        The chosen rows with their index.

    Raises
    ------
    GfmdError
        For a value that the column does not know, naming those that it does.

    Examples
    --------
    >>> from gfmd_analysis import load
    >>> floor = select(load().long(), role="discussant", basis="explicit")
    >>> sorted(floor["role"].unique())
    ['discussant']
    """
    chosen = {
        "basis": basis,
        "engagement": engagement,
        "role": role,
        "section": section,
        "actor_type": actor_type,
        "constituency": constituency,
        "actor": actor,
        "objective": objective,
    }
    keep = pd.Series(True, index=long.index)
    for column, choice in chosen.items():
        if choice is None:
            continue
        require_columns(long, column)
        values = [choice] if isinstance(choice, str | int) else list(choice)
        known = known_values(long[column])
        unknown = [value for value in values if value not in known]
        if unknown:
            raise GfmdError(f"{column}: found {', '.join(map(repr, unknown))}; allowed: {', '.join(map(str, known))}")
        keep &= long[column].isin(values)
    return long[keep]


def known_values(column: pd.Series) -> list[str | int]:
    """Give the values that a column may take: its categories, else what stands in it."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return list(column.cat.categories)
    return sorted(column.dropna().unique())


def without_chairs(long: pd.DataFrame) -> pd.DataFrame:
    """Leave out what chairs and facilitators said: they introduce and sum up their roundtable's objectives by office."""
    require_columns(long, "role")
    return long[~long["role"].isin(LEADING_ROLES)]
