"""Who spoke to which objective: counts of attention, from the tidy long table."""

from collections.abc import Iterable, Mapping

import pandas as pd

from gfmd_analysis.dataset.objectives import OBJECTIVES
from gfmd_analysis.dataset.tables import gcm_objectives, require_columns, without_chairs
from gfmd_analysis.errors import GfmdError
from gfmd_analysis.text import count, objectives, sentence

COUNTED = ("actors", "interventions", "words")

PLACES = ("own roundtable", "another roundtable", "plenary")


def coverage(long: pd.DataFrame) -> pd.DataFrame:
    """Count how much was said on each objective.

    Parameters
    ----------
    long
        Tidy long table (:meth:`Dataset.long`), whole or selected.

    Returns
    -------
    DataFrame
        One row per objective, all 23, in the Compact's order: ``objective``, ``objective_title``,
        ``objective_roundtable``, then counts (Int64): ``actors`` and ``interventions`` that mention it at all,
        ``substantive_actors`` and ``substantive_interventions`` that say something on it, ``named_only`` (interventions
        that merely name it), ``explicit`` and ``inferred`` interventions.
    """
    require_columns(long, "objective", "actor", "intervention", "engagement", "basis")
    spoken = long[long["objective"].notna()]
    substantive = spoken[spoken["engagement"] == "substantive"]
    counts = pd.DataFrame(
        {
            "actors": _distinct(spoken, "actor"),
            "interventions": _distinct(spoken, "intervention"),
            "substantive_actors": _distinct(substantive, "actor"),
            "substantive_interventions": _distinct(substantive, "intervention"),
            "named_only": _distinct(spoken[spoken["engagement"] == "reference"], "intervention"),
            "explicit": _distinct(spoken[spoken["basis"] == "explicit"], "intervention"),
            "inferred": _distinct(spoken[spoken["basis"] == "inferred"], "intervention"),
        }
    )
    return gcm_objectives().join(counts.astype("Int64"), on="objective")


def _distinct(rows: pd.DataFrame, column: str) -> pd.Series:
    return rows.groupby("objective", observed=False)[column].nunique()


def coverage_matrix(long: pd.DataFrame, rows: str = "constituency", count: str = "interventions") -> pd.DataFrame:
    """Cross a kind of speaker with the objectives.

    Parameters
    ----------
    long
        Tidy long table.
    rows
        Column for the rows: ``constituency``, ``actor_type``, ``actor``, ``section``, ``role``, ``meeting``.
    count
        What is counted: distinct ``actors`` or ``interventions``, or ``words`` of the interventions.

    Returns
    -------
    DataFrame
        Int64 counts; index the row values that spoke, columns objectives 1 to 23.

    Raises
    ------
    GfmdError
        For an unknown ``count`` or a missing column.
    """
    if count not in COUNTED:
        raise GfmdError(f"count: found {count!r}; allowed: {', '.join(COUNTED)}")
    require_columns(long, rows, "objective", "actor", "intervention", "words_once")
    spoken = long[long["objective"].notna()]
    grouped = spoken.groupby([rows, "objective"], observed=True)
    values = (
        _words(spoken).groupby([spoken[rows], spoken["objective"]], observed=True).sum()
        if count == "words"
        else grouped[count.rstrip("s")].nunique()
    )
    return (
        values.unstack()
        .reindex(index=_present(long[rows]), columns=OBJECTIVES.categories)
        .fillna(0)
        .astype("Int64")
        .rename_axis(columns="objective")
    )


def _words(spoken: pd.DataFrame) -> pd.Series:
    """Give each row the words of its whole intervention."""
    return spoken.groupby("intervention", observed=True)["words_once"].transform("max")


def _present(column: pd.Series) -> pd.Index:
    """Give the values that occur, in their own order where they have one."""
    present = set(column.dropna())
    ordered = list(column.cat.categories) if isinstance(column.dtype, pd.CategoricalDtype) else sorted(present)
    found: pd.Index = pd.Index([value for value in ordered if value in present], name=column.name)
    return found


def coverage_by_setting(long: pd.DataFrame) -> pd.DataFrame:
    """Count where each objective was spoken of: in its own roundtable, in another, or in a plenary part.

    Returns
    -------
    DataFrame
        One row per objective: ``objective``, ``objective_title``, ``objective_roundtable``, interventions (Int64) in
        ``own roundtable``, ``another roundtable``, ``plenary``.
    """
    require_columns(long, "objective", "in_scope", "intervention")
    spoken = long[long["objective"].notna()]
    place = spoken["in_scope"].map({True: PLACES[0], False: PLACES[1]}).fillna(PLACES[2])
    counts = (
        spoken.groupby([spoken["objective"], place], observed=False)["intervention"].nunique().unstack(fill_value=0)
    )
    return gcm_objectives().join(counts.reindex(columns=list(PLACES), fill_value=0).astype("Int64"), on="objective")


