"""The tables as an Excel workbook: sheets and columns that speak, names beside codes, each sheet ready to print."""

import io
import re
import textwrap
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd

from gfmd_analysis.coverage.counts import coverage_matrix, coverage_table, speaker_counts
from gfmd_analysis.coverage.least import least_discussed, listed_objectives
from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.documents.numbered_recommendations import number_recommendations
from gfmd_analysis.documents.structure import AUTHOR, bracket, caveat, limits, meetings_named
from gfmd_analysis.documents.word import fixed_zip
from gfmd_analysis.figures.names import WORDS, name
from gfmd_analysis.practices.catalogue import practice_table, practices_and_recommendations, practices_by_region
from gfmd_analysis.practices.recommendations import challenges, differences, milestones, recommendation_table
from gfmd_analysis.text import when

LONGEST_CELL = 32767  # Excel's limit
LINE, HIGHEST = 12.5, 409.0  # points; the latter is Excel's limit
ROOM = 146  # characters of width on a landscape page at full size
WIDTHS = {"number": 10, "name": 22, "text": 60}
TEXTS = (
    "Statement",
    "Recommendation",
    "What it is",
    "Challenge or opportunity",
    "Subject",
    "Position",
    "What",
    "Note",
    "What it holds",
)
NUMBERS = ("No.", "Objective", "Paragraph", "Turns", "Words", "Value", "Rows")


