"""Draft the coding of another meeting's report as a data package with a workbook to review it in."""

from pathlib import Path

from gfmd_analysis.draft_tables import code_report
from gfmd_analysis.packages import STATUSES, check_new, write_package
from gfmd_analysis.reports import read_report
from gfmd_analysis.review import review_workbook
from gfmd_analysis.shared_rows import rows_in_use, with_known_rows

WORKBOOK = "review.xlsx"


def draft(report: str | Path, out: str | Path, meeting: str = "") -> str:
    """Draft the coding of a report as a data package, with a workbook to review it in.

    Parameters
    ----------
    report
        Summary report with numbered paragraphs: ``.txt``, ``.md``, ``.docx`` or ``.pdf``.
    out
        New or empty folder. It receives the contract's tables with a column ``status`` (``draft`` on every row), and
        ``review.xlsx``, which holds the report's passages and is kept out of version control.
    meeting
        Code such as ``FOF-2022-05``; made from the report's title and date where it is left out.

    Returns
    -------
    str
        What was drafted, in a sentence or two.

    Raises
    ------
    GfmdError
        For a report that cannot be read or has no date, or a folder that holds something. Nothing is then written.
    """
    out = Path(out)
    check_new(out)
    coding = with_known_rows(code_report(read_report(report), meeting), rows_in_use())
    kept_out = f"# holds passages of the report\n{WORKBOOK}\n"
    others: dict[str, bytes | str] = {WORKBOOK: review_workbook(coding), ".gitignore": kept_out}
    write_package(out, coding.tables, "Draft coding", status=STATUSES[0], others=others)
    basis = coding.tables["mentions"]["basis"].value_counts()
    counts = {name: len(coding.tables[name]) for name in ("paragraphs", "interventions", "quantities", "practices")}
    return (
        f"Drafted {counts['paragraphs']} paragraphs, {counts['interventions']} interventions, "
        f"{basis.get('explicit', 0)} explicit and {basis.get('inferred', 0)} candidate inferred mentions, "
        f"{counts['quantities']} quantities and {counts['practices']} candidate practices in {out.name}.\n"
        f"Review {WORKBOOK}: set status to accepted or rejected on every row, then run gfmd adopt."
    )
