"""The words of the figures in English, French and Spanish: bounds, nouns, titles and labels."""

from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

import pandas as pd
from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_decimal, get_currency_name

from gfmd_analysis.errors import GfmdError
from gfmd_analysis.quantities.intervals import Measure

LANGUAGES = ("en", "fr", "es")

BOUNDS = {
    "en": {
        "exactly": "",
        "about": "about",
        "over": "over",
        "up_to": "up to",
        "at_least": "at least",
        "almost": "almost",
        "at_most": "at most",
        "under": "under",
        "unknown": "cannot be said",
    },
    "fr": {
        "exactly": "",
        "about": "environ",
        "over": "plus de",
        "up_to": "jusqu’à",
        "at_least": "au moins",
        "almost": "près de",
        "at_most": "au plus",
        "under": "moins de",
        "unknown": "indéterminé",
    },
    "es": {
        "exactly": "",
        "about": "cerca de",
        "over": "más de",
        "up_to": "hasta",
        "at_least": "al menos",
        "almost": "casi",
        "at_most": "como máximo",
        "under": "menos de",
        "unknown": "indeterminado",
    },
}

PER = {"en": "per", "fr": "par", "es": "por"}

SINCE = {"en": "since", "fr": "depuis", "es": "desde"}

UNTIL = {"en": "until", "fr": "jusqu’en", "es": "hasta"}

SCALES = (10**12, 10**9, 10**6)

ROUNDING = {"over": ROUND_FLOOR, "at_least": ROUND_FLOOR} | dict.fromkeys(("under", "up_to", "at_most"), ROUND_CEILING)

VOWELS = "aeiouhéèêâîôœ"


UNITS: dict[str, dict[str, tuple[str, str]]] = {
    noun: {"en": (one, noun), "fr": french, "es": spanish}
    for noun, one, french, spanish in (
        ("people", "person", ("personne", "personnes"), ("persona", "personas")),
        ("impressions", "impression", ("impression", "impressions"), ("impresión", "impresiones")),
        ("states", "state", ("État", "États"), ("Estado", "Estados")),
        ("countries", "country", ("pays", "pays"), ("país", "países")),
        ("organisations", "organisation", ("organisation", "organisations"), ("organización", "organizaciones")),
        ("initiatives", "initiative", ("initiative", "initiatives"), ("iniciativa", "iniciativas")),
        ("centres", "centre", ("centre", "centres"), ("centro", "centros")),
        ("programmes", "programme", ("programme", "programmes"), ("programa", "programas")),
        ("families", "family", ("famille", "familles"), ("familia", "familias")),
        ("networks", "network", ("réseau", "réseaux"), ("red", "redes")),
        ("calls", "call", ("appel", "appels"), ("convocatoria", "convocatorias")),
        ("competitions", "competition", ("concours", "concours"), ("concurso", "concursos")),
        ("mechanisms", "mechanism", ("mécanisme", "mécanismes"), ("mecanismo", "mecanismos")),
        ("meetings", "meeting", ("réunion", "réunions"), ("reunión", "reuniones")),
        ("priorities", "priority", ("priorité", "priorités"), ("prioridad", "prioridades")),
        ("years", "year", ("an", "ans"), ("año", "años")),
        ("year", "year", ("an", "ans"), ("año", "años")),
        ("months", "month", ("mois", "mois"), ("mes", "meses")),
        ("month", "month", ("mois", "mois"), ("mes", "meses")),
    )
}


def number(value: float, locale: str = "en", rounding: str = ROUND_HALF_EVEN) -> str:
    """Write a number to one place, from a million on with its scale word.

    Examples
    --------
    >>> number(6_400_000), number(88_000), number(548_780_487_804)
    ('6.4 million', '88,000', '548.8 billion')
    >>> number(540_000_000_000, "es")
    '540 mil millones'
    """
    amount, scale = _scaled(value, rounding)
    text = format_decimal(amount, format="#,##0.#", locale=language(locale))
    if scale == 1:
        return text
    word = _scale_word(amount, scale, locale)
    return (
        word if amount == 1 and word.startswith("mil ") else f"{text} {word}"
    )  # Spanish: mil millones, not 1 mil millones


def _scaled(value: float, rounding: str) -> tuple[Decimal, int]:
    exact = Decimal(
        f"{value:.12g}"
    )  # beyond twelve digits there is only binary noise, which rounding outwards would show
    for scale in (*SCALES, 1):
        amount = (exact / scale).quantize(Decimal("0.1"), rounding)
        if abs(amount) >= 1 or scale == 1:
            return amount, scale
    raise AssertionError("unreachable: the last scale is one")


def _is_one(amount: Decimal, locale: str) -> bool:
    return Locale.parse(locale).plural_form(amount.normalize()) == "one"


def _scale_word(amount: Decimal, scale: int, locale: str) -> str:
    # format_compact_decimal writes "1 millions" in French: the plural is chosen here, among the same CLDR patterns
    patterns = Locale.parse(locale).compact_decimal_formats["long"]["one" if _is_one(amount, locale) else "other"]
    digits = max(len(str(int(abs(amount)))) - 1, 0)
    return str(patterns[str(scale * 10 ** min(digits, 2))].suffix[0]).strip()


