"""Find who speaks in each paragraph and for whom, from labels, grammar and headings, and say how sure that is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gfmd_analysis.draft.actors import Gazetteer
from gfmd_analysis.draft.grammar import Behalf, Clause, clauses
from gfmd_analysis.draft.labels import Label, label_of, labels_in_use
from gfmd_analysis.draft.language import can_read, languages_of
from gfmd_analysis.draft.lists import introduce_speakers, listed_speakers, people_named
from gfmd_analysis.draft.markup import count_words
from gfmd_analysis.draft.paragraphs import Paragraph
from gfmd_analysis.draft.sections import CHAIR, PRESIDING, UNNAMED, Floor, floors
from gfmd_analysis.draft.vocabulary import SMALL, THE

CERTAIN, CARRIED, DOUBTFUL = "certain", "carried", "doubtful"

# the kinds of subject that begin another speaker's words inside a paragraph, and those that speak by themselves
_BEGIN = ("body", "officer", "person", "surname")

_SPEAK = ("body", "new", "agent", "saying")

# where a paragraph that no clause of its own names a speaker for may name one
_VOICED = re.compile(
    rf"[^.:;]{{3,80}}?\brepresent(?:ed by|ée?s? par|ad[oa]s? por)\s+{THE}(?=\S)"
    rf"|.*?[\"”»],?\s+(?:according to|selon|d'après|según)\s+{THE}(?=[A-ZÀ-Ý])"
)

_FIRST_NAME = re.compile(r"(?:[A-ZÀ-Ý][^.:;]{2,120}?,\s+)?(?:(?:the|la|le|les)\s+|l')?(?=[A-ZÀ-Ý])")

_TOGETHER = re.compile(r"(?:they|both|their|ils|elles|ellos|ellas|ambos)\b", re.IGNORECASE)

_FACILITATOR = re.compile(r"(?:co\W?)?(?:facilit|moder|modér|anim)", re.IGNORECASE)

_RUN_IN = re.compile(r"([A-ZÀ-Ý0-9](?:[^:.;!?]|\.\d){1,100}):\s*(?=[A-ZÀ-Ý])")

_HEAD_WORDS = 12

_FIRST_SENTENCE = 250


@dataclass(frozen=True)
class Speech:
    """One body's words in one paragraph; ``turn`` is the paragraph with which its turn began."""

    paragraph: int
    section: str
    title: str
    actor: str
    role: str
    turn: int
    text: str
    words: int
    behalf: tuple[str, ...] = ()
    certainty: str = CERTAIN


@dataclass(frozen=True)
class _Part:
    """Bodies that speak together from a place in a paragraph on; ``office`` is in which they preside."""

    start: int
    bodies: tuple[str, ...]
    behalf: Behalf = ()
    certainty: str = CERTAIN
    office: str = ""


@dataclass
class _Memory:
    """What a report has said so far: who speaks, in which office, and whose people are."""

    gazetteer: Gazetteer
    speaking: tuple[str, ...] = ()
    office: str = ""
    people: dict[str, tuple[str, ...]] = field(default_factory=dict)


