"""Cite the report: source lines, and paragraphs in brackets (``[22]``, ``[73, 77]``)."""

from collections.abc import Iterable

from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.text import count, paras, spans


class Citations:
    """Where each intervention stands, to cite it; and the full names that a document writes out."""

    def __init__(self, data: "Dataset") -> None:
        spoken = data.interventions
        stands = spoken[["intervention", "meeting", "paragraph"]].itertuples(index=False)
        self.places = {code: (meeting, int(number)) for code, meeting, number in stands}
        self.several = len(data.meetings) > 1
        self.summaries = dict(zip(spoken["intervention"], spoken["summary"], strict=True))
        self.names = dict(zip(data.actors["actor"], data.actors["name"], strict=True))
        self.titles = dict(zip(data.objectives["objective"].astype(int), data.objectives["title"], strict=True))

    def __call__(self, interventions: Iterable[str]) -> str:
        """Cite the paragraphs of interventions in brackets, each once and in order."""
        found: dict[str, list[int]] = {}
        for meeting, number in sorted({self.places[code] for code in interventions}):
            found.setdefault(meeting, []).append(number)
        parts = [
            f"{meeting} {spans(numbers)}" if self.several else spans(numbers) for meeting, numbers in found.items()
        ]
        return f"[{'; '.join(parts)}]" if parts else ""

    def heading(self, objective: int) -> str:
        """Word an objective's heading."""
        return f"Objective {objective}. {self.titles[objective]}"


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
