"""Hold ``paragraphs.csv`` against a public copy of the report: numbers, word counts, hashes."""

from pathlib import Path

from gfmd_analysis.dataset.tables import load
from gfmd_analysis.draft.markup import fingerprint
from gfmd_analysis.draft.paragraphs import cut
from gfmd_analysis.draft.report import read_document
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
        For a report that cannot be read, a text that is not that report, or a meeting that is not in the package.
    """
    expected = load(*([folder] if folder else [])).paragraphs
    meetings = sorted(expected["meeting"].unique())
    chosen = meeting or ("none" if len(meetings) > 1 else meetings[0])
    if chosen not in meetings:
        raise GfmdError(f"meeting: found {chosen}; allowed: {', '.join(meetings)}")
    expected = expected[expected["meeting"] == chosen]
    found = {paragraph.number: fingerprint(paragraph.text) for paragraph in cut(read_document(report).text).paragraphs}
    lines = []
    for number, words, digest in expected[["paragraph", "words", "sha256"]].itertuples(index=False):
        if number not in found:
            lines.append(f"paragraph {number}: missing in the report, {words} words in paragraphs.csv")
        elif found[number][0] != words:
            lines.append(f"paragraph {number}: {found[number][0]} words in the report, {words} in paragraphs.csv")
        elif found[number][1] != digest:
            hashes = f"SHA-256 {found[number][1][:12]}…, in paragraphs.csv {digest[:12]}…"
            lines.append(f"paragraph {number}: {words} words as expected, but another text ({hashes})")
    if len(lines) == len(expected) and not any("as expected" in line for line in lines):
        told = f"found {len(found)} paragraphs, of which none is in paragraphs.csv"
        raise GfmdError(f"{report.name}: {told}; allowed: the public report of {chosen}")
    more = sorted(set(found) - set(expected["paragraph"]))
    lines += [f"paragraph {number}: in the report, not in paragraphs.csv" for number in more]
    return lines, len(expected)
