"""The tables as an Excel workbook: sheets and columns that speak, names beside codes, each sheet ready to print."""

import io
import textwrap
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

import pandas as pd

from gfmd_analysis.coverage.counts import coverage_matrix, coverage_table, speaker_counts
from gfmd_analysis.coverage.least import least_discussed, listed_objectives
from gfmd_analysis.dataset.tables import Dataset, rows_of
from gfmd_analysis.documents.numbered_recommendations import number_recommendations
from gfmd_analysis.documents.structure import AUTHOR, bracket, caveat, limits, meetings_named
from gfmd_analysis.documents.word import fixed_zip
from gfmd_analysis.figures.tables import readable
from gfmd_analysis.practices.catalogue import practice_table, practices_and_recommendations, practices_by_region
from gfmd_analysis.practices.recommendations import challenges, differences, milestones, recommendation_table
from gfmd_analysis.text import when

LINE, HIGHEST = 12.5, 409.0  # points; the latter is Excel's limit
ROOM = 146  # characters of width on a landscape page at full size
TIGHT = 1.4  # letters of a text at nine points in the width of one of the column
# characters: to what a column is narrowed, and what one of names, and of sentences, has at the most
LEAST, NARROW, WIDE = 12, 22, 60
HEADS = {
    "act": "Capacity", "actor_names": "Who", "addressee": "To", "by_number": "Under its number", "by_subject": "On its subject",
    "engagement": "How", "given": "Number given", "in_chair": "In the chair only", "in_region": "Practices in the region",
    "leads": "Led by", "least": "Fewest speakers", "listed": "On a list of objectives", "number": "No.", "passing": "In passing only",
    "period_end": "To", "period_start": "From", "places": "Where", "presenters": "Presented by", "region_name": "Region",
    "reported_by": "Reported by, as chair or facilitator", "side": "Position", "subregion_name": "Sub-region",
}  # fmt: skip


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
    cell, bold = {"font_size": 9, "valign": "top", "text_wrap": True}, {"bold": True}
    looks: dict[str, dict[str, Any]] = {
        "head": cell | bold | {"font_color": "#FFFFFF", "bg_color": "#1B2A3A"},
        "text": cell,
        "number": cell | {"text_wrap": False, "align": "right", "indent": 1},
        "title": bold | {"font_size": 14},
        "note": cell | bold | {"font_color": "#9B1C31"},
    }
    styles = {name: book.add_format(look) for name, look in looks.items()}
    first, tables = book.add_worksheet("About"), sheets(data)
    guide = [(sheet, what, len(table)) for sheet, (what, table) in tables.items()]
    _fill(first, pd.DataFrame(guide, columns=["Sheet", "What it holds", "Rows"]), styles, title, start=5)
    first.write_string(0, 0, title, styles["title"])
    for row, text in enumerate(("An analyst’s tables, not a GFMD document", caveat(data), limits(data)), start=1):
        first.merge_range(row, 0, row, 2, text, styles["note" if row < 3 else "text"])
        first.set_row(row, _height([text], [74]))
    for sheet, (_, table) in tables.items():
        _fill(book.add_worksheet(sheet), table, styles, title)
    book.close()
    return fixed_zip(buffer.getvalue())


def sheets(data: "Dataset") -> dict[str, tuple[str, pd.DataFrame]]:
    """Gather the sheets by name: what each holds, and its table; those that would be empty are left out."""
    full = dict(zip(data.actors["short_name"], data.actors["name"], strict=True))
    titles = {int(row.objective): f"{row.objective} {row.short_title}" for row in rows_of(data.objectives)}

    def spelled(column: str, cell: Any) -> Any:
        if column == "objectives" and isinstance(cell, tuple):
            return tuple(titles[int(number)] for number in cell)
        return full.get(cell, cell) if isinstance(cell, str) and column != "actor" else cell

    made = {}
    for sheet, (what, gather, named) in SHEETS.items():
        columns = dict(each.partition("=")[::2] for each in named.split())
        heads = {each: head for each, own in columns.items() if (head := own.replace("_", " ") or HEADS.get(each))}
        table = gather(data).astype("object")
        if len(table):
            cells = {column: table[column].map(partial(spelled, column)) for column in map(str, table)}
            made[sheet] = what, readable(table.assign(**cells), *columns, **heads)
    return made


def _coverage(data: "Dataset") -> pd.DataFrame:
    long, lists = data.long(), listed_objectives(data)
    counted = practices_and_recommendations(data)[["objective", "practices", "recommendations"]]
    table = coverage_table(long).merge(counted, on="objective", how="left")
    numbers, least = table["objective"].astype(int), set(least_discussed(long)["objective"].astype(int))
    holding = [lists.loc[[n in members for members in lists["objectives"]], "paragraph"] for n in numbers]
    table = table.rename(columns={"objective_roundtable": "roundtable"})
    return table.assign(least=numbers.isin(least), listed=[bracket(paragraphs) for paragraphs in holding])


def _matrix(data: "Dataset", *, rows: str, count: str) -> pd.DataFrame:
    return coverage_matrix(data.long(), rows=rows, count=count).rename(columns=str).reset_index()


