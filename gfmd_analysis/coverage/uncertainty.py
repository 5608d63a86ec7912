"""How sure is a ranking of 23 objectives from some 28 speakers? Bootstrap by actor, and a null model of even attention."""

import numpy as np
import pandas as pd

from gfmd_analysis.coverage.counts import attendance, coverage_matrix
from gfmd_analysis.dataset.objectives import IMRF_ROUNDTABLES, OBJECTIVES
from gfmd_analysis.dataset.tables import require_columns
from gfmd_analysis.errors import GfmdError
from gfmd_analysis.text import count, listing, objectives

SEED = 20211118

DRAWS = 2000

LEVEL = 0.9


def rank_intervals(
    long: pd.DataFrame, count: str = "interventions", *, draws: int = DRAWS, seed: int = SEED
) -> pd.DataFrame:
    """Bootstrap the ranking of the objectives by resampling the actors.

    An actor's interventions hang together, so that actors, not rows, are drawn with replacement.

    Parameters
    ----------
    long
        Tidy long table, whole or selected.
    count
        Rank by ``interventions`` or by ``actors`` that mention an objective.
    draws, seed
        Bootstrap samples and the seed of numpy's generator.

    Returns
    -------
    DataFrame
        One row per objective: ``objective``, ``count``, ``rank`` (1 = least discussed, ties share the mean rank),
        ``rank_low``, ``rank_high`` (90 % percentile interval), ``in_lowest_third`` (share of samples in which it is
        among the eight least discussed).

    Raises
    ------
    GfmdError
        For an unknown ``count`` or a table without any actor.

    Notes
    -----
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, ch. 8 and 13 (clusters; percentile intervals).
    Ranks from few clusters are themselves noisy: read the interval, not the rank.
    """
    if count not in ("actors", "interventions"):
        raise GfmdError(f"count: found {count!r}; allowed: actors, interventions")
    table = coverage_matrix(long, "actor", count).to_numpy(dtype=float)
    if not len(table):
        raise GfmdError("there is no actor to resample; allowed: a table with at least one intervention")
    generator = np.random.default_rng(seed)
    weights = generator.multinomial(len(table), np.full(len(table), 1 / len(table)), size=draws)
    ranks = _ranks(weights @ table)
    low, high = np.quantile(ranks, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    total = table.sum(axis=0)
    third = round(len(total) / 3)
    return pd.DataFrame(
        {
            "objective": pd.Categorical(OBJECTIVES.categories, dtype=OBJECTIVES),
            "count": total.astype(int),
            "rank": _ranks(total[None, :])[0],
            "rank_low": low,
            "rank_high": high,
            "in_lowest_third": (ranks <= third).mean(axis=0),
        }
    )


def _ranks(values: np.ndarray) -> np.ndarray:
    from scipy.stats import rankdata

    return np.asarray(rankdata(values, method="average", axis=1))


def uniform_attention(long: pd.DataFrame) -> pd.DataFrame:
    """Compare each objective's mentions with what even attention would have given.

    The null model keeps who spoke, where, and how many objectives each intervention names inside and outside its
    roundtable; only which ones is drawn anew: inside, each of the roundtable's objectives is as likely as the other;
    outside, and in plenary parts, each of the rest. An objective's mentions are then a sum of independent trials with
    known chances, so that their distribution (Poisson binomial) is computed and not simulated.

    Parameters
    ----------
    long
        Tidy long table, whole or selected.

    Returns
    -------
    DataFrame
        One row per objective: ``objective``, ``observed``, ``expected`` (mean), ``low``, ``high`` (90 % interval of the
        null), ``p_low`` (chance of as few mentions or fewer) and ``p_adjusted`` (two-sided, Benjamini and Hochberg
        1995 over the 23 objectives).
    """
    require_columns(long, "intervention", "objective", "roundtable")
    spoken = long[long["objective"].notna()]
    homes = {number: name for name, members in IMRF_ROUNDTABLES.items() for number in members}
    place = spoken["roundtable"].astype("str").fillna("")
    inside = (spoken["objective"].astype(int).map(homes) == place).rename("inside")
    sizes = spoken.groupby(["intervention", place, inside])["objective"].nunique().reset_index(name="named")
    tallies = sizes.groupby(["roundtable", "inside", "named"]).size().reset_index(name="times")
    kinds = list(tallies.itertuples(index=False, name=None))
    observed = spoken.groupby("objective", observed=False)["intervention"].nunique().to_numpy()
    numbers = [int(number) for number in OBJECTIVES.categories]
    rows = [_against_chance(number, int(seen), kinds) for number, seen in zip(numbers, observed, strict=True)]
    table = pd.DataFrame({"objective": pd.Categorical(numbers, dtype=OBJECTIVES)}).join(pd.DataFrame(rows))
    two_sided = np.minimum(2 * table[["p_low", "p_high"]].to_numpy().min(axis=1), 1)
    return table.drop(columns="p_high").assign(p_adjusted=_adjusted(two_sided))


def _against_chance(objective: int, observed: int, kinds: list[tuple[str, bool, int, int]]) -> dict[str, float]:
    """Set an objective's mentions against their distribution: a convolution of binomials, one for each kind of chance.

    A kind: the roundtable (empty in plenary), whether inside its objectives, how many are named there, how many times.
    """
    from scipy.stats import binom

    chances = np.ones(1)
    for place, inside, named, times in kinds:
        members = IMRF_ROUNDTABLES.get(place, ())
        if (objective in members) == inside:
            pool = len(members) if inside else len(OBJECTIVES.categories) - len(members)
            chances = np.convolve(chances, binom.pmf(np.arange(times + 1), times, named / pool))
    so_few = np.cumsum(chances)
    low, high = np.searchsorted(so_few, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return {
        "observed": observed,
        "expected": float(chances @ np.arange(len(chances))),
        "low": float(low),
        "high": float(high),
        "p_low": min(float(so_few[observed]), 1.0),
        "p_high": min(float(chances[observed:].sum()), 1.0),
    }


def _adjusted(p_values: np.ndarray) -> np.ndarray:
    from scipy.stats import false_discovery_control

    return np.asarray(false_discovery_control(p_values))


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
    require_columns(long, "meeting", "actor", "objective", "intervention", "words_once")
    generator = np.random.default_rng(seed)
    shares, samples = [], []
    for meeting in (before, after):
        table = coverage_matrix(long[long["meeting"] == meeting], "actor").to_numpy(dtype=float)
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

    meetings = sorted(long["meeting"].unique())
    if len(meetings) < 2:
        return f"One meeting is loaded ({meetings[0]}): there is nothing yet to compare it with. Name the folders of two or more in `GFMD_DATA`, and this notebook compares them."
    table = change(long, meetings[-2], meetings[-1])
    rose = [int(n) for n in table.loc[table["clear"] & (table["change"] > 0), "objective"]]
    fell = [int(n) for n in table.loc[table["clear"] & (table["change"] < 0), "objective"]]
    actors = attendance(long[long["meeting"].isin(meetings[-2:])])
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
