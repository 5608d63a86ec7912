"""Cut a report's plain text or Markdown into paragraphs, numbered by the report or for the user, and account for the rest.

The report's numbers are those that carry on: agendas and lists that are numbered on their own are told apart.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from gfmd_analysis.draft import blocks
from gfmd_analysis.draft.markup import count_words, normalise
from gfmd_analysis.errors import GfmdError, refusal

FARTHEST_GAP = 20

FARTHEST_BACK = 300

# how much less a numbered block counts that repeats a number, leaves some out, many, or begins a new part
DOUBLED, SKIPPED, JUMPED, RESTARTED = 0.7, 0.8, 1.5, 0.9

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


class _Piece(NamedTuple):
    """What becomes a paragraph: its number, the parts before it that are none, its own parts."""

    number: int
    matter: list[str]
    own: list[str]


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
    starts = _opening_blocks(parts)
    pieces, after, notes = _by_number(parts, starts) if starts else _by_block(parts)
    if not pieces:
        raise GfmdError(refusal("no paragraph", "a report with sentences, each paragraph set apart by an empty line"))
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


def _opening_blocks(parts: list[str]) -> list[int]:
    """Find the parts that open the numbered paragraphs; none where numbers stand before headings or lists alone.

    Raises
    ------
    GfmdError
        Where numbers stand in disorder.
    """
    numbers = {i: blocks.number_of(part) for i, part in enumerate(parts) if not blocks.is_marked(part)}
    numbered = {i: number for i, number in numbers.items() if number is not None}
    chain = _best_chain(numbered, parts)
    listed: Counter[int] = Counter()
    for position, number in numbered.items():
        if chain and chain[0] < position < chain[-1] and position not in chain and not blocks.is_title(parts[position]):
            reached = max(i for i in chain if i < position)
            listed[reached] += 1
            if number != listed[reached] and number <= numbered[chain[-1]] + FARTHEST_GAP:
                found = f"after paragraph {numbered[reached]} found paragraph {number}"
                raise GfmdError(f"{found}; allowed: numbers in order, or none at all")
    covered = [part for a, b in pairwise([*chain, len(parts)]) for part in _body(parts[a:b], last=b == len(parts))]
    text = sum(count_words(part) for part in parts if not blocks.is_marked(part) and not blocks.is_title(part))
    are_headings = sum(blocks.is_title(parts[i]) for i in chain) * 2 > len(chain)
    return [] if are_headings or sum(map(count_words, covered)) * 3 < text else chain


def _body(parts: list[str], *, last: bool) -> list[str]:
    """Return those of a numbered part and its followers that are one paragraph; what stands before the next is none."""
    for i, (before, part) in enumerate(pairwise(parts), start=1):
        if blocks.is_heading(part) or (last and blocks.is_ended(before) and not blocks.ITEM.match(part)):
            return parts[:i]
    return parts


def _best_chain(numbered: dict[int, int], parts: list[str]) -> list[int]:
    """Find the sequence that is worth most: it may repeat a number, leave some out, or begin anew after a heading.

    Each part counts, less what its step from the one before costs.
    """
    places = list(numbered)
    best: dict[int, tuple[float, int]] = {}
    for there, position in enumerate(places):
        worth = float(not blocks.is_title(parts[position]))
        best[position] = (worth, -1)
        for before in places[max(0, there - FARTHEST_BACK) : there]:
            step = numbered[position] - numbered[before]
            if step > 0:  # a jump is worth it where two or more go on from there
                cost = 0.0 if step == 1 else SKIPPED if step <= FARTHEST_GAP else JUMPED
            elif step == 0:
                cost = DOUBLED if before == places[there - 1] else 1.0
            elif numbered[position] == 1 and any(map(blocks.is_heading, parts[before + 1 : position])):
                cost = RESTARTED
            else:
                continue
            value, (so_far, link) = best[before][0] + worth - cost, best[position]
            if value > so_far or (value == so_far and link < 0):
                best[position] = (value, before)
    chain = [max(best, key=lambda position: (best[position][0], position))] if best else []
    while chain and best[chain[-1]][1] >= 0:
        chain.append(best[chain[-1]][1])
    return chain[::-1]


def _by_number(parts: list[str], starts: list[int]) -> tuple[list[_Piece], list[str], list[str]]:
    """Cut at the numbers; what stands between a paragraph's end and the next number is matter."""
    pieces: list[_Piece] = []
    matter = parts[: starts[0]]
    for start, following in pairwise([*starts, len(parts)]):
        number = blocks.number_of(parts[start]) or 0
        run = [blocks.NUMBER.sub("", parts[start], count=1), *parts[start + 1 : following]]
        own = _body(run, last=following == len(parts))
        missing = (blocks.number_of(parts[following]) or 0) - number - 1 if following < len(parts) else 0
        if missing > 0 and missing == len(own) - 1 == len(run) - 1:  # parts in the place of missing numbers
            pieces += [_Piece(number + i, [] if i else matter, [part]) for i, part in enumerate(own)]
        else:  # a heading may have taken the number, its text below
            titles = int(len(own) > 1 and blocks.is_caps(own[0]))
            pieces.append(_Piece(number, [*matter, *own[:titles]], own[titles:]))
        matter = run[len(own) :]
    numbers = [piece.number for piece in pieces]
    notes = []
    if any(b <= a for a, b in pairwise(numbers)):
        notes.append(f"numbers come more than once: paragraphs are numbered 1 to {len(pieces)} for you")
        pieces = [piece._replace(number=i) for i, piece in enumerate(pieces, start=1)]
    elif absent := [(a + 1, b - 1) for a, b in pairwise([0, *numbers]) if b > a + 1]:
        named = (f"{first}" if first == last else f"{first} to {last}" for first, last in absent)
        notes.append(f"no paragraph has the number {', '.join(named)}")
    if len(pieces) > len(starts):
        notes.append(f"{len(pieces) - len(starts)} unnumbered paragraph(s) took the missing number in their place")
    return pieces, matter, notes


def _by_block(parts: list[str]) -> tuple[list[_Piece], list[str], list[str]]:
    """Number the parts that are no headings; list items stay with the paragraph before them."""
    marked = sum(map(blocks.is_marked, parts)) > 1
    pieces: list[_Piece] = []
    matter: list[str] = []
    for part in parts:
        is_line = not pieces and len(part) < blocks.LONGEST_HEADING and not blocks.is_ended(part) and ":" not in part
        is_heading = blocks.is_caps(part.rstrip(": ")) or (blocks.is_title(part) and (not marked or not pieces))
        if (is_heading or is_line or blocks.is_field(part)) and not blocks.ITEM.match(part):
            matter.append(part)
        elif pieces and not matter and blocks.ITEM.match(part):
            pieces[-1].own.append(part)
        else:
            pieces.append(_Piece(len(pieces) + 1, matter, [part]))
            matter = []
    return pieces, matter, [f"the report numbers no paragraphs: they are numbered 1 to {len(pieces)} for you"]


def _named(part: str, where: str) -> LeftOut:
    what = "headings" if blocks.is_marked(part) or blocks.is_title(part) or blocks.is_field(part) else "unnumbered text"
    return LeftOut(what, where, count_words(part), normalise(part)[:60])
