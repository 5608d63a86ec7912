"""Make everything that a briefing needs from a snapshot of the project: figures, captions, documents, tidy tables."""

import os
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from gfmd_analysis.claims import register
from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER
from gfmd_analysis.dataset.tables import Dataset, load
from gfmd_analysis.dataset.writing import atomic_write, csv_text
from gfmd_analysis.documents.input_report import draft_report
from gfmd_analysis.documents.notebooks import EXAMPLES, LEFT_OUT, kernel, notebooks_in, run_notebooks
from gfmd_analysis.documents.opening import first_screen, gallery_page
from gfmd_analysis.documents.pdf import rendered
from gfmd_analysis.documents.processes import end_with_parent, in_words
from gfmd_analysis.documents.two_pages import brief
from gfmd_analysis.documents.workbook import to_xlsx
from gfmd_analysis.errors import GfmdError
from gfmd_analysis.figures.captions import Caption, captions_csv, read_captions
from gfmd_analysis.text import count


def make(folder: Path, locales: Sequence[str] = ("en",)) -> None:
    """Make a briefing in a snapshot of the project.

    Parameters
    ----------
    folder
        Holds ``data/`` and ``notebooks/`` as they were when the build began; gets ``figures/`` with pictures, captions, findings and
        documents, ``executed/`` with the notebooks as they ran, ``data/tidy/`` and ``opening.md``.
    locales
        Languages of the brief.

    Raises
    ------
    GfmdError
        Where the data are not valid, a notebook fails or a file cannot be written.
    """
    saved, figures, paths = folder / "saved", folder / "figures", notebooks_in(folder / "notebooks")
    with ExitStack() as held:
        kernels = [held.enter_context(kernel()) for _ in range(min(os.cpu_count() or 1, len(paths), 4))]
        data = load()  # while they start
        beside = held.enter_context(ThreadPoolExecutor(1))
        notebooks = beside.submit(run_notebooks, paths, saved, kernels)
        write_documents(data, figures, locales=locales)
        atomic_write(figures / "claims.csv", csv_text(register(data)))
        atomic_write(folder / "data" / "tidy" / "mentions_long.csv", csv_text(load(DEFAULT_FOLDER).long()))
        texts = notebooks.result()
    for path, text in texts.items():
        if cells := text.count(f"*{LEFT_OUT} "):
            told = f"{path.name}: {count(cells, 'cell')} left out, as the data in use hold nothing for it."
            print(told, file=sys.stderr)
        atomic_write(folder / "executed" / path.name, text)
    captions = collect(saved, figures)
    atomic_write(figures / "captions.csv", captions_csv(captions))
    atomic_write(figures / "README.md", gallery_page(data, captions))
    atomic_write(folder / "opening.md", first_screen(data))


def write_documents(data: "Dataset", folder: Path, *, locales: Sequence[str] = ("en",)) -> None:
    """Write ``briefing/`` into a folder.

    Parameters
    ----------
    data
        A loaded dataset.
    folder
        Gets ``briefing/brief.docx`` and ``.pdf`` (``brief-fr``, ``brief-es`` for further languages),
        ``input-report-draft.docx`` and ``.pdf``, ``tables.xlsx``.
    locales
        Languages of the brief: ``en``, ``fr``, ``es``.

    Raises
    ------
    GfmdError
        Where a file cannot be written, or for another language.
    """
    files = rendered("input-report-draft", draft_report(data), {}) | {"tables.xlsx": to_xlsx(data)}
    for locale in locales:
        told, pictures = brief(data, locale=locale)
        files |= rendered("brief" if locale == "en" else f"brief-{locale}", told, pictures)
    for name, content in files.items():
        atomic_write(folder / "briefing" / name, content)


def collect(saved: Path, figures: Path) -> list[Caption]:
    """Bring the notebooks' figures together in one folder; gives their captions.

    Raises
    ------
    GfmdError
        Where two figures have one name.
    """
    folders = sorted(path for path in saved.glob("*") if f"{path.name}.ipynb" not in EXAMPLES)
    captions = read_captions(folders)
    times = Counter(entry.figure for entry in captions)
    if doubled := ", ".join(sorted(name for name in times if times[name] > 1)):
        raise GfmdError(f"two notebooks publish a figure of the same name: {doubled}; allowed: each name once")
    for folder in folders:
        shutil.copytree(folder, figures, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.json"))
    return captions


if __name__ == "__main__":
    end_with_parent()
    with in_words(work := Path(sys.argv[1])):
        make(work, sys.argv[2:])
