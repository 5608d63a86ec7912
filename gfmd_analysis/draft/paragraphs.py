"""Cut a report's plain text or Markdown into paragraphs, numbered by the report or for the user, and account for the rest."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gfmd_analysis.draft.blocks import (
    ITEM,
    LONGEST_HEADING,
    NUMBER,
    ROW,
    is_caps,
    is_ended,
    is_field,
    is_marked,
    is_title,
    number_of,
    split_blocks,
)  # fmt: skip
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


@dataclass
class _Piece:
    """What becomes a paragraph: its number, the blocks before it that are none, its own blocks."""

    number: int
    matter: list[str]
    blocks: list[str]


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
    blocks, footnotes = split_blocks(text)
    starts = opening_blocks(blocks)
    pieces, after, notes = _by_number(blocks, starts) if starts else _by_block(blocks)
    if not pieces:
        allowed = "a report with sentences, each paragraph set apart by an empty line"
        raise GfmdError(f"found no paragraph; allowed: {allowed}")
    left_out = [LeftOut("footnotes", "", count_words(note), normalise(note)[:40]) for note in footnotes]
    if starts:
        numbers = sum(count_words(match[0]) for start in starts if (match := NUMBER.match(blocks[start])))
        left_out.append(LeftOut("paragraph numbers", "", numbers))
    paragraphs: list[Paragraph] = []
    for piece in pieces:
        matter = tuple(map(normalise, piece.matter))
        paragraphs.append(Paragraph(piece.number, matter, normalise("\n".join(piece.blocks))))
        left_out += [_named(block, f"before paragraph {piece.number}") for block in piece.matter]
    left_out += [_named(block, "after the last paragraph") for block in after]
    lines = re.split(r"\n\s*\n|\n(?=\s*\|)|(?<=\|)\n", text)  # where markup cannot go on: empty lines, rows, rules
    words = sum(count_words(line.replace("|", " ") if ROW.match(line) else line) for line in lines)
    return Cut(paragraphs, list(filter(None, map(normalise, after))), left_out, notes, words)


def _by_number(blocks: Sequence[str], starts: Sequence[int]) -> tuple[list[_Piece], list[str], list[str]]:
    """Cut at the numbers; what stands between a paragraph's end and the next number is matter."""
    pieces: list[_Piece] = []
    matter = list(blocks[: starts[0]])
    for start, following in pairwise([*starts, len(blocks)]):
        number = number_of(blocks[start]) or 0
        run = [NUMBER.sub("", blocks[start], count=1), *blocks[start + 1 : following]]
        own = body(run, last=following == len(blocks))
        missing = (number_of(blocks[following]) or 0) - number - 1 if following < len(blocks) else 0
        if missing > 0 and missing == len(own) - 1 == len(run) - 1:  # blocks in the place of missing numbers
            pieces += [_Piece(number + i, [] if i else matter, [block]) for i, block in enumerate(own)]
        else:  # a heading may have taken the number, its text below
            titles = int(len(own) > 1 and is_caps(own[0]))
            pieces.append(_Piece(number, [*matter, *own[:titles]], own[titles:]))
        matter = run[len(own) :]
    numbers = [piece.number for piece in pieces]
    notes = []
    if any(b <= a for a, b in pairwise(numbers)):
        notes.append(f"numbers come more than once: paragraphs are numbered 1 to {len(pieces)} for you")
        for i, piece in enumerate(pieces, start=1):
            piece.number = i
    elif absent := [(a + 1, b - 1) for a, b in pairwise([0, *numbers]) if b > a + 1]:
        named = (f"{first}" if first == last else f"{first} to {last}" for first, last in absent)
        notes.append(f"no paragraph has the number {', '.join(named)}")
    if len(pieces) > len(starts):
        notes.append(f"{len(pieces) - len(starts)} unnumbered paragraph(s) took the missing number in their place")
    return pieces, matter, notes


def _by_block(blocks: Sequence[str]) -> tuple[list[_Piece], list[str], list[str]]:
    """Number the blocks that are no headings; list items stay with the paragraph before them."""
    marked = sum(map(is_marked, blocks)) > 1
    pieces: list[_Piece] = []
    matter: list[str] = []
    for block in blocks:
        is_line = not pieces and len(block) < LONGEST_HEADING and not is_ended(block) and ":" not in block
        is_heading = is_caps(block.rstrip(": ")) or (is_title(block) and (not marked or not pieces))
        if (is_heading or is_line or is_field(block)) and not ITEM.match(block):
            matter.append(block)
        elif pieces and not matter and ITEM.match(block):
            pieces[-1].blocks.append(block)
        else:
            pieces.append(_Piece(len(pieces) + 1, matter, [block]))
            matter = []
    return pieces, matter, [f"the report numbers no paragraphs: they are numbered 1 to {len(pieces)} for you"]


def _named(block: str, where: str) -> LeftOut:
    what = "headings" if is_marked(block) or is_title(block) or is_field(block) else "unnumbered text"
    return LeftOut(what, where, count_words(block), normalise(block)[:60])
