"""Draft every table of the data contract that a machine can begin from a report's text."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import pandas as pd

from gfmd_analysis.dataset.regions import regions_of
from gfmd_analysis.dataset.writing import cell_text
from gfmd_analysis.draft.account import Account
from gfmd_analysis.draft.actors import SHORT_LENGTH, Body, Gazetteer, coded
from gfmd_analysis.draft.known import Tables, contract, objectives_of_the_compact, rows_named, with_known_codes
from gfmd_analysis.draft.language import language_of_report
from gfmd_analysis.draft.markup import fingerprint
from gfmd_analysis.draft.meeting import meeting_row
from gfmd_analysis.draft.mentions import explicit_mentions
from gfmd_analysis.draft.paragraphs import cut
from gfmd_analysis.draft.quantities import amounts
from gfmd_analysis.draft.report import Document
from gfmd_analysis.draft.sections import CHAIR, PRESIDING, UNNAMED
from gfmd_analysis.draft.speakers import Speech, speeches
from gfmd_analysis.draft.suggestions import Suggestion, named_practices, suggest_objectives
from gfmd_analysis.text import objectives as objectives_named

CARRIED_ON = 0.3

NAMELESS = {UNNAMED: "Speaker to be named", CHAIR: "Presiding officer"}

_TOPICS = {
    "remittances": r"remittance|envois? de fonds|transferts? d'argent",
    "campaign": r"campaign|campagne|social media|impressions",
    "attendance": r"attend|took part|participat\w+ in the meeting|ont participé",
    "local_services": r"cit(?:y|ies)|municipal|local centre|support centre|local gov|commune|maire|guichet",
    "youth": r"youth|young|jeunes",
    "survey": r"survey|respondent|replied|enquête|sondage",
    "finance": r"USD|\$|fund|financ|budget|wage|euro|subsid|million de|fonds",
    "membership": r"member states?|champion countries|joined|members|états membres",
}

Row = dict[str, Any]


@dataclass(frozen=True)
class Coding:
    """A drafted coding: the contract's tables as text, and what an analyst sees beside them.

    The passage behind each intervention and paragraph, the score of each inferred mention, how sure each speaker is, and
    the account of the report's words.
    """

    tables: Tables
    passages: dict[str, str]
    scores: dict[tuple[str, str], float]
    certainty: dict[str, str]
    account: Account


def code_report(source: Document | str, meeting: str = "", known: Mapping[str, pd.DataFrame] | None = None) -> Coding:
    """Draft the tables of the data contract from a report's text.

    Parameters
    ----------
    source
        The report, as :func:`gfmd_analysis.draft.report.read_document` returns it, or its text.
    meeting
        The meeting's code; made from title and date where it is left out.
    known
        ``actors`` and ``practices`` that are coded already: what has the name of one gets its code and row.

    Returns
    -------
    Coding
        Tables without the column ``review``; all columns ``str``.

    Raises
    ------
    GfmdError
        For a report without paragraphs or date, or in a language that is not read.
    """
    document = Document(source) if isinstance(source, str) else source
    columns = {name: table.columns for name, table in contract().items()}
    known = known or {name: pd.DataFrame(columns=columns[name], dtype="str") for name in ("actors", "practices")}
    read = cut(document.text)
    texts = {paragraph.number: paragraph.text for paragraph in read.paragraphs}
    language = language_of_report(list(texts.values()))
    gazetteer = Gazetteer("\n".join(line for each in read.paragraphs for line in (*each.matter, each.text)))
    spoken = with_known_codes(speeches(read.paragraphs, gazetteer, language), gazetteer, known["actors"])
    described = meeting_row(document.text, read.paragraphs, meeting)
    code = described["meeting"]
    first = {(speech.section, speech.role): speech.actor for speech in reversed(spoken)}
    # a section has the first chair and the first facilitator that it names
    later = [each for each in spoken if each.role in PRESIDING and first[each.section, each.role] != each.actor]
    spoken = [replace(each, role="discussant") if each in later else each for each in spoken]
    named = {f"{code}/{each.paragraph:03}-{each.actor}": each for each in spoken}
    section = {speech.paragraph: speech.section for speech in spoken}
    mentions = _mentions(named)
    practices, citations = _practices(named, mentions, gazetteer, known["practices"])
    rows: dict[str, list[Row]] = {
        "meetings": [described],
        "roundtables": _sections(spoken, first),
        "paragraphs": [
            {"paragraph": number, "section": section[number], "words": words, "sha256": digest}
            for number, (words, digest) in zip(texts, map(fingerprint, texts.values()), strict=True)
        ],
        "actors": _actors({each for speech in spoken for each in (speech.actor, *speech.behalf)}, gazetteer),
        "interventions": _interventions(named, code, mentions),
        "mentions": mentions,
        "practices": practices,
        "practice_citations": citations,
        "quantities": _quantities(spoken, read.closing, code, language),
    }
    tables = {}
    for name, keys in columns.items():
        cells = [[str(row.get(key, code if key == "meeting" else "")) for key in keys] for row in rows.get(name, [])]
        tables[name] = pd.DataFrame(cells, columns=keys, dtype="str")
    tables |= rows_named(tables, known) | {"objectives": objectives_of_the_compact()}
    told, short_names = tables["interventions"], tables["actors"].set_index("actor")["short_name"]
    told["summary"] = told["actor"].map(short_names) + ": " + told["summary"]
    passages = {intervention: speech.text for intervention, speech in named.items()}
    passages |= {f"{code}/{number:03}": text for number, text in texts.items()}
    certainty = {intervention: speech.certainty for intervention, speech in named.items()}
    scores = {(row["intervention"], str(row["objective"])): row["score"] for row in mentions if "score" in row}
    by_number = sum("score" not in row for row in mentions)
    return Coding(tables, passages, scores, certainty, Account(document, read, spoken, by_number, language))


def _sections(spoken: Sequence[Speech], first: Mapping[tuple[str, str], str]) -> list[Row]:
    titles: dict[str, str] = {}
    for speech in spoken:
        titles.setdefault(speech.section, (speech.title or speech.section)[:280].strip())
    return [
        {"section": section, "title": title, "kind": "roundtable" if section.startswith("RT") else "plenary", "order": order}
        | {role: first.get((section, role), "") for role in PRESIDING}
        for order, (section, title) in enumerate(titles.items(), start=1)
    ]  # fmt: skip


def _mentions(named: Mapping[str, Speech]) -> list[Row]:
    """Draft the mentions by number, and as candidates with a score what else is spoken to."""
    focus: dict[tuple[str, int], list[int]] = {}
    rows: list[Row] = []
    suggested = suggest_objectives([speech.text for speech in named.values()])
    for (code, speech), candidates in zip(named.items(), suggested, strict=True):
        turn, explicit = (speech.actor, speech.turn), explicit_mentions(speech.text)
        for objective, engagement in explicit.items():
            rows.append({"intervention": code, "basis": "explicit", "objective": objective, "engagement": engagement})
        if explicit:
            focus[turn] = list(explicit)
            candidates = [each for each in candidates if each.objective not in explicit]
        elif len(focus.get(turn, [])) == 1:
            candidates = [_carried(focus[turn][0], candidates, speech.turn)]
        for each in candidates:
            note = f"draft, score {each.score:.2f}: {each.reason}"
            own = {"intervention": code, "basis": "inferred", "engagement": "substantive", "note": note}
            rows.append(vars(each) | own)
    return rows


def _carried(objective: int, candidates: Sequence[Suggestion], turn: int) -> Suggestion:
    """Suggest the one objective that the turn named before: a turn that goes on mostly stays with its subject."""
    found = next((each for each in candidates if each.objective == objective), Suggestion(objective, 0, ""))
    reason = f"named in paragraph {turn}" + (f"; {found.reason}" if found.score else "")
    return Suggestion(objective, max(CARRIED_ON, found.score), reason)


def _interventions(named: Mapping[str, Speech], meeting: str, mentions: Sequence[Row]) -> list[Row]:
    """Draft who says what to what; who presides introduces before the discussion and sums up after it, presenters update."""
    spoken_to = defaultdict(set)
    for row in mentions:
        spoken_to[row["intervention"]].add(row["objective"])
    discussed = [(speech.section, i) for i, speech in enumerate(named.values()) if speech.role not in PRESIDING]
    begun, over = dict(reversed(discussed)), dict(discussed)
    rows = []
    for i, (code, speech) in enumerate(named.items()):
        act, begins = "update" if speech.role == "presenter" else "statement", begun.get(speech.section, i)
        if speech.role in PRESIDING and not begins <= i <= over.get(speech.section, i):
            act = "introduction" if i < begins else "summary"
        found = objectives_named(sorted(spoken_to[code])) if spoken_to[code] else "no objective that was found"
        summary = f"Paragraph {speech.paragraph} speaks to {found} (draft)."
        turn, behalf = f"{meeting}/{speech.turn:03}-{speech.actor}", ";".join(speech.behalf)
        own = {"intervention": code, "act": act, "turn": turn, "on_behalf_of": behalf, "summary": summary}
        rows.append(vars(speech) | own)
    return rows


def _quantities(spoken: Sequence[Speech], closing: Sequence[str], meeting: str, language: str) -> list[Row]:
    """Draft the numbers, a passage that bodies share once, and those of closing lines on attendance."""
    passages = {(0, line): "" for line in closing if re.search(_TOPICS["attendance"], line, re.IGNORECASE)}
    for speech in spoken:
        passages.setdefault((speech.paragraph, speech.text), speech.actor)
    numbers: dict[int, count[int]] = defaultdict(lambda: count(1))
    rows: list[Row] = []
    for (paragraph, passage), actor in passages.items():
        for amount in amounts(passage, language):
            around = passage[max(0, amount.start - 120) : amount.start + 120]
            topics = (name for name, words in _TOPICS.items() if re.search(words, around, re.IGNORECASE))
            own = {
                "quantity": f"{meeting}/{paragraph:03}-Q{next(numbers[paragraph])}", "paragraph": paragraph or "", "actor": actor,
                "topic": next(topics, "practice") if paragraph else "attendance", "what": f"{amount.unit}, to be worded",
                "status": "observed", "value": cell_text(amount.value),
            }  # fmt: skip
            rows.append(vars(amount) | own)
    return rows


def _practices(
    named: Mapping[str, Speech], mentions: Sequence[Row], gazetteer: Gazetteer, known: pd.DataFrame
) -> tuple[list[Row], list[Row]]:
    """Draft practices and who tells them, by their names; each is cited under the first objective of its intervention."""
    bodies = frozenset(alias for body in gazetteer.bodies.values() for alias in (body.name, *body.aliases))
    codes = dict(zip(known["name"].str.casefold(), known["practice"], strict=True))
    objectives = {row["intervention"]: row["objective"] for row in reversed(mentions)}
    practices: list[Row] = []
    citations: list[Row] = []
    for code, speech in named.items():
        for title, kind in named_practices(speech.text, bodies).items():
            name = title.casefold()
            if name not in codes:
                capitals = " ".join(re.findall(r"\b[A-ZÀ-Ý\d]\w*", title))
                codes[name] = coded(capitals, set(codes.values()), "PRACTICE")
                lead = "" if speech.actor in NAMELESS else speech.actor
                summary = f"{title}: candidate found by its name; to be described (draft)."[:400]
                own = {"name": title, "kind": kind, "leads": lead, "summary": summary}
                practices.append({"practice": codes[name], **own})
            citations.append({"practice": codes[name], "intervention": code, "objective": objectives.get(code, "")})
    return practices, citations


def _actors(codes: set[str], gazetteer: Gazetteer) -> list[Row]:
    rows: dict[str, Row] = {}
    for code in sorted(codes):
        body = gazetteer.bodies.get(code) or Body(code, NAMELESS[code], NAMELESS[code], "other", "other")
        is_state = body.actor_type == "state"
        region, part = regions_of(code) if is_state else ("", "")
        short = body.short_name[:SHORT_LENGTH].strip()
        short = code[:SHORT_LENGTH] if short in rows else short
        rows[short] = {
            **vars(body), "actor": code, "name": body.name[:300], "short_name": short, "iso3": code if is_state else "",
            "m49_region": region, "m49_subregion": part, "gcm_champion": "false",
        }  # fmt: skip
    return list(rows.values())
