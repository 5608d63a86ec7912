"""Words for the codes of the data, in English, French and Spanish: one map of each kind."""

from functools import cache

from babel import Locale

from gfmd_analysis.dataset.tables import gcm_objectives
from gfmd_analysis.text import LOCALES, sentence, translator

BOUNDARY_NOTE = "Names of countries and regions imply no opinion on legal status or boundaries."


def mark(message: str) -> str:
    """Mark a message for the catalogues; it is looked up where it is used."""
    return message


CONSTITUENCY_NAMES = {
    "states": mark("States"),
    "intergovernmental": mark("Intergovernmental bodies"),
    "un_system": mark("UN system"),
    "civil_society": mark("Civil society"),
    "business": mark("Business"),
    "mayors": mark("Mayors"),
    "youth": mark("Youth"),
    "other": mark("Other"),
}

ACTOR_TYPE_NAMES = {
    "state": mark("Member States"),
    "regional_organisation": mark("Regional organizations"),
    "un_entity": mark("UN entities"),
    "state_led_initiative": mark("State-led initiatives"),
    "gfmd_mechanism": mark("GFMD mechanisms"),
    "civil_society": mark("Civil society"),
    "private_sector": mark("Private sector"),
    "local_government": mark("Local governments"),
    "youth": mark("Youth"),
    "financial_institution": mark("Financial institutions"),
    "other": mark("Other"),
}

SECTION_NAMES = {
    "opening": mark("Opening"),
    "reform": mark("GFMD reform"),
    "gfmd_gcm": mark("GFMD and GCM"),
    "imrf_road": mark("Road to the IMRF"),
    "RT1": mark("Roundtable 1"),
    "RT2": mark("Roundtable 2"),
    "RT3": mark("Roundtable 3"),
    "RT4": mark("Roundtable 4"),
    "closing": mark("Closing"),
}

ADDRESSEES = {
    "member_states": mark("Member States"),
    "gfmd": mark("the GFMD"),
    "imrf_input_report": mark("the input report"),
    "incoming_chairs": mark("the incoming Chairs"),
    "un_system": mark("the UN system"),
    "local_governments": mark("local governments"),
    "private_sector": mark("the private sector"),
    "all": mark("all"),
}

REGION_NAMES = {
    "002": mark("Africa"),
    "019": mark("Americas"),
    "142": mark("Asia"),
    "150": mark("Europe"),
    "009": mark("Oceania"),
    "001": mark("World"),
    "": mark("No place named"),
}

WORDS = {**ADDRESSEES, **ACTOR_TYPE_NAMES, **SECTION_NAMES, **REGION_NAMES, **CONSTITUENCY_NAMES}


def name(code: object, locale: str = "en") -> str:
    """Look up a code of the data as words; one that has none is written out (``law_or_policy`` as Law or policy).

    Examples
    --------
    >>> name("civil_society"), name("RT3", "fr"), name("law_or_policy")
    ('Civil society', 'Table ronde 3', 'Law or policy')
    """
    text = str(code)
    found = WORDS.get(text)
    return translator(locale).gettext(found) if found else sentence(text.replace("_", " "))


def inside(code: str, locale: str = "en") -> str:
    """Look up a code as words inside a sentence: ``the GFMD``, ``law or policy``, ``UN system``."""
    text = name(code, locale)
    upper = text[1:2].isupper() or code in ("states", "member_states", "state")
    return text if upper else text[:1].lower() + text[1:]


def translated(text: str, locale: str = "en") -> str:
    """Look up a text of the data (a name, a recommendation) in a catalogue; English where there is no translation yet."""
    return translator(locale).gettext(text) if text else ""


@cache
def objective_title(number: int, locale: str = "en") -> str:
    """Look up an objective's short title, as the data give it in each language."""
    titles = gcm_objectives(locale)
    return str(titles.loc[titles["objective"].astype(int) == number, "objective_title"].iloc[0])


@cache
def actor_name(code: str, english: str, locale: str = "en") -> str:
    """Look up an actor's name: a country's as the Unicode CLDR has it, another body's in the catalogues."""
    if locale == "en":
        return english
    from pycountry import countries

    country = countries.get(alpha_3=code)
    territories = Locale.parse(LOCALES[locale]).territories
    return str(territories[country.alpha_2]) if country else translated(english, locale)
