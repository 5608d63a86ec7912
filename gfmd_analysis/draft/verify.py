"""Hold ``paragraphs.csv`` against a public copy of the report: numbers, word counts, hashes."""

from pathlib import Path

from gfmd_analysis.dataset.tables import load
from gfmd_analysis.draft.markup import fingerprint
from gfmd_analysis.draft.paragraphs import read_paragraphs
from gfmd_analysis.draft.report import read_report
from gfmd_analysis.errors import GfmdError


def differences(report: Path, folder: Path | None = None, meeting: str | None = None) -> tuple[list[str], int]:
    """Recompute each paragraph's words and SHA-256 from a report.

    Parameters
    ----------
    report
        The report as text, Markdown, DOCX or PDF.
    folder
        Data package; the data in use where none is given.
    meeting
        Which meeting's paragraphs; may be left out where the package holds one.

    Returns
    -------
    tuple
        A line per paragraph that differs, saying what differs, and the number of paragraphs in the data.

    Raises
    ------
    GfmdError
        For a report that cannot be read, or a meeting that is not in the package.
    """
    expected = load(*([folder] if folder else [])).paragraphs
    meetings = sorted(expected["meeting"].unique())
    if (meeting is None and len(meetings) > 1) or (meeting is not None and meeting not in meetings):
        raise GfmdError(f"meeting: found {meeting or 'none'}; allowed: {', '.join(meetings)}")
    expected = expected[expected["meeting"] == (meeting or meetings[0])]
    found = {paragraph.number: fingerprint(paragraph.text) for paragraph in read_paragraphs(read_report(report))}
    wanted = {number: rest for number, *rest in expected[["paragraph", "words", "sha256"]].itertuples(index=False)}
    lines = []
    for number in wanted | found:
        (words, digest), (counted, hashed) = wanted.get(number, (None, "")), found.get(number, (None, ""))
        if counted is None:
            said = f"missing in the report, {words} words in paragraphs.csv"
        elif words is None:
            said = "in the report, not in paragraphs.csv"
        elif counted != words:
            said = f"{counted} words in the report, {words} in paragraphs.csv"
        elif hashed != digest:
            hashes = f"SHA-256 {hashed[:12]}…, in paragraphs.csv {digest[:12]}…"
            said = f"{words} words as expected, but another text ({hashes})"
        else:
            continue
        lines.append(f"paragraph {number}: {said}")
    return lines, len(expected)
