"""Tables as they are read: chosen columns, names for codes, lists as text, missing cells empty."""

import re
from itertools import cycle
from math import inf
from numbers import Number
from typing import Any

import pandas as pd

from gfmd_analysis.dataset.tables import require_columns
from gfmd_analysis.errors import GfmdError, require_known
from gfmd_analysis.figures.names import name
from gfmd_analysis.text import LOCALES, sentence, spans

CODED = {
    "act", "actor_type", "addressee", "basis", "bound", "constituency", "constituencies", "engagement", "kind", "level", "precision",
    "role", "roundtable", "section", "status", "strength", "topic", "unit",
}  # fmt: skip
NUMBERED = {"paragraphs", "paragraphs_for", "paragraphs_against", "reported_in"}  # runs of numbers are closed up
DAYS = {"year": "%Y", "month": "%Y-%m"}  # how a date is written of which no more is known
HEADS = {
    "actor_name": "Speaker", "actor_names": "Speakers", "objective_title": "Title", "objective_roundtable": "Roundtable",
    "objective_a": "Objective", "objective_b": "With objective", "body_name": "Body", "body_names": "Whose", "quantity": "Key",
}  # fmt: skip


def readable(table: pd.DataFrame, *columns: str | list[str], **heads: str) -> pd.DataFrame:
    """Write a table for readers: names for codes, lists joined by commas, missing cells empty, plain column heads.

    Parameters
    ----------
    table
        Of any measure or of the data; an index with a name becomes columns.
    columns
        Which columns, in order, one by one or as a list; all where none is named.
    **heads
        Heads of your own: ``readable(table, "what", what="Demand")``.

    Returns
    -------
    DataFrame
        All cells text or numbers; roles, sections, units and the like in words, bodies by name where the table has their names
        (``actor_name``), else by code; ``yes`` for true, ``open`` where there is no bound, dates as exact as their ``precision``; to be shown, searched or written to Excel, not to be computed with.

    Raises
    ------
    GfmdError
        For a column that the table does not have, also where only a head of it is given, naming the nearest; for a ``locale``:
        figures and documents are made in three languages, tables in English.
    """
    whole = _whole(table)
    names = [name for each in columns for name in ([each] if isinstance(each, str) else each)]
    require_columns(whole, *names)
    chosen = whole[names] if names else whole
    for end in {"start", "end"} & set(chosen.columns) if "precision" in whole else ():
        days = zip(whole[end], whole["precision"], strict=True)
        exact = ["" if pd.isna(day) else f"{day:{DAYS.get(how, '%Y-%m-%d')}}" for day, how in days]
        chosen = chosen.assign(**{end: exact})
    if heads.get("locale") in LOCALES:
        raise GfmdError("readable: found a locale; allowed: heads of your own, as in speakers='Orateurs'")
    require_known("readable, a head for a column", heads, chosen.columns)
    texts: dict[str, list[Any]] = {}
    for column in map(str, chosen):
        plain = sentence(column.replace("_", " "))
        head = heads.get(column, HEADS.get(column, plain))
        texts[plain if head in texts else head] = [_cell(column, cell) for cell in chosen[column]]
    return pd.DataFrame(texts, dtype="object")


PLAIN = "tex2jax_ignore mathjax_ignore"  # a dollar sign is a dollar sign


def table_html(table: pd.DataFrame, name: str | None = None) -> str:
    """Write a table as HTML: nothing cut, text at the left and numbers at the right, also where style sheets are stripped.

    Parameters
    ----------
    table
        Any table; an index with a name is shown, missing cells are empty.
    name
        The table's id in the page.
    """
    whole = _whole(table)
    cells = whole.astype(object).where(whole.notna(), "")
    with pd.option_context("display.max_colwidth", None):
        rows = cells.to_html(index=False, border=0, table_id=name, justify="left", classes=PLAIN)
    numbers = cells.map(lambda cell: isinstance(cell, Number) or cell == "").all()
    sides = ["right" if each else "left" for each in numbers]
    for tag in ("th", "td"):
        side = cycle(sides)
        rows = re.sub(f"<{tag}>", lambda _: f'<{tag} style="text-align: {next(side)}; vertical-align: top">', rows)  # noqa: B023
    return str(rows)


def _whole(table: pd.DataFrame) -> pd.DataFrame:
    """Make columns of an index with a name, and text of what the columns are called: an objective's number, in a matrix."""
    named = table.set_axis(list(map(str, table.columns)), axis=1)
    return named.reset_index() if any(table.index.names) else named


def _cell(column: str, cell: Any) -> Any:
    if isinstance(cell, tuple):
        if column in NUMBERED and all(isinstance(part, int) or str(part).isdigit() for part in cell):
            return spans(cell)
        return ", ".join(str(_cell(column, part)) for part in cell)
    if pd.isna(cell):
        return ""
    if cell in (inf, -inf):
        return "open"
    if pd.api.types.is_bool(cell):
        return "yes" if cell else ""
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m-%d}"
    if column in CODED:
        return name(cell)
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
