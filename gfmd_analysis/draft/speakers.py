"""Find who speaks in each paragraph and for whom, from labels, grammar and headings, and say how sure that is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gfmd_analysis.draft.actors import Gazetteer
from gfmd_analysis.draft.grammar import Clause, clauses
from gfmd_analysis.draft.language import language_of
from gfmd_analysis.draft.markup import count_words
from gfmd_analysis.draft.paragraphs import Paragraph
from gfmd_analysis.draft.sections import Floor, floors
from gfmd_analysis.draft.vocabulary import OFFICE, OFFICER, ORGANISATION, TITLE, is_person

UNNAMED, CHAIR = "UNNAMED", "CHAIR"

CERTAIN, CARRIED, DOUBTFUL = "certain", "carried", "doubtful"

LONGEST_LABEL = 250

_OFFICER_ALONE = re.compile(
    r"(?:the\s+|le\s+|la\s+|l'|el\s+)?(?:acting\s+|outgoing\s+|incoming\s+|\w+\s)?(?:(?:co-?|vice-?)?(chair|président|president)|(facilitator|moderator|modérat|facilitat|animat))",
    re.IGNORECASE,
)

_LABEL = re.compile(
    r"\[(?P<square>[^\]\[:]{2,90})\]\s*:?\s+(?=\S)"
    r"|(?P<before>[^:;!?]{2,250}?)(?::(?!\d)\s*|\s+[-–—]\s+|\s+\|\s+)(?=\S)",
)

_AFTER = re.compile(r"[.!?…][\"”»']?\s+(?:[-–—]\s*(?P<dash>[^.;:!?]{2,90})|\((?P<bracket>[^().;:!?]{2,90})\))\.?$")

_FOR = re.compile(
    r"\b(?:on behalf of|speaking (?:also )?for|for|representing|au nom d(?:e la|es|e|u|')|pour|en nombre de)\b",
    re.IGNORECASE,
)

_DESCRIPTION = re.compile(r",\s+(?:an?|the|une?|part of|which|who|qui|affiliated)\s[a-z].*$")

_SMALL = frozenset(
    [
        "of",
        "for",
        "the",
        "and",
        "to",
        "at",
        "from",
        "in",
        "on",
        "with",
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "l",
        "d",
        "et",
        "pour",
        "au",
        "aux",
        "par",
        "à",
        "y",
        "el",
        "los",
        "las",
        "del",
        "en",
        "as",
        "a",
        "an",
        "mr",
        "mrs",
        "ms",
        "h.e",
    ]
)

_REPRESENTED = re.compile(
    r"[^.:;]{3,80}?\brepresent(?:ed by|ée?s? par|ad[oa]s? por)\s+(?:(?:the|la|le|les|el|los|las)\s+|l')?(?=\S)",
    re.IGNORECASE,
)

_ACCORDING = re.compile(
    r"[\"”»]\s+(?:according to|selon|d'après|según)\s+(?:(?:the|la|le|les|el|los|las)\s+|l')?(?=[A-ZÀ-Ý])"
)

_HEAD_WORDS = 12

_FIRST_SENTENCE = 250

_CAP = r"(?:[A-ZÀ-Ý][\w'&./-]*\w|[A-ZÀ-Ý]\b)"

_PERSON = rf"(?:(?:Mr|Ms|Mrs|Dr|Prof|M|Mme|H\.E)\.?\s+)?{_CAP}(?:\s+(?:[a-z]{{2,3}}\s+)?{_CAP}){{1,3}}"


@dataclass(frozen=True)
class Label:
    """A speaker's label: bodies, for whom, whether the presiding officer, a person's name, where the words begin."""

    bodies: tuple[str, ...]
    behalf: tuple[str, ...] = ()
    officer: bool = False
    name: str = ""
    end: int = 0


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
    """Bodies that speak together from a place in a paragraph on."""

    start: int
    bodies: tuple[str, ...]
    behalf: tuple[str, ...] = ()
    certainty: str = CERTAIN
    spokesman: str = ""


@dataclass
class _Memory:
    """What a report has said so far: who speaks, and whose people are."""

    gazetteer: Gazetteer
    speaking: tuple[str, ...] = ()
    people: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read_label(
    text: str, gazetteer: Gazetteer, *, known: frozenset[str] = frozenset(), is_heading: bool = False
) -> Label | None:
    """Read a text as a speaker's label: a body, an office, a person with a body, ``A | office | (group)``.

    Parameters
    ----------
    text
        What stands before a colon, a bar or a dash, in brackets, or alone on a line.
    gazetteer
        Known names; an unknown body in a barred label, or one that an office is of, is added.
    known
        Further labels that this report uses more than once, as they are written.
    is_heading
        Whether the text is a line of its own, which is no label of a body that nobody knows.

    Returns
    -------
    Label or None
        None where the text is a heading, a sentence or anything else.
    """
    text = " ".join(text.replace("’", "'").split()).strip(" :.-–—")
    if not text or len(text) > LONGEST_LABEL:
        return None
    brackets = re.findall(r"[(\[]([^()\[\]]*)[)\]]", text)
    outer = re.sub(r"\s*[(\[][^()\[\]]*[)\]]", "", text).strip(" |")
    fields = [part.strip() for part in outer.split("|") if part.strip()]
    own, spoken_for = _split_behalf(re.sub(_DESCRIPTION, "", " | ".join(fields)), gazetteer)
    bodies = [found.code for found in gazetteer.find(own)]
    inner: list[str] = []
    for each in brackets:
        before, behalf = _split_behalf(each, gazetteer)
        spoken_for += behalf
        inner += [found.code for found in gazetteer.find(before)] if not behalf else []
    if not _reads_as_label(own, gazetteer):
        return None
    person = titled = any(TITLE.fullmatch(word.strip(",")) for word in own.split())
    officer = any(OFFICER.fullmatch(word.strip(",")) for word in re.split(r"[\s|]+", own))
    person = person or any(map(is_person, fields[:2]))
    titular = len(fields) > 1 and any(ORGANISATION.fullmatch(word) for word in fields[0].split())
    if len(fields) > 1 and not bodies and (titular or not officer) and not is_person(fields[0]):
        bodies = [gazetteer.introduce(fields[0])]
    if len(fields) > 1 and bodies:  # the first field names the body, others the person and the office
        first = [found.code for found in gazetteer.find(fields[0])]
        bodies = first or bodies
    if inner and (bodies or officer) and not person:
        spoken_for += [code for code in inner if code not in bodies] if bodies else []
    elif inner:
        bodies = bodies or inner
    if not bodies and OFFICE.search(own):
        of = re.search(r"\b(?:of|for|de|du|des|pour)\s+(?:the |la |le |les |l')?(?=[A-ZÀ-Ý]|\w+\s[A-ZÀ-Ý])(.+)$", own)
        bodies = [gazetteer.introduce(of[1])] if of and not officer else []
    if (
        not bodies
        and not officer
        and not is_heading
        and not own.isupper()
        and any(ORGANISATION.fullmatch(word) for word in own.split())
        and len(own.split()) > 1
    ):
        bodies = [gazetteer.introduce(own)]
    if not bodies and not officer and text not in known and not (person and (titled or len(fields) > 1)):
        return None
    bodies = list(dict.fromkeys(bodies))
    return Label(
        tuple(bodies),
        tuple(dict.fromkeys(spoken_for)),
        officer and not bodies,
        _surname(next(filter(is_person, fields), own)) if person else "",
    )


def _split_behalf(text: str, gazetteer: Gazetteer) -> tuple[str, list[str]]:
    """Part a label before ``on behalf of``: what names the speaker, and the bodies spoken for."""
    match = next(
        (m for m in _FOR.finditer(text) if m[0].lower() not in ("for", "pour") or not OFFICE.search(text[: m.start()])),
        None,
    )
    if match is None:
        return text, []
    codes = [found.code for found in gazetteer.find(text[match.end() :])]
    return (text[: match.start()].strip(" ,"), codes) if codes else (text, [])


def _reads_as_label(own: str, gazetteer: Gazetteer) -> bool:
    """Return whether a text has no word but names, offices and what joins them."""
    rest = own
    for found in reversed(gazetteer.find(own)):
        rest = f"{rest[: found.start]} {rest[found.end :]}"
    rest = re.sub(r"\b(of|for|from|de|du)\s+[a-z]+(?=\s[A-Z])", r"\1", rest)
    words = [word.strip(".,'\"") for word in re.split(r"[\s|/]+", rest)]
    return all(
        not word or word == "&" or word.lower() in _SMALL or word[0].isupper() or word[0].isdigit() or OFFICE.fullmatch(word)
        or OFFICER.fullmatch(word) or TITLE.fullmatch(word) or word.lower() in ("permanent", "deputy", "acting", "spoke")
        for word in words
    )  # fmt: skip


def _surname(text: str) -> str:
    names = [word for word in re.findall(r"[^\W\d_][\w'-]*", re.split(r",|\(", text)[0]) if not TITLE.fullmatch(word)]
    return names[-1].casefold() if names else ""


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
        ``en``, ``fr`` or ``es``; a paragraph that is clearly in another of these is read in its own.

    Returns
    -------
    list of Speech
        In order; at least one a paragraph (``UNNAMED`` where no speaker is found), at most one a body and paragraph.
    """
    texts = [paragraph.text.replace("’", "'") for paragraph in paragraphs]
    known = _labels_in_use(texts)
    labels = [_label_of(text, gazetteer, known) for text in texts]
    bodies = [
        text[label.end :] if label else _without_heading(text, gazetteer)
        for text, label in zip(texts, labels, strict=True)
    ]
    parsed = _parsed(bodies, language, gazetteer)
    memory = _Memory(gazetteer)
    given: list[Speech] = []
    holder = ""
    for paragraph, text, body, label, found, floor in zip(
        paragraphs, texts, bodies, labels, parsed, floors(paragraphs, gazetteer, read_label), strict=True
    ):
        if floor.fresh:
            memory.speaking, holder = (), floor.actor
        elif not label and len(body) < len(text):
            memory.speaking = ()  # a heading that runs in
        shift = len(text) - len(body)
        parts = _parts(body, label, found, floor, memory)
        if not holder and parts[0].bodies not in ((UNNAMED,), (CHAIR,)):
            holder = parts[0].bodies[0]
        memory.speaking = parts[-1].bodies
        held = replace(floor, actor=holder) if floor.role in ("presenter", "chair", "facilitator") else floor
        ends = [part.start + shift for part in parts[1:]] + [len(text)]
        starts = [0, *ends[:-1]]
        pieces = [(part, text[a:b].strip()) for part, a, b in zip(parts, starts, ends, strict=True)]
        given += _speeches(paragraph, pieces, held, given)
    return given


