"""Load the words by which speakers are told in English, French and Spanish: offices, bodies, titles, statements."""

import csv
import re
from importlib.resources import files


def resource(name: str) -> str:
    """Load a text of ``draft/resources``."""
    return files("gfmd_analysis").joinpath("draft", "resources", name).read_text(encoding="utf-8")


def rows_of(name: str) -> list[dict[str, str]]:
    """Load the rows of a table of ``draft/resources``."""
    return list(csv.DictReader(resource(name).splitlines()))


_PATTERNS = {row["kind"]: re.compile(row["pattern"], re.IGNORECASE) for row in rows_of("speaker_nouns.csv")}

OFFICE = _PATTERNS["office"]  # who holds a seat or an office: representative, délégué, embajador
OFFICER = _PATTERNS["officer"]  # who presides: chair, modératrice, presidenta
SEVERAL = _PATTERNS["several"]  # several without a name: countries, parties
ORGANISATION = _PATTERNS["organisation"]  # what a body can be: alliance, réseau, fundación
SAYING = _PATTERNS["saying"]  # what someone says: statement, proposition, pregunta
PLACE = _PATTERNS["place"]  # where one meets: stadium, palais, plaza
TITLE = _PATTERNS["title"]  # Ms., M., H.E.

# small words inside names: articles, prepositions and what joins
SMALL = frozenset([
    "of", "for", "the", "and", "on", "in", "to", "at", "from", "with", "under", "as", "a", "an", "de", "du", "des", "la", "le", "les", "l", "d", "et",
    "au", "aux", "par", "pour", "sur", "à", "del", "el", "los", "las", "y", "en"
])  # fmt: skip

THE = r"(?:(?:the|la|le|les|el|los|las)\s+|l')?"  # an article, where there is one

PLAIN_NAME = r"(?:[A-ZÀ-Ý][\w'’-]*\.?|de|du|van|der|von|el|al|la|bin|da|dos)"


def is_person(name: str) -> bool:
    """Return whether a name reads as a person's: two to four plain words, none of them for an organisation."""
    words = [word for word in name.split() if not TITLE.fullmatch(word)]
    is_other = any(kind.fullmatch(word) for kind in (ORGANISATION, OFFICE, OFFICER) for word in words)
    return 1 < len(words) < 5 and not is_other and all(re.fullmatch(PLAIN_NAME, word) for word in words)
