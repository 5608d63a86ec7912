"""The five messages of a briefing: each a claim, what stands behind it with its paragraphs, and what follows for whom."""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from gfmd_analysis import claims
from gfmd_analysis.claims.evidence import places
from gfmd_analysis.coverage.counts import taken_up
from gfmd_analysis.coverage.least import least_discussed, listed_objectives
from gfmd_analysis.dataset.capacity import spoken_as
from gfmd_analysis.dataset.tables import Dataset, rows_of
from gfmd_analysis.documents.structure import bracket, cite
from gfmd_analysis.practices.recommendations import consolidated_recommendations, differences, milestones
from gfmd_analysis.text import actor_name, listing, objectives, sentence, the, translated, translator, when

DUE = 5  # dates without a day that a message lists


def key_messages(data: "Dataset", *, locale: str = "en") -> Iterator[dict[str, Any]]:
    """Word the messages that the data carry.

    Parameters
    ----------
    data
        A loaded dataset.
    locale
        ``en``, ``fr`` or ``es``.

    Yields
    ------
    dict
        ``lead`` (a claim, without its full stop), ``text`` (list of str: what stands behind it, with paragraphs) and
        ``follows`` (for whom what follows).
    """
    for make in (_passed_over, _few_speakers, _shared, _apart, _due):
        if message := make(data, locale):
            yield message


def _passed_over(data: "Dataset", locale: str) -> dict[str, Any] | None:
    """Tell what the draft papers would leave out, and who took it up."""
    claim, _ = claims.left_out(data, locale=locale), translator(locale)
    if claim is None:
        return None
    lists = listed_objectives(data)
    contested = data.ties.loc[data.ties["kind"] == "contests", "intervention"]
    row = next(iter(rows_of(lists[lists["intervention"].isin(contested)])))
    cells = taken_up(data.long())
    cells = cells[(cells["actor"] != row.actor) & cells["objective"].isin(row.objectives)]
    told = [
        f"{number} {cite(data, rows['intervention'])}" for number, rows in cells.groupby(cells["objective"].astype(int))
    ]
    message = _.ngettext(
        "The list stands in {paragraphs}; others took up objective {list}.",
        "The list stands in {paragraphs}; others took up objectives {list}.",
        len(told),
    )
    return {
        "lead": claim.text,
        "text": [message.format(paragraphs=cite(data, [row.intervention]), list=listing(told, locale))],
        "follows": _decide(data, locale),
    }


def _decide(data: "Dataset", locale: str) -> str:
    """Say who can decide on a contribution, and before what date."""
    due, _ = milestones(data, kind="due"), translator(locale)
    due = due[due["precision"].eq("day")]
    if due.empty:
        return _.gettext(
            "The Steering Group and the drafters can decide on a contribution on these objectives; the paragraphs named hold the "
            "material for it."
        )
    row = next(iter(rows_of(due.head(1))))
    message = _.gettext(
        "The Steering Group and the drafters can decide on a contribution on these objectives in time for this: "
        "{what} ({date}) {paragraphs}; the paragraphs named hold the material for it."
    )
    return message.format(
        what=translated(row.what, locale),
        date=when(row.start, row.end, "day", locale),
        paragraphs=bracket(places(data, pd.DataFrame([row]))),
    )


def _few_speakers(data: "Dataset", locale: str) -> dict[str, Any] | None:
    """Tell which objectives drew one speaker, or none outside the chair, and who that was."""
    claim, _, long = claims.fewest_speakers(data, locale=locale), translator(locale), data.long()
    if claim is None:
        return None
    cells, wide = taken_up(long), claims.touches(data)
    told = []
    for number in sorted(least_discussed(long)["objective"].astype(int)):
        own, rows = cells[cells["objective"] == number], wide[wide["objective"] == number]
        aside, chair = (rows[spoken_as(rows) == spoken] for spoken in (True, False))
        who = [] if own.empty else [_who(data, own, locale)]
        if own.empty and len(aside):
            who.append(_.gettext("in passing {speakers}").format(speakers=_who(data, aside, locale)))
        if own.empty and len(chair):
            who.append(_.gettext("in the chair {speakers}").format(speakers=_who(data, chair, locale)))
        if who:
            told.append(
                _.gettext("{objective}: {speakers}").format(
                    objective=objectives([number], locale), speakers=listing(who, locale)
                )
            )
    return {
        "lead": claim.text,
        "text": [sentence("; ".join(told)) + "."] if told else [],
        "follows": _.gettext(
            "Delegations with experience on these objectives can add most by a written comment: here the record rests on the fewest "
            "voices."
        ),
    }


