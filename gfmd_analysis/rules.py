"""What must hold between tables, beyond types and keys: the codebook's rules, each a function that yields problems.

The functions get a package's tables as text that has passed the schema, so that a row number is the spreadsheet's.
"""

from collections.abc import Iterator, Mapping

import pandas as pd

from gfmd_analysis.errors import Problem, shown
from gfmd_analysis.schema import Table

IMRF_ROUNDTABLES = {
    "RT1": (2, 5, 6, 12, 18),
    "RT2": (4, 8, 9, 10, 11, 13, 21),
    "RT3": (14, 15, 16, 19, 20, 22),
    "RT4": (1, 3, 7, 17, 23),
}
Schema = Mapping[str, Table]
Frames = Mapping[str, pd.DataFrame]


def broken_rules(schema: Schema, frames: Frames) -> list[Problem]:
    """Ask every rule; gives the problems in no particular order."""
    from gfmd_analysis.coding_rules import CODING_RULES
    from gfmd_analysis.content_rules import CONTENT_RULES
    from gfmd_analysis.structure_rules import STRUCTURE_RULES

    return [problem for rule in (*STRUCTURE_RULES, *CONTENT_RULES, *CODING_RULES) for problem in rule(schema, frames)]


def report(
    table: Table, frame: pd.DataFrame, wrong: pd.Series, column: str, allowed: str | pd.Series
) -> Iterator[Problem]:
    """Yield a problem for each row where ``wrong`` holds, showing the cell of ``column``."""
    for row in frame.index[wrong.to_numpy()]:
        yield Problem(
            table.path,
            int(row),
            column,
            shown(frame.loc[row, column]) if frame.loc[row, column] else "an empty cell",
            allowed if isinstance(allowed, str) else str(allowed.loc[row]),
        )


def looked_up(frame: pd.DataFrame, columns: list[str], target: pd.DataFrame, value: str) -> pd.Series:
    """Give ``target[value]`` for each row of ``frame``, matched on ``columns``; a missing value where there is none."""
    keyed = target.drop_duplicates(columns).set_index(columns)[value]
    found = keyed.reindex(pd.MultiIndex.from_frame(frame[columns]) if len(columns) > 1 else frame[columns[0]])
    return pd.Series(found.to_numpy(), index=frame.index)


def numeric(column: pd.Series) -> pd.Series:
    """Give a text column as numbers; an empty cell becomes a missing value."""
    return pd.to_numeric(column, errors="coerce")


def m49_regions() -> set[str]:
    """Give the UN M49 codes of regions, as the Unicode CLDR (through Babel) lists them."""
    from babel import Locale

    return {str(code) for code in Locale("en").territories if str(code).isdigit()}
