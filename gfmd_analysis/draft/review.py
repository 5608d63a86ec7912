"""The workbook in which an analyst reviews a draft coding, and its adoption as a data package."""

import io
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, Table, schema
from gfmd_analysis.dataset.reading import read_table
from gfmd_analysis.dataset.validation import problems_in
from gfmd_analysis.dataset.writing import STATUSES, check_new, write_package
from gfmd_analysis.draft.limits import read_within_limits
from gfmd_analysis.draft.report import check_archive, check_size, read_document
from gfmd_analysis.draft.speakers import CARRIED, DOUBTFUL, UNNAMED
from gfmd_analysis.draft.tables import Coding, code_report, rows_in_use, with_known_rows
from gfmd_analysis.errors import DataError, GfmdError, Problem, shown
from gfmd_analysis.text import spans

EXTRA = ("review", "score", "speaker", "passage")

SURE = ("interventions", "mentions", "quantities")

COLOURS = {CARRIED: "#FFF2CC", DOUBTFUL: "#F8CBAD"}

FARTHEST_ROW, FARTHEST_COLUMN = 100_000, 200

SPARE_ROWS = 500

# words that a draft writes where an analyst is to write: table, column, pattern, how the message names them
PLACEHOLDERS = (
    ("quantities", "what", r"to be worded$", "quantities to be worded"),
    ("interventions", "summary", r"\(draft\)\.$", "summaries of the draft"),
    ("practices", "summary", r"\(draft\)\.$", "practices to be described"),
    ("meetings", "place", r"^to be added$", "place to be added"),
)

_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)")

WIDTHS = {
    "passage": 90,
    "speaker": 11,
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
    "Yellow rows: the speaker was carried on from before. Red rows: the speaker is doubtful. Filter the column speaker to see them.",
    "Candidates (mentions with a score, practices) are guesses: reject freely.",
    "The passages are the report's own words, for your reading only: do not publish or commit this file.",
    "Then run: gfmd adopt review.xlsx FOLDER. Whatever it refuses it lists by sheet, row and column.",
)  # fmt: skip


def tables_to_review() -> list[Table]:
    """Return the contract's tables that a workbook holds: all but the objectives, which are the Compact's."""
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
    for row, line in enumerate([*GUIDE, "", *(coding.account.lines() if coding.account else [])]):
        guide.write_string(row, 0, line, wrapped)
    colours = {mark: book.add_format({"bg_color": colour}) for mark, colour in COLOURS.items()}
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
        if table.name in SURE:
            place = xlsxwriter.utility.xl_col_to_name(columns.index("speaker"))
            for mark, colour in colours.items():
                rule = {"type": "formula", "criteria": f'=${place}2="{mark}"', "format": colour}
                sheet.conditional_format(1, 0, max(len(frame), 1), len(columns) - 1, rule)
    book.close()
    return buffer.getvalue()


def _columns(table: Table) -> list[str]:
    """List a sheet's columns: the table's, the review, a candidate mention's score, how sure the speaker is, the passage."""
    left_out = {"score"} - ({"score"} if table.name == "mentions" else set()) | (
        {"speaker"} if table.name not in SURE else set()
    )
    return [*table.columns, *(name for name in EXTRA if name not in left_out)]


def _rows(table: Table, frame: pd.DataFrame, coding: Coding) -> Iterator[list[str | float]]:
    numeric = {field.name for field in table.fields if field.type in ("integer", "number")}
    for record in frame.to_dict("records"):
        cells: list[str | float] = [
            float(record[name]) if name in numeric and record[name] else str(record[name]) for name in table.columns
        ]
        score = coding.scores.get((record.get("intervention", ""), record.get("objective", "")))
        scored: list[str | float] = ["" if score is None else score] if table.name == "mentions" else []
        code = (
            record.get("intervention")
            or f"{record.get('meeting')}/{str(record.get('paragraph', '')).zfill(3)}-{record.get('actor')}"
        )
        sure: list[str | float] = [coding.certainty.get(str(code), "")] if table.name in SURE else []
        yield [*cells, STATUSES[0], *scored, *sure, _passage(record, coding)]


def _passage(record: Mapping[Any, Any], coding: Coding) -> str:
    """Return the words behind a row: the intervention's, else the paragraph's."""
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
    frames, left = _without_placeholders(frames)
    write_package(out, frames, "Who spoke to which GCM objective")
    counts = ", ".join(f"{len(frame)} {name}" for name, frame in frames.items() if name != "objectives")
    refused = "; ".join(f"{name} rows {', '.join(map(str, rows))}" for name, rows in rejected.items() if rows)
    return f"Adopted {counts} in {out.name}.\nRejected by you and left out: {refused or 'nothing'}.\nPlaceholders left: {left}."


def _without_placeholders(frames: dict[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], str]:
    """Leave out the interventions of nobody, with what hangs on them, and count what the draft left to be written."""
    spoken = frames["interventions"]
    nobody = spoken.loc[spoken["actor"] == UNNAMED, "intervention"]
    counted = (
        [
            f"{len(nobody)} interventions whose speaker is to be named (rows {spans(nobody.index)}), left out with what hangs on them"
        ]
        if len(nobody)
        else []
    )
    kept = {}
    for name, frame in frames.items():
        kept[name] = frame[~frame["intervention"].isin(nobody)] if "intervention" in frame else frame
        for column in ("chair", "facilitator", "actor"):
            if column in frame and name != "actors":
                kept[name] = kept[name].assign(**{column: kept[name][column].where(kept[name][column] != UNNAMED, "")})
    kept["quantities"] = kept["quantities"][frames["quantities"]["actor"] != UNNAMED]
    kept["interventions"] = _with_words_shared(kept["interventions"], spoken[spoken["actor"] == UNNAMED])
    cited = kept["practice_citations"]["practice"]
    kept["practices"] = kept["practices"][
        kept["practices"]["practice"].isin(cited)
        | ~frames["practices"]["practice"].isin(frames["practice_citations"]["practice"])
    ]
    kept["actors"] = kept["actors"][kept["actors"]["actor"] != UNNAMED]
    for name, column, pattern, words in PLACEHOLDERS:
        count = int(kept[name][column].str.contains(pattern).sum())
        counted += [f"{count} {words}"] if count else []
    return kept, ", ".join(counted) or "none"


