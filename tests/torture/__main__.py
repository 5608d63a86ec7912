"""``make torture``: the long form of the robustness tests. Name parts to run only those: ``python -m tests.torture broken slips``."""

import importlib
import sys
import time
from dataclasses import replace

from tests.torture.ledger import Outcome, closing_table, survivors

PARTS = ["broken", "swelling", "own", "slips", "killed", "machines", "odd", "lowest", "long"]


def main(chosen: list[str]) -> int:
    started = before = time.monotonic()
    outcomes: list[Outcome] = []
    for part in chosen or PARTS:
        for outcome in importlib.import_module(f"tests.torture.{part}").run():
            outcomes.append(replace(outcome, seconds=time.monotonic() - before))
            before = time.monotonic()
    for outcome in survivors(outcomes):
        print(f"survived: {outcome.kind}: {outcome.trial}: {outcome.said}")
    for outcome in outcomes:
        if outcome.caught is None:
            print(f"skipped: {outcome.kind}: {outcome.trial}")
    print(closing_table(outcomes).to_string())
    print(f"{time.monotonic() - started:.0f} s")
    return int(bool(survivors(outcomes)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
