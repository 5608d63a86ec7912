"""The brief of two pages: five messages with what follows for whom, two figures, how the numbers came about."""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from gfmd_analysis import claims
from gfmd_analysis.claims.evidence import places
from gfmd_analysis.coverage.counts import listed_objectives, taken_up
from gfmd_analysis.dataset.tables import Dataset, rows_of
from gfmd_analysis.documents.structure import (
    Block,
    abbreviations,
    bracket,
    caveat,
    cite,
    document,
    figure,
    heading,
    limits,
    meetings_named,
    paragraph,
    strong,
    words_of,
)
from gfmd_analysis.errors import NoDataError
from gfmd_analysis.figures.names import actor_name, translated
from gfmd_analysis.practices.recommendations import consolidated_recommendations, differences, milestones
from gfmd_analysis.text import listing, objectives, sentence, the, translator, when

AFTER = {"coverage": 2, "shared_recommendations": 3}  # each figure, and the message that it stands behind
DUE = 6  # dates that a message lists


def brief(data: "Dataset", *, locale: str = "en") -> tuple[dict[str, Any], dict[str, bytes]]:
    """Word the brief and draw its figures.

    Parameters
    ----------
    data
        A loaded dataset.
    locale
        ``en``, ``fr`` or ``es``.

    Returns
    -------
    document, pictures
        As :func:`gfmd_analysis.documents.word.word` and :func:`gfmd_analysis.documents.pdf.typeset` take them. What the
        data do not hold is left out.
    """
    _ = translator(locale)
    title = _.gettext("What was said on the Global Compact’s objectives, and what follows")
    drawn, pictures = _figures(data, locale)
    blocks: list[Block | None] = [paragraph(meetings_named(data, locale), style="subtitle"), _status(locale)]
    for place, message in enumerate(_messages(data, locale), start=1):
        blocks += _told(place, message, locale)
        blocks += [drawn.pop(name) for name, after in AFTER.items() if after == place and name in drawn]
    blocks += [*drawn.values(), heading(_.gettext("How this was made"))]
    counted = _.gettext(
        "Speakers are counted in statements and updates; what chairs and facilitators say in introductions and summaries is told "
        "apart."
    )
    blocks += [paragraph(text, style="note") for text in (caveat(data, locale), limits(data, locale), counted)]
    text = f"{title}\n{words_of({'blocks': [block for block in blocks if block]})}"
    if spelled := abbreviations(data, text, locale):
        told = _.gettext("Abbreviations. {list}.").format(list="; ".join(spelled))
        blocks.append(paragraph(told, style="note"))
    return document(data, title, blocks, locale=locale, most=2), pictures


def _status(locale: str) -> Block:
    return paragraph(translator(locale).gettext("An analyst’s brief, not a GFMD document"), style="status")


def _told(place: int, message: dict[str, Any], locale: str) -> list[Block]:
    first, *more = message["text"] or [""]
    follows = translator(locale).gettext("What follows:")
    if more:
        first, more = "", message["text"]
    return [
        paragraph(strong(f"{place}. {message['lead']}. "), first),
        *(paragraph(text, number="–") for text in more),
        paragraph(strong(f"{follows} "), message["follows"], style="item"),
    ]


def _figures(data: "Dataset", locale: str) -> tuple[dict[str, Block], dict[str, bytes]]:
    """Draw the figures that the data carry, at their own size."""
    from gfmd_analysis.figures.sets import draw
    from gfmd_analysis.figures.display import picture

    blocks, pictures = {}, {}
    for name in AFTER:
        try:
            png, size, words = picture(draw(name, data, locale=locale))
        except NoDataError:
            continue
        blocks[name] = figure(name, *size, f"{words.subtitle}.", f"{words.title} {words.description}".strip())
        pictures[name] = png
    return blocks, pictures


