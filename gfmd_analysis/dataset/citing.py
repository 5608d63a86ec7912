"""Cite the report: where a figure or a table comes from, with paragraphs."""

from collections.abc import Iterable

from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.text import count, paras


def source_line(data: "Dataset", numbers: Iterable[int] = (), *, locale: str = "en") -> str:
    """Word where a figure or a table comes from: the report, or how many there are, and its paragraphs.

    Parameters
    ----------
    data
        A loaded dataset.
    numbers
        Paragraphs; none for the whole report.
    locale
        ``en``, ``fr`` or ``es``, for the paragraphs; a report's title stays as it is.

    Returns
    -------
    str
        Such as "Meeting of the GFMD Friends of the Forum, …: Summary Report, paras. 53 and 61".
    """
    titles = data.meetings["source"].tolist()
    source = str(titles[0]) if len(titles) == 1 else f"summary reports of {count(len(titles), 'meeting')}"
    cited = list(numbers)
    return f"{source}, {paras(cited, locale)}" if cited else source
