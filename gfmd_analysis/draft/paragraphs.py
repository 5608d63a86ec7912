"""Cut a report's plain text or Markdown into paragraphs, numbered by the report or for the user, and account for the rest."""

import hashlib
import html
import re
import unicodedata
from dataclasses import dataclass, field, replace
from itertools import pairwise

from gfmd_analysis.errors import GfmdError

LONGEST_HEADING = 200

FARTHEST_GAP = 20

SHORT_LINE, LONG_LINE = 60, 160

DEEPEST_MARKUP = 20

# how much less a numbered block counts that repeats a number, leaves some out or begins a new part; a title against a sentence
DOUBLED, SKIPPED, RESTARTED, TITLE = 0.7, 0.8, 0.9, 0.3

_NUMBER = re.compile(
    r"^ {0,3}(?:\*\*|__)?(?:(?:§|¶|[Pp]ara(?:graph|graphe)?\.?)\s*(\d{1,4})\\?[.):]?|[\[(]?(\d{1,4})(?:\\?[.)\]]+|(?=\t)))"
    r"(?:\*\*|__)?(?:\s+|$)"
)

_GLUED = re.compile(r"^( {0,3}\d{1,4}[.)])(?=[A-ZÀ-Ý\"“«][^.)\d])", re.MULTILINE)

_ITEM = re.compile(r"^\s*(?:[-*+•◦▪–—]\s+|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s)")

_HASH = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$")

_WRAPPED = re.compile(r"^(\*{1,3}|_{1,3})(?=\S)(?:(?!\1).)+\1[:.]?$", re.DOTALL)

_RULE = re.compile(r"^\s*([-*_=])(?:\s*\1){2,}\s*$")

_ROW = re.compile(r"^\s*\|(.*)\|\s*$")

_ROW_RULE = re.compile(r"^\s*\|[\s:|-]+\|\s*$")

_FOOTNOTE = re.compile(r"^\s*(?:<sup>\s*[\w*†‡]+\s*</sup>|\[\^[^\]]+\]:|[¹²³⁴-⁹]+\s)")

_BRACKET_MARK = re.compile(r"(?<=[\w.,;:!?)”’\"'])\[(\d{1,3})\]")

_FOOTNOTE_MARK = re.compile(r"<sup>.*?</sup>|\[\^[^\]]+\]:?|(?<=\w|[.,;:!?)\]”’»])[¹²³⁴-⁹⁰]+", re.DOTALL)

_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)")

_TAG = re.compile(r"<(?:https?://|mailto:)[^>\s]*>|</?[A-Za-z][^<>]*>")

_BULLET = re.compile(r"^\s*(?:[-*+•◦▪–—]|#{1,6})\s+", re.MULTILINE)

