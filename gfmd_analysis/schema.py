"""The data package's descriptor: the one place where the tables are defined.

Columns, types, enums, patterns, keys and descriptions are read from ``datapackage.json`` (Frictionless Data Package v2).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from gfmd_analysis.errors import DataError, Problem

DESCRIPTOR = "datapackage.json"
DEFAULT_FOLDER = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True)
class Field:
    """A column: its Frictionless type and constraints."""

    name: str
    type: str
    description: str
    constraints: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def enum(self) -> list[str]:
        """Allowed values in their order, empty where anything of the type is allowed."""
        return list(self.constraints.get("enum", []))

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


@dataclass(frozen=True)
class Table:
    """A table of the package."""

    name: str
    path: str
    title: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return [column.name for column in self.fields]


def parse(descriptor: Mapping[str, Any]) -> dict[str, Table]:
    """Read the tables of a descriptor.

    Parameters
    ----------
    descriptor
        The content of a ``datapackage.json``.

    Returns
    -------
    dict
        Table name to :class:`Table`, in the descriptor's order.
    """
    tables = {}
    for resource in descriptor["resources"]:
        schema = resource["schema"]
        fields = tuple(
            Field(item["name"], item.get("type", "string"), item.get("description", ""), item.get("constraints", {}))
            for item in schema["fields"]
        )
        keys = tuple(
            ForeignKey(
                _names(item["fields"]),
                item["reference"].get("resource") or resource["name"],
                _names(item["reference"]["fields"]),
            )
            for item in schema.get("foreignKeys", [])
        )
        tables[resource["name"]] = Table(
            resource["name"],
            resource["path"],
            resource.get("title", ""),
            resource.get("description", ""),
            fields,
            _names(schema["primaryKey"]),
            keys,
        )
    return tables


def _names(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@lru_cache(maxsize=1)
def contract() -> dict[str, Table]:
    """Give the tables as this project defines them (those of its own ``data/``): every other package is held to them."""
    from gfmd_analysis.reading import read_descriptor

    return parse(read_descriptor(DEFAULT_FOLDER))


def check_descriptor(folder: Path, descriptor: Mapping[str, Any]) -> dict[str, Table]:
    """Read a package's tables and refuse a descriptor that does not keep the contract or points outside its folder.

    Returns
    -------
    dict
        Table name to :class:`Table`.

    Raises
    ------
    DataError
        With a problem for each path that leaves the folder or is a link, each missing table and each table whose
        fields or keys are not the contract's. Tables of one's own may be added.
    """
    try:
        tables = parse(descriptor)
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(
            [
                Problem(
                    DESCRIPTOR,
                    0,
                    "",
                    f"a descriptor without {error}",
                    "a Frictionless data package with name, path and schema for each resource",
                )
            ]
        ) from None
    problems = [
        Problem(
            DESCRIPTOR, 0, table.name, f"path '{table.path}'", "a plain file inside the package's folder, not a link"
        )
        for table in tables.values()
        if not _is_inside(folder, table.path)
    ]
    agreed_tables = {} if folder.resolve() == DEFAULT_FOLDER.resolve() else contract()
    for name, agreed in agreed_tables.items():
        if name not in tables and not name.startswith("coding_"):
            problems.append(Problem(DESCRIPTOR, 0, name, "no such table", "every table of the data contract"))
        elif name in tables and (tables[name].fields, tables[name].key, tables[name].foreign_keys) != (
            agreed.fields,
            agreed.key,
            agreed.foreign_keys,
        ):
            problems.append(
                Problem(
                    DESCRIPTOR,
                    0,
                    name,
                    "fields or keys that differ from the data contract's",
                    "the contract's schema for this table",
                )
            )
    if problems:
        raise DataError(problems)
    return tables


def _is_inside(folder: Path, path: str) -> bool:
    parts = Path(path).parts
    steps = [folder.joinpath(*parts[: count + 1]) for count in range(len(parts))]
    return (
        bool(parts)
        and not Path(path).is_absolute()
        and ".." not in parts
        and not any(step.is_symlink() for step in steps)
    )


def dictionary() -> pd.DataFrame:
    """Give the data dictionary: one row a column of a table.

    Returns
    -------
    DataFrame
        Columns ``table``, ``column``, ``type``, ``required``, ``allowed``, ``description`` (all ``str`` but ``required``, bool).
    """
    rows = []
    for table in contract().values():
        for column in table.fields:
            limits = column.constraints
            allowed = ", ".join(column.enum) or str(limits.get("pattern", "")) or _span(limits)
            rows.append((table.name, column.name, column.type, column.required, allowed, column.description))
    return pd.DataFrame(rows, columns=["table", "column", "type", "required", "allowed", "description"])


def _span(limits: Mapping[str, Any]) -> str:
    if "minimum" in limits and "maximum" in limits:
        return f"{limits['minimum']:g} to {limits['maximum']:g}"
    return f"at most {limits['maxLength']} characters" if "maxLength" in limits else ""
