"""Know the bodies that can speak by their names: states, groups, organisations, and those that a report introduces itself."""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from babel import Locale

from gfmd_analysis.draft.vocabulary import ORGANISATION, PLACE, SMALL, rows_of

LANGUAGES = ("en", "fr", "es")

CODE_LENGTH = 24

SHORT_LENGTH = 22

# territories without a voice of their own, whose names are common words in a report (La Réunion, the island of Jersey)
NO_SPEAKERS = ("REU", "JEY", "IMN", "GGY", "ATF", "UMI", "IOT", "BVT", "HMD", "ATA", "SGS")

_NO_BODY = re.compile(
    r"(?i)^(?:objecti|member|states?\b|participants?|delegat|speakers?|mechanisms?|working|round|chair|the\b|these|this|it\b|goal|"
    r"article|paragraph|two|three|four|five|six|seven|eight|nine|ten|gfmd$|gcm$|imrf$|covid|sdgs?$|fmmd$|pmm$|discussion|in\b|on\b|at\b|by\b|with\b|several|some|many|most|"
    r"all\b|other|both|les? |la |ce |cet|plusieurs|états?|global compact|recommend|key\b|good\b|best\b|agenda|summary|opening|closing|session|part\b|item\b|chapter|annex|contact g|informal|plenary|sub-?group|drafting|ad hoc)"
)

_TYPES = (
    (r"youth|student|children|jeune", "youth", "youth"),
    (r"\b(?:mayor|city|cities|municipal|local gov|ville|maire)", "local_government", "mayors"),
    (r"\b(?:UN|United Nations|Nations Unies)\b", "un_entity", "un_system"),
    (r"\b(?:bank|banque)\b", "financial_institution", "other"),
    (r"compan|chamber|employer|business|industr|\.(?:com|io)\b|\b(?:ltd|inc|llp)\b|entreprise", "private_sector", "business"),
    (r"\b(?:process|dialogue|initiative|processus)\b", "state_led_initiative", "intergovernmental"),
    (r"ngo|civil|forum|alliance|network|migrant|union|church|caritas|red cross|foundation|ONG|réseau", "civil_society", "civil_society"),
)  # fmt: skip

_WORD = re.compile(r"(?<![\w-])\w+")

_GOES_ON = re.compile(r"\w|-\w| City\b")  # what makes a name another's

_ABBREVIATED = re.compile(r"((?:[\w'&./-]+ ){1,10})\((?:the )?[\"“]?([A-Z][A-Za-z&-]{1,11})[\"”]?[),]")

_ARTICLE = re.compile(r"^(?:the|les|la|le|l'|du|des|de la|de l'|de|d'|(?-i:el|los|las))(?:\s+|(?<='))", re.IGNORECASE)


@dataclass(frozen=True)
class Body:
    """A body that can speak: its code, names, kind and constituency."""

    code: str
    name: str
    short_name: str
    actor_type: str
    constituency: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """A body named in a text: where, and which."""

    start: int
    end: int
    code: str


@cache
def known_bodies() -> dict[str, Body]:
    """Load every state (ISO 3166-1, names of the Unicode CLDR, ``states.csv``) and every body of ``actors.csv``, by code."""
    return {body.code: body for body in [*_states(), *map(_listed, rows_of("actors.csv"))]}


def _listed(row: dict[str, str]) -> Body:
    own = [row["name"], row["short_name"], *row["aliases"].split(";"), *[row["actor"]] * (len(row["actor"]) > 2)]
    own += [name.replace("United Nations", "UN") for name in own]
    aliases = tuple(dict.fromkeys(name for name in own if name and "_" not in name))
    return Body(row["actor"], row["name"], row["short_name"], row["actor_type"], row["constituency"], aliases)


def _states() -> Iterator[Body]:
    import pycountry

    more = {row["iso3"]: row["names"].split(";") for row in rows_of("states.csv")}
    for country in (each for each in pycountry.countries if each.alpha_3 not in NO_SPEAKERS):
        own = more.get(country.alpha_3, [])
        names = [getattr(country, kind, "") for kind in ("name", "common_name", "official_name")]
        names += [Locale(language).territories.get(country.alpha_2, "") for language in LANGUAGES] + own
        plain = [re.sub(r"\s*\(.*?\)", "", name).replace("’", "'") for name in names if "," not in name]
        inverted = [name for name in names if name.count(", ") == 1]
        turned = [" ".join(reversed(name.split(", "))) for name in inverted]
        aliases = tuple(dict.fromkeys(filter(None, [*plain, *turned, *inverted])))
        official = " ".join(reversed(country.name.split(", ")))  # as the UN has it: Republic of Korea, not Korea
        short = next((name for name in (official, *own, *aliases) if name and len(name) <= SHORT_LENGTH), official)
        yield Body(country.alpha_3, official, short, "state", "states", aliases)


@cache
def _known_names() -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """Learn the names of states in ``states.csv`` before the CLDR's, for which both Congos are the Congo, and the bodies'."""
    codes, forms = dict[str, str](), dict[str, frozenset[str]]()
    for row in rows_of("states.csv"):
        _learn(codes, forms, row["iso3"], row["names"].split(";"))
    for body in known_bodies().values():
        _learn(codes, forms, body.code, body.aliases)
    return codes, forms