def _statements(data: "Dataset") -> pd.DataFrame:
    table = data.long()
    return table.assign(given=table["basis"].astype("str").map({"explicit": "yes", "inferred": "no"}))


def _dates(data: "Dataset") -> pd.DataFrame:
    table = milestones(data)
    days = zip(table["start"], table["end"], table["precision"], strict=True)
    return table.assign(when=[when(start, end, str(precision)) for start, end, precision in days])


def _numbers(data: "Dataset") -> pd.DataFrame:
    known = data.actors.set_index("actor")["short_name"].to_dict()
    named = {column: data.quantities[column].astype("object").map(known) for column in ("actor", "estimate_by")}
    return data.quantities.assign(**named).rename(columns={"actor": "actor_name"})


Sheet = tuple[str, Callable[[Dataset], pd.DataFrame], str]  # what it holds, its table, its columns and their own heads
SHEETS: dict[str, Sheet] = {
    "Coverage": ("The 23 objectives: who took them up, practices, recommendations, lists", _coverage,
        "objective objective_title roundtable speakers by_number by_subject passing in_chair practices recommendations=Calls least listed"),
    "By constituency": ("Speakers who took up each objective, under its number, by constituency",
        partial(_matrix, rows="constituency", count="actor"), ""),
    "By speaker": ("Interventions in which each speaker took up an objective, under its number",
        partial(_matrix, rows="actor_name", count="intervention"), ""),
    "Speakers": ("Who spoke how often and in what capacity", lambda data: speaker_counts(data.long()),
        "actor=Code actor_name constituency turns turns_in_chair=Turns_in_the_chair turns_in_all words words_in_all objectives=Objectives_taken_up"),
    "Statements": ("Every intervention in reported speech, by objective", _statements,
        "paragraph actor_name act objective objective_title given engagement summary=Statement"),
    "Recommendations": ("Consolidated recommendations, numbered as in the input report draft", number_recommendations,
        "number text=Recommendation addressee objectives supporters actor_names paragraphs reported_by"),
    "Each call": ("Every recommendation as it was made", partial(recommendation_table, acts=None),
        "paragraph actor_name act text=Recommendation addressee kind objectives"),
    "Differences": ("Subjects on which speakers differ, and who stands where", differences,
        "what=Subject kind side actor_names paragraphs"),
    "Practices": ("Practices with who leads and presented them", practice_table,
        "name=Practice summary=What_it_is kind leads places objectives presenters paragraphs reported_by"),
    "Practices by region": ("Practices by region and sub-region where they are carried out", practices_by_region,
        "region_name subregion_name in_region practices=Practices_in_the_sub-region countries"),
    "Challenges": ("Challenges and opportunities", partial(challenges, acts=None),
        "paragraph actor_name act kind text=Challenge_or_opportunity objectives"),
    "Dates": ("Dates and decisions, past and due", _dates, "when what body_names kind paragraph"),
    "Numbers": ("Every number of the report with its bound, period and source", _numbers,
        "paragraph actor_name what bound value unit status period_start period_end estimate_by"),
}  # fmt: skip


def _fill(sheet: Any, table: pd.DataFrame, styles: dict[str, Any], title: str, start: int = 0) -> None:
    """Fill a sheet with a table, and make it ready for print: one page wide, head on each page, footer."""
    widths = widths_of(table)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
        sheet.write_string(start, place, table.columns[place], styles["head"])
    sheet.set_row(start, _height(table.columns, widths))
    for row, values in enumerate(table.itertuples(index=False), start=start + 1):
        for place, value in enumerate(values):
            if isinstance(value, int | float):
                sheet.write_number(row, place, value, styles["number"])
            elif value:
                sheet.write_string(row, place, str(value), styles["text"])
        sheet.set_row(row, _height(values, [TIGHT * width for width in widths]))
    sheet.freeze_panes(start + 1, 1)
    sheet.autofilter(start, 0, start + max(len(table), 1), len(widths) - 1)
    sheet.repeat_rows(start)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L&8{title.replace('&', '&&')[:120]}&C&8&A&R&8Page &P of &N")
    sheet.fit_to_pages(1, 0)


def _height(texts: Iterable[object], widths: Iterable[float]) -> float:
    """Compute a row's height from the lines that its texts take: no program but Excel finds it by itself."""
    lines = [len(textwrap.wrap(str(text), max(int(width), 4))) for text, width in zip(texts, widths, strict=True)]
    return min(LINE * max(1, *lines) + 3, HIGHEST)


def widths_of(table: pd.DataFrame) -> list[float]:
    """Give each column the width that its content needs, long texts less where the page would be too narrow."""
    widths: list[float] = []
    for column in table.columns:
        letters, head = table[column].astype("str").str.len(), max(len(word) for word in column.split()) + 3
        most = min(max(letters.mean(), NARROW), WIDE)
        widths.append(float(max(min(letters.max() + 2, most), head, 4)))
    beyond, room = sum(widths) - ROOM, [max(width - LEAST, 0) for width in widths]
    if beyond > 0:
        widths = [width - min(beyond / sum(room), 1) * more for width, more in zip(widths, room, strict=True)]
    return [round(width, 1) for width in widths]
