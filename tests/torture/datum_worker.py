"""In a copy of the project: change one cell, and ask in turn who notices. Reads changes as JSON lines, answers likewise."""

import contextlib
import io
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import gfmd_analysis
from gfmd_analysis import load, validate
from gfmd_analysis.dataset.schema import DEFAULT_FOLDER, schema
from gfmd_analysis.dataset.writing import csv_text
from tests.torture.packages import as_csv, rows_of, with_cell
from tests.torture.rerun import Notebooks

ROOT = Path.cwd()
TIDY = "tests/test_data.py::test_the_tidy_table_is_derived_from_its_sources"


def is_fingerprint(source: str) -> bool:
    """Whether a cell shows the tables' fingerprints."""
    return "inventory(" in source or "fingerprint" in source


def red(*tests: str) -> str:
    """Run tests here and give the name of the first that fails, empty where none does."""

    class Listener:
        failed = ""

        def pytest_runtest_logreport(self, report: Any) -> None:
            self.failed = self.failed or (report.nodeid if report.failed else "")

    listener = Listener()
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:nbval", "--override-ini=addopts="]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        code = pytest.main([*options, *tests], plugins=[listener])
    return listener.failed or ("" if code == 0 else f"pytest ends with {code}")


def forget() -> None:
    """Empty every cache of the package, as a new process would find them."""
    for name, module in list(sys.modules.items()):
        if name.startswith("gfmd_analysis"):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


class Court:
    """Who may notice a change, asked from the cheapest to the last; the tidy copy and the fingerprints are asked last."""

    def __init__(self) -> None:
        self.notebooks = Notebooks(ROOT / "notebooks")
        self.stale: list[str] = []
        self.noticed: dict[str, Counter[Path]] = {}
        for path in self.notebooks.paths:
            if cells := self.notebooks.learn(path):
                self.stale.append(
                    f"{path.name}: cells {cells} show something else than is stored, in the untouched project"
                )

    def verdict(self, table: str, column: str) -> tuple[str, str]:
        """Give who notices first, and what exactly; empty where nobody does."""
        if problems := validate():
            return "validation", str(problems[0])
        path = DEFAULT_FOLDER / schema()[table].path
        path.write_text(
            csv_text(load().tables[table]), encoding="utf-8", newline=""
        )  # sorted as the contract writes it
        forget()
        if difference := self.notebook(table, column, lambda source: not is_fingerprint(source)):
            return "notebook", difference
        if failed := red("tests/test_data.py", f"--deselect={TIDY}"):
            return "fact test", failed
        if failed := red(TIDY):
            return "tidy copy", failed
        if difference := self.notebook(table, "fingerprint", is_fingerprint):
            return "fingerprint", difference
        return "", ""

    def notebook(self, table: str, column: str, asked: Any) -> str:
        """Ask the notebooks, those first that noticed a change in this column or table before."""
        column_first, then = (self.noticed.setdefault(key, Counter()) for key in (f"{table}.{column}", table))
        for path in sorted(self.notebooks.paths, key=lambda path: (-column_first[path], -then[path], path)):
            if difference := self.notebooks.first_difference(path, asked):
                column_first[path] += 1
                then[path] += 1
                return difference
        return ""


def main() -> None:
    assert Path(gfmd_analysis.__file__).is_relative_to(ROOT), "not the copy's own package"
    if said := "; ".join(map(str, validate())) or red("tests/test_data.py"):
        print(json.dumps({"red": said}), flush=True)
        return
    court = Court()
    print(json.dumps({"stale": court.stale}), flush=True)
    for line in sys.stdin:
        edit = json.loads(line)
        table = schema()[edit["table"]]
        path = DEFAULT_FOLDER / table.path
        before, rows = path.read_bytes(), rows_of(table)
        try:
            changed = with_cell(rows, edit["row"], table.columns.index(edit["column"]), edit["value"])
            path.write_text(as_csv(changed), encoding="utf-8", newline="")
            forget()
            who, what = court.verdict(edit["table"], edit["column"])
        finally:
            path.write_bytes(before)
            forget()
        print(json.dumps({"who": who, "what": what}), flush=True)
    court.notebooks.close()


if __name__ == "__main__":
    main()
