"""Join headings and paragraphs into speeches: who said which words, in which section, role and turn."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gfmd_analysis.bodies import Lexicon
from gfmd_analysis.headings import Floor, floors
from gfmd_analysis.paragraphs import Paragraph, fingerprint
from gfmd_analysis.speakers import voices

UNNAMED = "UNNAMED"
_OFFICER = re.compile(
    r"(?:the\s+|le\s+|la\s+|l')?(?:(co-)?(chair|président)|(facilitator|moderator|modérat|facilitat|animat))",
    re.IGNORECASE,
)


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


def speeches(paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> list[Speech]:
    """Find who says what in a report.

    A paragraph that names no speaker belongs to the chair, facilitator or presenter whom its heading names, else to whoever
    spoke before under the same heading. Bodies that speak together share a paragraph's words.

    Parameters
    ----------
    paragraphs
        As :func:`gfmd_analysis.paragraphs.read_paragraphs` gives them.
    lexicon
        Names in this report; bodies met for the first time are added.

    Returns
    -------
    list of Speech
        In order; at least one a paragraph (``UNNAMED`` where no speaker is found), at most one a body and paragraph.
    """
    given: list[Speech] = []
    speaking: tuple[str, ...] = ()
    holder = ""
    for paragraph, floor in zip(paragraphs, floors(paragraphs, lexicon), strict=True):
        if floor.fresh:
            speaking, holder = (), floor.actor
        parts = _parts(paragraph.text, floor, speaking, lexicon)
        if not holder and parts[0][0] != (UNNAMED,):
            holder = parts[0][0][0]
        speaking = parts[-1][0]
        held = replace(floor, actor=holder) if floor.role in ("presenter", "chair", "facilitator") else floor
        given += _speeches(paragraph, parts, held, given)
    return given


def _parts(text: str, floor: Floor, speaking: tuple[str, ...], lexicon: Lexicon) -> list[tuple[tuple[str, ...], str]]:
    """Part a paragraph among those who speak in it, in order."""
    heard = voices(text, lexicon, is_open=floor.is_open)
    carries_on = speaking if floor.is_open or floor.role == "presenter" else ()
    silent = carries_on or ((floor.actor,) if floor.actor else ()) or (_officer(text, floor),)
    starts = [(voice.actors, voice.start) for voice in heard]
    if not starts or starts[0][1] > 0:
        starts.insert(0, (silent, 0))
    ends = [start for _, start in starts[1:]] + [len(text)]
    parts: dict[tuple[str, ...], str] = {}
    for (actors, start), end in zip(starts, ends, strict=True):
        parts[actors] = f"{parts.get(actors, '')} {text[start:end].strip()}".strip()
    return list(parts.items())


def _officer(text: str, floor: Floor) -> str:
    """Give the section's chair or facilitator where a paragraph begins with that office."""
    found = _OFFICER.match(text)
    if not found:
        return UNNAMED
    return (floor.chairs if found[2] else floor.facilitators).get(floor.section) or UNNAMED


def _speeches(
    paragraph: Paragraph, parts: list[tuple[tuple[str, ...], str]], floor: Floor, before: Sequence[Speech]
) -> list[Speech]:
    made: dict[str, Speech] = {}
    for actors, text in parts:
        words = max(fingerprint(text)[0] // len(actors), 1)
        for actor in actors:
            if actor in made:
                told = made[actor]
                made[actor] = replace(told, text=f"{told.text} {text}", words=told.words + words)
                continue
            role = _role(actor, text, floor)
            turn = next(
                (
                    speech.turn
                    for speech in reversed(before)
                    if speech.paragraph == paragraph.number - 1
                    and not floor.fresh
                    and (speech.actor, speech.role, speech.section) == (actor, role, floor.section)
                ),
                paragraph.number,
            )
            made[actor] = Speech(paragraph.number, floor.section, floor.title, actor, role, turn, text, words)
    return list(made.values())


def _role(actor: str, text: str, floor: Floor) -> str:
    officer = _OFFICER.match(text)
    if officer and actor == (floor.chairs if officer[2] else floor.facilitators).get(floor.section):
        return "chair" if officer[2] else "facilitator"
    if floor.section in ("opening", "reform", "closing") and (
        actor in floor.troika or (floor.role == "troika" and not floor.troika)
    ):
        return "troika"
    if actor == floor.actor and floor.role != "discussant":
        return floor.role
    if floor.role in ("chair", "facilitator") and floor.actor:
        return "guest"
    return "discussant"
