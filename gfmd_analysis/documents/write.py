"""Write the documents of a briefing: brief (Word, PDF), draft input report (Word, PDF), tables (Excel)."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.dataset.writing import atomic_write
from gfmd_analysis.documents.input_report import draft_report
from gfmd_analysis.documents.pdf import fitted
from gfmd_analysis.documents.two_pages import brief
from gfmd_analysis.documents.word import to_docx
from gfmd_analysis.documents.workbook import to_xlsx


def without_figures(data: "Dataset") -> dict[str, bytes]:
    """Make the documents that need no figure, by file name: they can be made while figures are drawn."""
    return {**_both("input-report-draft", draft_report(data), {}), "tables.xlsx": to_xlsx(data)}


def _both(name: str, told: Mapping[str, Any], pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """Render a document twice, as PDF in the size that fits and as Word in the same."""
    shown, content, pages = fitted(told, pictures)
    return {f"{name}.pdf": content, f"{name}.docx": to_docx(shown, pictures, pages)}


def write_documents(
    data: "Dataset", folder: Path, made: Mapping[str, bytes] | None = None, *, locales: Sequence[str] = ("en",)
) -> None:
    """Write ``briefing/`` into a folder.

    Parameters
    ----------
    data
        A loaded dataset.
    folder
        Gets ``briefing/brief.docx`` and ``.pdf`` (``brief-fr``, ``brief-es`` for further languages),
        ``input-report-draft.docx`` and ``.pdf``, ``tables.xlsx``.
    made
        What :func:`without_figures` returns, where it has been made already.
    locales
        Languages of the brief: ``en``, ``fr``, ``es``.

    Raises
    ------
    GfmdError
        Where a file cannot be written, or for another language.
    """
    files = dict(made if made is not None else without_figures(data))
    for locale in locales:
        files |= _both("brief" if locale == "en" else f"brief-{locale}", *brief(data, locale=locale))
    for name, content in files.items():
        atomic_write(folder / "briefing" / name, content)
