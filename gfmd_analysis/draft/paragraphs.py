"""Cut a report's plain text or Markdown into its numbered paragraphs."""

import hashlib
import html
import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from gfmd_analysis.errors import GfmdError

LONGEST_HEADING = 200

FARTHEST_GAP = 20

SHORT_LINE, LONG_LINE = 60, 160

_NUMBER = re.compile(
    r"^ {0,3}(?:\*\*|__)?(?:(?:§|¶|[Pp]ara(?:graph|graphe)?\.?)\s*(\d{1,3})\\?[.):]?|[\[(]?(\d{1,3})(?:\\?[.)\]]+|(?=\t)))"
    r"(?:\*\*|__)?(?:\s+|$)"
)

_ITEM = re.compile(r"^\s*(?:[-*+•◦▪–—]\s+|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s)")

_HASH = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$")

_WRAPPED = re.compile(r"^(\*{1,3}|_{1,3})(?=\S)(?:(?!\1).)+\1[:.]?$", re.DOTALL)

_RULE = re.compile(r"^\s*([-*_=])(?:\s*\1){2,}\s*$")

_FOOTNOTE = re.compile(r"^\s*(?:<sup>\s*[\w*†‡]+\s*</sup>|\[\^[^\]]+\]:)")

_FOOTNOTE_MARK = re.compile(r"<sup>.*?</sup>|\[\^[^\]]+\]:?|(?<=\w|[.,;:!?)\]”’»])[¹²³⁴-⁹⁰]+", re.DOTALL)

_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)")

_TAG = re.compile(r"<(?:https?://|mailto:)[^>\s]*>|</?[A-Za-z][^<>]*>")

_BULLET = re.compile(r"^\s*(?:[-*+•◦▪–—]|#{1,6})\s+", re.MULTILINE)

_EMPHASIS = re.compile(r"[*`]+|(?<![^\W_])_+|_+(?![^\W_])")

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


@dataclass(frozen=True)
class Paragraph:
    """A numbered paragraph: its number, the heading it stands under, its normalised text.

    ``matter`` holds the unnumbered lines (headings, lists of objectives, who chairs) between it and the one before.
    """

    number: int
    heading: str
    matter: tuple[str, ...]
    text: str


