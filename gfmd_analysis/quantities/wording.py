"""Numbers, bounds and periods in words, in English, French and Spanish: a bound is always said, rounding never sharpens it."""

from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

import pandas as pd
from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_decimal

from gfmd_analysis.errors import require_known
from gfmd_analysis.quantities.intervals import Measure
from gfmd_analysis.text import LOCALES, N_, NN_, interval, long_date, translator

BOUNDS = {
    "exactly": "{number}",
    "about": N_("about {number}"),
    "over": N_("over {number}"),
    "up_to": N_("up to {number}"),
    "at_least": N_("at least {number}"),
    "almost": N_("almost {number}"),
    "at_most": N_("at most {number}"),
    "under": N_("under {number}"),
    "between": N_("between {low} and {number}"),
    "unknown": N_("not available"),
}
NOUNS = [  # what the reports count; a noun that is not here is written as it stands in the data
    NN_("dollar", "dollars"), NN_("person", "people"), NN_("delegate", "delegates"), NN_("impression", "impressions"),
    NN_("State", "States"), NN_("country", "countries"), NN_("organization", "organizations"),
    NN_("initiative", "initiatives"), NN_("centre", "centres"), NN_("programme", "programmes"), NN_("family", "families"),
    NN_("network", "networks"), NN_("call", "calls"), NN_("call for proposals", "calls for proposals"),
    NN_("competition", "competitions"), NN_("mechanism", "mechanisms"), NN_("meeting", "meetings"),
    NN_("priority", "priorities"), NN_("year", "years"), NN_("month", "months"),
]  # fmt: skip
FORMS = {unit: noun for noun in NOUNS for unit in noun} | {"USD": NOUNS[0], "states": NOUNS[4]}
SCALES = {"en": (10**12, 10**9, 10**6), "fr": (10**12, 10**9, 10**6), "es": (10**12, 10**6)}  # no mil millones
ROUNDING = {"over": ROUND_FLOOR, "at_least": ROUND_FLOOR} | dict.fromkeys(("under", "up_to", "at_most"), ROUND_CEILING)
VOWELS = "aeiouhéèêâîôœ"


def number(value: float, locale: str = "en", rounding: str = ROUND_HALF_EVEN) -> str:
    """Write a number to one place, from a million on with its scale word.

    Examples
    --------
    >>> number(6_400_000), number(88_000), number(548_780_487_804)
    ('6.4 million', '88,000', '548.8 billion')
    >>> number(540_000_000_000, "es")
    '540.000 millones'
    """
    amount, scale = _scaled(value, locale, rounding)
    text = str(format_decimal(amount, format="#,##0.#", locale=locale))
    return text if scale == 1 else f"{text} {_scale_word(amount, scale, locale)}"


def _scaled(value: float, locale: str, rounding: str) -> tuple[Decimal, int]:
    require_known("locale", [locale], LOCALES)
    exact = Decimal(f"{value:.12g}")  # beyond twelve digits there is binary noise, which rounding outwards would show
    amounts = {scale: (exact / scale).quantize(Decimal("0.1"), rounding) for scale in (*SCALES[locale], 1)}
    return next((amount, scale) for scale, amount in amounts.items() if abs(amount) >= 1 or scale == 1)


def _is_one(amount: Decimal, locale: str) -> bool:
    return bool(Locale.parse(locale).plural_form(amount.normalize()) == "one")


def _scale_word(amount: Decimal, scale: int, locale: str) -> str:
    # format_compact_decimal writes "1 millions" in French: the plural is chosen here, among the same CLDR patterns
    patterns = Locale.parse(locale).compact_decimal_formats["long"]["one" if _is_one(amount, locale) else "other"]
    return str(patterns[str(scale)].suffix[0]).strip()


