"""Part 2 of the draft input report: the recommendations, by roundtable and objective, none lost."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from gfmd_analysis.citing import Citations, rows_of
from gfmd_analysis.count_figures import inside
from gfmd_analysis.recommendations import asks, merged
from gfmd_analysis.sentences import count, listing, objectives, sentence

if TYPE_CHECKING:
    from gfmd_analysis.loading import Dataset


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
    calls = merged(asked)
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
