"""Strip a text of markup, count its words and compute its fingerprint, so that copies of the same words compare equal."""

import hashlib
import html
import re
import unicodedata

DEEPEST_MARKUP = 20

_MARKUP = (
    (re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]"), ""),  # invisible characters
    (re.compile(r"<sup>.*?</sup>|\[\^[^\]]+\]:?|(?<=\w|[.,;:!?)\]”’»])[¹²³⁴-⁹⁰]+", re.DOTALL), ""),  # footnote marks
    (re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)"), r"\1"),  # links
    (re.compile(r"<(?:https?://|mailto:)[^>\s]*>|</?[A-Za-z][^<>]*>"), ""),  # addresses and tags
    (re.compile(r"^\s*(?:[-*+•◦▪–—]|#{1,6})\s+", re.MULTILINE), ""),  # bullets and headings
    (re.compile(r"[*`]+|(?<![^\W_])_+|_+(?![^\W_])"), ""),  # emphasis and code
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),  # escapes
)


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
    before = ""
    for _ in range(DEEPEST_MARKUP):  # markup in markup in markup is read so deep and no deeper
        if text == before:
            break
        before, text = text, html.unescape(unicodedata.normalize("NFC", text))
        for pattern, kept in _MARKUP:
            text = pattern.sub(kept, text)
        text = " ".join(text.split())
    return text


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
