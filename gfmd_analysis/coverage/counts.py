"""Who took up which objective: counts from the tidy long table that know reading and capacity.

One function selects the rows that count, :func:`taken_up`; everything else goes through it. The default reading is by
subject, over statements and updates: a chair who introduces the objectives or sums up what others said speaks for the
session, and no speaker is counted for it.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from gfmd_analysis.dataset.capacity import ACTS, Acts, spoken_as
from gfmd_analysis.dataset.objectives import OBJECTIVES
from gfmd_analysis.dataset.selecting import kept
from gfmd_analysis.dataset.tables import beside_objectives, require_columns
from gfmd_analysis.errors import GfmdError, require_known

READINGS = ("number", "subject", "trace")
MANY = 100_000  # rows, from which on equal ones are counted first
MOST_CELLS = 50_000_000  # of the table of all combinations of values, to count in
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
    kinds = ["objective", "actor", "engagement", "basis", "act"]
    require_columns(long, *kinds)
    rows = _combinations(long[kinds]) if len(long) > MANY else long[kinds].assign(times=1)
    rows = rows[rows["objective"].notna()]
    objective, (actor, actors) = rows["objective"].astype(OBJECTIVES).cat.codes, rows["actor"].factorize()
    furthest = np.full((len(OBJECTIVES.categories), len(actors)), -1)
    deepest = depth(rows, acts)
    np.maximum.at(furthest, (objective, actor), deepest)
    counts = {name: (furthest == number).sum(axis=1) for number, name in enumerate(DEPTHS)}
    deep = DEPTHS[{"number": 4, "subject": 3, "trace": 2}[reading] :]
    counts = {"speakers": sum(counts[name] for name in deep)} | {name: counts[name] for name in DEPTHS[:0:-1]}
    counts["listed"] = np.bincount(objective, rows["times"] * (deepest == 0), len(furthest)).astype(int)
    return beside_objectives(pd.DataFrame(counts, OBJECTIVES.categories))


def depth(long: pd.DataFrame, acts: Acts) -> npt.NDArray[np.int64]:
    """Say how far each row goes with its objective, as a place in :data:`DEPTHS`."""
    own, said = spoken_as(long, acts), [_said(long, each) for each in reversed(READINGS)]
    depths = np.sum([said[0], *(each & own for each in said)], axis=0)  # the readings lie inside each other
    return np.asarray(depths, dtype="int64")


def _combinations(table: pd.DataFrame) -> pd.DataFrame:
    """Keep each combination of values once, with its ``times``: what is then counted is small, however long the table."""
    parts = [table[name].astype("category").cat for name in table]
    sizes = [len(part.categories) + 1 for part in parts]
    number = np.ravel_multi_index([part.codes.to_numpy() + 1 for part in parts], sizes)
    found, times = np.unique(number, return_counts=True) if np.prod(sizes) > MOST_CELLS else _counted(number)
    codes = zip(parts, np.unravel_index(found, sizes), strict=True)
    values = [pd.Categorical.from_codes(code - 1, part.categories, part.ordered) for part, code in codes]
    return pd.DataFrame(dict(zip(table, values, strict=True))).assign(times=times)


def _counted(numbers: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Do as numpy's ``unique`` does, without sorting."""
    times = np.bincount(numbers)
    found = np.flatnonzero(times)
    return found, times[found]


def coverage_matrix(
    long: pd.DataFrame, *, rows: str = "constituency", count: str = "actor", reading: str = "subject", acts: Acts = ACTS
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
        each = cells[[rows, "objective", "intervention"]].drop_duplicates()
        words = each["intervention"].map(_words(long))
        values = words.groupby([each[rows], each["objective"]], observed=True).sum().unstack()
    else:
        values = crossed(cells, rows, "objective", count)
    present = long[rows].astype("category").cat.remove_unused_categories().cat.categories
    table = values.reindex(index=present, columns=OBJECTIVES.categories)
    return table.fillna(0).astype("Int64").rename_axis(index=rows, columns="objective")


def crossed(table: pd.DataFrame, rows: str, columns: str, what: str) -> pd.DataFrame:
    """Count the distinct values of one column for each pair of values of two others."""
    each = table[[*dict.fromkeys((rows, columns, what))]].dropna().drop_duplicates()
    return each.groupby([rows, columns], observed=False).size().unstack()


def _words(long: pd.DataFrame) -> "pd.Series[int]":
    require_columns(long, "words_once")
    words = long.groupby("intervention", observed=True)["words_once"].sum(min_count=1)
    if words.isna().any():
        lost = ", ".join(map(str, words.index[words.isna()][:3]))
        raise GfmdError(f"found no words for {lost}; allowed: a table with the first row of each intervention")
    return words.astype("int64")


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
    setting = cells["in_scope"].map({True: SETTINGS[0], False: SETTINGS[1]}).fillna(SETTINGS[2])
    counts = crossed(cells.assign(setting=setting), "objective", "setting", "intervention")
    return beside_objectives(counts.reindex(columns=list(SETTINGS)))


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
        ``interventions``, ``words`` in ``acts``, ``objectives`` taken up in them, ``turns_in_chair``, ``words_in_chair`` in
        all other acts, and ``turns_in_all``, ``words_in_all``. A joint talk is one turn of each of its speakers, and a turn
        of both kinds is one in all.
    """
    keys = ["actor", "actor_name", "constituency"] if by == "actor" else [by] if isinstance(by, str) else by
    require_columns(long, *keys, "intervention", "actor", "turn", "act")
    spoken = long.drop_duplicates("intervention")
    spoken = spoken.assign(words=spoken["intervention"].astype("object").map(_words(long)).astype("Int64"))
    own = spoken_as(spoken, acts)
    counted: dict[str, tuple[str, str]] = {"speakers": ("actor", "nunique"), "turns": ("turn", "nunique")}
    counted |= {"interventions": ("intervention", "size"), "words": ("words", "sum")}
    parts = (spoken[own], spoken[~own], spoken)
    table, *others = (part.groupby(keys, observed=True).agg(**counted) for part in parts)
    table = table.reindex(others[-1].index)
    cells = taken_up(long, reading=reading, acts=acts)
    table["objectives"] = cells.groupby(keys, observed=True)["objective"].nunique()
    for part, capacity in zip(others, ("_in_chair", "_in_all"), strict=True):
        table = table.join(part[["turns", "words"]].add_suffix(capacity))
    table = table.fillna(0).astype("Int64").reset_index()
    if by == "actor":
        table = table.sort_values(["turns", "words", "actor"], ascending=[False, False, True], ignore_index=True)
    return table
