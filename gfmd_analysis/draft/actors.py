"""Find who speaks in a paragraph: ``X:``, ``X said``, ``the representative of X``, lists of speakers, English and French."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_NO_BODY = re.compile(
    r"^(?:objecti|member|states?\b|participants?|delegat|speakers?|mechanisms?|working|round|chair|the\b|these|this|it\b|goal|"
    r"article|paragraph|two|three|four|five|six|seven|eight|nine|ten|gfmd$|gcm$|imrf$|covid|sdgs?$|fmmd$|pmm$|discussion|in\b|on\b|at\b|by\b|with\b|several|some|many|most|"
    r"all\b|other|both|les? |la |ce |cet|plusieurs|états?|global compact|recommend|key\b|good\b|best\b|agenda|summary)",
    re.IGNORECASE,
)


def is_body(name: str, *, held: bool) -> bool:
    """Whether an unknown name can be a body's: two capitals or an acronym, unless an office is held in it."""
    capitals = len(re.findall(r"\b[A-ZÀ-Ý]", name))
    return not _NO_BODY.match(name) and (held or capitals > 1 or "." in name or name.isupper())


LANGUAGES = ("en", "fr")

CODE_LENGTH = 24

SHORT_LENGTH = 22

# everyday short forms of official names, which neither ISO 3166 nor the Unicode CLDR lists
SHORT_FORMS = {
    "ARE": ("UAE", "EAU"),
    "BOL": ("Plurinational State of Bolivia",),
    "CAF": ("CAR", "RCA"),
    "CIV": ("Ivory Coast", "Cote d'Ivoire"),
    "COD": ("DRC", "RDC", "Democratic Republic of the Congo", "République démocratique du Congo"),
    "COG": ("Republic of the Congo", "République du Congo", "Congo"),
    "CPV": ("Cabo Verde",),
    "CZE": ("Czech Republic",),
    "GBR": ("UK", "Great Britain"),
    "IRN": ("Islamic Republic of Iran",),
    "KOR": ("Republic of Korea", "ROK"),
    "LAO": ("Lao PDR",),
    "LCA": ("Saint Lucia",),
    "MDA": ("Republic of Moldova",),
    "MKD": ("Republic of North Macedonia",),
    "MMR": ("Birmanie",),
    "NLD": ("The Netherlands", "Holland"),
    "PSE": ("State of Palestine", "Palestine"),
    "TUR": ("Turkey",),
    "TZA": ("United Republic of Tanzania",),
    "USA": ("USA", "US", "U.S.", "United States of America"),
    "VAT": ("Holy See", "Saint-Siège"),
    "VEN": ("Bolivarian Republic of Venezuela",),
}

_TYPES = (
    (r"youth|student|children|jeune", "youth", "youth"),
    (r"\b(?:mayor|city|cities|municipal|local gov|ville|maire)", "local_government", "mayors"),
    (r"\b(?:UN|United Nations|Nations Unies)\b", "un_entity", "un_system"),
    (r"\b(?:bank|banque)\b", "financial_institution", "other"),
    (r"compan|chamber|employer|business|industr|\.(?:com|io)\b|\b(?:ltd|inc|llp)\b|entreprise", "private_sector", "business"),
    (r"\b(?:process|dialogue|initiative|processus)\b", "state_led_initiative", "intergovernmental"),
    (r"ngo|civil|forum|alliance|network|migrant|union|church|caritas|red cross|foundation|ONG|réseau", "civil_society", "civil_society"),
)  # fmt: skip


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


@lru_cache(maxsize=1)
def known_bodies() -> dict[str, Body]:
    """Give every state (ISO 3166-1, names of the Unicode CLDR) and every body of ``draft/resources/actors.csv``, by code."""
    text = files("gfmd_analysis").joinpath("draft/resources/actors.csv").read_text(encoding="utf-8")
    listed = [_listed(row) for row in csv.DictReader(text.splitlines())]
    return {body.code: body for body in [*_states(), *listed]}


def _listed(row: dict[str, str]) -> Body:
    return Body(row["actor"], row["name"], row["short_name"], row["actor_type"], row["constituency"], _aliases(row))


def _aliases(row: dict[str, str]) -> tuple[str, ...]:
    own = (row["name"], row["short_name"], *row["aliases"].split(";"), row["actor"] if len(row["actor"]) > 2 else "")
    return tuple(dict.fromkeys(name for name in own if name and "_" not in name))


def _states() -> Iterator[Body]:
    import pycountry
    from babel import Locale

    territories = {language: Locale(language).territories for language in LANGUAGES}
    for country in pycountry.countries:
        names = [getattr(country, kind, "") for kind in ("name", "common_name", "official_name")]
        names += [territories[language].get(country.alpha_2, "") for language in LANGUAGES]
        names += SHORT_FORMS.get(country.alpha_3, ())
        plain = [re.sub(r"\s*\(.*?\)|,.*", "", name).replace("’", "'") if "," not in name else "" for name in names]
        inverted = [" ".join(reversed(name.split(", "))) for name in names if name.count(", ") == 1]
        aliases = tuple(dict.fromkeys(name for name in [*plain, *inverted] if name))
        official = getattr(country, "common_name", None) or re.sub(r",.*", "", country.name)
        short = next((name for name in aliases if len(name) <= SHORT_LENGTH), official[:SHORT_LENGTH])
        yield Body(country.alpha_3, official, short, "state", "states", aliases)


