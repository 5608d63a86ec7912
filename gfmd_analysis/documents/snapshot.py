"""``make briefing``, ``make accept`` and ``make report``: take a snapshot, build from it, put the results in place, say what changed."""

import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, files_of
from gfmd_analysis.dataset.reading import folders_in_use
from gfmd_analysis.dataset.writing import atomic_write
from gfmd_analysis.documents import changes, processes
from gfmd_analysis.documents.notebooks import EXAMPLES
from gfmd_analysis.documents.page import html_page
from gfmd_analysis.documents.placing import digest, place
from gfmd_analysis.errors import GfmdError

ROOT = DEFAULT_FOLDER.parent
OWN = ("data", "notebooks", "gfmd_analysis")
PLACED = ("figures", "data/tidy")  # what a build puts in place
WORK = ".gfmd/work"
NOT_COPIED = (".*", "*.new")


def build(
    *, accept: bool = False, report: bool = False, locales: Sequence[str] = ("en",), root: Path = ROOT
) -> list[str]:
    """Build a briefing from the data in use.

    Data, notebooks and code are copied first, and all is made from that copy: whatever is saved meanwhile is not in it, is named at the
    end, and is not overwritten.

    Parameters
    ----------
    accept
        Store the notebooks with their new outputs, too: from then on ``make test`` expects those.
    report
        Write ``report.html``, too.
    locales
        Languages of the brief: ``en``, ``fr``, ``es``.
    root
        The project's folder.

    Returns
    -------
    list of str
        What to say: what changed against the last commit, and what was kept; nothing where all is as before.

    Raises
    ------
    GfmdError
        Where another build is running or a folder cannot be written.
    SystemExit
        Where the data are not valid or a notebook fails: then it has been said.
    """
    with _only_build(root, *(["notebooks"] if accept else [])) as work:
        data, originals = _snapshot(root, work, without=() if accept else EXAMPLES)
        _make(root, work, data, locales)
        late = [str(path).removeprefix(f"{root}{os.sep}") for path, sha in originals.items() if digest(path) != sha]
        before, committed = changes.committed_findings(root), set(changes.unchanged_files(root, *PLACED))
        made = [path for part in PLACED for path in (work / part).rglob("*") if path.is_file()]
        if report:
            texts = {path.name: changes.text_of(path) for path in (work / "executed").glob("*")}
            _beside(root / "report.html", html_page(texts, changes.text_of(work / "opening.md")))
        with processes.signals(signal.SIG_IGN, signal.SIGINT, signal.SIGTERM):  # for some milliseconds
            placed, remarks = place(work, root, [path.relative_to(work).as_posix() for path in made], committed)
            stored = _store(root, work, originals) if accept else []
    after = changes.text_of(root / changes.FINDINGS)
    if accept:
        stored += _quoted(root / "README.md", before, after)
    pictures = changes.changed_files(root, "figures") if committed else placed
    said = {
        "Changed in the data since the last commit": [
            line for folder in folders_in_use() for line in changes.changed_rows(folder)
        ],
        "Findings, as committed → now": changes.changed_findings(before, after),
        "Figures that changed": sorted({Path(file).stem for file in pictures if file.endswith(".svg")}),
        "Stored as what the notebooks must show": stored,
        "Saved while this was built, and not in it; build again": late,
        "Kept": remarks,
    }
    lines = [line for title, entries in said.items() for line in changes.told(title, entries)]
    if said["Findings, as committed → now"] and not accept:
        lines.append("README.md and the notebooks still show the findings as stored; accept updates them.")
    return lines


def _make(root: Path, work: Path, data: Sequence[Path], locales: Sequence[str]) -> None:
    """Make everything from the snapshot, in a process that has its code and its data.

    Raises
    ------
    SystemExit
        Where that fails: it has said why.
    """
    command = [sys.executable, "-m", "gfmd_analysis.documents.briefing", str(work), *locales]
    settings = dict.fromkeys(("PYTHONPATH", "TMPDIR", "TEMP", "TMP"), str(work)) | processes.own_settings()
    settings["OPENPYXL_LXML"] = "False"  # with lxml it writes no temporary file below a folder that has a % in its name
    if processes.run(command, root, GFMD_DATA=os.pathsep.join(map(str, data)), **settings):
        raise SystemExit(1)


def _snapshot(root: Path, work: Path, without: Sequence[str]) -> tuple[list[Path], dict[Path, str]]:
    """Copy the project and the data in use; gives the data folders of the copy, and the originals with their hashes."""
    try:
        copies = [(root / name, work / name) for name in OWN]
        for original, copy in copies:
            shutil.copytree(original, copy, ignore=shutil.ignore_patterns(*NOT_COPIED, *without))
        data = []
        for number, folder in enumerate(folders_in_use()):
            if folder.resolve() == (root / "data").resolve():
                data.append(work / "data")
                continue
            data.append(work / f"data_{number}" / folder.resolve().name)
            copies.append((folder, data[-1]))
            for path in files_of(folder):
                target = data[-1] / path.relative_to(folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, target)
    except (OSError, KeyError, TypeError) as error:
        first = error.args[0][0][2] if isinstance(error, shutil.Error) else error
        raise GfmdError(
            f"cannot copy the project's files ({str(first)[:300]}); allowed: plain files that can be read, with room on the disk"
        ) from None
    return data, {
        original / path.relative_to(copy): digest(path)
        for original, copy in copies
        for path in copy.rglob("*")
        if path.is_file() and path.suffix != ".pyc" and "tidy" not in path.parts
    }


def _store(root: Path, work: Path, originals: dict[Path, str]) -> list[str]:
    """Put the notebooks as they ran in place of those that they were made from; gives the names of those that differ."""
    stored = []
    for new in sorted((work / "executed").glob("*")):
        target = root / "notebooks" / new.name
        if digest(target) == originals[target] and digest(new) != digest(target):
            new.replace(os.path.realpath(target))
            stored.append(new.name)
    return stored


def _quoted(readme: Path, before: str, after: str) -> list[str]:
    """Put findings as they are now in place of those that the README quotes; gives its name where it differs."""
    told = now = changes.text_of(readme)
    new = changes.findings(after)
    for key, text in changes.findings(before).items():
        now = now.replace(f"- {text}.\n", f"- {new.get(key, text)}.\n")
    if now == told:
        return []
    readme.write_text(now, encoding="utf-8", newline="")
    return [readme.name]


def _beside(target: Path, text: str) -> None:
    """Write a page over one of ours."""
    if (there := changes.text_of(target)) and "gfmd_analysis" not in there[:400]:
        raise GfmdError(f"{target.name} is not of this project; allowed: a name that is free")
    atomic_write(target.resolve(), text)


@contextmanager
def _only_build(root: Path, *written: str) -> Iterator[Path]:
    """Hold the build's lock and an empty working folder; the lock goes with the process, what a killed build left is cleared."""
    work = root / WORK
    for folder in (root, root / "figures", *(root / name for name in written)):
        if folder.exists() and not os.access(folder, os.W_OK):
            raise GfmdError(f"{folder.name}/ cannot be written; allowed: a folder that can be written")
    try:
        work.parent.mkdir(exist_ok=True)
        lock = sqlite3.connect(work.with_name("build.lock"), timeout=0, isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
    except (OSError, sqlite3.OperationalError) as error:
        if "locked" in str(error):
            raise GfmdError("another build of the briefing is running; wait until it ends") from None
        told = f"cannot write in the project's folder ({error}); allowed: a folder that can be written"
        raise GfmdError(told) from None
    try:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
        lock.close()