def _labels_in_use(texts: Sequence[str]) -> frozenset[str]:
    """Find what stands before a colon in two paragraphs or more."""
    heads = [match["before"] for text in texts if (match := _LABEL.match(text)) and match["before"]]
    return frozenset(head for head in heads if heads.count(head) > 1 and len(head.split()) < 6)


def _label_of(text: str, gazetteer: Gazetteer, known: frozenset[str]) -> Label | None:
    match = _LABEL.match(text)
    if match:
        label = read_label(match["square"] or match["before"], gazetteer, known=known)
        if label:
            return replace(label, end=match.end())
    after = _AFTER.search(text)
    label = read_label(after["dash"] or after["bracket"], gazetteer) if after else None
    return label if label and label.bodies else None


def _without_heading(text: str, gazetteer: Gazetteer) -> str:
    """Drop a heading that runs into its paragraph (``AGENDA ITEM 3 FAIR HIRING: Brazil …``)."""
    match = re.match(r"([A-ZÀ-Ý0-9](?:[^:.;!?]|\.\d){1,100}):\s*(?=[A-ZÀ-Ý])", text)
    if not match:
        return text
    words = match[1].split()
    small = [word for word in words if word[0].islower() and word.lower() not in _SMALL]
    if len(words) <= _HEAD_WORDS and (
        match[1].isupper() or (not gazetteer.find(match[1]) and len(small) <= len(words) / 2)
    ):
        return text[match.end() :]
    return text


