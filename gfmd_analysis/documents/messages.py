"""The five messages of a briefing: each a claim, what stands behind it with its paragraphs, and what follows for whom."""

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from gfmd_analysis import claims
from gfmd_analysis.coverage.counts import taken_up
from gfmd_analysis.coverage.least import least_discussed, listed_objectives
from gfmd_analysis.dataset.capacity import spoken_as
from gfmd_analysis.dataset.memory import once
from gfmd_analysis.dataset.tables import Dataset, rows_of
from gfmd_analysis.documents.structure import behind, cite
from gfmd_analysis.figures.names import objective_title
from gfmd_analysis.practices.recommendations import (
    consolidated_recommendations,
    differences,
    joined,
    milestones,
    supporters,
)
from gfmd_analysis.text import clauses, entry, sentence, translated, translator, when

DUE = 9  # dates that a message lists

Message = tuple[list[str], str]  # what stands behind a claim, with paragraphs; what follows for whom


@once
def key_messages(data: "Dataset", *, locale: str = "en") -> list[dict[str, Any]]:
    """Word the messages that the data carry.

    Parameters
    ----------
    data
        A loaded dataset.
    locale
        ``en``, ``fr`` or ``es``.

    Returns
    -------
    list of dict
        ``lead`` (a claim, without its full stop), ``items`` (list of str: what stands behind it, with paragraphs) and
        ``follows`` (for whom what follows).
    """
    messages = []
    for finding, told in MESSAGES:
        if claim := finding(data, locale=locale):
            items, follows = told(data, locale)
            messages.append({"lead": claim.text, "items": [f"{sentence(item)}." for item in items], "follows": follows})
    return messages


def _passed_over(data: "Dataset", locale: str) -> Message:
    """Tell what the draft papers would leave out, and who took it up."""
    lists = listed_objectives(data)
    contested = data.ties.loc[data.ties["kind"] == "contests", "intervention"]
    row = rows_of(lists[lists["intervention"].isin(contested)])[0]
    cells = taken_up(data.long())
    cells = cells[(cells["actor"] != row.actor) & cells["objective"].isin(row.objectives)]
    said = cells.groupby(cells["objective"].astype(int))
    return [_on(number, _who(data, rows, locale), locale) for number, rows in said], _decide(data, locale)


def _on(number: int, speakers: str, locale: str) -> str:
    """Name an objective by number and title, and who spoke to it."""
    message = translator(locale).gettext("objective {number} ({title}): {speakers}")
    return message.format(number=number, title=objective_title(number, locale), speakers=speakers)


def _decide(data: "Dataset", locale: str) -> str:
    """Say who can decide on a contribution, and before what date."""
    due, _ = milestones(data, kind="due"), translator(locale)
    due = due[due["precision"].eq("day")]
    if due.empty:
        return _.gettext(
            "The Steering Group and the drafters can still decide to contribute on these objectives; the paragraphs named are those in "
            "which other speakers took them up."
        )
    message = _.gettext(
        "The Steering Group and the drafters can still decide to contribute on these objectives, in time for this: {what} ({date}) "
        "{paragraphs}; the paragraphs named are those in which other speakers took them up."
    )
    return _dated(data, message, due.head(1), locale)[0]


def _dated(data: "Dataset", message: str, rows: pd.DataFrame, locale: str) -> list[str]:
    """Fill a sentence for each date with the date, what is due then, and the paragraph that says so."""
    return [
        message.format(
            what=translated(row.what, locale),
            date=when(row.start, row.end, str(row.precision), locale),
            paragraphs=cite(data, [row]),
        )
        for row in rows_of(rows)
    ]


