"""The documents of a briefing: coverage brief (Word, PDF), draft input report (Word), tables (Excel)."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.dataset.writing import atomic_write
from gfmd_analysis.documents.input_report import input_report
from gfmd_analysis.documents.two_pages import brief
from gfmd_analysis.documents.word import AUTHOR, TEMPLATES, render
from gfmd_analysis.documents.workbook import workbook
from gfmd_analysis.errors import GfmdError
from gfmd_analysis.figures.display import Caption

WIDEST = 16.0

HIGHEST = {"docx": (14.4, 10.2, 10.2), "pdf": (16.2, 10.8, 10.8)}  # cm, so that each version has two pages


def without_figures(data: "Dataset") -> dict[str, bytes]:
    """Make the documents that need no figure, by file name: they can be made while figures are drawn."""
    latest = data.meetings["date"].max()
    return {
        "input-report-draft.docx": render("input-report.docx", input_report(data), latest),
        "tables.xlsx": workbook(data, latest),
    }


def write_documents(
    data: "Dataset", captions: Sequence[Caption], folder: Path, made: Mapping[str, bytes] | None = None
) -> None:
    """Write ``briefing/`` into a folder that holds the figures.

    Parameters
    ----------
    data
        A loaded dataset.
    captions
        The figures' words.
    folder
        Holds ``NAME.png`` and ``NAME.svg`` of every figure; gets ``briefing/coverage-brief.docx``,
        ``coverage-brief.pdf``, ``input-report-draft.docx`` and ``tables.xlsx``.
    made
        What :func:`without_figures` gives, where it has been made already.

    Raises
    ------
    GfmdError
        Where a figure that the brief shows is missing or a file cannot be written.
    """
    latest = data.meetings["date"].max()
    words = brief(data, captions)
    figures = {
        version: [
            figure | _placed(folder, figure["name"], height)
            for figure, height in zip(words["figures"], heights, strict=True)
        ]
        for version, heights in HIGHEST.items()
    }
    place = folder / "briefing"
    atomic_write(place / "coverage-brief.docx", render("coverage-brief.docx", words, latest, figures["docx"]))
    atomic_write(place / "coverage-brief.pdf", _pdf(words | {"figures": figures["pdf"]}, folder))
    for name, content in (made or without_figures(data)).items():
        atomic_write(place / name, content)


def _placed(folder: Path, name: str, highest: float) -> dict[str, Any]:
    """Give a picture's file and the width in cm at which it keeps its place on the page."""
    from docx.image.image import Image

    path = folder / f"{name}.png"
    if not path.is_file():
        raise GfmdError(f"no picture {path.name} beside its caption; allowed: a PNG for every caption")
    picture = Image.from_file(str(path))
    return {
        "path": path,
        "file": f"/{path.name}",
        "width": round(min(WIDEST, highest * picture.px_width / picture.px_height), 2),
    }


def _pdf(words: dict[str, Any], folder: Path) -> bytes:
    """Compile the brief as PDF/UA-1, which refuses a picture without alt text."""
    from importlib.resources import as_file, files

    import matplotlib as mpl
    import typst

    shown = json.dumps(words | {"author": AUTHOR}, ensure_ascii=False, default=str)
    with as_file(files("fontpkg_lato") / "files") as fonts:
        options: dict[str, Any] = {
            "root": str(folder),
            "font_paths": [
                str(fonts),
                str(Path(mpl.get_data_path()) / "fonts" / "ttf"),
            ],  # DejaVu: letters beyond Latin
            "ignore_system_fonts": True,
            "sys_inputs": {"brief": shown},
            "pdf_standards": ["ua-1"],
        }
        compiled: Any = typst.compile((TEMPLATES / "coverage-brief.typ").read_bytes(), **options)
    return bytes(compiled)
