"""Render a document as tagged PDF (PDF/UA-1), and say on which page each heading stands."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from gfmd_analysis.documents.structure import SIZES

FILLED = 35  # per cent of the last page, at the least
TEMPLATE = files("gfmd_analysis") / "documents" / "templates" / "document.typ"


def fitted(told: Mapping[str, Any], pictures: Mapping[str, bytes]) -> tuple[dict[str, Any], bytes, dict[str, int]]:
    """Set a document in the largest size with which it keeps to its pages and leaves none mostly empty.

    Parameters
    ----------
    told
        What :func:`gfmd_analysis.documents.structure.document` returns.
    pictures
        PNGs by the names that its figures give.

    Returns
    -------
    told, pdf, pages
        The document with its size; the file, the same on every run (PDF/UA refuses a picture without alt text); the page of
        each heading by its id, the last page as ``last``, and how far down that is filled as ``filled`` (per cent).
    """
    import typst

    with _setting(pictures) as options:
        for size in SIZES["long" if told["long"] else "brief"]:
            shown = {**told, "size": size}
            pages = _pages(shown, options)
            if pages["last"] <= told["most"] and (pages["last"] == 1 or pages["filled"] >= FILLED):
                break
        compiled: Any = typst.compile(
            TEMPLATE.read_bytes(), pdf_standards=["ua-1"], **options, sys_inputs=_inputs(shown)
        )
    return shown, bytes(compiled), pages


def fits(told: Mapping[str, Any]) -> bool:
    """Say whether a document without figures keeps to its pages in the smallest size."""
    with _setting({}) as options:
        return _pages({**told, "size": SIZES["brief"][-1]}, options)["last"] <= int(told["most"])


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
