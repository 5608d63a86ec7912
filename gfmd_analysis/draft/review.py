"""Write a draft coding as a data package, with the workbook in which an analyst reviews it."""

import io
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from gfmd_analysis.dataset.descriptor import Table
from gfmd_analysis.dataset.writing import STATUSES, check_new, write_package
from gfmd_analysis.draft.known import contract, rows_in_use
from gfmd_analysis.draft.report import read_document
from gfmd_analysis.draft.speakers import CARRIED, DOUBTFUL
from gfmd_analysis.draft.tables import Coding, code_report

WORKBOOK = "review.xlsx"

# columns that a workbook adds to a table's own: review and passage to all, to some a candidate's score or how sure the speaker is
REVIEW, SCORE, SPEAKER, PASSAGE = "review", "score", "speaker", "passage"

ADDED = {"interventions": [SPEAKER], "mentions": [SCORE, SPEAKER], "quantities": [SPEAKER]}

COLOURS = {CARRIED: "#FFF2CC", DOUBTFUL: "#F8CBAD"}

SPARE_ROWS = 500

WIDTHS = {"passage": 90, "title": 50, "summary": 45, "text": 45, "note": 40, "name": 40, "what": 40, "intervention": 26}

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
    return [table for name, table in contract().items() if name != "objectives"]


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
    colours = {mark: book.add_format({"bg_color": colour}) for mark, colour in COLOURS.items()}
    guide = book.add_worksheet("guide")
    guide.set_column(0, 0, 110)
    guide.write_column(0, 0, [*GUIDE, "", *coding.account.lines()], wrapped)
    for table in tables_to_review():
        records = [_with_review(record, coding) for record in coding.tables[table.name].to_dict("records")]
        columns = [*table.columns, REVIEW, *ADDED.get(table.name, []), PASSAGE]
        numeric = {field.name for field in table.fields if field.type in ("integer", "number")} | {SCORE}
        truths = {field.name: ["true", "false"] for field in table.fields if field.type == "boolean"}
        lists = truths | {field.name: field.enum for field in table.fields if field.enum} | {REVIEW: list(STATUSES)}
        bottom, right = max(len(records), 1), len(columns) - 1
        sheet = book.add_worksheet(table.name)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, bottom, right)
        sheet.write_row(0, 0, columns, head)
        for place, name in enumerate(columns):
            width = WIDTHS.get(name, 16)
            sheet.set_column(place, place, width, wrapped if width >= 40 else plain)
            cells = [record[name] for record in records]
            sheet.write_column(1, place, [float(cell) if cell and name in numeric else cell for cell in cells])
            if allowed := lists.get(name):
                message = f"Allowed: {', '.join(allowed)}"[:255]
                rule = {"validate": "list", "source": allowed, "error_title": name, "error_message": message}
                sheet.data_validation(1, place, len(records) + SPARE_ROWS, place, rule)
        if SPEAKER in columns:
            place = xlsxwriter.utility.xl_col_to_name(columns.index(SPEAKER))
            for mark, colour in colours.items():
                rule = {"type": "formula", "criteria": f'=${place}2="{mark}"', "format": colour}
                sheet.conditional_format(1, 0, bottom, right, rule)
    book.close()
    return buffer.getvalue()


def _with_review(record: Mapping[Any, Any], coding: Coding) -> dict[str, Any]:
    """Add to a row its status, a candidate's score, how sure its speaker is, and the words behind it."""
    paragraph = f"{record.get('meeting')}/{str(record.get('paragraph', '')).zfill(3)}"
    code = record.get("intervention") or f"{paragraph}-{record.get('actor')}"
    return {
        **record,
        REVIEW: STATUSES[0],
        SCORE: coding.scores.get((code, record.get("objective", "")), ""),
        SPEAKER: coding.certainty.get(code, ""),
        PASSAGE: coding.passages.get(record.get("intervention") or paragraph, ""),
    }


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
    coding = code_report(read_document(report), meeting, rows_in_use())
    kept_out = f"# holds passages of the report\n{WORKBOOK}\n"
    others: dict[str, bytes | str] = {WORKBOOK: review_workbook(coding), ".gitignore": kept_out}
    write_package(out, coding.tables, "Draft coding", status=STATUSES[0], others=others)
    basis = coding.tables["mentions"]["basis"].value_counts()
    counts = {name: len(table) for name, table in coding.tables.items()}
    drafted = (
        f"Drafted {counts['paragraphs']} paragraphs, {counts['interventions']} interventions, "
        f"{basis.get('explicit', 0)} explicit and {basis.get('inferred', 0)} candidate inferred mentions, "
        f"{counts['quantities']} quantities and {counts['practices']} candidate practices in {out.name}."
    )
    next_step = f"Review {WORKBOOK}: set review to accepted or rejected on every row, then run gfmd adopt."
    return "\n".join([drafted, *coding.account.lines(), next_step])