def phrase(value: float, unit: str = "", bound: str = "exactly", locale: str = "en", *, spelled: bool = False) -> str:
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
    spelled
        Write "per cent", as the United Nations do in text, in place of the sign, as they do on figures.

    Raises
    ------
    GfmdError
        For another language or bound.

    Examples
    --------
    >>> phrase(6_400_000, "impressions", "over")
    'over 6.4 million impressions'
    >>> phrase(1.6, "percent", spelled=True)
    '1.6 per cent'
    """
    require_known("bound", [bound], [name for name in BOUNDS if name != "between"])
    amount = _amount(value, unit, locale, ROUNDING.get(bound, ROUND_HALF_EVEN), spelled)
    return translator(locale).gettext(BOUNDS[bound]).format(number=amount)


def _amount(value: float, unit: str, locale: str, rounding: str, spelled: bool) -> str:
    _, (counted, _slash, per) = translator(locale), unit.partition(" / ")
    text = number(value, locale, rounding)
    if counted == "percent":
        text = (_.gettext("{n} per cent") if spelled else _.gettext("{n}%")).format(n=text)
    elif counted == "USD" and locale == "en":
        text = f"USD {text}"
    elif counted:
        amount, scale = _scaled(value, locale, rounding)
        noun = _noun(counted, locale, one=scale == 1 and _is_one(amount, locale))
        of = {"en": " ", "fr": " d’" if noun[0].lower() in VOWELS else " de ", "es": " de "}[locale]
        text = f"{text}{of if scale > 1 else ' '}{noun}"
    return _.gettext("{n} per {unit}").format(n=text, unit=_noun(per, locale, one=True)) if per else text


def _noun(unit: str, locale: str, one: bool) -> str:
    return str(translator(locale).ngettext(*FORMS.get(unit, (unit, unit)), 1 if one else 2))


def words(measure: Measure, locale: str = "en", *, spelled: bool = False) -> str:
    """Write a number that may be derived: what its bounds allow to say, rounded outwards.

    Examples
    --------
    >>> from gfmd_analysis.quantities.intervals import reported
    >>> words(reported(6_400_000, "over", "impressions") / Measure(5, 4, 5, "months"))
    'over 1.2 million impressions per month'
    """
    if measure.bound != "between":
        return phrase(measure.stated, measure.unit, measure.bound, locale, spelled=spelled)
    low = number(measure.lower, locale, ROUND_FLOOR)
    high = _amount(measure.upper, measure.unit, locale, ROUND_CEILING, spelled)
    message = BOUNDS["between"]
    return translator(locale).gettext(message).format(low=low, number=high)


def significant(value: float) -> float:
    """Round to two significant digits, as many as the least precise number behind a derived one bears.

    Examples
    --------
    >>> significant(100.98e9), significant(148)
    (100000000000.0, 150.0)
    """
    return float(f"{value:.2g}")


def computed(value: float, unit: str, bound: str, locale: str = "en") -> str:
    """Write a number that was computed from rounded ones: about so much, or at least about so much where nothing bounds it above.

    Examples
    --------
    >>> computed(100.98e9, "USD", "over")
    'at least about USD 100 billion'
    """
    message = N_("at least about {number}") if bound in ("over", "at_least") else BOUNDS["about"]
    return translator(locale).gettext(message).format(number=phrase(significant(value), unit, locale=locale))


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
    _, region = translator(locale), LOCALES[locale]
    if pd.isna(start):
        return _.gettext("until {year}").format(year=pd.Timestamp(end).year)
    if pd.isna(end):
        return _.gettext("since {year}").format(year=pd.Timestamp(start).year)
    first, last = pd.Timestamp(start).date(), pd.Timestamp(end).date()
    whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    if whole and first.month == 1 and last.month == 12:
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if first == last:
        return long_date(first, locale)
    if whole and (first.year, first.month) == (last.year, last.month):
        return str(format_skeleton("yMMMM", first, locale=region))
    return interval(first, last, "yMMMM" if whole else "yMMMd", locale)
