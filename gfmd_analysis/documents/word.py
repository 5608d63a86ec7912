"""Render a document as Word: named styles, pictures with their texts, a table of contents, the same bytes on every run."""

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

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
    "List Number": (10, INK, {"after": 4, "hanging": 0.9}),
    "Caption": (8, MUTED, {"after": 4, "before": 2}),
    "Status": (10, ACCENT, {"bold": True, "after": 3}),
    "Note": (8, MUTED, {"after": 2}),
    "TOC 1": (10, INK, {"bold": True, "before": 3, "after": 0, "dots": 16.5}),
    "TOC 2": (10, INK, {"after": 0, "left": 0.6, "dots": 16.5}),
    "Footer": (8, MUTED, {}),
}
NAMES = {"body": "Normal", "item": "Normal", "subtitle": "Subtitle", "status": "Status", "note": "Note"}


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
    from docx import Document
    from docx.shared import Cm

    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    side = 2.2 if told["long"] else 1.8
    section.left_margin = section.right_margin = Cm(side)
    section.top_margin, section.bottom_margin, section.footer_distance = Cm(1.5), Cm(1.7), Cm(0.9)
    _style(made, told)
    made.add_paragraph(told["title"], "Title")
    numbers = {"figure": 0, "bookmark": 0}
    for block in told["blocks"]:
        _add(made, block, told, pictures, pages, numbers)
    _footer(section.footer.paragraphs[0], told)
    moment = datetime.fromisoformat(told["date"])
    properties = made.core_properties
    properties.title, properties.subject = told["title"][:255], told["subject"][:255]
    properties.author = properties.last_modified_by = told["author"]
    properties.created = properties.modified = moment
    properties.language, properties.revision = LANGUAGES[told["locale"]], 1
    properties.comments = properties.keywords = ""
    buffer = io.BytesIO()
    made.save(buffer)
    return fixed_zip(buffer.getvalue())


