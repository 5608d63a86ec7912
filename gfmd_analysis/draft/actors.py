"""Know the bodies that can speak by their names: states, groups, organisations, and those that a report introduces itself."""

import re
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache

from gfmd_analysis.draft.vocabulary import ORGANISATION, PLACE, SMALL, rows_of

LANGUAGES = ("en", "fr", "es")

CODE_LENGTH = 24

SHORT_LENGTH = 22

# territories without a voice of their own, whose names are common words in a report (La Réunion, the island of Jersey)
NO_SPEAKERS = ("REU", "JEY", "IMN", "GGY", "ATF", "UMI", "IOT", "BVT", "HMD", "ATA", "SGS")

_NO_BODY = re.compile(
    r"^(?:objecti|member|states?\b|participants?|delegat|speakers?|mechanisms?|working|round|chair|the\b|these|this|it\b|goal|"
    r"article|paragraph|two|three|four|five|six|seven|eight|nine|ten|gfmd$|gcm$|imrf$|covid|sdgs?$|fmmd$|pmm$|discussion|in\b|on\b|at\b|by\b|with\b|several|some|many|most|"
    r"all\b|other|both|les? |la |ce |cet|plusieurs|états?|global compact|recommend|key\b|good\b|best\b|agenda|summary|opening|closing|session|part\b|item\b|chapter|annex|contact g|informal|plenary|sub-?group|drafting|ad hoc)",
    re.IGNORECASE,
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

_ARTICLE = re.compile(r"^(?:the|les|la|le|l'|du|des|de la|de l'|de|d'|(?-i:el|los|las))(?:\s+|(?<='))", re.IGNORECASE)


@dataclass(frozen=True)
class Body:
    """A body that can speak: its code, names, kind, constituency, and the adjectives of its people."""

    code: str
    name: str
    short_name: str
    actor_type: str
    constituency: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """A body named in a text: where, and which."""

    start: int
    end: int
    code: str


@lru_cache(maxsize=1)
def known_bodies() -> dict[str, Body]:
    """Load every state (ISO 3166-1, names of the Unicode CLDR, ``states.csv``) and every body of ``actors.csv``, by code."""
    return {body.code: body for body in [*_states(), *map(_listed, rows_of("actors.csv"))]}


def _listed(row: dict[str, str]) -> Body:
    own = (row["name"], row["short_name"], *row["aliases"].split(";"), row["actor"] if len(row["actor"]) > 2 else "")
    own += tuple(name.replace("United Nations", "UN") for name in own)
    aliases = tuple(dict.fromkeys(name for name in own if name and "_" not in name))
    return Body(row["actor"], row["name"], row["short_name"], row["actor_type"], row["constituency"], aliases)


def _states() -> Iterator[Body]:
    import pycountry
    from babel import Locale

    territories = {language: Locale(language).territories for language in LANGUAGES}
    more = {row["iso3"]: row for row in rows_of("states.csv")}
    for country in pycountry.countries:
        if country.alpha_3 in NO_SPEAKERS:
            continue
        extra = more.get(country.alpha_3, {"names": "", "demonyms": ""})
        names = [getattr(country, kind, "") for kind in ("name", "common_name", "official_name")]
        names += [territories[language].get(country.alpha_2, "") for language in LANGUAGES]
        names += extra["names"].split(";")
        plain = [re.sub(r"\s*\(.*?\)|,.*", "", name).replace("’", "'") if "," not in name else "" for name in names]
        inverted = [
            each for name in names if name.count(", ") == 1 for each in (" ".join(reversed(name.split(", "))), name)
        ]
        aliases = tuple(dict.fromkeys(name for name in [*plain, *inverted] if name))
        official = " ".join(reversed(country.name.split(", ")))  # as the UN has it: Republic of Korea, not Korea
        shorter = (official, *extra["names"].split(";"), *aliases)
        short = next((name for name in shorter if name and len(name) <= SHORT_LENGTH), official[:SHORT_LENGTH])
        demonyms = tuple(filter(None, extra["demonyms"].split(";")))
        yield Body(country.alpha_3, official, short, "state", "states", aliases, demonyms)


def is_body(name: str, *, held: bool) -> bool:
    """Return whether an unknown name can be a body's, not a place's: two capitals or an acronym, unless an office is held in it."""
    capitals = len(re.findall(r"\b[A-ZÀ-Ý]", name))
    is_place, is_organisation = (any(map(kind.fullmatch, name.split())) for kind in (PLACE, ORGANISATION))
    return not (_NO_BODY.match(name) or (is_place and not is_organisation)) and (
        held or capitals > 1 or "." in name or name.isupper()
    )


class Gazetteer:
    """Names and the bodies they stand for: the known ones, and those that a report introduces itself."""

    def __init__(self, text: str = "") -> None:
        self.bodies = dict(known_bodies())
        self.organs: set[str] = set()
        self._codes: dict[str, str] = {}
        self._by_first: dict[str, list[str]] = {}
        self._short: dict[str, str] = {}
        self._demonyms: dict[str, str] = {}
        for row in rows_of("states.csv"):  # before the CLDR, for which both Congos are the Congo
            self._learn(row["iso3"], tuple(filter(None, row["names"].split(";"))))
        for body in self.bodies.values():
            self._learn(body.code, body.aliases)
            for word in body.demonyms:
                self._demonyms.setdefault(word.casefold(), body.code)
        for full, short in _abbreviations(text):
            code = self._codes.get(full) or self._codes.get(short)
            if code:
                self._learn(code, (full, short))
            else:
                self._short.setdefault(full, short)

    def _learn(self, code: str, names: tuple[str, ...]) -> None:
        for name in map(_plain, names):
            for form in {name, _without_accent(name), name.upper() if len(name) > 3 else name}:
                if form not in self._codes:
                    self._codes[form] = code
                    first = re.match(r"\w+", form)
                    if first:
                        same = self._by_first.setdefault(first[0], [])
                        same.append(form)
                        same.sort(key=lambda each: (-len(each), each))

    def find(self, text: str) -> list[Found]:
        """Find the bodies that a text names, in order, the longest name first."""
        text = _plain(text)
        found: list[Found] = []
        end = 0
        for word in re.finditer(r"(?<![\w-])\w+", text):
            if word.start() < end:
                continue
            for name in self._by_first.get(word[0], ()):
                if text.startswith(name, word.start()) and not re.match(
                    r"\w|-\w| City\b", text[(end_here := word.start() + len(name)) : end_here + 6]
                ):
                    found.append(Found(word.start(), end_here, self._codes[name]))
                    end = end_here
                    break
        return found

    def demonym(self, word: str) -> str:
        """Return the state whose people a word names (``Thai``, ``Pakistanis``), ``""`` where it names none."""
        word = _plain(word).casefold()
        forms = (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("e"), word.removesuffix("ne"))
        return next((self._demonyms[form] for form in forms if form in self._demonyms), "")

    def code(self, name: str) -> str:
        """Return the code of a name that stands alone, in any case, ``""`` where it is not known."""
        wanted = _ARTICLE.sub("", _plain(name)).strip()
        if wanted in self._codes:
            return self._codes[wanted]
        return next((code for each, code in self._codes.items() if each.casefold() == wanted.casefold()), "")

    def introduce(self, name: str) -> str:
        """Return the code of a name, known or not: an unknown one becomes a body, its kind guessed from its words."""
        name = _ARTICLE.sub("", " ".join(_plain(name).split())).strip(" ,;")
        known = self.code(name) or next((self.code(full) for full, short in self._short.items() if short == name), "")
        if known:
            return known
        full = next((full for full, short in self._short.items() if short == name), name)
        code = coded(self._short.get(full, full), set(self.bodies))
        kind, constituency = next(((k, c) for form, k, c in _TYPES if re.search(form, full, re.I)), ("other", "other"))
        self.bodies[code] = Body(code, full, full[:SHORT_LENGTH].strip(), kind, constituency)
        self._learn(code, tuple(filter(None, (full, name, self._short.get(full, "")))))
        return code


def _plain(text: str) -> str:
    """Unify apostrophes; the length stays, so that places in the text stay right."""
    return unicodedata.normalize("NFC", text).replace("’", "'")


def _without_accent(name: str) -> str:
    """Return a name as French print often has it, its first letter without accent (Egypte for Égypte)."""
    return unicodedata.normalize("NFD", name[0])[0] + name[1:]


def _abbreviations(text: str) -> Iterator[tuple[str, str]]:
    """Find the names that a text abbreviates, as in ``Talent Beyond Boundaries (TBB)``."""
    for match in re.finditer(
        r"((?:[\w'&./-]+ ){1,10})\((?:the )?[\"“]?([A-Z][A-Za-z&-]{1,11})[\"”]?[),]", _plain(text)
    ):
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