def to_xlsx(data: "Dataset") -> bytes:
    """Write the workbook.

    Parameters
    ----------
    data
        A loaded dataset.

    Returns
    -------
    bytes
        An .xlsx, the same on every run. Text is written as text: no cell is a formula, a link or a number in disguise.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book, day = xlsxwriter.Workbook(buffer, options), data.meetings["date"].max()
    title = f"{meetings_named(data)}: tables"
    book.set_properties({"title": title[:255], "author": AUTHOR, "created": datetime(day.year, day.month, day.day)})
    cell = {"font_size": 9, "valign": "top"}
    styles = {
        "head": book.add_format(
            cell | {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1B2A3A", "text_wrap": True}
        ),
        "text": book.add_format(cell | {"text_wrap": True}),
        "number": book.add_format(cell | {"align": "right", "indent": 1}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "note": book.add_format(cell | {"text_wrap": True, "font_color": "#9B1C31", "bold": True}),
    }
    tables = sheets(data)
    first = book.add_worksheet("About")
    guide = pd.DataFrame(
        [(sheet, what, len(table)) for sheet, (what, table) in tables.items()],
        columns=["Sheet", "What it holds", "Rows"],
    )
    _fill(first, guide, styles, title, start=5)
    first.write_string(0, 0, title, styles["title"])
    for row, text in enumerate(("An analyst’s tables, not a GFMD document", caveat(data), limits(data)), start=1):
        first.merge_range(row, 0, row, 2, text, styles["note" if row < 3 else "text"])
        first.set_row(row, LINE * len(textwrap.wrap(text, 74)) + 2)
    for sheet, (_, table) in tables.items():
        _fill(book.add_worksheet(sheet), table, styles, title)
    book.close()
    return fixed_zip(buffer.getvalue())


def sheets(data: "Dataset") -> dict[str, tuple[str, pd.DataFrame]]:
    """Gather the sheets by name: what each holds, and its table; those that would be empty are left out."""
    made = {
        "Coverage": ("The 23 objectives: who took them up, practices, recommendations, lists", _coverage(data)),
        "By constituency": ("Speakers who took up each objective, by constituency", _matrix(data, "constituency")),
        "By speaker": ("Objectives that each speaker took up, in interventions", _matrix(data, "actor_name")),
        "Speakers": ("Who spoke how often and in what capacity", _speakers(data)),
        "Statements": ("Every intervention in reported speech, by objective", _statements(data)),
        "Recommendations": (
            "Consolidated recommendations, numbered as in the input report draft",
            _recommendations(data),
        ),
        "Each call": ("Every recommendation as it was made", _calls(data)),
        "Differences": ("Subjects on which speakers differ, and who stands where", _differences(data)),
        "Practices": ("Practices with who leads and presented them", _practices(data)),
        "Practices by region": ("Practices by region and sub-region where they are carried out", _regions(data)),
        "Challenges": ("Challenges and opportunities", _challenges(data)),
        "Dates": ("Dates and decisions, past and due", _dates(data)),
        "Numbers": ("Every number of the report with its bound, period and source", _numbers(data)),
    }
    return {sheet: entry for sheet, entry in made.items() if len(entry[1])}


def _take(data: "Dataset", table: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """Take columns under speaking names; codes of the data become words, short names full names, tuples lists."""
    full = dict(zip(data.actors["short_name"], data.actors["name"], strict=True))

    def worded(value: Any) -> Any:
        if isinstance(value, tuple):
            return ", ".join(str(worded(part)) for part in value)
        if isinstance(value, str):
            coded = value in WORDS or re.fullmatch(r"[a-z]+(_[a-z]+)+", value)
            return name(value) if coded else full.get(value, value)
        return None if pd.isna(value) else value

    taken = table[[column for column in columns if column in table]].rename(columns=dict(columns))
    return taken.astype("object").map(worded)


def _objectives(table: pd.DataFrame, data: "Dataset") -> pd.DataFrame:
    titles = dict(zip(data.objectives["objective"].astype(int), data.objectives["short_title"], strict=True))
    named = [", ".join(f"{int(number)} {titles[int(number)]}" for number in numbers) for numbers in table["objectives"]]
    return table.assign(objectives=named)


def _coverage(data: "Dataset") -> pd.DataFrame:
    long = data.long()
    lists, least = listed_objectives(data), set(least_discussed(long)["objective"].astype(int))
    table = coverage_table(long).merge(
        practices_and_recommendations(data)[["objective", "practices", "recommendations"]], on="objective", how="left"
    )
    numbers = table["objective"].astype(int)
    table["least"] = ["yes" if number in least else "" for number in numbers]
    table["listed"] = [
        bracket(lists.loc[[n in members for members in lists["objectives"]], "paragraph"]) for n in numbers
    ]
    return _take(
        data,
        table,
        {
            "objective": "Objective",
            "objective_title": "Title",
            "objective_roundtable": "Roundtable",
            "speakers": "Speakers",
            "by_number": "Under its number",
            "by_subject": "On its subject",
            "passing": "In passing only",
            "in_chair": "In the chair only",
            "practices": "Practices",
            "recommendations": "Calls",
            "least": "Fewest speakers",
            "listed": "Listed as passed over",
        },
    )


def _matrix(data: "Dataset", rows: str) -> pd.DataFrame:
    table = coverage_matrix(data.long(), rows=rows, count="actor" if rows == "constituency" else "intervention")
    table.columns = [str(column) for column in table.columns]
    first = "Constituency" if rows == "constituency" else "Speaker"
    return _take(data, table.reset_index(), {rows: first} | {column: column for column in table.columns})


def _speakers(data: "Dataset") -> pd.DataFrame:
    return _take(
        data,
        speaker_counts(data.long()),
        {"actor": "Code", "actor_name": "Speaker", "constituency": "Constituency", "turns": "Turns", "turns_in_chair": "Turns in the chair", "words": "Words", "objectives": "Objectives taken up"},
    )  # fmt: skip


def _statements(data: "Dataset") -> pd.DataFrame:
    table = data.long()
    table["given"] = table["basis"].astype("str").map({"explicit": "yes", "inferred": "no"})
    return _take(
        data,
        table,
        {"paragraph": "Paragraph", "actor_name": "Speaker", "act": "Capacity", "objective": "Objective", "objective_title": "Title", "given": "Number given", "engagement": "How", "summary": "Statement"},
    )  # fmt: skip


def _recommendations(data: "Dataset") -> pd.DataFrame:
    table = _objectives(number_recommendations(data), data)
    return _take(
        data,
        table,
        {"number": "No.", "text": "Recommendation", "addressee": "To", "objectives": "Objectives", "supporters": "Supporters", "actor_names": "Who", "paragraphs": "Paragraphs", "reported_by": "In the chair"},
    )  # fmt: skip


def _calls(data: "Dataset") -> pd.DataFrame:
    table = _objectives(recommendation_table(data, acts=None), data)
    return _take(
        data,
        table,
        {"paragraph": "Paragraph", "actor_name": "Speaker", "act": "Capacity", "text": "Recommendation", "addressee": "To", "kind": "Kind", "objectives": "Objectives"},
    )  # fmt: skip


def _differences(data: "Dataset") -> pd.DataFrame:
    return _take(
        data,
        differences(data),
        {"what": "Subject", "kind": "Kind", "side": "Position", "actor_names": "Who", "paragraphs": "Paragraphs"},
    )


def _practices(data: "Dataset") -> pd.DataFrame:
    table = _objectives(practice_table(data, acts=None), data)
    return _take(
        data,
        table,
        {"name": "Practice", "summary": "What it is", "kind": "Kind", "leads": "Led by", "places": "Where", "objectives": "Objectives", "presenters": "Presented by", "paragraphs": "Paragraphs"},
    )  # fmt: skip


def _regions(data: "Dataset") -> pd.DataFrame:
    table = practices_by_region(data)
    return _take(
        data,
        table,
        {"region_name": "Region", "subregion_name": "Sub-region", "in_region": "Practices in the region", "practices": "Practices in the sub-region", "countries": "Countries"},
    )  # fmt: skip


def _challenges(data: "Dataset") -> pd.DataFrame:
    table = _objectives(challenges(data, acts=None), data)
    return _take(
        data,
        table,
        {"paragraph": "Paragraph", "actor_name": "Speaker", "act": "Capacity", "kind": "Kind", "text": "Challenge or opportunity", "objectives": "Objectives"},
    )  # fmt: skip


def _dates(data: "Dataset") -> pd.DataFrame:
    table = milestones(data)
    table["when"] = [
        when(start, end, str(precision))
        for start, end, precision in zip(table["start"], table["end"], table["precision"], strict=True)
    ]
    return _take(
        data, table, {"when": "When", "what": "What", "body_names": "Whose", "kind": "Kind", "paragraph": "Paragraph"}
    )


def _numbers(data: "Dataset") -> pd.DataFrame:
    known = data.actors.set_index("actor")["short_name"].to_dict()
    table = data.quantities.assign(
        **{column: data.quantities[column].astype("object").map(known) for column in ("actor", "estimate_by")}
    )
    for end in ("period_start", "period_end"):
        table[end] = pd.to_datetime(table[end]).dt.strftime("%Y-%m-%d")
    return _take(
        data,
        table,
        {"paragraph": "Paragraph", "actor": "Speaker", "what": "What", "bound": "Bound", "value": "Value", "unit": "Unit", "status": "Status", "period_start": "From", "period_end": "To", "estimate_by": "Estimate by"},
    )  # fmt: skip


def _fill(sheet: Any, table: pd.DataFrame, styles: dict[str, Any], title: str, start: int = 0) -> None:
    """Fill a sheet with a table, and make it ready for print: one page wide, head on each page, footer."""
    widths = widths_of(table)
    for place, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        sheet.write_string(start, place, str(column), styles["head"])
        sheet.set_column(place, place, width)
    sheet.set_row(
        start,
        LINE
        * max(
            (
                len(textwrap.wrap(str(column), max(int(width), 4)))
                for column, width in zip(table.columns, widths, strict=True)
            ),
            default=1,
        )
        + 3,
    )
    for row, values in enumerate(table.astype("object").itertuples(index=False), start=start + 1):
        for place, value in enumerate(values):
            if isinstance(value, int | float) and not pd.isna(value):
                sheet.write_number(row, place, value, styles["number"])
            elif text := _text(value):
                sheet.write_string(row, place, text[:LONGEST_CELL], styles["text"])
        lines = max(
            (
                len(textwrap.wrap(_text(value), max(int(width * 1.25), 4)))
                for value, width in zip(values, widths, strict=True)
            ),
            default=1,
        )
        sheet.set_row(row, min(LINE * max(lines, 1) + 2, HIGHEST))  # no program but Excel finds the height by itself
    sheet.freeze_panes(start + 1, 1)
    sheet.autofilter(start, 0, start + max(len(table), 1), max(len(table.columns) - 1, 0))
    sheet.repeat_rows(start)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L&8{title.replace('&', '&&')[:120]}&C&8&A&R&8Page &P of &N")
    sheet.fit_to_pages(1, 0)


def widths_of(table: pd.DataFrame) -> list[float]:
    """Give each column the width that its content needs, text less where the page would be too narrow."""
    widths: list[float] = []
    for place, column in enumerate(table.columns):
        longest = max((len(_text(value)) for value in table.iloc[:, place]), default=0)
        head = max(len(part) for part in str(column).split()) + 3
        kind = "text" if column in TEXTS else "number" if column in NUMBERS else "name"
        widths.append(max(min(longest + 2, WIDTHS[kind]), head, 4))
    beyond, texts = sum(widths) - ROOM, [place for place, width in enumerate(widths) if width > WIDTHS["number"] + 5]
    for place in texts if beyond > 0 else ():
        widths[place] -= beyond * (widths[place] - 12) / max(sum(widths[other] - 12 for other in texts), 1)
    return [max(round(width, 1), 4) for width in widths]


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)
