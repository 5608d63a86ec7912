"""Who speaks, as lists of supporters name it: a body before whoever spoke for it, the speakers of a joint talk together."""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

from gfmd_analysis.dataset.memory import once
from gfmd_analysis.dataset.tables import Dataset, rows_of
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
    names, known = names_of(data, name=name), talks(data)
    first: dict[str, str] = {}
    together: dict[str, list[Any]] = {}
    for talk in sorted(known[code] for code in {*interventions} if code in known):
        together.setdefault(first.setdefault(talk.actor, talk.turn), []).append(talk)
    found = []
    for own in together.values():
        behalf = [[code for code in talk.on_behalf_of.split(";") if code] for talk in own]
        each = (dict.fromkeys(talk.actor for talk in own), dict.fromkeys(chain(*behalf)))
        speakers, bodies = (tuple((code, names.get(code, code)) for code in codes) for codes in each)
        found.append(((speakers, bodies, all(behalf)), tuple(talk.intervention for talk in own)))
    return found


@once
def names_of(data: "Dataset", *, name: str = "short_name") -> dict[str, str]:
    """Look up the actors' short names, or their names, by code."""
    return dict(zip(data.actors["actor"], data.actors[name], strict=True))


@once
def talks(data: "Dataset") -> dict[str, Any]:
    """Look up each intervention's row, ``on_behalf_of`` empty for nobody; they sort as in the report."""
    return {row.intervention: row for row in rows_of(data.interventions.fillna({"on_behalf_of": ""}))}


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
