"""Split a report's plain text or Markdown into blocks, and tell headings, rows, footnotes, items and numbered ones apart."""

import re

from gfmd_analysis.draft.markup import normalise

LONGEST_HEADING = 200

SHORT_LINE, LONG_LINE = 60, 160

NUMBER = re.compile(
    r"^ {0,3}(?:\*\*|__)?(?:(?:§|¶|[Pp]ara(?:graph|graphe)?\.?)\s*(\d,\d{3}|\d{1,4})\\?[.):]?|[\[(]?(\d,\d{3}|\d{1,4})(?:\\?[.)\]]+|(?=\t)))"
    r"(?:\*\*|__)?(?:\s+|$)"
)

ITEM = re.compile(r"^\s*(?:[-*+•◦▪–—]\s+|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s)")

HASH = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$")

ROW = re.compile(r"^\s*\|(.*)\|\s*$")

_WRAPPED = re.compile(r"^(\*{1,3}|_{1,3})(?=\S)(?:(?!\1).)+\1[:.]?$", re.DOTALL)

_RULE = re.compile(r"^\s*([-*_=])(?:\s*\1){2,}\s*$")

_ROW_RULE = re.compile(r"^\s*\|[\s:|-]+\|\s*$")

_FOOTNOTE = re.compile(r"^\s*(?:<sup>\s*[\w*†‡]+\s*</sup>|\[\^[^\]]+\]:|[¹²³⁴-⁹]+\s)")

_BRACKET_MARK = re.compile(r"(?<=[\w.,;:!?)”’\"'])\[(\d{1,3})\]")


def split_blocks(text: str) -> tuple[list[str], list[str]]:
    """Split a text at empty lines, rules, headings, rows and numbers.

    Returns
    -------
    tuple of list of str
        The blocks in order, and the footnotes, which are none of them. A row of a table becomes a paragraph.
    """
    marks = set(_BRACKET_MARK.findall(text))
    blocks: list[list[str]] = [[]]
    lines = [*text.splitlines(), ""]
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        previous = blocks[-1][-1] if blocks[-1] else ""
        if not line.strip() or _RULE.match(line) or _ROW_RULE.match(line):
            blocks.append([])
        elif ROW.match(line):
            blocks += [[_row(line, is_header=bool(_ROW_RULE.match(following)))], []]
        elif previous and (HASH.match(previous) or _begins(line, previous, marks)):
            blocks.append([line])
        else:
            blocks[-1].append(line)
    joined = ["\n".join(block) for block in blocks if block]
    footnotes = [block for block in joined if _is_footnote(block, marks)]
    return [block for block in joined if block not in footnotes], footnotes


def _row(line: str, *, is_header: bool) -> str:
    """Write a table's row as a paragraph: ``| 3 | Kenya | Fees fell. |`` as ``3. Kenya: Fees fell.``"""
    cells = [cell.strip() for cell in ROW.sub(r"\1", line).split("|") if cell.strip()]
    number = f"{cells.pop(0).rstrip('.')}. " if len(cells) > 1 and re.fullmatch(r"\d{1,4}\.?", cells[0]) else ""
    head = " ".join(cells[:-1])
    text = number + (f"{head.rstrip(':')}: {cells[-1]}" if head else "".join(cells))
    return f"**{text}**" if is_header else text


def _is_footnote(block: str, marks: set[str]) -> bool:
    bracketed = re.match(r"\s*\[(\d{1,3})\]\s", block)
    return bool(_FOOTNOTE.match(block) or (bracketed and bracketed[1] in marks))


def _begins(line: str, previous: str, marks: set[str]) -> bool:
    """Return whether a line begins a block; a number that a line break put first does not."""
    wrapped = SHORT_LINE < len(previous) < LONG_LINE and not is_ended(previous) and previous.rstrip()[-1] not in ":;"
    return bool(HASH.match(line)) or _is_footnote(line, marks) or (bool(NUMBER.match(line)) and not wrapped)


def number_of(block: str) -> int | None:
    """Return the number with which a block begins, None where it begins with none."""
    found = NUMBER.match(block)
    return int((found[1] or found[2]).replace(",", "")) if found else None


def is_marked(block: str) -> bool:
    """Return whether Markdown sets a block apart: a heading, or bold or italic throughout."""
    return bool(HASH.match(block) or _WRAPPED.match(block.strip()))


def is_title(block: str) -> bool:
    """Return whether an unmarked block reads as a heading: short, upper case first, no full stop."""
    plain = re.sub(r"(?:\[\d{1,3}\])+$|(?<=[.!?…”»)])\d{1,3}$", "", normalise(NUMBER.sub("", block, count=1)))
    signed = re.search(r"\w{3}[.!?…][\"”»]?\s+[-–—(]", plain)  # a sentence and who said it
    return len(plain) <= LONGEST_HEADING and plain[:1].isupper() and plain[-1:] not in ".!?…;,:" and not signed


def is_heading(block: str) -> bool:
    """Return whether a block is marked as a heading, or reads as one and is no item of a list."""
    return is_marked(block) or (is_title(block) and not ITEM.match(block))


def is_caps(block: str) -> bool:
    """Return whether a block is marked as a heading or set in capitals as one."""
    return is_marked(block) or (normalise(block).isupper() and is_title(block))


def is_field(block: str) -> bool:
    """Return whether every line is a field of a document's head, ``date: 2021-11-18``."""
    return all(re.match(r"[a-z_]{2,15}:\s", f"{line} ") for line in block.splitlines())


def is_ended(text: str) -> bool:
    """Return whether a text ends as a sentence does, a note's mark left aside."""
    return re.search(r"[.!?…][\"'”’»)\] ]*\d{0,3}$", normalise(text)) is not None
