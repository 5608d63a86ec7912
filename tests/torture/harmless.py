"""Changes that mean nothing: what a spreadsheet or a text editor does to a file without touching a value."""

import csv
import json
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from gfmd_analysis.dataset.descriptor import DESCRIPTOR, Table
from tests.torture.packages import Change, Rows, as_csv, descriptor, rows_of, writes

Written = Callable[[Rows], str | bytes]


def _styles(random: Random) -> dict[str, Written]:
    return {
        "row order": lambda rows: as_csv([rows[0], *rows[:0:-1]]),
        "row order ": lambda rows: as_csv([rows[0], *random.sample(rows[1:], len(rows) - 1)]),
        "CRLF": lambda rows: as_csv(rows, lineterminator="\r\n"),
        "CR": lambda rows: as_csv(rows, lineterminator="\r"),
        "byte-order mark": lambda rows: as_csv(rows).encode("utf-8-sig"),
        "quoting": lambda rows: as_csv(rows, quoting=csv.QUOTE_ALL),
        "quoting ": lambda rows: as_csv(rows, quoting=csv.QUOTE_NONNUMERIC),
        "trailing blank line": lambda rows: as_csv(rows) + "\n",
        "trailing blank line ": lambda rows: as_csv([*rows, [], [""] * len(rows[0]), []]),
        "semicolons": lambda rows: as_csv(rows, delimiter=";"),
        "accents apart": lambda rows: unicodedata.normalize("NFD", as_csv(rows)),
        "tabs": lambda rows: as_csv(rows, delimiter="\t"),
        "TRUE": lambda rows: as_csv(
            [[cell.upper() if cell in {"true", "false"} else cell for cell in row] for row in rows]
        ),
        "all of them": lambda rows: as_csv(
            [rows[0], *rows[:0:-1], []], lineterminator="\r\n", quoting=csv.QUOTE_ALL
        ).encode("utf-8-sig"),
    }


def harmless(tables: dict[str, Table], random: Random) -> Iterator[Change]:
    """Give each style for each table, for all tables at once, and for the descriptor."""
    for style, written in _styles(random).items():
        for table in tables.values():
            yield Change(
                f"means nothing: {style.strip()}", table.path, writes(table.path, written(rows_of(table))), table.path
            )
        contents = {table.path: written(rows_of(table)) for table in tables.values()}
        yield Change(
            f"means nothing: {style.strip()}",
            "all tables",
            lambda folder, contents=contents: [writes(*item)(folder) for item in contents.items()],
            "",
        )
    package = descriptor()
    backwards = {**dict(reversed(package.items())), "resources": package["resources"][::-1]}
    plain = json.dumps(package, ensure_ascii=False)
    for name, content in {
        "in one line": plain,
        "with a byte-order mark": plain.encode("utf-8-sig"),
        "CRLF": json.dumps(package, indent=4).replace("\n", "\r\n"),
        "escaped": json.dumps(package, ensure_ascii=True, indent=None),
        "in another order": json.dumps(backwards),
        "with words of one's own": json.dumps({**package, "title": "Ours", "keywords": ["x"]}),
    }.items():
        yield Change("means nothing: descriptor", name, writes(DESCRIPTOR, content), DESCRIPTOR)
    yield Change("means nothing: other files", "a note and a backup beside the tables", _other_files, "")


def _other_files(folder: Path) -> None:
    for name in ("notes.txt", "ties.csv.bak", "~$ties.csv", ".DS_Store", "Ties (copy).csv"):
        (folder / name).write_bytes(b"\0\xff")
