"""Run notebooks, several side by side, in kernels that are used again: the same text on every run."""

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from gfmd_analysis.documents.processes import own_settings
from gfmd_analysis.errors import GfmdError, NoDataError

CELL_SECONDS = 300
EXAMPLES = ("recipes.ipynb",)  # make nothing for a briefing: they run where outputs are stored, and in tests
LEFT_OUT = "Left out:"

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
    free = list(kernels)
    longest_first = sorted(paths, key=lambda path: path.stat().st_size, reverse=True)
    with (
        tqdm(total=cells, desc="Notebooks", unit=" cells", file=sys.stderr, disable=None) as bar,
        ThreadPoolExecutor(len(kernels) or 1) as pool,
    ):

        def run(path: Path) -> str:
            manager = free.pop()
            text = execute(notebooks[path], path, manager, figures / path.stem, bar.update)
            free.append(manager)
            return text

        return dict(sorted(zip(longest_first, pool.map(run, longest_first), strict=True)))


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

    begin = f"__import__('{__name__}', fromlist=['fresh']).fresh({str(path.parent)!r}, {path.name!r}, {str(figures or '')!r})"
    client: Any = NotebookClient(
        notebook,
        km=manager,
        timeout=CELL_SECONDS,
        record_timing=False,
        allow_error_names=[NoDataError.__name__, NameError.__name__],
        on_notebook_start=lambda **_: client.kc.execute(begin, silent=True),
        on_cell_executed=lambda **_: step(),
    )
    try:
        with suppress(CellExecutionError):  # it stands in the cell
            client.execute()
    except DeadKernelError:
        raise GfmdError(f"{path.name} stops: its Python ended, for want of memory perhaps") from None
    _say_what_is_left_out(notebook, path.name)
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return str(nbformat.writes(notebook)) + "\n"


def fresh(folder: str, notebook: str, figures: str) -> None:
    """Make the kernel in which this is called as good as new for a notebook; what was imported stays imported."""
    import pandas as pd
    from IPython import get_ipython
    from matplotlib import pyplot as plt

    plt.close("all")
    plt.rcdefaults()
    pd.reset_option("^(display|mode|styler|plotting)")
    os.chdir(folder)
    os.environ |= {"GFMD_NOTEBOOK": notebook, "GFMD_FIGURES": figures}
    shell = get_ipython()
    shell.history_manager.enabled = False  # it writes to the disk at every cell
    shell.reset(new_session=True)
    gc.freeze()  # what is imported or remembered stays: to look through it for garbage took a tenth of the time
    gc.set_threshold(50_000, 20, 50)


def _say_what_is_left_out(notebook: Any, name: str) -> None:
    """Put a sentence in the place of each cell that had nothing to show.

    Raises
    ------
    GfmdError
        For any other error, and where a name is missing though nothing before was left out: that is one of the notebook.
    """
    from nbformat.v4 import new_output

    why = ""
    for cell in notebook.cells:
        error = next((output for output in cell.get("outputs", []) if output.output_type == "error"), None)
        if error is None:
            continue
        if error.ename == NoDataError.__name__:
            why = f"{error.evalue}."
        elif why and error.ename == NameError.__name__:
            why = "this needs a part above that was left out."
        else:
            raise GfmdError(f"{name} stops: {error.ename}: {error.evalue}")
        cell.outputs = [new_output("display_data", {"text/markdown": f"*{LEFT_OUT} {why}*"})]
