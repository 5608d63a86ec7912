"""The tables as an Excel workbook: tidy data, matrices and the data dictionary, with filters and frozen headers."""

import io
import textwrap
from datetime import datetime
from typing import Any

import pandas as pd

from gfmd_analysis.coverage.counts import coverage, coverage_matrix
from gfmd_analysis.dataset.describe import fingerprint
from gfmd_analysis.dataset.schema import dictionary, schema
from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.documents.word import AUTHOR, fixed_zip
from gfmd_analysis.figures.style import BOUNDARY_NOTE
from gfmd_analysis.practices.catalogue import (
    catalogue,
    partnerships,
    practices_against_recommendations,
    practices_by,
    practices_by_presenter,
    practices_by_region,
)
from gfmd_analysis.practices.recommendations import asks, merge_similar, recommendations_by_addressee

LONGEST_NAME, WIDEST, NARROWEST = 31, 60, 8

LONGEST_CELL = 32767  # Excel's limit

LINE, HIGHEST = 15.0, 409.0  # points; the latter is Excel's limit


def workbook(data: "Dataset", day: pd.Timestamp) -> bytes:
    """Write the workbook.

    Parameters
    ----------
    data
        A loaded dataset.
    day
        Date of creation that the file carries: the meeting's, so that it is the same on every run.

    Returns
    -------
    bytes
        An .xlsx. Text is written as text: no cell is a formula, a link or a number in disguise.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    title = f"{data.meetings['title'].iloc[0]}: tables"
    book.set_properties({"title": title[:255], "author": AUTHOR, "created": datetime(day.year, day.month, day.day)})
    styles = {
        "head": book.add_format(
            {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1B2A3A", "text_wrap": True, "valign": "top"}
        ),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
        "number": book.add_format({"valign": "top", "align": "right", "indent": 1}),
    }
    tables = sheets(data)
    guide = pd.DataFrame(
        [(name, what, len(table), len(table.columns)) for name, (what, table) in tables.items()],
        columns=["sheet", "what it holds", "rows", "columns"],
    )
    first = book.add_worksheet("guide")
    _fill(first, guide, styles)
    for row, line in enumerate(_notes(data), start=len(guide) + 2):
        first.write_string(row, 0, line)
    for name, (_, table) in tables.items():
        _fill(book.add_worksheet(name[:LONGEST_NAME]), table, styles)
    book.close()
    return fixed_zip(buffer.getvalue())


def sheets(data: "Dataset") -> dict[str, tuple[str, pd.DataFrame]]:
    """Give the sheets by name: what each holds, and its table."""
    long, asked = data.long(), asks(data)
    matrices = {
        "coverage": ("What was said on each objective: actors, interventions, substantive, only named", coverage(long)),
        "constituency_by_objective": (
            "Interventions by constituency and objective",
            coverage_matrix(long).reset_index(),
        ),
        "actor_by_objective": (
            "Interventions by actor and objective",
            coverage_matrix(long, "actor_name").reset_index(),
        ),
        "practices_vs_recommendations": (
            "Practices and recommendations on each objective",
            practices_against_recommendations(data),
        ),
        "practice_catalogue": ("Practices with who told them, where and on which objective", catalogue(data)),
        "practices_by_kind": (
            "Practices by kind and constituency of who told them",
            practices_by(data, "constituency").reset_index(),
        ),
        "practices_by_region": ("Practices by M49 sub-region of their places", practices_by_region(data)),
        "practices_by_presenter": ("Practices by who told them", practices_by_presenter(data)),
        "partnerships": ("Who leads which practice with whom", partnerships(data)),
        "who_asks": ("Recommendations with who made them, where and on which objectives", asked),
        "who_asks_whom": (
            "Recommendations by constituency and addressee",
            recommendations_by_addressee(asked).reset_index(),
        ),
        "who_asks_what": (
            "Recommendations by constituency and kind",
            recommendations_by_addressee(asked, columns="kind").reset_index(),
        ),
        "recommendations_merged": (
            "Recommendations by objective, those of several actors together",
            merge_similar(asked),
        ),
    }
    agreed, words = schema(), dictionary()
    kept = {
        name: (agreed[name].description if name in agreed else "As in data/", table)
        for name, table in data.tables.items()
        if not name.startswith(("coding_", "_"))
    }
    return {
        "dictionary": (
            "Every column of the sheets data_…: type, what is allowed, what it means",
            words[words["table"].isin(list(kept))].reset_index(drop=True),
        ),
        "tidy": ("One row per intervention and objective", long),
        **matrices,
        **{f"data_{name}": entry for name, entry in kept.items()},
    }


def _notes(data: "Dataset") -> list[str]:
    """Say below the guide where the numbers come from and how they may be used."""
    return [
        f"Source: {'; '.join(data.meetings['source'])}. Coded in our own words; every row has its meeting and paragraph.",
        f"Version of the mentions: {fingerprint(data.mentions)}. Quote it with a number; notebook 00 lists those of all tables.",
        f"Data: CC BY 4.0. {BOUNDARY_NOTE}",
    ]


def _fill(sheet: Any, table: pd.DataFrame, styles: dict[str, Any]) -> None:
    columns = [str(name) for name in table.columns]
    widths = []
    for place, name in enumerate(columns):
        sheet.write_string(0, place, name, styles["head"])
        longest = max([len(name) + 3, *(len(_shown(value)) for value in table.iloc[:, place])])
        widths.append(min(max(longest + 1, NARROWEST), WIDEST))
        sheet.set_column(place, place, widths[-1])
    for row, values in enumerate(table.astype(object).itertuples(index=False), start=1):
        for place, value in enumerate(values):
            _write(sheet, row, place, value, styles)
        texts = [(_shown(value), width) for value, width in zip(values, widths, strict=True)]
        lines = max(len(textwrap.wrap(text, width - 4)) if len(text) >= width else 1 for text, width in texts)
        if lines > 1:
            sheet.set_row(row, min(LINE * lines, HIGHEST))  # no program but Excel finds the height by itself
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(table), 1), max(len(columns) - 1, 0))
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write(sheet: Any, row: int, place: int, value: Any, styles: dict[str, Any]) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value, styles["number"])
    elif isinstance(value, pd.Timestamp):
        sheet.write_datetime(row, place, value.to_pydatetime(), styles["date"])
    elif isinstance(value, int | float) and not pd.isna(value):
        sheet.write_number(row, place, value, styles["number"])
    elif _shown(value):
        sheet.write_string(row, place, _shown(value)[:LONGEST_CELL], styles["text"])


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return "" if pd.isna(value) else str(value)
