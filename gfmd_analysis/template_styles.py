"""The styles of the Word templates: fonts, sizes, colours, lists, page and language."""

from typing import Any

from gfmd_analysis.word import LANGUAGE

INK, MUTED, ACCENT, RULE = "1B2A3A", "56616E", "9B1C31", "A9B1BA"
FONT = "Arial"


def blank(margins: float, text: float) -> Any:
    """Give an empty A4 document with the project's styles; margins in cm, text size in points."""
    from docx import Document
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(margins)
    section.top_margin, section.bottom_margin = Cm(min(margins, 1.6)), Cm(1.8)
    section.header_distance, section.footer_distance = Cm(0.8), Cm(0.9)
    styles = document.styles
    for name, kind in (("Small", 1), ("Label", 1), ("TOC 1", 1), ("TOC 2", 1), ("Citation", 2), ("Evidence", 2)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH if kind == 1 else WD_STYLE_TYPE.CHARACTER)
        style.base_style = styles["Normal"] if kind == 1 else styles["Default Paragraph Font"]
        style.hidden, style.quick_style = False, True
    looks = (
        ("Normal", text, INK, False, 0, 4), ("Title", text + 9, INK, True, 0, 2), ("Subtitle", text + 1, MUTED, False, 0, 6),
        ("Heading 1", text + 4, ACCENT, True, 10, 4), ("Heading 2", text + 2, INK, True, 10, 4), ("Heading 3", text + 0.5, INK, True, 8, 3),
        ("List Bullet", text, INK, False, 0, 3), ("List Number", text, INK, False, 4, 2), ("List Continue", text - 1, MUTED, False, 0, 2),
        ("Caption", text - 1, MUTED, False, 1, 5), ("Small", text - 0.5, MUTED, False, 0, 2), ("Label", text, INK, True, 3, 2),
        ("TOC Heading", text + 2, ACCENT, True, 10, 4), ("TOC 1", text, INK, True, 4, 1), ("TOC 2", text, INK, False, 0, 1),
        ("Header", text - 1.5, MUTED, False, 0, 0), ("Footer", text - 1.5, MUTED, False, 0, 0),
        ("Citation", None, MUTED, None, 0, 0), ("Evidence", None, MUTED, None, 0, 0), ("Strong", None, None, True, 0, 0),
    )  # fmt: skip
    for name, size, colour, bold, before, after in looks:
        _look(styles[name], Pt(size) if size else None, colour, bold, Pt(before), Pt(after))
    styles["TOC 2"].paragraph_format.left_indent = Cm(0.6)
    numbered = styles["List Number"].paragraph_format
    numbered.left_indent, numbered.first_line_indent = Cm(1), Cm(-1)
    for level in document.part.numbering_part.element.iter(qn("w:lvl")):
        style = level.find(qn("w:pStyle"))
        if style is not None and style.get(qn("w:val")) == "ListNumber":
            level.remove(level.find(qn("w:pPr")))  # its narrow tab would pull three-digit numbers into the text
    styles["List Continue"].paragraph_format.left_indent = Cm(1)
    for name in ("Heading 1", "Heading 2", "Heading 3", "Label"):
        styles[name].paragraph_format.keep_with_next = True
    for name in ("List Bullet", "List Number", "List Continue"):
        _without(styles[name].element.get_or_add_pPr(), "w:contextualSpacing")
    _language(document)
    styles["Footer"].paragraph_format.tab_stops.clear_all()
    _page_line(section.footer.paragraphs[0], "{{ title }}", Cm(21 - 2 * margins))
    return document


def _look(style: Any, size: Any, colour: str | None, bold: bool | None, before: Any, after: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    style.font.name, style.font.bold, style.font.italic = FONT, bold, None
    if size:
        style.font.size = size
        style.paragraph_format.space_before, style.paragraph_format.space_after = before, after
        style.paragraph_format.line_spacing = 1.08
        _without(style.element.get_or_add_pPr(), "w:pBdr")
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour)
    for name in ("w:spacing", "w:kern", "w:caps"):
        _without(style.element.get_or_add_rPr(), name)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def _without(element: Any, name: str) -> None:
    from docx.oxml.ns import qn

    for child in element.findall(qn(name)):
        element.remove(child)


def _language(document: Any) -> None:
    from docx.oxml.ns import qn

    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def element(tag: str, **attributes: object) -> Any:
    """Make an element with attributes, all in Word's own namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def field(paragraph: Any, instruction: str, result: str) -> None:
    """Add a field with its result already there."""
    for kind, text in (("begin", ""), ("instruction", instruction), ("separate", ""), ("result", result), ("end", "")):
        run = paragraph.add_run(text if kind == "result" else "")
        if kind == "instruction":
            run._r.append(element("w:instrText"))
            run._r[-1].text = f" {text} "
        elif kind != "result":
            run._r.append(element("w:fldChar", fldCharType=kind))


def _page_line(paragraph: Any, text: str, width: Any) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT

    paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{text}\tPage ")
    field(paragraph, "PAGE", "1")
    paragraph.add_run(" of ")
    field(paragraph, "NUMPAGES", "2")
