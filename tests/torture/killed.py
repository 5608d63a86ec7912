"""Killed, stopped and hindered builds: every file is wholly old or new, the user's files stay, and what is wrong is said in one message."""

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from random import Random

from gfmd_analysis.documents.placing import MANIFEST, digest
from tests.torture.ledger import Outcome, watched
from tests.torture.workshop import copy_of_project, said_by, start

SEED = 2021
KILLS, LATE = 4, 3  # late: in the last tenth, when files are put in place
PATIENCE = 900
STOPS_IN = 2.0  # seconds
FOLDER = tempfile.TemporaryDirectory()
DISK, ROOM = 200_000_000, 500_000  # bytes of the small disk, and those left on it


def digests(folder: Path) -> dict[str, str]:
    """List every file below a folder with the hash of its content, but for the builds' own record of what they wrote."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != Path(MANIFEST).name)
    return {path.relative_to(folder).as_posix(): digest(path) for path in files}


def build(
    root: Path, command: str = "briefing", settings: Path | None = None, **changes: str | None
) -> tuple[int, str]:
    """Build in the copy; gives the exit code and what was said, on standard error if anything, without progress bars."""
    process = start(root, "gfmd_analysis.cli", command, settings=settings, **changes)
    told, _ = process.communicate(timeout=PATIENCE)
    return process.returncode, said(root, settings) or told


def said(root: Path, settings: Path | None = None) -> str:
    """List what the last build said on standard error, without progress bars."""
    lines = said_by(root, settings).read_text(encoding="utf-8").replace("\r", "\n").splitlines()
    return "\n".join(line for line in lines if line.strip() and not line.startswith("Notebooks:"))


def old_figures(root: Path) -> dict[str, str]:
    """Put figures of an older build in place: other bytes under the same names, and one that is no longer made."""
    shutil.rmtree(root / "figures", ignore_errors=True)
    rows = ["file,sha256"]
    for name in ("briefing/brief.docx", "captions.csv", "of_an_older_build.svg"):
        path = root / "figures" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"old {name}", encoding="utf-8")
        rows.append(f"figures/{name},{hashlib.sha256(path.read_bytes()).hexdigest()}")
    (root / MANIFEST).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return digests(root / "figures")


def left_behind(root: Path) -> list[str]:
    """List what a build must not leave: its working folder, unfinished files."""
    found = [*root.glob(".gfmd/work"), *root.rglob("*.new"), *root.rglob("*.edited*")]
    return [path.relative_to(root).as_posix() for path in found]


@cache
def plain() -> tuple[Path, dict[str, str], float]:
    """Build a copy of the project that nothing hinders, once; gives its folder, what its files must be, and how long it took (s)."""
    root = copy_of_project(Path(FOLDER.name) / "plain" / "project")
    shutil.rmtree(root / "figures")
    started = time.monotonic()
    code, words = build(root)
    if code:
        raise RuntimeError(words)
    return root, digests(root / "figures"), time.monotonic() - started


def run() -> Iterator[Outcome]:
    """Stop and kill builds at seeded moments, let the next finish, and hinder builds in every way that this machine allows."""
    root, new, length = plain()
    random = Random(SEED)
    moments = sorted(random.uniform(*((0.9, 1.02) if number < LATE else (0, 0.9))) * length for number in range(KILLS))
    trials: list[Callable[[], list[Outcome]]] = [
        *(lambda part=part: [_stopped(root, part * length)] for part in (0.02, 0.3, 0.8)),
        *(lambda moment=moment, n=n: [_killed(root, new, moment, n)] for n, moment in enumerate(moments)),
        lambda: [_next_run(root, new)],
        lambda: _disturbed(root, new),
        lambda: [_broken_data(root)],
        lambda: [_full_disk(root)],
        *(lambda name=name: [_read_only(root, name)] for name in ("figures", "notebooks", ".")),
    ]
    for trial in watched(trials, len(trials), "killed builds"):
        yield from trial()


def _stopped(root: Path, moment: float) -> Outcome:
    """Press Ctrl-C."""
    old = old_figures(root)
    process = start(root, "gfmd_analysis.cli", "briefing")
    time.sleep(max(moment, 1.5))
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE)
    took, words = time.monotonic() - began, said(root)
    right = took < STOPS_IN and process.returncode == 130 and "Stopped" in words and "Traceback" not in words
    whole = digests(root / "figures") == old and not left_behind(root)
    return Outcome(
        "Ctrl-C", f"after {moment:.1f} s", right and whole, f"{took:.1f} s, exit {process.returncode}: {words}"
    )


def _killed(root: Path, new: dict[str, str], moment: float, number: int) -> Outcome:
    old = old_figures(root)
    process = start(root, "gfmd_analysis.cli", "briefing")
    whole_group = number % 2 == 0
    sign = signal.SIGTERM if number % 3 == 2 else signal.SIGKILL
    with suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=max(moment, 0.05))
    with suppress(ProcessLookupError):
        os.killpg(process.pid, sign) if whole_group else process.send_signal(sign)
    process.communicate(timeout=PATIENCE)
    found = digests(root / "figures")
    state = "old" if found == old else "new" if found == new else "mixed"
    where = f"{sign.name} after {moment:.1f} s, {'group' if whole_group else 'process'}"
    return Outcome("killed builds", where, state != "mixed", state)


def _next_run(root: Path, new: dict[str, str]) -> Outcome:
    (root / ".gfmd" / "work" / "figures").mkdir(parents=True, exist_ok=True)
    code, words = build(root)
    right = code == 0 and digests(root / "figures") == new and not left_behind(root)
    return Outcome("next run after kills", "finishes, with nothing left behind", right, f"{words} {left_behind(root)}")


def _one_message(root: Path, kind: str, trial: str, old: dict[str, str], code: int, words: str) -> Outcome:
    kept = digests(root / "figures") == old and not left_behind(root)
    clear = code == 1 and "Traceback" not in words and 0 < len(words.splitlines()) <= 4
    return Outcome(kind, trial, kept and clear, f"exit {code}, kept {kept}: {words}")


def _disturbed(root: Path, new: dict[str, str]) -> list[Outcome]:
    """While a build runs: start another, save data and a notebook. What is the user's in ``figures/`` stays, too, and is named."""
    old_figures(root)
    own = [
        root / name
        for name in ("figures/note.txt", "figures/mine/a.txt", ".figures.mine/a.txt", "figures/captions.csv")
    ]
    for path in own:
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine", encoding="utf-8")
    process = start(root, "gfmd_analysis.cli", "accept")
    time.sleep(5)
    code, words = build(root, settings=root.parent / "second" / "settings")
    refused = code == 1 and "another build" in words and "Traceback" not in words
    saved = {
        path: path.read_bytes()
        for path in (root / "data" / "mentions.csv", *sorted(root.glob("notebooks/*.ipynb"))[-1:])
    }
    for path, content in saved.items():
        path.write_bytes(content + b"\n")
    told, _ = process.communicate(timeout=PATIENCE)
    stays = all(path.read_bytes() == content + b"\n" for path, content in saved.items())
    named = all(path.name in told for path in saved)
    for path, content in saved.items():
        path.write_bytes(content)
    own[-1] = root / "figures" / "captions.edited.csv"
    kept = [path for path in own if path.is_file() and path.read_text(encoding="utf-8") == "mine"]
    for path in own:
        path.unlink(missing_ok=True)
    whole = process.returncode == 0 and digests(root / "figures") == new
    return [
        Outcome("two builds at once", "the second says so, the first finishes", refused and whole, words),
        Outcome(
            "saved while a build runs", "is not in it, stays, and is named", stays and named and whole, told[-400:]
        ),
        Outcome(
            "files of the user", "stay, and are named", kept == own and own[-1].name in told and whole, told[-400:]
        ),
    ]