_EMPHASIS = re.compile(r"[*`]+|(?<![^\W_])_+|_+(?![^\W_])")

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its number, the heading it stands under, its normalised text.

    ``matter`` holds the unnumbered lines (headings, lists of objectives, who chairs) between it and the one before.
    """

    number: int
    heading: str
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
    notes: list[str] = field(default_factory=list)
    words: int = 0

    @property
    def read(self) -> int:
        """Words of the paragraphs."""
        return sum(count_words(paragraph.text) for paragraph in self.paragraphs)


def normalise(text: str) -> str:
    """Strip a text of markup, so that two copies of the same words compare equal.

    The rule: Unicode NFC; HTML entities resolved and invisible characters removed; footnote marks (``<sup>1</sup>``,
    ``[^1]``, superscript figures after a word) removed; links cut to their text, and addresses and tags in angle
    brackets removed; Markdown emphasis, code, escapes, and heading and bullet marks that begin a line removed; each
    run of white space one blank; applied until nothing changes.

    Parameters
    ----------
    text
        Plain text or Markdown.

    Examples
    --------
    >>> normalise("**Mobility**  of [skills](https://example.org)<sup>2</sup>")
    'Mobility of skills'
    """
    text = re.sub(r"&(?:amp;)+", "&", text)
    for _ in range(DEEPEST_MARKUP):  # markup in markup in markup is read so deep and no deeper
        if (plain := _normalised_once(text)) == text:
            break
        text = plain
    return text


def _normalised_once(text: str) -> str:
    text = _INVISIBLE.sub("", html.unescape(unicodedata.normalize("NFC", text)))
    text = _LINK.sub(r"\1", _FOOTNOTE_MARK.sub("", text))
    text = _ESCAPE.sub(r"\1", _EMPHASIS.sub("", _BULLET.sub("", _TAG.sub("", text))))
    return " ".join(text.split())


def count_words(text: str) -> int:
    """Count the words of a text as :func:`normalise` leaves it: runs without white space that hold a letter or digit."""
    return sum(any(character.isalnum() for character in token) for token in normalise(text).split())


def fingerprint(text: str) -> tuple[int, str]:
    """Compute the word count and the SHA-256 of a text as :func:`normalise` leaves it.

    A word is a run without white space that holds a letter or a digit.

    Returns
    -------
    tuple of int and str
        Words, and the hash of the UTF-8 bytes in lower-case hexadecimal.
    """
    return count_words(text), hashlib.sha256(normalise(text).encode()).hexdigest()


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
    blocks, left_out = _blocks(text)
    starts = _sequence(blocks)
    found = _by_number(blocks, starts) if starts else _by_block(blocks)
    if not found.paragraphs:
        raise GfmdError(
            "found no paragraph; allowed: a report with sentences, each paragraph set apart by an empty line"
        )
    words = sum(count_words(line.replace("|", " ") if _ROW.match(line) else line) for line in _paragraph_lines(text))
    return replace(found, left_out=[*left_out, *found.left_out], words=words)


def _paragraph_lines(text: str) -> list[str]:
    """Split a text where markup cannot go on: at empty lines, rows of tables and rules."""
    return re.split(r"\n\s*\n|\n(?=\s*\|)|(?<=\|)\n", text)


def _blocks(text: str) -> tuple[list[str], list[LeftOut]]:
    """Split a text at empty lines, rules, headings, rows and numbers; leave footnotes out."""
    marks = set(_BRACKET_MARK.findall(text))
    blocks: list[list[str]] = [[]]
    lines = text.splitlines()
    for i, line in enumerate(lines):
        previous = blocks[-1][-1] if blocks[-1] else ""
        if not line.strip() or _RULE.match(line) or _ROW_RULE.match(line):
            blocks.append([])
        elif _ROW.match(line):
            is_header = i + 1 < len(lines) and bool(_ROW_RULE.match(lines[i + 1]))
            blocks += [[_row(line, is_header=is_header)], []]
        elif previous and (
            _HASH.match(line) or _HASH.match(previous) or _is_footnote(line, marks) or _opens(line, previous)
        ):
            blocks.append([line])
        else:
            blocks[-1].append(line)
    joined = ["\n".join(block) for block in blocks if block]
    notes = [block for block in joined if _is_footnote(block, marks)]
    out = [LeftOut("footnotes", "", count_words(note), normalise(note)[:40]) for note in notes]
    return [block for block in joined if not _is_footnote(block, marks)], out


def _row(line: str, *, is_header: bool) -> str:
    """Write a table's row as a paragraph: ``| 3 | Kenya | Fees fell. |`` as ``3. Kenya: Fees fell.``"""
    cells = [cell.strip() for cell in _ROW.sub(r"\1", line).split("|") if cell.strip()]
    number = f"{cells.pop(0).rstrip('.')}. " if len(cells) > 1 and re.fullmatch(r"\d{1,4}\.?", cells[0]) else ""
    head = " ".join(cells[:-1])
    text = number + (f"{head.rstrip(':')}: {cells[-1]}" if head else "".join(cells))
    return f"**{text}**" if is_header else text


def _is_footnote(block: str, marks: set[str]) -> bool:
    bracketed = re.match(r"\s*\[(\d{1,3})\]\s", block)
    return bool(_FOOTNOTE.match(block)) or (bool(bracketed) and bracketed[1] in marks)  # type: ignore[index]


def _opens(line: str, previous: str) -> bool:
    """Return whether a numbered line can open a paragraph, rather than be a number that a line break put first."""
    wrapped = SHORT_LINE < len(previous) < LONG_LINE and not _is_ended(previous) and previous.rstrip()[-1] not in ":;"
    return bool(_NUMBER.match(line)) and not wrapped


def _sequence(blocks: list[str]) -> list[int]:
    """Find the blocks that open the numbered paragraphs; none where numbers stand before headings or lists alone."""
    numbered = {
        i: number for i, block in enumerate(blocks) if not _is_marked(block) and (number := _number(block)) is not None
    }
    chain = _plain_sequence(numbered, blocks)
    strays = [i for i in numbered if not chain or not chain[0] <= i <= chain[-1]]
    strays = [
        i for i in strays if not _is_title(blocks[i]) and (not chain or i < chain[0] or _parted(blocks, chain[-1], i))
    ]
    if strays or not _is_complete(numbered, chain, blocks):
        chain = _broken_sequence(numbered, blocks)
    inside = sum(count_words(block) for block in _covered(blocks, chain))
    headings = sum(_is_title(blocks[i]) for i in chain)
    text = sum(count_words(block) for block in blocks if not _is_marked(block) and not _is_title(block))
    if inside * 3 < text or headings * 2 > len(chain):
        return []
    return chain


def _covered(blocks: list[str], chain: list[int]) -> list[str]:
    return [block for a, b in pairwise([*chain, len(blocks)]) for block in _body(blocks[a:b], last=b == len(blocks))[0]]


