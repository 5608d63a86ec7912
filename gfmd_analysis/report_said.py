"""Part 1 of the draft input report: what was said, by whom, where, and the practices named."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from gfmd_analysis.citing import Citations, rows_of
from gfmd_analysis.count_figures import inside
from gfmd_analysis.practices import catalogue
from gfmd_analysis.sentences import count, listing, sentence

if TYPE_CHECKING:
    from gfmd_analysis.loading import Dataset

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
        The objectives with ``objective_roundtable`` and the counts of :func:`gfmd_analysis.coverage.coverage`.
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
    if isinstance(practice.lead, str):
        parts.append(f"led by {practice.lead}")
    if practice.partners:
        parts.append(f"with {listing(practice.partners)}")
    if practice.places:
        parts.append(f"in {listing(practice.places)}")
    return ", ".join(parts)