def normalise(text: str) -> str:
    """Give a text without markup, so that two copies of the same words compare equal.

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
    while (plain := _normalised_once(text)) != text:
        text = plain
    return text


def _normalised_once(text: str) -> str:
    text = _INVISIBLE.sub("", html.unescape(unicodedata.normalize("NFC", text)))
    text = _LINK.sub(r"\1", _FOOTNOTE_MARK.sub("", text))
    text = _ESCAPE.sub(r"\1", _EMPHASIS.sub("", _BULLET.sub("", _TAG.sub("", text))))
    return " ".join(text.split())


def fingerprint(text: str) -> tuple[int, str]:
    """Give the word count and the SHA-256 of a text as :func:`normalise` leaves it.

    A word is a run without white space that holds a letter or a digit.

    Returns
    -------
    tuple of int and str
        Words, and the hash of the UTF-8 bytes in lower-case hexadecimal.
    """
    plain = normalise(text)
    words = sum(any(character.isalnum() for character in token) for token in plain.split())
    return words, hashlib.sha256(plain.encode()).hexdigest()


def read_paragraphs(text: str) -> list[Paragraph]:
    """Cut a report into its numbered paragraphs.

    A paragraph begins at a line ``12.``, ``12)``, ``(12)`` or ``§ 12`` that carries on 1, 2, 3 …; it goes on
    over page breaks, footnotes, bullets and lettered items until the next number or heading. Agendas and lists
    numbered on their own are told apart by the sequence. What stands after the last paragraph's end is not part of it.

    Parameters
    ----------
    text
        The report as plain text or Markdown.

    Returns
    -------
    list of Paragraph
        Numbered 1, 2, 3 … without a gap.

    Raises
    ------
    GfmdError
        Where there is no numbered paragraph, or one is missing, comes twice or stands out of order.
    """
    return _cut(text)[0]


def closing_lines(text: str) -> list[str]:
    """Give what stands after the last numbered paragraph (who attended, who prepared the report), normalised."""
    return [line for line in map(normalise, _cut(text)[1]) if line]


def _cut(text: str) -> tuple[list[Paragraph], list[str]]:
    blocks = _blocks(text)
    starts = _sequence(blocks)
    matter, heading = blocks[: starts[0]], ""
    paragraphs = []
    for number, (start, following) in enumerate(pairwise([*starts, len(blocks)]), start=1):
        first = _NUMBER.sub("", blocks[start], count=1)
        body, rest = _body([first, *blocks[start + 1 : following]], last=following == len(blocks))
        heading = _nearest_heading(matter) or heading
        paragraphs.append(Paragraph(number, heading, tuple(map(normalise, matter)), normalise("\n".join(body))))
        matter = rest
    return paragraphs, matter


def _blocks(text: str) -> list[str]:
    """Split a text at empty lines, rules, headings and numbers; leave footnotes out."""
    blocks: list[list[str]] = [[]]
    for line in unicodedata.normalize("NFC", text).replace("\f", "\n\n").splitlines():
        previous = blocks[-1][-1] if blocks[-1] else ""
        if not line.strip() or _RULE.match(line):
            blocks.append([])
        elif previous and (
            _HASH.match(line) or _HASH.match(previous) or _FOOTNOTE.match(line) or _opens(line, previous)
        ):
            blocks.append([line])
        else:
            blocks[-1].append(line)
    return ["\n".join(block) for block in blocks if block and not _FOOTNOTE.match(block[0])]


def _opens(line: str, previous: str) -> bool:
    """Whether a numbered line can open a paragraph, rather than be a number that a line break put first."""
    wrapped = SHORT_LINE < len(previous) < LONG_LINE and not _is_ended(previous) and previous.rstrip()[-1] not in ":;"
    return bool(_NUMBER.match(line)) and not wrapped


def _sequence(blocks: list[str]) -> list[int]:
    """Give the positions of the blocks that open paragraph 1, 2, 3 …: of the longest sequences the one with most text."""
    numbered = {
        i: number for i, block in enumerate(blocks) if not _is_marked(block) and (number := _number(block)) is not None
    }
    starts = [position for position, number in numbered.items() if number == 1]
    if not starts:
        raise GfmdError(_nothing_found(numbered))
    forward = [_run(numbered, start, 1) for start in starts]
    last = max(numbered[chain[-1]] for chain in forward)
    ends = [position for position, number in numbered.items() if number == last]
    backward = [chain[::-1] for chain in (_run(numbered, end, -1) for end in ends) if numbered[chain[-1]] == 1]
    chain = max(forward + backward, key=lambda run: (len(run), sum(len(blocks[position]) for position in run), run[0]))
    _check_complete(numbered, chain, blocks)
    return chain


def _run(numbered: dict[int, int], start: int, step: int) -> list[int]:
    """Follow the numbers from a position on, up or down, taking for each the next place where it stands."""
    run = [start]
    for position in sorted(numbered, reverse=step < 0):
        if (position - run[-1]) * step > 0 and numbered[position] == numbered[run[-1]] + step:
            run.append(position)
    return run


def _number(block: str) -> int | None:
    found = _NUMBER.match(block)
    return int(found[1] or found[2]) if found else None


def _nothing_found(numbered: dict[int, int]) -> str:
    allowed = "allowed: a report whose paragraphs are numbered 1, 2, 3 … at the beginning of a line"
    if not numbered:
        return f"found no numbered paragraph; {allowed}"
    return f"found paragraph {next(iter(numbered.values()))} first, and no paragraph 1; {allowed}"


def _check_complete(numbered: dict[int, int], chain: list[int], blocks: list[str]) -> None:
    """Refuse a number that neither carries the sequence on nor counts a list inside one paragraph."""
    reached, listed = 0, 0
    for position, number in numbered.items():
        if position in set(chain):
            reached, listed = number, 0
        elif reached and number == listed + 1:
            listed = number
        elif reached and number <= len(chain) + FARTHEST_GAP and not _is_title(blocks[position]):
            again = "again" if number == reached else "next"
            raise GfmdError(
                f"after paragraph {reached} found paragraph {number} {again}; allowed: paragraph {reached + 1}, "
                "each number once and in order"
            )


def _body(blocks: list[str], *, last: bool) -> tuple[list[str], list[str]]:
    """Part a numbered block and its followers into the paragraph and what stands between it and the next."""
    for i, block in enumerate(blocks[1:], start=1):
        after_end = _is_ended(blocks[i - 1]) and not _ITEM.match(block)
        if _is_marked(block) or (_is_title(block) and not _ITEM.match(block)) or (last and after_end):
            return blocks[:i], blocks[i:]
    return blocks, []


def _is_marked(block: str) -> bool:
    """Whether Markdown sets a block apart: a heading, or bold or italic throughout."""
    return bool(_HASH.match(block) or _WRAPPED.match(block.strip()))


def _is_title(block: str) -> bool:
    """Whether an unmarked block reads as a heading: short, upper case first, no full stop."""
    plain = normalise(_NUMBER.sub("", block, count=1))
    return len(plain) <= LONGEST_HEADING and plain[:1].isupper() and plain[-1:] not in ".!?…;,:"


def _is_ended(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return normalise(text).rstrip("\"'”’»)] ")[-1:] in tuple(".!?…")


def _nearest_heading(matter: list[str]) -> str:
    headings = [block for block in matter if _HASH.match(block) or block.strip().startswith(("**", "__"))]
    return normalise((headings or [block for block in matter if _is_title(block)] or [""])[-1])
