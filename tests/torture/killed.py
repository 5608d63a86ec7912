"""Killed and hindered builds: ``figures/`` is wholly old or wholly new, and what is wrong is said in one message."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

from tests.torture.ledger import Outcome, watched
from tests.torture.workshop import copy_of_project, said_by, start

SEED = 2021
KILLS = 20
LATE = 6  # of the kills, so many in the last tenth, when files are put in place
BRIEFING = ("gfmd_analysis.cli", "briefing")
PATIENCE = 900
DISK, ROOM = 200_000_000, 500_000  # bytes of the small disk, and those left on it


def digests(folder: Path) -> dict[str, str]:
    """Give every file below a folder with the hash of its content."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def build(root: Path, settings: Path | None = None, **changes: str | None) -> tuple[int, str]:
    """Build in the copy; gives the exit code and what was said on standard error, without the kernels' warnings."""
    process = start(root, *BRIEFING, settings=settings, **changes)
    process.communicate(timeout=PATIENCE)
    return process.returncode, said(root, settings)


def said(root: Path, settings: Path | None = None) -> str:
    """Give what the last build said, without progress bars and Jupyter's remarks on its transport."""
    lines = said_by(root, settings).read_text(encoding="utf-8").replace("\r", "\n").splitlines()
    return "\n".join(line for line in lines if line.strip() and not line.startswith(("[IPKernelApp]", "Notebooks:")))


def old_figures(root: Path) -> dict[str, str]:
    """Put figures of an older build in place: other bytes under the same names, and a file that no build writes."""
    shutil.rmtree(root / "figures", ignore_errors=True)
    for name in ("briefing/coverage-brief.docx", "captions.csv", "coverage_ranking.svg", "of_an_older_build.svg"):
        path = root / "figures" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"old {name}", encoding="utf-8")
    return digests(root / "figures")


def left_behind(root: Path) -> list[str]:
    """Give what a build must not leave: unfinished folders and files."""
    found = [*root.glob(".figures.*"), *root.rglob("*.new")]
    return [str(path.relative_to(root)) for path in found]


def run(kills: int = KILLS) -> Iterator[Outcome]:
    """Kill builds at seeded moments, let the next finish, and hinder builds in every way that this machine allows."""
    with tempfile.TemporaryDirectory() as folder:
        root = copy_of_project(Path(folder) / "project")
        started = time.monotonic()
        code, words = build(root)
        length = time.monotonic() - started
        if code:
            yield Outcome("killed builds", "a build that nothing hinders", False, words)
            return
        new = digests(root / "figures")
        trials = [*_kills(root, new, length, kills), *_hindered(root, new, length)]
        yield from watched((trial() for trial in trials), len(trials), "killed builds")


def _kills(root: Path, new: dict[str, str], length: float, kills: int) -> Iterator:
    random = Random(SEED)
    late = min(LATE, kills // 3)
    moments = [random.uniform(0, length) for _ in range(kills - late)] + [
        random.uniform(0.9, 1.02) * length for _ in range(late)
    ]
    for number, moment in enumerate(sorted(moments)):
        yield lambda number=number, moment=moment: _killed(root, new, moment, number)
    yield lambda: _next_run(root, new)


def _killed(root: Path, new: dict[str, str], moment: float, number: int) -> Outcome:
    old = old_figures(root)
    process = start(root, *BRIEFING)
    whole_group = number % 2 == 0
    sign = [signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT][number % 4]
    with suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=max(moment, 0.05))
    with suppress(ProcessLookupError):
        os.killpg(process.pid, sign) if whole_group else process.send_signal(sign)
    process.communicate(timeout=PATIENCE)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    found = digests(root / "figures")
    state = "old" if found == old else "new" if found == new else "mixed"
    broken = [
        path.name
        for path in (root / "notebooks").glob("*.ipynb")
        if not path.read_text(encoding="utf-8").endswith("}\n")
    ]
    return Outcome(
        "killed builds",
        f"{sign.name} after {moment:.1f} s, {'group' if whole_group else 'process'}",
        state != "mixed" and not broken,
        f"{state} {broken}",
    )


