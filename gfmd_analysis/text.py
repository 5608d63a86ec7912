"""Small helpers for sentences that are computed from the data, in English, French and Spanish."""

import gettext
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from html import escape
from importlib.resources import as_file, files
from itertools import groupby

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list

from gfmd_analysis.errors import GfmdError, require_known

LOCALES = {"en": "en_GB", "fr": "fr", "es": "es"}
WORDS = {
    "en": ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    "fr": ("aucun", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"),
    "es": ("ningún", "un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"),
}


@cache
def translator(locale: str = "en") -> gettext.NullTranslations:
    """Load the catalogue of a language; messages are written in English and looked up by themselves.

    Parameters
    ----------
    locale
        ``en``, ``fr`` or ``es``.

    Raises
    ------
    GfmdError
        For another language.

    Examples
    --------
    >>> translator("en").gettext("Source")
    'Source'
    """
    named = {Locale(own).languages[code].casefold(): code for own in LOCALES for code in LOCALES}
    if perhaps := named.get(str(locale).casefold()):
        raise GfmdError(f"locale: found {locale!r}; perhaps {perhaps!r}; allowed: {', '.join(LOCALES)}")
    require_known("locale", [locale], LOCALES)
    return _catalogue("gfmd_analysis", locale)


@cache
def _catalogue(domain: str, locale: str) -> gettext.NullTranslations:
    with as_file(files("gfmd_analysis") / "resources" / "locale") as folder:
        return gettext.translation(domain, folder, [locale], fallback=True)


def N_(message: str) -> str:  # noqa: N802
    """Mark a message for the catalogues; it is looked up where it is used."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802
    """Mark a message and its plural for the catalogues."""
    return one, many


def translated(text: str, locale: str = "en") -> str:
    """Look up a text of the data (a name, a recommendation) in the catalogue of the data; English where it has none."""
    return _catalogue("data", locale).gettext(text) if text else ""


@cache
def actor_name(code: str, english: str, locale: str = "en") -> str:
    """Look up an actor's name: a country's as :func:`territory` has it, another body's in the catalogue of the data."""
    if locale == "en":
        return english
    from pycountry import countries

    country = countries.get(alpha_3=code)
    return territory(country.alpha_2, english, locale) if country else translated(english, locale)


def territory(code: str, english: str, locale: str = "en") -> str:
    """Look up a country or region (ISO 3166-1, M49) as the Unicode CLDR has it, or as the catalogue of the data puts that."""
    if locale == "en":
        return english
    return translated(str(Locale.parse(LOCALES[locale]).territories.get(code, english)), locale)


def alphabetical(name: object) -> str:
    """Order names by their letters alone: ``Émirats`` before ``Espagne``, ``itungo`` before ``Kenya``."""
    return re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFKD", str(name).casefold()))


def listing(items: Iterable[object], locale: str = "en") -> str:
    """Join items as the language does: ``a, b and c``; ``none`` in English where there are none."""
    texts = [str(item) for item in items]
    joined = format_list(texts, locale=LOCALES[locale]) if texts else translator(locale).gettext("none")
    return re.sub(r" y (?=h?i(?![aeo]))", " e ", joined, flags=re.IGNORECASE) if locale == "es" else joined


def clauses(items: Iterable[str], locale: str = "en") -> str:
    """Join items that have commas of their own: ``a; b``, in French with a no-break space before the semicolon."""
    return translator(locale).gettext("; ").join(items)


def entry(name: object, told: object, locale: str = "en") -> str:
    """Put a name before what is told of it: ``GFMD: Global Forum``, in French with a no-break space before the colon."""
    return translator(locale).gettext("{name}: {told}").format(name=name, told=told)


def spans(numbers: Iterable[int]) -> str:
    """Put numbers in order with runs of three or more closed up: ``1, 2, 5-9`` (with an en dash)."""
    in_order = enumerate(sorted({int(number) for number in numbers}))
    runs = [[number for _, number in run] for _, run in groupby(in_order, lambda each: each[1] - each[0])]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def paras(numbers: Iterable[int], locale: str = "en") -> str:
    """Cite paragraphs as the United Nations do: ``para. 67``, ``paras. 73, 77 and 80-82``."""
    distinct = sorted({int(number) for number in numbers})
    _ = translator(locale)
    return _.ngettext("para. {list}", "paras. {list}", len(distinct)).format(
        list=listing(spans(distinct).split(", "), locale)
    )


ARTICLE = re.compile(
    r"\b(Agency|Americas|Bahamas|Bank|Comoros|Commission|Committee|Congo|Council|Emirates|Federation|Fund|Gambia|Group|Islands|Kingdom|"
    r"Maldives|Mechanism|Netherlands|Network|Niger|Office|Organization|Organisation|Philippines|Platform|Rapporteur|Republic|"
    r"Secretariat|Sudan|Union|United)\b"
)


def the(name: str, locale: str = "en") -> str:
    """Put the article before a body or State that the language names with one: ``the Philippines``, ``Egypt``, ``l’Égypte``."""
    if locale == "en":
        return f"the {name}" if ARTICLE.search(name) else name
    return _catalogue("data", locale).pgettext("with its article", name)


def when(start: object, end: object, precision: str = "day", locale: str = "en") -> str:
    """Write when something is due as exactly as it is known: ``by 31 January 2022``, ``10-13 May 2022``, ``early 2022``.

    Parameters
    ----------
    start, end
        Dates, missing where open.
    precision
        ``day``, ``month``, ``quarter``, ``season``, ``year`` or ``undated``.
    locale
        ``en``, ``fr`` or ``es``.
    """
    import pandas as pd

    _ = translator(locale)
    days = [pd.Timestamp(day).date() for day in (start, end) if not pd.isna(day)]  # type: ignore[call-overload,arg-type]
    if precision == "undated" or not days:
        return _.gettext("no date given")
    if precision == "season":
        return _season(days, locale)
    if precision == "year" and len(days) == 2 and days[0].year == days[1].year and days[0].timetuple().tm_yday > 1:
        return _.gettext("later in {year}").format(year=days[0].year)
    skeleton = {"day": "yMMMMd", "year": "y"}.get(precision, "yMMMM")
    ends = [  # babel's skeletons shorten the month of a day
        long_date(day, locale) if precision == "day" else str(format_skeleton(skeleton, day, locale=LOCALES[locale]))
        for day in days
    ]
    if len(days) == 2:
        return ends[0] if ends[0] == ends[1] else interval(days[0], days[1], skeleton, locale)
    exact = (_.gettext("by {day}"), _.gettext("from {day}"))
    open_end = exact if precision == "day" else (_.gettext("by {month}"), _.gettext("from {month}"))
    return open_end[pd.isna(end)].format(day=ends[0], month=ends[0])  # type: ignore[call-overload]


def interval(first: date, last: date, skeleton: str, locale: str = "en") -> str:
    """Write an interval of dates as Babel does, with the words or the dash that the United Nations use in French and Spanish."""
    text = str(format_interval(first, last, skeleton, locale=LOCALES[locale]))
    return text if locale == "en" else re.sub(r"\s*–\s*", {"fr": "-", "es": " a "}[locale], text)


SEASONS = {
    (1, 3): N_("early {year}"),
    (3, 5): N_("spring {year}"),
    (6, 8): N_("summer {year}"),
    (9, 11): N_("autumn {year}"),
}
THIRDS = (N_("early {year}"), N_("mid-{year}"), N_("late {year}"))


def _season(days: list[date], locale: str) -> str:
    """Write a part of a year as reports do, where no month is known; what began in a year before is known by its end."""
    _, first, last = translator(locale), days[0], days[-1]
    if first.year == last.year and first != last:
        middle = THIRDS[(first.month + last.month - 1) // 8]
        return _.gettext(SEASONS.get((first.month, last.month), middle)).format(year=last.year)
    text = _.gettext(THIRDS[(last.month - 1) // 4]).format(year=last.year)
    return _.gettext("until {date}").format(date=text) if first != last else text


def long_date(day: date, locale: str = "en") -> str:
    """Write a date in full; in French and Spanish no line ends between day and month."""
    glued = {"en": 0, "fr": 1, "es": 2}[locale]
    return str(format_date(day, "long", locale=LOCALES[locale])).replace(" ", "\N{NO-BREAK SPACE}", glued)


def count(number: int, noun: str) -> str:
    """Count things in words up to nine: ``three actors``, ``one objective``, ``27 actors``."""
    return f"{number_word(number)} {noun}{'' if number == 1 else 's'}"


def number_word(number: int, locale: str = "en") -> str:
    """Write a whole number as a sentence does: in words up to nine, in figures from ten."""
    comma = "," if locale == "en" else "\N{NO-BREAK SPACE}"
    return WORDS[locale][number] if 0 <= number < 10 else f"{number:,}".replace(",", comma)


def plain(text: str) -> str:
    """Escape text so that Markdown shows it as it is: a name with ``<b>``, ``*`` or ``$`` neither emphasises, nor runs, nor vanishes."""
    return re.sub(r"([\\`*_\[\]$|~])", r"\\\1", escape(text, quote=False))


def sentence(text: str) -> str:
    """Start a sentence with a capital."""
    return text[:1].upper() + text[1:]


def objectives(numbers: Sequence[int], locale: str = "en") -> str:
    """Name objectives by number: ``objective 14`` or ``objectives 9, 12 and 22``."""
    _ = translator(locale)
    return _.ngettext("objective {list}", "objectives {list}", len(numbers)).format(list=listing(numbers, locale))
