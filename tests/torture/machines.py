"""Strange machines: the same bytes of ``figures/`` whatever the locale, the clock, the path, the screen or the cores."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.torture.killed import BRIEFING, PATIENCE, digests, said
from tests.torture.ledger import Outcome, watched
from tests.torture.workshop import another_lato, copy_of_project, start

MACHINES: list[tuple[str, dict[str, str | None]]] = [
    ("C locale", {"LC_ALL": "C", "LANG": None, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    ("Turkish", {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr", "LOCPATH": "locales"}),
    ("German", {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "LOCPATH": "locales"}),
    ("no locale at all", {"LC_ALL": None, "LANG": None, "LC_CTYPE": None}),
    ("first time zone", {"TZ": "Pacific/Kiritimati"}),
    ("last time zone", {"TZ": "Etc/GMT+12"}),
    ("half-hour time zone", {"TZ": "Asia/Kathmandu"}),
    ("no display", {"DISPLAY": None, "WAYLAND_DISPLAY": None, "MPLBACKEND": None}),
    ("a display that is not there", {"DISPLAY": ":99"}),
    ("another matplotlib backend", {"MPLBACKEND": "pdf"}),
    ("a dumb terminal", {"TERM": "dumb", "NO_COLOR": "1", "COLUMNS": "20"}),
    ("wide terminal", {"COLUMNS": "400", "LINES": "90"}),
    ("one thread a library", {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}),
    ("another font of the same name", {"XDG_DATA_HOME": "fonts"}),
    ("a date for builds", {"SOURCE_DATE_EPOCH": "1"}),
    ("warnings shown, no assertions", {"PYTHONWARNINGS": "default", "PYTHONOPTIMIZE": "1"}),
    *((f"hash seed {seed}", {"PYTHONHASHSEED": str(seed)}) for seed in (0, 1, 4242)),
]
PLACES = {
    "a path with spaces and accents": "Büro für Migration (2021) ñ",
    "a path with quotes and marks": "it's 100% & #1",
}


def run(most: int | None = None) -> Iterator[Outcome]:
    """Build once as it is and then on each machine; the bytes must be the same."""
    with tempfile.TemporaryDirectory() as folder:
        root = copy_of_project(Path(folder) / "plain" / "project")
        first, expected = _built(root, {}, ())
        if first:
            yield Outcome("strange machines", "plain", False, first)
            return
        trials: list[Callable[[], Outcome]] = [
            lambda name=name, changes=changes: _same(root, expected, name, changes, ()) for name, changes in MACHINES
        ]
        if shutil.which("taskset"):
            trials.append(lambda: _same(root, expected, "one core", {}, ("taskset", "-c", "0")))
        for name, place in PLACES.items():
            trials.append(
                lambda name=name, place=place: _same(
                    copy_of_project(Path(folder) / place / place), expected, name, {}, ()
                )
            )
        yield from watched((trial() for trial in trials[:most]), len(trials[:most]), "machines")


def _built(root: Path, changes: dict[str, str | None], before: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    shutil.rmtree(root / "figures", ignore_errors=True)
    process = start(root, *BRIEFING, before=before, **changes)
    process.communicate(timeout=PATIENCE)
    return (said(root) or "failed") if process.returncode else "", digests(root / "figures")


def _same(
    root: Path, expected: dict[str, str], name: str, changes: dict[str, str | None], before: tuple[str, ...]
) -> Outcome:
    changes, note = _with_locale(root, changes)
    changes = _with_fonts(root, changes)
    wrong, found = _built(root, changes, before)
    differ = sorted(file for file in expected.keys() | found.keys() if expected.get(file) != found.get(file))
    return Outcome("strange machines", name + note, not wrong and not differ, wrong or ", ".join(differ[:8]))


def _with_fonts(root: Path, changes: dict[str, str | None]) -> dict[str, str | None]:
    """Give the machine that is asked for fonts of its own, which matplotlib looks for anew."""
    if "XDG_DATA_HOME" not in changes:
        return changes
    place = root.parent / "machine"
    another_lato(place / "fonts")
    return {**changes, "XDG_DATA_HOME": str(place), "MPLCONFIGDIR": str(place)}


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
    return {**changes, "LOCPATH": str(folder)}, "" if (
        folder / name
    ).is_dir() else " (this machine cannot make that locale)"
