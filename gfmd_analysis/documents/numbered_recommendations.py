"""Part 2 of the input report: each consolidated recommendation once, under a number that can be cited, and differences."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from gfmd_analysis.dataset.capacity import ACTS, CHAIRED
from gfmd_analysis.dataset.tables import Dataset, rows_of
from gfmd_analysis.documents.statements import actors_of, grouped, home
from gfmd_analysis.documents.structure import Block, cite, heading, muted, paragraph, strong
from gfmd_analysis.figures.names import ADDRESSEES, inside
from gfmd_analysis.practices.recommendations import (
    consolidated_recommendations,
    differences,
    distinct,
    joined,
    recommendation_table,
    supporters,
)
from gfmd_analysis.practices.speaking import talks, voice_name, voices
from gfmd_analysis.text import listing, objectives, sentence, spans

LONG_NAME = 38
HOW_TO_READ = (
    "Part 2 numbers each recommendation once, under the roundtable that most of its objectives belong to, or one of them if several "
    "are equal, whoever made or reported it; those tied to no objective come last. A summary may give its own number for an "
    "objective. Those named, by constituency, make it themselves or for the body before the brackets. “Welcomed by” means that they "
    "welcome or echo it, or hold important what it is about; “session”, that a chair or facilitator reported or stated it in a summary; "
    "“session alone”, that no speaker in the record asks for it in so many words; “related” marks views close to it; those voiced for "
    "the session say whether they come from a presentation or a summary. Where no addressee is named, it is "
    "taken to be Member States. Positions that differ may be held together."
)
FORA = ("imrf_input_report", "imrf")  # named beside whom a recommendation addresses, where a speaker asks it of them
DIFFERENCES = {"open": "Where speakers take different positions", "emphasis": "Where speakers differ in emphasis"}
TO = {**ADDRESSEES, "all": "all concerned"}


def number_recommendations(data: "Dataset") -> pd.DataFrame:
    """Order the consolidated recommendations by roundtable, most supporters first, and number them.

    Returns
    -------
    DataFrame
        As :func:`gfmd_analysis.practices.recommendations.consolidated_recommendations`, with ``number`` (int, from 1) and
        ``roundtable`` (that of most of its objectives; empty where it has none: those come last).
    """
    table = consolidated_recommendations(data)
    told = [(row.objectives, row.interventions if row.objectives else ()) for row in rows_of(table)]
    table["roundtable"] = [home(data, *each) for each in told]
    table = table.sort_values("roundtable", key=lambda name: name.replace("", "last"), kind="stable", ignore_index=True)
    return table.assign(number=range(1, len(table) + 1))


def recommendation_blocks(data: "Dataset", numbered: pd.DataFrame) -> list[Block]:
    """Word part 2: the recommendations by roundtable, then where speakers differ."""
    if numbered.empty and data.differences.empty:
        return []
    made = recommendation_table(data, acts=None).merge(data.consolidation, on="recommendation")
    parts = [grouped(table, "consolidated") for table in (supporters(data), made)]
    blocks: list[Block] = [heading("Part 2. Recommendations")]
    for roundtable, rows in numbered.groupby("roundtable", sort=False):
        title = f"Roundtable {str(roundtable).removeprefix('RT')}" if roundtable else "Across the objectives"
        shared, alone = (rows.loc[which, "number"] for which in (rows["supporters"] > 1, rows["supporters"] == 0))
        support = {"Shared by several": shared, "From a summary alone": alone}
        told = " ".join(f"{words}: {spans(numbers)}." for words, numbers in support.items() if len(numbers))
        blocks += [heading(title, 2), *([paragraph(told)] if told else [])]
        blocks += [_recommendation(data, row, *(of[row.consolidated] for of in parts)) for row in rows_of(rows)]
    return [*blocks, *_differences(data)]


def _recommendation(data: "Dataset", row: Any, behind: list[Any], made: list[Any]) -> Block:
    """Word a recommendation: what is asked, of whom, who asks for it, welcomes it, reports it in the chair or comes near it."""
    welcomes = joined(each.interventions for each in behind if each.strength == "welcomes")
    said = _by_constituency(data, [each for each in behind if each.strength == "asks"])
    said += [f"welcomed by: {_named(data, welcomes)}"] if welcomes else []
    numbers = () if row.objectives else joined(each.objectives for each in made if each.act in CHAIRED)
    session = "session" + f", naming {objectives(numbers)}" * bool(numbers)
    known, here = talks(data), [each.intervention for each in made]
    for label, acts, told in (
        (session if row.supporters else "session alone", CHAIRED, here),
        ("related", ACTS, row.related),
        ("related, in a presentation", ("introduction",), row.related),
        ("related, in a summary", ("summary",), row.related),
    ):
        there = [code for code in told if known[code].act in acts]
        said += [f"{label}: {_named(data, there)}"] if there else []
    about = _about(row, [each for each in made if each.act in ACTS and each.strength == "asks"])
    return paragraph(strong(f"{row.text} "), muted(about), f"{sentence('; '.join(said))}.", number=f"{row.number}.")


def _by_constituency(data: "Dataset", asks: list[Any]) -> list[str]:
    """Name who asks, by constituency; a mechanism is its own, a body spoken for has none, a joint talk is of all that spoke."""
    of, bodies = {each.actor: each.constituency for each in asks}, actors_of(data)
    groups: dict[tuple[str, ...], list[str]] = {}
    for (speakers, _, for_body), own in voices(data, joined(each.interventions for each in asks)):
        alone = for_body or any(bodies[code].actor_type == "gfmd_mechanism" for code, _ in speakers)
        where = () if alone else distinct(of[code] for code, _ in speakers)
        groups.setdefault(where, []).extend(own)
    return [
        (f"{listing(inside(code) for code in where)}: " if where else "") + _named(data, own)
        for where, own in sorted(groups.items())
    ]


def _about(row: Any, asked: list[Any]) -> str:
    """Say whom a recommendation addresses and which objectives it is on, by those who ask for it."""
    also = {each.addressee for each in asked} - {row.addressee}
    whom = [each for each in FORA if each in also] + [row.addressee]
    told = [] if whom == ["member_states"] else ["to " + ", and to ".join(str(TO.get(each, each)) for each in whom)]
    if row.objectives:
        in_general = ", and in general" * ({bool(each.objectives) for each in asked} == {True, False})
        told.append(f"{objectives(row.objectives)}{in_general}")
    return f"{sentence('; '.join(told))}. " if told else ""


def _named(data: "Dataset", interventions: Iterable[str]) -> str:
    """List who speaks in interventions, long names in their short form, and for whom, each with its paragraphs."""
    actors, known, told = actors_of(data), talks(data), []

    def name(code: str, *_: str) -> str:
        full = actors[code].name
        return str(actors[code].short_name if len(full) > LONG_NAME else full).removeprefix("GFMD ")

    for (speakers, bodies, always), own in voices(data, interventions):
        label = voice_name((speakers, bodies if always else (), always), name=name)
        for_body = [code for code in own if known[code].on_behalf_of and not always]
        told.append(f"{label} {cite(data, [code for code in own if code not in for_body])}")
        if for_body:
            told[-1] += f", also for {listing(f'the {name(code)}' for code, _ in bodies)} {cite(data, for_body)}"
    return listing(told)


def _differences(data: "Dataset") -> list[Block]:
    """Word where speakers take different positions, then where they differ in emphasis."""
    table = differences(data)
    table = table[table.groupby("difference", observed=True)["side"].transform("nunique") > 1]
    blocks: list[Block] = []
    for kind, title in DIFFERENCES.items():
        subjects = list(table[table["kind"] == kind].groupby("what", sort=False, observed=True))
        blocks += [heading(title, 2)] if subjects else []
        for what, rows in subjects:
            sides = "; ".join(f"{row.side} ({_named(data, row.interventions)})" for row in rows_of(rows))
            subject = strong(f"{str(what).partition(':')[0].rstrip('.')}: ")
            emphasis = paragraph(f"{what} ", muted(cite(data, joined(rows["interventions"]))), number="–")
            blocks.append(paragraph(subject, f"{sides}.", number="–") if kind == "open" else emphasis)
    return blocks