def _parsed(texts: Sequence[str], language: str, gazetteer: Gazetteer) -> list[list[Clause]]:
    """Parse each text in its language."""
    tongues = [language_of(text) if len(text.split()) > 12 else language for text in texts]
    tongues = [each if each in ("en", "fr") else language for each in tongues]
    parsed: list[list[Clause]] = [[] for _ in texts]
    for tongue in sorted(set(tongues)):
        places = [i for i, each in enumerate(tongues) if each == tongue]
        for i, found in zip(places, clauses([texts[i] for i in places], tongue, gazetteer), strict=True):
            parsed[i] = found
    return parsed


def _parts(text: str, label: Label | None, found: Sequence[Clause], floor: Floor, memory: _Memory) -> list[_Part]:
    """Part a paragraph among those who speak in it, in order."""
    if label:
        bodies = (
            label.bodies
            or memory.people.get(label.name, ())
            or ((_officer_code(floor, "chair"),) if label.officer else (UNNAMED,))
        )
        if label.name and label.bodies:
            memory.people[label.name] = label.bodies
        return [_Part(0, bodies, label.behalf)]
    silent = _silent(text, floor, memory)
    while len(found) > 1 and found[0].kind == "heading" and text[: found[1].start].rstrip().endswith(":"):
        found = found[1:]  # what stands before the colon is a heading
    opening = None if floor.is_label else _opening(text, found, floor, memory)
    parts = [opening or silent]
    form = found[0].form if found and opening else "past"
    heard = {
        _spoken(clause, floor, memory)
        for clause in found
        if clause.kind in ("body", "officer") and clause.form == "past"
    }
    kinds = (
        "body",
        "officer",
        "person",
        "surname",
        *(["new"] if len(heard) > 1 else []),
    )  # a paragraph of many speakers
    for clause in found[1:]:
        bodies = _spoken(clause, floor, memory)
        if floor.is_label or not floor.is_open or clause.kind not in kinds or not bodies:
            continue
        reports = clause.form == "past" or (clause.form == form == "present" and clause.start < _FIRST_SENTENCE)
        if reports and parts[-1].bodies != bodies:
            parts.append(_Part(clause.start, bodies, clause.behalf, CERTAIN, clause.spokesman))
    return parts


