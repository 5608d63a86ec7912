"""Read a Word document: every word that a reader sees, wherever Word keeps it, and none that it hides or strikes out."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gfmd_analysis.draft.markup import count_words
from gfmd_analysis.draft.report import check_archive, refusal

TRACKED = ("ins", "del", "moveFrom", "moveTo")

NOTES = {
    "footnotes": "footnotes",
    "endnotes": "footnotes",
    "comments": "comments",
    "header": "headers and footers",
    "footer": "headers and footers",
}

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

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

    check_archive(path)
    try:
        document = docx.Document(str(path))
    except Exception as error:  # python-docx lets through whatever lxml and zipfile raise
        raise refusal(path, f"a damaged Word file ({type(error).__name__})", "a .docx file that Word opens") from None
    body = document.element.body
    tracked = sum(1 for tag in TRACKED for _ in body.iter(f"{_W}{tag}"))
    if tracked:
        raise refusal(
            path, f"{tracked} tracked change{'s' * (tracked > 1)}", "a text with every change accepted or rejected"
        )
    reader = _Reader(document)
    blocks = list(reader.blocks(body))
    for part in document.part.package.iter_parts():
        name = Path(str(part.partname)).stem.rstrip("0123456789")
        root = getattr(part, "element", None)
        if name in NOTES and (root is not None or part.blob):
            if root is None:
                from lxml import etree

                root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
            words = " ".join("".join(t.text or "" for t in p.iter(f"{_W}t")) for p in root.iter(f"{_W}p"))
            reader.left_out[NOTES[name]] += count_words(words)
    return "\n\n".join(block for block in blocks if block.strip()), list(reader.left_out.items())


class _Reader:
    """A document being read: its automatic numbers so far, and the words left out so far."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.numbering = _Numbering(document)
        self.left_out: Counter[str] = Counter()
        self.styles = {style.get(f"{_W}styleId"): style for style in document.styles.element.iter(f"{_W}style")}

    def blocks(self, parent: Any) -> Iterator[str]:
        """Write out the paragraphs and tables inside an element, through content controls, custom XML and text boxes."""
        for child in parent:
            if child.tag == f"{_W}p":
                yield self._paragraph(child)
                for box in child.iter(f"{_W}txbxContent"):
                    if not any(up.tag == _FALLBACK for up in box.iterancestors()):
                        yield from self.blocks(box)
            elif child.tag == f"{_W}tbl":
                yield self._table(child)
            elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}smartTag"):
                yield from self.blocks(child)

    def _table(self, table: Any) -> str:
        rows = []
        for row in table.iter(f"{_W}tr"):
            if next(row.iterancestors(f"{_W}tbl")) is not table:
                continue
            cells = [
                " ".join(" ".join(block.replace("**", "").lstrip("# ") for block in self.blocks(cell)).split())
                for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row
            ]  # fmt: skip
            cells = [cell.replace("|", "/") for cell in cells if cell]
            header = row.find(f"{_W}trPr/{_W}tblHeader") is not None
            rows.append(f"| {' | '.join(cells)} |" if len(cells) > 1 else "".join(cells))
            rows += ["|---|"] if header and len(cells) > 1 else []
        return "\n".join(rows) if all(row.startswith("|") for row in rows) else "\n\n".join(rows)

    def _paragraph(self, element: Any) -> str:
        from docx.text.paragraph import Paragraph

        paragraph = Paragraph(element, self.document)
        label = self.numbering.label(paragraph)
        style = (paragraph.style.name or "").lower() if paragraph.style is not None else ""
        pieces, bold = [], []
        for run in element.iter(f"{_W}r"):
            if next(run.iterancestors(f"{_W}p")) is not element or any(
                up.tag == _FALLBACK for up in run.iterancestors()
            ):
                continue
            text = "".join(self._text(child) for child in run)
            what = self._unseen(run, element)
            if what:
                self.left_out[what] += count_words(text)
                continue
            pieces.append(text)
            if text.strip():
                bold.append(self._has(run, element, "b"))
        text = " ".join("".join(pieces).split())
        if text and (style.startswith("heading") or style == "title"):
            return f"## {text}"
        if bold and not label and all(bold):
            return f"**{text}**"
        return f"{label} {text}" if label and text else text

    def _text(self, child: Any) -> str:
        if child.tag == f"{_W}t":
            return child.text or ""
        return {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}.get(child.tag.removeprefix(_W), "")

    def _unseen(self, run: Any, paragraph: Any) -> str:
        if self._has(run, paragraph, "vanish"):
            return "hidden words"
        return "words struck out" if self._has(run, paragraph, "strike") or self._has(run, paragraph, "dstrike") else ""

    def _has(self, run: Any, paragraph: Any, mark: str) -> bool:
        """Return whether a run carries a mark itself, by its style or by its paragraph's style."""
        holders = [run.find(f"{_W}rPr")]
        for path in (run.find(f"{_W}rPr/{_W}rStyle"), paragraph.find(f"{_W}pPr/{_W}pStyle")):
            style = self.styles.get(path.get(f"{_W}val")) if path is not None else None
            while style is not None:
                holders.append(style.find(f"{_W}rPr"))
                based = style.find(f"{_W}basedOn")
                style = self.styles.get(based.get(f"{_W}val")) if based is not None else None
        for holder in holders:
            found = holder.find(f"{_W}{mark}") if holder is not None else None
            if found is not None:
                return found.get(f"{_W}val") not in ("0", "false", "off")
        return False


