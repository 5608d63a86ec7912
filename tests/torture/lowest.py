"""The lowest versions that pyproject.toml promises: an environment of its own in which the unit tests pass."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.torture.ledger import Outcome
from tests.torture.workshop import copy_of_project, environment

LEFT_OUT = (
    "documents/test_notebooks.py",
    "test_torture.py",
    "test_cli.py",
    "claims",
)  # stored pictures, and what is ours alone
TYPES = "--deselect=tests/test_lint.py::test_nothing_is_found[mypy]"  # as the packages of the lock file declare theirs
TESTS = [TYPES, "-q", "-n", "2", "-p", "no:cacheprovider", *(f"--ignore=tests/{name}" for name in LEFT_OUT), "tests"]


def run() -> list[Outcome]:
    """Resolve with ``lowest-direct``, install, and run the unit tests (not the notebooks, whose stored pictures are the lock file's)."""
    uv = shutil.which("uv", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    if uv is None:
        return [Outcome("lowest versions", "uv is not here (pip install uv)", None)]
    with tempfile.TemporaryDirectory() as folder:
        root = copy_of_project(Path(folder) / "project")
        python = str(Path(folder) / "lowest" / "bin" / "python")
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        for step in (
            f"{uv} pip compile pyproject.toml --extra draft --extra test --resolution lowest-direct --python-version {version} --quiet --output-file lowest.txt".split(),
            [uv, "venv", "--quiet", "--python", sys.executable, str(Path(folder) / "lowest")],
            [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", python, "--requirement", "lowest.txt"],
            [python, "-m", "pytest", *TESTS],
        ):
            done = subprocess.run(step, cwd=root, env=environment(root), capture_output=True, text=True, check=False)
            if done.returncode:
                failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
                words = "\n".join(failed[:40]) or (done.stdout + done.stderr)[-1500:]
                return [Outcome("lowest versions", " ".join(step[1:4]), False, words)]
        return [Outcome("lowest versions", "unit tests", True, done.stdout.strip().splitlines()[-1])]
