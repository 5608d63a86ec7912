"""Copies of the whole project to work on, and how to run Python in them: never the project itself."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(
    ".git",
    ".venv",
    ".*_cache",
    ".hypothesis",
    "__pycache__",
    ".ipynb_checkpoints",
    ".gfmd",
    "differences",
    "report.html",
)


def copy_of_project(folder: Path) -> Path:
    """Copy the project's files, without environment, history and caches."""
    return Path(shutil.copytree(ROOT, folder, ignore=LEFT_OUT, symlinks=True))


def another_lato(folder: Path) -> None:
    """Write a font that calls itself Lato and is another, as some machines have one."""
    import matplotlib as mpl
    from fontTools.ttLib import TTFont

    folder.mkdir(parents=True, exist_ok=True)
    for style, source in (("Regular", "DejaVuSerif"), ("Bold", "DejaVuSerif-Bold")):
        font = TTFont(Path(mpl.get_data_path()) / "fonts" / "ttf" / f"{source}.ttf")
        for record in font["name"].names:
            if record.nameID in {1, 4, 16}:
                record.string = "Lato" if record.nameID != 4 else f"Lato {style}"
        font.save(folder / f"Lato-{style}.ttf")


def environment(root: Path, settings: Path | None = None, **changes: str | None) -> dict[str, str]:
    """Set up the environment in which this Python works on the copy; ``None`` takes a variable away."""
    settings = settings or root.parent / "settings"
    for name in ("ipython", "jupyter", "runtime", "matplotlib"):
        (settings / name).mkdir(parents=True, exist_ok=True)
    merged: dict[str, str | None] = {
        **os.environ,
        "PYTHONPATH": str(root),
        "PYTHONDONTWRITEBYTECODE": "1",
        "IPYTHONDIR": str(settings / "ipython"),
        "JUPYTER_CONFIG_DIR": str(settings / "jupyter"),
        "JUPYTER_DATA_DIR": str(settings / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(settings / "runtime"),
        "MPLCONFIGDIR": str(settings / "matplotlib"),
        "GFMD_DATA": None,
        "GFMD_FIGURES": None,
        **changes,
    }
    return {name: value for name, value in merged.items() if value is not None}


def said_by(root: Path, settings: Path | None = None) -> Path:
    """Name the file that holds what the copy's last process said on standard error; it stands beside the settings."""
    return (settings or root).parent / "stderr.txt"


def start(
    root: Path, *command: str, before: tuple[str, ...] = (), settings: Path | None = None, **changes: str | None
) -> "subprocess.Popen[str]":
    """Start a Python module in the copy, in a process group of its own."""
    return subprocess.Popen(
        [*before, sys.executable, "-m", *command],
        cwd=root,
        env=environment(root, settings, **changes),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=said_by(root, settings).open("w", encoding="utf-8"),
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
