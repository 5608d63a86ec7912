"""Cite paragraphs in brackets: ``[22]``, ``[73, 77]``, and with the meeting where there are several."""

from collections.abc import Iterable

from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.text import count, paragraphs, sentence, spans


class Citations:
    """Where each intervention stands, to cite it; and the full names that a document writes out."""

    def __init__(self, data: "Dataset") -> None:
        spoken = data.interventions
        self.places = {
            code: (meeting, int(number))
            for code, meeting, number in zip(
                spoken["intervention"], spoken["meeting"], spoken["paragraph"], strict=True
            )
        }
        self.several = len(data.meetings) > 1
        self.summaries = dict(zip(spoken["intervention"], spoken["summary"], strict=True))
        self.names = dict(zip(data.actors["actor"], data.actors["name"], strict=True))
        self.titles = dict(zip(data.objectives["objective"].astype(int), data.objectives["title"], strict=True))

    def __call__(self, interventions: Iterable[str]) -> str:
        """Give the paragraphs of interventions in brackets, each once and in order."""
        found: dict[str, list[int]] = {}
        for meeting, number in sorted({self.places[code] for code in interventions}):
            found.setdefault(meeting, []).append(number)
        parts = [
            f"{meeting} {spans(numbers)}" if self.several else spans(numbers) for meeting, numbers in found.items()
        ]
        return f"[{'; '.join(parts)}]" if parts else ""

    def heading(self, objective: int) -> str:
        """Give an objective's heading."""
        return f"Objective {objective}. {self.titles[objective]}"


def scope_line(data: "Dataset") -> str:
    """Say for a figure's subtitle when the meeting or meetings took place and how many actors spoke there."""
    from babel.dates import format_date

    days = sorted(data.meetings["date"].dt.date)
    shown = list(dict.fromkeys(format_date(day, "d MMMM y", locale="en") for day in (days[0], days[-1])))
    several = f"{count(len(days), 'meeting')}, " if len(days) > 1 else ""
    return f"{several}{' to '.join(shown)}, {count(data.interventions['actor'].nunique(), 'speaker')}"


def report_titles(data: "Dataset") -> str:
    """Name the report for a source line, or how many reports there are."""
    titles = data.meetings["source"].tolist()
    return str(titles[0]) if len(titles) == 1 else f"summary reports of {count(len(titles), 'meeting')}"


def source_line(data: "Dataset", numbers: Iterable[int]) -> str:
    """Name the report, or how many there are, with paragraphs, for a source line."""
    return f"{report_titles(data)}, {paragraphs(numbers)}"


def report_source(data: "Dataset", interventions: Iterable[str]) -> str:
    """Name the report and the paragraphs that some interventions come from, for a figure's source line."""
    spoken = data.interventions[data.interventions["intervention"].isin(list(interventions))]
    days = dict(zip(data.meetings["meeting"], data.meetings["date"], strict=True))
    parts = [
        f"report of the meeting of {days[meeting].day} {days[meeting]:%B %Y}, {paragraphs(rows['paragraph'])}"
        for meeting, rows in spoken.groupby("meeting", sort=True)
    ]
    return sentence("; ".join(parts)) + "."
