"""Render a document as tagged PDF (PDF/UA-1), and say on which page each heading stands."""

import json
import tempfile
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from gfmd_analysis.documents.structure import SIZES

FILLED = 35  # per cent of the last page, at the least
TEMPLATE = files("gfmd_analysis") / "documents" / "templates" / "document.typ"


def typeset(told: Mapping[str, Any], pictures: Mapping[str, bytes]) -> tuple[bytes, dict[str, int]]:
    """Set a document.

    Parameters
    ----------
    told
        What :func:`gfmd_analysis.documents.structure.document` returns.
    pictures
        PNGs by the names that its figures give.

    Returns
    -------
    pdf, pages
        The file, the same on every run, and the page of each heading by its id, the last page as ``last``, and
        how far down that is filled as ``filled`` (per cent). PDF/UA refuses a picture without alt text.
    """
    import matplotlib as mpl
    import typst

    with as_file(files("fontpkg_lato") / "files") as fonts, tempfile.TemporaryDirectory() as root:
        for name, content in pictures.items():
            Path(root, f"{name}.png").write_bytes(content)
        options: dict[str, Any] = {
            "root": root,
            "font_paths": [
                str(fonts),
                str(Path(mpl.get_data_path()) / "fonts" / "ttf"),
            ],  # DejaVu: letters beyond Latin
            "ignore_system_fonts": True,
            "sys_inputs": {"document": json.dumps(told, ensure_ascii=False)},
        }
        template = TEMPLATE.read_bytes()
        compiled: Any = typst.compile(template, pdf_standards=["ua-1"], **options)
        found: Any = json.loads(typst.query(template, "<place>", field="value", **options))
    pages = {place["id"]: int(place["page"]) for place in found}
    return bytes(compiled), pages | {"filled": int(found[-1]["filled"])}


def fitted(told: Mapping[str, Any], pictures: Mapping[str, bytes]) -> tuple[dict[str, Any], bytes, dict[str, int]]:
    """Set a document in the largest size with which it keeps to its pages and leaves none mostly empty.

    Returns
    -------
    told, pdf, pages
        The document with that size, and what :func:`typeset` returns for it.
    """
    for size in SIZES["long" if told["long"] else "brief"]:
        shown = {**told, "size": size}
        content, pages = typeset(shown, pictures)
        if pages["last"] <= told["most"] and (pages["last"] == 1 or pages["filled"] >= FILLED):
            break
    return shown, content, pages
