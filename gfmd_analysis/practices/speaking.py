"""Who speaks, as lists of supporters name it: a body before whoever spoke for it, the speakers of a joint talk together."""

from collections.abc import Callable, Iterable

from gfmd_analysis.dataset.memory import once
from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.text import actor_name, alphabetical, listing, the, translator

Body = tuple[str, str]  # code, name in English
Voice = tuple[tuple[Body, ...], tuple[Body, ...], bool]  # speakers; bodies spoken for; whether in all that is said


def voices(
    data: "Dataset", interventions: Iterable[str], *, name: str = "short_name"
) -> list[tuple[Voice, tuple[str, ...]]]:
    """Gather who speaks in some interventions, in the order of the report: a joint talk is one voice of all its speakers.

    Parameters
    ----------
    data
        A loaded dataset.
    interventions
        Their codes.
    name
        ``short_name`` or ``name``, the column of actors that bodies are named by.

    Returns
    -------
    list
        For each voice: who speaks, the bodies that they speak for and whether they do so in all of its interventions; and
        the codes of these.
    """
    names = data.actors.set_index("actor")[name].to_dict()
    rows = data.interventions[data.interventions["intervention"].isin(list(interventions))]
    rows = rows.assign(
        behalf=rows["on_behalf_of"].fillna("").map(lambda cell: [code for code in cell.split(";") if code]),
        turn=rows.groupby("actor")["turn"].transform("first"),
    )
    found = []
    for _, own in rows.groupby("turn", sort=False):
        speakers, bodies = (
            tuple((str(code), str(names.get(code, code))) for code in dict.fromkeys(each))
            for each in (own["actor"], own["behalf"].explode().dropna())
        )
        found.append(((speakers, bodies, bool(own["behalf"].map(len).all())), tuple(own["intervention"])))
    return found


def voice_name(voice: Voice, locale: str = "en", *, name: Callable[[str, str, str], str] = actor_name) -> str:
    """Name a voice as every list of supporters does; a body’s name is written by its code, its English name and the language.

    Examples
    --------
    >>> voice_name(((("FRA", "France"),), (("GFMD_TROIKA", "Troika"),), True))
    'Troika (France)'
    >>> voice_name(((("A", "Firm"), ("B", "Charity")), (), False))
    'Firm with Charity'
    """
    speakers, bodies, always = voice
    first, *others = (name(*each, locale) for each in speakers)
    _ = translator(locale)
    told = (
        _.gettext("{speaker} with {others}").format(speaker=first, others=listing(others, locale)) if others else first
    )
    if bodies and always:
        return f"{listing((name(*each, locale) for each in bodies), locale)} ({told})"
    if bodies:
        also = listing((the(actor_name(*each, locale), locale) for each in bodies), locale)
        return _.gettext("{speaker} (also for {bodies})").format(speaker=told, bodies=also)
    return told


def voice_names(named: Iterable[Voice], locale: str = "en") -> list[str]:
    """Name voices, by the alphabet."""
    return sorted((voice_name(voice, locale) for voice in named), key=alphabetical)


@once
def speakers_named(data: "Dataset") -> dict[str, str]:
    """Name who speaks in each intervention, and for whom."""
    return {code: voice_name(voices(data, [code])[0][0]) for code in data.interventions["intervention"]}
