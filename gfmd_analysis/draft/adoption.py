"""Turn a reviewed workbook into a data package, or list all that is wrong with it by sheet, row and column."""

import re
import sys
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from gfmd_analysis.dataset.descriptor import Table
from gfmd_analysis.dataset.validation import problems_in
from gfmd_analysis.dataset.writing import STATUSES, cell_text, check_new, write_package
from gfmd_analysis.draft.known import Tables, contract, objectives_of_the_compact
from gfmd_analysis.draft.limits import read_within_limits
from gfmd_analysis.draft.report import check_archive, check_size, refuse
from gfmd_analysis.draft.review import PASSAGE, REVIEW, SCORE, SPEAKER, tables_to_review
from gfmd_analysis.draft.sections import UNNAMED
from gfmd_analysis.errors import DataError, GfmdError, Problem, collected, shown
from gfmd_analysis.text import spans

FARTHEST_ROW, FARTHEST_COLUMN = 100_000, 200

# words that a draft writes where an analyst is to write: table, column, pattern, how the message names them
PLACEHOLDERS = (
    ("quantities", "what", r"to be worded$", "quantities to be worded"),
    ("interventions", "summary", r"\(draft\)\.$", "summaries of the draft"),
    ("practices", "summary", r"\(draft\)\.$", "practices to be described"),
    ("meetings", "place", r"^to be added$", "place to be added"),
)

_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)")


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
    frames, left = _without_nobody(frames)
    write_package(out, frames, "Who spoke to which GCM objective")
    for name, column, pattern, words in PLACEHOLDERS:
        count = frames[name][column].str.contains(pattern).sum()
        left += [f"{count} {words}"] if count else []
    counts = ", ".join(f"{len(frame)} {name}" for name, frame in frames.items() if name != "objectives")
    refused = "; ".join(f"{name} rows {', '.join(map(str, rows))}" for name, rows in rejected.items() if rows)
    return (
        f"Adopted {counts} in {out.name}.\nRejected by you and left out: {refused or 'nothing'}.\n"
        f"Placeholders left: {', '.join(left) or 'none'}."
    )


def _without_nobody(frames: Tables) -> tuple[Tables, list[str]]:
    """Leave out the interventions of nobody with what hangs on them, and say how many they are.

    Their words are given to the first who is named in the same paragraph, so that its words add up.
    """
    spoken, place = frames["interventions"], ["meeting", "paragraph"]
    is_nobody, words = spoken["actor"] == UNNAMED, spoken["words"].astype(int)
    lost = words.where(is_nobody, 0).groupby([spoken[column] for column in place]).transform("sum")
    is_first = ~is_nobody & ~spoken.assign(nobody=is_nobody).duplicated([*place, "nobody"])
    nobody = spoken[is_nobody]
    kept = frames | {"interventions": spoken.assign(words=(words + lost * is_first).astype("str"))}
    for column, gone in (("intervention", nobody["intervention"]), ("actor", [UNNAMED])):
        kept |= {name: frame[~frame[column].isin(gone)] for name, frame in kept.items() if column in frame}
    orphaned = set(frames["practice_citations"]["practice"]) - set(kept["practice_citations"]["practice"])
    kept["practices"] = kept["practices"][~kept["practices"]["practice"].isin(orphaned)]
    kept["roundtables"] = kept["roundtables"].replace({"chair": UNNAMED, "facilitator": UNNAMED}, "")
    left = f"{len(nobody)} interventions whose speaker is to be named (rows {spans(nobody.index)}), left out with what hangs on them"
    return kept, [] if nobody.empty else [left]


def reviewed_tables(workbook: Path) -> tuple[Tables, dict[str, list[int]]]:
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
    if workbook.suffix.lower() != ".xlsx":
        raise refuse(workbook, f"the ending '{workbook.suffix}'", "the .xlsx workbook of gfmd draft")
    check_size(workbook)
    check_archive(workbook)
    sheets = read_within_limits("gfmd_analysis.draft.adoption:read_sheets", workbook)
    problems: list[Problem] = []
    frames, rejected = {"objectives": objectives_of_the_compact()}, dict[str, list[int]]()
    for table in tables_to_review():
        with collected(problems):
            frame = _reviewed(table, sheets.get(table.name))
            rejected[table.name] = frame.index[frame[REVIEW] == "rejected"].tolist()
            frames[table.name] = frame.loc[frame[REVIEW] == "accepted", table.columns]
    if not problems and frames["meetings"].empty:
        problems.append(Problem("sheet meetings", 0, "", "no accepted row", "the meeting, accepted"))
    agreed = {name: replace(table, path=f"sheet {name}") for name, table in contract().items()}
    problems = problems or problems_in(agreed, {name: frames[name].astype("category") for name in agreed})
    if problems:
        raise DataError(problems)
    return {name: frames[name] for name in agreed}, rejected


