"""Read a Word document: every word that a reader sees, wherever Word keeps it, and none that it hides or strikes out."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from gfmd_analysis.draft.markup import count_words
from gfmd_analysis.draft.report import check_archive, refusal

NOTES = {
    "footnotes": "footnotes", "endnotes": "footnotes", "comments": "comments", "header": "headers and footers",
    "footer": "headers and footers",
}  # fmt: skip

# marks of a font that keep words from the reader, as python-docx calls them
UNSEEN = {"hidden": "hidden words", "strike": "words struck out", "double_strike": "words struck out"}

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_TRACKED = (f"{_W}ins", f"{_W}del", f"{_W}moveFrom", f"{_W}moveTo")

_WRAPPERS = (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}smartTag")

_CHARACTERS = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}

# what repeats an element for older versions of Word
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_word(path: Path) -> tuple[str, list[tuple[str, int]]]:
    """Read a ``.docx`` file.

    Returns
    -------
    tuple
        The text, headings and bold lines marked, rows of tables as Markdown rows; and what was left out with its words.

    Raises
    ------
    GfmdError
        For a file that is damaged, packed beyond reason, or has tracked changes.
    """
    import docx
    from lxml import etree

    check_archive(path)
    try:
        document = docx.Document(str(path))
        tracked = sum(1 for _ in document.element.body.iter(*_TRACKED))
        etree.strip_elements(document.element.body, _FALLBACK, with_tail=False)
        reader = _Reader(document)
        text = "\n\n".join(block for block in reader.blocks(document.element.body) if block.strip())
        left_out = reader.left_out + _notes(document)
    except MemoryError:
        raise
    except Exception as error:  # python-docx lets through whatever lxml and zipfile raise
        raise refusal(path, f"a damaged Word file ({type(error).__name__})", "a .docx file that Word opens") from None
    if tracked:
        changes = f"{tracked} tracked change{'s' * (tracked > 1)}"
        raise refusal(path, changes, "a text with every change accepted or rejected")
    return text, list(left_out.items())


def _notes(document: Any) -> Counter[str]:
    """Count the words of notes, comments, headers and footers, each of which Word keeps in a part of its own."""
    from lxml import etree

    words: Counter[str] = Counter()
    for part in document.part.package.iter_parts():
        what = NOTES.get(Path(part.partname).stem.rstrip("0123456789"))
        if what and part.blob:
            root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
            texts = ("".join(text.text or "" for text in each.iter(f"{_W}t")) for each in root.iter(f"{_W}p"))
            words[what] += count_words(" ".join(texts))
    return words


class _Reader:
    """A document being read: its automatic numbers so far, and the words left out so far."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.numbering = _Numbering(document)
        self.left_out: Counter[str] = Counter()
        self.fonts = cache(self._fonts)

    def blocks(self, parent: Any) -> Iterator[str]:
        """Write out the paragraphs and tables inside an element, through content controls, custom XML and text boxes."""
        for child in parent:
            if child.tag == f"{_W}p":
                boxes = list(child.iter(f"{_W}txbxContent"))
                for box in boxes:
                    box.getparent().remove(box)
                yield self._paragraph(child)
                for box in boxes:
                    yield from self.blocks(box)
            elif child.tag == f"{_W}tbl":
                yield self._table(child)
            elif child.tag in _WRAPPERS:
                yield from self.blocks(child)

    def _table(self, table: Any) -> str:
        rows = []
        for row in _own(table, "tr", "tbl"):
            cells = [cell for cell in (_cell(self.blocks(cell)) for cell in _own(row, "tc", "tr")) if cell]
            rows.append(f"| {' | '.join(cells)} |" if len(cells) > 1 else "".join(cells))
            if len(cells) > 1 and row.find(f"{_W}trPr/{_W}tblHeader") is not None:
                rows.append("|---|")
        return "\n".join(rows) if all(row.startswith("|") for row in rows) else "\n\n".join(rows)

    def _paragraph(self, element: Any) -> str:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.text.font import Font
        from docx.text.paragraph import Paragraph

        paragraph = Paragraph(element, self.document._body)
        is_written = any((text.text or "").strip() for text in element.iter(f"{_W}t"))
        label = self.numbering.label(paragraph) if is_written else ""
        of_paragraph = self.fonts(element.style, WD_STYLE_TYPE.PARAGRAPH)
        seen, bold = [], []
        for run in element.iter(f"{_W}r"):
            text = "".join(map(_text, run))
            fonts = [Font(run), *self.fonts(run.style, WD_STYLE_TYPE.CHARACTER), *of_paragraph]
            if what := next((what for mark, what in UNSEEN.items() if _has(fonts, mark)), ""):
                self.left_out[what] += count_words(text)
                continue
            seen.append(text)
            if text.strip():
                bold.append(_has(fonts, "bold"))
        text = " ".join("".join(seen).split())
        style = (paragraph.style.name or "").lower() if paragraph.style is not None else ""
        if text and (style.startswith("heading") or style == "title"):
            return f"## {text}"
        if bold and not label and all(bold):
            return f"**{text}**"
        return f"{label} {text}" if label and text else text

    def _fonts(self, style: str | None, kind: Any) -> list[Any]:
        """List the fonts of a style and of those on which it is based, nearest first."""
        return [each.font for each in _styles(self.document.part.get_style(style, kind))]


