"""Part 2 of the input report: each consolidated recommendation once, under a number that can be cited, and differences."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from gfmd_analysis.dataset.capacity import ACTS, CHAIRED, spoken_as
from gfmd_analysis.dataset.memory import once
from gfmd_analysis.dataset.tables import Dataset, rows_of
from gfmd_analysis.documents.statements import home
from gfmd_analysis.documents.structure import Block, cite, heading, muted, paragraph, strong
from gfmd_analysis.figures.names import ADDRESSEES, inside
from gfmd_analysis.practices.recommendations import (
    codes,
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
    table = table.sort_values(
        "roundtable", key=lambda names: names.replace("", "last"), kind="stable", ignore_index=True
    )
    return table.assign(number=range(1, len(table) + 1))


def recommendation_blocks(data: "Dataset", numbered: pd.DataFrame) -> list[Block]:
    """Word part 2: the recommendations by roundtable, then where speakers differ."""
    if numbered.empty and data.differences.empty:
        return []
    made = recommendation_table(data, acts=None).merge(data.consolidation, on="recommendation")
    parts = [dict(iter(rows.groupby("consolidated", observed=True))) for rows in (supporters(data), made)]
    blocks: list[Block] = [heading("Part 2. Recommendations")]
    for roundtable, rows in numbered.groupby("roundtable", sort=False):
        title = f"Roundtable {str(roundtable).removeprefix('RT')}" if roundtable else "Across the objectives"
        shared, alone = (rows.loc[which, "number"] for which in (rows["supporters"] > 1, rows["supporters"] == 0))
        support = {"Shared by several": shared, "From a summary alone": alone}
        told = " ".join(f"{words}: {spans(numbers)}." for words, numbers in support.items() if len(numbers))
        blocks += [heading(title, 2), *([paragraph(told)] if told else [])]
        blocks += [_recommendation(data, row, *(of[row.consolidated] for of in parts)) for row in rows_of(rows)]
    return [*blocks, *_differences(data)]


def _recommendation(data: "Dataset", row: Any, behind: pd.DataFrame, made: pd.DataFrame) -> Block:
    """Word a recommendation: what is asked, of whom, who asks for it, welcomes it, reports it in the chair or comes near it."""
    asks, welcomes = (behind[behind["strength"] == strength] for strength in ("asks", "welcomes"))
    said = _by_constituency(data, asks)
    said += [f"welcomed by: {_named(data, joined(welcomes['interventions']))}"] if len(welcomes) else []
    own, known = spoken_as(made), talks(data)
    numbers = () if row.objectives else joined(made.loc[~own, "objectives"])
    session = "session" + f", naming {objectives(numbers)}" * bool(numbers)
    for label, acts, told in (
        (session if row.supporters else "session alone", CHAIRED, made["intervention"]),
        ("related", ACTS, codes(row.related)),
        ("related, in a presentation", ("introduction",), codes(row.related)),
        ("related, in a summary", ("summary",), codes(row.related)),
    ):
        there = [code for code in told if code in known and known[code].act in acts]
        said += [f"{label}: {_named(data, there)}"] if there else []
    about = _about(row, made[own & (made["strength"] == "asks")])
    return paragraph(strong(f"{row.text} "), muted(about), f"{sentence('; '.join(said))}.", number=f"{row.number}.")


@once
def _names(data: "Dataset") -> dict[str, str]:
    shown = data.actors["short_name"].where(data.actors["name"].str.len() > LONG_NAME, data.actors["name"])
    return dict(zip(data.actors["actor"], shown.str.removeprefix("GFMD "), strict=True))


def _by_constituency(data: "Dataset", asks: pd.DataFrame) -> list[str]:
    """Name who asks, by constituency; a mechanism is its own, a body spoken for has none, a joint talk is of all that spoke."""
    mechanisms = set(data.actors.loc[data.actors["actor_type"] == "gfmd_mechanism", "actor"])
    of = dict(zip(asks["actor"], asks["constituency"].astype("str"), strict=True))
    groups: dict[tuple[str, ...], list[str]] = {}
    for (speakers, _, for_body), own in voices(data, joined(asks["interventions"])):
        alone = for_body or any(code in mechanisms for code, _ in speakers)
        where = () if alone else distinct(of[code] for code, _ in speakers)
        groups.setdefault(where, []).extend(own)
    return [
        (f"{listing(inside(code) for code in where)}: " if where else "") + _named(data, own)
        for where, own in sorted(groups.items())
    ]


def _about(row: Any, asked: pd.DataFrame) -> str:
    """Say whom a recommendation addresses and which objectives it is on, by those who ask for it."""
    whom = [each for each in FORA if each != row.addressee and each in set(asked["addressee"])] + [row.addressee]
    told = [] if whom == ["member_states"] else ["to " + ", and to ".join(str(TO.get(each, each)) for each in whom)]
    if row.objectives:
        in_general = ", and in general" * ({*map(bool, asked["objectives"])} == {True, False})
        told.append(f"{objectives(row.objectives)}{in_general}")
    return f"{sentence('; '.join(told))}. " if told else ""


def _named(data: "Dataset", interventions: Iterable[str]) -> str:
    """List who speaks in interventions, long names in their short form, and for whom, each with its paragraphs."""
    names, known, told = _names(data), talks(data), []
    for (speakers, bodies, always), own in voices(data, interventions):
        label = voice_name((speakers, bodies if always else (), always), name=lambda code, *_: names[code])
        for_body = [code for code in own if known[code].on_behalf_of and not always]
        told.append(f"{label} {cite(data, [code for code in own if code not in for_body])}")
        if for_body:
            told[-1] += f", also for {listing(f'the {names[code]}' for code, _ in bodies)} {cite(data, for_body)}"
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
            told = (
                (subject, f"{sides}.")
                if kind == "open"
                else (f"{what} ", muted(cite(data, joined(rows["interventions"]))))
            )
            blocks.append(paragraph(*told, number="–"))
    return blocks