def _few_speakers(data: "Dataset", locale: str) -> Message:
    """Tell which objectives drew one speaker, or none outside the chair, and who that was."""
    _, long = translator(locale), data.long()
    cells, wide = taken_up(long), claims.touches(data)
    items = []
    for number in sorted(least_discussed(long)["objective"].astype(int)):
        own = cells[cells["objective"] == number]
        rows = wide[(wide["objective"] == number) & own.empty]  # who else touched on it stands in the register
        groups = (
            (own, "{speakers}"),
            (rows[spoken_as(rows)], _.gettext("{speakers} in passing")),
            (rows[~spoken_as(rows)], _.gettext("{speakers} as chair or facilitator")),
        )
        who = _each(data, groups, locale)
        items += [_on(number, who, locale)] if who else []
    firm = claims.stays_least(data, locale=locale)
    told = _.gettext("Little is on record on these objectives, and their ranks overlap with those of others.")
    return items, f"{told} {firm.text}." if firm else told


def _who(data: "Dataset", rows: pd.DataFrame, locale: str) -> str:
    return behind(data, rows["actor"], rows["intervention"], locale)


def _each(data: "Dataset", groups: Iterable[tuple[pd.DataFrame, str]], locale: str) -> str:
    """Name who stands behind each group of rows in the words for it; groups without rows are left out."""
    return clauses([words.format(speakers=_who(data, rows, locale)) for rows, words in groups if len(rows)], locale)


def _shared(data: "Dataset", locale: str) -> Message:
    """Tell what several speakers ask for or welcome, who they are, and where something near it is said."""
    _, demands = translator(locale), consolidated_recommendations(data)
    said = supporters(data).explode("interventions").rename(columns={"interventions": "intervention"})
    top = demands[demands["supporters"] == demands["supporters"].iloc[0]]
    words = {"asks": _.gettext("Asked for by {speakers}"), "welcomes": _.gettext("supported by {speakers}")}
    items = []
    for row in rows_of(top):
        own = said[said["consolidated"] == row.consolidated]
        groups = [(own[own["strength"] == strength], how) for strength, how in words.items()]
        items.append(_each(data, groups, locale))
    follows = _.ngettext(
        "The drafters can present it with these names; another grouping would give other counts.",
        "The drafters can present them with these names; another grouping would give other counts.",
        len(top),
    )
    if near := joined(top["related"]):
        follows += " " + _.gettext("Similar views, not counted: {paragraphs}.").format(paragraphs=cite(data, near))
    return items, follows


def _apart(data: "Dataset", locale: str) -> Message:
    """Tell where speakers take different positions, and who stands where."""
    _, table = translator(locale), differences(data)
    subjects = list(table[table["kind"] == "open"].groupby("what", observed=True, sort=False))
    items = []
    for what, rows in subjects:
        sides = [
            _.gettext("{position} ({speakers})").format(
                position=translated(row.side, locale), speakers=behind(data, row.actors, row.interventions, locale)
            )
            for row in rows_of(rows)
        ]
        subject = translated(str(what), locale).partition(":")[0].strip()
        # the claim names a subject that is alone
        items += [entry(subject, clauses(sides, locale), locale)] if len(subjects) > 1 else sides
    follows = _.gettext(
        "Some of these positions may be held together. The Troika and the drafters can present this as open: what a roundtable summary says on it is not agreed text."
    )
    return items, follows


def _due(data: "Dataset", locale: str) -> Message:
    """Tell what is due when, and where the report says so."""
    _, table = translator(locale), milestones(data, kind="due")
    nearest = table[table["end"].notna() | table["start"].notna()].head(DUE)
    items = _dated(data, _.gettext("{date}: {what} {paragraphs}"), nearest, locale)
    return items, _.gettext("Dates are as the report gives them; what has been announced since then may differ.")


MESSAGES: tuple[tuple[Callable[..., claims.Claim | None], Callable[[Dataset, str], Message]], ...] = (
    (claims.left_out, _passed_over),
    (claims.fewest_speakers, _few_speakers),
    (claims.converging, _shared),
    (claims.differing, _apart),
    (claims.due_next, _due),
)