def _with_words_shared(kept: pd.DataFrame, dropped: pd.DataFrame) -> pd.DataFrame:
    """Give the words of nobody to the first who is named in the same paragraph, so that its words add up."""
    place = ["meeting", "paragraph"]
    words = dropped.assign(more=dropped["words"].astype(int)).groupby(place)["more"].sum()
    first = ~kept.duplicated(place)
    more = kept[place].merge(words.reset_index(), on=place, how="left")["more"].fillna(0).astype(int).to_numpy()
    return kept.assign(words=(kept["words"].astype(int) + more * first.to_numpy()).astype(str))


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


def _sheets(workbook: Path) -> dict[str, list[list[str]]]:
    if workbook.suffix.lower() != ".xlsx":
        raise GfmdError(
            f"{workbook.name}: found the ending '{workbook.suffix}'; allowed: the .xlsx workbook of gfmd draft"
        )
    check_size(workbook)
    check_archive(workbook)
    found: dict[str, list[list[str]]] = read_within_limits("gfmd_analysis.draft.review:read_sheets", workbook)
    return found


def read_sheets(workbook: Path) -> dict[str, list[list[str]]]:
    """Read a workbook's sheets as text, row by row; what is struck out is no text.

    Raises
    ------
    GfmdError
        For a workbook that Excel would not open, or with a cell far outside any table.
    """
    import openpyxl

    sheets: dict[str, list[list[str]]] = {}
    try:
        book = openpyxl.load_workbook(workbook, read_only=True, rich_text=True)
        for sheet in book.worksheets:
            print(f"sheet {sheet.title}", file=sys.stderr, flush=True)
            sheet.reset_dimensions()
            rows = sheets.setdefault(sheet.title, [])
            for number, row in enumerate(sheet.iter_rows(), start=1):
                cells = [_cell(cell) for cell in row[:FARTHEST_COLUMN]]
                far = next((cell for cell in row[FARTHEST_COLUMN:] if cell.value is not None), None)
                if far is not None or (number > FARTHEST_ROW and any(cells)):
                    where = far.coordinate if far is not None else f"A{number}"
                    raise GfmdError(
                        f"{workbook.name}: sheet {sheet.title}: found a cell at {where}, far outside the table; "
                        f"allowed: at most {FARTHEST_ROW:,} rows and {FARTHEST_COLUMN} columns"
                    )
                if number <= FARTHEST_ROW:
                    rows.append(cells)
            while rows and not any(rows[-1]):
                rows.pop()
    except (GfmdError, MemoryError):
        raise
    except Exception as error:  # openpyxl lets through whatever its XML reader raises
        raise GfmdError(
            f"{workbook.name}: found a damaged workbook ({type(error).__name__}); allowed: an .xlsx that Excel opens"
        ) from None
    return sheets


def _cell(cell: Any) -> str:
    """Return a cell's text without what is struck out."""
    if cell.value is None or getattr(getattr(cell, "font", None), "strike", False):
        return ""
    if isinstance(cell.value, list):  # rich text: strings, and blocks with a font of their own
        return _text(
            "".join(part if isinstance(part, str) else "" if part.font.strike else part.text for part in cell.value)
        )
    return _text(cell.value)


def _reviewed(table: Table, rows: list[list[str]]) -> tuple[pd.DataFrame, list[Problem]]:
    """Return a sheet's rows as text and what is wrong with its header and its statuses."""
    sheet = f"sheet {table.name}"
    header = rows[0] if rows else []
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
        cells = {name: cell for name, cell in zip(header, row, strict=False) if name}
        for name in table.columns:
            if _ERROR.fullmatch(cells.get(name, "")):
                problems.append(
                    Problem(sheet, number, name, shown(cells[name]), "a value: Excel could not compute this one")
                )
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
    """Return a cell as the project's CSV writes it: whole numbers without a point, ISO dates, true and false."""
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
        Report of a meeting, with or without numbered paragraphs: ``.txt``, ``.md``, ``.docx`` or ``.pdf``.
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
    coding = with_known_rows(code_report(read_document(report), meeting), rows_in_use())
    kept_out = f"# holds passages of the report\n{WORKBOOK}\n"
    others: dict[str, bytes | str] = {WORKBOOK: review_workbook(coding), ".gitignore": kept_out}
    write_package(out, coding.tables, "Draft coding", status=STATUSES[0], others=others)
    basis = coding.tables["mentions"]["basis"].value_counts()
    counts = {name: len(coding.tables[name]) for name in ("paragraphs", "interventions", "quantities", "practices")}
    return (
        f"Drafted {counts['paragraphs']} paragraphs, {counts['interventions']} interventions, "
        f"{basis.get('explicit', 0)} explicit and {basis.get('inferred', 0)} candidate inferred mentions, "
        f"{counts['quantities']} quantities and {counts['practices']} candidate practices in {out.name}.\n"
        + "\n".join(coding.account.lines() if coding.account else [])
        + "\n"
        f"Review {WORKBOOK}: set review to accepted or rejected on every row, then run gfmd adopt."
    )
