"""Read a meeting's report (text, Markdown, Word or PDF) into plain text with the Markdown that tells its parts."""

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any

from gfmd_analysis.errors import GfmdError

LARGEST_FILE = 50_000_000

LARGEST_UNPACKED = 200_000_000

MOST_PACKED_TIMES = 200

FEWEST_CHARACTERS_A_PAGE = 20

TRACKED = ("ins", "del", "moveFrom", "moveTo")

_BOLD = re.compile("bold|black|heavy", re.IGNORECASE)

_PAGE_NUMBER = re.compile(r"^(?:page\s*)?[-–—|\s]*\d{1,4}[-–—|\s]*(?:(?:of|sur|de|/)\s*\d{1,4})?$", re.IGNORECASE)


def read_report(path: str | Path) -> str:
    """Read a report.

    Parameters
    ----------
    path
        A ``.txt``, ``.md``, ``.docx`` or ``.pdf`` file of at most 50 MB.

    Returns
    -------
    str
        Plain text; headings and bold lines are marked as in Markdown. Word's automatic numbers are written out.
        Page headers, page numbers and footnotes of a PDF are left out.

    Raises
    ------
    GfmdError
        For a file that is missing, too large, of another kind or encoding, protected by a password, scanned without
        text, packed beyond reason, or a Word file with tracked changes.
    """
    path = Path(path)
    readers: dict[str, Callable[[Path], str]] = {
        ".txt": _read_text, ".md": _read_text, ".markdown": _read_text, ".docx": _read_word, ".pdf": _read_pdf
    }  # fmt: skip
    if path.suffix.lower() not in readers:
        raise _refusal(path, f"the ending '{path.suffix}'", ", ".join(readers))
    check_size(path)
    return readers[path.suffix.lower()](path)


def _refusal(path: Path, found: str, allowed: str) -> GfmdError:
    return GfmdError(f"{path.name}: found {found}; allowed: {allowed}")


def check_size(path: Path) -> None:
    """Refuse a file that is not there, empty or larger than 50 MB, before a byte of it is read."""
    if not path.is_file():
        raise _refusal(path, "a folder" if path.is_dir() else "no such file", "a file that can be read")
    size = path.stat().st_size
    if not size:
        raise _refusal(path, "an empty file", "a report with numbered paragraphs")
    if size > LARGEST_FILE:
        raise _refusal(path, f"{size / 1e6:,.0f} MB", f"at most {LARGEST_FILE // 1_000_000} MB")


