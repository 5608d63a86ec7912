"""Write a workbook in which a reader edits the data, and turn the edits into rows of ``corrections.csv``."""

import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pandas as pd

from gfmd_analysis.dataset.descriptor import JOINER, Frames, Schema, Table, bytes_of, keyed
from gfmd_analysis.dataset.packages import CORRECTIONS, NOT_CORRECTED, apply_corrections, blamed, naming
from gfmd_analysis.dataset.reading import folders_in_use, read_package, spelling
from gfmd_analysis.dataset.validation import as_text, doubled_keys, problems_in
from gfmd_analysis.dataset.writing import atomic_write, csv_text
from gfmd_analysis.errors import DataError, GfmdError, Problem, collected, shown
from gfmd_analysis.text import sentence

WIDE = {"summary", "text", "what", "note", "name", "why"}  # columns of sentences
HOW = (
    "Edit, add or delete rows in the sheets that follow, and say why in the last column of each.",
    "Leave this sheet and all heads as they are: your edits are found by them. Save as .xlsx, then type:",
)


def differences_between(schema: Schema, before: Frames, after: Frames) -> Iterator[dict[str, str]]:
    """List the corrections that turn one state of the tables into another.

    Yields
    ------
    dict
        ``table``, ``key``, ``column``, ``old``, ``new`` as ``corrections.csv`` has them, in its order.
    """
    for name in sorted(name for name in after if name not in NOT_CORRECTED and after[name] is not before[name]):
        states = before[name], after[name]
        old, new = (dict(zip(keyed(rows, schema[name].key), _records(rows), strict=True)) for rows in states)
        for key in sorted(old.keys() | new.keys()):
            was, now = old.get(key), new.get(key)
            if was and now:
                changes = [(column, was[column], now[column]) for column in sorted(now) if now[column] != was[column]]
            else:
                cell, other = (json.dumps(row, ensure_ascii=False) if row else "" for row in (was, now))
                changes = [("", cell, other)]
            for column, cell, other in changes:
                yield {"table": name, "key": key, "column": column, "old": cell, "new": other}


def _records(rows: pd.DataFrame) -> list[dict[str, str]]:
    return rows.astype("str").to_dict("records")  # type: ignore[return-value]


def _one_package(folders: tuple[str | Path, ...]) -> tuple[dict[str, Table], dict[str, pd.DataFrame], Path, str]:
    """Read the one package in use: its tables, where its corrections are recorded, and a hash of this record."""
    chosen = folders_in_use(folders)
    if len(chosen) > 1:
        raise GfmdError(f"found {len(chosen)} data folders in use; allowed: one, to know whose corrections these are")
    schema, frames, problems = read_package(chosen[0])
    if problems:
        raise DataError(problems)
    record = chosen[0] / schema["corrections"].path
    recorded = bytes_of(record, CORRECTIONS, "a package with a table of corrections")
    return schema, frames, record, hashlib.sha256(recorded).hexdigest()


def correct(out: Path, *folders: str | Path) -> str:
    """Write a workbook with the data in use, to be edited.

    Parameters
    ----------
    out
        New ``.xlsx`` file: a sheet that says what each column holds, then one for each table, corrections so far applied, with a
        last column for the reader's reasons.
    *folders
        As for :func:`gfmd_analysis.load`; one package.

    Returns
    -------
    str
        What was written and what to do with it.

    Raises
    ------
    GfmdError
        Where the file is there already, or cannot be written.
    """
    import xlsxwriter

    if out.exists() or out.suffix.lower() != ".xlsx":
        wrong = ": found another ending; allowed: a new .xlsx file"
        if out.exists():
            wrong = ' exists; to take its edits back, add --who "Your name"; to write a new one, give another name'
        raise GfmdError(f"{out.name}{wrong}")
    schema, frames, _, state = _one_package(folders)
    tables, _ = apply_corrections(schema, frames)
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_custom_property(CORRECTIONS, state)  # so that a workbook knows with which record it was written
    command = f'python run.py correct {out} --who "Your name"'
    head, sheets = book.add_format({"bold": True, "bg_color": "#E6E6E6"}), _sheets_of(schema)
    _explain(book, sheets, command, head)
    for name, table in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        sheet.write_row(0, 0, map(_head, columns := [*table.columns, "why"]), head)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, 40 if column in WIDE else 18)
        rows = tables[name].astype("str")
        for number, cells in enumerate(rows.itertuples(index=False), start=1):
            sheet.write_row(number, 0, cells)
        sheet.autofilter(0, 0, max(len(rows), 1), len(table.columns))
        for place, field in enumerate(table.fields):
            if field.enum:
                sheet.data_validation(1, place, len(rows) + 500, place, {"validate": "list", "source": field.enum})
    book.close()
    atomic_write(out, content.getvalue())
    told = f"Wrote {out.name}. Edit, add or delete rows, say why in the last column"
    return f"{told}, then: {command} (with conda: {command.replace('python run.py', 'gfmd')})"


