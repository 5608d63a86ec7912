"""``make briefing``: validate, run the notebooks side by side, and put figures, captions and documents in place in one step."""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from gfmd_analysis.dataset.schema import DEFAULT_FOLDER
from gfmd_analysis.dataset.tables import load
from gfmd_analysis.dataset.writing import atomic_write, csv_text, exchange
from gfmd_analysis.documents.write import without_figures, write_documents
from gfmd_analysis.errors import DataError, GfmdError, NoDataError
from gfmd_analysis.figures.display import CAPTION_COLUMNS, Caption, gallery, read_captions
from gfmd_analysis.text import count

ROOT = Path(__file__).resolve().parent.parent.parent

CELL_SECONDS = 300

LEFT_OUT = "Left out:"

ONE_LANGUAGE = {
    "LC_ALL": "C.UTF-8"
}  # by the user's language letters join in other ways (Turkish: no "fi"), and figures differ


def build(root: Path = ROOT) -> list[Path]:
    """Make everything that a briefing needs from the data in use.

    The notebooks run first, their figures and the documents go to a folder beside ``figures/``, and that folder takes
    the place of ``figures/`` when all is there: whoever looks sees the old figures or the new ones, never a mixture.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    GfmdError
        Where the data are not valid, another build is running, a notebook fails or a folder cannot be written.
    """

    with _only_build(root), _workspace(root) as staging:
        data = load()
        notebooks = {path: read_notebook(path) for path in sorted((root / "notebooks").glob("[0-9]*.ipynb"))}
        with ThreadPoolExecutor(1) as beside:
            made = beside.submit(without_figures, data)
            executed = run_notebooks(notebooks, staging)
        for path, text in executed.items():
            if cells := text.count(f"*{LEFT_OUT} "):
                print(
                    f"{path.name}: {count(cells, 'cell')} left out, as the data in use hold nothing for it.",
                    file=sys.stderr,
                )
        captions = _collect(staging)
        write_documents(data, captions, staging, made.result())
        written = [path.relative_to(staging) for path in sorted(staging.rglob("*")) if path.is_file()]
        for path, text in executed.items():
            if path.read_text(encoding="utf-8") != text:
                atomic_write(path, text)
        write_tidy(root / "data" / "tidy" / "mentions_long.csv")
        exchange(staging, root / "figures")
    return [root / "data" / "tidy" / "mentions_long.csv", *(root / "figures" / path for path in written)]


def write_tidy(path: Path) -> None:
    """Write the tidy long table of the project's own data for R and Excel, where it has changed."""

    text = csv_text(load(DEFAULT_FOLDER).long())
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        atomic_write(path, text)


def run_notebooks(notebooks: dict[Path, Any], staging: Path) -> dict[Path, str]:
    """Execute notebooks side by side, with a progress bar over their cells; gives their new text by path."""
    from tqdm import tqdm

    cells = sum(cell.cell_type == "code" for notebook in notebooks.values() for cell in notebook.cells)
    with (
        tqdm(total=cells, desc="Notebooks", unit=" cells", file=sys.stderr, disable=None) as bar,
        ThreadPoolExecutor(os.cpu_count() or 1) as pool,
    ):
        longest_first = sorted(notebooks, key=lambda path: path.stat().st_size, reverse=True)
        jobs = {
            path: pool.submit(execute, notebooks[path], path, staging / path.stem, lambda: bar.update())
            for path in longest_first
        }
        return {path: job.result() for path, job in jobs.items()}


def read_notebook(path: Path) -> Any:
    """Read a notebook."""
    import nbformat

    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def execute(notebook: Any, path: Path, figures: Path | None = None, step: Callable[[], object] = lambda: None) -> str:
    """Run a notebook from top to bottom in a fresh kernel and give its text, the same on every run.

    A cell for which the data in use hold nothing (:class:`NoDataError`), and what builds on it, says so in its place.

    Raises
    ------
    GfmdError
        Naming the notebook, the cell and the error's last line.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    environment = (
        os.environ | ONE_LANGUAGE | ({"GFMD_FIGURES": str(figures), "GFMD_NOTEBOOK": path.name} if figures else {})
    )
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        record_timing=False,
        allow_error_names=[NoDataError.__name__, NameError.__name__],
        resources={"metadata": {"path": str(path.parent)}},
        on_cell_executed=lambda **_: step(),
    )
    try:
        client.execute(env=environment)
    except CellExecutionError as error:
        raise GfmdError(f"{path.name} stops: {error.ename}: {error.evalue}") from None
    _say_what_is_left_out(notebook, path.name)
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return str(nbformat.writes(notebook)) + "\n"  # type: ignore[no-untyped-call]


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
        cell.outputs = [new_output("display_data", {"text/markdown": f"*{LEFT_OUT} {why}*"})]  # type: ignore[no-untyped-call]


def _collect(staging: Path) -> list[Caption]:
    """Bring the notebooks' figures together in one folder, with their captions as a table and a gallery."""
    folders = sorted(path for path in staging.iterdir() if path.is_dir())
    captions = read_captions(folders)
    names = [entry.figure for entry in captions]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise GfmdError(
            f"two notebooks publish a figure of the same name: {', '.join(doubled)}; allowed: each name once"
        )
    for folder in folders:
        for path in [*folder.glob("*.svg"), *folder.glob("*.png")]:
            path.rename(staging / path.name)
        shutil.rmtree(folder)
    table = pd.DataFrame(
        [{column: getattr(entry, column) for column in CAPTION_COLUMNS} for entry in captions], columns=CAPTION_COLUMNS
    )
    atomic_write(staging / "captions.csv", csv_text(table))
    atomic_write(staging / "README.md", gallery(captions))
    return captions


@contextmanager
def _only_build(root: Path) -> Iterator[None]:
    """Hold the build's lock; it goes with the process, so that a killed build leaves none behind."""
    try:
        lock = (root / ".briefing.lock").open("w")
    except OSError as error:
        raise GfmdError(
            f"cannot write in the project's folder: {error.strerror}; allowed: a folder that can be written"
        ) from None
    with lock:
        try:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            pass
        except OSError:
            raise GfmdError("another build of the briefing is running; wait until it ends") from None
        yield


@contextmanager
def _workspace(root: Path) -> Iterator[Path]:
    """Give an empty folder beside ``figures/``, and clear what a killed build left behind."""
    figures, parked = root / "figures", root / ".figures.old"
    if parked.exists() and not figures.exists():
        parked.rename(figures)
    for stale in root.glob(".figures.*"):
        shutil.rmtree(stale, ignore_errors=True)
    for stale in [*root.glob("notebooks/.*.new"), *root.glob("data/tidy/.*.new")]:
        stale.unlink(missing_ok=True)
    if figures.exists() and not os.access(figures, os.W_OK):
        raise GfmdError("figures/ cannot be written; allowed: a folder that can be written")
    try:
        staging = Path(tempfile.mkdtemp(dir=root, prefix=".figures."))
        staging.chmod(0o755)
    except OSError as error:
        raise GfmdError(
            f"cannot write beside figures/: {error.strerror}; allowed: a folder that can be written, with room on the disk"
        ) from None
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def main() -> int:
    """Build and say what was written and how long it took; 1 where it could not be done."""
    started = time.monotonic()
    try:
        written = build()
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    except (GfmdError, OSError) as error:
        print(f"Not built: {error}. Nothing was changed in figures/.", file=sys.stderr)
        return 1
    for path in written:
        print(path.relative_to(ROOT))
    print(
        f"{len(written)} files, {time.monotonic() - started:.0f} s. Start with figures/README.md and figures/briefing/."
    )
    return 0
