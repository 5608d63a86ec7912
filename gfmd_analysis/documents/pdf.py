"""Render a document as tagged PDF (PDF/UA-1) in the size that fits, and with its page numbers as Word."""

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import as_file, files
from itertools import chain
from pathlib import Path
from typing import Any

from gfmd_analysis.documents.structure import SIZES, Document
from gfmd_analysis.documents.word import to_docx

FILLED, FULL = 35, 90  # per cent of the last page, at the least and at the most
TEMPLATE = files("gfmd_analysis") / "documents" / "templates" / "document.typ"


def rendered(
    name: str, told: Document, pictures: Mapping[str, bytes], shorter: Iterable[Document] = ()
) -> dict[str, bytes]:
    """Render a document twice, as PDF in the size that fits and as Word in the same; files by name. See :func:`fitted`."""
    told, content, pages = fitted(told, pictures, shorter)
    return {f"{name}.docx": to_docx(told, pictures, pages), f"{name}.pdf": content}


def fitted(
    told: Document, pictures: Mapping[str, bytes], shorter: Iterable[Document] = ()
) -> tuple[Document, bytes, dict[str, int]]:
    """Set a document in the largest size with which it keeps to its pages and leaves none mostly empty.

    Parameters
    ----------
    told
        What :func:`gfmd_analysis.documents.structure.document` returns.
    pictures
        PNGs by the names that its figures give.
    shorter
        Versions of it, each shorter than the one before: the first that fits is taken, else the last.

    Returns
    -------
    told, pdf, pages
        The document with its size; the file, the same on every run (PDF/UA refuses a picture without alt text); the page of
        each heading by its id, the last page as ``last``, and how far down that is filled as ``filled`` (per cent).
    """
    import typst

    sizes = SIZES["long" if told["long"] else "brief"]
    with _setting(pictures) as options:
        for told in chain([told], shorter):  # noqa: B020
            if _fits(told, _pages({**told, "size": sizes[-1]}, options)):
                break
        for size in sizes:
            shown = {**told, "size": size}
            pages = _pages(shown, options)
            if _fits(told, pages) and (pages["last"] == 1 or pages["filled"] >= FILLED):
                break
        compiled: Any = typst.compile(
            TEMPLATE.read_bytes(), pdf_standards=["ua-1"], **options, sys_inputs=_inputs(shown)
        )
    return shown, bytes(compiled), pages


def _fits(told: Document, pages: Mapping[str, int]) -> bool:
    """Say whether a document keeps to its pages, with room on the last as Word sets text wider."""
    return (pages["last"], pages["filled"]) <= (told["most"], FULL)


@contextmanager
def _setting(pictures: Mapping[str, bytes]) -> Iterator[dict[str, Any]]:
    """Put pictures and fonts where typst finds them."""
    import matplotlib as mpl

    with as_file(files("fontpkg_lato") / "files") as fonts, tempfile.TemporaryDirectory() as root:
        for name, content in pictures.items():
            Path(root, f"{name}.png").write_bytes(content)
        beyond_latin = Path(mpl.get_data_path()) / "fonts" / "ttf"  # DejaVu
        yield {"root": root, "font_paths": [str(fonts), str(beyond_latin)], "ignore_system_fonts": True}


def _inputs(told: Mapping[str, Any]) -> dict[str, str]:
    return {"document": json.dumps(told, ensure_ascii=False)}


def _pages(told: Mapping[str, Any], options: dict[str, Any]) -> dict[str, int]:
    import typst

    found: Any = typst.query(TEMPLATE.read_bytes(), "<place>", field="value", **options, sys_inputs=_inputs(told))
    places = json.loads(found)
    return {place["id"]: int(place["page"]) for place in places} | {"filled": int(places[-1]["filled"])}
