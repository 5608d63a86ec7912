"""Read a data package: strictly, so that nothing is guessed, and into tidy, typed, read-only tables."""

import csv
import io
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from gfmd_analysis.errors import DataError, GfmdError, Problem, shown
from gfmd_analysis.schema import DEFAULT_FOLDER, DESCRIPTOR, Field, Table, check_descriptor, contract

OBJECTIVES = pd.CategoricalDtype(list(range(1, 24)), ordered=True)
ROUNDTABLES = pd.CategoricalDtype(["RT1", "RT2", "RT3", "RT4"], ordered=True)
SHARED_TABLES = ("objectives", "actors", "practices")


@dataclass(frozen=True)
class Dataset:
    """The tables of one meeting or of several, each a DataFrame under its own name (``data.mentions``).

    Every access gives a copy-on-write view: whatever is done to it, the data stay as they were read.
    """

    tables: Mapping[str, pd.DataFrame]

    def __getattr__(self, name: str) -> pd.DataFrame:
        """Give a table by its name."""
        if name.startswith("_") or name not in self.tables:
            raise AttributeError(f"no table '{name}'; there are: {', '.join(self.tables)}")
        return self.tables[name].copy(deep=False)

    def __dir__(self) -> list[str]:
        """Offer the tables to tab completion."""
        return [*self.tables, "long", "tables"]

    def __repr__(self) -> str:
        """Say what was loaded."""
        meetings = ", ".join(self.tables["meetings"]["meeting"])
        return f"Dataset({meetings}: {', '.join(f'{len(table)} {name}' for name, table in self.tables.items() if not name.startswith('coding_'))})"

    def long(self) -> pd.DataFrame:
        """Give the tidy long view, see :func:`gfmd_analysis.tidy.long`."""
        from gfmd_analysis.tidy import long

        return long(self)


def folders_in_use(folders: tuple[str | Path, ...] = ()) -> list[Path]:
    """Give the data folders to work on: those given, else those of ``GFMD_DATA``, else the project's own ``data/``.

    ``GFMD_DATA`` holds one folder or several, separated as in ``PATH``.
    """
    chosen = folders or tuple(part for part in os.environ.get("GFMD_DATA", "").split(os.pathsep) if part)
    return [Path(folder) for folder in chosen] or [DEFAULT_FOLDER]


def load(*folders: str | Path) -> Dataset:
    """Load one data package, or several as one, after validating them.

    Parameters
    ----------
    *folders
        Folders with a ``datapackage.json``. Without any: ``GFMD_DATA``, else the project's own ``data/``.

    Returns
    -------
    Dataset
        Enums are ordered categoricals in the schema's order, objectives ordered categoricals of the integers 1 to 23,
        other integers ``Int64``, numbers ``float64``, booleans ``boolean``, dates ``datetime64``, the rest ``str``.
        Rows are sorted by key.

    Raises
    ------
    DataError
        With every problem in the data: file, row, column, what was found, what is allowed.

    Examples
    --------
    >>> data = load()
    >>> len(data.objectives)
    23
    """
    from gfmd_analysis.validation import problems_between, problems_in

    packages: list[tuple[dict[str, Table], dict[str, pd.DataFrame]]] = []
    problems: list[Problem] = []
    for folder in folders_in_use(folders):
        schema, frames, found = read_package(folder)
        problems += found or problems_in(schema, frames)
        packages.append((schema, frames))
    if problems:
        raise DataError(problems)
    schema, frames = packages[0]
    if len(packages) > 1:
        frames = {name: _stacked(name, [part[name] for _, part in packages if name in part]) for name in schema}
        problems = problems_between(schema, frames)
        if problems:
            raise DataError(problems)
    return Dataset({name: typed(table, frames[name]) for name, table in schema.items()})


def _stacked(name: str, parts: list[pd.DataFrame]) -> pd.DataFrame:
    stacked = pd.concat(parts, ignore_index=True)
    return stacked.drop_duplicates() if name in SHARED_TABLES else stacked


def read_descriptor(folder: Path) -> dict[str, Any]:
    """Read a folder's ``datapackage.json``.

    Raises
    ------
    DataError
        Where it is missing, unreadable or not a JSON object.
    """
    path = folder / DESCRIPTOR
    try:
        descriptor = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DataError([Problem(str(path), 0, "", f"no readable file ({error.strerror})", "a data package folder holds datapackage.json")]) from None
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise DataError([Problem(str(path), 0, "", f"text that is not JSON ({error})"[:200], "a Frictionless data package in JSON, UTF-8")]) from None
    if not isinstance(descriptor, dict):
        raise DataError([Problem(str(path), 0, "", f"a JSON {type(descriptor).__name__}", "a JSON object")])
    return descriptor


def read_package(folder: Path) -> tuple[dict[str, Table], dict[str, pd.DataFrame], list[Problem]]:
    """Read a package's tables as text.

    Returns
    -------
    tuple
        The schema, the tables (all ``str``, the index is the spreadsheet's row number), and what could not be read.

    Raises
    ------
    DataError
        Where the descriptor itself is unusable.
    """
    schema = check_descriptor(folder, read_descriptor(folder))
    frames: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for name, table in schema.items():
        try:
            frames[name] = read_table(folder / table.path, table)
        except DataError as error:
            problems += error.problems
    return schema, frames, problems


