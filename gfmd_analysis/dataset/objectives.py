"""The 23 objectives of the Global Compact for Migration (A/RES/73/195) and their IMRF roundtables, as constants."""

import csv
from importlib.resources import files

import pandas as pd

COMPACT = {  # objective -> its row of resources/gcm.csv: roundtable and official titles in three languages
    row["objective"]: row
    for row in csv.DictReader(
        files("gfmd_analysis").joinpath("resources/gcm.csv").read_text(encoding="utf-8").splitlines()
    )
}

OBJECTIVES = pd.CategoricalDtype([int(number) for number in COMPACT], ordered=True)

ROUNDTABLES = pd.CategoricalDtype(sorted({row["roundtable"] for row in COMPACT.values()}), ordered=True)

IMRF_ROUNDTABLES: dict[str, tuple[int, ...]] = {
    roundtable: tuple(int(number) for number, row in COMPACT.items() if row["roundtable"] == roundtable)
    for roundtable in ROUNDTABLES.categories
}


def split_numbers(cell: object) -> tuple[int, ...]:
    """Split a cell of objectives (``8;13``) into numbers; none where it is missing."""
    return tuple(sorted({int(part) for part in cell.split(";")})) if isinstance(cell, str) and cell else ()
