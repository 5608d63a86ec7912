"""Small inputs that swell or never end: a command ends within limits of time and memory, in a message that names the place."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl

from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, DESCRIPTOR
from tests.draft.test_limits import pdf_bomb
from tests.torture.broken import OF_THE_CODE, QUOTED
from tests.torture.ledger import Outcome, watched
from tests.torture.packages import descriptor, writes
from tests.torture.workshop import ROOT, environment

PATIENCE, SECONDS, MEMORY = 300, 60, 2_000_000_000  # until it counts as endless (s); of all cores (s), resident (bytes)
LONGEST = 60_000  # characters of all that is said
PATTERNS = (
    "(a+)+$", "((a+))+", "(a|a)*$", "(a|aa)+$", "(a*)*b", "(.*a){20}", "a*a*a*a*a*a*a*a*a*b", "(a{0,60}){0,60}b",
    "(?:a+){30,}", "(([a-z])+.)+[A-Z]", "((a{1,100}){1,100}){1,100}", "(a)\\1*$", "(?=a+)a+",
)  # fmt: skip
ROW = "FOF-2021-11/104-QQQ,1,explicit,substantive,\n"
XML = '{}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>'
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(12))
Make = Callable[[Path], object]


def own_table(field: dict[str, object], rows: str) -> Make:
    """Add a table of one's own, of one column, to a package."""
    package = descriptor()
    table = {"fields": [{"name": "a", **field}], "primaryKey": ["a"]}
    package["resources"].append({"name": "own", "path": "own.csv", "schema": table})
    return lambda folder: (writes(DESCRIPTOR, json.dumps(package))(folder), writes("own.csv", f"a\n{rows}")(folder))


def _mentions(rows: Callable[[], str], *, head: bool = True) -> Make:
    first = (DEFAULT_FOLDER / "mentions.csv").open(encoding="utf-8").readline() if head else ""
    return writes("mentions.csv", lambda: first + rows())


def _fifo(folder: Path) -> None:
    (folder / DESCRIPTOR).unlink()
    os.mkfifo(folder / DESCRIPTOR)


def _many_tables() -> str:
    package = descriptor()
    return json.dumps({**package, "resources": package["resources"] * 400})


PACKAGES: dict[str, tuple[str, Make]] = {  # what is swollen -> what the message must name, and how
    "FIFO as datapackage.json": (DESCRIPTOR, _fifo),
    "10,000 tables": (DESCRIPTOR, writes(DESCRIPTOR, _many_tables)),
    "200,000 orphan rows": ("mentions.csv", _mentions(lambda: "".join(ROW.replace("QQQ", f"Q{n}") for n in range(200_000)))),
    "200,000 rows of one key": ("mentions.csv", _mentions(lambda: ROW * 200_000)),
    "200,000 rows too short": ("mentions.csv", _mentions(lambda: "x\n" * 200_000)),
    "header of a million columns": ("mentions.csv", _mentions(lambda: ",".join(map(str, range(1_000_000))) + "\n", head=False)),
    "header of a million blanks": ("mentions.csv", _mentions(lambda: "," * 1_000_000 + "\n", head=False)),
    "row of a million cells": ("mentions.csv", _mentions(lambda: "x" + "," * 1_000_000 + "\n")),
    "five million empty lines": ("mentions.csv", _mentions(lambda: "\n" * 5_000_000 + ROW)),
    "quote that never closes": ("mentions.csv", _mentions(lambda: '"' + ROW * 200_000)),
    **{f"pattern {each}": ("own", own_table({"constraints": {"maxLength": 99, "pattern": each}}, "a" * 60 + "!\n")) for each in PATTERNS},
}  # fmt: skip


def _word(document: str) -> Make:
    """Write a Word file with this XML as its text."""

    def make(path: Path) -> None:
        import docx

        docx.Document().save(str(path))
        with zipfile.ZipFile(path) as sound:
            parts = {name: sound.read(name) for name in sound.namelist()} | {"word/document.xml": document.encode()}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in parts.items():
                archive.writestr(name, part)

    return make


def _far_cell(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = "x"
    book.save(path)


DOCUMENTS: dict[str, Make] = {
    "2kB.pdf": lambda path: pdf_bomb(path, 2_000_000_000),
    "bomb.docx": _word(XML.format("", "a" * 150_000_000)),
    "laughs.docx": _word(XML.format(f"<!DOCTYPE w [{LAUGHS}]>", "&a11;")),
    "deep.docx": _word(XML.format("", "<w:r>" * 200_000)),
    "far.xlsx": _far_cell,
    **{f"fifo.{kind}": os.mkfifo for kind in ("pdf", "docx", "xlsx", "md")},
    "endless.md": lambda path: path.symlink_to("/dev/zero"),
    "entities.md": lambda path: path.write_text("1. &" + "amp;" * 2_000_000),
    "brackets.md": lambda path: path.write_text("1. " + "[" * 1_000_000),
    "stars.md": lambda path: path.write_text("1. " + "*a" * 500_000),
    "blanks.md": lambda path: path.write_text("1. a" + " " * 5_000_000 + "b"),
    "numbers.md": lambda path: path.write_text("1. " + "9" * 1_000_000),
}  # fmt: skip


def within_limits(name: str, named: str, folder: Path, *command: str) -> Outcome:
    """Run a command in a process of its own and see what it says, and how much time and memory it took."""
    said = folder / "said.txt"
    full = ["timeout", str(PATIENCE), sys.executable, "-m", "gfmd_analysis.cli", *command]
    with said.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            full, cwd=folder, env=environment(ROOT, folder), stdout=out, stderr=subprocess.STDOUT
        )
        _, status, used = os.wait4(process.pid, 0)  # of the process and of all that it started
        process.returncode = os.waitstatus_to_exitcode(status)
    words, seconds, memory = said.read_text(encoding="utf-8"), used.ru_utime + used.ru_stime, used.ru_maxrss * 1024
    clear = process.returncode in {0, 1} and named in words and len(words) < LONGEST and "Traceback" not in words
    clear &= not OF_THE_CODE.search(QUOTED.sub("", words))
    told = f"exit {process.returncode}, {seconds:.0f} s, {memory / 1e9:.1f} GB: {words[:300]}"
    return Outcome("swelling input", name, clear and seconds < SECONDS and memory < MEMORY, told)


def _trials(folder: Path) -> Iterator[Outcome]:
    for number, (name, (named, make)) in enumerate(PACKAGES.items()):
        package = Path(shutil.copytree(DEFAULT_FOLDER, folder / str(number) / "data"))
        make(package)
        yield within_limits(name, named, package.parent, "validate", "data")
    for name, make in DOCUMENTS.items():
        place = folder / name.replace(".", "_")
        place.mkdir()
        make(place / name)
        yield within_limits(name, name, place, *("adopt" if name.endswith("xlsx") else "draft", name, "out"))


def run() -> Iterator[Outcome]:
    """Give each to the command that reads it."""
    with tempfile.TemporaryDirectory() as folder:
        yield from watched(_trials(Path(folder)), len(PACKAGES) + len(DOCUMENTS), "swelling")
