"""Fill a Word template: words by docxtpl (Jinja), pictures with alternative text, properties fixed from the data."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.resources import files
from typing import Any

import pandas as pd

TEMPLATES = files("gfmd_analysis") / "documents" / "templates"

ZIP_DATE = (1980, 1, 1, 0, 0, 0)

AUTHOR = "gfmd_analysis"

LANGUAGE = "en-GB"


def render(
    template: str, context: Mapping[str, Any], day: pd.Timestamp, figures: Sequence[Mapping[str, Any]] = ()
) -> bytes:
    """Fill a template.

    Parameters
    ----------
    template
        File name in ``templates/``.
    context
        What the template's double braces name; all text is escaped, so that names come out as themselves.
    day
        Date of the meeting: the document's date of creation, so that it is the same on every run.
    figures
        Pictures by place, each with ``path`` (PNG), ``width`` (cm), ``alt`` and what else the template names.

    Returns
    -------
    bytes
        A .docx, the same on every run.
    """
    from docx.shared import Cm
    from docxtpl import DocxTemplate, InlineImage

    document = DocxTemplate(io.BytesIO((TEMPLATES / template).read_bytes()))
    pictures = [
        dict(figure) | {"picture": InlineImage(document, str(figure["path"]), Cm(figure["width"]))}
        for figure in figures
    ]
    document.render(dict(context) | {"figures": pictures}, autoescape=True)
    drawings = document.docx.element.body.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    )
    for number, (drawing, figure) in enumerate(zip(drawings, figures, strict=True), start=1):
        drawing.attrib.update({"id": str(number), "name": f"Figure {number}", "descr": str(figure["alt"])})
    moment = datetime(day.year, day.month, day.day)
    properties = document.docx.core_properties
    properties.title, properties.subject, properties.language = (
        context["title"][:255],
        context["subtitle"][:255],
        LANGUAGE,
    )
    properties.author = properties.last_modified_by = AUTHOR
    properties.created = properties.modified = moment
    properties.revision, properties.comments, properties.keywords = 1, "", ""
    buffer = io.BytesIO()
    document.save(buffer)
    return fixed_zip(buffer.getvalue())


def fixed_zip(raw: bytes) -> bytes:
    """Pack an Office file anew with one date for all its parts, in the order that they had."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, ZIP_DATE)
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(part, old.read(name))
    return buffer.getvalue()