def _opening(text: str, found: Sequence[Clause], floor: Floor, memory: _Memory) -> _Part | None:
    """Return who opens a paragraph, None where nobody does and the speaker before goes on."""
    people = _people(text, memory.gazetteer, memory.people) or _list(text, memory.gazetteer)
    if people:
        return _Part(0, people)
    clause = found[0] if found else None
    bodies = _spoken(clause, floor, memory) if clause else ()
    voiced = _REPRESENTED.match(text) or _ACCORDING.search(text)
    voice = [each.code for each in memory.gazetteer.find(text) if voiced and each.start == voiced.end()]
    if voice and not bodies:
        return _Part(0, tuple(voice))
    if clause and bodies:
        if clause.form == "future" or (clause.form == "content" and memory.speaking):
            return None
        if clause.kind == "agent" and not floor.is_open:
            return None
        sure = clause.form in ("past", "present") and clause.kind in (
            "body",
            "agent",
            "officer",
            "person",
            "surname",
            "some",
            "new",
        )
        return _Part(
            0, *_in_whose_name(bodies, clause.behalf, memory.gazetteer), CERTAIN if sure else DOUBTFUL, clause.spokesman
        )
    if clause and clause.kind == "person":
        if clause.behalf:
            return _Part(0, clause.behalf, ())
        return _Part(0, (UNNAMED,), (), DOUBTFUL) if clause.form == "past" else None
    if clause and clause.kind == "unread" and clause.behalf:
        return _Part(0, clause.behalf, (), DOUBTFUL)
    lead = re.match(r"(?:[A-ZÀ-Ý][^.:;]{2,120}?,\s+)?(?:(?:the|la|le|les)\s+|l')?(?=[A-ZÀ-Ý])", text)
    named = [each for each in memory.gazetteer.find(text[:_FIRST_SENTENCE]) if lead and each.start == lead.end()]
    if named and (clause is None or clause.kind == "unread") and not text[named[0].end :].startswith("'"):
        return _Part(0, (named[0].code,), (), DOUBTFUL)
    return None