def _learn(codes: dict[str, str], forms: dict[str, frozenset[str]], code: str, names: Iterable[str]) -> None:
    """Add names of a body to the codes, by names in small letters, and to the names as written, by their first words."""
    for name in map(_plain, filter(None, names)):
        bare = unicodedata.normalize("NFD", name[0])[0] + name[1:]  # as French print often has it: Egypte for Égypte
        for form in (name, bare, name.upper() if len(name) > 3 else name):
            codes.setdefault(form.casefold(), code)
            first = re.split(r"\W", form, maxsplit=1)[0]
            forms[first] = forms.get(first, frozenset()) | {form}


@cache
def _demonyms() -> dict[str, str]:
    """Load whose people a word names."""
    rows = reversed(rows_of("states.csv"))
    return {word.casefold(): row["iso3"] for row in rows for word in filter(None, row["demonyms"].split(";"))}


def demonym(word: str) -> str:
    """Return the state whose people a word names (``Thai``, ``Pakistanis``), ``""`` where it names none."""
    folded = _plain(word).casefold()
    return next(filter(None, (_demonyms().get(folded.removesuffix(end)) for end in ("", "s", "es", "e", "ne"))), "")


def is_body(name: str, *, held: bool) -> bool:
    """Return whether an unknown name can be a body's, not a place's: two capitals or an acronym, unless an office is held in it."""
    is_place, is_organisation = (any(map(kind.fullmatch, name.split())) for kind in (PLACE, ORGANISATION))
    has_capitals = len(re.findall(r"\b[A-ZÀ-Ý]", name)) > 1 or "." in name or name.isupper()
    return (held or has_capitals) and not _NO_BODY.match(name) and (is_organisation or not is_place)


class Gazetteer:
    """Names and the bodies they stand for: the known ones, and those that a report introduces itself."""

    def __init__(self, text: str = "") -> None:
        self.bodies, self.organs = dict(known_bodies()), set[str]()
        codes, forms = _known_names()
        self._codes, self._forms = codes.copy(), forms.copy()
        self._short: dict[str, str] = {}
        for full, short in _abbreviations(text):
            if code := self.code(full) or self.code(short):
                _learn(self._codes, self._forms, code, (full, short))
            else:
                self._short.setdefault(full, short)
        self._full = {short: full for full, short in reversed(self._short.items())}

    def find(self, text: str) -> list[Found]:
        """Find the bodies that a text names, in order, the longest name first."""
        text = _plain(text)
        found: list[Found] = []
        past = 0
        for word in _WORD.finditer(text):
            start, names = word.start(), self._forms.get(word[0], ())
            ends = [start + len(name) for name in names if start >= past and text.startswith(name, start)]
            if end := max((end for end in ends if not _GOES_ON.match(text, end)), default=0):
                found.append(Found(start, end, self._codes[text[start:end].casefold()]))
                past = end
        return found

    def named_at(self, place: int, text: str) -> tuple[str, ...]:
        """Return the code of the body that a text names at a place, where it names one."""
        return tuple(each.code for each in self.find(text) if each.start == place)

    def code(self, name: str) -> str:
        """Return the code of a name that stands alone, in any case, ``""`` where it is not known."""
        return self._codes.get(_ARTICLE.sub("", _plain(name)).strip().casefold(), "")

    def introduce(self, name: str) -> str:
        """Return the code of a name, known or not: an unknown one becomes a body, its kind guessed from its words."""
        name = _ARTICLE.sub("", " ".join(_plain(name).split())).strip(" ,;")
        full = self._full.get(name, name)
        if known := self.code(name) or self.code(full):
            return known
        short = self._short.get(full, "")
        code = coded(short or full, self.bodies)
        kind, constituency = next((kinds for form, *kinds in _TYPES if re.search(form, full, re.I)), ("other", "other"))
        self.bodies[code] = Body(code, full, full, kind, constituency)
        _learn(self._codes, self._forms, code, (full, name, short))
        return code


def _plain(text: str) -> str:
    """Unify apostrophes; the length stays, so that places in the text stay right."""
    return unicodedata.normalize("NFC", text).replace("’", "'")


def _abbreviations(text: str) -> Iterator[tuple[str, str]]:
    """Find the names that a text abbreviates, as in ``Talent Beyond Boundaries (TBB)``."""
    for match in _ABBREVIATED.finditer(_plain(text)):
        words = match[1].split()
        run = next((i for i in range(len(words), 0, -1) if not (words[i - 1][0].isupper() or words[i - 1] in SMALL)), 0)
        starts = [i for i in range(run, len(words)) if words[i][0] == match[2][0]]
        if starts:
            yield " ".join(words[starts[0] :]), match[2]


def coded(name: str, taken: Container[str], kind: str = "BODY") -> str:
    """Make a free code of a name: upper case without accents, small words left out; one of its kind where none is left."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = [word for word in re.findall(r"[A-Za-z0-9]+", ascii_name) if word.lower() not in SMALL]
    code = re.sub(r"^[^A-Z]+", "", "_".join(words).upper())[:CODE_LENGTH].strip("_")
    code = code if len(code) > 1 else f"{kind}_{code}".strip("_")
    return next(each for each in (code, *(f"{code[:21]}_{i}" for i in range(2, 99))) if each not in taken)
