"""Lint and types, beside the other tests: ``ruff`` and ``mypy`` find nothing."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT

MYPY = (  # which looks through its memory for garbage, where there is none, for two fifths of its time
    "import gc; gc.disable(); gc.enable = lambda: None; from mypy.__main__ import console_entry; console_entry()"
)


@pytest.mark.parametrize(
    "check", [["-m", "ruff", "check"], ["-m", "ruff", "format", "--check"], ["-c", MYPY]], ids=["ruff", "form", "mypy"]
)
def test_nothing_is_found(check: list[str]) -> None:
    done = subprocess.run([sys.executable, *check], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
