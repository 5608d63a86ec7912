"""Write a workbook in which a reader edits the data, and turn the edits into rows of ``corrections.csv``."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from gfmd_analysis.dataset.packages import NOT_CORRECTED, apply_corrections, blamed
from gfmd_analysis.dataset.reading import folders_in_use, read_package, spelled
from gfmd_analysis.dataset.schema import JOINER, Table
from gfmd_analysis.dataset.validation import problems_in
from gfmd_analysis.dataset.writing import atomic_write, csv_text
from gfmd_analysis.errors import DataError, GfmdError, Problem, shown

Frames = Mapping[str, pd.DataFrame]


def differences_between(schema: Mapping[str, Table], before: Frames, after: Frames) -> Iterator[dict[str, str]]:
    """List the corrections that turn one state of the tables into another.

    Yields
    ------
    dict
        ``table``, ``key``, ``column``, ``old``, ``new`` as ``corrections.csv`` has them, in its order.
    """
    for name in sorted(set(after) - set(NOT_CORRECTED)):
        table = schema[name]
        old, new = (_by_key(table, state[name]) for state in (before, after))
        for key in sorted(old.keys() | new.keys()):
            told = {"table": name, "key": key}
            if key not in new:
                yield {**told, "column": "", "old": json.dumps(old[key], ensure_ascii=False), "new": ""}
            elif key not in old:
                yield {**told, "column": "", "old": "", "new": json.dumps(new[key], ensure_ascii=False)}
            else:
                changed = sorted(column for column in table.columns if old[key][column] != new[key][column])
                for column in changed:
                    yield {**told, "column": column, "old": old[key][column], "new": new[key][column]}


def _by_key(table: Table, rows: pd.DataFrame) -> dict[str, dict[str, str]]:
    records: list[dict[str, str]] = rows.astype("str")[table.columns].to_dict("records")  # type: ignore[assignment]
    return {JOINER.join(cells[column] for column in table.key): cells for cells in records}


def _one_package(folders: tuple[str | Path, ...]) -> tuple[Path, dict[str, Table], dict[str, pd.DataFrame]]:
    chosen = folders_in_use(folders)
    if len(chosen) > 1:
        raise GfmdError(f"found {len(chosen)} data folders in use; allowed: one, to know whose corrections these are")
    schema, frames, problems = read_package(chosen[0])
    if problems or "corrections" not in frames:
        raise DataError(problems or [Problem("datapackage.json", 0, "", "no table corrections", "a package with one")])
    return chosen[0], schema, frames


def correct(out: Path, *folders: str | Path) -> str:
    """Write a workbook with the data in use, to be edited.

    Parameters
    ----------
    out
        New ``.xlsx`` file: a sheet for each table, corrections so far applied, with a column ``why`` for the reader's reasons.
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
        raise GfmdError(
            f"{out.name}: found {'a file' if out.exists() else 'another ending'}; allowed: a new .xlsx file"
        )
    _, schema, frames = _one_package(folders)
    tables, _ = apply_corrections(schema, frames)
    book = xlsxwriter.Workbook(str(out), {"strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bg_color": "#E6E6E6"})
    for name, table in _sheets_of(schema).items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        for place, column in enumerate([*table.columns, "why"]):
            sheet.write_string(0, place, column, head)
            sheet.set_column(place, place, 40 if column in {"summary", "text", "what", "note", "name", "why"} else 18)
        rows = tables[name].astype("str")
        for number, cells in enumerate(rows.itertuples(index=False), start=1):
            for place, cell in enumerate(cells):
                sheet.write_string(number, place, cell)
        sheet.autofilter(0, 0, max(len(rows), 1), len(table.columns))
        for place, field in enumerate(table.fields):
            if field.enum:
                rule = {"validate": "list", "source": field.enum, "ignore_blank": True}
                sheet.data_validation(1, place, len(rows) + 500, place, rule)
    try:
        book.close()
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise GfmdError(f"cannot write {out.name}: {error}; allowed: a folder that can be written") from None
    return f"Wrote {out.name}. Edit, add or delete rows, say why in the last column, then: gfmd correct {out.name} --who NAME"


def _sheets_of(schema: Mapping[str, Table]) -> dict[str, Table]:
    return {
        name: table for name, table in schema.items() if name not in NOT_CORRECTED and not name.startswith("coding_")
    }


