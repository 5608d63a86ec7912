"""Read from a report's headings in which section a paragraph stands, and who has the floor there in which role."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gfmd_analysis.dataset.objectives import IMRF_ROUNDTABLES
from gfmd_analysis.draft.actors import Gazetteer, is_body
from gfmd_analysis.draft.labels import read_label
from gfmd_analysis.draft.paragraphs import Paragraph
from gfmd_analysis.draft.vocabulary import is_person

# who is to be named, and who presides
UNNAMED, CHAIR = "UNNAMED", "CHAIR"

PRESIDING = ("chair", "facilitator")

WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4,
         "i": 1, "ii": 2, "iii": 3, "iv": 4}  # fmt: skip

# patterns, all read without regard to case
_ROUNDTABLE = rf"(?:round\s?-?table|table\s+ronde|\bRT)\s*(?:n[o°]\.?\s*)?#?\s*([1-4]|{'|'.join(WORDS)})\b"

_OBJECTIVES = r"objecti(?:ve|f)s?\s+((?:\d{1,2}(?:\s*(?:,|;|&|and|et)\s*)*)+)"

_OBJECTIVE_LINE = r"^\W*objecti(?:ve|f)\s+\d{1,2}\W"

_PLENARY = {
    "reform": r"reform|réforme",
    "gfmd_gcm": r"GFMD\s*[-–]\s*GCM|FMMD\s*[-–]\s*PMM|GCM\s+relations",
    "imrf_road": r"\bIMRF\b|\bFEMI\b|International Migration Review Forum|Forum d'examen",
    "opening": r"\bopening|\bwelcom|\bintroduct|ouverture|bienvenue|accueil",
    "closing": r"\bclosing|\bclosure|\bconclu|\bwrap|clôture|conclusion",
}

# the role that a heading gives the floor to: the first whose words stand in it
_ROLES = {
    "facilitator": r"facilitat|moderat|modérat|animat(?:eur|rice)|\brapporteure?\b",
    "troika": r"tro[iï]ka",
    "chair": r"\b(?:co-?)?chair(?:s|person|man|woman)?\b|\bprésiden(?:te?|ce)\b",
    "discussant": r"discussion|debate|débat|échanges?\b|exchange|\bfloor\b|interventions|statements|déclarations|speakers",
    "presenter": r"overview|presentation|update|briefing|exposé|présentation|aperçu|keynote",
}

# what names who holds an office
_HELD = (
    r"(?P<chair>(?:co-)?chaired\s+by|présidée?\s+par|\b(?:chair(?:person)?|président|présidente|présidence)\s*:)"
    r"|(?P<facilitator>(?:facilitated|moderated)\s+by|(?:modérée?|animée?|facilitée?)\s+par"
    r"|\b(?:facilitator|moderator|modérateur|modératrice|modération|facilitat(?:eur|rice))\s*:)"
)

_BY = r"^(?:presented\s+|présentée?\s+|exposé\s+)?(?:by|par)\b"

LAST_LINES = 4

LONGEST_NAME, LONGEST_LABEL = 8, 15  # words


@dataclass(frozen=True)
class Floor:
    """Who may be taken to speak where no paragraph says so: section, role and body, as the headings give them.

    ``held`` has the bodies whose people preside, by section and office.
    """

    section: str = "opening"
    title: str = ""
    role: str = "discussant"
    actor: str = ""
    held: dict[tuple[str, str], str] = field(default_factory=dict)
    troika: frozenset[str] = frozenset()
    behalf: tuple[str, ...] = ()
    by_name: bool = False
    is_label: bool = False
    fresh: bool = True

    @property
    def is_open(self) -> bool:
        """Whether anyone may speak, rather than the one that the heading names."""
        return not self.actor or self.role == "discussant"

    def presiding(self, office: str) -> str:
        """Return the section's chair or facilitator where its body is known, else who presides."""
        return self.held.get((self.section, office)) or CHAIR


def floors(paragraphs: Sequence[Paragraph], gazetteer: Gazetteer) -> list[Floor]:
    """Find for each paragraph the floor that the headings before it set; a section that is over does not come back.

    Where two lines or more read as a speaker's label, such a line gives the floor to that speaker alone until the next.

    Parameters
    ----------
    paragraphs
        In order.
    gazetteer
        Names in this report.
    """
    headings = dict.fromkeys(line for paragraph in paragraphs for line in paragraph.matter)
    named = frozenset(part.strip() for line in headings if "|" in line for part in line.split("|"))
    short = [line for line in headings if len(line.split()) <= LONGEST_LABEL and not _is_heading(line)]
    labels = {line: label for line in short if (label := read_label(line, gazetteer, known=named, is_heading=True))}
    by_name = sum(label.bodies != () for label in labels.values()) > 1 and len(labels) * 4 >= len(headings)
    floor, over, people = Floor(by_name=by_name), set[str](), dict[str, tuple[str, ...]]()
    given: list[Floor] = []
    for paragraph in paragraphs:
        before, matter = floor.section, paragraph.matter
        floor = replace(floor, behalf=(), is_label=False, fresh=True) if matter else replace(floor, fresh=False)
        lines = [line for line in matter if not by_name or line not in labels]
        for i, line in enumerate(lines):
            floor = _after(line, floor, gazetteer, over, final=i >= len(lines) - LAST_LINES or bool(given))
        if not given and floor.section == "closing":
            floor = replace(floor, section="opening", role="discussant", actor="")
        if given and floor.section != before:
            over.add(before)
        if by_name and matter and (label := labels.get(matter[-1])):
            if label.name and label.bodies:
                people[label.name] = label.bodies
            nobody = floor.presiding("chair") if label.officer else UNNAMED
            actor = (label.bodies or people.get(label.name) or (nobody,))[0]
            role = "chair" if label.officer else "discussant"
            floor = replace(floor, role=role, actor=actor, behalf=label.behalf, is_label=True)
        given.append(floor)
    return given