def _people(text: str, gazetteer: Gazetteer, people: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the bodies of people who open a paragraph: ``Jane Doe, partner at X, and John Roe, Y Director, said``."""
    one = rf"{_PERSON},\s+[^,.:]+?"
    match = re.match(rf"({one}(?:,?\s+(?:and|et)\s+{one})*),\s+(?=[a-zà-ÿ])", text)
    if not match or any(found.start <= len("The ") for found in gazetteer.find(text[:40])):
        return ()
    actors = []
    for each in re.finditer(rf"{_PERSON},\s+(.+?)(?=,?\s+(?:and|et)\s+{_PERSON},|$)", match[1]):
        if (
            not re.search(rf"\b(?:{OFFICE.pattern}|{_FOR.pattern})\b", each[1], re.IGNORECASE)
            and not each[1][:1].isupper()
        ):
            continue
        of = re.search(r"\b(?:from|of|at|for|de|du|des|d'|chez|pour)\s+(?:the |la |le |l')?(?=\S)(.+)", each[1])
        words = (of[1] if of else re.sub(rf"\s*\b(?:{OFFICE.pattern})\b.*", "", each[1], flags=re.I)).strip()
        known = [found for found in gazetteer.find(words) if found.end == len(words)]
        bare = re.sub(r"\s+(?:UK|US|USA|EU)$", "", words)
        if known and (
            known[0].start == 0
            or re.search(r"\b(?:of|from|for|at|de|du|des|pour)\s+(?:the |la |le |l')?$", words[: known[0].start])
        ):
            actors.append(known[0].code)
        elif bare[:1].isupper() and len(bare.split()) < 9:
            actors.append(gazetteer.introduce(bare))
        if actors:
            people[_surname(each[0])] = (actors[-1],)
    return tuple(dict.fromkeys(actors))


def _list(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the bodies of a list of speakers: a sentence of which nothing but names follows the colon."""
    match = re.match(r"[^:.]{4,160}:\s+([^.:;]+(?:;[^.:;]+)*)\.?$", text)
    if not match:
        return ()
    names = re.split(r"[;,]\s*(?:and\s+|et\s+|y\s+)?|\s+(?:and|et|y)\s+(?=[A-ZÀ-Ý]|the |l[ae]s? )", match[1])
    named = [(name, gazetteer.code(re.sub(r"\s*\(.*?\)", "", name))) for name in names if name.strip()]
    if sum(bool(code) for _, code in named) * 2 < len(named) or len(named) < 2:
        return ()
    return tuple(dict.fromkeys(code or gazetteer.introduce(name) for name, code in named))


def _in_whose_name(
    bodies: tuple[str, ...], behalf: tuple[str, ...], gazetteer: Gazetteer
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Let a mechanism of the Forum speak itself where one of its members speaks for it: it has no other voice."""
    own = tuple(code for code in behalf if gazetteer.bodies[code].actor_type == "gfmd_mechanism")
    states = any(gazetteer.bodies[code].actor_type == "state" for code in bodies if code in gazetteer.bodies)
    return (own, ()) if own and not states else (bodies, behalf)


def _spoken(clause: Clause, floor: Floor, memory: _Memory) -> tuple[str, ...]:
    """Return who speaks in a clause by itself, nobody where its subject is no body."""
    if clause.kind in ("body", "new", "agent", "saying"):
        if clause.name:
            memory.people[clause.name.casefold()] = clause.bodies
        return clause.bodies
    if clause.kind in ("person", "surname"):
        return memory.people.get(clause.name.casefold(), ())
    if clause.kind == "officer":
        return memory.people.get(clause.name.casefold()) or (_officer_code(floor, clause.name),)
    return (UNNAMED,) if clause.kind == "some" else ()


def _officer_code(floor: Floor, office: str) -> str:
    """Return the section's chair or facilitator where its body is known, else who presides."""
    is_chair = not re.match(r"(?:co-?)?(?:facilit|moder|modér|anim)", office, re.IGNORECASE)
    return (floor.chairs if is_chair else floor.facilitators).get(floor.section) or CHAIR


def _silent(text: str, floor: Floor, memory: _Memory) -> _Part:
    """Return who goes on where a paragraph names nobody: the speaker before, else whom the heading names."""
    alone = len(memory.speaking) == 1 or re.match(
        r"(?:they|both|their|ils|elles|ellos|ellas|ambos)\b", text, re.IGNORECASE
    )
    if memory.speaking and alone and (floor.is_open or floor.role == "presenter" or not floor.actor):
        return _Part(0, memory.speaking, (), CARRIED)
    if floor.actor:
        return _Part(0, (floor.actor,), floor.behalf if floor.fresh else (), CERTAIN if floor.fresh else CARRIED)
    return _Part(0, (UNNAMED,), (), DOUBTFUL)


def _speeches(
    paragraph: Paragraph, pieces: Sequence[tuple[_Part, str]], floor: Floor, before: Sequence[Speech]
) -> list[Speech]:
    made: dict[str, Speech] = {}
    for part, text in pieces:
        words = max(count_words(text) // len(part.bodies), 1)
        for actor in part.bodies:
            own = part.behalf if part.spokesman in ("", actor) else ()
            if actor in made:
                told = made[actor]
                behalf = tuple(dict.fromkeys((*told.behalf, *own)))
                made[actor] = replace(told, text=f"{told.text} {text}", words=told.words + words, behalf=behalf)
                continue
            role = _role(actor, text, floor)
            turn = next(
                (
                    speech.turn
                    for speech in reversed(before)
                    if before and speech.paragraph == before[-1].paragraph
                    and not floor.fresh
                    and (speech.actor, speech.role, speech.section) == (actor, role, floor.section)
                ),
                paragraph.number,
            )  # fmt: skip
            made[actor] = Speech(
                paragraph.number, floor.section, floor.title, actor, role, turn, text, words, own, part.certainty
            )
    return list(made.values())


def _role(actor: str, text: str, floor: Floor) -> str:
    officer = _OFFICER_ALONE.match(text)
    if officer and actor == (floor.chairs if officer[1] else floor.facilitators).get(floor.section):
        return "chair" if officer[1] else "facilitator"
    if actor == CHAIR:
        return "chair"
    if floor.section in ("opening", "reform", "closing") and (
        actor in floor.troika or (floor.role == "troika" and not floor.troika)
    ):
        return "troika"
    if actor == floor.actor and floor.role != "discussant":
        return floor.role
    if floor.role in ("chair", "facilitator") and floor.actor:
        return "guest"
    return "discussant"
