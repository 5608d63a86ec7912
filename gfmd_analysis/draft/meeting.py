"""Draft what a meeting is from the lines before its report's first paragraph: its kind, title, date and mode."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from gfmd_analysis.dataset.descriptor import schema
from gfmd_analysis.draft.actors import LANGUAGES
from gfmd_analysis.draft.paragraphs import Paragraph
from gfmd_analysis.errors import GfmdError, refusal

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

_TEXTS = "resolution|decision|document|résolution|décision|resolución"

_OTHER_TEXT = re.compile(rf"(?:draft |projet de |proyecto de )?(?:{_TEXTS}|distr|original)\b", re.IGNORECASE)

_OF_ANOTHER = re.compile(rf"(?:{_TEXTS}|adopted|dated|adoptée?|adoptada)\b[^.\n]{{0,60}}$", re.IGNORECASE)


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
    front = [line for line in paragraphs[0].matter if line]
    day = first_date("\n".join(front)) or first_date(text[:3000])
    if code and not re.fullmatch(str(schema()["meetings"].fields[0].constraints["pattern"]), code):
        raise GfmdError(f"meeting: found '{code}'; allowed: a code such as FOF-2022-05")
    if not day and not code:
        raise GfmdError(refusal("no date before the first paragraph", "a report with its date, or a meeting's code"))
    day = day or date.fromisoformat("{1}-{2}-01".format(*code.split("-")))
    kind = next((name for name, words in _KINDS_OF_MEETING if re.search(words, "\n".join(front), re.I)), "MEETING")
    title = (_title(front, text) or "Meeting")[:280].strip()
    start = text[:5000].lower()
    online = re.search(r"online|on-line|zoom|virtual|en ligne", start)
    present = re.search(r"in[- ]person|venue|présentiel", start)
    mode = "hybrid" if "hybrid" in start or (online and present) else "online" if online else "in_person"
    return {
        "meeting": code or f"{kind}-{day:%Y-%m}", "title": title, "date": day.isoformat(), "place": "to be added", "mode": mode,
        "source": f"{title}: summary report"[:300], "paragraphs": len(paragraphs),
    }  # fmt: skip


def _title(front: Sequence[str], text: str) -> str:
    """Find the title: a field that names it, else the first line that names a meeting, else the first of some length."""
    if named := re.search(r"\btitle:\s*[\"']?([^\"'\n]{3,300})", text[:2000]):
        return named[1]
    lines = [line for line in front if len(line) > 10 and not re.match(r"\W*\d", line) and not _OTHER_TEXT.match(line)]
    return next(filter(_MEETING.search, lines), next(iter(lines), ""))


def first_date(text: str) -> date | None:
    """Find the first full date in a text that is not a resolution's or a document's, in English, French or Spanish."""
    from babel.dates import get_month_names

    names = [get_month_names("wide", locale=tongue) for tongue in LANGUAGES]
    months = {name.lower(): number for each in names for number, name in each.items()}
    day, month, year = r"(?P<d>\d{1,2})", rf"(?P<m>{'|'.join(months)})", r"(?P<y>(?:19|20)\d\d)"
    forms = (
        rf"{day}(?:er|st|nd|rd|th)?(?:\s*(?:[-–]|and|et|y|to|au)\s*\d{{1,2}})?\s+(?:de\s+)?{month}\s+(?:de\s+)?{year}",
        rf"{month}\s+{day}(?:[-–]\d{{1,2}})?,?\s+{year}",
        rf"{year}-(?P<m>\d\d)-(?P<d>\d\d)",
    )
    matches = [match for form in forms for match in re.finditer(form, text, re.IGNORECASE)]
    for match in sorted(matches, key=lambda found: found.start()):
        if not _OF_ANOTHER.search(text, 0, match.start()):
            with suppress(ValueError):  # 31 February
                return date(int(match["y"]), months.get(match["m"].lower()) or int(match["m"]), int(match["d"]))
    return None