def check_archive(path: Path) -> None:
    """Refuse a Word or Excel file that is no archive, would unpack to more than it should, or points outside itself."""
    with path.open("rb") as file:
        if file.read(8).startswith(b"\xd0\xcf\x11\xe0"):
            raise _refusal(
                path, "a file with a password, or of Office before 2007", f"a {path.suffix} file without a password"
            )
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise _refusal(
            path, f"no readable {path.suffix} file ({error})", "one saved by Word, Excel or LibreOffice"
        ) from None
    for member in members:
        parts = PurePosixPath(member.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts:
            raise _refusal(path, f"a part that leaves the file ('{member.filename}')", "parts inside the file only")
    unpacked, packed = sum(member.file_size for member in members), sum(member.compress_size for member in members)
    if unpacked > LARGEST_UNPACKED or (unpacked > 1_000_000 and unpacked > MOST_PACKED_TIMES * max(packed, 1)):
        raise _refusal(
            path,
            f"{unpacked / 1e6:,.0f} MB packed into {packed / 1e6:,.2f} MB (a zip bomb?)",
            f"at most {LARGEST_UNPACKED // 1_000_000} MB unpacked and {MOST_PACKED_TIMES} times the packed size",
        )


def _read_text(path: Path) -> str:
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refusal(path, "UTF-16 text", "UTF-8 text (save as UTF-8)")
    if b"\0" in raw:
        raise _refusal(path, "bytes that are no text", "UTF-8 text")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{raw[error.start]:02x} in line {line}, which is not UTF-8 (Windows or Latin-1 text?)"
        raise _refusal(path, found, "UTF-8 text (save as UTF-8)") from None


def _read_word(path: Path) -> str:
    import docx
    from docx.table import Table

    check_archive(path)
    try:
        document = docx.Document(str(path))
    except Exception as error:  # python-docx lets through whatever lxml and zipfile raise
        raise _refusal(path, f"a damaged Word file ({type(error).__name__})", "a .docx file that Word opens") from None
    body = document.element.body
    tracked = sum(1 for tag in TRACKED for _ in body.iter(f"{{{body.nsmap['w']}}}{tag}"))
    if tracked:
        raise _refusal(
            path, f"{tracked} tracked change{'s' * (tracked > 1)}", "a text with every change accepted or rejected"
        )
    numbering = _Numbering(document)
    blocks: list[str] = []
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            blocks += ["\n\n".join(cell.text for cell in row.cells) for row in item.rows]
        else:
            blocks.append(_word_block(item, numbering.label(item)))
    return "\n\n".join(block for block in blocks if block.strip())


def _word_block(paragraph: Any, label: str) -> str:
    text = " ".join(paragraph.text.split())
    style = (paragraph.style.name or "").lower() if paragraph.style is not None else ""
    runs = [run for run in paragraph.runs if run.text.strip()]
    if text and (style.startswith("heading") or style == "title"):
        return f"## {text}"
    if runs and not label and all(run.bold for run in runs):
        return f"**{text}**"
    return f"{label} {text}" if label else text


class _Numbering:
    """Word's automatic numbers: python-docx leaves them out of a paragraph's text, so they are counted here."""

    def __init__(self, document: Any) -> None:
        from docx.oxml.ns import qn

        self._qn = qn
        self._counts: dict[str, list[int]] = {}
        parts = [part for part in document.part.package.iter_parts() if str(part.partname) == "/word/numbering.xml"]
        self._root = parts[0].element if parts else None

    def label(self, paragraph: Any) -> str:
        """Give ``12.``, a letter or a bullet, and ``""`` where a paragraph is not numbered."""
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


def _read_pdf(path: Path) -> str:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    pages: list[list[dict[str, Any]]] = []
    try:
        with pdfplumber.open(path) as document:
            for page in document.pages:
                lines = _without_marks(page).extract_text_lines(return_chars=True)
                pages.append([{**line, "depth": line["top"] / float(page.height)} for line in lines])
                page.close()
    except (PDFPasswordIncorrect, PdfminerException) as error:
        if isinstance(error, PDFPasswordIncorrect) or "Password" in repr(error):
            raise _refusal(path, "a PDF with a password", "a PDF that opens without one") from None
        raise _refusal(path, f"a damaged PDF ({str(error)[:80]})", "a PDF that opens") from None
    except Exception as error:  # pdfminer raises many kinds on broken files
        raise _refusal(path, f"a damaged PDF ({type(error).__name__})", "a PDF that opens") from None
    characters = sum(len(line["text"]) for page in pages for line in page)
    if characters < FEWEST_CHARACTERS_A_PAGE * max(len(pages), 1):
        raise _refusal(
            path,
            f"{len(pages)} pages with next to no text (a scan?)",
            "a PDF with text: run text recognition (OCR) first",
        )
    text = "\n".join(_pdf_lines(pages)).replace("**\n**", "\n")
    return _rejoined(re.sub(r"^(## .*)\n## ", r"\1 ", text, flags=re.MULTILINE))


def _rejoined(text: str) -> str:
    """Join words that a line break parted; the hyphen stays where the text has it elsewhere, or two whole words meet."""
    known = Counter(re.findall(r"[\w-]+", text.lower()))

    def join(parted: re.Match[str]) -> str:
        first, second = parted[1], parted[2]
        whole, hyphened = f"{first}{second}", f"{first}-{second}"
        words = known[first.split("-")[-1].lower()] and known[second.lower()]
        return hyphened if known[hyphened.lower()] or (words and not known[whole.lower()]) else whole

    return re.sub(r"([\w-]*\w)-\n([^\W\d_]+)", join, text)


def _pdf_lines(pages: list[list[dict[str, Any]]]) -> Iterator[str]:
    """Give a PDF's lines without furniture, an empty line for a gap, bold and large ones marked."""
    lines = [line for page in pages for line in page]
    size = Counter(round(char["size"], 1) for line in lines for char in line["chars"]).most_common(1)[0][0]
    edges = Counter(
        _shape(line) for page in pages for line in {id(line): line for line in page[:2] + page[-2:]}.values()
    )
    gaps = Counter(round(b["top"] - a["top"]) for page in pages for a, b in pairwise(page))
    pitch = min((gap for gap, _ in gaps.most_common(2)), default=0)
    set_apart = False
    for page in pages:
        before = None
        for line in page:
            repeated = len(pages) > 1 and edges[_shape(line)] > max(1, len(pages) // 2) and line in page[:2] + page[-2:]
            if repeated or _PAGE_NUMBER.match(line["text"].strip()) or _is_footnote(line, size):
                continue
            text = _marked(line, size)
            if set_apart != (text != line["text"]) or (before is not None and line["top"] - before > 1.3 * pitch):
                yield ""
            before, set_apart = line["top"], text != line["text"]
            yield text


def _shape(line: dict[str, Any]) -> str:
    return re.sub(r"\d+", "#", line["text"].strip())


def _size(line: dict[str, Any]) -> float:
    return float(Counter(round(char["size"], 1) for char in line["chars"]).most_common(1)[0][0])


def _is_footnote(line: dict[str, Any], size: float) -> bool:
    return _size(line) < 0.9 * size and line["depth"] > 0.5


def _without_marks(page: Any) -> Any:
    """Leave out footnote marks: figures much smaller than the page's letters."""
    sizes = Counter(round(char["size"], 1) for char in page.chars)
    least = 0.75 * sizes.most_common(1)[0][0] if sizes else 0
    return page.filter(
        lambda item: item["object_type"] != "char" or item["size"] >= least or not item["text"].isdigit()
    )


def _marked(line: dict[str, Any], size: float) -> str:
    text = str(line["text"])
    if _size(line) > 1.15 * size:
        return f"## {text}"
    letters = [char for char in line["chars"] if char["text"].isalpha()]
    return f"**{text}**" if letters and all(_BOLD.search(char["fontname"]) for char in letters) else text
