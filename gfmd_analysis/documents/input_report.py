"""The draft input report to the IMRF: what was said on each objective, then the recommendations, each once and numbered."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from gfmd_analysis.coverage.counts import taken_up
from gfmd_analysis.dataset.capacity import ACTS, spoken_as
from gfmd_analysis.dataset.tables import Dataset, rows_of
from gfmd_analysis.documents.numbered_recommendations import number_recommendations, recommendation_blocks
from gfmd_analysis.documents.structure import (
    Block,
    abbreviations,
    caveat,
    cite,
    day,
    document,
    heading,
    limits,
    meetings_named,
    muted,
    paragraph,
    strong,
    words_of,
)
from gfmd_analysis.practices.catalogue import presented_practices
from gfmd_analysis.practices.recommendations import challenges, codes
from gfmd_analysis.text import listing, spans

Topic = tuple[str, int | None, list[dict[str, Any]]]

SAID = 0.5  # share of its longer words with which a sentence counts as said
LONGEST = 690  # letters of a paragraph: less than eight lines
STATUS = "Analyst’s draft, not a GFMD document"


def draft_report(data: "Dataset") -> dict[str, Any]:
    """Word the draft input report.

    Parameters
    ----------
    data
        A loaded dataset.

    Returns
    -------
    dict
        A document, as :func:`gfmd_analysis.documents.structure.document` puts it together. Part 1 says every statement
        once, under the objective that it is about; part 2 numbers every consolidated recommendation once. What the data
        do not hold is left out.
    """
    title, numbered = "Draft input report to the International Migration Review Forum", number_recommendations(data)
    body = [
        heading("Part 1. Descriptive summary"),
        *_descriptive(data, numbered),
        *recommendation_blocks(data, numbered),
    ]
    front = _front(data, recommended=len(numbered) > 0)
    spelled = abbreviations(data, words_of({"blocks": [*body, *front]}))
    return document(
        data,
        title,
        [
            paragraph(meetings_named(data), style="subtitle"),
            paragraph(STATUS, style="status"),
            paragraph(
                f"Prepared with gfmd_analysis; data on the meeting of {day(data.meetings['date'].max())}",
                style="subtitle",
            ),
            {"kind": "contents"},
            *front,
            *([heading("Abbreviations"), paragraph("; ".join(spelled) + ".")] if spelled else []),
            *body,
        ],
        long=True,
    )


def _front(data: "Dataset", *, recommended: bool) -> list[Block]:
    """Say how to read the draft, what its source is and how it was coded."""
    chairs = set(data.interventions.loc[~spoken_as(data.interventions, ACTS), "intervention"])
    left = chairs - set(_chairs_words(data)["intervention"])
    lines = [
        "Part 1 tells each statement once, under the objective that it is mainly about; an asterisk marks one that does not give "
        "the objective’s number. Challenges and opportunities that a statement names are not listed again.",
        "Part 2 numbers each recommendation once. References without brackets are to this draft."
        if recommended
        else "",
        f"What chairs and facilitators said to introduce or sum up a roundtable {cite(data, left)} stands in part 2 alone, where "
        "they report a recommendation."
        if left and recommended
        else "",
    ]
    return [
        heading("How to read this draft"),
        paragraph(" ".join(line for line in lines if line)),
        paragraph(limits(data)),
        paragraph(caveat(data)),
    ]


def _chairs_words(data: "Dataset") -> pd.DataFrame:
    """Find what was said in the chair alone: the objectives on it have no speaker."""
    long = data.long()
    chairs = long[~spoken_as(long, ACTS) & (long["engagement"] == "substantive")]
    return chairs[~chairs["objective"].isin(taken_up(long)["objective"])]


def homes(data: "Dataset") -> pd.DataFrame:
    """Choose for each statement the one objective under which it is told.

    Returns
    -------
    DataFrame
        One row per statement or update that touches on an objective, and per introduction or summary that alone speaks to
        an objective: ``intervention``, ``section``, ``objective`` (missing where it takes up none). The objective is one that
        it takes up: by number rather than by subject, of its own roundtable, that no other takes up by number, on which it
        asks most, then presents most, the first.
    """
    long = data.long()
    said = long[spoken_as(long, ACTS)]
    cells = pd.concat([taken_up(said, acts=None), _chairs_words(data)])
    asked = data.recommendations.merge(data.recommendation_objectives)[["intervention", "objective"]]
    weights = [
        table.astype("object").value_counts(["intervention", "objective"]).to_dict()
        for table in (asked, data.practice_citations)
    ]
    rows = [
        (
            str(row.intervention),
            str(row.section),
            int(row.objective),
            row.basis != "explicit",
            pd.isna(row.in_scope) or not row.in_scope,
            *(-weight.get((row.intervention, row.objective), 0) for weight in weights),
        )
        for row in rows_of(cells)
    ]
    found = pd.DataFrame(
        rows, columns=["intervention", "section", "objective", "inferred", "elsewhere", "asked", "presented"]
    )
    given = found[~found["inferred"]]
    found["shared"] = found["objective"].map(given["objective"].value_counts()) > 1
    order = ["inferred", "elsewhere", "shared", "asked", "presented", "objective"]
    found = found.sort_values(order, kind="stable").drop_duplicates("intervention")
    touched = said[said["engagement"].notna()].drop_duplicates("intervention")
    rest = touched.loc[~touched["intervention"].isin(found["intervention"]), ["intervention", "section"]].astype("str")
    table = pd.concat([found[["intervention", "section", "objective"]], rest])
    return table.sort_values("intervention", ignore_index=True).astype({"objective": "Int64"})


def _descriptive(data: "Dataset", numbered: pd.DataFrame) -> list[Block]:
    """Tell part 1: the plenary, then each roundtable by objective, with challenges, opportunities and good practices."""
    chapters = list(_chapters(data))
    where: dict[str, int] = {}
    for place, entry in enumerate(
        (text for chapter in chapters for topic in chapter["topics"] for text in topic["told"]), 1
    ):
        entry["number"] = place
        where |= dict.fromkeys(entry["interventions"], place)
    long = data.long()
    spoken = taken_up(long)
    blocks: list[Block] = []
    for chapter in chapters:
        blocks.append(heading(chapter["heading"], 2))
        for topic in chapter["topics"]:
            line = _elsewhere(topic, spoken, where, numbered) if topic["objective"] else ""
            if not topic["told"] and not line:
                continue
            if topic["heading"]:
                blocks.append(heading(topic["heading"], 3))
            blocks += [paragraph(*entry["parts"], number=f"{entry['number']}.") for entry in topic["told"]]
            if line:
                blocks.append(paragraph(muted(line), style="item"))
    if silent := _silent(data, where):
        blocks.append(paragraph(muted(silent), style="note"))
    return blocks


def _silent(data: "Dataset", where: dict[str, int]) -> str:
    """Name the statements that the summary leaves out: they touch on no objective."""
    own = data.interventions[spoken_as(data.interventions, ACTS)]
    left = own[~own["intervention"].isin(where)]
    if left.empty:
        return ""
    return (
        f"Statements that touch on no objective are not told above {cite(data, left['intervention'])}; what they present is under "
        "good practices, what they ask for among the recommendations."
    )


def _elsewhere(topic: dict[str, Any], spoken: pd.DataFrame, where: dict[str, int], numbered: pd.DataFrame) -> str:
    """Refer to where else an objective is taken up in part 1, and to its recommendations in part 2."""
    here = {entry["number"] for entry in topic["told"]}
    also = {
        where[code] for code in spoken.loc[spoken["objective"] == topic["objective"], "intervention"] if code in where
    }
    asked = [row.number for row in rows_of(numbered) if topic["objective"] in row.objectives]
    parts = []
    if also - here:
        parts.append(f"{'paragraph' if len(also - here) == 1 else 'paragraphs'} {spans(also - here)}")
    if asked:
        parts.append(f"{'recommendation' if len(asked) == 1 else 'recommendations'} {spans(asked)}")
    return f"See also {listing(parts)}." if parts else ""


def _chapters(data: "Dataset") -> Iterator[dict[str, Any]]:
    """Gather the chapters of part 1: heading and topics, each with its paragraphs still without numbers."""
    told = homes(data).merge(data.interventions[["intervention", "paragraph", "summary", "act"]], on="intervention")
    told = told.sort_values(["paragraph", "intervention"], kind="stable")
    basis = _by_subject(data)
    titles = {int(row.objective): (str(row.title), str(row.roundtable)) for row in rows_of(data.objectives)}
    roundtables = sorted({roundtable for _, roundtable in titles.values()})
    plenary = told[told["objective"].isna() & ~told["section"].isin(roundtables)]
    yield from _chapter("Plenary", [("", None, _paragraphs(data, plenary, basis))], data, None, roundtables)
    for roundtable in roundtables:
        across = told[told["objective"].isna() & (told["section"] == roundtable)]
        topics: list[Topic] = [("Across the objectives", None, _paragraphs(data, across, basis))]
        topics += [
            (f"Objective {number}. {title}", number, _paragraphs(data, told[told["objective"] == number], basis))
            for number, (title, own) in titles.items()
            if own == roundtable
        ]
        yield from _chapter(f"Roundtable {roundtable.removeprefix('RT')}", topics, data, roundtable, roundtables)


def _chapter(
    title: str,
    topics: list[Topic],
    data: "Dataset",
    roundtable: str | None,
    roundtables: list[str],
) -> Iterator[dict[str, Any]]:
    kept = [{"heading": name, "objective": number, "told": texts} for name, number, texts in topics if texts or number]
    named = _challenges(data, roundtable, roundtables)
    if named:
        kept.append({"heading": "Challenges and opportunities", "objective": None, "told": named})
    shown = _practices(data, roundtable, roundtables)
    if shown:
        kept.append({"heading": "Good practices", "objective": None, "told": shown})
    if any(topic["told"] for topic in kept):
        yield {"heading": title, "topics": kept}


def _by_subject(data: "Dataset") -> set[tuple[str, int]]:
    rows = data.mentions[data.mentions["basis"] == "inferred"]
    return set(zip(rows["intervention"].astype("str"), rows["objective"].astype(int), strict=True))


def _paragraphs(data: "Dataset", rows: pd.DataFrame, by_subject: set[tuple[str, int]]) -> list[dict[str, Any]]:
    """Join the statements of a topic to paragraphs of less than eight lines."""
    sentences = []
    for row in rows_of(rows):
        mark = "*" if pd.notna(row.objective) and (str(row.intervention), int(row.objective)) in by_subject else ""
        chair = "" if row.act in ACTS else " (in the chair)"
        sentences.append(
            (f"{row.summary} ", f"{cite(data, [row.intervention])}{mark}{chair} ", [str(row.intervention)])
        )
    return joined(sentences)


def joined(sentences: Iterable[tuple[str, str, list[str]]], lead: str = "") -> list[dict[str, Any]]:
    """Join sentences, each with its citation, to paragraphs of less than eight lines; ``lead`` stands before the first."""
    found: list[dict[str, Any]] = []
    room = 0
    for text, source, interventions in sentences:
        if len(text) + len(source) > room:
            found.append({"parts": [strong(f"{lead} ")] if lead and not found else [], "interventions": []})
            room = LONGEST - len(lead)
        found[-1]["parts"] += [text, muted(source)]
        found[-1]["interventions"] += interventions
        room -= len(text) + len(source)
    return found


def _challenges(data: "Dataset", roundtable: str | None, roundtables: list[str]) -> list[dict[str, Any]]:
    """Tell what speakers name as standing in the way and as a chance, where their statements do not already say it."""
    table = challenges(data)
    homes_of = {int(row.objective): str(row.roundtable) for row in rows_of(data.objectives)}
    sections = [
        homes_of[min(row.objectives)]
        if row.objectives
        else str(row.section)
        if str(row.section) in roundtables
        else None
        for row in rows_of(table)
    ]
    statements = data.interventions.set_index("intervention")["summary"].to_dict()
    here = [
        section == roundtable and not repeats(row.text, statements[row.intervention])
        for section, row in zip(sections, rows_of(table), strict=True)
    ]
    table, paragraphs = table[pd.Series(here, table.index, dtype=bool)], []
    for kind, lead in (("challenge", "Challenges."), ("opportunity", "Opportunities.")):
        rows = table[table["kind"] == kind].groupby("text", sort=False)["intervention"].agg(list)
        paragraphs += joined(((f"{text} ", f"{cite(data, codes)} ", []) for text, codes in rows.items()), lead)
    return paragraphs


def repeats(text: str, statement: str) -> bool:
    """Judge whether a statement already says a sentence: most of its longer words begin like words of the statement."""
    wanted, there = ({word[:5].lower() for word in re.findall(r"[^\W\d_]{4,}", words)} for words in (text, statement))
    return len(wanted & there) >= SAID * len(wanted)


INTERNATIONAL = ("intergovernmental", "un_system")


def _practices(data: "Dataset", roundtable: str | None, roundtables: list[str]) -> list[dict[str, Any]]:
    """Tell the good practices: international and regional partnerships first, then those of one country, city or group."""
    told = presented_practices(data)
    homes_of = {int(row.objective): str(row.roundtable) for row in rows_of(data.objectives)}
    bodies = data.actors.set_index("actor")[["constituency", "iso3", "m49_subregion"]]
    across: list[tuple[str, str]] = []
    national: list[tuple[str, str]] = []
    for practice in rows_of(data.practices):
        rows = told[told["practice"] == practice.practice]
        places = [homes_of[int(number)] for number in rows["objective"].dropna()] or [
            str(section) for section in rows["section"] if str(section) in roundtables
        ]
        if rows.empty or (max(places, key=places.count) if places else None) != roundtable:
            continue
        into = across if is_international(practice, bodies) else national
        into.append((practice.name, cite(data, rows["intervention"])))
    return [
        *joined(_listed(across), "International and regional partnerships:"),
        *joined(_listed(national), "National, local and other examples:"),
    ]


def _listed(named: list[tuple[str, str]]) -> Iterator[tuple[str, str, list[str]]]:
    for place, (name, cited) in enumerate(named, 1):
        yield f"{name} ", f"{cited}{'.' if place == len(named) else ';'} ", []


def is_international(practice: Any, bodies: pd.DataFrame) -> bool:
    """Judge whether a practice spans countries: by its places, by where those who lead it are, or by what they are."""
    places, leads = codes(practice.places), codes(practice.leads)
    known = bodies[bodies.index.isin(leads)]
    return bool(
        len(places) > 1
        or any(place.isdigit() for place in places)
        or max(known["iso3"].nunique(), known["m49_subregion"].nunique()) > 1
        or known["constituency"].isin(INTERNATIONAL).any()
        or "GFMD" in (*leads, *codes(practice.partners))
    )