def _head(column: str) -> str:
    """Write a column's name as the head of a sheet has it: ``Period start``."""
    return sentence(column.replace("_", " ").strip())


def _explain(book: Any, sheets: Schema, command: str, head: Any) -> None:
    """Begin a workbook with a sheet that says what to do, what a row of each sheet is and what each column holds."""
    sheet, wrapped = book.add_worksheet("How to"), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, 3, 70, wrapped)
    sheet.write_column(0, 0, (*HOW, command))
    line = len(HOW) + 2
    sheet.write_row(line, 0, ("Sheet", "Column", "What it holds", "Allowed"), head)
    for name, table in sheets.items():
        sheet.write_row(line := line + 1, 0, (name, "", table.description), head)
        for field in table.fields:
            sheet.write_row(line := line + 1, 0, (name, _head(field.name), field.form, field.allowed))


def _sheets_of(schema: Schema) -> dict[str, Table]:
    corrected = schema.keys() - NOT_CORRECTED
    return {name: table for name, table in schema.items() if name in corrected and not name.startswith("coding_")}


def take_back(workbook: Path, who: str, why: str = "", *folders: str | Path) -> list[str]:
    """Turn the edits of a workbook into rows of ``corrections.csv``.

    What is nothing without a row that was deleted, as the citations of a practice, is dropped with it.

    Parameters
    ----------
    workbook
        What :func:`correct` wrote, edited in a spreadsheet.
    who
        Who corrects.
    why
        The reason where a row's own column ``why`` is empty, and for rows that were deleted.
    *folders
        As for :func:`gfmd_analysis.load`; one package.

    Returns
    -------
    list of str
        One line for each correction that is new, has changed or is dropped.

    Raises
    ------
    DataError
        Where the corrected data would not be valid, or a correction has no reason: each with the sheet and its row, and the
        row that it would have in ``corrections.csv``. Nothing is then written.
    GfmdError
        For a file that is no such workbook, or that would drop corrections as it was written before they were made.
    """
    schema, frames, record, state = _one_package(folders)
    edited, reasons, written_at = _edited(workbook, _sheets_of(schema), frames)
    parts = _without_parts_of_deleted(schema, frames, edited)
    known = {_place(row): row for row in _records(frames["corrections"])}
    rows, told = list[dict[str, str]](), list[str]()
    for change in differences_between(schema, frames, edited):
        before = known.get(_place(change))
        if before and before["new"] == change["new"]:
            rows.append(before)
            continue
        reason = reasons.get((change["table"], change["key"])) or why
        rows.append({**change, "who": who, "when": date.today().isoformat(), "why": reason})
        told.append(announced(change) + parts.get((change["table"], change["key"]), ""))
    left = known.keys() - {_place(row) for row in rows}
    if left and state != written_at:
        place = " and ".join(f"{table}, {key}" for table, key, _ in sorted(left)[:3])
        found = f"found a workbook written before {CORRECTIONS} last changed, without corrections of {place}"
        allowed = "one written anew (gfmd correct NEW.xlsx), with your edits made in it"
        raise GfmdError(f"{workbook.name}: {found}; allowed: {allowed}")
    told += [f"{table}, {key}: correction dropped, as the workbook does not hold it" for table, key, _ in sorted(left)]
    table = pd.DataFrame(rows, range(2, len(rows) + 2), schema["corrections"].columns, dtype="str")
    problems: list[Problem] = []
    with collected(problems):
        corrected, places = apply_corrections(schema, {**frames, "corrections": table.astype("category")})
        problems += blamed(problems_in(schema, corrected), places)
    if problems:
        raise DataError([_in_its_sheet(problem, rows, schema, edited) for problem in problems])
    atomic_write(record, csv_text(table))
    return told


def _place(row: Mapping[str, str]) -> tuple[str, str, str]:
    return row["table"], row["key"], row["column"]


