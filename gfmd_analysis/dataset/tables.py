"""Load a data package, or several as one, into tidy, typed, read-only tables."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd

from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, TAKEN, Field, Table, schema
from gfmd_analysis.dataset.memory import once
from gfmd_analysis.dataset.objectives import OBJECTIVES, ROUNDTABLES
from gfmd_analysis.dataset.packages import checked_package
from gfmd_analysis.dataset.reading import folders_in_use, read_categories
from gfmd_analysis.dataset.validation import problems_in
from gfmd_analysis.errors import DataError, GfmdError, NoDataError, Problem, collected, in_order, nearest

TYPED: Mapping[str, Callable[[pd.Series], pd.Series]] = {  # type -> how to read its values; text is left as it is
    "integer": lambda text: text.astype("Int64"),
    "number": lambda text: text.astype("float64"),
    "boolean": lambda text: text.eq("true").astype("boolean"),
    "date": lambda text: pd.to_datetime(text, format="%Y-%m-%d"),
}

LONG_COLUMNS = [
    "intervention", "meeting", "paragraph", "section", "roundtable", "actor", "actor_name", "actor_type", "constituency", "role", "act", "turn",
    "objective", "objective_title", "objective_roundtable", "in_scope", "basis", "engagement", "words_once", "summary",
]  # fmt: skip

OWN_CODES = ("objective", "objective_a", "objective_b", "section")  # typed by number, or by the report's order

SHARED_TABLES = ("objectives", "actors", "practices")

KEPT_BY = {  # key -> the table whose rows say which of its values belong to the meetings chosen; each follows from those before
    "meeting": "meetings",
    "intervention": "interventions",
    "practice": "practice_citations",
    "recommendation": "recommendations",
    "consolidated": "consolidation",
    "difference": "difference_sides",
}


@dataclass(frozen=True)
class Dataset:
    """The tables of one meeting or of several, each a DataFrame under its own name (``data.mentions``).

    Every access gives a copy-on-write view: whatever is done to it, the data stay as they were read.
    """

    tables: Mapping[str, pd.DataFrame]
    codings: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    def __getattr__(self, name: str) -> pd.DataFrame:
        """Look up a table by its name."""
        if name.startswith("_") or name not in self.tables:
            raise AttributeError(f"no table '{name}'; there are: {', '.join(self.tables)}")
        return self.tables[name].copy(deep=False)

    __getitem__ = __getattr__  # data["practices"], too

    def __dir__(self) -> list[str]:
        """Offer the tables to tab completion."""
        return [*self.tables, *TAKEN]

    def __repr__(self) -> str:
        """Say what was loaded."""
        meetings = ", ".join(self.tables["meetings"]["meeting"])
        return f"Dataset({meetings}: {', '.join(f'{name} {len(table)}' for name, table in self.tables.items() if not name.startswith('coding_'))})"

    def only(self, *meetings: str) -> "Dataset":
        """Keep the part of the data that belongs to these meetings; actors stay, as they belong to none.

        Raises
        ------
        NoDataError
            Where a meeting is not loaded.
        """
        there = self.tables["meetings"]["meeting"].tolist()
        if missing := [meeting for meeting in meetings if meeting not in there]:
            raise NoDataError(f"meeting {', '.join(missing)} is not in the data in use; there: {', '.join(there)}")
        chosen = self.tables["meetings"]
        tables = {**self.tables, "meetings": chosen[chosen["meeting"].isin(meetings)].reset_index(drop=True)}
        for key, decides in KEPT_BY.items():
            for name, table in tables.items():
                if key in table.columns and name != decides:
                    tables[name] = table[table[key].isin(tables[decides][key])].reset_index(drop=True)
        return Dataset(tables, self.codings)

    def require(self, name: str) -> pd.DataFrame:
        """Look up a table that not every package has.

        Raises
        ------
        NoDataError
            Where it is not there.
        """
        if name not in self.tables:
            raise NoDataError(f"the data in use have no table '{name}'")
        return self[name]

    @once
    def long(self) -> pd.DataFrame:
        """Join interventions, mentions, actors and objectives into the tidy long table.

        Returns
        -------
        DataFrame
            One row per intervention and objective; an intervention without an objective is kept once, its objective missing.
            Columns: ``intervention``, ``meeting``, ``paragraph`` (Int64), ``section``, ``roundtable`` (RT1 to RT4 in whose
            section it stands, missing in plenary parts), ``actor``, ``actor_name``, ``actor_type``, ``constituency``,
            ``role``, ``act``, ``turn``, ``objective`` (ordered categorical 1 to 23), ``objective_title`` (short),
            ``objective_roundtable``, ``in_scope`` (boolean: the objective belongs to that roundtable; missing in plenary
            parts and without an objective), ``basis``, ``engagement``, ``words_once`` (Int64, of the whole intervention, in
            its first row and missing in its further ones, so that they add up), ``summary``.
        """
        spoken = self.interventions.drop(columns="on_behalf_of").rename(columns={"words": "words_once"})
        actors = self.actors.rename(columns={"short_name": "actor_name"})
        actors = actors[["actor", "actor_name", "actor_type", "constituency"]]
        table = spoken.merge(self.mentions.drop(columns="note"), on="intervention", how="left", validate="one_to_many")
        table = table.merge(actors, on="actor", how="left", validate="many_to_one")
        table = table.merge(gcm_columns(self.objectives), on="objective", how="left", validate="many_to_one")
        table["roundtable"] = table["section"].cat.set_categories(ROUNDTABLES.categories)
        known = table["roundtable"].notna() & table["objective"].notna()
        same = table["roundtable"].astype("str") == table["objective_roundtable"].astype("str")
        table["in_scope"] = same.astype("boolean").where(known)
        table = table[LONG_COLUMNS].sort_values(["meeting", "paragraph", "actor", "objective"], ignore_index=True)
        table["words_once"] = table["words_once"].mask(table.duplicated("intervention"))
        return table


def validate(*folders: str | Path) -> list[Problem]:
    """Find everything that is wrong in one data package or several.

    Parameters
    ----------
    *folders
        As for :func:`gfmd_analysis.load`.

    Returns
    -------
    list of Problem
        Sorted by file and row; empty where all is well.
    """
    problems: list[Problem] = []
    for folder in folders_in_use(folders):
        with collected(problems):
            problems += checked_package(folder)[3]
    return in_order(problems)


def load(*folders: str | Path, corrected: bool = True) -> Dataset:
    """Load one data package, or several as one, after validating them.

    Parameters
    ----------
    *folders
        Folders with a ``datapackage.json``. Without any: those of ``GFMD_DATA``, else the project's own ``data/``, and of these
        the meetings that ``GFMD_MEETING`` names (separated by commas), else all.
    corrected
        Whether readers' corrections are applied.

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
    schemas, packages, codings, problems = zip(
        *(checked_package(folder, corrected) for folder in folders_in_use(folders)), strict=True
    )
    if found := [*chain(*problems)]:
        raise DataError(found)
    known = {name: table for part in schemas for name, table in part.items()}
    tables = {name: known[name] for name in [*schema(), *known] if name in known}
    frames = {name: _stacked(*parts, name=name) for name, parts in _by_table(packages).items()}
    if len(packages) > 1 and (found := problems_in(tables, frames, rules=())):
        raise DataError(found)
    result = {name: typed(frames[name], table).copy(deep=False) for name, table in tables.items()}
    coded = {name: pd.concat(parts) for name, parts in _by_table(codings).items()}
    data = Dataset(_with_shared_codes(tables, result), coded)
    chosen = [] if folders else [code.strip() for code in os.environ.get("GFMD_MEETING", "").split(",") if code.strip()]
    return data.only(*chosen) if chosen else data


