"""Read a PDF: its lines in reading order, column after column, without headers, page numbers and footnotes."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from gfmd_analysis.draft.markup import count_words
from gfmd_analysis.draft.report import refusal

FEWEST_CHARACTERS_A_PAGE = 20

FEWEST_LINES_A_COLUMN = 5

GUTTER = 6

_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)

_BOLD = re.compile("bold|black|heavy", re.IGNORECASE)

_PAGE_NUMBER = re.compile(r"^(?:page\s*)?[-–—|\s]*\d{1,4}[-–—|\s]*(?:(?:of|sur|de|/)\s*\d{1,4})?$", re.IGNORECASE)

_PARTED = re.compile(r"([\w-]*\w)[-\u2010\u00ad]\n([^\W\d_]+)")

Line = dict[str, Any]


def read_pdf(path: Path) -> tuple[str, list[tuple[str, int]]]:
    """Read a ``.pdf`` file.

    Returns
    -------
    tuple
        The text, large and bold lines marked as headings; and what was left out with its words.

    Raises
    ------
    GfmdError
        For a file that is damaged, has a password, or holds next to no text.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    pages: list[list[Line]] = []
    left_out: Counter[str] = Counter()
    gutters: list[float] = []
    try:
        with pdfplumber.open(path) as document:
            for number, page in enumerate(document.pages, start=1):
                print(f"page {number}", file=sys.stderr, flush=True)
                pages.append(
                    [
                        {**line, "depth": line["top"] / float(page.height)}
                        for line in _lines(_without_marks(page, left_out), gutters)
                    ]
                )
                page.close()
    except (PDFPasswordIncorrect, PdfminerException) as error:
        _pass_on(error)
        if isinstance(error, PDFPasswordIncorrect) or "Password" in repr(error):
            raise refusal(path, "a PDF with a password", "a PDF that opens without one") from None
        raise refusal(path, f"a damaged PDF ({str(error)[:80]})", "a PDF that opens") from None
    except Exception as error:  # pdfminer raises many kinds on broken files
        _pass_on(error)
        raise refusal(path, f"a damaged PDF ({type(error).__name__})", "a PDF that opens") from None
    characters = sum(len(line["text"]) for page in pages for line in page)
    if characters < FEWEST_CHARACTERS_A_PAGE * max(len(pages), 1):
        raise refusal(
            path,
            f"{len(pages)} pages with next to no text (a scan?)",
            "a PDF with text: run text recognition (OCR) first",
        )
    text = "\n".join(_written(pages, left_out)).replace("**\n**", "\n").translate(_LIGATURES)
    return _rejoined(re.sub(r"^(## .*)\n## ", r"\1 ", text, flags=re.MULTILINE)), list(left_out.items())


def _pass_on(error: Exception) -> None:
    """Pass on that memory ran out, which zlib and pdfminer word as damage."""
    if isinstance(error, MemoryError) or "allocate" in repr(error) or "MemoryError" in repr(error):
        raise MemoryError from None


def _lines(page: Any, gutters: list[float]) -> Iterator[Line]:
    """Read a page's lines; where a gutter parts columns, those of one column after those of the other.

    A column may hold a line or two on the last page: ``gutters`` keeps where the pages before had theirs.
    """
    lines = page.extract_text_lines(return_chars=True)
    middle = _gutter(page, lines)
    if middle is None:
        middle = next((x for x in gutters if _is_clear(lines, x)), None)
    else:
        gutters.append(middle)
    if middle is None:
        yield from lines
        return
    left, top, right, bottom = page.bbox
    across = [
        line for line in lines if any(_crosses(char, middle, 1) for char in line["chars"]) or _is_whole(line, middle)
    ]
    edges = [top, *sorted(edge for line in across for edge in (line["top"], line["bottom"])), bottom]
    for upper, lower in pairwise(edges):
        whole = next((line for line in across if line["top"] == upper and line["bottom"] == lower), None)
        if whole is not None:
            yield whole
        elif lower - upper > 2:
            for box in ((left, upper, middle, lower), (middle, upper, right, lower)):
                yield from _lines(page.crop(box), gutters)


def _gutter(page: Any, lines: list[Line]) -> float | None:
    """Find where between a third and two thirds of the width next to no line has a letter, though most have some on both sides."""
    left, _, right, _ = page.bbox
    width = float(right - left)
    if width < 150 or len(lines) < FEWEST_LINES_A_COLUMN:
        return None
    crossed = {
        left + width * step / 100: sum(
            any(_crosses(char, left + width * step / 100, GUTTER / 2) for char in line["chars"]) for line in lines
        )
        for step in range(30, 71)
    }
    fewest = min(crossed.values())
    if fewest > len(lines) / 3:
        return None
    runs = [list(run) for empty, run in groupby(crossed, key=lambda x: crossed[x] == fewest) if empty]
    widest = max(runs, key=len)
    middle = (widest[0] + widest[-1]) / 2
    apart = [line for line in lines if not _is_whole(line, middle)]
    before = sum(any(char["x1"] < middle for char in line["chars"]) for line in apart)
    after = sum(any(char["x0"] > middle for char in line["chars"]) for line in apart)
    return middle if min(before, after) >= (3 if not fewest else max(FEWEST_LINES_A_COLUMN, len(lines) / 5)) else None


