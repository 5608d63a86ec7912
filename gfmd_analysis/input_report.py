"""The draft input report to the IMRF: what was said, by whom, where; what was recommended, by roundtable and objective."""

from itertools import count as numbers_from
from typing import TYPE_CHECKING, Any

import pandas as pd

from gfmd_analysis.brief import meetings_named
from gfmd_analysis.citing import Citations, rows_of
from gfmd_analysis.coverage import coverage
from gfmd_analysis.practices import practices_against_recommendations
from gfmd_analysis.report_recommended import recommended
from gfmd_analysis.report_said import said
from gfmd_analysis.sentences import count, objectives, sentence
from gfmd_analysis.style import BOUNDARY_NOTE

if TYPE_CHECKING:
    from gfmd_analysis.loading import Dataset


def input_report(data: "Dataset") -> dict[str, Any]:
    """Compute what the draft input report says.

    Parameters
    ----------
    data
        A loaded dataset.

    Returns
    -------
    dict
        ``title``, ``subtitle``, ``preface``, ``contents``, ``summary``, ``table``, ``part_one``, ``part_two`` and
        ``annex``; every item has its ``text`` and, in brackets, its paragraphs (``cite``).
    """
    long, cite = data.long(), Citations(data)
    balance = practices_against_recommendations(data).drop(columns=["objective_title", "objective_roundtable"])
    table = coverage(long).merge(balance, on="objective")
    parts = {
        "summary": _summary(data, table),
        "part_one": {"heading": "Part 1. What was said", "chapters": said(data, long, table, cite)},
        "part_two": recommended(data, table, cite),
        "annex": _not_recommended(long, table, cite),
    }
    return {
        "title": "Draft input report to the International Migration Review Forum",
        "subtitle": meetings_named(data),
        "preface": [
            "Drafted from the coded data, in our own words, for an analyst to judge and edit. Numbers in brackets are "
            "paragraphs of the summary report. An asterisk marks a paragraph that speaks to an objective’s subject "
            f"without giving its number. {BOUNDARY_NOTE}"
        ],
        "table": {"caption": "What was said and asked on each objective", "rows": _at_a_glance(table)},
        "contents": _numbered(parts),
        **parts,
    }


def _numbered(parts: dict[str, Any]) -> list[dict[str, str]]:
    """Give every heading its bookmark, and the table of contents its entries down to the chapters."""
    identity, entries = numbers_from(1), []

    def mark(heading: dict[str, Any], level: int) -> None:
        heading["id"] = next(identity)
        heading["anchor"] = f"_Toc{heading['id']:08d}"
        if level < 3:
            entries.append({"style": f"TOC{level}", "text": heading["heading"], "anchor": heading["anchor"]})

    for part in parts.values():
        mark(part, 1)
        for chapter in part.get("chapters", []):
            mark(chapter, 2)
            for topic in chapter["topics"]:
                mark(topic, 3)
    return entries


def _summary(data: "Dataset", table: pd.DataFrame) -> dict[str, Any]:
    silent = [int(number) for number in table.loc[table["substantive_actors"] == 0, "objective"]]
    unasked = [int(number) for number in table.loc[table["recommendations"] == 0, "objective"]]
    speakers = sentence(count(data.interventions["actor"].nunique(), "actor"))
    told, made = count(len(data.practices), "practice"), count(len(data.recommendations), "recommendation")
    nothing = f"Nothing of substance was said on {objectives(silent)}."
    lines = [
        f"{speakers} spoke in {count(len(data.interventions), 'intervention')}, told {told} and made {made}.",
        nothing if silent else "Something of substance was said on every objective.",
        f"Nothing was recommended on {objectives(unasked)} (annex)."
        if unasked
        else "Every objective has a recommendation.",
    ]
    return {"heading": "Summary", "lines": lines}


def _at_a_glance(table: pd.DataFrame) -> list[dict[str, str]]:
    return [
        {
            "objective": f"{row.objective} {row.objective_title}",
            "actors": str(row.substantive_actors),
            "named": str(row.actors - row.substantive_actors),
            "practices": str(row.practices),
            "recommendations": str(row.recommendations),
            "calls": str(row.asking_actors),
        }
        for row in rows_of(table)
    ]


def _not_recommended(long: pd.DataFrame, table: pd.DataFrame, cite: Citations) -> dict[str, Any]:
    items = [
        {
            "text": f"{cite.heading(row.objective)}: {count(row.substantive_actors, 'actor')} spoke to it, "
            f"{count(row.practices, 'practice')}.",
            "cite": cite(long.loc[long["objective"] == row.objective, "intervention"]),
        }
        for row in rows_of(table[table["recommendations"] == 0])
    ]
    some = "No recommendation names these objectives; the paragraphs are those that mention them."
    lines = [some if items else "Every objective has a recommendation."]
    return {"heading": "Annex. Objectives on which nothing was recommended", "lines": lines, "objectives": items}