def _by_table(packages: Iterable[Mapping[str, pd.DataFrame]]) -> dict[str, list[pd.DataFrame]]:
    """List the parts of each table that the packages have."""
    return {name: [part[name] for part in packages if name in part] for name in {*chain(*packages)}}


@once
def _stacked(first: pd.DataFrame, *others: pd.DataFrame, name: str) -> pd.DataFrame:
    if not others:
        return first
    stacked = pd.concat([first, *others], ignore_index=True).astype("category")
    return stacked.drop_duplicates() if name in SHARED_TABLES else stacked


def _with_shared_codes(tables: Mapping[str, Table], frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Let a foreign key have the categories of the key that it names, so that tables join without looking at any text."""
    for name, table in tables.items():
        for key in table.foreign_keys:
            for column, reference in zip(key.columns, key.references, strict=True):
                own, dtype = frames[name][column].dtype, frames[key.table][reference].dtype
                if column not in OWN_CODES and all(isinstance(each, pd.CategoricalDtype) for each in (own, dtype)):
                    frames[name][column] = frames[name][column].astype(dtype)
    return frames


def gcm_objectives(locale: str = "en") -> pd.DataFrame:
    """List the 23 objectives, mentioned or not: ``objective``, ``objective_title`` (short), ``objective_roundtable``."""
    table = schema()["objectives"]
    return gcm_columns(typed(read_categories(DEFAULT_FOLDER / table.path, table), table), locale)


def beside_objectives(counts: pd.DataFrame) -> pd.DataFrame:
    """Set counts by objective beside all 23 objectives, nought where there is none."""
    counts = counts.set_axis(counts.index.astype("int64"), axis=0).reindex([*OBJECTIVES.categories])
    return gcm_objectives().join(counts.fillna(0).astype("Int64").reset_index(drop=True))


def gcm_columns(objectives: pd.DataFrame, locale: str = "en") -> pd.DataFrame:
    """Name an objective's short title and roundtable as the long table does."""
    title = "short_title" if locale == "en" else f"short_title_{locale}"
    table = objectives[["objective", title, "roundtable"]]
    return table.set_axis(["objective", "objective_title", "objective_roundtable"], axis=1)


@once
def typed(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Type a validated table of categoricals and sort it by key; an empty cell becomes a missing value."""
    keys = {*table.key, *(column for key in table.foreign_keys for column in key.columns)}
    columns = {each.name: _typed_column(each, frame[each.name].array, keys) for each in table.fields}
    result = pd.DataFrame(columns, index=frame.index)
    return result.sort_values(list(table.key), kind="stable", na_position="first", ignore_index=True)


def _typed_column(field: Field, text: Any, keys: set[str]) -> Any:
    """Type a column's array by its distinct values, each looked at once."""
    if field.enum:
        return text.set_categories(field.enum, ordered=True)
    values = text.remove_categories([""]) if "" in text.categories else text
    known = values.categories
    if field.type == "integer" and field.name.startswith("objective"):
        numbers = known.astype("int64").tolist()
        return values.rename_categories(numbers).set_categories(OBJECTIVES.categories, ordered=True)
    if field.name in keys and field.type not in TYPED:
        return values if known.is_monotonic_increasing else values.reorder_categories(known.sort_values())
    distinct = pd.Series(known, dtype="str")
    return TYPED.get(field.type, pd.Series)(distinct).array.take(values.codes, allow_fill=True)


def rows_of(table: pd.DataFrame) -> list[Any]:
    """List a table's rows as named tuples, untyped as pandas gives them."""
    return list(table.itertuples())


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
        Naming the missing columns, the nearest, and those that are there.
    """
    if missing := [name for name in columns if name not in frame.columns]:
        known = [*map(str, frame.columns)]
        near = nearest(str(missing[0]), known)
        has = f"{near}{'I' if near else 'i'}t has: {', '.join(known)}"
        raise GfmdError(f"the table has no column {', '.join(missing)}; {has}")