def _parted(blocks: list[str], first: int, second: int) -> bool:
    """Return whether a heading stands between two blocks."""
    return any(
        _is_marked(block) or (_is_title(block) and not _ITEM.match(block)) for block in blocks[first + 1 : second]
    )


def _plain_sequence(numbered: dict[int, int], blocks: list[str]) -> list[int]:
    """Find paragraphs 1, 2, 3 … without a gap: of the longest sequences the one with most text."""
    starts = [position for position, number in numbered.items() if number == 1]
    if not starts:
        return []
    forward = [_run(numbered, start, 1) for start in starts]
    last = max(numbered[chain[-1]] for chain in forward)
    ends = [position for position, number in numbered.items() if number == last]
    backward = [chain[::-1] for chain in (_run(numbered, end, -1) for end in ends) if numbered[chain[-1]] == 1]
    return max(forward + backward, key=lambda run: (len(run), sum(len(blocks[position]) for position in run), run[0]))


def _run(numbered: dict[int, int], start: int, step: int) -> list[int]:
    """Follow the numbers from a position on, up or down, taking for each the next place where it stands."""
    run = [start]
    for position in sorted(numbered, reverse=step < 0):
        if (position - run[-1]) * step > 0 and numbered[position] == numbered[run[-1]] + step:
            run.append(position)
    return run


def _is_complete(numbered: dict[int, int], chain: list[int], blocks: list[str]) -> bool:
    """Return whether every number carries the sequence on or counts a list inside one paragraph."""
    reached, listed = 0, 0
    for position, number in numbered.items():
        if position in set(chain):
            reached, listed = number, 0
        elif reached and number == listed + 1:
            listed = number
        elif reached and number <= len(chain) + FARTHEST_GAP and not _is_title(blocks[position]):
            return False
    return True


def _broken_sequence(numbered: dict[int, int], blocks: list[str]) -> list[int]:
    """Find the best sequence that may repeat a number, leave some out, or begin anew after a heading."""
    places = list(numbered)
    best: dict[int, tuple[float, int]] = {}
    for there, position in enumerate(places):
        number = numbered[position]
        worth = TITLE if _is_title(blocks[position]) else 1.0
        best[position] = (worth, -1)
        for before in places[max(0, there - 300) : there]:
            step = number - numbered[before]
            if step == 1:
                cost = 0.0
            elif step == 0:
                cost = DOUBLED
            elif 1 < step <= FARTHEST_GAP:
                cost = SKIPPED
            elif number == 1 and _parted(blocks, before, position):
                cost = RESTARTED
            else:
                continue
            value = best[before][0] + worth - cost
            if value >= best[position][0]:
                best[position] = (value, before)
    if not best:
        return []
    chain = [max(best, key=lambda position: best[position][0])]
    while best[chain[-1]][1] >= 0:
        chain.append(best[chain[-1]][1])
    chain = chain[::-1]
    lost = [
        position
        for position in places
        if chain[0] < position < chain[-1] and position not in chain and not _is_title(blocks[position])
    ]
    for position in lost:
        reached = max(i for i in chain if i < position)
        listed = [i for i in lost if reached < i <= position]
        if numbered[position] != len(listed):
            raise GfmdError(
                f"after paragraph {numbered[reached]} found paragraph {numbered[position]}; "
                "allowed: numbers in order, or none at all"
            )
    return chain


def _number(block: str) -> int | None:
    found = _NUMBER.match(block)
    return int(found[1] or found[2]) if found else None


def _by_number(blocks: list[str], starts: list[int]) -> Cut:
    """Cut at the numbers; what stands between a paragraph's end and the next number is matter, named as left out."""
    pieces: list[tuple[int, list[str], list[str]]] = []
    matter = blocks[: starts[0]]
    for start, following in pairwise([*starts, len(blocks)]):
        number = _number(blocks[start]) or 0
        first = _NUMBER.sub("", blocks[start], count=1)
        run = [first, *blocks[start + 1 : following]]
        after = _number(blocks[following]) if following < len(blocks) else None
        body, rest = _body(run, last=following == len(blocks))
        pieces.append((number, matter, body))
        missing = (after or 0) - number - 1
        if missing > 0 and len(body) - 1 == missing and not rest:  # unnumbered blocks in the place of missing numbers
            pieces[-1] = (number, matter, body[:1])
            pieces += [(number + i, [], [block]) for i, block in enumerate(body[1:], start=1)]
        matter = rest
    numbers = [number for number, _, _ in pieces]
    notes = []
    if any(b <= a for a, b in pairwise(numbers)):
        notes.append(f"numbers come more than once: paragraphs are numbered 1 to {len(pieces)} for you")
        numbers = list(range(1, len(pieces) + 1))
    elif len(numbers) != numbers[-1] - numbers[0] + 1 or numbers[0] != 1:
        absent = sorted(set(range(1, numbers[-1] + 1)) - set(numbers))
        notes.append(f"no paragraph has the number {', '.join(map(str, absent))}")
    if len(pieces) > len(starts):
        notes.append(f"{len(pieces) - len(starts)} unnumbered paragraph(s) took the missing number in their place")
    paragraphs: list[Paragraph] = []
    left_out = [
        LeftOut(
            "paragraph numbers", "", sum(count_words(found[0]) for i in starts if (found := _NUMBER.match(blocks[i])))
        )
    ]
    heading = ""
    for number, (_, between, body) in zip(numbers, pieces, strict=True):
        if len(body) > 1 and _is_caps(body[0]):  # a heading that took the number, its text below
            between, body = [*between, body[0]], body[1:]
        heading = _nearest_heading(between) or heading
        paragraphs.append(Paragraph(number, heading, tuple(map(normalise, between)), normalise("\n".join(body))))
        left_out += [_named(block, f"before paragraph {number}") for block in between]
    left_out += [_named(block, "after the last paragraph") for block in matter]
    return Cut(paragraphs, [line for line in map(normalise, matter) if line], left_out, notes)


