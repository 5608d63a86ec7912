"""The 23 objectives of the Global Compact for Migration (A/RES/73/195) and their IMRF roundtables, as constants."""

import csv
from importlib.resources import files

import pandas as pd


def resource_rows(name: str) -> list[dict[str, str]]:
    """Read a table of ``gfmd_analysis/resources``."""
    text = files("gfmd_analysis").joinpath("resources", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


COMPACT = {row["objective"]: row for row in resource_rows("gcm.csv")}  # roundtable, official titles in three languages

OBJECTIVES = pd.CategoricalDtype([int(number) for number in COMPACT], ordered=True)

ROUNDTABLES = pd.CategoricalDtype(sorted({row["roundtable"] for row in COMPACT.values()}), ordered=True)

IMRF_ROUNDTABLES: dict[str, tuple[int, ...]] = {
    roundtable: tuple(int(number) for number, row in COMPACT.items() if row["roundtable"] == roundtable)
    for roundtable in ROUNDTABLES.categories
}


def split_numbers(cell: object) -> tuple[int, ...]:
    """Split a cell of objectives (``8;13``) into numbers; none where it is missing."""
    return tuple(sorted({int(part) for part in cell.split(";")})) if isinstance(cell, str) and cell else ()
