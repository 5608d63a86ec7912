"""The words of the figures in English, French and Spanish: bounds, nouns, titles and labels."""

from gfmd_analysis.errors import GfmdError

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

# noun of the data -> language -> (one, many)
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
        ("workers", "worker", ("travailleur", "travailleurs"), ("trabajador", "trabajadores")),
        ("networks", "network", ("réseau", "réseaux"), ("red", "redes")),
        ("calls", "call", ("appel", "appels"), ("convocatoria", "convocatorias")),
        ("competitions", "competition", ("concours", "concours"), ("concurso", "concursos")),
        ("mechanisms", "mechanism", ("mécanisme", "mécanismes"), ("mecanismo", "mecanismos")),
        ("delegates", "delegate", ("délégué", "délégués"), ("delegado", "delegados")),
        ("meetings", "meeting", ("réunion", "réunions"), ("reunión", "reuniones")),
        ("committees", "committee", ("comité", "comités"), ("comité", "comités")),
        ("priorities", "priority", ("priorité", "priorités"), ("prioridad", "prioridades")),
        ("years", "year", ("an", "ans"), ("año", "años")),
        ("year", "year", ("an", "ans"), ("año", "años")),
        ("months", "month", ("mois", "mois"), ("mes", "meses")),
        ("month", "month", ("mois", "mois"), ("mes", "meses")),
    )
}


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