def phrase(value: float, unit: str = "", bound: str = "exactly", locale: str = "en") -> str:
    """Write a number with its unit and its bound.

    Parameters
    ----------
    value
        In base units; percent as 1.6.
    unit
        ``USD``, ``percent``, a plural noun of the data, a ratio such as ``impressions / month``, or empty.
    bound
        A bound of the data, or ``under`` or ``unknown`` of a derived number.
    locale
        ``en``, ``fr`` or ``es``.

    Raises
    ------
    GfmdError
        For another language or bound, or a noun that has no translation yet.

    Examples
    --------
    >>> phrase(6_400_000, "impressions", "over")
    'over 6.4 million impressions'
    >>> phrase(540_000_000_000, "USD", locale="fr")
    '540 milliards de dollars des États-Unis'
    """
    words = BOUNDS[language(locale)]
    if bound not in words:
        raise GfmdError(f"found the bound '{bound}'; allowed: {', '.join(words)}")
    if bound == "unknown":
        return words[bound]
    rounding = ROUNDING.get(bound, ROUND_HALF_EVEN)
    return f"{words[bound]} {_amount(value, unit, locale, rounding)}".strip()


def _amount(value: float, unit: str, locale: str, rounding: str) -> str:
    counted, _, per = unit.partition(" / ")
    text = number(value, locale, rounding)
    if counted == "percent":
        text = f"{text}%" if locale == "en" else f"{text}\N{NO-BREAK SPACE}%"
    elif counted == "USD" and locale == "en":
        text = f"USD {text}"
    elif counted:
        amount, scale = _scaled(value, rounding)
        noun = _noun(counted, locale, one=scale == 1 and _is_one(amount, locale))
        text = f"{text}{_link(noun, locale) if scale > 1 else ' '}{noun}"
    return f"{text} {PER[locale]} {_noun(per, locale, one=True)}" if per else text


def _link(noun: str, locale: str) -> str:
    if locale == "fr" and noun[0].lower() in VOWELS:
        return " d’"
    return " " if locale == "en" else " de "


def _noun(unit: str, locale: str, one: bool) -> str:
    if unit == "USD":
        return str(get_currency_name("USD", 1 if one else 2, locale=locale))
    forms = UNITS.get(unit, {}).get(locale)
    if forms is None and locale != "en":
        raise GfmdError(f"the unit '{unit}' has no {locale} words yet; allowed: {', '.join(UNITS)}")
    return (forms or (unit, unit))[0 if one else 1]


def words(measure: Measure, locale: str = "en") -> str:
    """Write a number that may be derived: what its bounds allow to say, rounded outwards.

    Examples
    --------
    >>> from gfmd_analysis.quantities.intervals import reported
    >>> words(reported(6_400_000, "over", "impressions") / Measure(5, 4, 5, "months"))
    'over 1.2 million impressions per month'
    """
    return phrase(measure.stated, measure.unit, measure.bound, locale)


def span(measure: Measure, locale: str = "en") -> str:
    """Write both ends of an interval, rounded outwards: ``547.9–549.6 billion``; empty where one is infinite."""
    ends = (measure.lower, measure.upper)
    if any(abs(end) == float("inf") for end in ends) or ends[0] == ends[1]:
        return ""
    lower, upper = number(ends[0], locale, ROUND_FLOOR), number(ends[1], locale, ROUND_CEILING)
    (one, scale), same = lower.partition(" ")[::2], upper.partition(" ")[2]
    return f"{one if scale == same else lower}–{upper}"


def period(start: date | pd.Timestamp, end: date | pd.Timestamp, locale: str = "en") -> str:
    """Write a period as coarsely as it is given: a year, months, or days; empty where it is missing.

    Where one end is missing, the year of the other is said: "until 2018".

    Examples
    --------
    >>> period(date(2020, 1, 1), date(2020, 12, 31)), period(date(2021, 6, 1), date(2021, 6, 30), "fr")
    ('2020', 'juin 2021')
    """
    if pd.isna(start) and pd.isna(end):
        return ""
    region = "en_GB" if language(locale) == "en" else locale  # day before month, as the United Nations write it
    if pd.isna(start) or pd.isna(end):
        return (
            f"{SINCE[locale] if pd.isna(end) else UNTIL[locale]} {pd.Timestamp(end if pd.isna(start) else start).year}"
        )
    first, last = pd.Timestamp(start).date(), pd.Timestamp(end).date()
    whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    if whole and first.month == 1 and last.month == 12:
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if first == last:
        return str(format_date(first, "long", locale=region))
    if whole and (first.year, first.month) == (last.year, last.month):
        return str(format_skeleton("yMMMM", first, locale=region))
    return str(format_interval(first, last, "yMMMM" if whole else "yMMMd", locale=region))


def language(locale: str) -> str:
    """Give the language of the labels.

    Raises
    ------
    GfmdError
        For any but English, French and Spanish, the languages in which briefings of this community are read.
    """
    if locale not in LANGUAGES:
        raise GfmdError(f"found the locale '{locale}'; allowed: {', '.join(LANGUAGES)}")
    return locale
