"""Load a data package, or several as one, into tidy, typed, read-only tables."""

import csv
import io
import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

import pandas as pd

from gfmd_analysis.dataset.schema import DEFAULT_FOLDER, Table, check_descriptor, read_descriptor
from gfmd_analysis.errors import DataError, Problem, shown


def folders_in_use(folders: tuple[str | Path, ...] = ()) -> list[Path]:
    """Give the data folders to work on: those given, else those of ``GFMD_DATA``, else the project's own ``data/``.

    ``GFMD_DATA`` holds one folder or several, separated as in ``PATH``; a relative one is looked for in the working folder, then
    in the project's folder (the notebooks run in ``notebooks/``).
    """
    if folders:
        return [Path(folder) for folder in folders]
    chosen = [Path(part) for part in os.environ.get("GFMD_DATA", "").split(os.pathsep) if part]
    return [path if path.exists() else DEFAULT_FOLDER.parent / path for path in chosen] or [DEFAULT_FOLDER]


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
    header = list(rows[0]) if rows else []
    if header != table.columns:
        raise DataError(
            [
                Problem(
                    file,
                    1,
                    "",
                    _header_found(header, table.columns),
                    f"comma-separated columns {','.join(table.columns)}",
                )
            ]
        )
    while rows and not any(rows[-1]):
        rows.pop()
    uneven = [
        Problem(
            file, number, "", f"{len(row)} cells" if row else "an empty line", f"{len(header)} cells, comma-separated"
        )
        for number, row in enumerate(rows, start=1)
        if len(row) != len(header)
    ]
    if uneven:
        raise DataError(uneven)
    return pd.DataFrame(rows[1:], columns=table.columns, index=pd.RangeIndex(2, len(rows) + 1), dtype="str")


def _text(path: Path, file: str) -> str:
    def refuse(found: str, allowed: str, row: int = 0, column: str = "") -> DataError:
        return DataError([Problem(file, row, column, found, allowed)])

    if path.exists() and not path.is_file():
        raise refuse("no plain file", "every table of datapackage.json has its file")
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise refuse(f"no readable file ({error.strerror})", "every table of datapackage.json has its file") from None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refuse("UTF-16 text", "UTF-8 (in Excel: Save as, CSV UTF-8)")
    if b"\0" in raw:
        raise refuse("a NUL character", "text without NUL", *_cell_at(raw[: raw.index(b"\0")]))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse(
            f"byte 0x{error.object[error.start]:02x}, which is not UTF-8 (Latin-1 or Windows text?)",
            "UTF-8 (in Excel: Save as, CSV UTF-8)",
            *_cell_at(error.object[: error.start]),
        ) from None
    if not text.endswith(("\n", "\r")):
        raise refuse(
            "a last line without an end: the file is truncated" if text else "an empty file",
            "every line ends with a line break",
            text.count("\n") + 1,
        )
    return text


def _rows(file: str, text: str) -> Iterator[tuple[str, ...]]:
    csv.field_size_limit(131_072)  # the library's own default, which other packages raise for the whole process
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from map(tuple, reader)  # tuples of text cost the garbage collector nothing, lists do
    except csv.Error as error:
        row, column = _stumbled_at(text)
        found, place = f"a row that is not CSV ({error})", ""
        if "limit" in str(error):
            found, place = f"a cell of over {csv.field_size_limit():,} characters", column
        allowed = "comma-separated cells, quotes closed and doubled inside a cell"
        raise DataError([Problem(file, row, place, found, allowed)]) from None


def _cell_at(before: bytes) -> tuple[int, str]:
    """Give the row, as a spreadsheet numbers it, and the column of the cell that stands after these bytes."""
    text = before.decode("utf-8-sig", "replace") + "x"
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        return _stumbled_at(text)
    return len(rows), _column(rows[0], len(rows[-1])) if len(rows) > 1 else ""


def _stumbled_at(text: str) -> tuple[int, str]:
    """Give the row at which reading stops, and the column of the cell that begins there and does not end."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    lines = 0
    with suppress(csv.Error):
        for row in reader:
            rows.append(row)
            lines = reader.line_num
    start = sum(len(line) for line in islice(io.StringIO(text, newline=""), lines))
    begun = next(csv.reader(io.StringIO(text[start : start + csv.field_size_limit()], newline="")), [])
    return len(rows) + 1, _column(rows[0], len(begun)) if rows else ""


def _column(header: list[str], place: int) -> str:
    return header[place - 1] if 0 < place <= len(header) else ""


def _header_found(header: list[str], columns: list[str]) -> str:
    if len(header) == 1 and any(mark in header[0] for mark in ";\t"):
        return "columns separated by semicolons or tabs"
    doubled = sorted({name for name in header if header.count(name) > 1})
    missing = [name for name in columns if name not in header]
    unknown = [name for name in header if name not in columns]
    parts = [
        f"{what} {', '.join(shown(name) for name in names[:12])}"
        for what, names in (("doubled", doubled), ("missing", missing), ("unknown", unknown))
        if names
    ]
    return f"columns {'; '.join(parts)}" if parts else "the columns in another order"
