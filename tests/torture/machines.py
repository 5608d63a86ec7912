"""Strange machines: the same bytes of ``figures/`` whatever locale, clock, path, screen, font, cores, or a clone made on Windows."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.torture.killed import build, digests, plain
from tests.torture.ledger import Outcome, watched
from tests.torture.workshop import ROOT, another_lato

MACHINES: dict[str, dict[str, str | None]] = {  # several strangenesses each; what is found is then taken apart by hand
    "Turkish, first time zone, another font of the same name, one thread, hash seed 1": {
        "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LOCPATH": "locales", "TZ": "Pacific/Kiritimati",
        "XDG_DATA_HOME": "fonts", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "1",
    },
    "C locale, no HOME, last time zone, no display, another backend, dumb terminal, date for builds, hash seed 4242": {
        "LC_ALL": "C", "LANG": None, "HOME": None, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "Etc/GMT+12", "DISPLAY": None,
        "MPLBACKEND": "pdf", "TERM": "dumb", "NO_COLOR": "1", "COLUMNS": "20", "SOURCE_DATE_EPOCH": "1",
        "PYTHONWARNINGS": "default", "PYTHONHASHSEED": "4242",
    },
}  # fmt: skip
ODD_PLACE = "Büro d'été it's 100% & #1"


def run() -> Iterator[Outcome]:
    """Build on each machine and in a clone made on Windows; the bytes must be those of a plain build."""
    root, expected, _ = plain()
    with tempfile.TemporaryDirectory() as folder:
        trials = [
            lambda name=name, changes=changes: _same(root, expected, name, changes)
            for name, changes in MACHINES.items()
        ]
        trials.append(
            lambda: _same(_clone(Path(folder) / ODD_PLACE / ODD_PLACE), expected, "clone with CRLF, odd path", {})
        )
        yield from watched((trial() for trial in trials), len(trials), "machines")


def _same(root: Path, expected: dict[str, str], name: str, changes: dict[str, str | None]) -> Outcome:
    changes, note = _with_locale(root, changes)
    shutil.rmtree(root / "figures", ignore_errors=True)
    code, words = build(root, **_with_fonts(root, changes))
    found = digests(root / "figures")
    differ = sorted(file for file in expected.keys() | found.keys() if expected.get(file) != found.get(file))
    return Outcome("strange machines", name + note, not code and not differ, words if code else ", ".join(differ[:8]))


def _clone(place: Path) -> Path:
    """Clone as git for Windows does, and bring what is not committed yet."""
    options = ["-c", "core.autocrlf=true", "-c", "core.eol=crlf"]
    subprocess.run(["git", *options, "clone", "-q", f"file://{ROOT}", str(place)], check=True, capture_output=True)
    changed = subprocess.run(
        ["git", "diff", "--name-only", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in changed.stdout.splitlines():
        if (ROOT / name).is_file():
            shutil.copy(ROOT / name, place / name)
    return place


def _with_fonts(root: Path, changes: dict[str, str | None]) -> dict[str, str | None]:
    """Bring the machine that is asked for fonts of its own, which matplotlib looks for anew."""
    if "XDG_DATA_HOME" not in changes:
        return changes
    place = root.parent / "machine"
    another_lato(place / "fonts")
    return {**changes, "XDG_DATA_HOME": str(place)}


def _with_locale(root: Path, changes: dict[str, str | None]) -> tuple[dict[str, str | None], str]:
    """Make the locale that is asked for in a folder of its own, where this machine has the means; else say so."""
    name, folder = changes.get("LC_ALL"), root.parent / "locales"
    if "LOCPATH" not in changes or not name:
        return changes, ""
    folder.mkdir(exist_ok=True)
    if shutil.which("localedef"):
        language, encoding = name.split(".")
        subprocess.run(
            ["localedef", "-i", language, "-f", encoding, str(folder / name)], check=False, capture_output=True
        )
    made = (folder / name).is_dir()
    return {**changes, "LOCPATH": str(folder)}, "" if made else " (this machine cannot make that locale)"
