"""What the torture run counts: one outcome a trial, and the closing table."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd
from tqdm import tqdm

Trial = TypeVar("Trial")


@dataclass(frozen=True)
class Outcome:
    """One trial: what was tried, whether it ended as it must (``None``: skipped), what was said, and how long it took (s)."""

    kind: str
    trial: str
    caught: bool | None
    said: str = ""
    seconds: float = 0.0


def watched(outcomes: Iterable[Trial], total: int, title: str) -> Iterator[Trial]:
    """Show a progress bar over the trials."""
    return iter(tqdm(outcomes, total=total, desc=f"{title:<15}", file=sys.stderr, disable=None, ncols=90))


def closing_table(outcomes: Iterable[Outcome]) -> pd.DataFrame:
    """Count tried, caught, skipped, survived and seconds per kind, in the order in which the kinds came."""
    table = pd.DataFrame([vars(outcome) for outcome in outcomes], columns=list(Outcome.__dataclass_fields__))
    table["skipped"], table["survived"] = table["caught"].isna(), table["caught"].eq(False)
    table["tried"], table["caught"] = ~table["skipped"], table["caught"].eq(True)
    counts = table.groupby("kind", sort=False)[["tried", "caught", "skipped", "survived", "seconds"]].sum()
    counts.loc["all"] = counts.sum()
    return counts.round().astype(int)


def survivors(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """List the trials that did not end as they must."""
    return [outcome for outcome in outcomes if outcome.caught is False]