def _is_clear(lines: list[Line], x: float) -> bool:
    """Return whether letters stand on both sides of a place and none across it."""
    chars = [char for line in lines for char in line["chars"]]
    sides = {char["x0"] > x for char in chars if char["text"].strip()}
    return len(sides) == 2 and not any(_crosses(char, x, GUTTER / 4) for char in chars)


def _crosses(char: Line, x: float, margin: float) -> bool:
    return bool(char["x0"] < x + margin and char["x1"] > x - margin and char["text"].strip())


def _is_whole(line: Line, middle: float) -> bool:
    """Return whether a line's letters run over the middle with no more than a blank there."""
    before = max(
        (char["x1"] for char in line["chars"] if char["x1"] <= middle + 1 and char["text"].strip()), default=None
    )
    after = min(
        (char["x0"] for char in line["chars"] if char["x0"] >= middle - 1 and char["text"].strip()), default=None
    )
    return before is not None and after is not None and after - before < GUTTER


def _rejoined(text: str) -> str:
    """Join words that a line break parted; the hyphen stays where the text has it elsewhere, or two whole words meet."""
    known = Counter(re.findall(r"[\w-]+", _PARTED.sub(" ", text).lower()))

    def join(parted: re.Match[str]) -> str:
        first, second = parted[1], parted[2]
        whole, hyphened = f"{first}{second}", f"{first}-{second}"
        words = known[first.split("-")[-1].lower()] and known[second.lower()]
        return hyphened if known[hyphened.lower()] or (words and not known[whole.lower()]) else whole

    return _PARTED.sub(join, text)


def _written(pages: list[list[Line]], left_out: Counter[str]) -> Iterator[str]:
    """Write a PDF's lines without furniture, an empty line for a gap, bold and large ones marked."""
    lines = [line for page in pages for line in page]
    size = Counter(round(char["size"], 1) for line in lines for char in line["chars"]).most_common(1)[0][0]
    outer = [sorted(page, key=lambda line: line["top"]) for page in pages]
    outer = [list({id(line): line for line in page[:2] + page[-2:]}.values()) for page in outer]
    edges = Counter(_shape(line) for page in outer for line in page)
    gaps = Counter(round(b["top"] - a["top"]) for page in pages for a, b in pairwise(page) if b["top"] > a["top"])
    pitch = min((gap for gap, _ in gaps.most_common(2)), default=0)
    set_apart = False
    for page, ends in zip(pages, outer, strict=True):
        before = None
        for line in page:
            repeated = len(pages) > 1 and edges[_shape(line)] > max(1, len(pages) // 2) and line in ends
            number = bool(_PAGE_NUMBER.match(line["text"].strip()))
            if repeated or number or _is_footnote(line, size):
                what = "headers, footers and page numbers" if repeated or number else "footnotes"
                left_out[what] += count_words(line["text"])
                continue
            text = _marked(line, size)
            if set_apart != (text != line["text"]) or (before is not None and line["top"] - before > 1.3 * pitch):
                yield ""
            before, set_apart = line["top"], text != line["text"]
            yield text


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "#", line["text"].strip())


def _size(line: Line) -> float:
    return float(Counter(round(char["size"], 1) for char in line["chars"]).most_common(1)[0][0])


def _is_footnote(line: Line, size: float) -> bool:
    return _size(line) < 0.9 * size and line["depth"] > 0.5


def _without_marks(page: Any, left_out: Counter[str]) -> Any:
    """Leave out footnote marks: figures much smaller than the page's letters."""
    sizes = Counter(round(char["size"], 1) for char in page.chars)
    least = 0.75 * sizes.most_common(1)[0][0] if sizes else 0
    marks = [char for char in page.chars if char["size"] < least and char["text"].isdigit()]
    left_out["footnote marks"] += len(marks)
    return page.filter(
        lambda item: item["object_type"] != "char" or item["size"] >= least or not item["text"].isdigit()
    )


def _marked(line: Line, size: float) -> str:
    text = str(line["text"])
    if _size(line) > 1.15 * size:
        return f"## {text}"
    letters = [char for char in line["chars"] if char["text"].isalpha()]
    return f"**{text}**" if letters and all(_BOLD.search(char["fontname"]) for char in letters) else text
