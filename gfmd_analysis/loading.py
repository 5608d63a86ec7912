"""Load a data package, or several as one, into tidy, typed, read-only tables."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

from gfmd_analysis.errors import DataError, GfmdError, NoDataError, Problem
from gfmd_analysis.reading import read_package, read_table
from gfmd_analysis.schema import DEFAULT_FOLDER, TAKEN, Field, Table, contract

OBJECTIVES = pd.CategoricalDtype(list(range(1, 24)), ordered=True)
ROUNDTABLES = pd.CategoricalDtype(["RT1", "RT2", "RT3", "RT4"], ordered=True)
SHARED_TABLES = ("objectives", "actors", "practices")
KEPT_BY = {  # key -> the table whose rows say which of its values belong to the meetings chosen; each follows from those before
    "meeting": "meetings",
    "intervention": "interventions",
    "practice": "practice_citations",
    "recommendation": "recommendations",
}


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
        return [*self.tables, *TAKEN]

    def __repr__(self) -> str:
        """Say what was loaded."""
        meetings = ", ".join(self.tables["meetings"]["meeting"])
        return f"Dataset({meetings}: {', '.join(f'{len(table)} {name}' for name, table in self.tables.items() if not name.startswith('coding_'))})"

    def only(self, *meetings: str) -> "Dataset":
        """Give the part of the data that belongs to these meetings; actors stay, as they belong to none.

        Raises
        ------
        NoDataError
            Where a meeting is not loaded.
        """
        there = self.tables["meetings"]["meeting"].tolist()
        missing = [meeting for meeting in meetings if meeting not in there]
        if missing:
            raise NoDataError(f"meeting {', '.join(missing)} is not in the data in use; there: {', '.join(there)}")
        chosen = self.tables["meetings"]
        tables = {**self.tables, "meetings": chosen[chosen["meeting"].isin(meetings)].reset_index(drop=True)}
        for key, decides in KEPT_BY.items():
            for name, table in tables.items():
                if key in table.columns and name != decides:
                    tables[name] = table[table[key].isin(tables[decides][key])].reset_index(drop=True)
        return Dataset(tables)

    def require(self, name: str) -> pd.DataFrame:
        """Give a table that not every package has.

        Raises
        ------
        NoDataError
            Where it is not there.
        """
        if name not in self.tables:
            raise NoDataError(f"the data in use have no table '{name}'")
        return self.tables[name].copy(deep=False)

    def long(self) -> pd.DataFrame:
        """Give the tidy long view, see :func:`gfmd_analysis.tidy.long`."""
        from gfmd_analysis.tidy import long

        return long(self)


def folders_in_use(folders: tuple[str | Path, ...] = ()) -> list[Path]:
    """Give the data folders to work on: those given, else those of ``GFMD_DATA``, else the project's own ``data/``.

    ``GFMD_DATA`` holds one folder or several, separated as in ``PATH``; a relative one is looked for in the working folder, then
    in the project's folder (the notebooks run in ``notebooks/``).
    """
    if folders:
        return [Path(folder) for folder in folders]
    chosen = [Path(part) for part in os.environ.get("GFMD_DATA", "").split(os.pathsep) if part]
    return [path if path.exists() else DEFAULT_FOLDER.parent / path for path in chosen] or [DEFAULT_FOLDER]


def load(*folders: str | Path) -> Dataset:
    """Load one data package, or several as one, after validating them.

    Parameters
    ----------
    *folders
        Folders with a ``datapackage.json``. Without any: those of ``GFMD_DATA``, else the project's own ``data/``, and of these
        the meetings that ``GFMD_MEETING`` names (separated by commas), else all.

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
    NoDataError
        Where ``GFMD_MEETING`` names a meeting that is not there.

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
        known = {name: table for part, _ in packages for name, table in part.items()}
        schema = {name: known[name] for name in [*contract(), *known] if name in known}
        frames = {name: _stacked(name, [part[name] for _, part in packages if name in part]) for name in schema}
        problems = problems_between(schema, frames)
        if problems:
            raise DataError(problems)
    data = Dataset({name: typed(table, frames[name]) for name, table in schema.items()})
    chosen = [] if folders else [code.strip() for code in os.environ.get("GFMD_MEETING", "").split(",") if code.strip()]
    return data.only(*chosen) if chosen else data


def _stacked(name: str, parts: list[pd.DataFrame]) -> pd.DataFrame:
    stacked = pd.concat(parts, ignore_index=True)
    return stacked.drop_duplicates() if name in SHARED_TABLES else stacked


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


def require_rows(table: pd.DataFrame, what: str) -> None:
    """Refuse a table without rows, where a figure or a sentence needs some.

    Raises
    ------
    NoDataError
        Naming what is not there.
    """
    if table.empty:
        raise NoDataError(f"the data in use hold no {what}")


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
