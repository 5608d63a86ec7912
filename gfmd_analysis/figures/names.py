"""Words for the codes of the data, in English, French and Spanish: one map of each kind."""

from functools import cache

from babel import Locale

from gfmd_analysis.dataset.tables import gcm_objectives
from gfmd_analysis.text import N_, sentence, territory, translator

COUNTED = N_(
    "Counted: statements and updates, also those of chairs and facilitators, each speaker of a joint one; presentations of the objectives "
    "and summaries are not."
)
TAKEN_UP = N_(
    "A main subject of what was said counts as taken up, a clause as in passing; an objective that is only named is not counted."
)
BOUNDARY_NOTE = N_("Names of countries and regions imply no opinion on legal status or boundaries.")

CONSTITUENCY_NAMES = {
    "states": N_("States"),
    "intergovernmental": N_("Intergovernmental bodies"),
    "un_system": N_("UN system"),
    "civil_society": N_("Civil society"),
    "business": N_("Business"),
    "mayors": N_("Mayors"),
    "youth": N_("Youth"),
    "other": N_("Other"),
}

ACTOR_TYPE_NAMES = {
    "state": N_("Member States"),
    "regional_organisation": N_("Regional organizations"),
    "un_entity": N_("UN entities"),
    "state_led_initiative": N_("State-led initiatives"),
    "gfmd_mechanism": N_("GFMD mechanisms"),
    "private_sector": N_("Private sector"),
    "local_government": N_("Local governments"),
    "financial_institution": N_("Financial institutions"),
}  # and as constituencies: civil society, youth, other

SECTION_NAMES = {
    "opening": N_("Opening"),
    "reform": N_("GFMD reform"),
    "gfmd_gcm": N_("GFMD and GCM"),
    "imrf_road": N_("Road to the IMRF"),
    "RT1": N_("Roundtable 1"),
    "RT2": N_("Roundtable 2"),
    "RT3": N_("Roundtable 3"),
    "RT4": N_("Roundtable 4"),
    "closing": N_("Closing"),
}

REGIONS = (N_("Africa"), N_("Americas"), N_("Asia"), N_("Europe"), N_("Oceania"))  # claims name them as the data do

ADDRESSEES = {
    "member_states": N_("Member States"),
    "gfmd": N_("the GFMD"),
    "imrf_input_report": N_("the input report"),
    "imrf": N_("the IMRF"),
    "incoming_chairs": N_("the incoming Chairs"),
    "un_system": N_("the UN system"),
    "local_governments": N_("local governments"),
    "private_sector": N_("the private sector"),
    "participants": N_("the participants in the meeting"),
    "all": N_("all"),
}

WORDS = {"feared": N_("First projected"), **ADDRESSEES, **ACTOR_TYPE_NAMES, **SECTION_NAMES, **CONSTITUENCY_NAMES}


def counted(*notes: str, locale: str = "en") -> str:
    """Put before a figure's own notes what counts as taken up, which every figure on coverage says once."""
    return " ".join((*map(translator(locale).gettext, (TAKEN_UP, COUNTED)), *notes))


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


def home(roundtable: str, locale: str = "en") -> str:
    """Name the objectives that belong to a roundtable, wherever they were spoken of."""
    text = translator(locale).ngettext("objectives of roundtable {list}", "objectives of roundtables {list}", 1)
    return sentence(text.format(list=roundtable.removeprefix("RT")))


def inside(code: str, locale: str = "en") -> str:
    """Look up a code as words inside a sentence: ``the GFMD``, ``law or policy``, ``UN system``."""
    text = name(code, locale)
    upper = text[1:2].isupper() or code in ("states", "member_states", "state")
    return text if upper else text[:1].lower() + text[1:]


@cache
def objective_title(number: int, locale: str = "en") -> str:
    """Look up an objective's short title, as the data give it in each language."""
    titles = gcm_objectives(locale)
    return str(titles.loc[titles["objective"].astype(int) == number, "objective_title"].iloc[0])


@cache
def country(english: str, locale: str = "en") -> str:
    """Look up in another language a country that is given by its English name in the Unicode CLDR."""
    codes = {name: code for code, name in Locale("en").territories.items()}
    return territory(codes.get(english, ""), english, locale)