def speeches(paragraphs: Sequence[Paragraph], gazetteer: Gazetteer, language: str = "en") -> list[Speech]:
    """Find who says what in a report.

    A label names the speaker; without one the subject of the main clause does, or the agent with ``by``. A clause whose
    subject is no body carries the speaker on; so does one whose tense shows that it is part of what is reported. Under
    the heading of a chair, facilitator or presenter that one goes on. Bodies that speak together share the words.

    Parameters
    ----------
    paragraphs
        As :func:`gfmd_analysis.draft.paragraphs.cut` makes them.
    gazetteer
        Names in this report; bodies met for the first time are added.
    language
        ``en``, ``fr`` or ``es``; a paragraph that is clearly in another of these is read in its own, one in any other
        language is not read: its speaker is doubtful unless a label names it.

    Returns
    -------
    list of Speech
        In order; at least one a paragraph (``UNNAMED`` where no speaker is found), at most one a body and paragraph.
    """
    texts = [paragraph.text.replace("’", "'") for paragraph in paragraphs]
    known = labels_in_use(texts)
    labels = [label_of(text, gazetteer, known) for text in texts]
    bodies = [_without_head(text, label, gazetteer) for text, label in zip(texts, labels, strict=True)]
    introduce_speakers(bodies, "\n".join(line for each in paragraphs for line in each.matter), gazetteer)
    languages = languages_of(texts, language)
    parsed: dict[int, list[Clause]] = {}
    for tongue in sorted({each for each in languages if each == language or can_read(each)}):
        places = [i for i, each in enumerate(languages) if each == tongue]
        parsed |= zip(places, clauses([bodies[i] for i in places], tongue, gazetteer), strict=True)
    memory = _Memory(gazetteer)
    given: list[Speech] = []
    holder = ""
    read = zip(paragraphs, texts, bodies, labels, floors(paragraphs, gazetteer), strict=True)
    for i, (paragraph, text, body, label, floor) in enumerate(read):
        if floor.fresh:
            holder = floor.actor
        if floor.fresh or len(body) < len(text):
            memory.speaking = ()  # a heading, on its own line or running in, or a label
        parts = _parts(body, label, parsed.get(i), floor, memory)
        holder = holder or next((code for code in parts[0].bodies if code not in (UNNAMED, CHAIR)), "")
        memory.speaking, memory.office = parts[-1].bodies, parts[-1].office
        ends = [part.start + len(text) - len(body) for part in parts[1:]] + [len(text)]
        pieces = [(part, text[a:b].strip()) for part, a, b in zip(parts, [0, *ends], ends, strict=False)]
        held = replace(floor, actor=holder) if floor.role in ("presenter", *PRESIDING) else floor
        given += _speeches(paragraph, pieces, held, given)
    return given


def _without_head(text: str, label: Label | None, gazetteer: Gazetteer) -> str:
    """Drop a label, or a heading that runs into its paragraph (``AGENDA ITEM 3 FAIR HIRING: Brazil …``)."""
    if label:
        return text[label.end :]
    match = _RUN_IN.match(text)
    words = match[1].split() if match else []
    if not match or len(words) > _HEAD_WORDS:
        return text
    small = [word for word in words if word[0].islower() and word.lower() not in SMALL]
    is_heading = match[1].isupper() or (not gazetteer.find(match[1]) and len(small) <= len(words) / 2)
    return text[match.end() :] if is_heading else text


def _parts(text: str, label: Label | None, found: list[Clause] | None, floor: Floor, memory: _Memory) -> list[_Part]:
    """Part a paragraph among those who speak in it, in order."""
    if label:
        officer = (floor.presiding("chair"),) if label.officer else (UNNAMED,)
        bodies = label.bodies or memory.people.get(label.name, officer)
        memory.people |= {label.name: bodies} if label.name and label.bodies else {}
        return [_Part(0, bodies, tuple(("", code) for code in label.behalf), office="chair" if label.officer else "")]
    silent = _silent(text, floor, memory)
    if found is None:
        return [replace(silent, certainty=DOUBTFUL)]
    while found[1:] and found[0].kind == "heading" and (found[1].bodies or text[: found[1].start].strip()[-1] == ":"):
        found = found[1:]  # what stands before a colon or a speaker without a verb is a heading
    if floor.is_label:
        return [silent]
    opening = _opening(text, found, floor, memory)
    parts = [opening or silent]
    heard = {_spoken(each, floor, memory) for each in found if each.kind in _BEGIN[:2] and each.form == "past"}
    kinds = (*_BEGIN, "new") if len(heard) > 1 else _BEGIN  # a paragraph of many speakers
    told_now = bool(opening and found and found[0].form == "present")
    for clause in found[1:] if floor.is_open else []:
        bodies = _spoken(clause, floor, memory)
        tells = clause.form == "past" or (told_now and clause.form == "present" and clause.start < _FIRST_SENTENCE)
        if bodies and tells and clause.kind in kinds and parts[-1].bodies != bodies:
            parts.append(_Part(clause.start, bodies, clause.behalf, office=_office(clause)))
    return parts