class _Numbering:
    """Word's automatic numbers: python-docx leaves them out of a paragraph's text, so they are counted here."""

    def __init__(self, document: Any) -> None:
        from docx.oxml.ns import qn

        self._qn = qn
        self._counts: dict[str, list[int]] = {}
        parts = [part for part in document.part.package.iter_parts() if str(part.partname) == "/word/numbering.xml"]
        self._root = parts[0].element if parts else None

    def label(self, paragraph: Any) -> str:
        """Write ``12.``, a letter or a bullet, and ``""`` where a paragraph is not numbered."""
        found = self._place(paragraph)
        if found is None or self._root is None or not paragraph.text.strip():
            return ""
        number, level = found
        form, _ = self._form(number, level)
        counts = self._counts.setdefault(number, [])
        counts[level + 1 :] = []
        while len(counts) <= level:
            counts.append(self._form(number, len(counts))[1] - 1)
        counts[level] += 1
        if form == "decimal" and level == 0:
            return f"{counts[0]}."
        if form in ("decimal", "lowerLetter"):
            return f"    ({counts[level] if form == 'decimal' else chr(96 + min(counts[level], 26))})"
        return "-" if form != "none" else ""

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        style = paragraph.style
        properties = [paragraph._p.pPr]
        while style is not None:
            properties.append(style.element.pPr)
            style = style.base_style
        for each in properties:
            held = each.numPr if each is not None else None
            if held is not None and held.numId is not None:
                level = held.ilvl.val if held.ilvl is not None else 0
                return (str(held.numId.val), level) if held.numId.val else None
        return None

    def _form(self, number: str, level: int) -> tuple[str, int]:
        w = self._qn
        path = f"{w('w:num')}[@{w('w:numId')}='{number}']"
        held = self._root.find(path) if self._root is not None else None
        if held is None or self._root is None:
            return "decimal", 1
        abstract = held.find(w("w:abstractNumId")).get(w("w:val"))
        levels = f"{w('w:abstractNum')}[@{w('w:abstractNumId')}='{abstract}']/{w('w:lvl')}[@{w('w:ilvl')}='{level}']"
        lvl = self._root.find(levels)
        start = held.find(f"{w('w:lvlOverride')}[@{w('w:ilvl')}='{level}']/{w('w:startOverride')}")
        start = start if start is not None or lvl is None else lvl.find(w("w:start"))
        form = lvl.find(w("w:numFmt")) if lvl is not None else None
        first = int(start.get(w("w:val"))) if start is not None else 1
        return (form.get(w("w:val")) if form is not None else "decimal"), first
