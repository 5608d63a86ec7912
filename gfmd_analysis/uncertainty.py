"""How sure is a ranking of 23 objectives from some 28 speakers? Bootstrap by actor, and a null model of even attention."""

import numpy as np
import pandas as pd

from gfmd_analysis.coverage import attention_matrix
from gfmd_analysis.errors import GfmdError
from gfmd_analysis.loading import OBJECTIVES, require_columns
from gfmd_analysis.rules import IMRF_ROUNDTABLES

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
    table = attention_matrix(long, "actor", count).to_numpy(dtype=float)
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


def even_attention(long: pd.DataFrame, *, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """Compare each objective's mentions with what even attention would have given.

    The null model keeps who spoke, where, and how many objectives each intervention names inside and outside its
    roundtable; only which ones is drawn anew: inside, each of the roundtable's objectives is as likely as the other;
    outside, and in plenary parts, each of the rest.

    Parameters
    ----------
    long
        Tidy long table, whole or selected.
    draws, seed
        Samples of the null model and the seed.

    Returns
    -------
    DataFrame
        One row per objective: ``objective``, ``observed``, ``expected`` (mean), ``low``, ``high`` (90 % interval of the
        null), ``p_low`` (share of samples with as few mentions or fewer, one added to both) and ``p_adjusted``
        (Benjamini and Hochberg 1995 over the 23 objectives, two-sided).
    """
    require_columns(long, "intervention", "objective", "roundtable")
    spoken = long[long["objective"].notna()]
    numbers = np.array(OBJECTIVES.categories)
    home = {name: np.isin(numbers, members) for name, members in IMRF_ROUNDTABLES.items()}
    counts = np.zeros((draws, len(numbers)), dtype=int)
    generator = np.random.default_rng(seed)
    for _, rows in spoken.groupby("intervention", sort=True):
        inside = home.get(rows["roundtable"].iloc[0], np.zeros(len(numbers), dtype=bool))
        named = np.isin(numbers, rows["objective"].astype(int))
        for allowed in (inside, ~inside):
            size = int((named & allowed).sum())
            if size:
                keys = generator.random((draws, int(allowed.sum())))
                counts[:, allowed] += keys.argsort(axis=1).argsort(axis=1) < size
    observed = spoken.groupby("objective", observed=False)["intervention"].nunique().to_numpy()
    fewer = ((counts <= observed).sum(axis=0) + 1) / (draws + 1)
    more = ((counts >= observed).sum(axis=0) + 1) / (draws + 1)
    low, high = np.quantile(counts, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    return pd.DataFrame(
        {
            "objective": pd.Categorical(numbers, dtype=OBJECTIVES),
            "observed": observed,
            "expected": counts.mean(axis=0),
            "low": low,
            "high": high,
            "p_low": fewer,
            "p_adjusted": _adjusted(np.minimum(2 * np.minimum(fewer, more), 1)),
        }
    )


def _adjusted(p_values: np.ndarray) -> np.ndarray:
    from scipy.stats import false_discovery_control

    return np.asarray(false_discovery_control(p_values))
