"""Which objectives were least discussed: one definition, the lists that speakers drew up, and how firm a headline is."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from gfmd_analysis.coverage.counts import DEPTHS, READINGS, coverage_table
from gfmd_analysis.dataset.capacity import ACTS, EVERY_ACT, Acts
from gfmd_analysis.dataset.memory import once
from gfmd_analysis.dataset.objectives import split_numbers
from gfmd_analysis.dataset.selecting import without_chairs
from gfmd_analysis.dataset.tables import Dataset, require_columns, rows_of

Lists = Mapping[str, Iterable[int]] | pd.Series


@once
def listed_objectives(data: "Dataset") -> pd.DataFrame:
    """Find the lists that speakers give of objectives that want attention.

    A list is a challenge that names two objectives or more, each of which its speaker gives by number and one of which
    at least is only listed: paragraphs 53 (what the discussion papers suggest not contributing to) and 61 (what needs more
    consideration) of the November 2021 report.

    Returns
    -------
    DataFrame
        One row per list, in the order of the report: ``list`` ("para. 53", with the meeting where there are several),
        ``intervention``, ``meeting``, ``paragraph``, ``actor``, ``role``, ``act``, ``objectives`` (tuple of int).
    """
    spoken = data.interventions[["intervention", "meeting", "paragraph", "actor", "role", "act"]]
    columns = ["list", *spoken.columns, "objectives"]
    given = data.mentions[data.mentions["basis"] == "explicit"].astype({"objective": "int64"})
    named = given.set_index(["intervention", "objective"])["engagement"].to_dict()
    found = []
    for row in rows_of(data.challenges[data.challenges["kind"] == "challenge"]):
        numbers = split_numbers(row.objectives)
        engagements = [named.get((row.intervention, number)) for number in numbers]
        if len(numbers) > 1 and None not in engagements and "reference" in engagements:
            found.append((row.intervention, numbers))
    lists = pd.DataFrame(found, columns=["intervention", "objectives"]).drop_duplicates("intervention")
    lists = spoken.merge(lists, on="intervention").sort_values(["meeting", "paragraph"], ignore_index=True)
    place = "para. " + lists["paragraph"].astype("str")
    lists["list"] = place if len(data.meetings) < 2 else lists["meeting"].astype("str") + ", " + place
    return lists[columns]


def least_discussed(
    long: pd.DataFrame, *, lists: Lists | None = None, among: Iterable[int] | None = None
) -> pd.DataFrame:
    """Find the objectives that the fewest speakers took up: by subject, in statements and updates.

    At most a third of them, and ties are never split: where more share the lowest number, none stands out.

    Parameters
    ----------
    long
        Tidy long table, whole or selected.
    lists
        Lists of objectives by name, to say which of them hold each (:func:`listed_objectives`).
    among
        The objectives that are compared, such as a roundtable's; all 23 by default.

    Returns
    -------
    DataFrame
        The fewest first: ``objective``, ``objective_title``, ``speakers``, ``touched`` (distinct actors who left any
        trace on it in any act), ``in_chair`` (of these, those who did so only in introductions or summaries), Int64,
        and ``lists`` (tuple of names; empty where none are given).
    """
    table = coverage_table(long)
    if among is not None:
        table = table[table["objective"].isin(list(among))]
    table = table.sort_values(["speakers", "objective"], ignore_index=True)
    table["touched"] = table[list(DEPTHS[1:])].sum(axis=1)
    named = {name: set(map(int, members)) for name, members in (lists.items() if lists is not None else ())}
    numbers = table["objective"].astype(int)
    table["lists"] = pd.Series([tuple(name for name in named if number in named[name]) for number in numbers])
    columns = ["objective", "objective_title", "speakers", "touched", "in_chair", "lists"]
    return table.loc[fewest(table["speakers"]), columns].reset_index(drop=True)


def fewest(speakers: "pd.Series[int]", *, ties: bool = False) -> "pd.Series[bool]":
    """Mark the lowest third of the objectives; of those that tie across its edge none, or with ``ties`` all.

    Where the lowest alone are more than a third (a selection of few objectives), they are marked if they are at most half.
    """
    lowest = speakers.eq(speakers.min())
    marked = speakers.rank(method="min" if ties else "max") <= len(speakers) // 3
    return marked if marked.any() or 2 * lowest.sum() > len(speakers) else lowest


def compare_lists(long: pd.DataFrame, lists: Lists) -> pd.DataFrame:
    """Set what was least discussed against lists of objectives that somebody drew up.

    Parameters
    ----------
    long
        Tidy long table.
    lists
        Name of each list and the objectives on it: a mapping, or ``listed_objectives(data).set_index("list")["objectives"]``.

    Returns
    -------
    DataFrame
        The objectives that are least discussed or on a list, those with fewest speakers first: ``objective``,
        ``objective_title``, ``speakers`` (Int64), ``least`` (bool), and a bool column for each list.
    """
    numbers = set(least_discussed(long)["objective"].astype(int))
    table = coverage_table(long)[["objective", "objective_title", "speakers"]]
    of = table["objective"].astype(int)
    marks = pd.DataFrame({name: of.isin(list(members)) for name, members in lists.items()}, index=table.index)
    table = table.assign(least=of.isin(numbers)).join(marks)
    chosen = table["least"] | marks.any(axis=1)
    return table[chosen].sort_values(["speakers", "objective"], ignore_index=True)


def subsets(long: pd.DataFrame) -> dict[str, tuple[pd.DataFrame, tuple[str, ...]]]:
    """Choose the parts of the meeting under which a headline is tried: name, rows, and the acts that count.

    Some take rows away, one adds those of introductions and summaries, so that a headline of either kind can fail.
    """
    require_columns(long, "section", "role")
    parts = {
        "all": (long, ACTS),
        "with introductions and summaries": (long, EVERY_ACT),
        "statements only": (long, ACTS[:1]),
        "without chairs and facilitators": (without_chairs(long), ACTS),
    }
    sections = long["section"].astype("str")
    for section in sorted(set(sections[sections.str.match(r"RT\d")])):
        parts[f"without {section}"] = (long[sections != section], ACTS)
    return parts


def _ranks(long: pd.DataFrame, *, reading: str, acts: Acts) -> "pd.Series[float]":
    return coverage_table(long, reading=reading, acts=acts).set_index("objective")["speakers"].astype(int).rank()


def rank_sensitivity(
    long: pd.DataFrame, headline: Callable[..., Mapping[Any, Any] | pd.Series] = _ranks
) -> pd.DataFrame:
    """Compute a headline under every subset and every reading.

    Parameters
    ----------
    long
        Tidy long table.
    headline
        Called as ``headline(rows, reading=…, acts=…)``; gives a mapping or a Series. By default the rank of each
        objective by speakers (1 = fewest, ties share the mean rank).

    Returns
    -------
    DataFrame
        One row per subset and reading (index ``subset``, ``reading``), a column per key of the headline.
    """
    found = {
        (name, reading): pd.Series(headline(rows, reading=reading, acts=acts))
        for name, (rows, acts) in subsets(long).items()
        for reading in READINGS
    }
    return pd.DataFrame(found).T.rename_axis(index=["subset", "reading"]).infer_objects()
