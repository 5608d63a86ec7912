"""Cite paragraphs in brackets: ``[22]``, ``[73, 77]``, and with the meeting where there are several."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

from gfmd_analysis.sentences import spans

if TYPE_CHECKING:
    from gfmd_analysis.loading import Dataset


def rows_of(table: pd.DataFrame) -> list[Any]:
    """Give a table's rows as named tuples, untyped as pandas gives them."""
    return list(table.itertuples())


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
