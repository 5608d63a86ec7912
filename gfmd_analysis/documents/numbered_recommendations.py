"""Part 2 of the input report: each consolidated recommendation once, under a number that can be cited, and differences."""

from typing import Any

import pandas as pd

from gfmd_analysis.dataset.capacity import spoken_as
from gfmd_analysis.dataset.tables import Dataset, rows_of
from gfmd_analysis.documents.structure import Block, cite, heading, muted, paragraph, strong
from gfmd_analysis.figures.names import ADDRESSEES, inside
from gfmd_analysis.practices.recommendations import consolidated_recommendations, differences, supporters
from gfmd_analysis.text import listing, objectives, sentence

LONG_NAME = 38


def number_recommendations(data: "Dataset") -> pd.DataFrame:
    """Order the consolidated recommendations by roundtable, most supporters first, and number them.

    Returns
    -------
    DataFrame
        As :func:`gfmd_analysis.practices.recommendations.consolidated_recommendations`, with ``number`` (int, from 1) and
        ``roundtable`` (that of most of its objectives; empty where it has none: those come last).
    """
    table = consolidated_recommendations(data)
    of = {int(row.objective): str(row.roundtable) for row in rows_of(data.objectives)}
    groups = []
    for numbers in table["objectives"]:
        homes = sorted(of[int(number)] for number in numbers)
        groups.append(max(homes, key=homes.count) if homes else "")
    table["roundtable"] = groups
    table = table.assign(last=table["roundtable"] == "").sort_values(
        ["last", "roundtable"], kind="stable", ignore_index=True
    )
    return table.drop(columns="last").assign(number=range(1, len(table) + 1))


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
    about = [] if row.addressee == "member_states" else [f"to {ADDRESSEES.get(row.addressee, row.addressee)}"]
    about += [objectives(row.objectives)] if row.objectives else []
    said = []
    for strength, lead in (("asks", ""), ("welcomes", "welcomed by ")):
        for code, own in behind[behind["strength"] == strength].groupby("constituency", observed=True):
            label = "" if own["actor"].isin(_mechanisms(data)).all() else f"{inside(str(code))}: "
            said.append(f"{lead}{label}{listing(_named(data, own))}")
            lead = ""
    chairs = behind[behind["strength"] == "reports"]
    known = {code for cell in chairs["interventions"] for code in cell}
    others = _chairs_of(data, row)
    others = others[~others["intervention"].isin(known)]
    reported = _named(data, chairs) + [
        f"{_name(data, actor)} {cite(data, own['intervention'])}"
        for actor, own in others.groupby("actor", observed=True)
    ]
    if reported:
        said.append(f"{'session' if row.supporters else 'session alone'}: {listing(reported)}")
    tail = f"{sentence('; '.join(about))}. " if about else ""
    return paragraph(strong(f"{row.text} "), muted(tail), sentence("; ".join(said)) + ".", number=f"{row.number}.")


def _chairs_of(data: "Dataset", row: Any) -> pd.DataFrame:
    """Find the introductions and summaries that report a recommendation."""
    made = data.recommendations[data.recommendations["recommendation"].isin(row.recommendations)]
    said = data.interventions[data.interventions["intervention"].isin(made["intervention"])]
    return said[~spoken_as(said)]


def _mechanisms(data: "Dataset") -> "pd.Series[str]":
    """List the mechanisms of the GFMD: each is its constituency."""
    return data.actors.loc[data.actors["actor_type"] == "gfmd_mechanism", "actor"]


def _named(data: "Dataset", rows: pd.DataFrame) -> list[str]:
    return [f"{_name(data, row.actor)} {cite(data, row.interventions)}" for row in rows_of(rows)]


def _differences(data: "Dataset") -> list[Block]:
    """Word where speakers want different things, then where they differ in emphasis."""
    table = differences(data)
    sides = table.groupby("difference", observed=True)["side"].nunique()
    table = table[table["difference"].isin(sides.index[sides > 1])]
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
            told = "; ".join(f"{row.side} ({listing(_people(data, row))})" for row in rows_of(own))
            blocks.append(paragraph(strong(f"{str(what).partition(':')[0].rstrip('.')}: "), f"{told}.", number="–"))
    return blocks


def _people(data: "Dataset", row: Any) -> list[str]:
    actors = data.interventions.set_index("intervention")["actor"].astype("str").to_dict()
    return [
        f"{_name(data, actor)} {cite(data, [code for code in row.interventions if actors[code] == actor])}"
        for actor in row.actors
    ]


def _name(data: "Dataset", actor: object) -> str:
    """Name a supporter, a long name in its short form."""
    row = data.actors[data.actors["actor"] == actor].iloc[0]
    return str(row["short_name"] if len(row["name"]) > LONG_NAME else row["name"]).removeprefix("GFMD ")
