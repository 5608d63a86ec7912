"""The lowest versions that pyproject.toml promises: an environment of its own in which the unit tests pass."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.torture.ledger import Outcome
from tests.torture.workshop import copy_of_project, environment

UNIT_TESTS = ("tests", "--ignore=tests/documents/test_notebooks.py", "--ignore=tests/test_torture.py")


def run() -> list[Outcome]:
    """Resolve with ``lowest-direct``, install, and run the unit tests (not the notebooks, whose stored pictures are the lock file's)."""
    uv = shutil.which("uv")
    if uv is None:
        return [Outcome("lowest versions", "skipped: uv is not here (pip install uv)", True)]
    with tempfile.TemporaryDirectory() as folder:
        root = copy_of_project(Path(folder) / "project")
        python = str(Path(folder) / "lowest" / "bin" / "python")
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        for step in (
            [
                uv,
                "pip",
                "compile",
                "pyproject.toml",
                "--extra",
                "draft",
                "--extra",
                "test",
                "--resolution",
                "lowest-direct",
                "--python-version",
                version,
                "--quiet",
                "--output-file",
                "lowest.txt",
            ],
            [uv, "venv", "--quiet", "--python", sys.executable, str(Path(folder) / "lowest")],
            [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", python, "--requirement", "lowest.txt"],
            [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *UNIT_TESTS],
        ):
            done = subprocess.run(step, cwd=root, env=environment(root), capture_output=True, text=True, check=False)
            if done.returncode:
                said = [line for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
                return [
                    Outcome(
                        "lowest versions",
                        " ".join(step[1:4]),
                        False,
                        "\n".join(said[:40]) or (done.stdout + done.stderr)[-1500:],
                    )
                ]
        return [Outcome("lowest versions", "unit tests", True, done.stdout.strip().splitlines()[-1])]
