"""Turn a reviewed workbook into a data package, or list all that is wrong with it by sheet, row and column."""

import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from gfmd_analysis.dataset.descriptor import Table
from gfmd_analysis.dataset.validation import problems_in
from gfmd_analysis.dataset.writing import STATUSES, cell_text, check_new, write_package
from gfmd_analysis.draft.known import Tables, contract, objectives_of_the_compact
from gfmd_analysis.draft.limits import read_within_limits
from gfmd_analysis.draft.report import check_archive, check_size, refusal
from gfmd_analysis.draft.review import PASSAGE, REVIEW, SCORE, SPEAKER, tables_to_review
from gfmd_analysis.draft.speakers import UNNAMED
from gfmd_analysis.errors import DataError, GfmdError, Problem, shown
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
    """Leave out the interventions of nobody with what hangs on them, and say how many they are."""
    spoken = frames["interventions"]
    nobody = spoken[spoken["actor"] == UNNAMED]
    kept = {}
    for name, frame in frames.items():
        for column, gone in (("intervention", nobody["intervention"]), ("actor", [UNNAMED])):
            frame = frame[~frame[column].isin(gone)] if column in frame else frame
        kept[name] = frame
    orphaned = set(frames["practice_citations"]["practice"]) - set(kept["practice_citations"]["practice"])
    kept["practices"] = kept["practices"][~kept["practices"]["practice"].isin(orphaned)]
    kept["roundtables"] = kept["roundtables"].replace({"chair": UNNAMED, "facilitator": UNNAMED}, "")
    kept["interventions"] = _with_words_shared(kept["interventions"], nobody)
    left = f"{len(nobody)} interventions whose speaker is to be named (rows {spans(nobody.index)}), left out with what hangs on them"
    return kept, [] if nobody.empty else [left]


def _with_words_shared(kept: pd.DataFrame, dropped: pd.DataFrame) -> pd.DataFrame:
    """Give the words of nobody to the first who is named in the same paragraph, so that its words add up."""
    place = ["meeting", "paragraph"]
    lost = dropped.assign(lost=dropped["words"].astype(int)).groupby(place)["lost"].sum().reset_index()
    more = kept[place].merge(lost, on=place, how="left")["lost"].fillna(0).astype(int).to_numpy()
    words = kept["words"].astype(int) + more * ~kept.duplicated(place).to_numpy()
    return kept.assign(words=words.astype(str))


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
        raise refusal(workbook, f"the ending '{workbook.suffix}'", "the .xlsx workbook of gfmd draft")
    check_size(workbook)
    check_archive(workbook)
    sheets = read_within_limits("gfmd_analysis.draft.adoption:read_sheets", workbook)
    problems: list[Problem] = []
    frames = {"objectives": objectives_of_the_compact()}
    rejected: dict[str, list[int]] = {}
    for table in tables_to_review():
        if table.name not in sheets:
            wanted = "every sheet of the review workbook"
            problems.append(Problem(f"sheet {table.name}", 0, "", "no such sheet", wanted))
            continue
        frame, found = _reviewed(table, sheets[table.name])
        problems += found
        rejected[table.name] = frame.index[frame[REVIEW] == "rejected"].tolist()
        frames[table.name] = frame.loc[frame[REVIEW] == "accepted", table.columns]
    if not problems and frames["meetings"].empty:
        problems.append(Problem("sheet meetings", 0, "", "no accepted row", "the meeting, accepted"))
    if problems:
        raise DataError(problems)
    agreed = contract()
    ordered = {name: frames[name] for name in agreed}
    if problems := problems_in(agreed, {name: frame.astype("category") for name, frame in ordered.items()}):
        sheet_of = {table.path: f"sheet {name}" for name, table in agreed.items()}
        raise DataError([replace(each, file=sheet_of.get(each.file, each.file)) for each in problems])
    return ordered, rejected


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
            rows = sheets.setdefault(sheet.title, [])
            for number, row in enumerate(sheet.iter_rows(), start=1):
                cells = _without_empty_end([_cell(cell) for cell in row])
                if cells and (number > FARTHEST_ROW or len(cells) > FARTHEST_COLUMN):
                    where = row[len(cells) - 1].coordinate
                    raise refusal(workbook, f"a cell of sheet {sheet.title} at {where}, far outside the table", allowed)
                if number <= FARTHEST_ROW:
                    rows.append(cells)
            sheets[sheet.title] = _without_empty_end(rows)
    except (GfmdError, MemoryError):
        raise
    except Exception as error:  # openpyxl lets through whatever its XML reader raises
        found = f"a damaged workbook ({type(error).__name__})"
        raise refusal(workbook, found, "an .xlsx that Excel opens") from None
    return sheets


def _without_empty_end(items: list[Any]) -> list[Any]:
    """Drop what is empty at the end of a row or a sheet."""
    while items and not items[-1]:
        items.pop()
    return items


def _cell(cell: Any) -> str:
    """Return a cell's text as the project's CSV writes it, without what is struck out."""
    value = cell.value
    if cell.font and cell.font.strike:
        return ""
    if isinstance(value, list):  # rich text: strings, and blocks with a font of their own
        value = "".join(part if isinstance(part, str) else "" if part.font.strike else part.text for part in value)
    return " ".join(cell_text(pd.Timestamp(value) if isinstance(value, date) else value).split())


def _reviewed(table: Table, rows: list[list[str]]) -> tuple[pd.DataFrame, list[Problem]]:
    """Return a sheet's rows as text, their index the sheet's row number, and what is wrong with its header and its statuses."""
    wanted, more = [*table.columns, REVIEW], [SCORE, SPEAKER, PASSAGE]
    problems: list[Problem] = []

    def wrong(row: int, column: str, found: str, allowed: str) -> None:
        problems.append(Problem(f"sheet {table.name}", row, column, found, allowed))

    header, *content = rows or [[]]
    for name in dict.fromkeys([*wanted, *filter(None, header)]):
        if name not in header:
            wrong(1, name, "no such column", f"columns {', '.join(wanted)}")
        elif header.count(name) > 1:
            wrong(1, name, "the column twice", "each column once")
        elif name not in (*wanted, *more):
            wrong(1, name, "a column of its own", f"columns {', '.join([*wanted, *more])}")
    if problems:
        return pd.DataFrame(columns=wanted), problems
    kept = {}
    for number, row in enumerate(content, start=2):
        cells = dict.fromkeys(wanted, "") | dict(zip(header, row, strict=False))
        for name in table.columns:
            if _ERROR.fullmatch(cells[name]):
                wrong(number, name, shown(cells[name]), "a value: Excel could not compute this one")
        if any(cells[name] for name in table.columns) or cells[REVIEW] in STATUSES[1:]:
            kept[number] = cells
    frame = pd.DataFrame.from_dict(kept, orient="index", columns=wanted, dtype="str")
    unread = frame[REVIEW][~frame[REVIEW].isin(STATUSES[1:])]
    for status, numbers in unread.groupby(unread).groups.items():
        found = shown(status) + (f" (rows {spans(numbers)})" if len(numbers) > 1 else "")
        wrong(int(numbers[0]), REVIEW, found, "accepted or rejected, once you have read the row")
    return frame, problems
