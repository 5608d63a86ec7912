"""Read from the lines before a report's first paragraph which meeting it is, when and how it was held."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from gfmd_analysis.errors import GfmdError
from gfmd_analysis.paragraphs import Paragraph
from gfmd_analysis.schema import contract

_KINDS_OF_MEETING = (
    ("FOF", r"Friends of the Forum|Amis du Forum"),
    ("SG", r"Steering Group|Groupe directeur"),
    ("SUMMIT", r"Summit|Sommet"),
    ("IMRF", r"International Migration Review Forum|Forum d.examen des migrations"),
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
    if code and not re.fullmatch(str(contract()["meetings"].fields[0].constraints["pattern"]), code):
        raise GfmdError(f"meeting: found '{code}'; allowed: a code such as FOF-2022-05")
    if not day and not code:
        raise GfmdError(
            "found no date before the first paragraph; allowed: a report with its date, or a meeting's code"
        )
    day = day or date.fromisoformat(
        f"{code[-7:]}-01" if re.fullmatch(r".*\d{4}-\d{2}", code) else f"{code[:12][-7:]}-01"
    )
    kind = next((name for name, words in _KINDS_OF_MEETING if re.search(words, "\n".join(front), re.I)), "MEETING")
    title = next((line for line in front if len(line) > 10 and not re.match(r"\W*\d", line)), "Meeting")[:300]
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
    """Find the first full date in a text, in English or French."""
    from babel.dates import get_month_names

    months = {
        name.lower(): number
        for tongue in ("en", "fr")
        for number, name in get_month_names("wide", locale=tongue).items()
    }
    names = "|".join(months)
    forms = (
        rf"(?P<d>\d{{1,2}})(?:er|st|nd|rd|th)?(?:\s*(?:[-–]|and|et)\s*\d{{1,2}})?\s+(?P<m>{names})\s+(?P<y>20\d\d)",
        rf"(?P<m>{names})\s+(?P<d>\d{{1,2}})(?:[-–]\d{{1,2}})?,?\s+(?P<y>20\d\d)",
        r"(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)",
    )
    matches = [match for form in forms for match in re.finditer(form, text, re.IGNORECASE)]
    for match in sorted(matches, key=lambda found: found.start()):
        month = match["m"].lower()
        try:
            return date(int(match["y"]), months.get(month) or int(month), int(match["d"]))
        except ValueError:
            continue
    return None
