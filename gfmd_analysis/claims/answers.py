"""Findings as a notebook's first screen shows them: sentences with their paragraphs, and what stands against them."""

import re
from typing import TYPE_CHECKING

from gfmd_analysis.claims.evidence import Claim
from gfmd_analysis.text import listing, paras, plain

if TYPE_CHECKING:
    from IPython.display import Markdown


def answer(*found: Claim | None) -> "Markdown":
    """Show findings, each as a sentence with the paragraphs that carry it and those that a reader could hold against it.

    Parameters
    ----------
    found
        Claims of :mod:`gfmd_analysis.claims`; ``None`` (no such finding in the data in use) is passed over.

    Returns
    -------
    IPython.display.Markdown
        A list, one finding a line, readable in a notebook that is not trusted; a sentence that says so where none is left.
    """
    from IPython.display import Markdown

    lines = [f"- **{plain(claim.text)}**{_cited(claim)}." for claim in found if claim]
    return Markdown("\n".join(lines) or "*The data in use carry no finding on this.*")


def _cited(claim: Claim) -> str:
    """Cite what the sentence does not cite itself; after *but see* stands what a reader could hold against it."""
    own, against = (_places(numbers) if numbers else "" for numbers in (claim.paragraphs_for, claim.paragraphs_against))
    told = {own: own, against: f"but see {against}"}
    left = [text for places, text in told.items() if places and not re.search(rf"\b{re.escape(places)}\)", claim.text)]
    return f" ({'; '.join(left)})" if left else ""


def _places(numbers: tuple[int | str, ...]) -> str:
    whole = [number for number in numbers if isinstance(number, int)]
    return paras(whole) if len(whole) == len(numbers) else listing(numbers)
