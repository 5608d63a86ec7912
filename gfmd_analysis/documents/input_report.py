"""The draft input report to the IMRF: what was said, by whom, where; what was recommended, by roundtable and objective."""

from itertools import count as numbers_from
from typing import Any

import pandas as pd

from gfmd_analysis.coverage.counts import coverage
from gfmd_analysis.dataset.citing import Citations
from gfmd_analysis.dataset.tables import Dataset, rows_of
from gfmd_analysis.documents.two_pages import meetings_named
from gfmd_analysis.figures.names import inside
from gfmd_analysis.figures.style import BOUNDARY_NOTE
from gfmd_analysis.practices.catalogue import catalogue, practices_against_recommendations
from gfmd_analysis.practices.recommendations import asks, merge_similar
from gfmd_analysis.text import count, listing, objectives, sentence


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


INFERRED = "*"

ACROSS = "Across the objectives"

OFFICES = {
    "troika": "Troika",
    "chair": "chair",
    "facilitator": "facilitator",
    "guest": "guest",
    "presenter": "presenter",
}


def said(data: "Dataset", long: pd.DataFrame, table: pd.DataFrame, cite: Citations) -> list[dict[str, Any]]:
    """Give the plenary parts as one chapter and each roundtable as one.

    Parameters
    ----------
    data
        A loaded dataset.
    long
        Its tidy long table.
    table
        The objectives with ``objective_roundtable`` and the counts of :func:`gfmd_analysis.coverage.counts.coverage`.
    cite
        Its citations.

    Returns
    -------
    list of dict
        ``heading`` and ``topics``: first what names no objective, by part of the meeting, then objective by objective.
    """
    practices = catalogue(data).set_index("practice")
    told = data.practice_citations.merge(data.interventions[["intervention", "section"]], on="intervention")
    parts = data.roundtables.drop_duplicates("section").sort_values("section")
    plenary = rows_of(parts[parts["kind"] == "plenary"])
    chapters: list[dict[str, Any]] = [
        {
            "heading": "Plenary parts",
            "topics": [_across(long, told, practices, row.section, row.title, cite) for row in plenary],
        }
    ]
    for roundtable, own in table.groupby("objective_roundtable", observed=True):
        topics = [_across(long, told, practices, str(roundtable), ACROSS, cite)]
        topics += [_on(long, told, practices, row, cite) for row in rows_of(own)]
        chapters.append({"heading": f"Roundtable {str(roundtable)[2:]}", "topics": topics})
    for chapter in chapters:
        chapter["topics"] = [
            topic for topic in chapter["topics"] if topic["said"] or topic["lines"] or topic["practices"]
        ]
    return chapters


def _across(
    long: pd.DataFrame, told: pd.DataFrame, practices: pd.DataFrame, section: str, heading: str, cite: Citations
) -> dict[str, Any]:
    """Give what was said and told in a section without naming an objective."""
    here = long[(long["section"] == section) & long["objective"].isna()]
    cited = told[(told["section"] == section) & told["objective"].isna()]
    return {
        "heading": heading,
        "lines": [],
        "said": _statements(here, cite),
        "named": [],
        "practices": _practices(practices, cited, cite),
    }


def _on(long: pd.DataFrame, told: pd.DataFrame, practices: pd.DataFrame, row: Any, cite: Citations) -> dict[str, Any]:
    """Give what was said and told on an objective, in whatever section."""
    here = long[long["objective"] == row.objective]
    named = here[here["engagement"] == "reference"].groupby("actor", sort=False)["intervention"]
    spoke = f"{count(row.substantive_actors, 'actor')} spoke to this objective in {count(row.substantive_interventions, 'intervention')}"
    only = f"; {count(row.named_only, 'intervention')} only named it" if row.named_only else ""
    by = listing(f"{cite.names[str(actor)]} {cite(codes)}" for actor, codes in named)
    return {
        "heading": cite.heading(row.objective),
        "lines": [f"{sentence(spoke)}{only}."],
        "said": _statements(here[here["engagement"] == "substantive"], cite),
        "named": [{"text": f"Only named by {by}.", "cite": ""}] if len(named) else [],
        "practices": _practices(practices, told[told["objective"] == row.objective], cite),
    }


def _statements(rows: pd.DataFrame, cite: Citations) -> list[dict[str, str]]:
    return [
        {
            "who": cite.names[row.actor] + (f" ({OFFICES[row.role]})" if row.role in OFFICES else ""),
            "text": f": {cite.summaries[row.intervention]}{_elsewhere(row)}",
            "cite": cite([row.intervention]) + (INFERRED if row.basis == "inferred" else ""),
        }
        for row in rows_of(rows)
    ]