def least_discussed(table: pd.DataFrame, at_most: int = 1, by: str = "substantive_actors") -> list[int]:
    """Give the objectives that at most so many actors (or interventions) spoke to, in the Compact's order."""
    require_columns(table, "objective", by)
    return sorted(int(number) for number in table.loc[table[by] <= at_most, "objective"])


def flagged(long: pd.DataFrame, paragraph: int) -> list[int]:
    """Give the objectives that a paragraph names without speaking to them: those that it lists or flags.

    Paragraph 53 of the November 2021 report lists those that the draft papers would leave out, 61 those that the
    facilitator wants considered more.
    """
    require_columns(long, "paragraph", "objective", "engagement")
    named = long.loc[(long["paragraph"] == paragraph) & (long["engagement"] == "reference"), "objective"]
    return sorted({int(number) for number in named})


def choices(long: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Give the selections under which a finding on coverage must hold, by name: each drops what one may doubt."""
    require_columns(long, "basis", "engagement", "role")
    explicit, floor = long[long["basis"] != "inferred"], without_chairs(long)
    return {
        "all mentions": long,
        "explicit mentions only": explicit,
        "without chairs and facilitators": floor,
        "explicit, without chairs": without_chairs(explicit),
        "substantive only": long[long["engagement"] != "reference"],
    }


def rank_sensitivity(long: pd.DataFrame, by: str = "substantive_actors") -> pd.DataFrame:
    """Rank the objectives under each choice of :func:`choices`.

    Returns
    -------
    DataFrame
        Index ``objective``; a column per choice with the rank (1 = least discussed; ties share the mean rank).
    """
    return pd.DataFrame(
        {
            name: coverage(chosen).set_index("objective")[by].astype(int).rank(method="average")
            for name, chosen in choices(long).items()
        }
    )


def coverage_by_meeting(long: pd.DataFrame) -> pd.DataFrame:
    """Give each meeting's coverage and each objective's share of the meeting's mentions.

    Returns
    -------
    DataFrame
        The columns of :func:`coverage`, with ``meeting`` first and ``share`` (of the meeting's mentions, 0 to 1) last.
    """
    require_columns(long, "meeting")
    parts = []
    for meeting, rows in long.groupby("meeting", observed=True):
        table = coverage(rows)
        total = max(int(table["interventions"].sum()), 1)
        parts.append(table.assign(meeting=meeting, share=table["interventions"].astype(float) / total))
    result = pd.concat(parts, ignore_index=True)
    return result[["meeting", *(name for name in result.columns if name != "meeting")]]


def attendance(long: pd.DataFrame) -> pd.DataFrame:
    """Say at which meetings each actor spoke.

    Returns
    -------
    DataFrame
        ``actor``, ``actor_name``, then a boolean column per meeting in order.
    """
    require_columns(long, "meeting", "actor", "actor_name")
    present = long.drop_duplicates(["actor", "meeting"]).assign(spoke=True)
    return (
        present.pivot(index=["actor", "actor_name"], columns="meeting", values="spoke")
        .notna()
        .reset_index()
        .rename_axis(columns=None)
    )


def share_of(part: Iterable[int], whole: Iterable[int]) -> float:
    """Give the share of ``whole`` that is in ``part`` (0 to 1; 0 for an empty whole)."""
    inside, every = set(part), set(whole)
    return len(inside & every) / len(every) if every else 0.0


ON_NO_LIST = "on no list"


def least_finding(table: pd.DataFrame) -> str:
    """Say which objectives nobody, or only one actor, spoke to.

    Parameters
    ----------
    table
        As :func:`gfmd_analysis.coverage.counts.coverage` gives it.

    Returns
    -------
    str
        A sentence without its full stop.

    Examples
    --------
    >>> from gfmd_analysis import load
    >>> from gfmd_analysis.coverage.counts import coverage
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


def robust_gaps(ranks: pd.DataFrame) -> list[int]:
    """Give the objectives that are in the lowest third whatever is chosen.

    Parameters
    ----------
    ranks
        Index objective, a column per choice, as :func:`gfmd_analysis.coverage.counts.rank_sensitivity` gives it.

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


def compare_lists(table: pd.DataFrame, lists: Mapping[str, Iterable[int]], at_most: int = 1) -> pd.DataFrame:
    """Set what was least discussed against lists of objectives that somebody drew up.

    Parameters
    ----------
    table
        As :func:`gfmd_analysis.coverage.counts.coverage` gives it.
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
