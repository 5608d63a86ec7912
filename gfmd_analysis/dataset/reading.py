"""Read a data package's files as text: what spreadsheets write is understood, whatever would have to be guessed is refused."""

import csv
import io
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, Field, Table, bytes_of, check_descriptor, matcher
from gfmd_analysis.dataset.memory import LARGE
from gfmd_analysis.errors import MOST_SHOWN, DataError, Problem, collected, shown

SEPARATORS = ",;\t"

TRUTHS = {  # as spreadsheets in the languages of the UN and some others write them
    **dict.fromkeys(("true", "vrai", "verdadero", "истина", "wahr", "vero", "verdadeiro"), "true"),
    **dict.fromkeys(("false", "faux", "falso", "ложь", "falsch"), "false"),
}

WHOLE_LETTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}"
)  # in UTF-8: then no byte is Windows-1252

HALF_A_LETTER = re.compile(r"(?<![A-ZÀ-Ý])Ã|Ã(?![EO])|Â(?!\w)")  # how one torn from its second byte looks

WESTERN = set("àâäáãåæçéèêëíìîïñóòôöõøœúùûüýÿßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜÝŸ’‘“”«»–—…°€§ªº")


def folders_in_use(folders: tuple[str | Path, ...] = ()) -> list[Path]:
    """List the data folders to work on: those given, else those of ``GFMD_DATA``, else the project's own ``data/``.

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
        The schema, the tables (as :func:`read_categories` reads them; those that the package may lack, and lacks, without rows), and
        what could not be read.

    Raises
    ------
    DataError
        Where the descriptor itself is unusable.
    """
    there, lacking = check_descriptor(folder)
    frames = {
        name: pd.DataFrame(columns=each.columns, dtype="str").astype("category") for name, each in lacking.items()
    }
    problems: list[Problem] = []
    for name, table in there.items():
        with collected(problems):
            frames[name] = read_categories(folder / table.path, table)
    return there | lacking, frames, problems


def read_table(path: Path, table: Table) -> pd.DataFrame:
    """Read one CSV file as :func:`read_categories` does, every column ``str``."""
    return read_categories(path, table).astype("str")


def read_categories(path: Path, table: Table) -> pd.DataFrame:
    """Read one CSV file as text.

    Parameters
    ----------
    path
        A file as this project, Excel or LibreOffice writes it: UTF-8 or Windows-1252, separated by commas, semicolons or tabs.
    table
        Its columns. ``TRUE`` is read as ``true``, ``1.0`` as ``1``, ``2`` as the M49 code ``002``, where the column takes these.

    Returns
    -------
    DataFrame
        The schema's columns as categoricals of text, so that each distinct value is looked at once; the index is the row number
        that a spreadsheet shows.

    Raises
    ------
    DataError
        For a missing or truncated file, another encoding, a header or a row of another length.
    """
    raw = bytes_of(path, table.path)
    return (_parsed if len(raw) < LARGE else _parsed.__wrapped__)(raw, table)


@lru_cache(maxsize=128)
def _parsed(raw: bytes, table: Table) -> pd.DataFrame:
    """Read the content of a file; of the same content the same table, which nobody changes."""
    text = decoded(raw, table.path)
    cells = _plain(text, table)
    if cells is None:
        header, *rows = read_rows(text, table.path) or [()]
        if list(header) != table.columns:
            allowed = f"comma-separated columns {','.join(table.columns)}"
            raise DataError([Problem(table.path, 1, "", _header_found(list(header), table.columns), allowed)])
        allowed = f"{len(header)} cells, a text with a comma in it in quotes"
        uneven = ((at, len(row)) for at, row in enumerate(rows, start=2) if len(row) != len(header))
        first = [(at, f"{many} cells" if many else "an empty line") for at, many in islice(uneven, MOST_SHOWN)]
        if first:
            raise DataError([Problem(table.path, at, "", found, allowed) for at, found in first])
        cells = zip(*rows, strict=True) if rows else [()] * len(header)
    columns = {field.name: _coded(values, spelling(field)) for field, values in zip(table.fields, cells, strict=True)}
    frame = pd.DataFrame(columns)
    return frame.set_axis(pd.RangeIndex(2, len(frame) + 2))


def _plain(text: str, table: Table) -> Iterable[Any] | None:
    """Read a large file's columns by pandas' own parser; nothing where a line has too few or too many cells, or quotes stand astray."""
    if len(text) < LARGE or "\r" in text or not text.startswith(header := ",".join(table.columns) + "\n"):
        return None
    parts = text.split('"')  # every second one stands inside quotes
    outside, bare = parts[::2], "".join(parts[::2])
    astray = any(part[:1] not in ",\n" for part in outside[1:]) or any(part[-1:] not in ",\n" for part in outside[:-1])
    letters = np.frombuffer(bare.encode(), dtype=np.uint8)
    ends = np.flatnonzero(letters == ord("\n"))
    before = np.searchsorted(np.flatnonzero(letters == ord(",")), ends)
    uneven = (np.diff(before, prepend=0) != len(table.columns) - 1).any()
    if astray or uneven or len(parts) % 2 == 0 or f"\n{header}" in text:
        return None
    frame = pd.read_csv(io.BytesIO(text.encode()), dtype="str", na_filter=False, skip_blank_lines=False)
    return [frame[name] for name in table.columns]


