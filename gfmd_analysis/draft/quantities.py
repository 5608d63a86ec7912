"""Find the numbers in a text that measure something: value, bound and unit, English and French."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from babel.dates import get_month_names
from babel.numbers import list_currencies

from gfmd_analysis.draft.mentions import without_objectives

_BOUNDS = {
    name: re.compile(rf"(?:^|[\s(])(?:{words})\s*(?:(?:USD|US\$|EUR|CHF|[$€])\s*)?$", re.IGNORECASE)
    for name, words in {
        "at_most": r"at most|no more than|not more than|fewer than|less than|under|au plus|moins de|au maximum",
        "over": r"(?<!no )more than|over|above|exceed\w*|dépass\w*(?: toujours| encore)?|in excess of|upwards of|plus d[e']|au-delà de|supérieure? à",
        "at_least": r"at least|no fewer than|no less than|a minimum of|au moins|au minimum",
        "up_to": r"up to|as many as|as much as|jusqu'à",
        "almost": r"almost|nearly|close to|près de|presque",
        "about": r"about|around|approximately|roughly|some|an estimated|circa|environ|quelque|à peu près",
    }.items()
}

SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mille": 1e3, "milliard": 1e9,
          "bn": 1e9, "mn": 1e6, "tn": 1e12, "m": 1e6, "k": 1e3}  # fmt: skip

SHARES = {"half a": 0.5, "a quarter of a": 0.25, "un demi-": 0.5, "un demi ": 0.5}

CURRENCIES = {"USD": "USD", "US$": "USD", "$": "USD", "dollars": "USD", "EUR": "EUR", "€": "EUR", "euros": "EUR", "CHF": "francs",
              "francs": "francs", "GBP": "pounds", "£": "pounds", "pounds": "pounds"}  # fmt: skip

PEOPLE = ["people", "persons", "migrants", "refugees", "workers", "women", "men", "children", "girls", "youth", "delegates", "participants", "leaders", "students", "immigrants", "nationals", "returnees", "officials", "nurses", "victims", "families-members", "personnes", "migrantes", "réfugiés", "travailleurs", "travailleuses", "femmes", "hommes", "enfants", "filles", "jeunes", "délégués", "participantes", "étudiants", "représentants", "representatives", "experts", "beneficiaries", "citizens"]  # fmt: skip

_NOT_COUNTED = re.compile(  # designations, and nouns that announce a list or name the frame of the meeting rather than measure
    r"^(?:objecti[fv]e?s?|goals?|targets?|cibles?|articles?|paragraph\w*|round|tables?|parts?|parties|points?|reflections?|réflexions|"
    r"lessons?|leçons|examples?|exemples|challenges?|défis|benefits?|avantages|areas?|domaines|pathways?|links?|liens|messages?|outcomes?|"
    r"priorit|themes?|thèmes|pillars?|piliers|issues?|questions?|ways?|reasons?|raisons|elements?|éléments|aspects?|options?|"
    r"recommend|recommand|steps?|étapes|compacts?|pactes|categor|catégor|levels?|niveaux|sides?|principles?|principes|"
    r"key|main|core|different|separate|specific|of|and|or|in|the|to|et|ou|des?|du|principa\w+|dimensions?|thirds|quarters|fifths|tenths|tiers|quarts|cinquièmes|dixièmes)\b", re.I)  # fmt: skip

_COUNTED_PLURAL = re.compile(r"(?i)(?:[^s\W]s|people|children|women|men|youth|staff|personnel|travaux|prix)$")

_NO_NOUNS = re.compile(r"(?i)this|its|his|was|has|is|as|thus|les|des|ses|plus")

_NEXT_PHRASE = re.compile(
    r"(?i)of|in|on|for|by|from|to|with|and|or|at|that|which|who|have|had|were|are|de|du|dans|pour|par|qui|ont|et"
)

_TIME = {"year": "years", "month": "months", "week": "weeks", "day": "days", "hour": "hours", "an": "years", "ans": "years",
         "année": "years", "mois": "months", "semaine": "weeks", "jour": "days", "heure": "hours", "décennie": "decades",
         "decade": "decades"}  # fmt: skip

_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?"

_DESIGNATED = re.compile(
    r"(?:\b(?:objecti(?:ve|f)s?|target|cible|goal|sdg|odd|roundtable|table ronde|paragraphs?|paragraphe|articles?|priority|phase|cop|no\.?|n[o°]|"
    r"resolution|résolution|annex|part|chapter|session|version|agenda|level|G|comment|round|rt)\s*|[-–/#(]|\d[.,:]|"
    r"\b(?:\d{1,2}|mid)\s*[-–]\s*)$", re.I)  # fmt: skip

_FOR_OVER = re.compile(r"\b(?:for|since|well|of|by|with) over\s+$", re.IGNORECASE)

_SCALE = re.compile(r"\s*(thousand|million|billion|trillion|mille|milliard|bn|mn|tn|m|k)s?\b(?:\s+d[e']\s*)?", re.I)

_SCALED = re.compile(rf"\b({'|'.join(SHARES)}|an?|un)\s*(million|billion|thousand|milliard)\b(?:\s+d[e'])?", re.I)

# the second number of a range, whose unit is that of the first as well (between 100 and 200 places, 2 to 3 billion dollars)
_SECOND = re.compile(
    r"^\s*(?:to|or|and|[-–]|à|ou|et|a|y)\s*\d[\d.,]*(?=\s*(?:%|per\s?cent|pour\s?cent|thousand|million|billion|US|[$€£]|[a-z]{3,}))"
)

# a singular for a plural in a list of what is counted (31 States, four regional commission and 12 organizations)
_IN_LIST = re.compile(r"\d[^.;]*[^\W\d]s,\s+(?:(?:and|et)\s+)?$")

_SINGULAR = re.compile(
    r"\s(?!th[ie]s|that|the|last|next|each|every|per|cette?|ces?|par)((?:[^\W\d_]+\s){0,2}?[^\W\d_]{3,})(?=,|\s(?:and|et)\s|\.?$)"
)

_OF_THEM = re.compile(r"\s+(?:of (?:them|these|those|whom|which)|d'entre (?:eux|elles))\b")

# periods that a date could tell, and how often something is due
_PERIOD_BEFORE = re.compile(
    r"(?i)\b(?:next|last|past|coming|following|previous|every|each|prochaine?s|derni[eè]re?s|tou(?:s|tes) les|próxim[oa]s|últim[oa]s|cada)\s+$"
)

_DEFINITE = re.compile(
    r"(?i)\b(?:the|these|those|its|their|our|both|les|ces|ses|leurs|nos)\s+(?:(?:last|past|other|same|remaining|said|above)\s+)?$"
)


_BY_LANGUAGE = [get_month_names(width, locale=tongue) for width in ("wide", "abbreviated") for tongue in ("en", "fr")]

_MONTHS = "|".join(sorted({re.escape(name) for each in _BY_LANGUAGE for name in each.values()}, key=len, reverse=True))

# what makes a bare number no measure, before it and after it: dates, shares, ranges, cycles, offers
_NO_MEASURE_BEFORE = re.compile(
    rf"(?i)(?:(?:{_MONTHS})\s*|(?:{_MONTHS})\s+\d{{1,2}}\s*(?:[-–]|and|et|,)\s*|\d\s*[-–/]\s*|"
    r"\b(?:one|two|three|\d+|un|une|deux|trois)\s(?:in|out of|sur)\s(?:every\s)?|"
    # with whom something is offered: how many are sought measures nothing yet
    r"\b(?:willing|ready|available|prepared|offer\w*|prête?s?|disposée?s?|disponibles?|offert)\s+(?:to|à|de)\b"
    r"(?:(?!\b(?:that|que)\b)[^.;])*\b(?:with|avec)(?:\s+(?-i:[a-zà-ÿ]+)){0,2}\s+)$"
)

_NO_MEASURE_AFTER = re.compile(
    rf"(?i)(?:\s*(?:[-–,]|and|et|to|au)\s*\d{{1,2}})?\s*(?:er)?\s+(?:de\s+)?(?:{_MONTHS})\b|"
    rf"(?:\s+(?:or|to|ou|à)\s+\w+)?[-\s](?:{'|'.join(_TIME)})[-\s]+(?:cycles?|terms?|mandates?|basis|intervals?)\b|"
    r"\s*\)|\.\s*(?-i:[A-Z])|\s*[-–/]\s*\d|-degree|\s*degree"
)


@dataclass(frozen=True)
class Amount:
    """A number that measures something, in base units (2.5 million is 2500000.0), and where it stands."""

    start: int
    value: float
    unit: str
    bound: str


def amounts(text: str, language: str = "en") -> list[Amount]:
    """Find the numbers that measure something.

    Dates, years, ordinals, the numbers of objectives, targets, paragraphs and roundtables, and counts of things that
    are then listed are left out, as are "millions of" without a number, periods that a date could tell (the next six
    months) and how often something is due (every four years, a two-year cycle).

    Parameters
    ----------
    text
        A passage, normalised.
    language
        ``en`` or ``fr``, for number words and for the decimal comma.

    Returns
    -------
    list of Amount
        In order; the same value, unit and bound once.
    """
    text = without_objectives(text.replace("’", "'"))
    found: dict[tuple[float, str, str], Amount] = {}
    digits = re.finditer(rf"(?<![\w.])({_DIGITS})(?!(?!(?:bn|mn|tn|m|k)\b)\w|[.,/]\d)", text)
    numbers = [(*match.span(), _number(match[1], language), "digits") for match in digits]
    for start, end, value, written in sorted([*numbers, *_in_words(text, language)]):
        if amount := _measured(text, start, end, value, written=written):
            found.setdefault((amount.value, amount.unit, amount.bound), amount)
    return list(found.values())


def _number(digits: str, language: str) -> float:
    plain = re.sub(r"[\s\u00a0\u202f]", "", digits)
    is_decimal = re.fullmatch(r"\d+,\d+" if language == "fr" else r"\d+,\d{1,2}", plain)
    return float(plain.replace(",", "." if is_decimal else ""))


def _token(word: str) -> Any:
    """Make a token as text2num wants it, of a word that no silence parts from the one before."""
    return SimpleNamespace(text=lambda: word, nt_separated=lambda _: False, not_a_number_part=lambda: False)


def _in_words(text: str, language: str) -> Iterator[tuple[int, int, float, str]]:
    from text_to_num import find_numbers

    words = list(re.finditer(r"[^\W\d_]+|[^\w\s]|\d+", text))
    for each in find_numbers([_token(word[0]) for word in words], language, 0):
        first, last = words[each.start], words[each.end - 1]
        per_cent = each.start > 0 and re.fullmatch(r"pour|per", words[each.start - 1][0], re.IGNORECASE)
        if not each.is_ordinal and not per_cent and first[0].isalpha() and first[0].lower().rstrip("s") not in SCALES:
            yield first.start(), last.end(), float(each.value), "words"
    for match in _SCALED.finditer(text):
        yield *match.span(), SHARES.get(match[1].lower(), 1.0) * SCALES[match[2].lower()], "scaled"


def _measured(text: str, start: int, end: int, value: float, *, written: str) -> Amount | None:
    before, after = text[:start], _SECOND.sub("", text[end:])
    scale = _SCALE.match(after)
    if scale and scale[0][0].isalpha() and len(scale[1]) < 3 and not re.search(r"[$€£]\s?$|\b[A-Z]{3}\s$", before):
        scale = None  # a letter glued to a number that is no money: 5m
    if scale:
        value, after = value * SCALES[scale[1].lower()], after[scale.end() :]
    value = round(value, 6)
    bound = next((name for name, words in _BOUNDS.items() if words.search(before)), "exactly")
    unit = _measure(before, after)
    if not unit:
        is_bare = written != "scaled" and not scale
        if is_bare and _is_other(before, text[start:end], text[end:], value, bound, in_words=written == "words"):
            return None
        listed = _SINGULAR.match(after) if value > 1 and _IN_LIST.search(before) else None
        unit = _unit(after) or (_ascii(listed[1].split()[-1]) + "s" if listed else "")
        unit = unit or ("items" if scale or (bound != "exactly" and re.match(r"\s*[.;,)]", after)) else "")
    if unit in _TIME.values() and re.search(r"\bover\s+$", before) and not _FOR_OVER.search(before):
        bound = "exactly"  # "over three years" is during
    return Amount(start, value, unit, bound) if unit else None


def _measure(before: str, after: str) -> str:
    """Give per cent or a currency where the number has one."""
    if re.match(r"\s*(?:%|per\s?cent\b|pour\s?cent\b|percentage points)", after, re.I):
        return "percent"
    signs = "|".join(re.escape(sign) for sign in sorted(CURRENCIES, key=len, reverse=True))
    found = re.search(rf"({signs})\s*$", before) or re.match(rf"\s*(?:US\s)?({signs})(?![\w])", after)
    if found:
        return CURRENCIES[found[1]]
    code = re.search(r"\b(?!COP|MOP)([A-Z]{3})\s$", before)
    return code[1].lower() if code and code[1] in list_currencies() else ""


def _is_other(before: str, number: str, after: str, value: float, bound: str, *, in_words: bool) -> bool:
    """Return whether a bare number is a date, a year, a designation, an item's number, or a count of what is then listed."""
    time, is_bare = _time(after), bound == "exactly" and not in_words
    if _NO_MEASURE_BEFORE.search(before) or _NO_MEASURE_AFTER.match(after) or (time and _PERIOD_BEFORE.search(before)):
        return True
    if is_bare and re.fullmatch(r"19\d\d|20\d\d|2100", number):
        return True
    if _DESIGNATED.search(before) or (is_bare and re.search(r"(?:^|[^.!?:]\s|/)[A-ZÀ-Ý]\w+\s$", before)):
        return not time and not (in_words and re.search(r"\b(?:in|en)\s$", before))
    is_definite = not time and _DEFINITE.search(before)
    is_one = value == 1 and not re.match(r"[-\s]*(?:or|to|ou|à)\s+two|[-\s]*(?:ou|à)\s+deux", after)
    clause = re.split(r"[.;!?]\s", after, maxsplit=1)[0]
    return in_words and bool(is_definite or is_one or re.search(r":|\b(?:\(?1|\(?a|\(i)\)", clause))


def _time(after: str) -> str:
    found = re.match(rf"[-\s]+({'|'.join(_TIME)})s?\b", after)
    return _TIME[found[1]] if found else ""


def _unit(after: str) -> str:
    """Give what is counted: the first plural noun among the next words, people for every kind of person."""
    after = re.sub(r"^(?:\s*\([^)]*\)|[-\s]+(?:or|to|ou|à)\s+\w+(?=[-\s]))", "", after)
    if _time(after):
        return _time(after)
    if _OF_THEM.match(after):
        return "items"
    phrase = re.match(r"[-\s]*((?:[\w'&/-]+\s*){1,7})", after)
    for i, word in enumerate(phrase[1].split() if phrase else ()):
        is_end = _NO_NOUNS.fullmatch(word) or (i and _NEXT_PHRASE.fullmatch(word))
        is_plural = _COUNTED_PLURAL.search(word)
        if is_end or ((is_plural or not i) and _NOT_COUNTED.match(word)):
            break
        if is_plural:
            return "people" if word.lower() in PEOPLE else _ascii(word) or "items"
    return ""


def _ascii(word: str) -> str:
    return re.sub(r"[^a-z]", "", unicodedata.normalize("NFKD", word.lower()))[:30]
