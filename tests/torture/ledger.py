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
    """One trial: what was tried, whether it ended as it must, and what was said."""

    kind: str
    trial: str
    caught: bool
    said: str = ""


def watched(outcomes: Iterable[Trial], total: int, title: str) -> Iterator[Trial]:
    """Show a progress bar over the trials."""
    return iter(tqdm(outcomes, total=total, desc=f"{title:<15}", file=sys.stderr, disable=None, ncols=90))


def closing_table(outcomes: Iterable[Outcome]) -> pd.DataFrame:
    """Count tried, caught and survived per kind, in the order in which the kinds came."""
    table = pd.DataFrame([vars(outcome) for outcome in outcomes], columns=["kind", "trial", "caught", "said"])
    counts = table.groupby("kind", sort=False)["caught"].agg(tried="size", caught="sum").astype(int)
    counts["survived"] = counts["tried"] - counts["caught"]
    counts.loc["all"] = counts.sum()
    return counts


def survivors(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Give the trials that did not end as they must."""
    return [outcome for outcome in outcomes if not outcome.caught]