def _by_block(blocks: list[str]) -> Cut:
    """Number the blocks that are no headings; list items stay with the paragraph before them."""
    marked = sum(map(_is_marked, blocks)) > 1
    paragraphs: list[Paragraph] = []
    left_out: list[LeftOut] = []
    matter: list[str] = []
    heading = ""
    for block in blocks:
        is_line = not paragraphs and len(block) < LONGEST_HEADING and not _is_ended(block) and ":" not in block
        is_heading = (
            _is_caps(block.rstrip(": "))
            or (_is_title(block) and (not marked or not paragraphs))
            or is_line
            or _is_field(block)
        )
        if is_heading and not _ITEM.match(block):
            matter.append(block)
        elif paragraphs and not matter and _ITEM.match(block):
            paragraphs[-1] = replace(paragraphs[-1], text=f"{paragraphs[-1].text} {normalise(block)}")
        else:
            number = len(paragraphs) + 1
            heading = _nearest_heading(matter) or heading
            left_out += [_named(each, f"before paragraph {number}") for each in matter]
            paragraphs.append(Paragraph(number, heading, tuple(map(normalise, matter)), normalise(block)))
            matter = []
    left_out += [_named(block, "after the last paragraph") for block in matter]
    note = f"the report numbers no paragraphs: they are numbered 1 to {len(paragraphs)} for you"
    return Cut(paragraphs, [normalise(block) for block in matter], left_out, [note])


def _named(block: str, where: str) -> LeftOut:
    what = "headings" if _is_marked(block) or _is_title(block) or _is_field(block) else "unnumbered text"
    return LeftOut(what, where, count_words(block), normalise(block)[:60])


def _is_field(block: str) -> bool:
    """Return whether every line is a field of a document's head, ``date: 2021-11-18``."""
    return all(re.match(r"[a-z_]{2,15}:\s", f"{line} ") for line in block.splitlines())


def _is_caps(block: str) -> bool:
    return _is_marked(block) or (normalise(block).isupper() and _is_title(block))


def _body(blocks: list[str], *, last: bool) -> tuple[list[str], list[str]]:
    """Part a numbered block and its followers into the paragraph and what stands between it and the next."""
    for i, block in enumerate(blocks[1:], start=1):
        after_end = _is_ended(blocks[i - 1]) and not _ITEM.match(block)
        if _is_marked(block) or (_is_title(block) and not _ITEM.match(block)) or (last and after_end):
            return blocks[:i], blocks[i:]
    return blocks, []


def _is_marked(block: str) -> bool:
    """Return whether Markdown sets a block apart: a heading, or bold or italic throughout."""
    return bool(_HASH.match(block) or _WRAPPED.match(block.strip()))


def _is_title(block: str) -> bool:
    """Return whether an unmarked block reads as a heading: short, upper case first, no full stop."""
    plain = normalise(_NUMBER.sub("", block, count=1))
    signed = re.search(r"\w{3}[.!?…][\"”»]?\s+[-–—(]", plain)  # a sentence and who said it
    return len(plain) <= LONGEST_HEADING and plain[:1].isupper() and plain[-1:] not in ".!?…;,:" and not signed


def _is_ended(text: str) -> bool:
    """Return whether a text ends as a sentence does."""
    return normalise(text).rstrip("\"'”’»)] ")[-1:] in tuple(".!?…")


def _nearest_heading(matter: list[str]) -> str:
    headings = [block for block in matter if _HASH.match(block) or block.strip().startswith(("**", "__"))]
    return normalise((headings or [block for block in matter if _is_title(block)] or [""])[-1])
