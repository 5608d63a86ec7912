"""Read a Word document: every word that a reader sees, wherever Word keeps it, and none that it hides or strikes out."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from gfmd_analysis.draft.markup import count_words
from gfmd_analysis.draft.report import check_archive, refuse

NOTES = {"footnotes": "footnotes", "endnotes": "footnotes", "comments": "comments"}
NOTES |= dict.fromkeys(("header", "footer"), "headers and footers")

# marks of a font that keep words from the reader, as python-docx calls them
UNSEEN = {"hidden": "hidden words", "strike": "words struck out", "double_strike": "words struck out"}

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_TRACKED = (f"{_W}ins", f"{_W}del", f"{_W}moveFrom", f"{_W}moveTo")

# what only holds paragraphs, tables, rows, cells: controls, custom XML, tags
_WRAPPERS = (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}smartTag")

# the parts of a run that are read, and the character for which one stands
_CHARACTERS = {f"{_W}t": "", f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}

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
        body = document.element.body
        tracked = sum(1 for _ in body.iter(*_TRACKED))
        etree.strip_elements(body, _FALLBACK, with_tail=False)
        etree.strip_tags(body, *_WRAPPERS)
        reader = _Reader(document)
        text = "\n\n".join(block for block in reader.blocks(body) if block.strip())
        left_out = reader.left_out + _notes(document)
    except MemoryError:
        raise
    except Exception as error:  # python-docx lets through whatever lxml and zipfile raise
        raise refuse(path, f"a damaged Word file ({type(error).__name__})", "a .docx file that Word opens") from None
    if tracked:
        found = f"{tracked} tracked change{'s' * (tracked > 1)}"
        raise refuse(path, found, "a text with every change accepted or rejected")
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
    """A document being read: its automatic numbers so far, and the words left out so far.

    Python-docx leaves automatic numbers out of a paragraph's text, so they are counted here.
    """

    def __init__(self, document: Any) -> None:
        self.document = document
        self.left_out: Counter[str] = Counter()
        self._counts: dict[int, list[int]] = {}
        parts = {str(part.partname): part for part in document.part.package.iter_parts()}
        self._styles = cache(lambda name, kind: _with_bases(document.part.get_style(name, kind)))
        self._lists: Any = getattr(parts.get("/word/numbering.xml"), "element", None)

    def blocks(self, parent: Any) -> Iterator[str]:
        """Write out the paragraphs and tables inside an element, and in the text boxes of these."""
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

    def _table(self, table: Any) -> str:
        rows = []
        for row in table.iterchildren(f"{_W}tr"):
            cells = list(filter(None, (_cell(self.blocks(cell)) for cell in row.iterchildren(f"{_W}tc"))))
            rows.append(f"| {' | '.join(cells)} |" if len(cells) > 1 else "".join(cells))
            if len(cells) > 1 and row.find(f"{_W}trPr/{_W}tblHeader") is not None:
                rows.append("|---|")
        return "\n".join(rows) if all(row.startswith("|") for row in rows) else "\n\n".join(rows)

    def _paragraph(self, element: Any) -> str:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.text.font import Font

        styles = self._styles(element.style, WD_STYLE_TYPE.PARAGRAPH)
        is_written = any((text.text or "").strip() for text in element.iter(f"{_W}t"))
        label = self._label([element.pPr, *(style.element.pPr for style in styles)]) if is_written else ""
        seen, bold = [], []
        for run in element.iter(f"{_W}r"):
            text = "".join(_CHARACTERS.get(each.tag, "") or each.text or "" for each in run if each.tag in _CHARACTERS)
            of_run = self._styles(run.style, WD_STYLE_TYPE.CHARACTER)
            fonts = [Font(run), *(style.font for style in (*of_run, *styles))]
            if what := next((what for mark, what in UNSEEN.items() if _has(fonts, mark)), ""):
                self.left_out[what] += count_words(text)
                continue
            seen.append(text)
            if text.strip():
                bold.append(_has(fonts, "bold"))
        text = " ".join("".join(seen).split())
        style = (styles[0].name or "").lower() if styles else ""
        if text and (style.startswith("heading") or style == "title"):
            return f"## {text}"
        if bold and not label and all(bold):
            return f"**{text}**"
        return f"{label} {text}" if label and text else text

    def _label(self, marks: list[Any]) -> str:
        """Write ``12.``, a letter or a bullet; ``""`` where a paragraph has no number of its own or by its style."""
        numbers = (each.numPr for each in marks if each is not None)
        held = next((each for each in numbers if each is not None and each.numId is not None), None)
        if held is None or not held.numId.val or self._lists is None:
            return ""
        number, level = held.numId.val, held.ilvl.val if held.ilvl is not None else 0
        counts = self._counts.setdefault(number, [])
        counts[level + 1 :] = []
        counts += [self._form(number, each)[1] - 1 for each in range(len(counts), level + 1)]
        counts[level] += 1
        form, _ = self._form(number, level)
        if form == "decimal":
            return f"    ({counts[level]})" if level else f"{counts[0]}."
        if form == "lowerLetter":
            return f"    ({chr(96 + min(counts[level], 26))})"
        return "-" if form != "none" else ""

    def _form(self, number: int, level: int) -> tuple[str, int]:
        """Find how a list writes its numbers at a level, and with which it begins."""
        abstract = self._value(f"w:num[@w:numId='{number}']/w:abstractNumId")
        override = f"w:num[@w:numId='{number}']/w:lvlOverride[@w:ilvl='{level}']/w:startOverride"
        here = f"w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl[@w:ilvl='{level}']"
        start = self._value(override) or self._value(f"{here}/w:start") or "1"
        return self._value(f"{here}/w:numFmt") or "decimal", int(start)

    def _value(self, path: str) -> str:
        return next(iter(self._lists.xpath(f"{path}/@w:val")), "")


def _cell(blocks: Iterable[str]) -> str:
    """Write a cell's blocks in one line without their marks."""
    text = " ".join(block.replace("**", "").lstrip("# ") for block in blocks)
    return " ".join(text.split()).replace("|", "/")


def _with_bases(style: Any) -> list[Any]:
    """List a style and those on which it is based, nearest first."""
    return [style, *_with_bases(style.base_style)] if style is not None else []


def _has(fonts: list[Any], mark: str) -> bool:
    return bool(next((value for font in fonts if (value := getattr(font, mark)) is not None), False))
