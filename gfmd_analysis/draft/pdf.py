"""Read a PDF: its lines in reading order, column after column, without headers, page numbers and footnotes."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise
from math import inf
from pathlib import Path
from typing import Any

from gfmd_analysis.draft.markup import count_words
from gfmd_analysis.draft.report import refuse

FEWEST_CHARACTERS_A_PAGE = 20

FEWEST_LINES_A_COLUMN = 5

GUTTER, TOUCH = 6, 0.1  # points

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

    pages: list[list[Line]] = []
    left_out: Counter[str] = Counter()
    gutters: list[float] = []
    try:
        with pdfplumber.open(path) as document:
            for number, page in enumerate(document.pages, start=1):
                print(f"page {number}", file=sys.stderr, flush=True)
                height, lines = float(page.height), _lines(_without_marks(page, left_out), gutters)
                pages.append([{**line, "depth": line["top"] / height} for line in lines])
                page.close()
    except Exception as error:  # pdfminer raises many kinds on broken files, and words memory that ran out as damage
        said = repr(error)
        if "allocate" in said or "MemoryError" in said:
            raise MemoryError from None
        if "Password" in said:
            raise refuse(path, "a PDF with a password", "a PDF that opens without one") from None
        raise refuse(path, f"a damaged PDF ({said[:80]})", "a PDF that opens") from None
    characters = sum(len(line["text"]) for page in pages for line in page)
    if characters < FEWEST_CHARACTERS_A_PAGE * max(len(pages), 1):
        found = f"{len(pages)} pages with next to no text (a scan?)"
        raise refuse(path, found, "a PDF with text: run text recognition (OCR) first")
    text = "\n".join(_written(pages, left_out)).replace("**\n**", "\n")
    return _rejoined(re.sub(r"^(## .*)\n## ", r"\1 ", text, flags=re.MULTILINE)), list(left_out.items())


def _without_marks(page: Any, left_out: Counter[str]) -> Any:
    """Leave out footnote marks: figures much smaller than the page's letters."""
    least = 0.75 * _size(page.chars) if page.chars else 0
    kept = page.filter(lambda item: item.get("size", least) >= least or not item["text"].isdigit())
    left_out["footnote marks"] += len(page.chars) - len(kept.chars)
    return kept


def _size(chars: list[dict[str, Any]]) -> float:
    """Return the size that most characters have."""
    return float(Counter(round(char["size"], 1) for char in chars).most_common(1)[0][0])


def _lines(page: Any, gutters: list[float]) -> Iterator[Line]:
    """Read a page's lines; where a gutter parts columns, those of one column after those of the other.

    A column may hold a line or two on the last page: ``gutters`` keeps where the pages before had theirs.
    """
    lines = page.extract_text_lines(return_chars=True)
    lines = [{**line, "chars": [char for char in line["chars"] if char["text"].strip()]} for line in lines]
    if found := _gutter(page, lines):
        gutters.append(found)
    middle = found or next((x for x in gutters if _is_clear(lines, x)), None)
    if middle is None:
        yield from lines
        return
    left, upper, right, bottom = page.bbox
    across = [line for line in lines if _crosses(line, middle, 1) or _is_whole(line, middle)]
    for whole in [*sorted(across, key=lambda line: line["top"]), None]:
        lower = whole["top"] if whole else bottom
        if lower - upper > 2:
            for start, end in ((left, middle), (middle, right)):  # without the letters that only touch the edge
                yield from _lines(page.crop((start, upper + TOUCH, end, lower - TOUCH)), gutters)
        if whole:
            yield whole
            upper = whole["bottom"]