def _elsewhere(row: Any) -> str:
    """Say where an objective was spoken to, if not in its own roundtable."""
    if pd.isna(row.objective):
        return ""
    if pd.isna(row.roundtable):
        return " (in plenary)"
    return "" if row.in_scope else f" (in roundtable {row.roundtable[2:]})"


def _practices(practices: pd.DataFrame, cited: pd.DataFrame, cite: Citations) -> list[dict[str, str]]:
    tellings = cited.groupby("practice", sort=True)["intervention"]
    return [
        {"who": row.name, "text": f"({_about(row)}): {row.summary}", "cite": cite(tellings.get_group(row.Index))}
        for row in rows_of(practices.loc[sorted(set(cited["practice"]))])
    ]


def _about(practice: Any) -> str:
    """Say what a practice is: its kind, lead, partners and places."""
    parts = [inside(practice.kind)]
    if practice.leads:
        parts.append(f"led by {listing(practice.leads)}")
    if practice.partners:
        parts.append(f"with {listing(practice.partners)}")
    if practice.places:
        parts.append(f"in {listing(practice.places)}")
    return ", ".join(parts)


def recommended(data: "Dataset", table: pd.DataFrame, cite: Citations) -> dict[str, Any]:
    """Give the recommendations as chapters.

    Parameters
    ----------
    data
        A loaded dataset.
    table
        The objectives with ``objective_roundtable``.
    cite
        Its citations.

    Returns
    -------
    dict
        ``heading``, ``lines``, ``chapters`` (``heading``, ``topics`` with ``calls``: ``text``, ``cite``, ``others`` in
        the words of further actors, ``evidence``); the last chapter holds those that name no objective.
    """
    asked = asks(data)
    calls = merge_similar(asked)
    several = calls[calls["number_of_actors"] > 1].drop_duplicates("recommendations")
    chapters = []
    for roundtable, own in table.groupby("objective_roundtable", observed=True):
        topics = [
            {"heading": cite.heading(int(number)), "calls": _calls(asked, calls[calls["objective"] == number], cite)}
            for number in own["objective"]
        ]
        heading = f"On the objectives of roundtable {str(roundtable)[2:]}"
        chapters.append({"heading": heading, "topics": [topic for topic in topics if topic["calls"]]})
    general = _calls(asked, calls[calls["objective"].isna()], cite)
    topics = [{"heading": "On no objective in particular", "calls": general}] if general else []
    chapters.append({"heading": "General recommendations", "topics": topics})
    line = (
        f"All {len(asked)} recommendations, by roundtable and objective; one on two objectives is under both. Where "
        "several actors ask for the same in like words on the same objective "
        f"({count(len(several), 'case')}) the calls stand together, each with its own words, actor and paragraph. "
        "Within an objective, what more actors, constituencies and paragraphs carry comes first."
    )
    return {"heading": "Part 2. Recommendations", "lines": [line], "chapters": chapters}


def _calls(asked: pd.DataFrame, calls: pd.DataFrame, cite: Citations) -> list[dict[str, Any]]:
    rows = {row.recommendation: row for row in rows_of(asked)}
    items = []
    for call in rows_of(calls):
        first, *rest = (rows[code] for code in call.recommendations)
        others = [
            {"text": f"Also, {cite.names[row.actor]}: {row.text}", "cite": cite([row.intervention])} for row in rest
        ]
        also = sorted({number for row in (first, *rest) for number in row.objectives} - {call.objective})
        items.append(
            {
                "text": first.text,
                "cite": cite([first.intervention]),
                "others": others,
                "evidence": _evidence(call, cite, also),
            }
        )
    return items


def _evidence(call: Any, cite: Citations, also: list[int]) -> str:
    """Say who asks whom, and how broadly a call of several is carried."""
    whom = listing(inside(code) for code in call.addressees)
    words = [f"Asked by {listing(cite.names[code] for code in call.actors)}; addressed to {whom}."]
    if call.number_of_actors > 1:
        constituencies = count(call.number_of_constituencies, "constituency")
        words.append(f"{sentence(constituencies)}, {count(call.number_of_paragraphs, 'paragraph')}.")
    if also:
        words.append(f"Also under {objectives(also)}.")
    return " ".join(words)
