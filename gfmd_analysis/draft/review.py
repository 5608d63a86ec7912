"""The workbook in which an analyst reviews a draft coding, and its adoption as a data package."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from gfmd_analysis.dataset.reading import read_table
from gfmd_analysis.dataset.schema import DEFAULT_FOLDER, Table, schema
from gfmd_analysis.dataset.validation import problems_in
from gfmd_analysis.dataset.writing import STATUSES, check_new, write_package
from gfmd_analysis.draft.report import check_archive, check_size, read_report
from gfmd_analysis.draft.tables import Coding, code_report, rows_in_use, with_known_rows
from gfmd_analysis.errors import DataError, GfmdError, Problem, shown
from gfmd_analysis.text import spans

EXTRA = ("review", "score", "passage")

SPARE_ROWS = 500

WIDTHS = {
    "passage": 90,
    "summary": 45,
    "note": 40,
    "name": 40,
    "title": 50,
    "text": 45,
    "what": 40,
    "intervention": 26,
    "sha256": 12,
}

GUIDE = (
    "Read each row beside its passage, mend what is wrong, and set its column review to accepted or rejected. Nothing is adopted that is "
    "still a draft.",
    "Rows may be added below the last one; the lists in the cells give what is allowed.",
    "Candidates (mentions with a score, practices) are guesses: reject freely.",
    "The passages are the report's own words, for your reading only: do not publish or commit this file.",
    "Then run: gfmd adopt review.xlsx FOLDER. Whatever it refuses it lists by sheet, row and column.",
)  # fmt: skip


def tables_to_review() -> list[Table]:
    """Give the contract's tables that a workbook holds: all but the objectives, which are the Compact's."""
    return [table for name, table in schema().items() if name != "objectives" and not name.startswith("coding_")]


def review_workbook(coding: Coding) -> bytes:
    """Make the workbook: a sheet for each table, dropdowns from the schema, the passage beside each row.

    Parameters
    ----------
    coding
        A drafted coding.

    Returns
    -------
    bytes
        An XLSX file, the same on each run.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Review of a draft coding", "created": datetime(2000, 1, 1)})
    head = book.add_format({"bold": True, "bg_color": "#E6E6E6", "text_wrap": True, "valign": "top"})
    plain, wrapped = book.add_format({"valign": "top"}), book.add_format({"text_wrap": True, "valign": "top"})
    guide = book.add_worksheet("guide")
    guide.set_column(0, 0, 110)
    for row, line in enumerate(GUIDE):
        guide.write_string(row, 0, line, wrapped)
    for table in tables_to_review():
        frame = coding.tables[table.name]
        columns = _columns(table)
        sheet = book.add_worksheet(table.name)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(frame), 1), len(columns) - 1)
        for place, name in enumerate(columns):
            sheet.write_string(0, place, name, head)
            sheet.set_column(place, place, WIDTHS.get(name, 16), wrapped if WIDTHS.get(name, 16) >= 40 else plain)
        for row, cells in enumerate(_rows(table, frame, coding), start=1):
            for place, cell in enumerate(cells):
                if isinstance(cell, float):
                    sheet.write_number(row, place, cell)
                elif cell:
                    sheet.write_string(row, place, cell)
        _add_dropdowns(sheet, table, len(frame) + SPARE_ROWS)
    book.close()
    return buffer.getvalue()


def _columns(table: Table) -> list[str]:
    """Give a sheet's columns: the table's, the status, the score of a candidate mention, the passage."""
    return [*table.columns, *(name for name in EXTRA if name != "score" or table.name == "mentions")]


def _rows(table: Table, frame: pd.DataFrame, coding: Coding) -> Iterator[list[str | float]]:
    numeric = {field.name for field in table.fields if field.type in ("integer", "number")}
    for record in frame.to_dict("records"):
        cells: list[str | float] = [
            float(record[name]) if name in numeric and record[name] else str(record[name]) for name in table.columns
        ]
        score = coding.scores.get((record.get("intervention", ""), record.get("objective", "")))
        scored: list[str | float] = ["" if score is None else score] if table.name == "mentions" else []
        yield [*cells, STATUSES[0], *scored, _passage(record, coding)]


