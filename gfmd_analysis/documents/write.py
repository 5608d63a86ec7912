"""Write the documents of a briefing: brief (Word, PDF), draft input report (Word, PDF), tables (Excel)."""

from collections.abc import Sequence
from pathlib import Path

from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.dataset.writing import atomic_write
from gfmd_analysis.documents.input_report import draft_report
from gfmd_analysis.documents.pdf import rendered
from gfmd_analysis.documents.two_pages import brief
from gfmd_analysis.documents.workbook import to_xlsx


def write_documents(data: "Dataset", folder: Path, *, locales: Sequence[str] = ("en",)) -> None:
    """Write ``briefing/`` into a folder.

    Parameters
    ----------
    data
        A loaded dataset.
    folder
        Gets ``briefing/brief.docx`` and ``.pdf`` (``brief-fr``, ``brief-es`` for further languages),
        ``input-report-draft.docx`` and ``.pdf``, ``tables.xlsx``.
    locales
        Languages of the brief: ``en``, ``fr``, ``es``.

    Raises
    ------
    GfmdError
        Where a file cannot be written, or for another language.
    """
    files = rendered("input-report-draft", draft_report(data), {}) | {"tables.xlsx": to_xlsx(data)}
    for locale in locales:
        told, pictures = brief(data, locale=locale)
        files |= rendered("brief" if locale == "en" else f"brief-{locale}", told, pictures)
    for name, content in files.items():
        atomic_write(folder / "briefing" / name, content)
