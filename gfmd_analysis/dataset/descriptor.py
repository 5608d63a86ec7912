"""Read how a data package describes itself, its tables, columns and keys, and hold it to the contract."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import Any

import pandas as pd

from gfmd_analysis.errors import DataError, Problem, shown

DESCRIPTOR = "datapackage.json"

DEFAULT_FOLDER = Path(__file__).resolve().parent.parent.parent / "data"

DERIVED = "tidy/"

OPTIONAL = (  # a package may lack them; they are then loaded empty
    "consolidated_recommendations", "consolidation", "differences", "difference_sides", "challenges", "milestones",
    "corrections", "facts",
)  # fmt: skip

JOINER = " / "  # between the cells of a key, in messages and in corrections

REVIEW = "review"  # the column that every table of a draft has

TYPES = ("string", "integer", "number", "boolean", "date")

READ_AS = {"format": "csv", "encoding": "utf-8", "scheme": "file"}

TAKEN = ("codings", "history", "long", "only", "require", "tables")  # a Dataset itself has them, or Excel (history)

READ_OTHERWISE = (*READ_AS, "dialect", "compression", "data")


def read_descriptor(folder: Path) -> dict[str, Any]:
    """Read a folder's ``datapackage.json``.

    Raises
    ------
    DataError
        Where it is missing, unreadable or not a JSON object.
    """
    path = folder / DESCRIPTOR
    content = bytes_of(path, str(path), "the folder of a data package, with its datapackage.json")
    try:
        descriptor = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        found, allowed = f"text that is not JSON ({error})"[:200], "a Frictionless data package in JSON, UTF-8"
        raise DataError([Problem(str(path), 0, "", found, allowed)]) from None
    if not isinstance(descriptor, dict):
        raise DataError([Problem(str(path), 0, "", f"a JSON {type(descriptor).__name__}", "a JSON object")])
    return descriptor


def bytes_of(path: Path, file: str, allowed: str = "a plain file for every table of datapackage.json") -> bytes:
    """Read a plain file: what else may bear its name, a pipe say, could be read for ever.

    Raises
    ------
    DataError
        Where it cannot be read.
    """
    try:
        if path.is_file() or not path.exists():
            return path.read_bytes()
        found = "no plain file"
    except OSError as error:
        found = f"no readable file ({error.strerror})"
    raise DataError([Problem(file, 0, "", found, allowed)])


def files_of(folder: Path) -> set[Path]:
    """List the files that a package is read from: its descriptor, the tables that this names, and the coders' own.

    Raises
    ------
    DataError, KeyError, TypeError
        Where the descriptor is none.
    """
    listed = [folder / str(each["path"]) for each in read_descriptor(folder)["resources"]]
    return {path for path in (folder / DESCRIPTOR, *listed, *folder.glob("coding/*/*.csv")) if path.is_file()}


@dataclass(frozen=True)
class Field:
    """A column: its Frictionless type and constraints."""

    name: str
    type: str
    description: str
    example: str
    constraints: Mapping[str, Any]

    @property
    def form(self) -> str:
        """What a cell looks like, in words."""
        told = self.description or f"the form that datapackage.json gives the column {self.name}"
        told = told[0].lower() + told[1:] if told[1:2].islower() else told
        return f"{told}, such as {self.example}" if self.example else told

    @property
    def enum(self) -> list[str]:
        """Allowed values in their order, empty where anything of the type is allowed."""
        return list(self.constraints.get("enum", []))

    @property
    def allowed(self) -> str:
        """Values or numbers that are allowed, empty where its form says it all."""
        limits = self.constraints
        if "minimum" in limits and "maximum" in limits and not self.enum:
            return f"{limits['minimum']:g} to {limits['maximum']:g}"
        return ", ".join(self.enum) or (f"at most {limits['maxLength']} characters" if "maxLength" in limits else "")

    @property
    def required(self) -> bool:
        """Whether an empty cell is refused."""
        return bool(self.constraints.get("required", False))


@dataclass(frozen=True)
class ForeignKey:
    """Columns of a table that must be found in another (or the same) table."""

    columns: tuple[str, ...]
    table: str
    references: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Table:
    """A table of the package."""

    name: str
    path: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    resource: Mapping[str, Any]

    @property
    def is_derived(self) -> bool:
        """Whether it is written from the other tables, and never read."""
        return isinstance(self.path, str) and self.path.startswith(DERIVED)

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return [column.name for column in self.fields]


Schema = Mapping[str, Table]

Frames = Mapping[str, pd.DataFrame]


def keyed(rows: pd.DataFrame, columns: Iterable[str]) -> list[str]:
    """Write the cells of each row's key as messages and corrections do, without a blank after an empty last one."""
    return [JOINER.join(cells).strip() for cells in zip(*(rows[column].tolist() for column in columns), strict=True)]


