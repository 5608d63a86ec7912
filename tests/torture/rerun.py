"""Run notebooks again in one warm kernel and hold every output against the one that it must be, as nbval does."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

NOT_COMPARED = {"image/png", "image/jpeg", "application/vnd.jupyter.widget-view+json"}
FRESH = """
def _fresh():
    import sys
    for name, module in list(sys.modules.items()):
        if name.startswith("gfmd_analysis"):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
            getattr(module, "_published", []).clear()
    if "pandas" in sys.modules:
        sys.modules["pandas"].reset_option("display")
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
_fresh()
%reset -f
"""


class Notebooks:
    """The project's notebooks and one kernel to run them in."""

    def __init__(self, folder: Path) -> None:
        self.paths = sorted(folder.glob("[0-9]*.ipynb"))
        self.expected: dict[Path, dict[int, list[Any]]] = {}
        self.client = NotebookClient(
            nbformat.v4.new_notebook(),
            timeout=300,
            kernel_name="python3",
            resources={"metadata": {"path": str(folder)}},
        )

    def run(self, path: Path) -> Iterator[tuple[int, Any]]:
        """Run a notebook from a clean state; gives the number and the cell of each code cell as soon as it has run."""
        running = nbformat.read(path, as_version=4)
        running.cells.insert(0, nbformat.v4.new_code_cell(FRESH))
        self.client.nb = running
        if self.client.km is None or self.client.kc is None:
            self.client.create_kernel_manager()
            self.client.start_new_kernel()
            self.client.start_new_kernel_client()
        for number, cell in enumerate(running.cells):
            if cell.cell_type == "code":
                self.client.execute_cell(cell, number)
                if number:
                    yield number - 1, cell

    def learn(self, path: Path) -> list[int]:
        """Take what a notebook shows now as what it must show; gives the cells whose stored output is another."""
        stored = nbformat.read(path, as_version=4)
        self.expected[path] = {number: comparable(cell.outputs) for number, cell in self.run(path)}
        return [
            number for number, seen in self.expected[path].items() if seen != comparable(stored.cells[number].outputs)
        ]

    def first_difference(self, path: Path, asked: Callable[[str], bool]) -> str:
        """Run a notebook until a cell that is asked for shows something else; empty where none does."""
        number = -1
        try:
            for number, cell in self.run(path):
                if asked(cell.source) and comparable(cell.outputs) != self.expected[path][number]:
                    return f"{path.name}, cell {number}"
        except CellExecutionError as error:
            return f"{path.name}, after cell {number}: {error.ename}: {error.evalue}"
        return ""

    def close(self) -> None:
        """End the kernel."""
        if self.client.km is not None:
            self.client._cleanup_kernel()


def comparable(outputs: list[Any]) -> list[Any]:
    """Give what nbval compares of a cell's outputs."""
    seen: list[Any] = []
    for output in outputs:
        if output.output_type == "stream":
            if seen and seen[-1][0] == output.name:
                seen[-1] = (output.name, seen[-1][1] + output.text)
            else:
                seen.append((output.name, output.text))
        else:
            seen.append(
                ("data", {kind: text for kind, text in output.get("data", {}).items() if kind not in NOT_COMPARED})
            )
    return seen
