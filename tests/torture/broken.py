"""Broken packages are refused with file, row, column, found and allowed; changes that mean nothing change nothing."""

import multiprocessing
import os
import re
import shutil
import signal
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from random import Random

from gfmd_analysis import Dataset, load
from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, Table, schema
from gfmd_analysis.dataset.writing import csv_text
from gfmd_analysis.errors import DataError, Problem
from tests.torture.cells import broken_cells, doubled_keys
from tests.torture.descriptors import broken_descriptors
from tests.torture.files import broken_files, broken_headers
from tests.torture.harmless import harmless
from tests.torture.ledger import Outcome, watched
from tests.torture.packages import Change, rows_of

SEED = 20211118
MUTATIONS = 200
SECONDS = 60
PLACES = 8  # of each kind, in other columns and tables
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|'.*… \([\d,]+ characters\)")
OF_THE_CODE = re.compile(
    r"\b(nan|NaN|NaT|None|NA|Series|dtype|Traceback)\b|<class|\[[^\]]*\w-\w[^\]]*\]|\\[dws]|\(\?:|\)[*+]|\{\d+(,\d*)?\}"
)


def with_rows() -> dict[str, Table]:
    """List the tables that have rows to break."""
    return {name: table for name, table in schema().items() if len(rows_of(table)) > 1}


@lru_cache(maxsize=1)
def breaking(seed: int = SEED) -> list[Change]:
    """List every way to break the package, from its own schema."""
    random, tables = Random(seed), with_rows()
    return [
        *broken_cells(tables, random),
        *doubled_keys(tables, random),
        *broken_headers(tables),
        *broken_files(tables, random),
        *broken_descriptors(random, MUTATIONS),
    ]


@lru_cache(maxsize=1)
def meaningless(seed: int = SEED) -> list[Change]:
    """List the changes that mean nothing."""
    return list(harmless(with_rows(), Random(seed)))


@lru_cache(maxsize=1)
def results() -> dict[str, str]:
    """List what the untouched package says, to the byte."""
    return told(load(DEFAULT_FOLDER))


def told(data: Dataset) -> dict[str, str]:
    """List every table and the long view as the project writes them."""
    return {name: csv_text(table) for name, table in sorted(data.tables.items())} | {"long": csv_text(data.long())}


def refused(change: Change, folder: Path) -> Outcome:
    """Break a copy of the package and see whether it is refused at the right place, in clear words, and left alone."""

    def outcome(caught: bool, said: object) -> Outcome:
        return Outcome(change.kind, change.name, caught, str(said)[:400])

    shutil.copytree(DEFAULT_FOLDER, folder)
    try:
        change.make(folder)
        before = _listing(folder)
        with _time_limit():
            load(folder)
    except DataError as error:
        if _listing(folder) != before:
            return outcome(False, "the folder was touched")
        unclear = [problem for problem in error.problems if not in_words(problem)]
        hits = [problem for problem in error.problems if points_at(problem, change)]
        return outcome(bool(hits) and not unclear, (unclear or hits or [f"points elsewhere: {error}"])[0])
    except Exception:
        return outcome(False, "traceback: " + traceback.format_exc().splitlines()[-1])
    else:
        return outcome(False, "accepted in silence")
    finally:
        shutil.rmtree(folder)


def in_words(problem: Problem) -> bool:
    """Say whether a message says what was found and is allowed, in words: no missing value, type or regular expression of the code."""
    ours = QUOTED.sub("", str(problem))  # without what it quotes from the data
    return bool(problem.found and problem.allowed) and len(str(problem)) < 2000 and not OF_THE_CODE.search(ours)


def accepted(change: Change, folder: Path) -> Outcome:
    """Make a change that means nothing and see whether every result is the same to the byte."""
    shutil.copytree(DEFAULT_FOLDER, folder)
    try:
        change.make(folder)
        same = told(load(folder)) == results()
        return Outcome(change.kind, change.name, same, "" if same else "other results")
    except Exception as error:
        return Outcome(change.kind, change.name, False, str(error)[:400])
    finally:
        shutil.rmtree(folder)


def points_at(problem: Problem, change: Change) -> bool:
    return (
        problem.file.endswith(change.file)
        and change.row in {None, problem.row}
        and (not change.column or change.column in problem.column.split(", "))
    )


def _listing(folder: Path) -> list[tuple[str, int, int]]:
    return sorted((str(path), path.lstat().st_size, path.lstat().st_mtime_ns) for path in folder.rglob("*"))


@contextmanager
def _time_limit() -> Iterator[None]:
    """Stop a trial that hangs, as a read from a pipe does."""

    def stop(*_: object) -> None:
        raise RuntimeError(f"hangs for {SECONDS} seconds")

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)


def _trial(number: int) -> Outcome:
    changes = breaking()
    folder = Path(tempfile.gettempdir()) / f"gfmd-torture-{os.getpid()}"
    if number < len(changes):
        return refused(changes[number], folder)
    return accepted(meaningless()[number - len(changes)], folder)


def run() -> Iterator[Outcome]:
    """Try every kind of change, each in so many places, on all cores."""
    tried: Counter[str] = Counter()
    numbers = []
    everything = [*enumerate(breaking()), *enumerate(meaningless(), start=len(breaking()))]
    for number, change in Random(SEED).sample(everything, len(everything)):
        tried[change.kind] += 1
        if tried[change.kind] <= PLACES:
            numbers.append(number)
    results()
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        yield from watched(pool.imap_unordered(_trial, sorted(numbers)), len(numbers), "broken data")
