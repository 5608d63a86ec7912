"""Part 2 of the input report: each consolidated recommendation once, under a number that can be cited, and differences."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from gfmd_analysis.dataset.capacity import spoken_as
from gfmd_analysis.dataset.memory import once
from gfmd_analysis.dataset.tables import Dataset, rows_of
from gfmd_analysis.documents.structure import Block, cite, heading, muted, paragraph, strong
from gfmd_analysis.figures.names import ADDRESSEES, inside
from gfmd_analysis.practices.recommendations import codes, consolidated_recommendations, differences, supporters
from gfmd_analysis.text import listing, objectives, sentence, spans

LONG_NAME = 38
REPORT = "imrf_input_report"
SUPPORT = {  # by the number of speakers, the largest first
    -2: "Shared by several speakers",
    -1: "From one speaker or joint statement",
    0: "Reported in the chair alone",
}
TO = {**ADDRESSEES, "all": "all concerned"}


def number_recommendations(data: "Dataset") -> pd.DataFrame:
    """Order the consolidated recommendations by roundtable, most supporters first, and number them.

    Returns
    -------
    DataFrame
        As :func:`gfmd_analysis.practices.recommendations.consolidated_recommendations`, with ``number`` (int, from 1) and
        ``roundtable`` (that of most of its objectives; empty where it has none: those come last).
    """
    table, of = consolidated_recommendations(data), roundtables(data)
    table["roundtable"] = [home(numbers, of) for numbers in table["objectives"]]
    table = table.sort_values(
        "roundtable", key=lambda names: names.replace("", "last"), kind="stable", ignore_index=True
    )
    return table.assign(number=range(1, len(table) + 1))


def roundtables(data: "Dataset") -> dict[int, str]:
    """Look up the roundtable of each objective."""
    return {int(row.objective): str(row.roundtable) for row in rows_of(data.objectives)}


def home(numbers: Iterable[int], of: dict[int, str], sections: Iterable[str] = ()) -> str:
    """Choose the roundtable of most of some objectives; where there are none, of most of the sections, else empty."""
    places = sorted(of[int(number)] for number in numbers) or [str(each) for each in sections if each in of.values()]
    return max(places, key=places.count, default="")


def recommendation_blocks(data: "Dataset", numbered: pd.DataFrame) -> list[Block]:
    """Word part 2: the recommendations by roundtable, then where speakers differ."""
    if numbered.empty and data.differences.empty:
        return []
    behind = dict(iter(supporters(data).groupby("consolidated", observed=True)))
    blocks: list[Block] = [
        heading("Part 2. Recommendations"),
        paragraph(
            "Those named, by constituency, ask for a recommendation in their own name or for the body named, unless they are said to "
            "welcome it. “Session” marks what a chair or facilitator reported in a summary; “session alone”, that no speaker in the "
            "record asks for it in so many words; “related”, views close to it. Where no addressee is named, it is Member States. Those "
            "with the most speakers behind them come first."
        ),
    ]
    for roundtable, rows in numbered.groupby("roundtable", sort=False):
        title = f"Roundtable {str(roundtable).removeprefix('RT')}" if roundtable else "Across the objectives"
        blocks += [heading(title, 2), paragraph(_introduction(rows))]
        blocks += [_recommendation(data, row, behind[row.consolidated]) for row in rows_of(rows)]
    return [*blocks, *_differences(data)]


def _introduction(rows: pd.DataFrame) -> str:
    """Say which recommendations of a section several speakers share, which have one behind them, and which only chairs report."""
    told = ((SUPPORT[count], spans(own["number"])) for count, own in rows.groupby(-rows["supporters"].clip(upper=2)))
    return " ".join(f"{words}: {numbers}." for words, numbers in told)


def _recommendation(data: "Dataset", row: Any, behind: pd.DataFrame) -> Block:
    """Word a recommendation: what is asked, of whom, who asks for it, welcomes it, reports it in the chair or comes near it."""
    mechanisms = data.actors.loc[data.actors["actor_type"] == "gfmd_mechanism", "actor"]  # each is its constituency
    asks, welcomes = (behind[behind["strength"] == strength] for strength in ("asks", "welcomes"))
    said = []
    for code, rows in asks.groupby("constituency", observed=True):
        itself = rows["actor"].isin(mechanisms)
        for lead, who in (("", rows[itself]), (f"{inside(str(code))}: ", rows[~itself])):
            said += [lead + _named(data, zip(who["actor"], who["interventions"], strict=True))] if len(who) else []
    if len(welcomes):
        said.append(f"welcomed by: {_named(data, zip(welcomes['actor'], welcomes['interventions'], strict=True))}")
    made = data.recommendations.merge(data.consolidation[data.consolidation["consolidated"] == row.consolidated])
    own = data.interventions[spoken_as(data.interventions)]
    chairs = data.interventions[~spoken_as(data.interventions)]
    for label, table, told in (
        ("session" if row.supporters else "session alone", chairs, made["intervention"]),
        ("related", own, codes(row.related)),
        ("related, in a summary", chairs, codes(row.related)),
    ):
        rows = table[table["intervention"].isin(told)]
        said += [f"{label}: {_named(data, rows.groupby('actor', observed=True)['intervention'])}"] if len(rows) else []
    asked = made[(made["strength"] == "asks") & made["intervention"].isin(own["intervention"])]
    about = sentence("; ".join(_about(data, row, asked)))
    tail = f"{about}. " if about else ""
    return paragraph(strong(f"{row.text} "), muted(tail), sentence("; ".join(said)) + ".", number=f"{row.number}.")


@once
def _names(data: "Dataset") -> dict[str, str]:
    shown = data.actors["short_name"].where(data.actors["name"].str.len() > LONG_NAME, data.actors["name"])
    return dict(zip(data.actors["actor"], shown.str.removeprefix("GFMD "), strict=True))


@once
def _spoken_for(data: "Dataset") -> dict[str, tuple[str, ...]]:
    spoken = data.interventions
    return dict(zip(spoken["intervention"], spoken["on_behalf_of"].map(codes), strict=True))


def _about(data: "Dataset", row: Any, asked: pd.DataFrame) -> list[str]:
    """Say whom a recommendation addresses and which objectives it is on, by those who ask for it."""
    to = [] if row.addressee == "member_states" else [TO.get(row.addressee, row.addressee)]
    if row.addressee == "all" and (asked["addressee"] == REPORT).any():
        to.insert(0, f"{TO[REPORT]}, and to")
    on_some = asked["recommendation"].isin(data.recommendation_objectives["recommendation"])
    in_general = ", and in general" if on_some.any() and not on_some.all() else ""
    told = [f"to {' '.join(to)}"] if to else []
    return [*told, *([f"{objectives(row.objectives)}{in_general}"] if row.objectives else [])]


def _named(data: "Dataset", spoken: Iterable[tuple[Any, Iterable[str]]]) -> str:
    """List actors, long names in their short form, each with the paragraphs of its interventions and the body it spoke for."""
    names, behalf = _names(data), _spoken_for(data)
    told = []
    for actor, interventions in spoken:
        by_body: dict[tuple[str, ...], list[str]] = {}
        for code in interventions:
            by_body.setdefault(behalf[code], []).append(code)
        also = "also " * (() in by_body)
        parts = (
            (f", {also}for {listing(f'the {names[body]}' for body in bodies)} " if bodies else " ") + cite(data, own)
            for bodies, own in sorted(by_body.items())
        )
        told.append(f"{names[actor]}{''.join(parts)}")
    return listing(told)


def _differences(data: "Dataset") -> list[Block]:
    """Word where speakers want different things, then where they differ in emphasis."""
    table = differences(data)
    sides = table.groupby("difference", observed=True)["side"].nunique()
    table = table[table["difference"].isin(sides.index[sides > 1])]
    actor_of = data.interventions.set_index("intervention")["actor"].to_dict()
    blocks: list[Block] = []
    for kind, title in (
        ("open", "Where speakers want different things"),
        ("emphasis", "Where speakers differ in emphasis"),
    ):
        rows = table[table["kind"] == kind]
        if len(rows):
            blocks.append(heading(title, 2))
        for what, own in rows.groupby("what", sort=False, observed=True):
            if kind == "emphasis":
                cited = cite(data, [code for codes in own["interventions"] for code in codes])
                blocks.append(paragraph(f"{what} ", muted(cited), number="–"))
                continue
            positions = [
                (row.side, [(who, [code for code in row.interventions if actor_of[code] == who]) for who in row.actors])
                for row in rows_of(own)
            ]
            told = "; ".join(f"{side} ({_named(data, spoken)})" for side, spoken in positions)
            blocks.append(paragraph(strong(f"{str(what).partition(':')[0].rstrip('.')}: "), f"{told}.", number="–"))
    return blocks
