"""What follows from the counts: which objectives were least discussed, how firmly, and who saw it."""

from collections.abc import Iterable, Mapping

import pandas as pd

from gfmd_analysis.coverage import least_discussed
from gfmd_analysis.errors import GfmdError
from gfmd_analysis.loading import require_columns
from gfmd_analysis.sentences import count, objectives, sentence

ON_NO_LIST = "on no list"


def least_finding(table: pd.DataFrame) -> str:
    """Say which objectives nobody, or only one actor, spoke to.

    Parameters
    ----------
    table
        As :func:`gfmd_analysis.coverage.coverage` gives it.

    Returns
    -------
    str
        A sentence without its full stop.

    Examples
    --------
    >>> from gfmd_analysis import load
    >>> from gfmd_analysis.coverage import coverage
    >>> least_finding(coverage(load().long()))
    'Objective 9 was only named, never spoken to; objectives 3, 4, 8, 12 and 14 were spoken to by one actor each'
    """
    require_columns(table, "objective", "actors", "substantive_actors")
    silent = _numbers(table, table["actors"] == 0)
    named = _numbers(table, (table["actors"] > 0) & (table["substantive_actors"] == 0))
    single = _numbers(table, table["substantive_actors"] == 1)
    parts = [f"{objectives(silent)} {_were(silent)} not mentioned"] if silent else []
    parts += [f"{objectives(named)} {_were(named)} only named, never spoken to"] if named else []
    each = " each" if len(single) > 1 else ""
    parts += [f"{objectives(single)} {_were(single)} spoken to by one actor{each}"] if single else []
    return sentence("; ".join(parts) or "two actors or more spoke to every objective")


def lowest_third(ranks: pd.Series) -> int:
    """Give how many objectives make the lowest third of a ranking: eight of 23."""
    return round(len(ranks) / 3)


def survivors(ranks: pd.DataFrame) -> list[int]:
    """Give the objectives that are in the lowest third whatever is chosen.

    Parameters
    ----------
    ranks
        Index objective, a column per choice, as :func:`gfmd_analysis.coverage.rank_under_choices` gives it.

    Returns
    -------
    list of int
        In the Compact's order.

    Raises
    ------
    GfmdError
        Where there is no choice to survive.
    """
    if ranks.empty:
        raise GfmdError("found no ranking; allowed: a table with a row per objective and a column per choice")
    low = (ranks <= lowest_third(ranks.iloc[:, 0])).all(axis=1)
    return sorted(int(number) for number in ranks.index[low])


def against_lists(table: pd.DataFrame, lists: Mapping[str, Iterable[int]], at_most: int = 1) -> pd.DataFrame:
    """Set what was least discussed against lists of objectives that somebody drew up.

    Parameters
    ----------
    table
        As :func:`gfmd_analysis.coverage.coverage` gives it.
    lists
        Name of each list and the objectives on it.
    at_most
        An objective that so many actors or fewer spoke to is among the least discussed.

    Returns
    -------
    DataFrame
        The objectives that are least discussed or on a list, the least discussed first: ``objective``,
        ``objective_title``, ``substantive_actors``, ``substantive_interventions``, ``least`` (bool), a bool column for
        each list, ``verdict`` (str).
    """
    require_columns(table, "objective", "objective_title", "substantive_actors", "substantive_interventions")
    least = set(least_discussed(table, at_most))
    numbers = table["objective"].astype(int)
    listed = pd.DataFrame({name: numbers.isin(list(members)) for name, members in lists.items()}, index=table.index)
    result = table[["objective", "objective_title", "substantive_actors", "substantive_interventions"]].assign(
        least=numbers.isin(least), **listed
    )
    result = result[result["least"] | listed.any(axis=1)]
    result["verdict"] = [
        _verdict(bool(low), [name for name in lists if row[name]], int(row["substantive_actors"]))
        for low, (_, row) in zip(result["least"], result.iterrows(), strict=True)
    ]
    return result.sort_values(["substantive_actors", "objective"], ignore_index=True)


def _verdict(least: bool, on: list[str], actors: int) -> str:
    if not on:
        return ON_NO_LIST
    if least:
        return "little discussed, and listed"
    return f"listed, with {count(actors, 'speaker')}"


def _numbers(table: pd.DataFrame, chosen: pd.Series) -> list[int]:
    return sorted(int(number) for number in table.loc[chosen, "objective"])


def _were(numbers: list[int]) -> str:
    return "was" if len(numbers) == 1 else "were"
