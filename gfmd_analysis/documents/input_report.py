"""The draft input report to the IMRF: what was said on each objective, then the recommendations, each once and numbered."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from gfmd_analysis.dataset.capacity import spoken_as
from gfmd_analysis.dataset.tables import Dataset, rows_of
from gfmd_analysis.documents.numbered_recommendations import HOW_TO_READ, number_recommendations, recommendation_blocks
from gfmd_analysis.documents.statements import grouped, home, homes, is_international, joined, repeats, stated, touching
from gfmd_analysis.documents.structure import Block, Document, cite, heading, limits, long_document, muted, paragraph
from gfmd_analysis.practices.catalogue import presented_practices
from gfmd_analysis.practices.recommendations import challenges
from gfmd_analysis.practices.speaking import talks
from gfmd_analysis.text import listing, spans

TITLE = "Draft input report to the International Migration Review Forum"
STATUS = "Analyst’s draft, not a GFMD document"


@dataclass(frozen=True)
class Topic:
    """What part 1 says on a subject, and where more stands on it."""

    heading: str
    told: list[Block]  # paragraphs, still without numbers
    also: Mapping[str, bool] = field(default_factory=dict)  # interventions on it, and whether they only give its number
    asked: Sequence[int] = ()  # numbers of recommendations
    more: str = ""  # how all these are referred to, if not by “See also”


def draft_report(data: "Dataset") -> Document:
    """Word the draft input report.

    Parameters
    ----------
    data
        A loaded dataset.

    Returns
    -------
    dict
        A document, as :func:`gfmd_analysis.documents.structure.document` puts it together: a cover, contents, then part 1 with
        every statement once, under the objective that it is about, and part 2 with every consolidated recommendation once,
        numbered. What the data do not hold is left out.
    """
    numbered = number_recommendations(data)
    body = [*_descriptive(data, numbered), *recommendation_blocks(data, numbered)]
    return long_document(data, TITLE, STATUS, _front(data, recommended=len(numbered) > 0), body)


def _front(data: "Dataset", *, recommended: bool) -> list[Block]:
    """Say how to read the draft, and what its source is."""
    texts = [
        "Each statement that is coded on an objective is reported once in Part 1, under the one that it is mainly about, or across "
        "the objectives where none prevails; under an objective, an asterisk marks one that does not give its number. Challenges and "
        "opportunities that are told in a statement are given by its paragraph; the others are listed. “See also” refers to every "
        "other statement that touches on the objective. A practice stands under the roundtable to which most of its objectives belong; "
        "if several are equal, under the one in which it was presented. References without brackets are to this draft.",
    ]
    if recommended:
        chairs = set(data.interventions.loc[~spoken_as(data.interventions), "intervention"])
        alone = chairs & homes(data).keys()
        if left := chairs - alone:
            only = f", or in presenting an objective that no speaker took up {cite(data, alone)}," if alone else ""
            texts.append(
                "What chairs and facilitators said for the session, in presenting its objectives or summing up "
                f"{cite(data, left)}, stands in Part 2 alone, where it reports a recommendation or comes near one; what they said of "
                f"their own practice or position on an objective{only} is in Part 1."
            )
        texts.append(HOW_TO_READ)
    return [heading("How to read this draft"), *map(paragraph, [*texts, limits(data)])]


def _descriptive(data: "Dataset", numbered: pd.DataFrame) -> list[Block]:
    """Set part 1: its paragraphs numbered, each topic with references to where more stands on it."""
    chapters, where = list(_chapters(data, numbered)), dict[str, int]()
    for number, entry in enumerate((entry for _, topics in chapters for topic in topics for entry in topic.told), 1):
        entry["number"] = number
        where |= dict.fromkeys(entry["interventions"], number)
    blocks: list[Block] = [heading("Part 1. Descriptive summary")]
    for title, topics in chapters:
        blocks.append(heading(title, 2))
        for topic in topics:
            told = [paragraph(*entry["parts"], number=f"{entry['number']}.") for entry in topic.told]
            told += [paragraph(muted(line)) for line in _references(topic, where)]
            blocks += [*([heading(topic.heading, 3)] if told and topic.heading else []), *told]
    own = data.interventions.loc[spoken_as(data.interventions), "intervention"]
    if left := set(own) - where.keys():
        silent = (
            f"Statements coded on no objective are not summarized above {cite(data, left)}; their "
            "challenges, opportunities and good practices, as coded, are listed, and what they ask for is in Part 2."
        )
        blocks.append(paragraph(muted(silent), style="note"))
    return blocks


def _references(topic: Topic, where: dict[str, int]) -> Iterator[str]:
    """Refer to the paragraphs of part 1 that say more on a topic, and to its recommendations in part 2."""
    own = {entry["number"] for entry in topic.told}
    also, listed = (
        {where[code] for code, only in topic.also.items() if only == kind and code in where} - own
        for kind in (False, True)
    )
    parts = [
        f"{word}{'s' * (len(numbers) > 1)} {listing(spans(numbers).split(', '))}{tail}"
        for word, numbers, tail in (
            ("paragraph", also, ""),
            ("paragraph", listed - also, " (number only)"),
            ("recommendation", topic.asked, ""),
        )
        if numbers
    ]
    if parts:
        yield f"{topic.more or ('See also' if topic.told else 'See')} {'; '.join(parts)}."


def _chapters(data: "Dataset", numbered: pd.DataFrame) -> Iterator[tuple[str, list[Topic]]]:
    """Gather the chapters of part 1, the plenary and each roundtable: heading and topics, with paragraphs still without numbers."""
    told, known, spoken, recommended = homes(data), talks(data), touching(data), rows_of(numbered)
    in_order = sorted(told, key=lambda code: (known[code].paragraph, code))
    without = {code: home(data, (), [code]) for code in in_order if not told[code]}
    for roundtable in ("", *sorted(set(data.objectives["roundtable"]))):
        across = stated(data, [code for code, chapter in without.items() if chapter == roundtable])
        topics = [Topic("Across the objectives" if roundtable else "", across)]
        for objective in rows_of(data.objectives[data.objectives["roundtable"] == roundtable]):
            number = int(objective.objective)
            own = stated(data, [code for code in in_order if told[code] == number], number)
            asked = [row.number for row in recommended if number in row.objectives]
            topics.append(Topic(f"Objective {number}. {objective.title}", own, spoken.get(number, {}), asked))
        topics += [_challenges(data, roundtable, told), _practices(data, roundtable)]
        if any(topic.told for topic in topics):
            yield f"Roundtable {roundtable.removeprefix('RT')}" if roundtable else "Plenary", topics


def _challenges(data: "Dataset", roundtable: str, told: Container[str]) -> Topic:
    """Gather what speakers name as standing in the way and as a chance; what their statements already say is referred to."""
    listed: dict[str, dict[str, list[str]]] = {"challenge": {}, "opportunity": {}}
    repeated = []
    for row in rows_of(challenges(data)):
        here = home(data, row.objectives, [row.intervention]) == roundtable
        if here and row.intervention in told and repeats(row.text, talks(data)[row.intervention].summary):
            repeated.append(row.intervention)
        elif here:
            listed[row.kind].setdefault(row.text, []).append(row.intervention)
    texts = []
    for texts_of, lead in zip(listed.values(), ("Challenges.", "Opportunities."), strict=True):
        texts += joined(((text, cite(data, codes)) for text, codes in texts_of.items()), lead)
    more = "Others are named in" if texts else "They are named in"
    return Topic("Challenges and opportunities", texts, dict.fromkeys(repeated, False), more=more)


def _practices(data: "Dataset", roundtable: str) -> Topic:
    """Gather the good practices: international and regional partnerships first, then those of one country, city or group."""
    presented, here, blocks = grouped(presented_practices(data), "practice"), [], []
    for practice in rows_of(data.practices[data.practices["practice"].isin(list(presented))]):
        own = presented[practice.practice]
        codes = [row.intervention for row in own]
        if home(data, [row.objective for row in own if not pd.isna(row.objective)], codes) == roundtable:
            here.append((is_international(data, practice), (practice.name, cite(data, codes))))
    for wanted, lead in ((True, "International, regional or multi-country:"), (False, "National, local and other:")):
        blocks += joined((told for found, told in here if found == wanted), lead, "; ", ".")
    return Topic("Good practices", blocks)