def _parsed(descriptor: Mapping[str, Any]) -> list[Table]:
    return [_table(json.dumps(resource)) for resource in descriptor["resources"]]


@lru_cache(maxsize=256)
def _table(text: str) -> Table:
    """Read the description of a table; of the same words the same object, as ``once`` and caches know a table by its identity."""
    resource = json.loads(text)
    schema, name = resource["schema"], resource["name"]
    fields = tuple(map(_field, schema["fields"]))
    links = tuple(
        ForeignKey(_names(key["fields"]), key["reference"].get("resource") or name, _names(key["reference"]["fields"]))
        for key in schema.get("foreignKeys", [])
    )
    about, key = _text(resource, "description"), _names(schema["primaryKey"])
    return Table(name, resource["path"], about, fields, key, links, resource)


def _field(item: Mapping[str, Any]) -> Field:
    name, described = item["name"], (_text(item, "description"), _text(item, "example"))
    return Field(name, item.get("type", "string"), *described, item.get("constraints", {}))


def _text(item: Mapping[str, Any], part: str) -> str:
    return str(item.get(part) or "")


def _names(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@lru_cache(maxsize=1)
def _defined() -> dict[str, Table]:
    return {table.name: table for table in _parsed(read_descriptor(DEFAULT_FOLDER))}


def schema() -> dict[str, Table]:
    """List the tables as this project defines them (those of its own ``data/``): every other package is held to them.

    Returns
    -------
    dict
        Table name to :class:`Table`, in the descriptor's order, without those that are derived from the others.
    """
    return {name: table for name, table in _defined().items() if not table.is_derived}


def check_descriptor(folder: Path) -> tuple[dict[str, Table], dict[str, Table]]:
    """List the tables that a package has, and those that it lacks and may lack.

    A descriptor is refused that does not keep the contract or points outside its folder.

    Returns
    -------
    tuple of dict
        Table name to :class:`Table`.

    Raises
    ------
    DataError
        With a problem for each path that leaves the folder or is a link, each missing table and each table whose
        fields or keys are not the contract's. Tables of one's own may be added.
    """
    descriptor = read_descriptor(folder)
    try:
        listed = _parsed(descriptor)
        tables = {table.name: table for table in listed}
        found = [(str(table.name), *fault) for table in listed for fault in _faults(table, tables, folder)]
        times = Counter(table.name for table in listed)
        found += [(name, "a second table of this name", "each name once") for name in times if times[name] > 1]
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        lacks = f"without {error}" if isinstance(error, KeyError) else "of another form"
        allowed = "a Frictionless data package with name, path and schema for each resource"
        raise DataError([Problem(DESCRIPTOR, 0, "", f"a descriptor {lacks}", allowed)]) from None
    agreed_tables = {} if folder.resolve() == DEFAULT_FOLDER.resolve() else _defined()
    if agreed_tables and any(REVIEW in table.columns for table in listed):
        reviewed = "a coding that was reviewed and adopted (gfmd adopt review.xlsx FOLDER)"
        raise DataError([Problem(DESCRIPTOR, 0, "", f"a draft: tables with a column {REVIEW}", reviewed)])
    for name, agreed in agreed_tables.items():
        may_lack = agreed.is_derived or name in OPTIONAL or name.startswith("coding_")
        if name not in tables and not may_lack:
            found.append((name, "no such table", "every table of the data contract"))
        elif name in tables and tables[name].resource["schema"] != agreed.resource["schema"]:
            differs = "fields or keys that differ from the data contract's"
            found.append((name, differs, "the contract's schema for this table"))
    if found:
        raise DataError([Problem(DESCRIPTOR, 0, *fault) for fault in found])
    lacking = {name: schema()[name] for name in OPTIONAL if name not in tables}
    return {name: table for name, table in tables.items() if not table.is_derived}, lacking


def _faults(table: Table, tables: Mapping[str, Table], folder: Path) -> Iterator[tuple[str, str]]:
    """Find what in a table's definition cannot be held to: what was found, and what is allowed."""
    name, columns = table.name, table.columns
    if not (isinstance(name, str) and re.fullmatch("[a-z][a-z0-9_]{0,30}", name) and name not in TAKEN):
        yield f"the table name {shown(name)}", f"at most 31 small letters, digits and _, other than {', '.join(TAKEN)}"
    if not _is_inside(folder, table.path):
        yield f"path {shown(table.path)}", "a plain file inside the package's folder, not a link"
    for way in READ_OTHERWISE:
        if way in table.resource and table.resource[way] != READ_AS.get(way):
            allowed = f"{way} {READ_AS[way]}" if way in READ_AS else f"a CSV file without {way}"
            yield f"{way} {shown(table.resource[way])}", allowed
    if not columns or len(set(columns)) < len(columns) or not all(isinstance(each, str) and each for each in columns):
        yield "columns without a name, or two of one name", "each column once"
    for column in table.fields:
        if column.type not in TYPES:
            yield f"column {shown(column.name)} of type {shown(column.type)}", f"one of {', '.join(TYPES)}"
        for limit, value in column.constraints.items():
            if limit not in LIMITS or not LIMITS[limit](value):
                found = f"column {shown(column.name)} with {limit} {shown(value)}"
                yield found, "required (true or false), enum (names), pattern (as RE2 has), maxLength, minimum, maximum"
    if not table.key or not set(table.key) <= set(columns):
        yield f"the primary key {shown(', '.join(table.key))}", "columns of the table"
    for key in table.foreign_keys:
        known = tables[key.table].columns if key.table in tables else []
        fits = set(key.columns) <= set(columns) and set(key.references) <= set(known)
        if not fits or len(key.columns) != len(key.references):
            found = f"a foreign key from {', '.join(key.columns)} to {key.table} ({', '.join(key.references)})"
            yield found, "columns of this table, and as many of a table that is there"


@lru_cache(maxsize=256)
def matcher(pattern: str) -> Callable[[str], bool]:
    """Compile a column's pattern into a test of whole cells, by RE2: its time is in proportion to the cell, whatever the pattern.

    Raises
    ------
    re2.error
        For what is no pattern, or one with a look-around or a reference back, which RE2 has not.
    """
    import re2

    quiet, written = re2.Options(), pattern.encode(errors="surrogatepass")
    quiet.log_errors = False
    exact = re2.compile(written, quiet)
    quiet.max_mem *= 8  # so that every pattern that compiles does so as a set of one, which answers in half the time
    quick = re2.Set.FullMatchSet(quiet)
    quick.Add(written)
    quick.Compile()

    def matches(cell: str) -> bool:
        text = cell.encode(errors="surrogatepass")
        return bool(quick.Match(text) or exact.fullmatch(text))

    return matches


def _is_pattern(value: object) -> bool:
    import re2

    try:
        return isinstance(value, str) and bool(matcher(value))
    except re2.error:
        return False


def _are_names(values: list[Any]) -> bool:
    return bool(values) and all(isinstance(item, str) and item for item in values) and len(set(values)) == len(values)


LIMITS: Mapping[str, Callable[[Any], bool]] = {
    "required": lambda value: isinstance(value, bool),
    "enum": lambda value: isinstance(value, list) and _are_names(value),
    "pattern": _is_pattern,
    "maxLength": lambda value: type(value) is int,
    "minimum": lambda value: type(value) in {int, float} and isfinite(value),
    "maximum": lambda value: type(value) in {int, float} and isfinite(value),
}


def _is_inside(folder: Path, path: object) -> bool:
    if not isinstance(path, str) or not path.isprintable():
        return False
    inside = Path(path)
    try:
        linked = any((folder / step).is_symlink() for step in (inside, *inside.parents[:-1]))
    except OSError:  # a name longer than the system knows
        return False
    return bool(inside.parts) and not linked and not inside.is_absolute() and ".." not in inside.parts


def dictionary() -> pd.DataFrame:
    """List the data dictionary: one row a column of a table.

    Returns
    -------
    DataFrame
        Columns ``table``, ``column``, ``type``, ``required``, ``allowed``, ``description`` (all ``str`` but ``required``, bool).
    """
    rows = []
    for table in _defined().values():
        for column in table.fields:
            allowed = column.form if "pattern" in column.constraints and not column.enum else column.allowed
            rows.append((table.name, column.name, column.type, column.required, allowed, column.description))
    return pd.DataFrame(rows, columns=["table", "column", "type", "required", "allowed", "description"])
