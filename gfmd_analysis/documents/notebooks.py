"""Run notebooks, several side by side, in kernels that are used again: the same text on every run."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from gfmd_analysis.documents.processes import own_settings
from gfmd_analysis.errors import GfmdError, NoDataError

CELL_SECONDS = 300
EXAMPLES = ("recipes.ipynb",)  # make nothing for a briefing: they run where outputs are stored, and in tests
LEFT_OUT = "Left out:"
_settings: Any = {}

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # nbformat's jsonschema builds a grammar with it for a second


def notebooks_in(folder: Path) -> list[Path]:
    """List a folder's notebooks by name, those of the project and the user's own."""
    return sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith("."))


def read_notebook(path: Path) -> Any:
    """Read a notebook.

    Raises
    ------
    GfmdError
        Where it is none.
    """
    import nbformat

    try:
        return nbformat.read(path, as_version=4)
    except Exception as error:
        raise GfmdError(
            f"{path.name} is no notebook that can be read ({str(error)[:80]}); allowed: a notebook as JupyterLab saves it"
        ) from None


def run_notebooks(paths: list[Path], figures: Path, kernels: Sequence[Any]) -> dict[Path, str]:
    """Run notebooks side by side, each kernel one after the other, with a progress bar over their cells.

    Parameters
    ----------
    paths
        Notebooks; they are read and not written.
    figures
        Gets a folder per notebook, with the figures that it saves.
    kernels
        What :func:`kernel` holds.

    Returns
    -------
    dict of Path to str
        The notebooks' new text.

    Raises
    ------
    GfmdError
        Naming the notebook that stops, its cell and the error's last line.
    """
    from tqdm import tqdm

    notebooks = {path: read_notebook(path) for path in paths}
    cells = sum(cell.cell_type == "code" for notebook in notebooks.values() for cell in notebook.cells)
    free: SimpleQueue[Any] = SimpleQueue()
    for manager in kernels:
        free.put(manager)
    with (
        tqdm(total=cells, desc="Notebooks", unit=" cells", file=sys.stderr, disable=None) as bar,
        ThreadPoolExecutor(max(len(kernels), 1)) as pool,
    ):

        def run(path: Path) -> str:
            manager = free.get()
            try:
                return execute(notebooks[path], path, manager, figures / path.stem, bar.update)
            finally:
                free.put(manager)

        longest_first = sorted(paths, key=lambda path: path.stat().st_size, reverse=True)
        texts = dict(zip(longest_first, pool.map(run, longest_first), strict=True))
    return {path: texts[path] for path in paths}


@contextmanager
def kernel() -> Iterator[Any]:
    """Hold a kernel that this Python runs."""
    from jupyter_client.manager import KernelManager

    manager = KernelManager(kernel_name="python3")
    manager.kernel_spec.argv[0] = sys.executable
    manager.start_kernel(env=os.environ | own_settings(), extra_arguments=["--IPKernelApp.log_level=40"])
    try:
        yield manager
    finally:
        manager.shutdown_kernel(now=True)


def execute(
    notebook: Any, path: Path, manager: Any, figures: Path | None = None, step: Callable[[], object] = lambda: None
) -> str:
    """Run a notebook from top to bottom as a fresh kernel would and give its text, the same on every run.

    A cell for which the data in use hold nothing (:class:`NoDataError`), and what builds on it, says so in its place.

    Raises
    ------
    GfmdError
        Naming the notebook, the cell and the error's last line.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, DeadKernelError
    from nbformat.v4 import new_code_cell

    begin = f"__import__('{__name__}', fromlist=['fresh']).fresh({str(path.parent)!r}, {path.name!r}, {str(figures or '')!r})"
    notebook.cells.insert(0, new_code_cell(begin))
    client = NotebookClient(
        notebook,
        km=manager,
        timeout=CELL_SECONDS,
        record_timing=False,
        allow_error_names=[NoDataError.__name__, NameError.__name__],
        on_cell_executed=lambda **_: step(),
    )
    try:
        client.execute()
    except CellExecutionError as error:
        raise GfmdError(f"{path.name} stops: {error.ename}: {error.evalue}") from None
    except DeadKernelError:
        raise GfmdError(f"{path.name} stops: its Python ended, for want of memory perhaps") from None
    del notebook.cells[0]
    _number(notebook)
    _say_what_is_left_out(notebook, path.name)
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return str(nbformat.writes(notebook)) + "\n"


def fresh(folder: str, notebook: str, figures: str) -> None:
    """Make the kernel in which this is called as good as new for a notebook; what was imported stays imported."""
    import matplotlib as mpl
    import pandas as pd
    from IPython import get_ipython
    from matplotlib import pyplot as plt

    plt.close("all")
    if _settings:
        mpl.rcParams.update(_settings)
        for option in ("display", "mode", "styler", "plotting"):
            pd.reset_option(option)
    _settings.update(mpl.rcParams)
    os.chdir(folder)
    os.environ["GFMD_NOTEBOOK"] = notebook
    os.environ.pop("GFMD_FIGURES", None)
    if figures:
        os.environ["GFMD_FIGURES"] = figures
    get_ipython().reset(new_session=True)


def _number(notebook: Any) -> None:
    """Number the code cells from 1, as in a kernel of their own."""
    code = (cell for cell in notebook.cells if cell.cell_type == "code")
    for number, cell in enumerate(code, start=1):
        for part in (cell, *cell.outputs):
            if part.get("execution_count") is not None:
                part["execution_count"] = number


def _say_what_is_left_out(notebook: Any, name: str) -> None:
    """Put a sentence in the place of each cell that had nothing to show.

    Raises
    ------
    GfmdError
        Where a name is missing though nothing before was left out: that is an error of the notebook.
    """
    from nbformat.v4 import new_output

    why = ""
    for cell in notebook.cells:
        error = next((output for output in cell.get("outputs", []) if output.output_type == "error"), None)
        if error is None:
            continue
        if error.ename == NoDataError.__name__:
            why = f"{error.evalue}."
        elif why:
            why = "this needs a part above that was left out."
        else:
            raise GfmdError(f"{name} stops: {error.ename}: {error.evalue}")
        cell.outputs = [new_output("display_data", {"text/markdown": f"*{LEFT_OUT} {why}*"})]


def left_out(texts: Mapping[Path, str]) -> dict[str, int]:
    """Count the cells that say that the data in use hold nothing for them, by notebook; those with none are not named."""
    counts = {path.name: text.count(f"*{LEFT_OUT} ") for path, text in texts.items()}
    return {name: number for name, number in counts.items() if number}
