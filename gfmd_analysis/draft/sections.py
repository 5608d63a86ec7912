"""Read from a report's headings in which section a paragraph stands, and who has the floor there in which role."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from gfmd_analysis.dataset.objectives import IMRF_ROUNDTABLES
from gfmd_analysis.draft.actors import Gazetteer, is_body
from gfmd_analysis.draft.paragraphs import Paragraph
from gfmd_analysis.draft.vocabulary import is_person

WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4,
         "i": 1, "ii": 2, "iii": 3, "iv": 4}  # fmt: skip

_ROUNDTABLE = re.compile(
    r"(?:round\s?-?table|table\s+ronde|\bRT)\s*(?:n[o°]\.?\s*)?#?\s*([1-4]|iv|i{1,3}|one|two|three|four|une?|deux|trois|quatre)\b",
    re.IGNORECASE,
)

_OBJECTIVES = re.compile(r"objecti(?:ve|f)s?\s+((?:\d{1,2}(?:\s*(?:,|;|&|and|et)\s*)*)+)", re.IGNORECASE)

_PLENARY = (
    ("reform", r"reform|réforme"),
    ("gfmd_gcm", r"GFMD\s*[-–]\s*GCM|FMMD\s*[-–]\s*PMM|GCM\s+relations"),
    ("imrf_road", r"\bIMRF\b|\bFEMI\b|International Migration Review Forum|Forum d'examen"),
    ("opening", r"\bopening|\bwelcom|\bintroduct|ouverture|bienvenue|accueil"),
    ("closing", r"\bclosing|\bclosure|\bconclu|\bwrap|clôture|conclusion"),
)

_CHAIR = re.compile(r"\b(?:co-?)?chair(?:s|person|man|woman)?\b|\bprésiden(?:te?|ce)\b", re.IGNORECASE)

_FACILITATOR = re.compile(r"facilitat|moderat|modérat|animat(?:eur|rice)|\brapporteure?\b", re.IGNORECASE)

_FLOOR = re.compile(
    r"discussion|debate|débat|échanges?\b|exchange|\bfloor\b|interventions|statements|déclarations|speakers", re.I
)

_CHAIRED = re.compile(
    r"(?:co-)?chaired\s+by|présidée?\s+par|\b(?:chair(?:person)?|président|présidente|présidence)\s*:", re.I
)

_FACILITATED = re.compile(
    r"(?:facilitated|moderated)\s+by|(?:modérée?|animée?|facilitée?)\s+par"
    r"|\b(?:facilitator|moderator|modérateur|modératrice|modération|facilitat(?:eur|rice))\s*:",
    re.IGNORECASE,
)

_BY = re.compile(r"^(?:presented\s+|présentée?\s+|exposé\s+)?(?:by|par)\b", re.IGNORECASE)

_TALK = re.compile(r"overview|presentation|update|briefing|exposé|présentation|aperçu|keynote", re.IGNORECASE)

_TROIKA = re.compile(r"tro[iï]ka", re.IGNORECASE)

_OBJECTIVE_LINE = re.compile(r"^\W*objecti(?:ve|f)\s+\d{1,2}\W", re.IGNORECASE)

LAST_LINES = 4


@dataclass(frozen=True)
class Floor:
    """Who may be taken to speak where no paragraph says so: section, role and body, as the headings give them."""

    section: str = "opening"
    title: str = ""
    role: str = "discussant"
    actor: str = ""
    chairs: dict[str, str] = field(default_factory=dict)
    facilitators: dict[str, str] = field(default_factory=dict)
    troika: frozenset[str] = frozenset()
    behalf: tuple[str, ...] = ()
    by_name: bool = False
    is_label: bool = False
    fresh: bool = True

    @property
    def is_open(self) -> bool:
        """Whether anyone may speak, rather than the one that the heading names."""
        return not self.actor or self.role == "discussant"


def floors(paragraphs: Sequence[Paragraph], gazetteer: Gazetteer, read_label: Callable[..., Any]) -> list[Floor]:
    """Find for each paragraph the floor that the headings before it set; a section that is over does not come back.

    Parameters
    ----------
    paragraphs
        In order.
    gazetteer
        Names in this report.
    read_label
        Reads a line as a speaker's label. Where two lines or more read as one, such a line gives the floor to that
        speaker alone until the next.
    """
    given: list[Floor] = []
    barred = (line.split("|") for paragraph in paragraphs for line in paragraph.matter if "|" in line)
    named = frozenset(part.strip() for parts in barred for part in parts)
    labels = {
        line: label
        for paragraph in paragraphs
        for line in paragraph.matter
        if len(line.split()) < 16
        and not _is_heading(line)
        and (label := read_label(line, gazetteer, known=named, is_heading=True))
    }
    headings = {line for paragraph in paragraphs for line in paragraph.matter}
    alone = sum(label.bodies != () for label in labels.values())
    alone = alone if len(labels) * 4 >= len(headings) else 0
    floor, over, people = Floor(by_name=alone > 1), set[str](), dict[str, tuple[str, ...]]()
    for paragraph in paragraphs:
        before = floor.section
        floor = replace(floor, fresh=bool(paragraph.matter), is_label=floor.is_label and not paragraph.matter)
        matter = [line for line in paragraph.matter if alone < 2 or line not in labels]
        for i, line in enumerate(matter):
            floor = _after(line, floor, gazetteer, over, final=i >= len(matter) - LAST_LINES or bool(given))
        if not given and floor.section == "closing":
            floor = replace(floor, section="opening", role="discussant", actor="")
        if given and floor.section != before:
            over.add(before)
        if alone > 1 and paragraph.matter and paragraph.matter[-1] in labels:
            label = labels[paragraph.matter[-1]]
            people.update({label.name: label.bodies} if label.name and label.bodies else {})
            officer = (floor.chairs.get(floor.section) or "CHAIR",) if label.officer else ("UNNAMED",)
            actor = (label.bodies or people.get(label.name) or officer)[0]
            role = "chair" if label.officer else "discussant"
            floor = replace(floor, role=role, actor=actor, behalf=label.behalf, is_label=True)
        elif paragraph.matter:
            floor = replace(floor, behalf=())
        given.append(floor)
    return given


def _is_heading(line: str) -> bool:
    """Return whether a line names a section, a talk or who gives it, rather than a speaker alone."""
    return bool(
        _section(line, Floor())
        or any(form.search(line) for form in (_BY, _TALK, _FLOOR, _TROIKA, _CHAIRED, _FACILITATED))
    )


def _after(line: str, floor: Floor, gazetteer: Gazetteer, over: set[str], *, final: bool) -> Floor:
    """Give the floor after one unnumbered line. Of an agenda only the roundtables, chairs and the troika are kept."""
    line = line.replace("’", "'")
    section = _section(line, floor)
    here = section if section and section not in over else floor.section
    floor = _with_chairs(line, here, floor, gazetteer)
    if _TROIKA.search(line):
        floor = replace(floor, troika=floor.troika | {found.code for found in gazetteer.find(line)})
    if _OBJECTIVE_LINE.match(line) or _CHAIRED.search(line) or _FACILITATED.search(line) or not final:
        return replace(floor, section=here, title=line if here != floor.section else floor.title)
    if _BY.match(line):
        body = _body(line, gazetteer)
        return replace(floor, role="presenter", actor=body) if body else floor
    role, actor = _role(line, here, floor, gazetteer)
    return replace(
        floor,
        section=here,
        title=line if here != floor.section or not floor.title else floor.title,
        role=role,
        actor=actor,
    )


def _section(line: str, floor: Floor) -> str:
    """Give the section that a heading opens, ``""`` where it opens none."""
    found = _ROUNDTABLE.search(line)
    if found:
        number = found[1].lower()
        return f"RT{WORDS.get(number) or number}"
    listed = [set(map(int, re.findall(r"\d+", match))) for match in _OBJECTIVES.findall(line)]
    together: set[int] = set().union(*listed)
    for name, objectives in IMRF_ROUNDTABLES.items():
        if (
            len(together) > 2
            and len(together & set(objectives)) > len(together) / 2
            and not _OBJECTIVE_LINE.match(line)
        ):
            return name
    of_roundtable = floor.section.startswith("RT") and bool(_CHAIR.search(line) or _FACILITATOR.search(line))
    plenary = next((name for name, words in _PLENARY if re.search(words, line, re.IGNORECASE)), "")
    return "" if of_roundtable or (floor.section.startswith("RT") and plenary != "closing") else plenary


def _with_chairs(line: str, section: str, floor: Floor, gazetteer: Gazetteer) -> Floor:
    """Keep who chairs and who facilitates, from a line such as ``Chaired by X, Government of Y; facilitated by Z``."""
    chaired, facilitated = _CHAIRED.search(line), _FACILITATED.search(line)
    chairs, facilitators = dict(floor.chairs), dict(floor.facilitators)
    if chaired:
        end = facilitated.start() if facilitated and facilitated.start() > chaired.end() else len(line)
        chairs[section] = _body(line[chaired.end() : end], gazetteer) or chairs.get(section, "")
    if facilitated:
        end = chaired.start() if chaired and chaired.start() > facilitated.end() else len(line)
        facilitators[section] = _body(line[facilitated.end() : end], gazetteer) or facilitators.get(section, "")
    return replace(floor, chairs=chairs, facilitators=facilitators)


def _role(line: str, section: str, floor: Floor, gazetteer: Gazetteer) -> tuple[str, str]:
    alone = gazetteer.code(_name(line))
    if alone:
        return "discussant", alone
    if _FACILITATOR.search(line):
        return "facilitator", _body(line, gazetteer) or floor.facilitators.get(section, "")
    if _TROIKA.search(line):
        return "troika", ""
    if _CHAIR.search(line):
        return "chair", _body(line, gazetteer) or floor.chairs.get(section, "")
    if _FLOOR.search(line):
        return "discussant", ""
    if _TALK.search(line):
        return "presenter", ""
    if (
        floor.by_name
        and not _section(line, floor)
        and is_body(_name(line), held=False)
        and not is_person(_name(line))
        and len(line.split()) < 9
    ):
        return "discussant", gazetteer.introduce(_name(line))
    return "discussant", ""


def _name(line: str) -> str:
    """Give a heading without number, brackets and colon: a body's name, where reports set speakers as headings."""
    return re.sub(r"\s*\(.*?\)|[:.]\s*$|^\d+[.)]\s*", "", line)


def _body(line: str, gazetteer: Gazetteer) -> str:
    """Give the body in whose name a person named in a line speaks: a GFMD mechanism before its members, else the last."""
    codes = [found.code for found in gazetteer.find(line)]
    codes = [code for code in codes if code != "SECRETARIAT"] or codes  # of the body named beside it
    mechanisms = [code for code in codes if gazetteer.bodies[code].actor_type == "gfmd_mechanism"]
    return (mechanisms or codes[::-1] or [_unknown(line, gazetteer)])[0]


def _unknown(line: str, gazetteer: Gazetteer) -> str:
    """Give the body after the last comma of ``Jane Doe, Director, Migrant Rights Alliance``."""
    parts = [part.strip(" .;)") for part in re.split(r",|\(", _BY.sub("", line))]
    return (
        gazetteer.introduce(parts[-1])
        if len(parts) > 1 and parts[-1][:1].isupper() and len(parts[-1].split()) < 9
        else ""
    )
