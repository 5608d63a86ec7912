"""How sure is a count of 23 objectives from some 28 speakers? Confidence sets of ranks, an even spread, changes.

Whole actors are what is drawn or relabelled throughout, because an actor's interventions hang together. One null serves
the ranks and the even spread: each actor keeps how much it said, and only on which objectives is left to chance.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from gfmd_analysis.coverage.counts import coverage_matrix
from gfmd_analysis.dataset.capacity import ACTS, Acts
from gfmd_analysis.dataset.objectives import IMRF_ROUNDTABLES, OBJECTIVES
from gfmd_analysis.dataset.significance import against_chance
from gfmd_analysis.errors import GfmdError

SEED = 20211118
DRAWS = 2_000
LEVEL = 0.9

Table = npt.NDArray[np.float64]


def rank_intervals(
    long: pd.DataFrame,
    *,
    count: str = "actor",
    reading: str = "subject",
    acts: Acts = ACTS,
    draws: int = DRAWS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Compute confidence sets of the objectives' ranks.

    A rank is settled by comparisons: an objective's set begins behind all those that were discussed surely less, and ends
    before all those discussed surely more. A difference is sure where it exceeds, in standard errors over the actors,
    what 90 % of relabelled meetings show at most anywhere: against any one other objective (marginal set) or between any
    two (joint set). In a relabelled meeting each actor's counts are dealt out anew over the 23 objectives. A simulation
    in the tests finds that the sets hold the true ranks at least as often as they say.

    Parameters
    ----------
    long
        Tidy long table, whole or selected.
    count
        Rank by ``actor``, ``turn``, ``intervention`` or ``words``.
    reading, acts
        As in :func:`gfmd_analysis.coverage.counts.taken_up`.
    draws, seed
        Relabelled meetings, and the seed.

    Returns
    -------
    DataFrame
        One row per objective: ``objective``, ``count`` (int64), ``rank`` (float64, 1 = least discussed, ties share the
        mean rank), ``rank_low``, ``rank_high`` (int64, marginal: each holds its objective's rank with 90 % confidence),
        ``joint_low``, ``joint_high`` (int64, joint: all 23 hold with 90 % confidence; read these to say which objectives
        are surely among the lowest).

    Raises
    ------
    GfmdError
        For an unknown ``count``, ``reading`` or act, or a table without any actor.

    References
    ----------
    Mogstad, M., Romano, J. P., Shaikh, A. M. and Wilhelm, D. (2024), Inference for ranks with applications to mobility
    across neighbourhoods and academic achievement across countries, Review of Economic Studies 91. The critical values
    are of a studentised permutation (Chung and Romano 2013, Annals of Statistics 41): with so few actors the bootstrap's
    are too small where all objectives are alike.
    """
    table = _by_actor(long, count, reading, acts)
    observed = _standardised(table[np.newaxis])[0]
    rng = np.random.default_rng(seed)
    null = np.abs(_standardised(rng.permuted(np.repeat(table[np.newaxis], draws, axis=0), axis=2)))
    against_one = np.quantile(null.max(axis=2), LEVEL, axis=0, method="higher")[:, np.newaxis]
    anywhere = np.quantile(null.max(axis=(1, 2)), LEVEL, method="higher")
    total = table.sum(axis=0)
    result = _objectives().assign(count=total.astype("int64"), rank=pd.Series(total).rank())
    for name, critical in (("rank", against_one), ("joint", anywhere)):
        result[f"{name}_low"] = 1 + (observed > critical).sum(axis=1)
        result[f"{name}_high"] = len(total) - (observed < -critical).sum(axis=1)
    return result


