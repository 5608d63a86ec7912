"""Meetings side by side: which objectives rose and fell, and how sure that is."""

import numpy as np
import pandas as pd

from gfmd_analysis.coverage import attention_matrix
from gfmd_analysis.errors import GfmdError
from gfmd_analysis.loading import OBJECTIVES, require_columns
from gfmd_analysis.uncertainty import DRAWS, LEVEL, SEED


def change(long: pd.DataFrame, before: str, after: str, *, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """Give the change of each objective's share of attention from one meeting to another.

    Parameters
    ----------
    long
        Tidy long table with both meetings.
    before, after
        Meetings, as in the column ``meeting``.
    draws, seed
        Bootstrap samples and the seed.

    Returns
    -------
    DataFrame
        One row per objective: ``objective``, ``before`` and ``after`` (percent of the meeting's mentions), ``change`` (percentage points),
        ``low``, ``high`` (90 % interval, actors of each meeting resampled), ``clear`` (the interval leaves out zero).

    Raises
    ------
    GfmdError
        For a meeting that is not in the table or in which no objective was mentioned.

    Notes
    -----
    Efron and Tibshirani (1993), ch. 8: the two-sample bootstrap, clusters (actors) drawn within each sample.
    """
    require_columns(long, "meeting", "actor", "objective", "intervention", "words")
    generator = np.random.default_rng(seed)
    shares, samples = [], []
    for meeting in (before, after):
        table = attention_matrix(long[long["meeting"] == meeting], "actor").to_numpy(dtype=float)
        if not table.sum():
            raise GfmdError(
                f"meeting: found {meeting!r}; allowed: a meeting with mentions: {', '.join(sorted(long['meeting'].unique()))}"
            )
        weights = generator.multinomial(len(table), np.full(len(table), 1 / len(table)), size=draws)
        shares.append(_percent(table.sum(axis=0)[None, :])[0])
        samples.append(_percent(weights @ table))
    low, high = np.quantile(samples[1] - samples[0], [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    return pd.DataFrame(
        {
            "objective": pd.Categorical(OBJECTIVES.categories, dtype=OBJECTIVES),
            "before": shares[0],
            "after": shares[1],
            "change": shares[1] - shares[0],
            "low": low,
            "high": high,
            "clear": (low > 0) | (high < 0),
        }
    )


def _percent(counts: np.ndarray) -> np.ndarray:
    return np.asarray(100 * counts / np.maximum(counts.sum(axis=1, keepdims=True), 1))


def comparison(long: pd.DataFrame) -> str:
    """Say in a sentence which meetings are compared, what rose and what fell, and which actors came and went."""
    from gfmd_analysis.coverage import comings_and_goings
    from gfmd_analysis.sentences import count, listing, objectives

    meetings = sorted(long["meeting"].unique())
    if len(meetings) < 2:
        return f"One meeting is loaded ({meetings[0]}): there is nothing yet to compare it with. Name the folders of two or more in `GFMD_DATA`, and this notebook compares them."
    table = change(long, meetings[-2], meetings[-1])
    rose = [int(n) for n in table.loc[table["clear"] & (table["change"] > 0), "objective"]]
    fell = [int(n) for n in table.loc[table["clear"] & (table["change"] < 0), "objective"]]
    actors = comings_and_goings(long[long["meeting"].isin(meetings[-2:])])
    came = int((~actors[meetings[-2]] & actors[meetings[-1]]).sum())
    went = int((actors[meetings[-2]] & ~actors[meetings[-1]]).sum())
    moved = listing([f"{objectives(numbers)} {word}" for numbers, word in ((rose, "rose"), (fell, "fell")) if numbers])
    said = (
        f"{moved} by more than chance among the speakers would explain"
        if rose or fell
        else "no objective's share of attention changed by more than chance among the speakers would explain"
    )
    return (
        f"From {meetings[-2]} to {meetings[-1]}, {said}; {count(came, 'actor')} came and {count(went, 'actor')} went."
    )