def announced(change: Mapping[str, str]) -> str:
    """Say what a row of ``corrections.csv`` does: to which row of which table, and what that says."""
    place, old, new = f"{change['table']}, {change['key']}", change["old"], change["new"]
    if change["column"]:
        return f"{place}: {change['column']} {shown(old)} → {shown(new)}"
    known = ["", *map(str.strip, change["key"].split(JOINER.rstrip()))]
    try:  # whoever drops a row by hand may write anything, or nothing, as its old content
        cells = [f"{name} {cell}" for name, cell in json.loads(new or old).items() if str(cell) not in known]
    except (ValueError, AttributeError):
        cells = []
    about = f" ({', '.join(cells)[:80]})" if cells else ""
    return f"{place}: row {'added' if new else 'dropped'}{about}"


def _without_parts_of_deleted(
    schema: Schema, frames: Frames, edited: dict[str, pd.DataFrame]
) -> dict[tuple[str, str], str]:
    """Take out of the sheets what is nothing without a row that was deleted, and say with what each goes."""
    gone = {}
    for name in edited:
        before, after = ({*keyed(state[name], schema[name].key)} for state in (frames, edited))
        for key in sorted(before - after):
            for other, row, code in list(naming(schema, edited, name, {key}, as_part=True)):
                edited[other] = edited[other].drop(index=row)
                gone[other, code] = f", as it goes with {name}, {key}"
    return gone


def _in_its_sheet(problem: Problem, rows: list[dict[str, str]], schema: Schema, edited: Frames) -> Problem:
    """Say of a problem that comes from a correction in which row of which sheet the correction was made."""
    if problem.file != CORRECTIONS or not problem.row:
        return problem
    change = rows[problem.row - 2]
    name = change["table"]
    row = dict(zip(keyed(edited[name], schema[name].key), edited[name].index, strict=True)).get(change["key"], 0)
    columns = {"new": change["column"] or problem.cell, "key": ", ".join(schema[name].key)}
    column = columns.get(problem.column, problem.column)
    found = problem.found + f" for the deleted {shown(change['key'])}" * (not row and problem.column != "key")
    told = "a reason, or one for all (--why)" if column == "why" else problem.allowed
    allowed = f"{told} (row {problem.row} of {CORRECTIONS})"
    return replace(problem, file=f"sheet {name}", row=row, column=column, found=found, allowed=allowed)


def _edited(
    workbook: Path, sheets: Schema, frames: Frames
) -> tuple[dict[str, pd.DataFrame], dict[tuple[str, str], str], str]:
    """Read the edited sheets as text, numbered as the spreadsheet does, the reasons by table and key, the corrections known."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(workbook, read_only=True, data_only=True)
        state = next((str(mark.value) for mark in book.custom_doc_props.props if mark.name == CORRECTIONS), "")
        ours = {sheet.title: sheet for sheet in book.worksheets if sheet.title in sheets}
        read = {name: ours[name].iter_rows(max_col=len(sheets[name].columns) + 1, values_only=True) for name in ours}
        texts = {
            name: [["" if cell is None else str(cell).strip() for cell in row] for row in read[name]] for name in ours
        }
    except Exception as error:  # openpyxl lets through whatever its XML reader raises
        found = f"found no workbook ({type(error).__name__})"
        raise GfmdError(f"{workbook.name}: {found}; allowed: the .xlsx of gfmd correct") from None
    result, problems = dict(frames), list[Problem]()
    reasons: dict[tuple[str, str], str] = {}
    for name, table in sheets.items():
        header, *rows = texts.get(name) or [[]]
        heads = [*map(_head, table.columns)]  # also the names in the data are taken for them
        pairs = zip_longest(map(_head, header[: len(heads)]), heads, fillvalue="")
        if found := next((f"{shown(head)} in place of '{own}'" for head, own in pairs if head != own), ""):
            raise DataError([Problem(f"sheet {name}", 1, "", found, ", ".join(heads))])
        frame = pd.DataFrame(rows, columns=[*table.columns, "why"], dtype="str", index=range(2, len(rows) + 2))
        frame, why = frame.iloc[:, :-1], frame.iloc[:, -1]  # a table of one's own may have a column "why", too
        if frame.equals(as_text(frames[name])):
            continue
        frame = frame[(frame != "").any(axis=1)].copy()
        for field in table.fields:
            frame[field.name] = frame[field.name].map(spelling(field)).astype("str")
        keys = keyed(frame, table.key)
        reasons |= {(name, key): text for key, text in zip(keys, why[frame.index], strict=True) if text}
        problems += doubled_keys(frame, replace(table, path=f"sheet {name}"))
        result[name] = frame
    if problems:
        raise DataError(problems)
    return result, reasons, state
