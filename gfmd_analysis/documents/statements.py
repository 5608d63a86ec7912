"""Where the input report tells each statement, what a statement already says, and sentences joined to paragraphs."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pandas as pd

from gfmd_analysis.coverage.counts import taken_up
from gfmd_analysis.dataset.capacity import spoken_as
from gfmd_analysis.dataset.memory import once
from gfmd_analysis.dataset.objectives import COMPACT, IMRF_ROUNDTABLES
from gfmd_analysis.dataset.tables import Dataset, rows_of
from gfmd_analysis.documents.structure import Block, cite, muted, strong
from gfmd_analysis.practices.recommendations import codes
from gfmd_analysis.practices.speaking import talks

SAID = 0.5  # share of its longer words with which a sentence counts as said
LONGEST = 690  # letters of a paragraph: less than eight lines
CONTINUED = ", continued"
INTERNATIONAL = ("intergovernmental", "un_system")


@once
def homes(data: "Dataset") -> dict[str, int | None]:
    """Choose for each statement the one objective under which it is told.

    Returns
    -------
    dict
        Each statement or update that touches on an objective, and each introduction or summary that alone speaks to one, with
        its objective; none where it takes up none. The objective is one that it takes up: by number rather than by subject,
        of its own roundtable, that no other takes up by number, on which it asks most, then presents most, the first.
    """
    long = data.long()
    said = long[spoken_as(long)]
    chairs = long[~spoken_as(long) & (long["engagement"] == "substantive")]
    alone = chairs[~chairs["objective"].isin(taken_up(long)["objective"])]
    cells = pd.concat([taken_up(said, acts=None), alone]).fillna({"in_scope": False})
    asked = data.recommendations.merge(data.recommendation_objectives)
    asks, presents = (Counter(_pairs(table)) for table in (asked, data.practice_citations))
    numbered = Counter(cells.loc[cells["basis"] == "explicit", "objective"])

    def rank(row: Any) -> tuple[Any, ...]:
        pair, shared = (row.intervention, row.objective), numbered[row.objective] > 1
        return row.basis != "explicit", not row.in_scope, shared, -asks[pair], -presents[pair], row.objective

    touched = dict.fromkeys(said.loc[said["engagement"].notna(), "intervention"])
    best_last = sorted(rows_of(cells), key=rank, reverse=True)
    return touched | {row.intervention: int(row.objective) for row in best_last}


def home(data: "Dataset", numbers: Iterable[int], interventions: Iterable[str]) -> str:
    """Choose the roundtable of most of some objectives, among equals or none that in which most was said; else empty."""
    places, known = sorted(COMPACT[str(number)]["roundtable"] for number in numbers), talks(data)
    told = [known[code].section for code in interventions if known[code].section in IMRF_ROUNDTABLES]
    return max(places or told, key=lambda place: (places.count(place), told.count(place)), default="")


def touching(data: "Dataset") -> dict[int, dict[str, bool]]:
    """Find what says something on an objective: touches on it, presents a practice, asks for something, or gives its number.

    Returns
    -------
    dict
        For each objective the interventions on it, and whether they only give its number; introductions and summaries only with
        practices and recommendations.
    """
    long = data.long()
    said = long[spoken_as(long)]
    asked = data.recommendations.merge(data.recommendation_objectives)
    found: dict[int, dict[str, bool]] = {}
    for table in (said[said["engagement"] != "reference"], data.practice_citations, asked, said):
        for code, number in _pairs(table):
            found.setdefault(number, {}).setdefault(code, table is said)
    return found


def _pairs(table: pd.DataFrame) -> list[tuple[str, int]]:
    """List the interventions of a table with the objectives that they are on."""
    rows = table.dropna(subset="objective")
    return [(str(code), int(number)) for code, number in zip(rows["intervention"], rows["objective"], strict=True)]


def stated(data: "Dataset", interventions: Iterable[str], objective: int = 0) -> list[Block]:
    """Tell statements in paragraphs, where a speaker that goes on is named once; an asterisk marks what does not give the number."""
    known, mentions = talks(data), data.mentions[data.mentions["objective"] == objective]
    inferred = set(mentions.loc[mentions["basis"] == "inferred", "intervention"])
    told = joined((known[code].summary, cite(data, [code]) + "*" * (code in inferred), code) for code in interventions)
    for entry in told:
        for place, (before, code) in enumerate(pairwise(entry["interventions"]), 1):
            speaker = actors_of(data)[known[code].actor]
            if known[before].actor == speaker.actor:
                text, style = entry["parts"][2 * place]
                forms = "|".join(re.escape(name.removeprefix("GFMD ")) for name in (speaker.name, speaker.short_name))
                entry["parts"][2 * place] = (re.sub(rf"^(?:The )?(?:{forms}) (?=\w)", "It ", text), style)
    return told


def grouped(table: pd.DataFrame, by: str) -> dict[str, list[Any]]:
    """List the rows of a table by a column, in their order."""
    return {str(value): rows_of(rows) for value, rows in table.groupby(by, sort=False, observed=True)}


@once
def actors_of(data: "Dataset") -> dict[str, Any]:
    """Look up each actor's row by its code, ``iso3`` and ``m49_subregion`` empty where there is none."""
    return {row.actor: row for row in rows_of(data.actors.fillna({"iso3": "", "m49_subregion": ""}))}