def _passage(record: Mapping[Any, Any], coding: Coding) -> str:
    """Give the words behind a row: the intervention's, else the paragraph's."""
    if record.get("intervention"):
        return coding.passages.get(record["intervention"], "")
    return coding.passages.get(f"{record.get('meeting')}/{str(record.get('paragraph', '')).zfill(3)}", "")


def _add_dropdowns(sheet: Any, table: Table, last: int) -> None:
    lists = {field.name: field.enum for field in table.fields if field.enum}
    lists |= {field.name: ["true", "false"] for field in table.fields if field.type == "boolean"}
    lists["review"] = list(STATUSES)
    for place, name in enumerate(_columns(table)):
        if name in lists:
            message = f"Allowed: {', '.join(lists[name])}"
            rule = {"validate": "list", "source": lists[name], "error_title": name, "error_message": message[:255]}
            sheet.data_validation(1, place, last, place, rule)


def adopt(workbook: str | Path, out: str | Path) -> str:
    """Turn a reviewed workbook into a data package.

    Parameters
    ----------
    workbook
        The XLSX file that ``gfmd draft`` made, reviewed: every row ``accepted`` or ``rejected``.
    out
        New or empty folder.

    Returns
    -------
    str
        How many rows of which table were adopted, and which rows the analyst rejected.

    Raises
    ------
    DataError
        With everything that is refused, by sheet, row and column. Nothing is then written.
    GfmdError
        For a file that is no such workbook, or a folder that holds something.
    """
    workbook, out = Path(workbook), Path(out)
    check_new(out)
    frames, rejected = reviewed_tables(workbook)
    write_package(out, frames, "Who spoke to which GCM objective")
    counts = ", ".join(f"{len(frame)} {name}" for name, frame in frames.items() if name != "objectives")
    left = "; ".join(f"{name} rows {', '.join(map(str, rows))}" for name, rows in rejected.items() if rows)
    return f"Adopted {counts} in {out.name}.\nRejected by you and left out: {left or 'nothing'}."


def reviewed_tables(workbook: Path) -> tuple[dict[str, pd.DataFrame], dict[str, list[int]]]:
    """Read and check a reviewed workbook.

    Returns
    -------
    tuple
        The accepted rows of each table as text (with the Compact's objectives), their index being the sheet's row
        number; and the row numbers that were rejected.

    Raises
    ------
    DataError
        With everything that is refused.
    """

    sheets = _sheets(workbook)
    problems: list[Problem] = []
    frames: dict[str, pd.DataFrame] = {}
    rejected: dict[str, list[int]] = {}
    agreed = {name: table for name, table in schema().items() if not name.startswith("coding_")}
    for table in tables_to_review():
        if table.name not in sheets:
            problems.append(
                Problem(f"sheet {table.name}", 0, "", "no such sheet", "every sheet of the review workbook")
            )
            continue
        frame, found = _reviewed(table, sheets[table.name])
        problems += found
        status = frame["review"] if "review" in frame else pd.Series("", index=frame.index)
        rejected[table.name] = [int(row) for row in frame.index[status == "rejected"]]
        frames[table.name] = frame.loc[status == "accepted", table.columns] if "review" in frame else frame
    if not problems and frames["meetings"].empty:
        problems.append(Problem("sheet meetings", 0, "", "no accepted row", "the meeting, accepted"))
    if problems:
        raise DataError(problems)
    frames["objectives"] = read_table(DEFAULT_FOLDER / agreed["objectives"].path, agreed["objectives"])
    ordered = {name: frames[name] for name in agreed}
    names = {table.path: f"sheet {name}" for name, table in agreed.items()}
    found = [replace(problem, file=names.get(problem.file, problem.file)) for problem in problems_in(agreed, ordered)]
    if found:
        raise DataError(found)
    return ordered, rejected


def _sheets(workbook: Path) -> dict[str, list[tuple[Any, ...]]]:
    import openpyxl

    if workbook.suffix.lower() != ".xlsx":
        raise GfmdError(
            f"{workbook.name}: found the ending '{workbook.suffix}'; allowed: the .xlsx workbook of gfmd draft"
        )
    check_size(workbook)
    check_archive(workbook)
    try:
        book = openpyxl.load_workbook(workbook, read_only=True)
        return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    except Exception as error:  # openpyxl lets through whatever its XML reader raises
        raise GfmdError(
            f"{workbook.name}: found a damaged workbook ({type(error).__name__}); allowed: an .xlsx that Excel opens"
        ) from None


