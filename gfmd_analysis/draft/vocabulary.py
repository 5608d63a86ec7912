"""Nouns by which a speaker is told in English, French and Spanish: offices, bodies, titles, statements."""

import csv
import re
from importlib.resources import files

_TEXT = files("gfmd_analysis").joinpath("draft", "resources", "speaker_nouns.csv").read_text(encoding="utf-8")

_PATTERNS = {row["kind"]: re.compile(row["pattern"], re.IGNORECASE) for row in csv.DictReader(_TEXT.splitlines())}

OFFICE = _PATTERNS["office"]  # who holds a seat or an office: representative, délégué, embajador
OFFICER = _PATTERNS["officer"]  # who presides: chair, modératrice, presidenta
SEVERAL = _PATTERNS["several"]  # several without a name: countries, parties
ORGANISATION = _PATTERNS["organisation"]  # what a body can be: alliance, réseau, fundación
SAYING = _PATTERNS["saying"]  # what someone says: statement, proposition, pregunta
TITLE = _PATTERNS["title"]  # Ms., M., H.E.

PLAIN_NAME = r"(?:[A-ZÀ-Ý][\w'’-]*\.?|de|du|van|der|von|el|al|la|bin|da|dos)"


def is_person(name: str) -> bool:
    """Return whether a name reads as a person's: two to four plain words, none of them for an organisation."""
    words = [word for word in name.split() if not TITLE.fullmatch(word)]
    return 1 < len(words) < 5 and all(
        re.fullmatch(PLAIN_NAME, word) and not any(kind.fullmatch(word) for kind in (ORGANISATION, OFFICE, OFFICER))
        for word in words
    )