def _own(element: Any, tag: str, kind: str) -> list[Any]:
    """Find the descendants of a tag that belong to an element, not to one of its kind inside it."""
    return [each for each in element.iter(f"{_W}{tag}") if next(each.iterancestors(f"{_W}{kind}")) is element]


def _text(child: Any) -> str:
    return child.text or "" if child.tag == f"{_W}t" else _CHARACTERS.get(child.tag, "")


def _cell(blocks: Iterable[str]) -> str:
    """Write a cell's blocks in one line without their marks."""
    text = " ".join(block.replace("**", "").lstrip("# ") for block in blocks)
    return " ".join(text.split()).replace("|", "/")


def _styles(style: Any) -> Iterator[Any]:
    """List a style and those on which it is based."""
    while style is not None:
        yield style
        style = style.base_style


def _has(fonts: list[Any], mark: str) -> bool:
    return bool(next((value for font in fonts if (value := getattr(font, mark)) is not None), False))


class _Numbering:
    """Word's automatic numbers: python-docx leaves them out of a paragraph's text, so they are counted here."""

    def __init__(self, document: Any) -> None:
        self._counts: dict[str, list[int]] = {}
        parts = [part for part in document.part.package.iter_parts() if str(part.partname) == "/word/numbering.xml"]
        self._root: Any = parts[0].element if parts else None

    def label(self, paragraph: Any) -> str:
        """Write ``12.``, a letter or a bullet, and ``""`` where a paragraph is not numbered."""
        number, level = self._place(paragraph)
        if not number or self._root is None:
            return ""
        counts = self._counts.setdefault(number, [])
        counts[level + 1 :] = []
        while len(counts) <= level:
            counts.append(self._form(number, len(counts))[1] - 1)
        counts[level] += 1
        form, _ = self._form(number, level)
        if form == "decimal":
            return f"    ({counts[level]})" if level else f"{counts[0]}."
        if form == "lowerLetter":
            return f"    ({chr(96 + min(counts[level], 26))})"
        return "-" if form != "none" else ""

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """Find a paragraph's list and level, its own or by its style; ``""`` where it has none."""
        for each in (paragraph._p.pPr, *(style.element.pPr for style in _styles(paragraph.style))):
            held = each.numPr if each is not None else None
            if held is not None and held.numId is not None:
                return str(held.numId.val or ""), held.ilvl.val if held.ilvl is not None else 0
        return "", 0

    def _form(self, number: str, level: int) -> tuple[str, int]:
        """Find how a list writes its numbers at a level, and with which it begins."""
        abstract = self._value(f"w:num[@w:numId='{number}']/w:abstractNumId")
        override = f"w:num[@w:numId='{number}']/w:lvlOverride[@w:ilvl='{level}']/w:startOverride"
        here = f"w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl[@w:ilvl='{level}']"
        start = self._value(override) or self._value(f"{here}/w:start") or "1"
        return self._value(f"{here}/w:numFmt") or "decimal", int(start)

    def _value(self, path: str) -> str:
        return next(iter(self._root.xpath(f"{path}/@w:val")), "")
