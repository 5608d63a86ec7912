"""The draft input report to the IMRF: what was said on each objective, then the recommendations, each once and numbered."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, pairwise

import pandas as pd

from gfmd_analysis.dataset.capacity import spoken_as
from gfmd_analysis.dataset.tables import Dataset, rows_of
from gfmd_analysis.documents.numbered_recommendations import (
    HOW_TO_READ,
    home,
    number_recommendations,
    recommendation_blocks,
    roundtables,
)
from gfmd_analysis.documents.statements import (
    Item,
    homes,
    in_the_chair,
    is_international,
    joined,
    on_objectives,
    repeats,
    without_name,
)
from gfmd_analysis.documents.structure import (
    Block,
    Document,
    abbreviations,
    caveat,
    cite,
    document,
    heading,
    limits,
    meetings_named,
    muted,
    paragraph,
    space,
    words_of,
)
from gfmd_analysis.practices.catalogue import presented_practices
from gfmd_analysis.practices.recommendations import challenges
from gfmd_analysis.text import listing, long_date, spans

TITLE = "Draft input report to the International Migration Review Forum"
STATUS = "Analyst’s draft, not a GFMD document"


@dataclass(frozen=True)
class Topic:
    """What part 1 says on a subject, and where more stands on it."""

    heading: str
    told: list[Block]  # paragraphs, still without numbers
    also: Iterable[str] = ()  # interventions that say more
    listed: Iterable[str] = ()  # interventions that give no more than its number
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
    cover = [
        paragraph(meetings_named(data), style="subtitle"),
        paragraph(STATUS, style="status"),
        paragraph(
            f"Prepared with gfmd_analysis; data on the meeting of {long_date(data.meetings['date'].max())}",
            style="subtitle",
        ),
        space(12),
        paragraph(caveat(data)),
        {"kind": "break"},
        {"kind": "contents"},
    ]
    front = _front(data, recommended=len(numbered) > 0)
    body = [*_descriptive(data, numbered), *recommendation_blocks(data, numbered)]
    spelled = abbreviations(data, words_of({"blocks": [*cover, *front, *body]}))
    short = [heading("Abbreviations"), paragraph("; ".join(spelled) + ".")] if spelled else []
    running = {"running": f"{TITLE} · {STATUS[0].lower()}{STATUS[1:]}"}
    return document(data, TITLE, [*cover, *front, *short, *body], long=True) | running


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
        alone = set(in_the_chair(data)["intervention"])
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
    chapters, number = list(_chapters(data, numbered)), count(1)
    where: dict[str, int] = {}
    for entry in (entry for _, topics in chapters for topic in topics for entry in topic.told):
        entry["number"] = next(number)
        where |= dict.fromkeys(entry["interventions"], entry["number"])
    blocks: list[Block] = [heading("Part 1. Descriptive summary")]
    for title, topics in chapters:
        blocks.append(heading(title, 2))
        for topic in topics:
            told = [paragraph(*entry["parts"], number=f"{entry['number']}.") for entry in topic.told]
            lines = [paragraph(muted(line)) for line in _references(topic, where)]
            if told or lines:
                blocks += [*([heading(topic.heading, 3)] if topic.heading else []), *told, *lines]
    own = data.interventions[spoken_as(data.interventions)]
    if len(left := own[~own["intervention"].isin(where)]):
        silent = (
            f"Statements coded on no objective are not summarized above {cite(data, left['intervention'])}; their "
            "challenges, opportunities and good practices, as coded, are listed, and what they ask for is in Part 2."
        )
        blocks.append(paragraph(muted(silent), style="note"))
    return blocks


def _references(topic: Topic, where: dict[str, int]) -> Iterator[str]:
    """Refer to the paragraphs of part 1 that say more on a topic, and to its recommendations in part 2."""
    own = {entry["number"] for entry in topic.told}
    also, listed = ({where[code] for code in codes if code in where} - own for codes in (topic.also, topic.listed))
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
    told = homes(data).merge(data.interventions[["intervention", "paragraph", "summary", "actor"]], on="intervention")
    told = told.sort_values(["paragraph", "intervention"], kind="stable")
    of, spoken = roundtables(data), on_objectives(data)
    numbers = [[] if pd.isna(number) else [number] for number in told["objective"]]
    told["chapter"] = [home(number, of, [section]) for number, section in zip(numbers, told["section"], strict=True)]
    for roundtable in ("", *sorted(set(of.values()))):
        rows = told[told["chapter"] == roundtable]
        across = _paragraphs(data, rows[rows["objective"].isna()])
        topics = [Topic("Across the objectives" if roundtable else "", across)]
        for objective in rows_of(data.objectives[data.objectives["roundtable"] == roundtable]):
            number = int(objective.objective)
            here = spoken[spoken["objective"] == number]
            topics.append(
                Topic(
                    f"Objective {number}. {objective.title}",
                    _paragraphs(data, rows[rows["objective"] == number]),
                    here.loc[~here["listed"], "intervention"],
                    here.loc[here["listed"], "intervention"],
                    [row.number for row in rows_of(numbered) if number in row.objectives],
                )
            )
        topics += [_challenges(data, roundtable, of, set(told["intervention"])), _practices(data, roundtable, of)]
        if any(topic.told for topic in topics):
            yield f"Roundtable {roundtable.removeprefix('RT')}" if roundtable else "Plenary", topics


def _paragraphs(data: "Dataset", rows: pd.DataFrame) -> list[Block]:
    """Join the statements of a topic to paragraphs of less than eight lines, where a speaker that goes on is named once."""
    by_subject = data.mentions[data.mentions["basis"] == "inferred"]
    inferred = set(zip(by_subject["intervention"].astype("str"), by_subject["objective"].astype(int), strict=True))
    told = joined(
        (
            row.summary,
            cite(data, [row.intervention]) + "*" * ((row.intervention, row.objective) in inferred),
            [str(row.intervention)],
        )
        for row in rows_of(rows)
    )
    speaker = rows.set_index("intervention")["actor"]
    names = data.actors.set_index("actor")[["name", "short_name"]]
    for entry in told:
        for place, (before, code) in enumerate(pairwise(entry["interventions"]), 1):
            if speaker[before] == speaker[code]:
                text, style = entry["parts"][2 * place]
                entry["parts"][2 * place] = (without_name(text, names.loc[speaker[code]]), style)
    return told


def _challenges(data: "Dataset", roundtable: str, of: dict[int, str], told: set[str]) -> Topic:
    """Gather what speakers name as standing in the way and as a chance; what their statements already say is referred to."""
    table = challenges(data)
    here = [home(row.objectives, of, [row.section]) == roundtable for row in rows_of(table)]
    table = table[pd.Series(here, table.index, dtype=bool)]
    summaries = data.interventions.set_index("intervention")["summary"].to_dict()
    said = [row.intervention in told and repeats(row.text, summaries[row.intervention]) for row in rows_of(table)]
    repeated = pd.Series(said, table.index, dtype=bool)
    texts = []
    for kind, lead in (("challenge", "Challenges."), ("opportunity", "Opportunities.")):
        rows = table[(table["kind"] == kind) & ~repeated].groupby("text", sort=False)["intervention"].agg(list)
        texts += joined(((str(text), cite(data, codes), []) for text, codes in rows.items()), lead)
    more = "Others are named in" if texts else "They are named in"
    return Topic("Challenges and opportunities", texts, table.loc[repeated, "intervention"], more=more)


def _practices(data: "Dataset", roundtable: str, of: dict[int, str]) -> Topic:
    """Gather the good practices: international and regional partnerships first, then those of one country, city or group."""
    presented = dict(iter(presented_practices(data).groupby("practice", observed=True)))
    bodies = data.actors.set_index("actor")[["actor_type", "constituency", "iso3", "m49_subregion"]]
    sorts: dict[bool, list[Item]] = {True: [], False: []}
    for practice in rows_of(data.practices[data.practices["practice"].isin(list(presented))]):
        rows = presented[practice.practice]
        if home(rows["objective"].dropna(), of, rows["section"]) == roundtable:
            sorts[is_international(practice, bodies)].append((practice.name, cite(data, rows["intervention"]), []))
    leads = {True: "International, regional or multi-country:", False: "National, local and other:"}
    return Topic(
        "Good practices", [block for kind, lead in leads.items() for block in joined(sorts[kind], lead, "; ", ".")]
    )
