"""Say what changed: findings, rows of the data by key, and figures, against the last commit."""

import csv
import io
import subprocess
from collections.abc import Iterable, Sequence
from itertools import takewhile
from operator import eq
from pathlib import Path
from textwrap import wrap
from typing import Any

from gfmd_analysis.dataset.corrections import announced
from gfmd_analysis.dataset.descriptor import read_descriptor
from gfmd_analysis.dataset.reading import separator

FINDINGS = "figures/claims.csv"
CORRECTION = {"table", "key", "column", "old", "new"}
MOST_SHOWN, WIDTH = 20, 110
WHOLE: dict[str, Any] = {"width": WIDTH, "break_long_words": False, "break_on_hyphens": False}


def git(folder: Path, *arguments: str) -> str:
    """Ask git about a folder; empty where there is no git, no history or no such file."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), "-c", "core.quotePath=false", *arguments], capture_output=True, check=False
        )
    except OSError:
        return ""
    return done.stdout.decode("utf-8-sig", "replace") if done.returncode == 0 else ""


def text_of(path: Path) -> str:
    """Read a file as text; empty where there is none."""
    return path.read_text(encoding="utf-8-sig", errors="replace") if path.is_file() else ""


def changed_files(folder: Path, *below: str) -> list[str]:
    """List the files of a folder that are not as they were committed, new ones included."""
    named = git(folder, "diff", "--name-only", "--relative", "HEAD", "--", *below)
    new = git(folder, "ls-files", "--others", "--exclude-standard", "--", *below)
    return sorted({*named.splitlines(), *new.splitlines()})


def unchanged_files(folder: Path, *below: str) -> list[str]:
    """List the files of a folder that are as they were committed."""
    tracked = git(folder, "ls-files", "--", *below).splitlines()
    return sorted(set(tracked) - set(changed_files(folder, *below)))


def changed_rows(folder: Path) -> list[str]:
    """List the rows of a data package that are not as they were committed.

    Parameters
    ----------
    folder
        Folder with a ``datapackage.json``.

    Returns
    -------
    list of str
        ``table, row as a spreadsheet numbers it, key: column old → new``; empty where nothing changed or there is no history.
    """
    try:
        keys = {each["path"]: each["schema"]["primaryKey"] for each in read_descriptor(folder)["resources"]}
    except (ValueError, KeyError, TypeError):
        keys = {}
    said = []
    for file in changed_files(folder, "."):
        if file.endswith(".csv") and not file.startswith("tidy/"):
            old, new, key = git(folder, "show", f"HEAD:./{file}"), text_of(folder / file), keys.get(file, ())
            between = rows_between(old, new, [key] if isinstance(key, str) else key)
            said += [f"{file}, {line}" for line in between]
    return said


def rows_between(old: str, new: str, key: Sequence[str]) -> list[str]:
    """Say by key how the rows of one CSV text differ from those of another; without a key, by the whole row."""
    before, after = _by_key(old, key), _by_key(new, key)
    said = []
    for name, (number, row) in after.items():
        _, was = before.get(name, (0, row))
        cells = [
            f"{column} {' → '.join(_differing(was.get(column, ''), row.get(column, '')))}"
            for column in {**was, **row}
            if was.get(column) != row.get(column)
        ]
        if name not in before:
            said.append(f"row {number}, {announced(row) if set(row) >= CORRECTION else f'{name}: new'}")
        elif cells:
            said.append(f"row {number}, {name}: {'; '.join(cells)}")
    return said + [f"{name}: gone" for name in before if name not in after]


def _differing(old: str, new: str) -> list[str]:
    """Give two cells, of long ones only the words that differ with one on either side."""
    one, two = old.split(" "), new.split(" ")
    if min(len(one), len(two)) > 8:
        start = sum(takewhile(bool, map(eq, one, two)))
        end = sum(takewhile(bool, map(eq, one[start:][::-1], two[start:][::-1])))
        one, two = (
            [*["…"] * (start > 1), *words[max(start - 1, 0) : len(words) - max(end - 1, 0)], *["…"] * (end > 1)]
            for words in (one, two)
        )
    return [" ".join(words) or "(empty)" for words in (one, two)]


def _by_key(text: str, key: Sequence[str]) -> dict[str, tuple[int, dict[str, str]]]:
    rows = {}
    for number, row in enumerate(csv.DictReader(io.StringIO(text), delimiter=separator(text)), start=2):
        cells = {str(column): str(value or "") for column, value in row.items()}
        name = ", ".join(cells.get(column, "") for column in key or cells)
        rows[name if name not in rows else f"{name} (again, row {number})"] = number, cells
    return rows


def findings(register: str) -> dict[str, str]:
    """Read the texts of a register of findings (CSV text with ``key`` and ``text``) by key."""
    return {row["key"]: row["text"] for row in csv.DictReader(io.StringIO(register))}


def changed_findings(old: str, new: str) -> list[str]:
    """Say which findings of the register are worded otherwise: the key, and old and new on a line of their own."""
    before, after = findings(old), findings(new)
    return [
        f"{key}:\n{before.get(key, '(none)')}\n→ {after.get(key, '(none)')}"
        for key in {**before, **after}
        if before.get(key) != after.get(key)
    ]


def committed_findings(root: Path) -> str:
    """Give the register of findings as it was committed, or, without history, as the last build wrote it."""
    return git(root, "show", f"HEAD:./{FINDINGS}") or text_of(root / FINDINGS)


def told(title: str, entries: Iterable[str]) -> list[str]:
    """Set a list under its title, wrapped and cut to what can be read; nothing for an empty list."""
    listed = list(entries)
    lines = [
        part
        for entry in listed[:MOST_SHOWN]
        for place, line in enumerate(entry.split("\n"))
        for part in wrap(line, initial_indent="  " if place == 0 else "    ", subsequent_indent="      ", **WHOLE)
    ]
    more = [f"  and {len(listed) - MOST_SHOWN} more"] if len(listed) > MOST_SHOWN else []
    return [f"{title}:", *lines, *more] if listed else []
