"""Judge observed values against draws of a null model, many at once; used by coverage and networks alike."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

LEVEL = 0.05

COLUMNS = (
    "expected", "low", "high", "p_more", "p_less", "p", "p_adjusted", "below", "below_expected", "p_below",
)  # fmt: skip


def against_chance(observed: npt.NDArray[Any], null: npt.NDArray[Any], *, interval: float = 0.95) -> pd.DataFrame:
    """Compute p-values of observed values against draws of a null model, alone and jointly.

    The observed values count as one draw more, so that no p-value is 0 and all are valid for any number of draws (Phipson
    and Smyth 2010). The joint ones are those of Westfall and Young's step-down minimum p: how often the null model
    itself gives somewhere among the values not yet taken a p-value as small. They keep the dependence between the values
    and know that a count can take few values: where none can fall below 0.05 by chance, none is allowed for.

    Parameters
    ----------
    observed
        One number for each of ``n`` things.
    null
        Draws of the null model, shape (draws, ``n``), all things together in each draw.
    interval
        Share of the draws between ``low`` and ``high``.

    Returns
    -------
    DataFrame
        ``n`` rows in the order given, float64: ``expected`` (mean of the draws), ``low``, ``high``, ``p_more`` and
        ``p_less`` (one-sided), ``p`` (two-sided, twice the smaller, at most 1), ``p_adjusted`` (joint, for all ``n``,
        never below ``p``), and, the same in every row, ``below`` (how many have ``p`` of at most 0.05), ``below_expected`` (how many do in a
        draw of the null model on average) and ``p_below`` (how often at least as many do).

    References
    ----------
    Westfall, P. H. and Young, S. S. (1993), Resampling-Based Multiple Testing, algorithm 2.8. Phipson, B. and Smyth, G. K.
    (2010), Permutation p-values should never be zero, Statistical Applications in Genetics and Molecular Biology 9.
    """
    if not len(observed):
        return pd.DataFrame(columns=list(COLUMNS), dtype="float64")
    pool = np.concatenate([np.asarray(observed)[np.newaxis], null])
    pool = pool if pool.dtype.kind in "iu" else pool.round(9)
    values = np.unique(pool)
    codes = np.searchsorted(values, pool)
    things = np.arange(pool.shape[1])
    cells = (codes + len(values) * things).ravel()
    times = np.bincount(cells, minlength=pool.shape[1] * len(values)).reshape(-1, len(values))
    up_to = times.cumsum(axis=1)
    less, more = up_to / len(pool), (len(pool) - up_to + times) / len(pool)
    two_sided = np.minimum(1.0, 2 * np.minimum(less, more))
    everywhere = two_sided[things, codes]
    order = np.argsort(everywhere[0], kind="stable")
    smallest = np.minimum.accumulate(everywhere[:, order[::-1]], axis=1)[:, ::-1]
    adjusted = np.empty(len(things))
    adjusted[order] = np.maximum.accumulate(np.maximum((smallest <= smallest[0]).mean(axis=0), everywhere[0, order]))
    below = (everywhere <= LEVEL).sum(axis=1)
    tail = (1 - interval) / 2
    low, high = (values[(less >= share).argmax(axis=1)].astype("float64") for share in (tail, 1 - tail))
    judged = (
        null.mean(axis=0), low, high, more[things, codes[0]], less[things, codes[0]], everywhere[0], adjusted,
        below[0], below[1:].mean(), (below >= below[0]).mean(),
    )  # fmt: skip
    return pd.DataFrame(dict(zip(COLUMNS, judged, strict=True)))
