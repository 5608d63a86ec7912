"""How a briefing figure looks: one theme, one palette, one anatomy (finding, subtitle, picture, source, note)."""

from gfmd_analysis.quantities.wording import language
from gfmd_analysis.text import sentence

CONSTITUENCY_NAMES = {
    "states": "States",
    "intergovernmental": "Intergovernmental bodies",
    "un_system": "UN system",
    "civil_society": "Civil society",
    "business": "Business",
    "mayors": "Mayors",
    "youth": "Youth",
    "other": "Other",
}

ADDRESSEES = {
    "member_states": "Member states",
    "gfmd": "The GFMD",
    "imrf_input_report": "The input report",
    "incoming_chairs": "The incoming chairs",
    "un_system": "The UN system",
    "local_governments": "Local governments",
    "private_sector": "The private sector",
    "all": "All",
}


def wording(code: str) -> str:
    """Give a code of the data as words: ``law_or_policy`` as Law or policy."""
    return ADDRESSEES.get(code) or CONSTITUENCY_NAMES.get(code) or sentence(str(code).replace("_", " "))


def inside(code: str) -> str:
    """Give a code as words inside a sentence: ``the GFMD``, ``law or policy``, ``UN system``."""
    text = wording(code)
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


ACTOR_TYPE_NAMES = {
    "state": "States",
    "regional_organisation": "Regional organisations",
    "un_entity": "UN entities",
    "state_led_initiative": "State-led initiatives",
    "gfmd_mechanism": "GFMD mechanisms",
    "local_government": "Local governments",
    "financial_institution": "Financial institutions",
}


def kind_name(code: object) -> str:
    """Give a constituency or type of actor as words."""
    text = str(code)
    return CONSTITUENCY_NAMES.get(text) or ACTOR_TYPE_NAMES.get(text) or sentence(text.replace("_", " "))


SECTION_NAMES = {
    "opening": "Opening",
    "reform": "GFMD reform",
    "gfmd_gcm": "GFMD and GCM",
    "imrf_road": "Road to the IMRF",
    **{f"RT{number}": f"Roundtable {number}" for number in range(1, 5)},
    "closing": "Closing",
}


def section_name(code: object) -> str:
    """Give a section of the report as words."""
    return SECTION_NAMES.get(str(code), str(code))


# noun of the data -> language -> (one, many)

# key of a quantity -> language -> its label in a figure; without one, what the data say it counts is the label
QUANTITIES: dict[str, dict[str, str]] = {
    key: {"en": english, "fr": french, "es": spanish}
    for key, english, french, spanish in (
        ("000-Q2", "GFMD member states", "États membres du FMMD", "Estados miembros del FMMD"),
        ("000-Q3", "GFMD mechanisms", "Mécanismes du FMMD", "Mecanismos del FMMD"),
        ("000-Q4", "Organisations", "Organisations", "Organizaciones"),
        ("066-Q2", "National centres", "Centres nationaux", "Centros nacionales"),
        ("066-Q3", "Local centres", "Centres locaux", "Centros locales"),
        (
            "083-Q1",
            "Impressions on social media",
            "Impressions sur les réseaux sociaux",
            "Impresiones en redes sociales",
        ),
        ("085-Q1", "Engaged young leaders", "Jeunes leaders mobilisés", "Jóvenes líderes comprometidos"),
        ("085-Q2", "Reached by youth takeover", "Touchées par les jeunes", "Alcanzadas por la juventud"),
        ("085-Q3", "Young leaders sharing stories", "Jeunes ayant témoigné", "Jóvenes que contaron historias"),
        ("086-Q1", "Initiatives with seed funding", "Initiatives financées", "Iniciativas financiadas"),
        ("086-Q2", "Reached by one podcast", "Touchées par un podcast", "Alcanzadas por un pódcast"),
        ("089-Q1", "IMRF to IMRF", "D’un FEMI à l’autre", "De un FEMI a otro"),
        ("091-Q1", "Forum cycle, shorter", "Cycle d’un forum, court", "Ciclo de un foro, corto"),
        ("091-Q2", "Forum cycle, longer", "Cycle d’un forum, long", "Ciclo de un foro, largo"),
    )
}