def _gutter(page: Any, lines: list[Line]) -> float | None:
    """Find where between a third and two thirds of the width next to no line has a letter, though most have some on both sides."""
    left, _, right, _ = page.bbox
    width = float(right - left)
    if width < 150 or len(lines) < FEWEST_LINES_A_COLUMN:
        return None
    places = [left + width * step / 100 for step in range(30, 71)]
    crossed = {x: sum(_crosses(line, x, GUTTER / 2) for line in lines) for x in places}
    fewest = min(crossed.values())
    runs = [list(run) for empty, run in groupby(places, key=lambda x: crossed[x] == fewest) if empty]
    widest = max(runs, key=len)
    middle = (widest[0] + widest[-1]) / 2
    apart = [line["chars"] for line in lines if not _is_whole(line, middle)]
    before = sum(any(char["x1"] < middle for char in chars) for chars in apart)
    after = sum(any(char["x0"] > middle for char in chars) for chars in apart)
    least = max(FEWEST_LINES_A_COLUMN, len(lines) / 5) if fewest else 3
    return middle if fewest <= len(lines) / 3 and min(before, after) >= least else None


def _is_clear(lines: list[Line], x: float) -> bool:
    """Return whether letters stand on both sides of a place and none across it."""
    sides = {char["x0"] > x for line in lines for char in line["chars"]}
    return len(sides) == 2 and not any(_crosses(line, x, GUTTER / 4) for line in lines)


def _crosses(line: Line, x: float, margin: float) -> bool:
    return any(char["x0"] < x + margin and char["x1"] > x - margin for char in line["chars"])


def _is_whole(line: Line, middle: float) -> bool:
    """Return whether a line's letters run over the middle with no more than a blank there."""
    before = max((char["x1"] for char in line["chars"] if char["x1"] <= middle + 1), default=-inf)
    after = min((char["x0"] for char in line["chars"] if char["x0"] >= middle - 1), default=inf)
    return after - before < GUTTER


def _rejoined(text: str) -> str:
    """Join words that a line break parted; the hyphen stays where the text has it elsewhere, or two whole words meet."""
    known = Counter(re.findall(r"[\w-]+", _PARTED.sub(" ", text).lower()))

    def join(parted: re.Match[str]) -> str:
        first, second = parted.groups()
        whole, hyphened = f"{first}{second}", f"{first}-{second}"
        words = known[first.split("-")[-1].lower()] and known[second.lower()]
        return hyphened if known[hyphened.lower()] or (words and not known[whole.lower()]) else whole

    return _PARTED.sub(join, text)


def _written(pages: list[list[Line]], left_out: Counter[str]) -> Iterator[str]:
    """Write a PDF's lines without furniture, an empty line for a gap, bold and large ones marked."""
    size = _size([char for page in pages for line in page for char in line["chars"]])
    downwards = [sorted(page, key=lambda line: line["top"]) for page in pages]
    outer = {id(line): line for page in downwards for line in page[:2] + page[-2:]}
    shapes = Counter(map(_shape, outer.values()))
    gaps = Counter(round(b["top"] - a["top"]) for page in pages for a, b in pairwise(page) if b["top"] > a["top"])
    pitch = min((gap for gap, _ in gaps.most_common(2)), default=0)
    set_apart = False
    for page in pages:
        before = None
        for line in page:
            said = line["text"]
            is_repeated = len(pages) > 1 and id(line) in outer and shapes[_shape(line)] > max(1, len(pages) // 2)
            if is_repeated or _PAGE_NUMBER.match(said.strip()):
                left_out["headers, footers and page numbers"] += count_words(said)
            elif _size(line["chars"]) < 0.9 * size and line["depth"] > 0.5:
                left_out["footnotes"] += count_words(said)
            else:
                text = _marked(line, size)
                if set_apart != (text != said) or (before is not None and line["top"] - before > 1.3 * pitch):
                    yield ""
                before, set_apart = line["top"], text != said
                yield text


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "#", line["text"].strip())


def _marked(line: Line, size: float) -> str:
    text = str(line["text"])
    fonts = [char["fontname"] for char in line["chars"] if char["text"].isalpha()]
    bold = f"**{text}**" if fonts and all(map(_BOLD.search, fonts)) else text
    return f"## {text}" if _size(line["chars"]) > 1.15 * size else bold
