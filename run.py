#!/usr/bin/env python3
"""Make the project's environment in .venv, once, and run a command in it: python run.py briefing (or test, lab, report ...).

Needs Python 3.11 or newer with pip, and nothing else; works on Windows, macOS and Linux. Other arguments go to ``gfmd``.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
MARK = VENV / ".ready"
LOWEST = (3, 11)
COMMANDS = {  # everything else is a command of gfmd
    "bench": ["-m", "tests.bench"],
    "torture": ["-m", "tests.torture"],
}
COMPILE = (
    "pip compile pyproject.toml --extra draft --extra test --universal --fork-strategy fewest --python-version 3.11"
)
LOCK = f"{COMPILE} --generate-hashes --no-header --no-annotate --quiet --upgrade --output-file requirements.lock"
PIP = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PIP_REQUIRE_VIRTUALENV": "0"}


def base_python():
    """Give the Python to make the environment with: PYTHON, this one, or another of the machine that is new enough."""
    this = getattr(sys, "_base_executable", sys.executable)  # of an environment: the Python that it was made with
    named = os.environ.get("PYTHON")
    for candidate in (
        [named] if named else [this, "python3", *(f"python3.{minor}" for minor in (13, 12, 11, 14)), "python"]
    ):
        path = shutil.which(candidate)
        check = f"import sys; sys.exit(sys.version_info < {LOWEST})"
        if path and subprocess.run([path, "-c", check], capture_output=True).returncode == 0:
            return path
    sys.exit(
        f"{named or 'This machine'}: no Python 3.11 or newer was found. Install one, or name it: "
        "make briefing PYTHON=/path/to/python3, or /path/to/python3 run.py briefing"
    )


def wanted():
    """Give what the environment must have been made from: this folder, and the two files that say what is in it."""
    content = b"".join((ROOT / name).read_bytes() for name in ("requirements.lock", "pyproject.toml"))
    return {"made in": str(ROOT), "from": hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()}


def ready():
    """Say whether .venv is there, whole, and of this folder: a copied or moved one runs the package that it was made for."""
    try:
        made = json.loads(MARK.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    named = os.environ.get("PYTHON")
    return PYTHON.exists() and wanted().items() <= made.items() and (not named or made["with"] == shutil.which(named))


@contextmanager
def alone():
    """Wait until no other process makes the environment; the lock goes with the process that holds it."""
    (ROOT / ".gfmd").mkdir(exist_ok=True)
    lock = sqlite3.connect(ROOT / ".gfmd" / "environment.lock", timeout=0, isolation_level=None)
    waiting = False
    while True:
        try:
            lock.execute("BEGIN EXCLUSIVE")
            break
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise OSError(str(error)) from None
            if not waiting:
                print("The environment is being made by another command; waiting for it ...", file=sys.stderr)
            waiting = True
            time.sleep(0.5)
    try:
        yield
    finally:
        lock.close()


def make():
    """Make .venv from the lock file."""
    python = base_python()
    version = subprocess.run([python, "--version"], capture_output=True, text=True).stdout.strip()
    print(f"Making the environment in .venv with {version} (once; a minute or two) ...", file=sys.stderr)
    if VENV.is_symlink():
        VENV.unlink()
    shutil.rmtree(VENV, ignore_errors=True)
    if subprocess.run([python, "-m", "venv", str(VENV)], capture_output=True).returncode == 0:
        pip = [str(PYTHON), "-m", "pip"]
    else:  # Debian without python3-venv: no pip inside, so the machine's own pip installs into it
        shutil.rmtree(VENV, ignore_errors=True)
        subprocess.run([python, "-m", "venv", "--without-pip", str(VENV)], check=True)
        pip = [python, "-m", "pip", "--python", str(PYTHON)]
    for what in (
        ["--require-hashes", "--requirement", "requirements.lock"],
        ["--no-deps", "--no-build-isolation", "--editable", "."],
    ):
        subprocess.run([*pip, "install", "--quiet", *what], check=True, cwd=ROOT, env={**os.environ, **PIP})
    point_here()
    made = {**wanted(), "with": python, "version": version}
    MARK.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def point_here():
    """Let .venv find the package from where .venv itself is: a copied folder's Python then runs the copy's package."""
    for path in VENV.glob("**/site-packages/*gfmd_analysis.pth"):
        path.write_text(os.path.relpath(ROOT, path.parent) + "\n", encoding="utf-8")


def lock():
    """Write requirements.lock anew from pyproject.toml."""
    subprocess.run([str(PYTHON), "-m", "pip", "install", "--quiet", "uv"], check=True, env={**os.environ, **PIP})
    return subprocess.run([str(PYTHON), "-m", "uv", *LOCK.split()], cwd=ROOT).returncode


def run(arguments):
    """Run a command in the environment; gives its exit code."""
    os.chdir(ROOT) if arguments[0] in COMMANDS else None
    command = [str(PYTHON), *COMMANDS.get(arguments[0], ["-m", "gfmd_analysis.cli", arguments[0]]), *arguments[1:]]
    changes = {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    if os.name != "nt":
        os.execve(command[0], command, {**os.environ, **changes})  # so that Ctrl-C and signals go straight to it
    process = subprocess.Popen(command, env={**os.environ, **changes})
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # Windows tells the command as well, which says so and ends
            continue


def main():
    """Make the environment where it is not ready, and run."""
    arguments = sys.argv[1:] or ["--help"]
    try:
        if not ready():
            with alone():
                if not ready():
                    make()
        return lock() if arguments[0] == "lock" else run(arguments)
    except KeyboardInterrupt:
        print("\nStopped. What is unfinished of .venv is made anew by the next command.", file=sys.stderr)
        return 130
    except subprocess.CalledProcessError as error:
        print(
            f"The environment could not be made: {' '.join(error.cmd[-3:])} ended with {error.returncode}.",
            file=sys.stderr,
        )
        if b"No module named pip" in subprocess.run([*error.cmd[:3], "--version"], capture_output=True).stderr:
            print("This Python has no pip: install it (Debian: python3-venv or python3-pip).", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Cannot write the environment: {error}. It needs 1.3 GB in the project's folder.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
