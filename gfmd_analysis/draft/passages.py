"""Prepare passages for the parser: each body's name one plain word it knows, asides and empty brackets left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from gfmd_analysis.draft.actors import Found, Gazetteer
from gfmd_analysis.draft.labels import surname
from gfmd_analysis.draft.vocabulary import OFFICE, PLAIN_NAME, SEVERAL, THE, TITLE

_PERSON_BEFORE = re.compile(
    rf"(?:(?:(?-i:{TITLE.pattern})\s+)+(?:{PLAIN_NAME}\s+)*|(?:[A-ZÀ-Ý][\w'’-]*\.?\s+)(?:{PLAIN_NAME}\s+)*){PLAIN_NAME}\s*$"
)

_OFFICE_BEFORE = re.compile(
    rf"(?:\b(?:[Tt]he|[Aa]n?|[Ll][ea]s?|[Ee]l|[Ll]os|[Ll]as|[Uu]ne?)\s+(?:(?!and\b|et\b|y\b|of\b|by\b|to\b)[\w-]+\s+){{0,2}}?|\b[Ll]'|\b)"
    rf"(?:(?i:{OFFICE.pattern})|[Ss]ecretariat|SECRETARIAT)\s+(?:of|from|for|de|du|des|d'|del|pour)\s*{THE}(?:[Ss]tate of |Government of )?$",
)

_AND = re.compile(rf"\s*(?:,|/|;)?\s*(?:(?:and|et|y|e|&|as well as|also|de|d'|du|des|for|of)\s+)*{THE}", re.IGNORECASE)

_SPEAKING = "speaking|intervening|s'exprimant|parlant|intervenant|hablando|interviniendo"

# what stands between commas after a speaker and names others: for whom, with whom, by whom supported
_ASIDE = re.compile(
    rf"(?:,\s+(?:(?:and|but|et|y)\s+)?|^(?={_SPEAKING}|on behalf|au nom|en nombre))"
    rf"(?:(?:also\s+)?(?:{_SPEAKING})\s+)?(?:also\s+|également\s+|también\s+)?"
    r"(?:for|on behalf of|(?:in (?:its|his|her|their) capacity )?as [\w ]{3,30}? (?:of|for)|with|together with|alongside|\w+ed by|"
    r"au nom d(?:e la|e l'|es|e|u|')|pour|avec|\w+[ée]e?s? par|en nombre de(?:l| la| los| las)?|por|con|\w+ad[oa]s? por)\s*(?=\S)",
    re.IGNORECASE,
)

# what a list of speakers goes on with: a comma or "and", and when: "and later", "as well as, in a second round,"
_JOINS = re.compile(
    r"\s?(?:,|(?=\s))\s?(?:(?:and|et|y|e|as well as|ainsi que|así como|then|puis|luego)\b\s?)?,?\s?"
    r"(?:(?:at|in|on|after|later|then|subsequently|finally|also|à|dans|après|plus|puis|enfin|ensuite|en|al|tras|más|luego|finalmente)\b"
    r"(?:\s[a-zà-ÿ']+){0,4}?(?<! in)(?<! of)(?<! to),?\s)?" + THE,
    re.IGNORECASE,
)

_BEGINS = re.compile(rf"(?:^|[.;:!?][\"”]?\s+){THE}$", re.IGNORECASE)

# several without a name, of whom some are named
_AMONG = (
    "including|such as|among (?:them|others)|notably|dont|notamment|comme|tels que|entre ell[oa]s|incluid[oa]s|como"
)

_OPENS = re.compile(rf"(?:{_AMONG})\s", re.IGNORECASE)

_AMONG_BEFORE = re.compile(
    rf"(?:\b[\w-]+\s+){{0,3}}(?:{SEVERAL.pattern}|{OFFICE.pattern}),?\s+(?:{_AMONG})\s+{THE}$", re.IGNORECASE
)

_HYPHEN = re.compile(r"(?<=\bco)-|(?<=\bvice)-", re.IGNORECASE)  # a co-chair is one word for the parser

_MEMBERS = re.compile(  # what belongs to a name: its members, its short form
    r"\s\((?:the )?[\w&/-]{2,20}\)| and its (?:\d+ )?[Mm]ember [Ss]tates| et ses États membres| y sus Estados [Mm]iembros",
    re.IGNORECASE,
)

_ARTICLED = {"la": "France", "l'": "Espagne", "les": "Philippines", "the": "EU"}


@dataclass(frozen=True)
class Unit:
    """What the parser reads as one name: a body, someone who holds an office of it, a person with it in brackets."""

    start: int
    end: int
    codes: tuple[str, ...]
    name: int
    person: str = ""


@dataclass
class Passage:
    """A text, its bodies and asides, and the words that the parser reads: which of them are bodies, where each stands."""

    text: str
    gazetteer: Gazetteer
    found: list[Found]
    asides: list[tuple[int, int]]
    doc: Any
    units: dict[int, Unit]
    places: list[int]

    def place(self, token: int) -> int:
        """Return where a word of the parser's stands in the text: 0 for the first, the text's end after the last."""
        return [0, *self.places[1:], len(self.text)][min(token, len(self.places))]


def prepared(nlp: Any, text: str, gazetteer: Gazetteer) -> Passage:
    """Prepare a text for a parser, which has still to be run on ``doc``."""
    from spacy.tokens import Doc

    found = gazetteer.find(text)
    words: list[tuple[str, bool, int]] = []
    units: dict[int, Unit] = {}
    brackets = (match.span() for match in re.finditer(r"\s?[(\[][^()\[\]]*[)\]]", text))
    skipped = [span for span in brackets if not any(span[0] < each.start < span[1] for each in found)]
    asides = list(_asides(text, found, gazetteer))
    said = [each for each in _units(text, found) if not any(start <= each.start < end for start, end in asides)]
    spans: list[tuple[int, int, Unit | None]] = [(each.start, each.end, each) for each in _together(text, said, asides)]
    spans += [(start, end, None) for start, end in [*skipped, *asides, (len(text), len(text))]]
    past = 0
    for start, end, unit in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start < past:
            continue
        tokens = [token for token in nlp.tokenizer(_HYPHEN.sub("\u2011", text[past:start])) if not token.is_space]
        words += [(token.text, bool(token.whitespace_), past + token.idx) for token in tokens]
        if unit:
            before = words[-1][0].lower() if words else ""
            units[len(words)] = unit
            words.append((_ARTICLED.get(before, "Canada"), text[end : end + 1] == " ", start))
        past = end
    doc = Doc(nlp.vocab, words=[word for word, _, _ in words], spaces=[space for _, space, _ in words])
    for token in doc:
        if token.i and doc[token.i - 1].text in (";", ":"):
            token.is_sent_start = True
    return Passage(text, gazetteer, found, asides, doc, units, [place for _, _, place in words])


def _units(text: str, found: list[Found]) -> Iterator[Unit]:
    """Put a body and the person or office before it together (``the representative of Peru``, ``Ms. Roe (Peru)``)."""
    past = 0
    for body in found:
        after = (each.start for each in found if body.end < each.start < body.end + 12)
        if body.start < past or any(_OFFICE_BEFORE.search(text, body.start, start) for start in after):
            continue
        bracket = text.rfind("(", past, body.start)
        closed = text.find(")", body.end) if bracket >= 0 and ")" not in text[bracket : body.start] else -1
        person = _PERSON_BEFORE.search(text, past, bracket) if closed > 0 else None
        office = _OFFICE_BEFORE.search(text, past, body.start) or _AMONG_BEFORE.search(text, past, body.start)
        behalf = text[bracket + 1 : body.start].lower().startswith(("on behalf", "for", "au nom", "en nombre"))
        if person and not behalf:
            inside = tuple(each.code for each in found if bracket < each.start < closed)
            yield Unit(person.start(), closed + 1, inside, body.start, surname(person[0]))
            past = closed + 1
        else:
            yield Unit(office.start() if office else body.start, body.end, (body.code,), body.start)
            past = body.end


def _together(text: str, units: list[Unit], asides: list[tuple[int, int]]) -> list[Unit]:
    """Put the bodies of a list with which a sentence begins together, whoever they speak for, with or after each other."""
    joined: list[Unit] = []
    for unit in units:
        first = joined[-1] if joined else None
        if first and _BEGINS.search(text, 0, first.start):
            between = text[first.end : unit.start]
            for start, end in asides:
                if first.end <= start and end <= unit.start:
                    between = text[first.end : start] + "," + text[end : unit.start]
            if between.strip() and _JOINS.fullmatch(between) and not text.startswith("'", unit.end):
                joined[-1] = Unit(first.start, unit.end, (*first.codes, *unit.codes), first.name)
                continue
        joined.append(unit)
    # "several, among them X, said": without the comma that closes what the first opens
    closed = (text.startswith(",", each.end) and bool(_OPENS.search(text, each.start, each.end)) for each in joined)
    return [replace(each, end=each.end + is_closed) for each, is_closed in zip(joined, closed, strict=True)]


def _asides(text: str, found: list[Found], gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Find what stands between commas and only names for whom or with whom someone speaks; it misleads the parser."""
    for match in _ASIDE.finditer(text):
        place, end, group = match.end(), 0, 0
        while (body := next_body(text, found, place)) and not (group and _ASIDE.match(text, place)):
            members = _MEMBERS.match(text, body.end)
            is_first, place = place == match.end(), members.end() if members else body.end
            joined = re.match(r"\s?,(\s(?:and|et|y)\s)?", text[place:])
            if is_first and joined and gazetteer.bodies[body.code].actor_type != "state":
                group = place  # "X, for a group, Y and Z said": they speak too
            if joined and (match.start() == 0 or (is_first and joined[1])):
                end = place + 1  # "for Y, X said"; "X, for Y, and Z said": Z speaks too
        if place > match.end() and re.match(r"\s?,", text[place:]):  # the comma stays where the next aside needs it
            again = _ASIDE.match(text, place)
            own = group + 1 if again and group and place > group else 0  # "X, for a group, Y and Z, for another, said"
            end = end or own or (place if again else place + 1)
        elif group and place > group:
            end = end or group + 1
        if end:
            yield match.start(), end


def next_body(text: str, found: list[Found], place: int) -> Found | None:
    """Return the body that a list goes on with at a place, right there or after what joins it."""
    joined = _AND.match(text, place)
    return next((each for each in found if each.start in (place, joined.end() if joined else place)), None)