def _who(data: "Dataset", rows: pd.DataFrame, locale: str) -> str:
    return f"{listing(_names(data, rows['actor'], locale), locale)} {cite(data, rows['intervention'])}"


def _shared(data: "Dataset", locale: str) -> dict[str, Any] | None:
    """Tell what most speakers ask for or welcome, and who they are."""
    claim, _ = claims.converging(data, locale=locale), translator(locale)
    if claim is None:
        return None
    demands = consolidated_recommendations(data)
    top = demands[demands["supporters"] == demands["supporters"].iloc[0]]
    behind = "; ".join(_behind(data, row, locale) for row in rows_of(top))
    message = _.gettext("Behind them stand, in this order: {speakers}.")
    if len(top) == 1:
        message = _.gettext("Behind it stand {speakers}.")
    return {
        "lead": claim.text,
        "text": [message.format(speakers=behind)],
        "follows": _.gettext(
            "The drafters can put forward as shared what these speakers ask for; behind every other demand on record stand fewer "
            "speakers."
        ),
    }


def _behind(data: "Dataset", row: Any, locale: str) -> str:
    return f"{listing(_names(data, row.actors, locale), locale)} {cite(data, row.interventions)}"


def _apart(data: "Dataset", locale: str) -> dict[str, Any] | None:
    """Tell where speakers want different things, and who stands where."""
    claim, _, table = claims.differing(data, locale=locale), translator(locale), differences(data)
    if claim is None:
        return None
    told = []
    for what, rows in table[table["kind"] == "open"].groupby("what", observed=True, sort=False):
        sides = [
            _.gettext("{position} ({speakers})").format(
                position=translated(row.side, locale), speakers=_behind(data, row, locale)
            )
            for row in rows_of(rows)
        ]
        subject = sentence(translated(str(what), locale).partition(":")[0].strip())
        told.append(_.gettext("{subject}: {positions}.").format(subject=subject, positions="; ".join(sides)))
    return {
        "lead": claim.text,
        "text": told,
        "follows": _.gettext(
            "The co-Chairs can present these subjects as open: no wording that a chair’s or facilitator’s summary gives them is agreed."
        ),
    }


def _due(data: "Dataset", locale: str) -> dict[str, Any] | None:
    """Tell what is due when, and where the report says so."""
    claim, _, table = claims.due_next(data, locale=locale), translator(locale), milestones(data, kind="due")
    if claim is None:
        return None
    known = table[table["end"].notna() | table["start"].notna()]
    exact = known["precision"].eq("day")
    told = [
        _.gettext("{what} ({date}) {paragraphs}").format(
            date=when(row.start, row.end, str(row.precision), locale),
            what=translated(row.what, locale),
            paragraphs=bracket(places(data, pd.DataFrame([row]))),
        )
        for row in rows_of(
            known[~exact & known["precision"].ne("year")].drop(known.index[:3], errors="ignore").head(DUE)
        )  # the claim names the first three
    ]
    first = bracket(claim.paragraphs_for)
    also = _.gettext("Also due: {list}.").format(list="; ".join(told)) if told else ""
    return {
        "lead": claim.text,
        "text": [" ".join(part for part in (first, also) if part)] if told or first else [],
        "follows": _.gettext(
            "Capitals and delegations have to settle what they want from the messages above before the first of these dates."
        ),
    }


def _names(data: "Dataset", actors: Iterable[object], locale: str) -> list[str]:
    known = data.actors.set_index("actor")["name"].to_dict()
    return [
        the(actor_name(code, known[code], locale).removeprefix("GFMD "), locale)
        for code in dict.fromkeys(map(str, actors))
    ]
