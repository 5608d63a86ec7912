"""Slips of a coder that every column allows: a rule between tables refuses them, or what changed shows them by key."""

import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pandas as pd

from gfmd_analysis import validate
from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, Field, Table, schema
from gfmd_analysis.documents.changes import changed_rows
from tests.torture.edits import another, is_free_text
from tests.torture.ledger import Outcome, watched
from tests.torture.packages import Rows, as_csv, rows_of, with_cell

SEED = 2018
COLUMNS = 2  # of a table, in which a kind is tried
Slip = Callable[[Rows, int, int, Random], Rows]


def _exchanged(rows: Rows, row: int, place: int, random: Random) -> Rows:
    other = next((number for number in range(1, len(rows)) if rows[number][place] != rows[row][place]), row)
    return with_cell(with_cell(rows, row, place, rows[other][place]), other, place, rows[row][place])


def _shifted(rows: Rows, row: int, place: int, random: Random) -> Rows:
    texts = [line[place] for line in rows[1:]]
    return [
        rows[0],
        *([*line[:place], text, *line[place + 1 :]] for line, text in zip(rows[1:], texts[-1:] + texts, strict=False)),
    ]


def _cell(change: Callable[[str], str]) -> Slip:
    return lambda rows, row, place, random: with_cell(rows, row, place, change(rows[row][place]))


IN_A_CELL: dict[str, Slip] = {
    "two rows exchange a cell": _exchanged,
    "a column shifted by a row": _shifted,
    "emptied": _cell(lambda _: ""),
}
IN_A_NUMBER: dict[str, Slip] = {
    "one zero more": _cell(lambda now: f"{now}0"),
    "last digit lost": _cell(lambda now: now[:-1] or "0"),
    "digits exchanged": _cell(lambda now: now[:-2] + now[-2:][::-1]),
    "one more": _cell(lambda now: f"{float(now) + 1:.0f}"),
}
OF_A_ROW: dict[str, Slip] = {
    "a row lost": lambda rows, row, place, random: rows[:row] + rows[row + 1 :],
    "a row's content exchanged, the keys kept": lambda rows, row, place, random: [
        *rows[:row],
        *([rows[-1], *rows[row + 1 : -1], rows[row]] if row < len(rows) - 1 else rows[row:]),
    ],
}


def slips(tables: dict[str, Table], random: Random) -> Iterator[tuple[str, Table, Rows]]:
    """Give each kind of slip for each column that it fits, with the table's rows after it."""
    content = {name: rows_of(table) for name, table in tables.items()}
    for table in tables.values():
        rows = content[table.name]
        if len(rows) < 3:
            continue
        keys = len(table.key)
        for kind, slip in OF_A_ROW.items():
            row = random.randrange(1, len(rows))
            changed = slip(rows, row, 0, random)
            if "keys kept" in kind:
                changed = [now[:keys] + then[keys:] for now, then in zip(rows, changed, strict=True)]
            yield kind, table, changed
        for place, field in enumerate(table.fields):
            filled = [number for number in range(1, len(rows)) if rows[number][place]] or [1]
            for kind, slip in (IN_A_CELL | (IN_A_NUMBER if field.type in {"integer", "number"} else {})).items():
                yield kind, table, slip(rows, random.choice(filled), place, random)
            row = random.choice(filled)
            value = another(table, field, place, rows[row][place], content, random)
            yield _other(table, field), table, with_cell(rows, row, place, value)


def _other(table: Table, field: Field) -> str:
    if field.name in table.key:
        return "another key"
    if any(field.name in key.columns for key in table.foreign_keys):
        return "pointed at another row"
    return "another word in a text" if is_free_text(field) else "another allowed value"


def run() -> Iterator[Outcome]:
    """Make each slip in a committed copy of the data and ask the rules, then what changed; prints who noticed."""
    tried, times = [], Counter[tuple[str, str]]()
    for kind, table, rows in slips(schema(), Random(SEED)):
        if rows != rows_of(table) and times[kind, table.name] < COLUMNS:
            times[kind, table.name] += 1
            tried.append((kind, table, rows))
    noticed = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(DEFAULT_FOLDER, Path(place) / "data"))
        who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        for command in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "x"]):
            subprocess.run(["git", *command], cwd=folder, check=True, capture_output=True)
        for kind, table, rows in watched(tried, len(tried), "slips"):
            path = folder / table.path
            before = path.read_bytes()
            path.write_text(as_csv(rows), encoding="utf-8", newline="")
            problems, shown = validate(folder), changed_rows(folder)
            path.write_bytes(before)
            told = [line for line in shown if line.startswith(f"{table.path}, ")]
            noticed.append((kind, table.name, "rule" if problems else "what changed" if told else "nobody"))
            yield Outcome(f"slip: {kind}", table.path, bool(problems or told), str([*problems, *told][:1]))
    frame = pd.DataFrame(noticed, columns=["slip", "table", "who"])
    print(pd.crosstab(frame["slip"], frame["who"]).to_string())
    kinds = frame.groupby(["slip", "table"])["who"].agg(lambda who: (who != "nobody").all())
    print(f"Kinds of slip, by table: {len(kinds)} tried, {int(kinds.sum())} refused by a rule or shown by key.")