def _opening(text: str, found: Sequence[Clause], floor: Floor, memory: _Memory) -> _Part | None:
    """Return who opens a paragraph, None where nobody does and the speaker before goes on."""
    gazetteer = memory.gazetteer
    people = people_named(text, gazetteer)
    memory.people |= {name: (code,) for name, code in people}
    if listed := tuple(dict.fromkeys(code for _, code in people)) or listed_speakers(text, gazetteer):
        return _Part(0, listed)
    clause = found[0] if found else Clause(0, "unread")
    bodies = _spoken(clause, floor, memory)
    if not bodies and (voiced := _VOICED.match(text)):
        bodies = gazetteer.named_at(voiced.end(), text)
        return _Part(0, bodies) if bodies else None
    if bodies:
        goes_on = clause.form == "future" or (clause.form == "content" and memory.speaking)
        if goes_on or (clause.kind == "agent" and not floor.is_open):
            return None
        sure = clause.form in ("past", "present") and clause.kind != "saying"
        own, behalf = _in_whose_name(bodies, clause.behalf, gazetteer)
        return _Part(0, own, behalf, CERTAIN if sure else DOUBTFUL, _office(clause))
    if clause.kind == "person" and clause.behalf:
        return _Part(0, tuple(code for _, code in clause.behalf))
    if clause.form == "past" and (clause.kind == "person" or (clause.kind == "several" and floor.is_open)):
        return _Part(0, (UNNAMED,), (), DOUBTFUL)
    lead = _FIRST_NAME.match(text) if clause.kind == "unread" else None
    named = gazetteer.named_at(lead.end(), text) if lead else ()
    return _Part(0, named, (), DOUBTFUL) if named else None


def _in_whose_name(bodies: tuple[str, ...], behalf: Behalf, gazetteer: Gazetteer) -> tuple[tuple[str, ...], Behalf]:
    """Let a mechanism of the Forum speak itself where one of its members speaks for it: it has no other voice."""
    own = tuple(code for _, code in behalf if gazetteer.bodies[code].actor_type == "gfmd_mechanism")
    states = any(gazetteer.bodies[code].actor_type == "state" for code in bodies if code in gazetteer.bodies)
    return (own, ()) if own and not states else (bodies, behalf)


def _spoken(clause: Clause, floor: Floor, memory: _Memory) -> tuple[str, ...]:
    """Return who speaks in a clause by itself, nobody where its subject is no body."""
    if clause.kind in _SPEAK:
        memory.people |= {clause.name: clause.bodies} if clause.name else {}
        return clause.bodies
    person = memory.people.get(clause.name.casefold(), ())
    if clause.kind == "officer":
        return person or (floor.presiding(_office(clause)),)
    return (UNNAMED,) if clause.kind == "some" else person


def _office(clause: Clause) -> str:
    """Return in which office the subject of a clause presides, ``""`` where it does not."""
    return "" if clause.kind != "officer" else "facilitator" if _FACILITATOR.match(clause.name) else "chair"


def _silent(text: str, floor: Floor, memory: _Memory) -> _Part:
    """Return who goes on where a paragraph names nobody: the speaker before, else whom the heading names."""
    goes_on = len(memory.speaking) == 1 or (memory.speaking and _TOGETHER.match(text))
    if goes_on and (floor.is_open or floor.role == "presenter"):
        return _Part(0, memory.speaking, (), CARRIED, memory.office)
    if floor.actor:
        return _Part(0, (floor.actor,), tuple(("", code) for code in floor.behalf), CERTAIN if floor.fresh else CARRIED)
    return _Part(0, (UNNAMED,), (), DOUBTFUL)


def _speeches(
    paragraph: Paragraph, pieces: list[tuple[_Part, str]], floor: Floor, before: list[Speech]
) -> list[Speech]:
    last = [] if floor.fresh else [each for each in before if each.paragraph == before[-1].paragraph]
    turns = {(each.actor, each.role, each.section): each.turn for each in last}
    place, made = (paragraph.number, floor.section, floor.title), dict[str, Speech]()
    for part, text in pieces:
        words = max(count_words(text) // len(part.bodies), 1)
        for actor in part.bodies:
            own = tuple(code for who, code in part.behalf if who in ("", actor))
            role = part.office or _role(actor, floor)
            turn = turns.get((actor, role, floor.section), paragraph.number)
            new = Speech(*place, actor, role, turn, text, words, own, part.certainty)
            if told := made.get(actor):
                behalf = tuple(dict.fromkeys((*told.behalf, *own)))
                new = replace(told, text=f"{told.text} {text}", words=told.words + words, behalf=behalf)
            made[actor] = new
    return list(made.values())


def _role(actor: str, floor: Floor) -> str:
    if actor == CHAIR:
        return "chair"
    is_troika = actor in floor.troika or (floor.role == "troika" and not floor.troika)
    if is_troika and floor.section in ("opening", "reform", "closing"):
        return "troika"
    if actor == floor.actor:
        return floor.role
    return "guest" if floor.role in PRESIDING and floor.actor else "discussant"