def read_sheets(workbook: Path) -> dict[str, list[list[str]]]:
    """Read a workbook's sheets as text, row by row; what is struck out is no text.

    Raises
    ------
    GfmdError
        For a workbook that Excel would not open, or with a cell far outside any table.
    """
    import openpyxl

    sheets: dict[str, list[list[str]]] = {}
    allowed = f"at most {FARTHEST_ROW:,} rows and {FARTHEST_COLUMN} columns"
    try:
        book = openpyxl.load_workbook(workbook, read_only=True, rich_text=True)
        for sheet in book.worksheets:
            print(f"sheet {sheet.title}", file=sys.stderr, flush=True)
            sheet.reset_dimensions()
            rows: list[list[str]] = []
            for number, row in enumerate(sheet.iter_rows(), start=1):
                cells = _without_empty_end([_cell(cell) for cell in row])
                if cells and (number > FARTHEST_ROW or len(cells) > FARTHEST_COLUMN):
                    where = row[len(cells) - 1].coordinate
                    raise refuse(workbook, f"a cell of sheet {sheet.title} at {where}, far outside the table", allowed)
                if number <= FARTHEST_ROW:
                    rows.append(cells)
            sheets[sheet.title] = _without_empty_end(rows)
    except (GfmdError, MemoryError):
        raise
    except Exception as error:  # openpyxl lets through whatever its XML reader raises
        found = f"a damaged workbook ({type(error).__name__})"
        raise refuse(workbook, found, "an .xlsx that Excel opens") from None
    return sheets


def _without_empty_end(items: list[Any]) -> list[Any]:
    """Drop what is empty at the end of a row or a sheet."""
    return items[: max((place for place, item in enumerate(items, start=1) if item), default=0)]


def _cell(cell: Any) -> str:
    """Return a cell's text as the project's CSV writes it, without what is struck out."""
    value = cell.value
    if cell.font and cell.font.strike:
        return ""
    if isinstance(value, list):  # rich text: strings, and blocks with a font of their own
        value = "".join(part if isinstance(part, str) else "" if part.font.strike else part.text for part in value)
    return " ".join(cell_text(pd.Timestamp(value) if isinstance(value, date) else value).split())


def _reviewed(table: Table, rows: list[list[str]] | None) -> pd.DataFrame:
    """Return a sheet's rows as text, their index the sheet's row number.

    Raises
    ------
    DataError
        With what is wrong with the sheet, its header, its computed cells and its statuses.
    """
    wrong = partial(Problem, f"sheet {table.name}")
    if rows is None:
        raise DataError([wrong(0, "", "no such sheet", "every sheet of the review workbook")])
    wanted, more = [*table.columns, REVIEW], [SCORE, SPEAKER, PASSAGE]
    header, *content = rows or [[]]
    columns = f"columns {', '.join(wanted)}"
    problems = [wrong(1, name, "no such column", columns) for name in wanted if name not in header]
    for name in dict.fromkeys(filter(None, header)):
        if header.count(name) > 1:
            problems.append(wrong(1, name, "the column twice", "each column once"))
        elif name not in (*wanted, *more):
            problems.append(wrong(1, name, "a column of its own", ", ".join([columns, *more])))
    if problems:
        raise DataError(problems)
    given = [dict(zip(header, row, strict=False)) for row in content]
    frame = pd.DataFrame(given, range(2, len(given) + 2), wanted).fillna("").astype("str")
    cells = [(row, name, text) for name in table.columns for row, text in zip(frame.index, frame[name], strict=True)]
    computed = "a value: Excel could not compute this one"
    problems = [wrong(row, name, shown(text), computed) for row, name, text in cells if _ERROR.fullmatch(text)]
    is_reviewed = frame[REVIEW].isin(STATUSES[1:])
    unread = frame[REVIEW][(frame[table.columns] != "").any(axis=1) & ~is_reviewed]
    for status, numbers in unread.groupby(unread).groups.items():
        found = shown(status) + (f" (rows {spans(numbers)})" if len(numbers) > 1 else "")
        problems.append(wrong(int(numbers[0]), REVIEW, found, "accepted or rejected, once you have read the row"))
    if problems:
        raise DataError(problems)
    return frame[is_reviewed]
