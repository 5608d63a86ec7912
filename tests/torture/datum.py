"""Every datum counts: one cell changed to another valid value turns validation, a fact test or a notebook red."""

import json
import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from queue import Empty, Queue
from random import Random

import pandas as pd

from gfmd_analysis.dataset.schema import schema
from tests.torture.edits import Edit, edits
from tests.torture.ledger import Outcome, watched
from tests.torture.workshop import copy_of_project, said_by, start

SEED = 2018
PER_COLUMN = 3


def run(per_column: int = PER_COLUMN) -> Iterator[Outcome]:
    """Change cells of every column in two copies of the project and ask who notices; prints the shares by table."""
    changes = list(edits(schema(), Random(SEED), per_column))
    waiting: Queue[Edit] = Queue()
    for edit in Random(SEED).sample(changes, len(changes)):
        waiting.put(edit)
    done: Queue[tuple[Edit, str, str]] = Queue()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor() as pool:
        jobs = [pool.submit(_work, Path(folder) / str(number), waiting, done) for number in range(os.cpu_count() or 1)]
        answers = []
        for edit, who, what in watched(_answers(done, jobs, len(changes)), len(changes), "every datum"):
            answers.append((edit, who, what))
            kind = f"datum: {'free text' if edit.free_text else 'coded'}"
            yield Outcome(kind, str(edit), bool(who), f"{who}: {what}")
    print(by_table(answers).to_string())


def _work(folder: Path, waiting: "Queue[Edit]", done: "Queue[tuple[Edit, str, str]]") -> None:
    root = copy_of_project(folder / "project")
    process = start(root, "tests.torture.datum_worker")
    assert process.stdin is not None
    assert process.stdout is not None
    first = process.stdout.readline()
    ready = json.loads(first) if first else {"red": said_by(root).read_text(encoding="utf-8")[-2000:]}
    if "red" in ready:
        raise RuntimeError(f"the untouched project is red: {ready['red']}")
    for said in ready["stale"]:
        print(said)
    while True:
        try:
            edit = waiting.get_nowait()
        except Empty:
            break
        process.stdin.write(json.dumps(asdict(edit)) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"the worker ended at {edit}: {said_by(root).read_text(encoding='utf-8')[-2000:]}")
        answer = json.loads(line)
        done.put((edit, answer["who"], answer["what"]))
    process.stdin.close()
    process.wait(60)


def _answers(done: "Queue[tuple[Edit, str, str]]", jobs: list, total: int) -> Iterator[tuple[Edit, str, str]]:
    for _ in range(total):
        while True:
            try:
                yield done.get(timeout=2)
                break
            except Empty:
                for job in jobs:
                    if job.done():
                        job.result()


def by_table(answers: list[tuple[Edit, str, str]]) -> pd.DataFrame:
    """Count per table who noticed first, with the share caught, and the share caught without tidy copy and fingerprint."""
    rows = [(edit.table, "free text" if edit.free_text else "coded", who or "nobody") for edit, who, _ in answers]
    table = pd.DataFrame(rows, columns=["table", "cells", "who"])
    ways = ["validation", "notebook", "fact test", "tidy copy", "fingerprint", "nobody"]
    counts = pd.crosstab([table["table"], table["cells"]], table["who"]).reindex(columns=ways, fill_value=0)
    for cells in ("coded", "free text"):
        counts.loc[("all tables", cells), :] = counts.xs(cells, level="cells").sum()
    counts = counts.astype(int)
    tried = counts[ways].sum(axis=1)
    counts.insert(0, "tried", tried)
    counts["caught"] = (100 * (1 - counts["nobody"] / tried)).map("{:.1f} %".format)
    plain = counts[["validation", "fact test", "notebook"]].sum(axis=1)
    counts["without tidy copy and fingerprint"] = (100 * plain / tried).map("{:.1f} %".format)
    return counts