def read_table(path: Path, table: Table) -> pd.DataFrame:
    """Read one CSV file as text, refusing whatever would have to be guessed.

    Returns
    -------
    DataFrame
        The schema's columns, all ``str``; the index is the row number that a spreadsheet shows.

    Raises
    ------
    DataError
        For a missing or truncated file, another encoding or separator, a header or a row of another length.
    """
    file = table.path
    rows = list(_rows(file, _text(path, file)))
    header = rows[0] if rows else []
    if header != table.columns:
        raise DataError([Problem(file, 1, "", _header_found(header, table.columns), f"comma-separated columns {','.join(table.columns)}")])
    while rows and not any(rows[-1]):
        rows.pop()
    uneven = [
        Problem(file, number, "", f"{len(row)} cells" if row else "an empty line", f"{len(header)} cells, comma-separated")
        for number, row in enumerate(rows, start=1)
        if len(row) != len(header)
    ]
    if uneven:
        raise DataError(uneven)
    return pd.DataFrame(rows[1:], columns=table.columns, index=pd.RangeIndex(2, len(rows) + 1), dtype="str")


def _text(path: Path, file: str) -> str:
    def refuse(found: str, allowed: str, row: int = 0) -> DataError:
        return DataError([Problem(file, row, "", found, allowed)])

    try:
        raw = path.read_bytes()
    except OSError as error:
        raise refuse(f"no readable file ({error.strerror})", "every table of datapackage.json has its file") from None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refuse("UTF-16 text", "UTF-8 (in Excel: Save as, CSV UTF-8)")
    if b"\0" in raw:
        raise refuse("a NUL character", "text without NUL", raw.count(b"\n", 0, raw.index(b"\0")) + 1)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        raise refuse(f"byte 0x{raw[error.start]:02x}, which is not UTF-8 (Latin-1 or Windows text?)", "UTF-8 (in Excel: Save as, CSV UTF-8)", row) from None
    if not text.endswith(("\n", "\r")):
        raise refuse("a last line without an end: the file is truncated" if text else "an empty file", "every line ends with a line break", text.count("\n") + 1)
    return text


def _rows(file: str, text: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        found = f"a cell of over {csv.field_size_limit():,} characters" if "limit" in str(error) else f"a row that is not CSV ({error})"
        raise DataError([Problem(file, reader.line_num, "", found, "comma-separated cells, quotes closed and doubled inside a cell")]) from None


def _header_found(header: list[str], columns: list[str]) -> str:
    if len(header) == 1 and any(mark in header[0] for mark in ";\t"):
        return "columns separated by semicolons or tabs"
    doubled = sorted({name for name in header if header.count(name) > 1})
    missing = [name for name in columns if name not in header]
    unknown = [name for name in header if name not in columns]
    parts = [f"{what} {', '.join(shown(name) for name in names[:12])}" for what, names in (("doubled", doubled), ("missing", missing), ("unknown", unknown)) if names]
    return f"columns {'; '.join(parts)}" if parts else "the columns in another order"


@lru_cache(maxsize=1)
def _compact() -> pd.DataFrame:
    table = contract()["objectives"]
    frame = typed(table, read_table(DEFAULT_FOLDER / table.path, table))
    return frame.rename(columns={"short_title": "objective_title", "roundtable": "objective_roundtable"})


def the_compact() -> pd.DataFrame:
    """Give the 23 objectives, mentioned or not: ``objective``, ``objective_title`` (short), ``objective_roundtable``."""
    return _compact()[["objective", "objective_title", "objective_roundtable"]].copy(deep=False)


def typed(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Give a validated table its dtypes and sort it by key; an empty cell becomes a missing value."""
    result = pd.DataFrame({field.name: _typed_column(field, frame[field.name]) for field in table.fields})
    return result.sort_values(list(table.key), kind="stable", ignore_index=True)


def _typed_column(field: Field, text: pd.Series) -> pd.Series:
    values = text.mask(text == "")
    if field.enum:
        return values.astype(pd.CategoricalDtype(field.enum, ordered=True))
    match field.type:
        case "integer":
            numbers = pd.to_numeric(values).astype("Int64")
            return numbers.astype(OBJECTIVES) if field.name.startswith("objective") else numbers
        case "number":
            return pd.to_numeric(values).astype("float64")
        case "boolean":
            return values.map({"true": True, "false": False}).astype("boolean")
        case "date":
            return pd.to_datetime(values, format="%Y-%m-%d")
        case _:
            return values


def require_columns(frame: pd.DataFrame, *columns: str) -> None:
    """Refuse a table that lacks a column that a measure needs.

    Raises
    ------
    GfmdError
        Naming the missing columns and those that are there.
    """
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise GfmdError(f"the table has no column {', '.join(missing)}; it has: {', '.join(map(str, frame.columns))}")
