"""Read what each coder wrote, unchanged, and hold the data to it: what all coders have stands unless it was settled otherwise."""

from collections.abc import Mapping
from functools import lru_cache
from operator import itemgetter
from pathlib import Path

import pandas as pd

from gfmd_analysis.dataset.descriptor import Frames, Schema, Table, bytes_of, keyed
from gfmd_analysis.dataset.memory import LARGE, once
from gfmd_analysis.dataset.reading import decoded, read_rows
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

SETTLEMENT = "coding_adjudication"


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
    paths = [path for path in sorted(folder.glob("coding/*/*.csv")) if path.stem in CODED and path.is_file()]
    files = {path.relative_to(folder).as_posix(): path for path in paths if not path.parent.is_symlink()}
    raw = tuple((file, bytes_of(path, file)) for file, path in files.items())
    return (_parsed if sum(len(each) for _, each in raw) < LARGE else _parsed.__wrapped__)(raw)


@lru_cache(maxsize=8)
def _parsed(files: tuple[tuple[str, bytes], ...]) -> dict[str, pd.DataFrame]:
    found: dict[str, list[tuple[str, ...]]] = {}
    problems: list[Problem] = []
    for file, raw in files:
        _, coder, table = file.removesuffix(".csv").split("/")
        columns = CODED[table]
        with collected(problems):
            header, *rows = read_rows(decoded(raw, file), file)
            lacks = [f"no column {column}" for column in columns if column not in header]
            lacks += ["rows of another length than the header"] * any(len(row) != len(header) for row in rows)
            if lacks:
                allowed = f"a coder's table with {', '.join(columns)}"
                raise DataError([Problem(file, 1, "", "; ".join(lacks), allowed)])
            needed = itemgetter(*map(header.index, columns))
            found.setdefault(table, []).extend((coder, *needed(row)) for row in rows)
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


def unsettled(schema: Schema, frames: Frames, codings: Frames) -> list[Problem]:
    """Find rows and cells that neither a coder nor the settlement has, in the tables of the data, never in the coders' own files.

    Parameters
    ----------
    schema, frames
        A package's tables as categoricals of text, before any correction.
    codings
        What :func:`read_codings` gives. Only tables with a row in ``coding_adjudication`` are asked.
    """
    both = [name for name in NATURAL if name in codings and SETTLEMENT in frames]
    asked = [_unsettled(frames[name], frames[SETTLEMENT], codings[name], schema[name]) for name in both]
    return [problem for problems in asked for problem in problems]


@once
def _unsettled(frame: pd.DataFrame, settlement: pd.DataFrame, rows: pd.DataFrame, table: Table) -> list[Problem]:
    key, columns = NATURAL[table.name]
    ours = settlement.loc[settlement["table"] == table.name, ["key", "column", "settled"]]
    decided = {(text, column): what for text, column, what in ours.itertuples(index=False)}
    if not decided:
        return []
    place = dict(zip(keyed(frame, key), frame.index, strict=True))
    coded: dict[str, dict[str, set[str]]] = {column: {} for column in ("coder", *columns)}
    for column, codes in coded.items():
        for text, code in zip(keyed(rows, key), rows[column].tolist(), strict=True):
            codes.setdefault(text, set()).add(code)
    coders, everyone = coded["coder"], set(rows["coder"])
    ends = {text: what for (text, column), what in decided.items() if not column}
    end_of = {text: "kept" if whose == everyone else "" for text, whose in coders.items()} | ends
    lacking = [text for text, end in end_of.items() if end == "kept" and text not in place]
    told = "a row that was coded or settled; what is added later"
    strange = [text for text in place if end_of.get(text, "dropped") == "dropped"]
    wrong = [(place[text], ", ".join(key), shown(text), told) for text in strange]
    told = "every row that was coded by all or settled; what is dropped later"
    wrong += [(0, ", ".join(key), f"no row {shown(text)}", told) for text in lacking]
    for column in columns:
        right = coded[column] | {text: {decided[text, name]} for text, name in decided if name == column}
        for text, now in zip(place, frame.loc[[*place.values()], column].tolist(), strict=True):
            if now not in right.get(text, {now}):
                told = " or ".join(value or "an empty cell" for value in sorted(right[text]))
                wrong.append((place[text], column, shown(now), f"{told}, as coded or settled; what is changed later"))
    told = "stands in corrections.csv"
    return [Problem(table.path, row, where, found, f"{allowed} {told}") for row, where, found, allowed in wrong]