def uniform_attention(
    long: pd.DataFrame,
    *,
    count: str = "actor",
    reading: str = "subject",
    acts: Acts = ACTS,
    within: str | None = None,
    draws: int = 5 * DRAWS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Compare how much each objective was discussed with an even spread.

    The null keeps how much each actor said and how it hangs together; only on which objectives is left to chance: each
    actor's counts are dealt out anew over the 23 objectives, as in :func:`rank_intervals`. With ``within`` they are dealt
    out over the objectives of each IMRF roundtable, so that what the agenda gave to a roundtable stays there; low is then
    low beside the objectives of the same roundtable, and a claim must say so.

    Parameters
    ----------
    long
        Tidy long table, whole or selected.
    count, reading, acts
        As in :func:`rank_intervals`.
    within
        ``None`` to spread over all 23 objectives, or ``"roundtable"``.
    draws, seed
        Relabelled meetings, and the seed.

    Returns
    -------
    DataFrame
        One row per objective: ``objective``, ``observed`` (int64), then the columns of
        :func:`gfmd_analysis.dataset.significance.against_chance` (``low`` and ``high`` hold 90 % of the null):
        ``p_less`` is the chance of as little or less, ``p_adjusted`` judges all 23 jointly.

    Raises
    ------
    GfmdError
        For an unknown ``count``, ``reading``, act or ``within``, or a table without any actor.
    """
    if within not in ("roundtable", None):
        raise GfmdError(f"within: found {within!r}; allowed: None, roundtable")
    table = _by_actor(long, count, reading, acts).astype("int32")
    numbers, rng = list(OBJECTIVES.categories), np.random.default_rng(seed)
    null = np.empty((draws, len(numbers)), dtype="int32")
    for members in IMRF_ROUNDTABLES.values() if within else [numbers]:
        places = [numbers.index(number) for number in members]
        dealt = rng.permuted(np.repeat(table[np.newaxis, :, places], draws, axis=0), axis=2)
        null[:, places] = dealt.sum(axis=1)
    observed = table.sum(axis=0)
    judged = against_chance(observed, null, interval=LEVEL)
    return _objectives().assign(observed=observed.astype("int64")).join(judged)


def share_change(
    long: pd.DataFrame,
    before: str,
    after: str,
    *,
    count: str = "intervention",
    reading: str = "subject",
    acts: Acts = ACTS,
    draws: int = DRAWS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Compute the change of each objective's share of attention from one meeting to another.

    Parameters
    ----------
    long
        Tidy long table with both meetings.
    before, after
        Meetings, as in the column ``meeting``.
    count, reading, acts
        As in :func:`rank_intervals`.
    draws, seed
        Bootstrap samples of the actors of each meeting, and the seed.

    Returns
    -------
    DataFrame
        One row per objective, float64 but for the ends: ``objective``, ``before`` and ``after`` (per cent of the
        meeting's mentions), ``change`` (percentage points), ``low``, ``high`` (90 % interval, jointly for all 23),
        ``clear`` (bool: the interval leaves out zero).

    Raises
    ------
    GfmdError
        For a meeting that is not in the table or in which no objective was taken up.

    References
    ----------
    Efron, B. and Tibshirani, R. J. (1993), An Introduction to the Bootstrap, ch. 8: the two-sample bootstrap, clusters
    (actors) drawn within each sample. The joint interval is change ± q · standard error, q the 90 % quantile of the
    largest standardised error of any objective.
    """
    rng, shares, samples = np.random.default_rng(seed), [], []
    for meeting in (before, after):
        chosen = long[long["meeting"] == meeting]
        table = _by_actor(chosen, count, reading, acts) if len(chosen) else np.zeros((1, 23))
        if not table.sum():
            known = ", ".join(sorted(long["meeting"].unique()))
            raise GfmdError(f"meeting: found {meeting!r}; allowed: a meeting with mentions: {known}")
        times = rng.multinomial(len(table), np.full(len(table), 1 / len(table)), size=draws)
        shares.append(_per_cent(table.sum(axis=0)[np.newaxis])[0])
        samples.append(_per_cent(times @ table))
    change, errors = shares[1] - shares[0], samples[1] - samples[0] - (shares[1] - shares[0])
    spread = errors.std(axis=0)
    largest = np.divide(np.abs(errors), spread, out=np.zeros_like(errors), where=spread > 0).max(axis=1)
    reach = np.quantile(largest, LEVEL) * spread
    result = _objectives().assign(before=shares[0], after=shares[1], change=change)
    return result.assign(low=change - reach, high=change + reach, clear=np.abs(change) > reach)


def _by_actor(long: pd.DataFrame, count: str, reading: str, acts: Acts) -> Table:
    """Count by actor and objective; actors that took nothing up stay."""
    counts = coverage_matrix(long, rows="actor", count=count, reading=reading, acts=acts)
    if counts.empty:
        raise GfmdError("there is no actor to resample; allowed: a table with at least one intervention")
    return counts.to_numpy(dtype="float64")


def _objectives() -> pd.DataFrame:
    return pd.DataFrame({"objective": pd.Categorical(OBJECTIVES.categories, dtype=OBJECTIVES)})


def _standardised(tables: Table) -> Table:
    """Compute all differences between columns in standard errors over the rows; tables of shape (draws, rows, columns)."""
    total, products = tables.sum(axis=1), tables.transpose(0, 2, 1) @ tables
    squares = np.diagonal(products, axis1=1, axis2=2)
    difference = total[:, :, np.newaxis] - total[:, np.newaxis, :]
    variance = squares[:, :, np.newaxis] + squares[:, np.newaxis, :] - 2 * products - difference**2 / tables.shape[1]
    return np.asarray(difference / np.sqrt(np.maximum(variance, 1e-9)))


def _per_cent(counts: Table) -> Table:
    return np.asarray(100 * counts / np.maximum(counts.sum(axis=1, keepdims=True), 1))
