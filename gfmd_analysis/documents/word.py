"""Render a document as Word: named styles, pictures with their texts, a table of contents, the same bytes on every run."""

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
LANGUAGES = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES"}
FONT, INK, MUTED, ACCENT = "Calibri", "1B2A3A", "56616E", "9B1C31"
STYLES: dict[str, tuple[float, str, dict[str, Any]]] = {  # name: size in points, colour, what else
    "Normal": (10, INK, {"after": 4}),
    "Title": (17, INK, {"bold": True, "after": 2}),
    "Subtitle": (10.5, MUTED, {"after": 3}),
    "Heading 1": (13.5, ACCENT, {"bold": True, "before": 12, "after": 4}),
    "Heading 2": (11.5, INK, {"bold": True, "before": 9, "after": 3}),
    "Heading 3": (10, ACCENT, {"bold": True, "before": 6, "after": 2}),
    "List Number": (10, INK, {"after": 4, "left": 0.9, "hanging": 0.9}),
    "Caption": (8, MUTED, {"after": 4, "before": 2}),
    "Status": (10, ACCENT, {"bold": True, "after": 3}),
    "Note": (8, MUTED, {"after": 2}),
    "TOC 1": (10, INK, {"bold": True, "before": 3, "after": 0, "dots": 16.5}),
    "TOC 2": (10, INK, {"after": 0, "left": 0.6, "dots": 16.5}),
    "Footer": (8, MUTED, {}),
}


def to_docx(told: Mapping[str, Any], pictures: Mapping[str, bytes], pages: Mapping[str, int]) -> bytes:
    """Render a document as .docx.

    Parameters
    ----------
    told
        What :func:`gfmd_analysis.documents.structure.document` returns.
    pictures
        PNGs by the names that its figures give.
    pages
        Page of each heading by its id, for the table of contents; Word renews them on demand.

    Returns
    -------
    bytes
        The file, the same on every run.
    """
    made: Any = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    side = 2.2 if told["long"] else 1.8
    section.left_margin = section.right_margin = Cm(side)
    section.top_margin, section.bottom_margin, section.footer_distance = Cm(1.5), Cm(1.7), Cm(0.9)
    _style(made, told)
    title = _add(made, "Title", told["title"])
    if told["long"]:  # its first page is a cover
        title.paragraph_format.space_before = Cm(5)
    for block in told["blocks"]:
        match block["kind"]:
            case "heading":
                _heading(made, block)
            case "paragraph":
                _paragraph(made, block)
            case "contents":
                _contents(made, told, pages)
            case "figure":
                _figure(made, block, pictures[block["picture"]], told["figure"])
            case "space":
                made.add_paragraph().paragraph_format.space_after = Cm(block["height"])
    _footer(section.footer.paragraphs[0], told, Cm(21 - 2 * side))
    properties = made.core_properties
    properties.title, properties.subject = told["title"][:255], told["subject"][:255]
    properties.author = properties.last_modified_by = told["author"]
    properties.created = properties.modified = datetime.fromisoformat(told["date"])
    properties.language, properties.revision = LANGUAGES[told["locale"]], 1
    properties.comments = properties.keywords = ""
    buffer = io.BytesIO()
    made.save(buffer)
    return fixed_zip(buffer.getvalue())


def _element(tag: str, **attributes: str) -> Any:
    """Make an element of WordprocessingML, with attributes of the same."""
    return OxmlElement(f"w:{tag}", {qn(f"w:{name}"): value for name, value in attributes.items()})


