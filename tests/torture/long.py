"""The tests that are too long for every day: those with the marker ``long``, and those of properties with many more examples."""

import subprocess
import sys

from tests.torture.ledger import Outcome
from tests.torture.workshop import ROOT

HOW = {"PASSED": True, "FAILED": False, "ERROR": False, "SKIPPED": None}


def run() -> list[Outcome]:
    """Run them, and give one outcome for each."""
    options = [
        "-m",
        "long or hypothesis",
        "--hypothesis-profile",
        "long",
        "-q",
        "-rA",
        "-p",
        "no:cacheprovider",
        "-n",
        "2",
        "tests",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options], cwd=ROOT, capture_output=True, text=True, check=False
    )
    told = [line.split(" ", 1) for line in done.stdout.splitlines()]
    lines = [line for line in told if line[0] in HOW]
    if done.returncode not in {0, 5}:  # 5: no test has the marker
        lines = lines or [["ERROR", done.stdout[-400:] + done.stderr[-400:]]]
    return [Outcome("long tests", name, HOW[how], name) for how, name in lines]