def _coded(cells: Sequence[str] | pd.Series, spell: Callable[[str], str]) -> pd.Categorical:
    """Make a text column a categorical, its values in the order in which they come: sorting a million takes longer than reading them."""
    codes, distinct = pd.factorize(np.asarray(cells, dtype=object))
    if spell is not str:
        again, distinct = pd.factorize(np.array([spell(value) for value in distinct], dtype=object))
        codes = again[codes]
    return pd.Categorical.from_codes(codes, pd.Index(distinct, dtype="str"))


def spelling(field: Field) -> Callable[[str], str]:
    """Tell how a cell is spelled where a spreadsheet spells it in another way and means the same; ``str`` where it does not."""
    pattern = str(field.constraints.get("pattern", ""))
    if field.type == "boolean":
        return lambda value: TRUTHS.get(value.lower(), value)
    if field.type in ("integer", "number"):
        return lambda value: re.sub(r"^(-?[0-9]+)\.0+$", r"\1", value)
    if field.type == "date":
        return lambda value: value.removesuffix(" 00:00:00")
    if pattern and matcher(pattern)("014") and not matcher(pattern)("14"):
        return lambda value: value.zfill(3) if value.isdecimal() else value
    return str


def read_rows(text: str, file: str) -> list[tuple[str, ...]]:
    """Read a CSV file's rows from its text, the header first, without empty rows at its end.

    Raises
    ------
    DataError
        As :func:`read_categories`.
    """
    csv.field_size_limit(131_072)  # the library's own default, which other packages raise for the whole process
    try:
        rows = list(map(tuple, _reader(text)))  # tuples of text cost the garbage collector nothing, lists do
    except csv.Error as error:
        row, column = _reached(text)
        found, place = f"a row that is not CSV ({error})", ""
        if "limit" in str(error):
            found, place = f"a cell of over {csv.field_size_limit():,} characters", column
        allowed = "cells separated by commas, quotes closed and doubled inside a cell"
        raise DataError([Problem(file, row, place, found, allowed)]) from None
    while rows and not any(rows[-1]):
        rows.pop()
    told = "the header a second time", "the header in row 1 alone"
    if again := [number for number, row in enumerate(rows, start=1) if row == rows[0]][1:]:
        raise DataError([Problem(file, row, "", *told) for row in again])
    return rows


def _reader(text: str, *, like: str = "", strict: bool = True) -> Any:
    """Make a reader of rows, whose cells are separated as in this text or as in another."""
    return csv.reader(io.StringIO(text, newline=""), strict=strict, delimiter=separator(like or text))


def separator(text: str) -> str:
    """Find what separates the cells of a CSV text: what stands most often in its header."""
    return max(SEPARATORS, key=text.partition("\n")[0].count)


def decoded(raw: bytes, file: str) -> str:
    """Read a CSV file's bytes as text.

    Raises
    ------
    DataError
        As :func:`read_categories`.
    """

    def refuse(found: str, allowed: str, row: int = 0, column: str = "") -> DataError:
        return DataError([Problem(file, row, column, found, allowed)])

    in_utf8 = "UTF-8 (in Excel: Save as, CSV UTF-8)"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refuse("UTF-16 text", in_utf8)
    if raw.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        raise refuse("a workbook or an archive", in_utf8)
    if b"\0" in raw:
        raise refuse("a NUL character", "text without NUL", *_cell_at(raw[: raw.index(b"\0")]))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = raw.decode("cp1252", "replace")
        strange = {letter for letter in text if ord(letter) > 126} - WESTERN
        if strange or WHOLE_LETTER.search(raw) or HALF_A_LETTER.search(text):
            found = f"byte 0x{error.object[error.start]:02x}, which is neither UTF-8 nor a letter of Windows-1252"
            place = _cell_at(error.object[: error.start])
            raise refuse(found, in_utf8, *place) from None
    if not text.endswith(("\n", "\r")):
        found = "a last line without an end: the file is truncated" if text else "an empty file"
        raise refuse(found, "every line ends with a line break", text.count("\n") + 1)
    return unicodedata.normalize("NFC", text)


def _cell_at(before: bytes) -> tuple[int, str]:
    """Find the row, as a spreadsheet numbers it, and the column of the cell that stands after these bytes."""
    return _reached(before.decode("utf-8-sig", "replace") + "x", strict=False)


def _reached(text: str, *, strict: bool = True) -> tuple[int, str]:
    """Find the row that is read last, or at which reading stops, and the column of the cell in which that is."""
    reader, rows, lines = _reader(text, strict=strict), list[list[str]](), 0
    try:
        for row in reader:
            rows.append(row)
            lines = reader.line_num
        *rows, begun = rows
    except csv.Error:
        rest = "".join(islice(io.StringIO(text, newline=""), lines, None))[: csv.field_size_limit()]
        begun = next(_reader(rest, like=text, strict=False), [])
    names = rows[0][: len(begun)] if rows and begun else []
    return len(rows) + 1, names[-1] if len(names) == len(begun) > 0 else ""


def _header_found(header: list[str], columns: list[str]) -> str:
    wrong = {
        "doubled": sorted(name for name, times in Counter(header).items() if times > 1),
        "missing": [name for name in columns if name not in header],
        "unknown": [name for name in header if name not in columns],
    }
    parts = [f"{what} {', '.join(map(shown, names[:12]))}" for what, names in wrong.items() if names]
    return f"columns {'; '.join(parts)}" if parts else "the columns in another order"
