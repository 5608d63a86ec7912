"""Slips of a coder that every column allows: a rule between tables refuses them, or what changed shows them by key."""

import multiprocessing
import os
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random

import pandas as pd

from gfmd_analysis import validate
from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, Field, Table, schema
from gfmd_analysis.documents.changes import changed_rows
from tests.torture.broken import in_words
from tests.torture.edits import another, is_free_text
from tests.torture.ledger import Outcome, watched
from tests.torture.packages import Rows, as_csv, rows_of, with_cell

SEED = 2018
COLUMNS = 1  # of a table, in which a kind is tried
FOLDER = tempfile.TemporaryDirectory()
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
    """List each kind of slip for each column that it fits, with the table's rows after it."""
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


def tried() -> list[tuple[str, str, Rows]]:
    """List the slips to make: each kind in each table, so many times."""
    times: Counter[tuple[str, str]] = Counter()
    chosen = []
    for kind, table, rows in slips(schema(), Random(SEED)):
        if sorted(rows) != sorted(rows_of(table)) and times[kind, table.path] < COLUMNS:
            times[kind, table.path] += 1
            chosen.append((kind, table.path, rows))
    return chosen


@cache
def _committed(process: int) -> Path:
    """Copy the data, under version control, for a process to make its slips in."""
    folder = Path(shutil.copytree(DEFAULT_FOLDER, Path(FOLDER.name) / str(process)))
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=folder, check=True, capture_output=True)
    return folder


def _noticed(slip: tuple[str, str, Rows]) -> Outcome:
    """Make a slip and ask the rules, then what changed."""
    kind, file, rows = slip
    path = _committed(os.getpid()) / file
    before = path.read_bytes()
    path.write_text(as_csv(rows), encoding="utf-8", newline="")
    problems, shown = validate(path.parents[file.count("/")]), changed_rows(path.parents[file.count("/")])
    path.write_bytes(before)
    told = [line for line in shown if line.startswith(f"{file}, ")]
    unclear = [problem for problem in problems if not in_words(problem)]
    place = "there" if any(problem.file == file for problem in problems) else "elsewhere"
    who = "unclear" if unclear else f"a rule, {place}" if problems else "what changed" if told else "nobody"
    said = [f"{who}: {line}" for line in (*unclear, *problems, *told, "")]
    return Outcome(f"slip: {kind}", file, not unclear and bool(problems or told), said[0])


def run() -> Iterator[Outcome]:
    """Make each slip in a committed copy of the data, on all cores; prints who noticed."""
    chosen, made = tried(), []
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        for outcome in watched(pool.imap_unordered(_noticed, chosen), len(chosen), "slips"):
            made.append((outcome.kind, outcome.trial, outcome.caught, outcome.said.partition(":")[0]))
            yield outcome
    table = pd.DataFrame(made, columns=["slip", "table", "caught", "who"])
    kinds = table.groupby(["slip", "table"])["caught"].all()
    print(
        f"Kinds of slip, by table: {len(kinds)} tried, {kinds.sum()} noticed; slips {table['who'].value_counts().to_dict()}"
    )