def _messages(data: "Dataset", locale: str) -> Iterator[dict[str, Any]]:
    """Word the messages that the data carry: each a claim, what stands behind it, its paragraphs, and what follows."""
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
        "follows": _.gettext(
            "The Steering Group and the drafters can decide on a contribution on these objectives{before}; the paragraphs named "
            "hold the material for it."
        ).format(before=_before(data, locale)),
    }


def _before(data: "Dataset", locale: str) -> str:
    due = milestones(data, kind="due")
    due = due[due["precision"].eq("day")]
    if due.empty:
        return ""
    row = next(iter(rows_of(due.head(1))))
    date = when(row.start, row.end, "day", locale)
    message = translator(locale).gettext(" before the next date that is due, {what} ({date}) {paragraphs}")
    return message.format(what=translated(row.what, locale), date=date, paragraphs=bracket(places(data, pd.DataFrame([row]))))


def _few_speakers(data: "Dataset", locale: str) -> dict[str, Any] | None:
    """Tell which objectives drew one speaker, or none outside the chair, and who that was."""
    one, chair, _ = claims.one_speaker(data, locale=locale), claims.in_chair_only(data, locale=locale), translator(locale)
    found = [claim for claim in (one, chair) if claim]
    if not found:
        return None
    cells = taken_up(data.long())
    counts = cells.groupby(cells["objective"].astype(int))["actor"].nunique()
    told = [
        _.gettext("{objective}: {speaker} {paragraphs}").format(
            objective=objectives([int(str(number))], locale),
            speaker=_names(data, rows["actor"], locale)[0],
            paragraphs=cite(data, rows["intervention"]),
        )
        for number, rows in cells.groupby(cells["objective"].astype(int))
        if counts[number] == 1
    ]
    if chair:
        told.append(_.gettext("in the chair alone {paragraphs}").format(paragraphs=bracket(chair.paragraphs_for)))
    return {
        "lead": ". ".join(claim.text for claim in found),
        "text": [sentence("; ".join(told)) + "."],
        "follows": _.gettext(
            "Delegations with experience on these objectives can add most by a written comment: the record rests on one voice "
            "each, or on none."
        ),
    }


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
            "The drafters can put the first forward as shared; behind every other demand in the report stand fewer speakers."
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
            _.gettext("{position} ({speakers})").format(position=translated(row.side, locale), speakers=_behind(data, row, locale))
            for row in rows_of(rows)
        ]
        subject = translated(str(what), locale).partition(":")[0].strip()
        told.append(_.gettext("{subject}: {positions}.").format(subject=subject, positions="; ".join(sides)))
    return {
        "lead": claim.text,
        "text": told,
        "follows": _.gettext(
            "The co-Chairs can present these subjects as open: no wording that a chair’s summary gives them is agreed."
        ),
    }


def _due(data: "Dataset", locale: str) -> dict[str, Any] | None:
    """Tell what is due when, and where the report says so."""
    claim, _, table = claims.due_next(data, locale=locale), translator(locale), milestones(data, kind="due")
    if claim is None:
        return None
    table = table[table["end"].notna() | table["start"].notna()]
    exact = table[table["precision"].isin(["day", "month", "season", "quarter"])].head(DUE)
    told = [
        _.gettext("{date}: {what} {paragraphs}").format(
            date=when(row.start, row.end, str(row.precision), locale),
            what=translated(row.what, locale),
            paragraphs=bracket(places(data, pd.DataFrame([row]))),
        )
        for row in rows_of(exact)
    ]
    return {
        "lead": claim.text,
        "text": [sentence("; ".join(told)) + "."] if told else [],
        "follows": _.gettext(
            "Capitals and delegations have to settle what they want from the messages above before the first of these dates."
        ),
    }


def _names(data: "Dataset", actors: Iterable[object], locale: str) -> list[str]:
    known = data.actors.set_index("actor")["name"].to_dict()
    return [the(actor_name(code, known[code], locale).removeprefix("GFMD "), locale) for code in dict.fromkeys(map(str, actors))]