def _style(made: Any, told: Mapping[str, Any]) -> None:
    """Set the named styles, and the language of all text."""
    for name, (points, colour, more) in STYLES.items():
        if name not in made.styles:
            made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = made.styles["Normal"]
        style = made.styles[name]
        for unwanted in list(style.element.iter(*map(qn, ("w:rPr", "w:pBdr", "w:tabs", "w:numPr")))):
            unwanted.getparent().remove(unwanted)  # fonts of the theme, rules, bullets
        size = round(2 * points * (told["size"] / 10 if points >= 10 else 1)) / 2
        font, shape = style.font, style.paragraph_format
        font.name, font.size, font.bold, font.italic = FONT, Pt(size), more.get("bold", False), False
        font.color.rgb = RGBColor.from_string(colour)
        shape.space_before, shape.space_after = Pt(more.get("before", 0)), Pt(more.get("after", 0))
        shape.line_spacing, shape.widow_control = 1.12 if told["long"] else 1.0, True
        shape.keep_with_next = name.startswith(("Heading", "Title")) or None
        if "left" in more:
            shape.left_indent, shape.first_line_indent = Cm(more["left"]), Cm(-more.get("hanging", 0))
        if "dots" in more:
            shape.tab_stops.add_tab_stop(Cm(more["dots"]), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    language, settings = LANGUAGES[told["locale"]], made.settings.element
    for element in made.styles.element.iter(qn("w:lang")):
        element.attrib.update({qn("w:val"): language, qn("w:eastAsia"): language})
    for old in settings.findall(qn("w:themeFontLang")):
        settings.replace(old, _element("themeFontLang", val=language))


def _add(made: Any, style: str, text: str = "") -> Any:
    """Add a paragraph in a style by its id: by its name python-docx looks through all styles each time."""
    added = made.add_paragraph(text)
    added._p.style = None if style == "Normal" else style.replace(" ", "")
    return added


def _heading(made: Any, block: Mapping[str, Any]) -> None:
    """Add a heading inside a bookmark, which the contents link to."""
    added, number = _add(made, f"Heading {block['level']}", block["text"])._p, block["id"][-8:].lstrip("0")
    added.append(_element("bookmarkStart", id=number, name=block["id"]))
    added.append(_element("bookmarkEnd", id=number))


def _paragraph(made: Any, block: Mapping[str, Any]) -> None:
    added = _add(made, "List Number" if block["number"] else block["style"].capitalize())
    if block["number"]:
        added.add_run(f"{block['number']}\t")
    if all(mark == "strong" for text, mark in block["parts"] if text):  # what leads stays with what follows
        added.paragraph_format.keep_with_next = True
    for text, mark in block["parts"]:
        run = added.add_run(text)
        run.bold = mark == "strong" or None
        if mark == "muted":
            run.font.color.rgb = RGBColor.from_string(MUTED)


def _figure(made: Any, block: Mapping[str, Any], png: bytes, word: str) -> None:
    """Add a picture with its text, and its caption, which Word numbers."""
    added = made.add_paragraph()
    added.paragraph_format.keep_with_next, added.paragraph_format.line_spacing = True, 1.0
    shape = added.add_run().add_picture(io.BytesIO(png), Cm(block["width"]))
    number = str(len(made.inline_shapes))
    shape._inline.docPr.attrib.update({"id": number, "name": f"{word} {number}", "descr": block["alt"]})
    caption = _add(made, "Caption", f"{word} ")
    _field(caption, f"SEQ {word} \\* ARABIC", number)
    caption.add_run(f". {block['caption']}")


def _contents(made: Any, told: Mapping[str, Any], pages: Mapping[str, int]) -> None:
    """Add a field of contents that holds each heading with its page, on a new page."""
    made.add_page_break()
    _add(made, "Status", told["contents"]).paragraph_format.keep_with_next = True
    entries = [block for block in told["blocks"] if block["kind"] == "heading" and block["level"] < 3]
    for place, entry in enumerate(entries):
        added = _add(made, f"TOC {entry['level']}")
        if place == 0:
            _begin(added, 'TOC \\o "1-2" \\h')
        link = _element("hyperlink", anchor=entry["id"])
        link.extend([added.add_run(text)._r for text in (entry["text"], "\t", str(pages.get(entry["id"], "")))])
        added._p.append(link)
    _mark(added, "end")


def _footer(paragraph: Any, told: Mapping[str, Any], width: Any) -> None:
    paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    before, between, after = told["footer"]
    for text, code in ((f"{told['running']}\t{before}", "PAGE"), (between, "NUMPAGES")):
        paragraph.add_run(text)
        _field(paragraph, code, "1")
    paragraph.add_run(after)


def _field(paragraph: Any, code: str, shown: str) -> None:
    """Add a field that Word computes, with what it shows until then."""
    _begin(paragraph, code)
    paragraph.add_run(shown)
    _mark(paragraph, "end")


def _begin(paragraph: Any, code: str) -> None:
    """Open a field: what follows until its end is what it shows."""
    _mark(paragraph, "begin")
    written = OxmlElement("w:instrText", {qn("xml:space"): "preserve"})
    written.text = f" {code} "
    paragraph.add_run()._r.append(written)
    _mark(paragraph, "separate")


def _mark(paragraph: Any, kind: str) -> None:
    paragraph.add_run()._r.append(_element("fldChar", fldCharType=kind))


def fixed_zip(raw: bytes) -> bytes:
    """Pack an Office file anew with one date for all its parts, in the order that they had."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, ZIP_DATE)
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(part, old.read(name))
    return buffer.getvalue()