def take_back(workbook: Path, who: str, why: str = "", *folders: str | Path) -> list[str]:
    """Turn the edits of a workbook into rows of ``corrections.csv``.

    Parameters
    ----------
    workbook
        What :func:`correct` wrote, edited in a spreadsheet.
    who
        Who corrects.
    why
        The reason where a row's own column ``why`` is empty.
    *folders
        As for :func:`gfmd_analysis.load`; one package.

    Returns
    -------
    list of str
        One line for each correction that is new, has changed or is dropped.

    Raises
    ------
    DataError
        Where the corrected data would not be valid, or a correction has no reason. Nothing is then written.
    GfmdError
        For a file that is no such workbook.
    """
    folder, schema, frames = _one_package(folders)
    edited, reasons = _edited(workbook, _sheets_of(schema), frames)
    records: list[dict[str, str]] = frames["corrections"].astype("str").to_dict("records")  # type: ignore[assignment]
    known = {(row["table"], row["key"], row["column"]): row for row in records}
    rows, told, problems = [], [], []
    for change in differences_between(schema, frames, edited):
        place = (change["table"], change["key"], change["column"])
        before = known.get(place)
        if before is not None and before["new"] == change["new"]:
            rows.append(before)
            continue
        reason = reasons.get(place[:2]) or why
        if not reason:
            allowed = "a reason, in the row's last column or for all (why)"
            problems.append(
                Problem(f"sheet {place[0]}", 0, place[2], f"a correction of {shown(place[1])} without one", allowed)
            )
        rows.append({**change, "who": who, "when": date.today().isoformat(), "why": reason})
        told.append(f"{place[0]}, {place[1]}: {_told(change)}")
    kept = {(row["table"], row["key"], row["column"]) for row in rows}
    told += [
        f"{place[0]}, {place[1]}: correction dropped, as the workbook does not hold it"
        for place in known
        if place not in kept
    ]
    table = pd.DataFrame(rows, columns=schema["corrections"].columns, dtype="str")
    table.index = pd.RangeIndex(2, len(table) + 2)
    if not problems:
        frames = {**frames, "corrections": table}
        corrected, places = apply_corrections(schema, frames)
        problems = blamed(problems_in(schema, corrected), places)
    if problems:
        raise DataError(problems)
    atomic_write(folder / schema["corrections"].path, csv_text(table))
    return told


def _told(change: Mapping[str, str]) -> str:
    if not change["column"]:
        return "row added" if change["new"] else "row dropped"
    return f"{change['column']} {shown(change['old'] or '')} → {shown(change['new'] or '')}"


def _edited(workbook: Path, sheets: Mapping[str, Table], frames: Frames) -> tuple[Frames, dict[tuple[str, str], str]]:
    """Read the edited sheets as text, and the reasons given by table and key."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(workbook, read_only=True, data_only=True)
        cells = {sheet.title: [*sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
    except Exception as error:  # openpyxl lets through whatever its XML reader raises
        raise GfmdError(
            f"{workbook.name}: found no workbook ({type(error).__name__}); allowed: the .xlsx of gfmd correct"
        ) from None
    result = dict(frames)
    reasons: dict[tuple[str, str], str] = {}
    for name, table in sheets.items():
        header, *rows = cells.get(name) or [()]
        if [str(cell) for cell in header[: len(table.columns)]] != table.columns:
            raise DataError([Problem(f"sheet {name}", 1, "", "other columns", ", ".join(table.columns))])
        texts = [[_cell(cell) for cell in (*row, *[None] * len(header))[: len(table.columns) + 1]] for row in rows]
        kept = [row for row in texts if any(row[:-1])]
        frame = pd.DataFrame([row[:-1] for row in kept], columns=table.columns, dtype="str")
        for field in table.fields:
            frame[field.name] = spelled(field, frame[field.name])
        result[name] = frame
        keys = frame[list(table.key)].agg(JOINER.join, axis=1).tolist() if len(frame) else []
        reasons |= {(name, key): row[-1] for key, row in zip(keys, kept, strict=True) if row[-1]}
    return result, reasons


def _cell(value: object) -> str:
    return "" if value is None else str(value).strip()
