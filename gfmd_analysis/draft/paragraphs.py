"""Cut a report's plain text or Markdown into paragraphs, numbered by the report or for the user, and account for the rest."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from gfmd_analysis.draft import blocks
from gfmd_analysis.draft.markup import count_words, normalise
from gfmd_analysis.draft.numbering import body, opening_blocks
from gfmd_analysis.errors import GfmdError

_GLUED = re.compile(r"^( {0,3}\d{1,4}[.)])(?=[A-ZÀ-Ý\"“«][^.)\d])", re.MULTILINE)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its number and its normalised text.

    ``matter`` holds the unnumbered lines (headings, lists of objectives, who chairs) between it and the one before.
    """

    number: int
    matter: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class LeftOut:
    """Words of a document that are in no paragraph: what they are, where they stand, how many, and how they begin."""

    what: str
    where: str
    words: int
    begins: str = ""


@dataclass(frozen=True)
class Cut:
    """A report cut up: paragraphs, lines after the last, what was left out, what the user should know, words of all."""

    paragraphs: list[Paragraph]
    closing: list[str]
    left_out: list[LeftOut]
    notes: list[str]
    words: int

    @property
    def read(self) -> int:
        """Words of the paragraphs."""
        return sum(count_words(paragraph.text) for paragraph in self.paragraphs)


# what becomes a paragraph: its number, the parts before it that are none, its own parts
Piece = tuple[int, list[str], list[str]]


def read_paragraphs(text: str) -> list[Paragraph]:
    """Cut a report into its paragraphs, as :func:`cut` does, and leave the rest."""
    return cut(text).paragraphs


def cut(text: str) -> Cut:
    """Cut a report into paragraphs and account for every word that is in none.

    A numbered paragraph begins at a line ``12.``, ``12)``, ``(12)`` or ``§ 12`` that carries the numbers on; it goes on
    over page breaks, footnotes, bullets and lettered items until the next number or heading. Agendas and lists
    numbered on their own are told apart by the sequence. Where numbers begin anew in each part or one comes twice, the
    paragraphs are numbered 1, 2, 3 … for the user; a missing number is given to the unnumbered block in its place, else
    stays missing. A report without numbers is cut at empty lines, headings left out.

    Parameters
    ----------
    text
        The report as plain text or Markdown.

    Returns
    -------
    Cut
        Paragraphs in rising order of number; the words of these, of ``left_out`` and of the numbers are the text's.

    Raises
    ------
    GfmdError
        Where nothing reads as a paragraph, or numbers stand in disorder.
    """
    text = _GLUED.sub(r"\1 ", unicodedata.normalize("NFC", text).replace("\f", "\n\n"))
    parts, footnotes = blocks.split_blocks(text)
    starts = opening_blocks(parts)
    pieces, after, notes = _by_number(parts, starts) if starts else _by_block(parts)
    if not pieces:
        allowed = "a report with sentences, each paragraph set apart by an empty line"
        raise GfmdError(f"found no paragraph; allowed: {allowed}")
    left_out = [LeftOut("footnotes", "", count_words(note), normalise(note)[:40]) for note in footnotes]
    if starts:
        numbers = sum(count_words(match[0]) for start in starts if (match := blocks.NUMBER.match(parts[start])))
        left_out.append(LeftOut("paragraph numbers", "", numbers))
    left_out += [_named(part, f"before paragraph {number}") for number, matter, _ in pieces for part in matter]
    left_out += [_named(part, "after the last paragraph") for part in after]
    paragraphs = [Paragraph(n, tuple(map(normalise, matter)), normalise("\n".join(own))) for n, matter, own in pieces]
    lines = re.split(r"\n\s*\n|\n(?=\s*\|)|(?<=\|)\n", text)  # where markup cannot go on: empty lines, rows, rules
    words = sum(count_words(line.replace("|", " ") if blocks.ROW.match(line) else line) for line in lines)
    return Cut(paragraphs, list(filter(None, map(normalise, after))), left_out, notes, words)


def _by_number(parts: list[str], starts: list[int]) -> tuple[list[Piece], list[str], list[str]]:
    """Cut at the numbers; what stands between a paragraph's end and the next number is matter."""
    pieces: list[Piece] = []
    matter = parts[: starts[0]]
    for start, following in pairwise([*starts, len(parts)]):
        number = blocks.number_of(parts[start]) or 0
        run = [blocks.NUMBER.sub("", parts[start], count=1), *parts[start + 1 : following]]
        own = body(run, last=following == len(parts))
        missing = (blocks.number_of(parts[following]) or 0) - number - 1 if following < len(parts) else 0
        if missing > 0 and missing == len(own) - 1 == len(run) - 1:  # parts in the place of missing numbers
            pieces += [(number + i, [] if i else matter, [part]) for i, part in enumerate(own)]
        else:  # a heading may have taken the number, its text below
            titles = int(len(own) > 1 and blocks.is_caps(own[0]))
            pieces.append((number, [*matter, *own[:titles]], own[titles:]))
        matter = run[len(own) :]
    numbers = [number for number, _, _ in pieces]
    notes = []
    if any(b <= a for a, b in pairwise(numbers)):
        notes.append(f"numbers come more than once: paragraphs are numbered 1 to {len(pieces)} for you")
        pieces = [(i, *piece[1:]) for i, piece in enumerate(pieces, start=1)]
    elif absent := [(a + 1, b - 1) for a, b in pairwise([0, *numbers]) if b > a + 1]:
        named = (f"{first}" if first == last else f"{first} to {last}" for first, last in absent)
        notes.append(f"no paragraph has the number {', '.join(named)}")
    if len(pieces) > len(starts):
        notes.append(f"{len(pieces) - len(starts)} unnumbered paragraph(s) took the missing number in their place")
    return pieces, matter, notes


def _by_block(parts: list[str]) -> tuple[list[Piece], list[str], list[str]]:
    """Number the parts that are no headings; list items stay with the paragraph before them."""
    marked = sum(map(blocks.is_marked, parts)) > 1
    pieces: list[Piece] = []
    matter: list[str] = []
    for part in parts:
        is_line = not pieces and len(part) < blocks.LONGEST_HEADING and not blocks.is_ended(part) and ":" not in part
        is_heading = blocks.is_caps(part.rstrip(": ")) or (blocks.is_title(part) and (not marked or not pieces))
        if (is_heading or is_line or blocks.is_field(part)) and not blocks.ITEM.match(part):
            matter.append(part)
        elif pieces and not matter and blocks.ITEM.match(part):
            pieces[-1][2].append(part)
        else:
            pieces.append((len(pieces) + 1, matter, [part]))
            matter = []
    return pieces, matter, [f"the report numbers no paragraphs: they are numbered 1 to {len(pieces)} for you"]


def _named(part: str, where: str) -> LeftOut:
    what = "headings" if blocks.is_marked(part) or blocks.is_title(part) or blocks.is_field(part) else "unnumbered text"
    return LeftOut(what, where, count_words(part), normalise(part)[:60])
