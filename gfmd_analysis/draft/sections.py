"""Read from a report's headings in which section a paragraph stands, and who has the floor there in which role."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from gfmd_analysis.dataset.descriptor import schema
from gfmd_analysis.dataset.objectives import IMRF_ROUNDTABLES
from gfmd_analysis.draft.actors import LANGUAGES, Gazetteer, is_body
from gfmd_analysis.draft.paragraphs import Paragraph
from gfmd_analysis.draft.vocabulary import is_person
from gfmd_analysis.errors import GfmdError

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
    labels = {
        line: label
        for paragraph in paragraphs
        for line in paragraph.matter
        if len(line.split()) < 16 and not _is_heading(line) and (label := read_label(line, gazetteer, is_heading=True))
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


_KINDS_OF_MEETING = (
    ("FOF", r"Friends of the Forum|Amis du Forum"),
    ("SG", r"Steering Group|Groupe directeur"),
    ("SUMMIT", r"Summit|Sommet"),
    ("IMRF", r"International Migration Review Forum|Forum d.examen des migrations"),
)


_MEETING = re.compile(
    r"meeting|session|forum|summit|consultation|record|report|minutes|réunion|séance|sommet|compte rendu|reunión|sesión|foro|acta",
    re.IGNORECASE,
)

_OTHER_TEXT = re.compile(
    r"(?:draft |projet de |proyecto de )?(?:resolution|decision|document|résolution|décision|resolución|distr|original)\b",
    re.IGNORECASE,
)

_OF_ANOTHER = re.compile(
    r"(?:resolution|decision|document|adopted|dated|résolution|décision|adoptée?|resolución|adoptada)\b[^.\n]{0,60}$",
    re.IGNORECASE,
)


def meeting_row(text: str, paragraphs: Sequence[Paragraph], code: str) -> dict[str, Any]:
    """Draft the row of ``meetings.csv`` from what stands before the first paragraph.

    Parameters
    ----------
    text
        The report.
    paragraphs
        Its paragraphs.
    code
        The meeting's code, made from kind and date where it is empty.

    Raises
    ------
    GfmdError
        For a code of another form, or where there is neither code nor date.
    """
    front = [line for line in paragraphs[0].matter if line] or [""]
    day = first_date("\n".join(front)) or first_date(text[:3000])
    if code and not re.fullmatch(str(schema()["meetings"].fields[0].constraints["pattern"]), code):
        raise GfmdError(f"meeting: found '{code}'; allowed: a code such as FOF-2022-05")
    if not day and not code:
        raise GfmdError(
            "found no date before the first paragraph; allowed: a report with its date, or a meeting's code"
        )
    day = day or date.fromisoformat(
        f"{code[-7:]}-01" if re.fullmatch(r".*\d{4}-\d{2}", code) else f"{code[:12][-7:]}-01"
    )
    kind = next((name for name, words in _KINDS_OF_MEETING if re.search(words, "\n".join(front), re.I)), "MEETING")
    named = re.search(r"\btitle:\s*[\"']?([^\"'\n]{3,300})", text[:2000])
    lines = [line for line in front if len(line) > 10 and not re.match(r"\W*\d", line) and not _OTHER_TEXT.match(line)]
    lines = (
        [named[1]] if named else sorted(lines, key=lambda line: not _MEETING.search(line))
    )  # a line that names a meeting first
    title = (lines or ["Meeting"])[0][:280].strip()
    start = text[:5000].lower()
    online, present = (
        re.search(r"online|on-line|zoom|virtual|en ligne", start),
        re.search(r"in[- ]person|venue|présentiel", start),
    )
    mode = "hybrid" if re.search(r"hybrid", start) or (online and present) else "online" if online else "in_person"
    return {
        "meeting": code or f"{kind}-{day:%Y-%m}", "title": title, "date": day.isoformat(), "place": "to be added", "mode": mode,
        "source": f"{title}: summary report"[:300], "paragraphs": len(paragraphs),
    }  # fmt: skip


def first_date(text: str) -> date | None:
    """Find the first full date in a text that is not a resolution's or a document's, in English, French or Spanish."""
    from babel.dates import get_month_names

    months = {
        name.lower(): number for tongue in LANGUAGES for number, name in get_month_names("wide", locale=tongue).items()
    }
    names = "|".join(months)
    forms = (
        rf"(?P<d>\d{{1,2}})(?:er|st|nd|rd|th)?(?:\s*(?:[-–]|and|et|y|to|au)\s*\d{{1,2}})?\s+(?:de\s+)?(?P<m>{names})\s+(?:de\s+)?(?P<y>(?:19|20)\d\d)",
        rf"(?P<m>{names})\s+(?P<d>\d{{1,2}})(?:[-–]\d{{1,2}})?,?\s+(?P<y>(?:19|20)\d\d)",
        r"(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)",
    )
    matches = [match for form in forms for match in re.finditer(form, text, re.IGNORECASE)]
    for match in sorted(matches, key=lambda found: found.start()):
        if _OF_ANOTHER.search(text, 0, match.start()):
            continue
        month = match["m"].lower()
        try:
            return date(int(match["y"]), months.get(month) or int(month), int(match["d"]))
        except ValueError:
            continue
    return None