def joined(items: Iterable[tuple[str, ...]], lead: str = "", between: str = " ", end: str = "") -> list[Block]:
    """Join items, each a text with its source and the interventions that it tells, to paragraphs of less than eight lines.

    ``lead``, which ends in a full stop or a colon, stands before the first, and as continued before the others; ``between``
    stands between the items of a paragraph, ``end`` after its last.
    """
    groups: list[list[tuple[str, ...]]] = []
    room = 0
    for item in items:
        length = len(item[0]) + len(item[1]) + 2
        if length > room:
            groups.append([])
            room = LONGEST - len(lead) - len(CONTINUED)
        groups[-1].append(item)
        room -= length
    found: list[Block] = []
    for group in groups:
        parts = [strong(f"{lead[:-1]}{CONTINUED * bool(found)}{lead[-1]} ")] if lead else []
        for text, source, *_ in group:
            parts += [(f"{text} ", ""), muted(f"{source}{between}")]
        parts[-1] = muted(f"{group[-1][1]}{end}")
        found.append({"parts": parts, "interventions": [code for item in group for code in item[2:]]})
    return found


def repeats(text: str, statement: str) -> bool:
    """Judge whether a statement already says a sentence: most of its longer words begin like words of the statement."""
    wanted, there = ({word[:5].lower() for word in re.findall(r"[^\W\d_]{4,}", words)} for words in (text, statement))
    return len(wanted & there) >= SAID * len(wanted)


def is_international(data: "Dataset", practice: Any) -> bool:
    """Judge whether a practice spans countries: by its places, by where those who lead it are, or by what they are.

    So does one of which only those who joined it are known, one with partner countries that are not named, one that is called
    international, and what is done in the GFMD or by a mechanism of it.
    """
    places, leads, partners = codes(practice.places), codes(practice.leads), codes(practice.partners)
    actors = actors_of(data)
    known = [actors[code] for code in leads if code in actors]
    return bool(
        len(places) > 1
        or any(place.isdigit() for place in places)
        or any(len({*of} - {""}) > 1 for of in zip(*((row.iso3, row.m49_subregion) for row in known), strict=True))
        or any(row.constituency in INTERNATIONAL or row.actor_type == "gfmd_mechanism" for row in known)
        or "GFMD" in (*leads, *partners)
        or re.search(r"\b(?:GFMD|[Ii]nternational)\b", str(practice.summary))
        or (partners and not leads and not places)
        or any("countries" in partner for partner in partners)
    )
