"""Read a data package, apply what readers corrected, and find everything that is wrong in it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from gfmd_analysis.dataset.codings import read_codings, unsettled
from gfmd_analysis.dataset.reading import read_package, spelled
from gfmd_analysis.dataset.schema import JOINER, Table
from gfmd_analysis.dataset.validation import problems_in
from gfmd_analysis.errors import DataError, GfmdError, Problem, shown

CORRECTIONS = "corrections.csv"

NOT_CORRECTED = ("corrections", "mentions_long")

Frames = Mapping[str, pd.DataFrame]

Places = dict[tuple[str, int, str], int]


def apply_corrections(schema: Mapping[str, Table], frames: Frames) -> tuple[dict[str, pd.DataFrame], Places]:
    """Apply a package's ``corrections`` to its tables.

    Parameters
    ----------
    schema, frames
        The tables as text.

    Returns
    -------
    tuple
        The corrected tables, and where they were corrected: file, row and column (empty for a whole row) to the row of
        ``corrections.csv``.

    Raises
    ------
    DataError
        For a correction of a table, row or column that is not there, or of a cell that holds something else than ``old``.
    """
    result = dict(frames)
    places: Places = {}
    problems: list[Problem] = []
    for name, chosen in (
        frames["corrections"].astype("str").groupby("table", sort=True) if "corrections" in frames else ()
    ):
        if name not in frames or name in NOT_CORRECTED:
            known = ", ".join(each for each in frames if each not in NOT_CORRECTED)
            problems += [_wrong(row, "table", shown(name), f"one of {known}") for row in chosen.index]
            continue
        table = schema[str(name)]
        rows = frames[str(name)].astype("str")
        keys = _keys(table, rows)
        for row, correction in zip(chosen.index, chosen.itertuples(index=False), strict=True):
            try:
                rows, place = _corrected(table, rows, keys, correction)
            except GfmdError as error:
                found, _, allowed = str(error).partition("; allowed: ")
                problems.append(_wrong(row, "old" if correction.column else "new", found, allowed))
                continue
            places[table.path, place, str(correction.column)] = int(row)
        result[str(name)] = rows.astype("category")
    if problems:
        raise DataError(problems)
    return result, places


def checked_package(
    folder: Path, *, corrected: bool = True
) -> tuple[dict[str, Table], dict[str, pd.DataFrame], dict[str, pd.DataFrame], list[Problem]]:
    """Read a package, apply its corrections and find everything that is wrong in it.

    Returns
    -------
    tuple
        The schema, the tables and the coders' own tables, both as text, and what is wrong.

    Raises
    ------
    DataError
        Where the descriptor itself is unusable.
    """
    schema, frames, problems = read_package(folder)
    codings: dict[str, pd.DataFrame] = {}
    places: Places = {}
    if problems:
        return schema, frames, codings, problems
    try:
        codings = read_codings(folder)
        if codings:
            problems += unsettled(schema, {name: frame.astype("str") for name, frame in frames.items()}, codings)
        if corrected and len(frames.get("corrections", ())):
            problems += problems_in(schema, {"corrections": frames["corrections"]}, rules=())
            frames, places = (frames, places) if problems else apply_corrections(schema, frames)
    except DataError as error:
        problems += error.problems
    return schema, frames, codings, sorted({*problems, *blamed(problems_in(schema, frames), places)})


def _wrong(row: Any, column: str, found: str, allowed: str) -> Problem:
    return Problem(CORRECTIONS, int(row), column, found, allowed)


def _keys(table: Table, rows: pd.DataFrame) -> dict[str, int]:
    if rows.empty:
        return {}
    return {
        str(key): int(place)
        for place, key in zip(rows.index, rows[list(table.key)].agg(JOINER.join, axis=1), strict=True)
    }


def _corrected(table: Table, rows: pd.DataFrame, keys: dict[str, int], correction: Any) -> tuple[pd.DataFrame, int]:
    """Correct a cell, add a row or drop one; gives the rows and the row's number."""
    place = keys.get(correction.key)
    if not correction.column and correction.new:
        new = _row(table, correction.new)
        if place is not None:
            raise GfmdError(
                f"a row {shown(correction.key)} to add that is there; allowed: a key that {table.path} has not"
            )
        if JOINER.join(new[column] for column in table.key) != correction.key:
            raise GfmdError(f"a row of another key than {shown(correction.key)}; allowed: the row with that key")
        place = max([1, *rows.index]) + 1
        keys[correction.key] = place
        return pd.concat([rows, pd.DataFrame([new], index=[place], dtype="str")]), place
    if place is None:
        raise GfmdError(f"a correction of {shown(correction.key)}; allowed: a row of {table.path}, by its key")
    if not correction.column:
        del keys[correction.key]
        return rows.drop(index=place), place
    if correction.column not in table.columns or correction.column in table.key:
        allowed = ", ".join(column for column in table.columns if column not in table.key)
        raise GfmdError(
            f"a correction of column {shown(correction.column)}; allowed: {allowed} (another key is another row)"
        )
    field = next(field for field in table.fields if field.name == correction.column)
    old, new = spelled(field, pd.Series([correction.old, correction.new], dtype="str"))
    now = rows.loc[place, correction.column]
    if now != old:
        raise GfmdError(
            f"{shown(correction.old) if correction.old else 'an empty cell'}; allowed: what {table.path} has there, {shown(now)}"
        )
    rows.loc[place, correction.column] = new
    return rows, place


def _row(table: Table, text: str) -> dict[str, str]:
    try:
        cells = json.loads(text)
    except ValueError:
        cells = None
    if not isinstance(cells, dict) or not set(cells) <= set(table.columns):
        raise GfmdError(f'{shown(text)}; allowed: the new row as {{"column": "cell", …}} with columns of {table.path}')
    return {column: str(cells.get(column, "")) for column in table.columns}


def blamed(problems: list[Problem], places: Places) -> list[Problem]:
    """Lay what is wrong in a corrected cell at the door of the correction."""

    def correction(problem: Problem) -> int | None:
        columns = [*problem.column.split(", "), ""]
        return next((places[key] for column in columns if (key := (problem.file, problem.row, column)) in places), None)

    return [
        problem
        if (row := correction(problem)) is None
        else replace(
            problem,
            file=CORRECTIONS,
            row=row,
            column="new",
            allowed=f"{problem.allowed} ({problem.file}, {problem.column})",
        )
        for problem in problems
    ]