def _broken_data(root: Path) -> Outcome:
    old = old_figures(root)
    path = root / "data" / "mentions.csv"
    before = path.read_bytes()
    path.write_bytes(before.replace(b"explicit", b"implied", 1))
    code, words = build(root)
    path.write_bytes(before)
    return _one_message(root, "broken data", "no output touched", old, code, words)


def _full_disk(root: Path) -> Outcome:
    with _mounted("-t", "tmpfs", "-o", f"size={DISK}", "tmpfs") as disk:
        if disk is None:
            return Outcome("full disk", "this user cannot mount a small disk", None)
        small = copy_of_project(disk / "project")
        old = old_figures(small)
        (disk / "other_files").write_bytes(b"x" * (shutil.disk_usage(disk).free - ROOM))
        code, words = build(small, TMPDIR=str(root.parent), settings=root.parent / "settings")
        return _one_message(small, "full disk", "half a megabyte of room", old, code, words)


def _read_only(root: Path, name: str) -> Outcome:
    old = old_figures(root)
    kind = f"no write access: {'the project' if name == '.' else name}"
    remount = ["mount", "-o", "remount,ro,bind"]
    with _mounted("--bind", str(root / name), at=root / name) as place:
        if place is None or subprocess.run([*remount, str(place)], check=False, capture_output=True).returncode:
            return Outcome(kind, "this user cannot make a folder read-only for itself", None)
        code, words = build(root, "accept" if name == "notebooks" else "briefing")
    return _one_message(root, kind, "read-only mount", old, code, words)


@contextmanager
def _mounted(*options: str, at: Path | None = None) -> Iterator[Path | None]:
    """Mount something for a while; gives ``None`` where that is not allowed."""
    place = at or Path(tempfile.mkdtemp())
    command = ["mount", *options, str(place)]
    done = subprocess.run(command, check=False, capture_output=True) if shutil.which("mount") else None
    try:
        yield place if done is not None and done.returncode == 0 else None
    finally:
        if done is not None and done.returncode == 0:
            subprocess.run(["umount", "-l", str(place)], check=False)
        if at is None:
            shutil.rmtree(place, ignore_errors=True)