def _style(made: Any, told: Mapping[str, Any]) -> None:
    """Set the named styles, and the language of all text."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    there = {style.name for style in made.styles}
    for name, (size, colour, more) in STYLES.items():
        style = made.styles[name] if name in there else made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if name not in there:
            style.base_style = made.styles["Normal"]
        size = round(2 * size * (told["size"] / 10 if size >= 10 else 1)) / 2
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), more.get("bold", False)
        style.font.italic, style.font.color.rgb = False, RGBColor.from_string(colour)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:hAnsi"), FONT)
        for unwanted in style.element.rPr.findall(qn("w:spacing")):
            style.element.rPr.remove(unwanted)
        shape = style.paragraph_format
        shape.space_before, shape.space_after = Pt(more.get("before", 0)), Pt(more.get("after", 0))
        shape.line_spacing, shape.widow_control = 1.0 if not told["long"] else 1.08, True
        shape.keep_with_next = name.startswith(("Heading", "Title")) or None
        for unwanted in [
            *style.element.iter(qn("w:pBdr")),
            *style.element.iter(qn("w:tabs")),
            *style.element.iter(qn("w:numPr")),
        ]:
            unwanted.getparent().remove(unwanted)
        if "hanging" in more:
            shape.left_indent, shape.first_line_indent = Cm(more["hanging"]), Cm(-more["hanging"])
        if "left" in more:
            shape.left_indent = Cm(more["left"])
        if "dots" in more:
            shape.tab_stops.add_tab_stop(Cm(more["dots"]), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    for language in made.styles.element.iter(qn("w:lang")):
        for attribute in ("val", "eastAsia"):
            language.set(qn(f"w:{attribute}"), LANGUAGES[told["locale"]])
    settings = made.settings.element
    update = OxmlElement("w:themeFontLang")
    update.set(qn("w:val"), LANGUAGES[told["locale"]])
    for old in settings.findall(qn("w:themeFontLang")):
        settings.replace(old, update)


def _add(
    made: Any,
    block: Mapping[str, Any],
    told: Mapping[str, Any],
    pictures: Mapping[str, bytes],
    pages: Mapping[str, int],
    numbers: dict[str, int],
) -> None:
    from docx.shared import Cm

    if block["kind"] == "heading":
        numbers["bookmark"] += 1
        _bookmark(made.add_paragraph(block["text"], f"Heading {block['level']}"), block["id"], numbers["bookmark"])
    elif block["kind"] == "paragraph":
        added = made.add_paragraph(style="List Number" if block["number"] else NAMES[block["style"]])
        if block["number"]:
            added.add_run(f"{block['number']}\t")
        for text, mark in block["parts"]:
            _run(added, text, mark)
    elif block["kind"] == "contents":
        _contents(made, told, pages)
    elif block["kind"] == "figure":
        numbers["figure"] += 1
        added = made.add_paragraph()
        added.paragraph_format.keep_with_next = True
        added.paragraph_format.line_spacing = 1.0
        added.add_run().add_picture(io.BytesIO(pictures[block["picture"]]), Cm(block["width"]))
        drawing = next(added._p.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"))
        number = str(numbers["figure"])
        drawing.attrib.update({"id": number, "name": f"{told['figure']} {number}", "descr": block["alt"]})
        _caption(made, told["figure"], numbers["figure"], block["caption"])


def _run(paragraph: Any, text: str, mark: str) -> None:
    from docx.shared import RGBColor

    run = paragraph.add_run(text)
    run.bold = True if mark == "strong" else None
    if mark == "muted":
        run.font.color.rgb = RGBColor.from_string(MUTED)


def _caption(made: Any, word: str, number: int, text: str) -> None:
    added = made.add_paragraph(f"{word} ", "Caption")
    _field(added, "SEQ " + word + " \\* ARABIC", str(number))
    added.add_run(f". {text}")


def _bookmark(paragraph: Any, name: str, number: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(kind)
        mark.set(qn("w:id"), str(number))
        if kind == "w:bookmarkStart":
            mark.set(qn("w:name"), name)
        paragraph._p.append(mark)


def _contents(made: Any, told: Mapping[str, Any], pages: Mapping[str, int]) -> None:
    """Add a field of contents that holds each heading with its page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made.add_paragraph(told["contents"], "Status").paragraph_format.keep_with_next = True
    entries = [block for block in told["blocks"] if block["kind"] == "heading" and block["level"] < 3]
    for place, entry in enumerate(entries):
        added = made.add_paragraph(style=f"TOC {entry['level']}")
        if place == 0:
            _mark(added, "begin")
            _code(added, 'TOC \\o "1-2" \\h')
            _mark(added, "separate")
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), entry["id"])
        for text in (entry["text"], "\t", str(pages.get(entry["id"], ""))):
            link.append(added.add_run(text)._r)
        added._p.append(link)
        if place == len(entries) - 1:
            _mark(added, "end")


def _footer(paragraph: Any, told: Mapping[str, Any]) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm

    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Cm(16.6 if told["long"] else 17.4), WD_TAB_ALIGNMENT.RIGHT)
    before, between, after = told["footer"]
    paragraph.add_run(f"{told['title']}\t{before}")
    _field(paragraph, "PAGE", "1")
    paragraph.add_run(between)
    _field(paragraph, "NUMPAGES", "1")
    paragraph.add_run(after)


def _field(paragraph: Any, code: str, shown: str) -> None:
    _mark(paragraph, "begin")
    _code(paragraph, code)
    _mark(paragraph, "separate")
    paragraph.add_run(shown)
    _mark(paragraph, "end")


def _mark(paragraph: Any, kind: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def _code(paragraph: Any, code: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {code} "
    paragraph.add_run()._r.append(text)


def fixed_zip(raw: bytes) -> bytes:
    """Pack an Office file anew with one date for all its parts, in the order that they had."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, ZIP_DATE)
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(part, old.read(name))
    return buffer.getvalue()
