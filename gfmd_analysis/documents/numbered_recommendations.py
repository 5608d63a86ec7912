"""Part 2 of the input report: each consolidated recommendation once, under a number that can be cited, and differences."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from gfmd_analysis.dataset.capacity import spoken_as
from gfmd_analysis.dataset.memory import once
from gfmd_analysis.dataset.tables import Dataset, rows_of
from gfmd_analysis.documents.structure import Block, cite, heading, muted, paragraph, strong
from gfmd_analysis.figures.names import ADDRESSEES, inside
from gfmd_analysis.practices.recommendations import consolidated_recommendations, differences, supporters
from gfmd_analysis.text import listing, objectives, sentence

LONG_NAME = 38
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
            "Those named, by constituency, ask for a recommendation in their own name, unless they are said to welcome it. “Session” "
            "marks what a chair or facilitator reported in a summary; “session alone”, that no speaker in the record asks for it. "
            "Where no addressee is named, it is Member States."
        ),
    ]
    for roundtable, rows in numbered.groupby("roundtable", sort=False):
        title = f"Roundtable {str(roundtable).removeprefix('RT')}" if roundtable else "Across the objectives"
        blocks.append(heading(title, 2))
        blocks += [_recommendation(data, row, behind[row.consolidated]) for row in rows_of(rows)]
    return [*blocks, *_differences(data)]


def _recommendation(data: "Dataset", row: Any, behind: pd.DataFrame) -> Block:
    """Word a recommendation: what is asked, of whom, who asks for it, who welcomes it and who reports it in the chair."""
    about = [] if row.addressee == "member_states" else [f"to {TO.get(row.addressee, row.addressee)}"]
    about += [objectives(row.objectives)] if row.objectives else []
    mechanisms = data.actors.loc[data.actors["actor_type"] == "gfmd_mechanism", "actor"]  # each is its constituency
    said = []
    for strength, lead in (("asks", ""), ("welcomes", "welcomed by ")):
        for code, own in behind[behind["strength"] == strength].groupby("constituency", observed=True):
            label = "" if own["actor"].isin(mechanisms).all() else f"{inside(str(code))}: "
            said.append(f"{lead}{label}{_named(data, zip(own['actor'], own['interventions'], strict=True))}")
            lead = ""
    made = data.recommendations[data.recommendations["recommendation"].isin(row.recommendations)]
    chairs = data.interventions[data.interventions["intervention"].isin(made["intervention"])]
    chairs = chairs[~spoken_as(chairs)]
    if len(chairs):
        reported = _named(data, chairs.groupby("actor", observed=True)["intervention"])
        said.append(f"{'session' if row.supporters else 'session alone'}: {reported}")
    tail = f"{sentence('; '.join(about))}. " if about else ""
    return paragraph(strong(f"{row.text} "), muted(tail), sentence("; ".join(said)) + ".", number=f"{row.number}.")


@once
def _names(data: "Dataset") -> dict[str, str]:
    shown = data.actors["short_name"].where(data.actors["name"].str.len() > LONG_NAME, data.actors["name"])
    return dict(zip(data.actors["actor"], shown.str.removeprefix("GFMD "), strict=True))


def _named(data: "Dataset", spoken: Iterable[tuple[Any, Iterable[object]]]) -> str:
    """List actors, long names in their short form, each with the paragraphs of its interventions."""
    names = _names(data)
    return listing(f"{names[actor]} {cite(data, interventions)}" for actor, interventions in spoken)


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
                (row.side, ((who, [code for code in row.interventions if actor_of[code] == who]) for who in row.actors))
                for row in rows_of(own)
            ]
            told = "; ".join(f"{side} ({_named(data, spoken)})" for side, spoken in positions)
            blocks.append(paragraph(strong(f"{str(what).partition(':')[0].rstrip('.')}: "), f"{told}.", number="–"))
    return blocks
