"""The ways in which a table's file can be wrong."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from gfmd_analysis.dataset.descriptor import DESCRIPTOR, Table
from tests.torture.cells import LOOK_ALIKES
from tests.torture.packages import Change, Rows, as_csv, rows_of, writes


def broken_files(tables: dict[str, Table], random: Random) -> Iterator[Change]:
    """For every table: each way in which its file, its header or the length of a row can be wrong."""
    for table in tables.values():
        rows = rows_of(table)
        text = as_csv(rows)
        for kind, content, row in (
            *_encodings(text),
            *_shapes(table, rows, random),
            *_cut_off(text, random),
        ):
            yield Change(kind, table.path, writes(table.path, content), table.path, row)
        for kind, make in _not_a_file(table):
            file, column = (DESCRIPTOR, table.name) if kind == "link" else (table.path, "")
            yield Change(kind, table.path, make, file, None, column)


def broken_headers(tables: dict[str, Table]) -> Iterator[Change]:
    """For every column of every table: gone, doubled, misspelt."""
    for table in tables.values():
        rows = rows_of(table)
        for place, name in enumerate(table.columns):
            without = [row[:place] + row[place + 1 :] for row in rows]
            doubled = [[*row, row[place]] for row in rows]
            renamed = {
                "misspelt column": f"{name}s",
                "misspelt column ": name.upper(),
                "space in a column's name": f"{name} ",
            }
            renamed |= {"look-alike column": name.translate(LOOK_ALIKES)} if name.translate(LOOK_ALIKES) != name else {}
            changed = {
                kind: [[*rows[0][:place], new, *rows[0][place + 1 :]], *rows[1:]] for kind, new in renamed.items()
            }
            for kind, new in {"missing column": without, "doubled column": doubled, **changed}.items():
                yield Change(kind.strip(), f"{table.path}: {name}", writes(table.path, as_csv(new)), table.path, 1)


Wrong = tuple[str, bytes | str, int | None]


def _encodings(text: str) -> Iterator[Wrong]:
    for encoding in ("utf-16", "utf-16-be", "utf-16-le", "utf-32"):
        yield "UTF-16", text.encode(encoding), None
    yield "UTF-16", b"\xfe\xff" + text.encode("utf-16-be"), None
    yield "compressed", b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(range(256)), None
    yield "compressed", b"\x1f\x8b\x08\x00" + bytes(range(256)), None


def _shapes(table: Table, rows: Rows, random: Random) -> Iterator[Wrong]:
    row = random.randrange(1, len(rows))
    before, after = rows[:row], rows[row + 1 :]
    yield "another separator", as_csv(rows, delimiter="|"), 1
    yield "another separator", as_csv(rows, delimiter=" "), 1
    yield "no header", as_csv(rows[1:]), 1
    yield "no header", as_csv([[], *rows]), 1
    yield "no header", as_csv([["Report of the meeting"], *rows]), 1
    yield "columns in another order", as_csv([row[::-1] for row in rows]), 1
    yield "row too long", as_csv([*before, [*rows[row], "x"], *after]), row + 1
    yield "row too long", as_csv([*before, [*rows[row], ""], *after]), row + 1
    yield "row too short", as_csv([*before, rows[row][:-1], *after]), row + 1
    yield "empty line inside", as_csv([*before, [], *rows[row:]]), row + 1
    yield "empty line inside", as_csv([*before, [""] * len(table.columns), *rows[row:]]), row + 1
    yield "header again", as_csv([*before, rows[0], *rows[row:]]), row + 1
    yield "stray quote", as_csv(rows[:row]) + '"' + as_csv(rows[row:]), None
    yield "stray quote", as_csv(rows[:row]) + '"a"b' + as_csv(rows[row:]), None
    yield "not a table", "<html><body>Sign in</body></html>\n", 1
    yield "not a table", '{"rows": []}\n', 1
    yield "empty file", "", None
    yield "empty file", "\n\n\n", 1


def _cut_off(text: str, random: Random) -> Iterator[Wrong]:
    lines = text.splitlines(keepends=True)
    yield "truncated last line", text[:-1], len(lines)
    yield "truncated last line", text[: -max(2, len(lines[-1]) // 2)], None
    for _ in range(2):
        cut = random.randrange(len(lines[0]), len(text) - 1)
        while text[cut - 1] == "\n":
            cut -= 1
        yield "truncated last line", text[:cut], None
    yield "truncated last line", text[: len(lines[0]) // 2] + "\n", 1


def _not_a_file(table: Table) -> Iterator[tuple[str, Callable[[Path], object]]]:
    def gone(folder: Path) -> Path:
        path = folder / table.path
        path.unlink()
        return path

    def unreadable_name(folder: Path) -> None:
        gone(folder).with_suffix(".CSV").write_text("")

    yield "missing file", gone
    yield "missing file", unreadable_name
    yield "folder for a file", lambda folder: gone(folder).mkdir()
    yield "pipe for a file", lambda folder: os.mkfifo(gone(folder))
    yield "link", lambda folder: _linked(folder / table.path)
    yield "link", lambda folder: gone(folder).symlink_to("/dev/zero")
    yield "link", lambda folder: gone(folder).symlink_to(table.path)
    yield "link", lambda folder: gone(folder).symlink_to("nowhere.csv")


def _linked(path: Path) -> None:
    moved = path.with_suffix(".moved")
    path.rename(moved)
    path.symlink_to(moved)
