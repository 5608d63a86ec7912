"""Read a data package, apply what readers corrected, and find everything that is wrong in it."""

import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from gfmd_analysis.dataset.codings import read_codings, unsettled
from gfmd_analysis.dataset.descriptor import Frames, Schema, Table, keyed
from gfmd_analysis.dataset.reading import read_package, spelling
from gfmd_analysis.dataset.validation import as_text, problems_in
from gfmd_analysis.errors import DataError, Problem, collected, in_order, shown

CORRECTIONS = "corrections.csv"

NOT_CORRECTED = ("corrections", "mentions_long")

Places = dict[tuple[str, int, str], int]  # file, row, column (empty for a whole row) -> row of corrections.csv


def apply_corrections(schema: Schema, frames: Frames) -> tuple[dict[str, pd.DataFrame], Places]:
    """Apply a package's ``corrections`` to its tables: a row is added before its cells are corrected.

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
        For a correction of a table, row or column that is not there, of a cell that holds something else than ``old``, or
        that drops a row which others still name.
    """
    result, places, dropped = dict(frames), Places(), {}
    problems: list[Problem] = []
    correctable = [name for name in frames if name not in NOT_CORRECTED]
    listed: Any = as_text(frames["corrections"]).sort_values(["table", "key", "column"], kind="stable")
    for name, chosen in listed.groupby("table", sort=True):
        if name not in correctable:
            allowed = f"one of {', '.join(correctable)}"
            problems += [Problem(CORRECTIONS, row, "table", shown(name), allowed, correctable) for row in chosen.index]
            continue
        table, rows = schema[name], as_text(frames[name])
        keys, cells = dict(zip(keyed(rows, table.key), rows.index, strict=True)), rows.to_dict("index")
        for correction in chosen.itertuples():
            with collected(problems):
                place = _corrected(table, keys, cells, correction)
                places[table.path, place, correction.column] = correction.Index
                if correction.key not in keys:
                    dropped[name, correction.key] = correction.Index
        rows = pd.DataFrame([*cells.values()], index=[*cells], columns=table.columns, dtype="str")
        result[name] = rows.astype("category")
    for (name, key), row in dropped.items():
        if left := [f"{schema[other].path}: {code}" for other, _, code in naming(schema, result, name, {key})]:
            found = f"{shown(key)} dropped, which {len(left)} rows still name"
            problems.append(Problem(CORRECTIONS, row, "key", found, f"with it, corrections of {'; '.join(left)}"))
    if problems:
        raise DataError(problems)
    return result, places


def naming(
    schema: Schema, frames: Frames, name: str, keys: set[str], *, as_part: bool = False
) -> Iterator[tuple[str, int, str]]:
    """Find the rows that name given rows of a table by a foreign key: their table, row and key.

    With ``as_part`` only those of which it is part of their own key, so that they are nothing without it: a citation of a
    practice, an objective of a recommendation.
    """
    for other, frame in frames.items():
        for key in schema[other].foreign_keys:
            asked = key.table == name and key.references == schema[name].key
            if asked and not (as_part and set(key.columns) - set(schema[other].key)):
                found = frame[[cells in keys for cells in keyed(frame, key.columns)]]
                yield from zip([other] * len(found), found.index, keyed(found, schema[other].key), strict=True)


def checked_package(
    folder: Path, corrected: bool = True
) -> tuple[dict[str, Table], dict[str, pd.DataFrame], Frames, list[Problem]]:
    """Read a package, apply its corrections where they are wanted, and find everything that is wrong in it.

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
    codings, places = dict[str, pd.DataFrame](), Places()
    if problems:
        return schema, frames, codings, problems
    with collected(problems):
        codings = read_codings(folder)
        problems += unsettled(schema, frames, codings)
        if corrected and len(frames["corrections"]):
            problems += problems_in(schema, {"corrections": frames["corrections"]})
            frames, places = (frames, places) if problems else apply_corrections(schema, frames)
    return schema, frames, codings, in_order([*problems, *blamed(problems_in(schema, frames), places)])


def _wrong(correction: Any, column: str, found: str, allowed: str, known: Collection[str] = ()) -> DataError:
    return DataError([Problem(CORRECTIONS, correction.Index, column, found, allowed, known)])


def _corrected(table: Table, keys: dict[str, int], cells: dict[Any, Any], correction: Any) -> int:
    """Correct a cell, add a row or drop one; gives the row's number."""
    key, column = correction.key, correction.column
    if not column and correction.new:
        added = _row(table, correction)
        if key in keys:
            raise _wrong(correction, "key", f"{shown(key)} to add, which is there", f"a key that {table.path} has not")
        if (other := keyed(pd.DataFrame([added]), table.key)[0]) != key:
            raise _wrong(correction, "key", f"{shown(key)} for the row {shown(other)}", "the key of the row in new")
        keys[key] = max([1, *cells]) + 1
        cells[keys[key]] = added
    elif key not in keys:
        raise _wrong(correction, "key", shown(key), f"a row of {table.path}, by its key", tuple(keys)[:10_000])
    elif not column:
        del cells[keys[key]]
        return keys.pop(key)
    else:
        free = {field.name: field for field in table.fields if field.name not in table.key}
        if column not in free:
            allowed = f"{', '.join(free)} (another key is another row: drop, add)"
            raise _wrong(correction, "column", shown(column), allowed, [*free])
        old, new = map(spelling(free[column]), (correction.old, correction.new))
        if (now := cells[keys[key]][column]) != old:
            raise _wrong(correction, "old", shown(correction.old), f"what {table.path} has there, {shown(now)}")
        cells[keys[key]][column] = new
    return keys[key]


def _row(table: Table, correction: Any) -> dict[str, str]:
    """Read a row to be added; a number, a truth or nothing is spelled as in a CSV file."""
    try:
        given = {name: "" if cell is None else str(cell) for name, cell in json.loads(correction.new).items()}
    except (ValueError, AttributeError):
        given = {"": ""}
    if not set(given) <= set(table.columns):
        allowed = f'the new row as {{"column": "cell", …}} with columns of {table.path}: {", ".join(table.columns)}'
        raise _wrong(correction, "new", shown(correction.new), allowed)
    return {field.name: spelling(field)(given.get(field.name, "")) for field in table.fields}


def blamed(problems: list[Problem], places: Places) -> Iterator[Problem]:
    """Lay what is wrong in a corrected cell at the door of the correction."""
    for problem in problems:
        tried = ((problem.file, problem.row, column) for column in (*problem.column.split(", "), ""))
        if row := next((places[key] for key in tried if key in places), 0):
            allowed = f"{problem.allowed} ({problem.file}, {problem.column})"
            problem = replace(problem, file=CORRECTIONS, row=row, column="new", allowed=allowed, cell=problem.column)
        yield problem
