"""Who took up which objective: counts from the tidy long table that know reading and capacity.

One function selects the rows that count, :func:`taken_up`; everything else goes through it. The default reading is by
subject, over statements and updates: a chair who introduces the objectives or sums up what others said speaks for the
session, and no speaker is counted for it.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from gfmd_analysis.dataset.capacity import ACTS, EVERY_ACT, Acts, spoken_as
from gfmd_analysis.dataset.objectives import OBJECTIVES, split_numbers
from gfmd_analysis.dataset.selecting import kept, without_chairs
from gfmd_analysis.dataset.tables import Dataset, gcm_objectives, require_columns, rows_of
from gfmd_analysis.errors import GfmdError, require_known

READINGS = ("number", "subject", "trace")
COUNTS = ("actor", "turn", "intervention", "words")
SETTINGS = ("own roundtable", "another roundtable", "plenary")
DEPTHS = ("listed", "in_chair", "passing", "by_subject", "by_number")  # how far an actor went with an objective


def taken_up(long: pd.DataFrame, *, reading: str = "subject", acts: Acts = ACTS) -> pd.DataFrame:
    """Select the rows that count: an objective, how much was said on it, and in what capacity.

    Parameters
    ----------
    long
        Tidy long table (:meth:`Dataset.long`), whole or selected.
    reading
        ``number`` (its number was given and it was a main subject), ``subject`` (it was a main subject, whether the
        number was given or not) or ``trace`` (anything but a bare listing of the number).
    acts
        Which of ``statement``, ``update``, ``introduction`` and ``summary`` count; ``None`` for all.

    Returns
    -------
    DataFrame
        The rows of ``long`` that count, with their columns and index.

    Raises
    ------
    GfmdError
        For an unknown reading or act, or a missing column.
    """
    return kept(long, _said(long, reading) & spoken_as(long, acts))


def _said(long: pd.DataFrame, reading: str) -> "pd.Series[bool]":
    require_columns(long, "objective", "basis", "engagement")
    require_known("reading", [reading], READINGS)
    said = long["engagement"].ne("reference") if reading == "trace" else long["engagement"].eq("substantive")
    if reading == "number":
        said &= long["basis"].eq("explicit")
    return long["objective"].notna() & said


def coverage_table(long: pd.DataFrame, *, reading: str = "subject", acts: Acts = ACTS) -> pd.DataFrame:
    """Count who took up each objective, and who only touched on it.

    Parameters
    ----------
    long
        Tidy long table, whole or selected.
    reading, acts
        As in :func:`taken_up`.

    Returns
    -------
    DataFrame
        One row per objective, all 23 in the Compact's order: ``objective``, ``objective_title``,
        ``objective_roundtable``, then counts (Int64). ``speakers``: distinct actors who took it up under ``reading``
        and ``acts``. Each actor once, by the furthest it went: ``by_number`` and ``by_subject`` (a main subject, with
        and without the number), ``passing`` (in passing only), ``in_chair`` (only in other acts, by default
        introductions and summaries). ``listed``: interventions that give the number and say nothing on the subject.
    """
    require_known("reading", [reading], READINGS)
    require_columns(long, "actor", "intervention")
    objective = long["objective"].astype(OBJECTIVES).cat.codes.to_numpy(dtype="int64")
    actor, actors = long["actor"].factorize()
    # the readings lie inside each other, so that the depth of a row is the number of those that it passes
    own, said = spoken_as(long, acts), [_said(long, each) for each in reversed(READINGS)]
    passed = [said[0], *(rows & own for rows in said)]
    depth = np.sum([rows.to_numpy(dtype="int8") for rows in passed], axis=0, dtype="int64")
    named = objective >= 0
    cells = ((objective * len(actors) + actor) * len(DEPTHS) + depth)[named]
    shape = (len(OBJECTIVES.categories), len(actors), len(DEPTHS))
    found = np.bincount(cells, minlength=int(np.prod(shape))).reshape(shape)
    deeper = found[:, :, ::-1].cumsum(axis=2)[:, :, ::-1]
    furthest = ((found > 0) & (deeper == found)).sum(axis=1)
    counts = pd.DataFrame(furthest, OBJECTIVES.categories, list(DEPTHS))
    deep = {"number": DEPTHS[4:], "subject": DEPTHS[3:], "trace": DEPTHS[2:]}[reading]
    table = pd.DataFrame({"speakers": counts[list(deep)].sum(axis=1), **{name: counts[name] for name in DEPTHS[:0:-1]}})
    listed = named & long["engagement"].eq("reference").to_numpy()
    table["listed"] = np.bincount(objective[listed], minlength=len(table))
    return _for_all(table)


def _for_all(counts: pd.DataFrame) -> pd.DataFrame:
    """Set counts by objective beside all 23 objectives, nought where there is none."""
    counts = counts.set_axis(counts.index.astype("int64"), axis=0)
    table = gcm_objectives()
    return table.join(
        counts.reindex(table["objective"].astype("int64"), fill_value=0).astype("Int64").reset_index(drop=True)
    )


def coverage_matrix(
    long: pd.DataFrame,
    *,
    rows: str = "constituency",
    count: str = "actor",
    reading: str = "subject",
    acts: Acts = ACTS,
) -> pd.DataFrame:
    """Cross a kind of speaker with the objectives that it took up.

    Parameters
    ----------
    long
        Tidy long table; for ``words`` one from which no first row of an intervention was taken away.
    rows
        Column for the rows: ``constituency``, ``actor_type``, ``actor``, ``section``, ``role``, ``act``, ``meeting``.
    count
        What is counted: distinct ``actor``, ``turn`` or ``intervention``, or ``words`` of the interventions, which
        count under each objective that they take up and so add up to more than was said.
    reading, acts
        As in :func:`taken_up`.

    Returns
    -------
    DataFrame
        Int64 counts; index the row values that spoke at all, columns objectives 1 to 23.

    Raises
    ------
    GfmdError
        For an unknown ``count``, a missing column, or words that a selection took away.
    """
    require_known("count", [count], COUNTS)
    require_columns(long, rows, "intervention", "actor", *({count} & {"turn"}))
    cells = taken_up(long, reading=reading, acts=acts)
    if count == "words":
        once = cells[[rows, "objective", "intervention"]].drop_duplicates()
        values = once["intervention"].map(_words(long)).groupby([once[rows], once["objective"]], observed=True).sum()
    else:
        values = cells.groupby([rows, "objective"], observed=True)[count].nunique()
    table = values.unstack().reindex(index=_present(long[rows]), columns=OBJECTIVES.categories)
    return table.fillna(0).astype("Int64").rename_axis(index=rows, columns="objective")


def _words(long: pd.DataFrame) -> "pd.Series[int]":
    require_columns(long, "words_once")
    words = long.groupby("intervention", observed=True)["words_once"].sum(min_count=1)
    if words.isna().any():
        lost = ", ".join(map(str, words.index[words.isna()][:3]))
        raise GfmdError(f"found no words for {lost}; allowed: a table with the first row of each intervention")
    return words.astype("int64")


def _present(column: pd.Series) -> pd.Index:
    """Keep the values that occur, in their own order where they have one."""
    present = set(column.dropna())
    ordered = list(column.cat.categories) if isinstance(column.dtype, pd.CategoricalDtype) else sorted(present)
    found: pd.Index[Any] = pd.Index([value for value in ordered if value in present], name=column.name)
    return found


def coverage_by_setting(long: pd.DataFrame, *, reading: str = "subject", acts: Acts = ACTS) -> pd.DataFrame:
    """Count where each objective was taken up: in its own roundtable, in another, or in a plenary part.

    Returns
    -------
    DataFrame
        One row per objective: ``objective``, ``objective_title``, ``objective_roundtable``, interventions (Int64) in
        ``own roundtable``, ``another roundtable``, ``plenary``.
    """
    require_columns(long, "in_scope", "intervention")
    cells = taken_up(long, reading=reading, acts=acts)
    setting = cells["in_scope"].map({True: SETTINGS[0], False: SETTINGS[1]}).fillna(SETTINGS[2]).rename("setting")
    counts = cells.groupby([cells["objective"], setting], observed=True)["intervention"].nunique().unstack(fill_value=0)
    return _for_all(counts.reindex(columns=list(SETTINGS), fill_value=0))


def coverage_by_meeting(long: pd.DataFrame, *, reading: str = "subject", acts: Acts = ACTS) -> pd.DataFrame:
    """Count who took up each objective at each meeting, and its share of the meeting's attention.

    Returns
    -------
    DataFrame
        One row per meeting and objective: ``meeting``, the columns of :func:`coverage_table`, ``interventions`` (Int64)
        that take it up, and ``share`` of all such interventions of the meeting (0 to 1; an intervention counts once for
        each objective that it takes up).
    """
    counts = coverage_matrix(long, rows="meeting", count="intervention", reading=reading, acts=acts)
    share = counts.astype("float64").div(counts.sum(axis=1).clip(lower=1).astype("float64"), axis=0)
    parts = []
    for meeting in counts.index:
        table = coverage_table(long[long["meeting"] == meeting], reading=reading, acts=acts)
        table.insert(0, "meeting", meeting)
        parts.append(table.assign(interventions=counts.loc[meeting].array, share=share.loc[meeting].to_numpy()))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["meeting", *DEPTHS])


def attendance(long: pd.DataFrame) -> pd.DataFrame:
    """Mark at which meetings each actor spoke.

    Returns
    -------
    DataFrame
        ``actor``, ``actor_name``, then a boolean column per meeting in order.
    """
    require_columns(long, "meeting", "actor", "actor_name")
    present = long.drop_duplicates(["actor", "meeting"]).assign(spoke=True)
    table = present.pivot(index=["actor", "actor_name"], columns="meeting", values="spoke").notna()
    return table.reset_index().rename_axis(columns=None)


def speaker_counts(
    long: pd.DataFrame, by: str | list[str] = "actor", *, reading: str = "subject", acts: Acts = ACTS
) -> pd.DataFrame:
    """Count how often and on how much speakers spoke, and how often in the chair.

    Parameters
    ----------
    long
        Tidy long table, from which no first row of an intervention was taken away.
    by
        Column or columns: ``actor``, ``constituency``, ``section``, ``role``, ``meeting``…
    reading, acts
        As in :func:`taken_up`.

    Returns
    -------
    DataFrame
        One row per combination that occurs, in the columns' own order (actors by turns, most first): the columns of
        ``by`` (an actor with ``actor_name`` and ``constituency``), then Int64 ``speakers``, ``turns``,
        ``interventions``, ``words`` in ``acts``, ``objectives`` taken up in them, and ``turns_in_chair``,
        ``words_in_chair`` in all other acts. A joint talk is one turn of each of its speakers.
    """
    keys = ["actor", "actor_name", "constituency"] if by == "actor" else [by] if isinstance(by, str) else by
    require_columns(long, *keys, "intervention", "actor", "turn", "act")
    spoken = long.drop_duplicates("intervention")
    spoken = spoken.assign(words=spoken["intervention"].astype("object").map(_words(long)).astype("Int64"))
    own = spoken_as(spoken, acts)
    counted: dict[str, tuple[str, str]] = {"speakers": ("actor", "nunique"), "turns": ("turn", "nunique")}
    counted |= {"interventions": ("intervention", "size"), "words": ("words", "sum")}
    in_acts, in_chair = (spoken[rows].groupby(keys, observed=True).agg(**counted) for rows in (own, ~own))
    table = spoken.groupby(keys, observed=True).size().to_frame("all").join(in_acts)
    cells = taken_up(long, reading=reading, acts=acts)
    table["objectives"] = cells.groupby(keys, observed=True)["objective"].nunique()
    table = table.join(in_chair[["turns", "words"]].add_suffix("_in_chair")).drop(columns="all")
    table = table.fillna(0).astype("Int64").reset_index()
    if by == "actor":
        table = table.sort_values(["turns", "words", "actor"], ascending=[False, False, True], ignore_index=True)
    return table


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
    given = data.mentions[data.mentions["basis"] == "explicit"]
    named = dict(
        zip(zip(given["intervention"], given["objective"].astype(int), strict=True), given["engagement"], strict=True)
    )
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


Lists = Mapping[str, Iterable[int]] | pd.Series


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
