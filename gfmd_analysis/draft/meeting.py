"""Draft what a meeting is from the lines before its report's first paragraph: its kind, title, date and mode."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from gfmd_analysis.dataset.descriptor import schema
from gfmd_analysis.draft.actors import LANGUAGES
from gfmd_analysis.draft.paragraphs import Paragraph
from gfmd_analysis.errors import GfmdError

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
