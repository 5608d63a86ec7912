"""Packages to break: the project's own tables as rows of text, and a change to a copy of their folder."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, DESCRIPTOR, Table

Rows = list[list[str]]


@dataclass(frozen=True)
class Change:
    """A change to a package's folder, and where the refusal must point: the file, and the row and column if it has them."""

    kind: str
    name: str
    make: Callable[[Path], object]
    file: str
    row: int | None = None
    column: str = ""


def rows_of(table: Table, folder: Path = DEFAULT_FOLDER) -> Rows:
    """Give a table's rows as text, the header first."""
    with (folder / table.path).open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def as_csv(rows: Sequence[Sequence[str]], **dialect: Any) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, **{"lineterminator": "\n"} | dialect).writerows(rows)
    return buffer.getvalue()


def with_cell(rows: Rows, row: int, column: int, value: str) -> Rows:
    """Give the rows with another cell; ``row`` is the list's index (the header is 0)."""
    return [*rows[:row], [*rows[row][:column], value, *rows[row][column + 1 :]], *rows[row + 1 :]]


def writes(path: str, content: str | bytes | Callable[[], str | bytes]) -> Callable[[Path], object]:
    """Give the change that writes this content (or what a function gives, for large ones) to a file of the package."""

    def make(folder: Path) -> None:
        given = content() if callable(content) else content
        (folder / path).write_bytes(given.encode() if isinstance(given, str) else given)

    return make


def descriptor() -> Any:
    """Give a fresh copy of the project's descriptor."""
    return json.loads((DEFAULT_FOLDER / DESCRIPTOR).read_text(encoding="utf-8"))