def _is_heading(line: str) -> bool:
    """Return whether a line names a section, a talk or who gives it, rather than a speaker alone."""
    forms = (_BY, _HELD, _ROLES["troika"], _ROLES["discussant"], _ROLES["presenter"])
    return bool(_section(line, Floor())) or _says(line, *forms)


def _says(line: str, *patterns: str) -> bool:
    return any(re.search(pattern, line, re.IGNORECASE) for pattern in patterns)


def _after(line: str, floor: Floor, gazetteer: Gazetteer, over: set[str], *, final: bool) -> Floor:
    """Return the floor after one unnumbered line. Of an agenda only the roundtables, chairs and the troika are kept."""
    line = line.replace("’", "'")
    section = _section(line, floor)
    here = section if section and section not in over else floor.section
    floor = _with_chairs(line, here, floor, gazetteer)
    if _says(line, _ROLES["troika"]):
        floor = replace(floor, troika=floor.troika | {found.code for found in gazetteer.find(line)})
    sets = final and not _says(line, _OBJECTIVE_LINE, _HELD)
    if sets and _says(line, _BY):
        body = _body(line, gazetteer)
        return replace(floor, role="presenter", actor=body) if body else floor
    title = line if here != floor.section or (sets and not floor.title) else floor.title
    role, actor = _role(line, here, floor, gazetteer) if sets else (floor.role, floor.actor)
    return replace(floor, section=here, title=title, role=role, actor=actor)


def _section(line: str, floor: Floor) -> str:
    """Return the section that a heading opens, ``""`` where it opens none."""
    if found := re.search(_ROUNDTABLE, line, re.IGNORECASE):
        number = found[1].lower()
        return f"RT{WORDS.get(number) or number}"
    listed = {int(number) for number in re.findall(r"\d+", " ".join(re.findall(_OBJECTIVES, line, re.IGNORECASE)))}
    if len(listed) > 2 and not _says(line, _OBJECTIVE_LINE):
        for name, objectives in IMRF_ROUNDTABLES.items():
            if len(listed & set(objectives)) > len(listed) / 2:
                return name
    plenary = next((name for name, words in _PLENARY.items() if _says(line, words)), "")
    presided = _says(line, _ROLES["chair"], _ROLES["facilitator"])
    return "" if floor.section.startswith("RT") and (plenary != "closing" or presided) else plenary


def _with_chairs(line: str, section: str, floor: Floor, gazetteer: Gazetteer) -> Floor:
    """Keep who chairs and who facilitates, from a line such as ``Chaired by X, Government of Y; facilitated by Z``."""
    firsts = {each.lastgroup: each for each in reversed(list(re.finditer(_HELD, line, re.IGNORECASE)))}
    named = sorted(firsts.values(), key=lambda each: each.start())
    ends = [*(each.start() for each in named), len(line)][1:]
    for found, end in zip(named, ends, strict=True):
        office = (section, str(found.lastgroup))
        body = _body(line[found.end() : end], gazetteer) or floor.held.get(office, "")
        floor = replace(floor, held=floor.held | {office: body})
    return floor


def _role(line: str, section: str, floor: Floor, gazetteer: Gazetteer) -> tuple[str, str]:
    """Return in which role, and who where the line says so, has the floor after a heading."""
    name = re.sub(r"\s*\(.*?\)|[:.]\s*$|^\d+[.)]\s*", "", line)  # where reports set speakers as headings
    if alone := gazetteer.code(name):
        return "discussant", alone
    for role, words in _ROLES.items():
        if _says(line, words):
            return role, (_body(line, gazetteer) or floor.held.get((section, role), "")) if role in PRESIDING else ""
    may_name = floor.by_name and len(line.split()) <= LONGEST_NAME and not _section(line, floor)
    is_name = may_name and is_body(name, held=False) and not is_person(name)
    return "discussant", gazetteer.introduce(name) if is_name else ""


def _body(line: str, gazetteer: Gazetteer) -> str:
    """Return the body in whose name a person named in a line speaks: a GFMD mechanism before its members, else the last.

    Where none is known, it is what stands after the last comma of ``Jane Doe, Director, Migrant Rights Alliance``.
    """
    codes = [found.code for found in gazetteer.find(line)]
    codes = [code for code in codes if code != "SECRETARIAT"] or codes  # of the body named beside it
    if codes:
        return next((code for code in codes if gazetteer.bodies[code].actor_type == "gfmd_mechanism"), codes[-1])
    *before, last = (part.strip(" .;)") for part in re.split(r",|\(", re.sub(_BY, "", line, flags=re.IGNORECASE)))
    is_name = before and last[:1].isupper() and len(last.split()) <= LONGEST_NAME
    return gazetteer.introduce(last) if is_name else ""