def _next_run(root: Path, new: dict[str, str]) -> Outcome:
    for path in (
        root / ".figures.dead" / "x.svg",
        root / "notebooks" / ".00_dataset.ipynb.dead.new",
        root / "data" / "tidy" / ".interventions.csv.dead.new",
    ):
        path.parent.mkdir(exist_ok=True)
        path.write_text("half")
    (root / "figures").rename(root / ".figures.old")  # killed between two renames, where folders cannot be exchanged
    code, words = build(root)
    left = left_behind(root)
    return Outcome(
        "next run after kills",
        "finishes, with nothing left behind",
        code == 0 and digests(root / "figures") == new and not left,
        f"{words} {left}",
    )


def _hindered(root: Path, new: dict[str, str], length: float) -> Iterator:
    yield lambda: _two_at_once(root, new)
    yield lambda: _broken_data(root)
    yield lambda: _full_disk(root)
    yield lambda: _read_only(root, "figures")
    yield lambda: _read_only(root, "notebooks")
    yield lambda: _read_only(root, ".")
    for name, changes in {"no HOME": {"HOME": None}, "HOME that is not there": {"HOME": "/nowhere"}}.items():
        yield lambda name=name, changes=changes: _builds(root, new, name, changes)


def _one_message(root: Path, kind: str, trial: str, old: dict[str, str], code: int, words: str) -> Outcome:
    kept = digests(root / "figures") == old and not left_behind(root)
    clear = code == 1 and "Traceback" not in words and 0 < len(words.splitlines()) <= 2
    return Outcome(kind, trial, kept and clear, f"exit {code}, kept {kept}: {words}")


def _two_at_once(root: Path, new: dict[str, str]) -> Outcome:
    old = old_figures(root)
    first = start(root, *BRIEFING)
    time.sleep(3)
    second = subprocess.run(
        [sys.executable, "-m", *BRIEFING],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    untouched = digests(root / "figures") == old
    first.communicate(timeout=PATIENCE)
    right = (
        second.returncode == 1 and "another build" in second.stderr and "Traceback" not in second.stderr and untouched
    )
    return Outcome(
        "two builds at once",
        "the second says so, the first finishes",
        right and first.returncode == 0 and digests(root / "figures") == new,
        second.stderr.strip(),
    )


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
            return Outcome("full disk", "skipped: this user cannot mount a small disk", True)
        small = copy_of_project(disk / "project")
        old = old_figures(small)
        (disk / "other_files").write_bytes(b"x" * (shutil.disk_usage(disk).free - ROOM))
        code, words = build(small, TMPDIR=str(root.parent), settings=root.parent / "settings")
        return _one_message(small, "full disk", "half a megabyte of room", old, code, words)


def _read_only(root: Path, name: str) -> Outcome:
    old = old_figures(root)
    kind = f"no write access: {'the project' if name == '.' else name}"
    if name == "notebooks":
        path = sorted((root / name).glob("*.ipynb"))[0]
        path.write_text(
            path.read_text(encoding="utf-8").replace('"execution_count": 1', '"execution_count": 9', 1),
            encoding="utf-8",
        )
    with _mounted("--bind", str(root / name), at=root / name) as place:
        if (
            place is None
            or subprocess.run(
                ["mount", "-o", "remount,ro,bind", str(place)], check=False, capture_output=True
            ).returncode
        ):
            return Outcome(kind, "skipped: this user cannot make a folder read-only for itself", True)
        code, words = build(root)
    return _one_message(root, kind, "read-only mount", old, code, words)


def _builds(root: Path, new: dict[str, str], name: str, changes: dict[str, str | None]) -> Outcome:
    old_figures(root)
    code, words = build(root, **changes)
    return Outcome("no HOME", name, code == 0 and digests(root / "figures") == new, words)


@contextmanager
def _mounted(*options: str, at: Path | None = None) -> Iterator[Path | None]:
    """Mount something for a while; gives ``None`` where that is not allowed."""
    place = at or Path(tempfile.mkdtemp())
    done = (
        subprocess.run(["mount", *options, str(place)], check=False, capture_output=True)
        if shutil.which("mount")
        else None
    )
    try:
        yield place if done is not None and done.returncode == 0 else None
    finally:
        if done is not None and done.returncode == 0:
            subprocess.run(["umount", "-l", str(place)], check=False)
        if at is None:
            shutil.rmtree(place, ignore_errors=True)
