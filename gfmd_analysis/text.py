"""Small helpers for sentences that are computed from the data."""

import re
from collections.abc import Iterable, Sequence

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

IRREGULAR = {"body": "bodies", "country": "countries", "constituency": "constituencies"}


def listing(items: Iterable[object]) -> str:
    """Join items as English does: ``a, b and c``."""
    texts = [str(item) for item in items]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}" if texts else "none"


def spans(numbers: Iterable[int]) -> str:
    """Give numbers in order with runs of three or more closed up: ``1, 2, 5-9`` (with an en dash)."""
    runs: list[list[int]] = []
    for number in sorted({int(number) for number in numbers}):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def paragraphs(numbers: Iterable[int]) -> str:
    """Cite paragraphs: ``paragraph 67`` or ``paragraphs 73, 77, 78``."""
    distinct = sorted({int(number) for number in numbers})
    return f"paragraph{'s' * (len(distinct) != 1)} {spans(distinct)}" if distinct else "no paragraph"


def count(number: int, noun: str) -> str:
    """Count things in words up to nine: ``three actors``, ``one objective``, ``27 actors``."""
    amount = WORDS[number] if 0 <= number < len(WORDS) else f"{number:,}"
    return f"{amount} {noun if number == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """Give the plural of a noun."""
    return IRREGULAR.get(noun, f"{noun}s")


def plain(text: str) -> str:
    """Give text that Markdown shows as it is: a name with ``<b>``, ``*`` or ``$`` neither emphasises, nor runs, nor vanishes."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_\[\]$|~])", r"\\\1", escaped)


def sentence(text: str) -> str:
    """Start a sentence with a capital."""
    return text[:1].upper() + text[1:]


def objectives(numbers: Sequence[int]) -> str:
    """Name objectives by number: ``objective 14`` or ``objectives 9, 12 and 22``."""
    return f"objective{'s' * (len(numbers) != 1)} {listing(numbers)}"