def _reviewed(table: Table, rows: list[tuple[Any, ...]]) -> tuple[pd.DataFrame, list[Problem]]:
    """Give a sheet's rows as text and what is wrong with its header and its statuses."""
    sheet = f"sheet {table.name}"
    header = [_text(cell) for cell in rows[0]] if rows else []
    wanted = [*table.columns, "review"]
    wrong = sorted({name for name in header if name and header.count(name) > 1})
    strange = [name for name in header if name and name not in (*wanted, *EXTRA)]
    problems = [
        Problem(sheet, 1, name, "no such column", f"columns {', '.join(wanted)}")
        for name in wanted
        if name not in header
    ]
    problems += [Problem(sheet, 1, name, "the column twice", "each column once") for name in wrong]
    problems += [
        Problem(sheet, 1, name, "a column of its own", f"columns {', '.join([*wanted, *EXTRA[1:]])}")
        for name in strange
    ]
    if problems:
        return pd.DataFrame(columns=table.columns), problems
    kept = {}
    for number, row in enumerate(rows[1:], start=2):
        cells = {name: _text(cell) for name, cell in zip(header, row, strict=False) if name}
        if any(cells.get(name) for name in table.columns) or cells.get("review") in STATUSES[1:]:
            kept[number] = {name: cells.get(name, "") for name in wanted}
    frame = pd.DataFrame.from_dict(kept, orient="index", columns=wanted, dtype="str")
    unread = frame["review"][~frame["review"].isin(STATUSES[1:])]
    for status in sorted(set(unread)):
        numbers = [int(number) for number in unread.index[unread == status]]
        found = (shown(status) if status else "an empty cell") + (
            f" (rows {spans(numbers)})" if len(numbers) > 1 else ""
        )
        allowed = "accepted or rejected, once you have read the row"
        problems.append(Problem(sheet, numbers[0], "review", found, allowed))
    return frame, problems


def _text(cell: Any) -> str:
    """Give a cell as the project's CSV writes it: whole numbers without a point, ISO dates, true and false."""
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case float() if cell.is_integer():
            return f"{cell:.0f}"
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case _:
            return " ".join(str(cell).split())


WORKBOOK = "review.xlsx"


def draft(report: str | Path, out: str | Path, meeting: str = "") -> str:
    """Draft the coding of a report as a data package, with a workbook to review it in.

    Parameters
    ----------
    report
        Summary report with numbered paragraphs: ``.txt``, ``.md``, ``.docx`` or ``.pdf``.
    out
        New or empty folder. It receives the contract's tables with a column ``review`` (``draft`` on every row), and
        ``review.xlsx``, which holds the report's passages and is kept out of version control.
    meeting
        Code such as ``FOF-2022-05``; made from the report's title and date where it is left out.

    Returns
    -------
    str
        What was drafted, in a sentence or two.

    Raises
    ------
    GfmdError
        For a report that cannot be read or has no date, or a folder that holds something. Nothing is then written.
    """
    out = Path(out)
    check_new(out)
    coding = with_known_rows(code_report(read_report(report), meeting), rows_in_use())
    kept_out = f"# holds passages of the report\n{WORKBOOK}\n"
    others: dict[str, bytes | str] = {WORKBOOK: review_workbook(coding), ".gitignore": kept_out}
    write_package(out, coding.tables, "Draft coding", status=STATUSES[0], others=others)
    basis = coding.tables["mentions"]["basis"].value_counts()
    counts = {name: len(coding.tables[name]) for name in ("paragraphs", "interventions", "quantities", "practices")}
    return (
        f"Drafted {counts['paragraphs']} paragraphs, {counts['interventions']} interventions, "
        f"{basis.get('explicit', 0)} explicit and {basis.get('inferred', 0)} candidate inferred mentions, "
        f"{counts['quantities']} quantities and {counts['practices']} candidate practices in {out.name}.\n"
        f"Review {WORKBOOK}: set review to accepted or rejected on every row, then run gfmd adopt."
    )
