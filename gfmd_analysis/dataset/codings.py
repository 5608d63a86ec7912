"""Read what each coder wrote, unchanged, and hold the data to it: what all coders have stands unless it was settled otherwise."""

from collections.abc import Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from typing import Any

import pandas as pd

from gfmd_analysis.dataset.descriptor import JOINER, Table
from gfmd_analysis.dataset.reading import read_rows
from gfmd_analysis.errors import DataError, Problem, collected, shown

NATURAL: Mapping[str, tuple[list[str], list[str]]] = {  # tables whose rows need no matching: key, what was coded
    "interventions": (["intervention"], ["actor", "section", "role", "act", "turn", "on_behalf_of"]),
    "mentions": (["intervention", "objective"], ["basis", "engagement"]),
    "ties": (["intervention", "to_actor", "kind"], []),
    "objective_links": (["intervention", "objective_a", "objective_b"], []),
}

CODED = {  # table of a coder's folder -> the columns that it needs
    "quantities": ["paragraph", "topic", "value", "unit", "bound", "status"],
    "recommendations": ["key", "intervention", "addressee", "kind", "objectives"],
    "challenges": ["key", "intervention", "kind"],
    "practice_citations": ["practice", "intervention", "objective"],
    "milestones": ["paragraph", "kind"],
    "consolidation": ["recommendation", "consolidated"],
} | {name: key + columns for name, (key, columns) in NATURAL.items()}

Frames = Mapping[str, pd.DataFrame]


def read_codings(folder: Path) -> dict[str, pd.DataFrame]:
    """Read the coders' folders of a package (``coding/a``, ``coding/b``, as many as there are).

    Returns
    -------
    dict
        Table name to the rows of all coders, all ``str``, with the coder's folder in the first column ``coder``.

    Raises
    ------
    DataError
        For a file that cannot be read as CSV or lacks a column.
    """
    found: dict[str, list[tuple[str, ...]]] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("coding/*/*.csv")):
        if path.stem not in CODED or not path.is_file() or path.parent.is_symlink():
            continue
        coder, columns, file = path.parent.name, CODED[path.stem], path.relative_to(folder).as_posix()
        with collected(problems):
            header, *rows = read_rows(path, file)
            lacks = [f"no column {column}" for column in columns if column not in header]
            lacks += ["rows of another length than the header"] * any(len(row) != len(header) for row in rows)
            if lacks:
                allowed = f"a coder's table with {', '.join(columns)}"
                raise DataError([Problem(file, 1, "", "; ".join(lacks), allowed)])
            needed = itemgetter(*map(header.index, columns))
            found.setdefault(path.stem, []).extend((coder, *needed(row)) for row in rows)
    if problems:
        raise DataError(problems)
    return {name: pd.DataFrame(rows, columns=["coder", *CODED[name]], dtype="str") for name, rows in found.items()}


def side_by_side(rows: pd.DataFrame, key: list[str], column: str) -> pd.DataFrame:
    """Set the coders' values of a column beside each other.

    Returns
    -------
    DataFrame
        Index: what any coder has; a column (``str``) for each coder, missing where that coder has no such row.
    """
    return rows.drop_duplicates(["coder", *key]).pivot(index=key, columns="coder", values=column)


def unsettled(schema: Mapping[str, Table], frames: Frames, codings: Frames) -> Iterator[Problem]:
    """Find rows and cells that neither a coder nor the settlement has.

    Parameters
    ----------
    schema, frames
        A package's tables as categoricals of text, before any correction.
    codings
        What :func:`read_codings` gives. Only tables with a row in ``coding_adjudication`` are asked.

    Yields
    ------
    Problem
        In the table of the data, never in the coders' own files.
    """
    settlement = frames.get("coding_adjudication", pd.DataFrame(columns=["table", "key", "column", "settled"]))
    for name, (key, columns) in NATURAL.items():
        settled = settlement.loc[settlement["table"] == name, ["key", "column", "settled"]]
        if settled.empty or name not in codings:
            continue
        table, frame, rows = schema[name], frames[name], codings[name]
        decided = {(text, column): what for text, column, what in settled.itertuples(index=False)}
        given: dict[str, list[Any]] = {}
        for code in rows[["coder", *key, *columns]].itertuples(index=False):
            given.setdefault(JOINER.join(code[1 : len(key) + 1]), []).append(code)
        place = {JOINER.join(cells): int(row) for row, *cells in frame[key].itertuples()}
        for text, row in place.items():
            if decided.get((text, ""), "kept" if text in given else "dropped") == "dropped":
                allowed = "a row that was coded or settled; what is added later stands in corrections.csv"
                yield Problem(table.path, row, ", ".join(key), shown(text), allowed)
        coders = rows["coder"].nunique()
        expected = {text for text, codes in given.items() if len({code.coder for code in codes}) == coders}
        expected |= {text for (text, column), what in decided.items() if not column and what == "kept"}
        for text in expected - place.keys():
            if decided.get((text, ""), "kept") == "kept":
                allowed = "every row that was coded by all or settled; what is dropped later stands in corrections.csv"
                yield Problem(table.path, 0, ", ".join(key), f"no row {shown(text)}", allowed)
        for column in columns:
            cells = frame[column].to_dict()
            for text, row in place.items():
                codes = {getattr(code, column) for code in given.get(text, ())}
                right = {decided[text, column]} if (text, column) in decided else codes
                if right and cells[row] not in right:
                    told = " or ".join(value or "an empty cell" for value in sorted(right))
                    allowed = f"{told}, as coded or settled; what is changed later stands in corrections.csv"
                    yield Problem(table.path, row, column, shown(cells[row]), allowed)
