"""Render a document as tagged PDF (PDF/UA-1) in the size that fits, and with its page numbers as Word."""

import json
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import matplotlib as mpl
import typst

from gfmd_analysis.documents.structure import SIZES, Document
from gfmd_analysis.documents.word import to_docx

FILLED, FULL = 35, 90  # per cent of the last page, at the least and at the most
TEMPLATE = files("gfmd_analysis") / "documents" / "templates" / "document.typ"


def rendered(
    name: str, told: Document, pictures: Mapping[str, bytes], shorter: Iterable[Document] = ()
) -> dict[str, bytes]:
    """Render a document in the largest size with which it keeps to its pages and leaves none mostly empty.

    Parameters
    ----------
    name
        Name of the files, without ending.
    told
        What :func:`gfmd_analysis.documents.structure.document` returns.
    pictures
        PNGs by the names that its figures give; PDF/UA refuses one without alt text.
    shorter
        Versions of it, each shorter than the one before: the first that fits is taken, else the last.

    Returns
    -------
    dict
        The Word file and the PDF by their names, the same on every run.
    """
    sizes = SIZES["long" if told["long"] else "brief"]
    with tempfile.TemporaryDirectory() as root:
        Path(root, TEMPLATE.name).write_bytes(TEMPLATE.read_bytes())
        for picture, content in pictures.items():
            Path(root, f"{picture}.png").write_bytes(content)
        for other in shorter:
            if _fits(told, _set(told | {"size": sizes[-1]}, root)[1]):
                break
            told = other
        for size in sizes:
            told = told | {"size": size}
            setting, pages = _set(told, root)
            if _fits(told, pages) and (pages["last"] == 1 or pages["filled"] >= FILLED):
                break
        pdf: Any = setting.compile(pdf_standards=["ua-1"])
    return {f"{name}.docx": to_docx(told, pictures, pages), f"{name}.pdf": bytes(pdf)}


def _fits(told: Document, pages: Mapping[str, int]) -> bool:
    """Say whether a document keeps to its pages, with room on the last as Word sets text wider."""
    return (pages["last"], pages["filled"]) <= (told["most"], FULL)


def _set(told: Document, root: str) -> tuple[typst.Compiler, dict[str, int]]:
    """Set a document; and the page of each heading by its id, the last as ``last``, how far down that is ``filled`` (per cent)."""
    words = {"document": json.dumps(told, ensure_ascii=False)}
    setting = typst.Compiler(Path(root, TEMPLATE.name), root, _fonts(), sys_inputs=words)
    places = json.loads(setting.query("<place>", field="value"))
    return setting, {place["id"]: int(place["page"]) for place in places} | {"filled": int(places[-1]["filled"])}


@cache
def _fonts() -> typst.Fonts:
    """Load Lato, and for what is beyond Latin matplotlib's DejaVu; no fonts of the system."""
    folders = [str(files("fontpkg_lato") / "files"), str(Path(mpl.get_data_path(), "fonts", "ttf"))]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)