class Gazetteer:
    """Names and the bodies they stand for: the known ones, and those that a report introduces itself."""

    def __init__(self, text: str = "") -> None:
        self.bodies = dict(known_bodies())
        self._codes: dict[str, str] = {}
        self._short: dict[str, str] = {}
        for body in self.bodies.values():
            self._learn(body.code, body.aliases)
        for full, short in _abbreviations(text):
            code = self._codes.get(full) or self._codes.get(short)
            if code:
                self._learn(code, (full, short))
            else:
                self._short.setdefault(full, short)
        self._pattern = _pattern(self._codes)

    def _learn(self, code: str, names: tuple[str, ...]) -> None:
        for name in names:
            self._codes.setdefault(_plain(name), code)
            self._codes.setdefault(_without_accent(_plain(name)), code)

    def find(self, text: str) -> list[Found]:
        """Give the bodies that a text names, in order."""
        return [
            Found(match.start(1), match.end(1), self._codes[match[1]]) for match in self._pattern.finditer(_plain(text))
        ]

    def code(self, name: str) -> str:
        """Give the code of a name that stands alone, in any case, ``""`` where it is not known."""
        wanted = _ARTICLE.sub("", _plain(name)).strip()
        if wanted in self._codes:
            return self._codes[wanted]
        return next((code for each, code in self._codes.items() if each.casefold() == wanted.casefold()), "")

    def introduce(self, name: str) -> str:
        """Give the code of a name, known or not: an unknown one becomes a body, its kind guessed from its words."""
        name = _ARTICLE.sub("", " ".join(_plain(name).split())).strip(" ,;")
        known = self.code(name) or next((self.code(full) for full, short in self._short.items() if short == name), "")
        if known:
            return known
        full = next((full for full, short in self._short.items() if short == name), name)
        code = _coded(self._short.get(full, full), set(self.bodies))
        kind, constituency = next(
            ((k, c) for words, k, c in _TYPES if re.search(words, full, re.I)), ("other", "other")
        )
        self.bodies[code] = Body(code, full, full[:SHORT_LENGTH].strip(), kind, constituency)
        self._learn(code, tuple(filter(None, (full, name, self._short.get(full, "")))))
        self._pattern = _pattern(self._codes)
        return code


_ARTICLE = re.compile(r"^(?:the|les|la|le|l'|du|des|de la|de l'|de|d')(?:\s+|(?<='))", re.IGNORECASE)

_CONNECTORS = {
    "of",
    "for",
    "the",
    "and",
    "on",
    "in",
    "to",
    "de",
    "des",
    "du",
    "la",
    "le",
    "les",
    "et",
    "sur",
    "pour",
    "à",
}


def _plain(text: str) -> str:
    """Unify apostrophes; the length stays, so that places in the text stay right."""
    return unicodedata.normalize("NFC", text).replace("’", "'")


def _without_accent(name: str) -> str:
    """Give a name as French print often has it, its first letter without accent (Egypte for Égypte)."""
    return unicodedata.normalize("NFD", name[0])[0] + name[1:]


def _pattern(codes: dict[str, str]) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(codes, key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<![\w-])(?=\w)({names})(?![\w]|-\w| City\b)")


def _abbreviations(text: str) -> Iterator[tuple[str, str]]:
    """Give the names that a text abbreviates, as in ``Talent Beyond Boundaries (TBB)``."""
    for match in re.finditer(
        r"((?:[\w'&./-]+ ){1,10})\((?:the )?[\"“]?([A-Z][A-Za-z&-]{1,11})[\"”]?[),]", _plain(text)
    ):
        words = match[1].split()
        run = next(
            (i for i in range(len(words), 0, -1) if not (words[i - 1][0].isupper() or words[i - 1] in _CONNECTORS)), 0
        )
        starts = [i for i in range(run, len(words)) if words[i][0] == match[2][0]]
        if starts:
            yield " ".join(words[starts[0] :]), match[2]


def _coded(name: str, taken: set[str]) -> str:
    """Give a free code made of a name: upper case without accents, connecting words left out."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = [word for word in re.findall(r"[A-Za-z0-9]+", ascii_name) if word.lower() not in _CONNECTORS]
    code = re.sub(r"^[^A-Z]+", "", "_".join(words).upper())[:CODE_LENGTH].strip("_")
    code = code if len(code) > 1 else f"BODY_{code}".strip("_")
    return next(each for each in (code, *(f"{code[:21]}_{i}" for i in range(2, 99))) if each not in taken)
