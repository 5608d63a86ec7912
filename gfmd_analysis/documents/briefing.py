"""Make everything that a briefing needs from a snapshot of the project: figures, captions, documents, tidy tables."""

import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from gfmd_analysis.claims import register
from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER
from gfmd_analysis.dataset.reading import folders_in_use
from gfmd_analysis.dataset.tables import Dataset, load
from gfmd_analysis.dataset.writing import atomic_write, csv_text
from gfmd_analysis.documents.input_report import draft_report
from gfmd_analysis.documents.notebooks import EXAMPLES, kernel, left_out, notebooks_in, run_notebooks
from gfmd_analysis.documents.opening import first_screen, gallery_page
from gfmd_analysis.documents.pdf import rendered
from gfmd_analysis.documents.processes import end_with_parent
from gfmd_analysis.documents.two_pages import brief
from gfmd_analysis.documents.workbook import to_xlsx
from gfmd_analysis.errors import DataError, GfmdError
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
    figures, saved, executed, tidy = (folder / name for name in ("figures", "saved", "executed", "data/tidy"))
    for path in (figures, saved, executed, tidy):
        path.mkdir(exist_ok=True)
    paths = notebooks_in(folder / "notebooks")
    with ExitStack() as held:
        kernels = [held.enter_context(kernel()) for _ in range(min(os.cpu_count() or 1, len(paths), 4))]
        data = load()  # while they start
        beside = held.enter_context(ThreadPoolExecutor(1))
        notebooks = beside.submit(run_notebooks, paths, saved, kernels)
        write_documents(data, figures, locales=locales)
        _write(figures / "claims.csv", csv_text(register(data)))
        of_the_project = folders_in_use() == [DEFAULT_FOLDER] and not os.environ.get("GFMD_MEETING")
        long = data.long() if of_the_project else load(DEFAULT_FOLDER).long()
        _write(tidy / "mentions_long.csv", csv_text(long))
        texts = notebooks.result()
    for name, cells in left_out(texts).items():
        print(f"{name}: {count(cells, 'cell')} left out, as the data in use hold nothing for it.", file=sys.stderr)
    for path, text in texts.items():
        _write(executed / path.name, text)
    _write(folder / "opening.md", first_screen(data))
    _write(figures / "README.md", gallery_page(data, collect(saved, figures)))


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


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def collect(saved: Path, figures: Path) -> list[Caption]:
    """Bring the notebooks' figures together in one folder, with their captions as a table.

    Raises
    ------
    GfmdError
        Where two figures have one name.
    """
    folders = sorted(path for path in saved.iterdir() if f"{path.name}.ipynb" not in EXAMPLES)
    captions = read_captions(folders)
    names = [entry.figure for entry in captions]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise GfmdError(
            f"two notebooks publish a figure of the same name: {', '.join(doubled)}; allowed: each name once"
        )
    for folder in folders:
        for path in [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".json"]:
            target = figures / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
    _write(figures / "captions.csv", captions_csv(captions))
    return captions


if __name__ == "__main__":
    end_with_parent()
    place = Path(sys.argv[1])
    try:
        make(place, sys.argv[2:])
    except DataError as problems:
        sys.exit(str(problems).replace(f"{place}{os.sep}", ""))
    except (GfmdError, OSError) as problem:
        sys.exit(f"Not built: {problem}. Nothing was changed in figures/.")