# text of a figure -> language -> words, with places for computed numbers
TEXTS: dict[str, dict[str, str]] = {
    key: {"en": english, "fr": french, "es": spanish}
    for key, english, french, spanish in (
        (
            "report",
            "summary report of the meeting",
            "rapport de synthèse de la réunion",
            "informe resumido de la reunión",
        ),
        ("paragraph", "paragraph", "paragraphe", "párrafo"),
        ("paragraphs", "paragraphs", "paragraphes", "párrafos"),
        (
            "held_title",
            "Remittances held in {year}: {avoided} more flowed than had been feared",
            "Les envois de fonds ont tenu en {year} : {avoided} de plus que redouté",
            "Las remesas resistieron en {year}: {avoided} más de lo temido",
        ),
        (
            "held_subtitle",
            "In US dollars. Fall feared: {feared_fall}; fall in fact: {fall}; rise expected in the next year: {rise}",
            "En dollars des États-Unis. Baisse redoutée : {feared_fall} ; réelle : {fall} ; hausse attendue : {rise}",
            "En dólares estadounidenses. Caída temida: {feared_fall}; observada: {fall}; aumento previsto: {rise}",
        ),
        (
            "held_note",
            "Only the {year} total is reported. The other levels are computed from it and the percentages, all read "
            "as rounded to their last digit; “under” and “over” follow from the feared “more than”.",
            "Seul le total de {year} est publié. Les autres niveaux en sont calculés par les pourcentages, lus comme "
            "arrondis à leur dernier chiffre ; « moins de » et « plus de » découlent de la baisse redoutée.",
            "Solo se publica el total de {year}. Los demás niveles se calculan con los porcentajes, leídos como "
            "redondeados a su última cifra; «menos de» y «más de» se deben a la caída temida.",
        ),
        ("before", "{year}, implied", "{year}, déduit", "{year}, deducido"),
        ("feared", "{year}, feared", "{year}, redouté", "{year}, temido"),
        ("actual", "{year}, reported", "{year}, publié", "{year}, publicado"),
        ("after", "{year}, expected", "{year}, attendu", "{year}, previsto"),
        ("not_lost", "{avoided} not lost", "{avoided} non perdus", "{avoided} no perdidos"),
        (
            "ladder_title",
            "The campaign’s numbers run from {most} to {least}; they overlap, so none are added up",
            "Les chiffres de la campagne vont de {most} à {least} ; ils se recoupent et ne s’additionnent pas",
            "Las cifras de la campaña van de {most} a {least}; se solapan y no se suman",
        ),
        (
            "ladder_subtitle",
            "Numbers reported for #ItTakesACommunity, 2021, logarithmic scale; an arrow means “over”",
            "Chiffres cités pour #ItTakesACommunity, 2021, échelle logarithmique ; la flèche signifie « plus de »",
            "Cifras citadas para #ItTakesACommunity, 2021, escala logarítmica; la flecha significa «más de»",
        ),
        (
            "ladder_note",
            "Impressions count views, the others people or initiatives, and one person can stand on several rungs. "
            "A dash: no period for a rate, or no common whole for a share. No share comes of two “over” numbers.",
            "Les impressions comptent des vues, le reste des personnes ou des initiatives ; une même personne peut "
            "figurer sur plusieurs échelons. Tiret : pas de période pour un taux ou de total commun pour une part.",
            "Las impresiones cuentan vistas; lo demás, personas o iniciativas; una misma persona puede estar en varios "
            "peldaños. Guion: sin período para una tasa o sin total común para una proporción.",
        ),
        ("per_month", "per month", "par mois", "por mes"),
        ("share", "share", "part", "proporción"),
        ("meeting", "meeting", "réunion", "reunión"),
        ("undated", "No date given", "Sans date", "Sin fecha"),
        ("closing", "closing attendance line", "ligne finale de présence", "línea final de asistencia"),
        (
            "timeline_title",
            "The report dates {dated} of its {all} remittance initiatives, most of them to {busiest}",
            "Le rapport date {dated} de ses {all} initiatives sur les envois de fonds, la plupart de {busiest}",
            "El informe fecha {dated} de sus {all} iniciativas sobre remesas, la mayoría en {busiest}",
        ),
        (
            "timeline_subtitle",
            "Initiatives on remittances, with their leaders and paragraphs; a bar is a year, a dot a month",
            "Initiatives sur les envois de fonds, chef de file et paragraphes ; barre : année, point : mois",
            "Iniciativas sobre remesas, quién las lidera y párrafos; barra: año; punto: mes",
        ),
        (
            "timeline_note",
            "A year is all that the report says of a bar. Parts of a programme are listed beside it.",
            "Pour une barre, le rapport ne donne que l’année. Les volets d’un programme figurent à côté de lui.",
            "De una barra el informe solo da el año. Las partes de un programa figuran junto a él.",
        ),
        (
            "multiples_title",
            "Of the other numbers, only {panels} sets count one kind of thing and can be compared fairly",
            "Parmi les autres chiffres, seuls {panels} groupes comptent la même chose et se comparent",
            "De las demás cifras, solo {panels} grupos cuentan lo mismo y se comparan",
        ),
        (
            "multiples_subtitle",
            "Numbers of the report, each panel on its own scale from nought",
            "Chiffres du rapport, chaque volet à sa propre échelle depuis zéro",
            "Cifras del informe, cada panel con su propia escala desde cero",
        ),
    )
}


def text(key: str, locale: str = "en", **values: object) -> str:
    """Give a text of the figures in a language, with the computed numbers in their places."""
    return TEXTS[key][language(locale)].format(**values)


def quantity_label(quantity: str, what: str, locale: str = "en") -> str:
    """Give the label of a quantity, or what it counts in the words of the data where it has none."""
    return QUANTITIES.get(quantity.partition("/")[2], {}).get(language(locale), what)
