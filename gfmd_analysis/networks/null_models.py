"""Is it more than chance? Two-mode networks redrawn at random with both totals kept, and what of ours they do not show.

The null model is the curveball algorithm: each actor keeps how many objectives it speaks to, each objective how many
speak to it, and nothing else of the network stays. With ``within`` it also keeps how many objectives *of each
roundtable* an actor speaks to; what is still significant then is not explained by the agenda that put them together.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from gfmd_analysis.dataset.tables import require_columns
from gfmd_analysis.errors import GfmdError
from gfmd_analysis.networks.communities import highest_modularity
from gfmd_analysis.networks.edges import incidence

SEED = 20211118

SAMPLES = 12_000

CHUNK = 1_000

STARTS, MOST, REPEATS = 2, 6, 101

Presences = npt.NDArray[np.bool_]

Block = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]


def curveball(matrix: Presences, samples: int, rng: np.random.Generator, *, trades: int | None = None) -> Presences:
    """Draw random presence matrices with the row and column totals of a given one.

    Each sample is its own chain from the observed matrix, all run side by side over the same random sequence of pairs of
    rows: in a trade the two rows pool the columns that only one of them has, and share them out anew at random, each
    keeping its number.

    Parameters
    ----------
    matrix
        Presence matrix, shape (rows, columns).
    samples
        Number of matrices to draw.
    rng
        Seeded source.
    trades
        Trades in each chain; 5 for each row by default (Strona et al. 2014).

    Returns
    -------
    array of bool
        Shape (samples, rows, columns).

    References
    ----------
    Strona, G., Nappo, D., Boccacci, F., Fattorini, S. and San-Miguel-Ayanz, J. (2014), A fast and unbiased procedure
    to randomize ecological binary matrices with fixed row and column totals, Nature Communications 5, 4114. Carstens,
    C. J. (2015), Proof of uniform sampling of binary matrices with fixed row sums and column sums for the fast
    curveball algorithm, Physical Review E 91, 042812.
    """
    rows, columns = matrix.shape
    drawn = np.repeat(np.asarray(matrix, dtype=bool)[:, np.newaxis], samples, axis=1)
    for _ in range((5 * rows if trades is None else trades) if rows > 1 and columns > 1 else 0):
        first, second = rng.choice(rows, size=2, replace=False)
        one, other = drawn[first], drawn[second]
        pooled, both = one ^ other, one & other
        share = (one & pooled).sum(axis=1)
        draw = np.where(pooled, rng.random((samples, columns)), 2.0)  # float64: ties would break the totals
        last = np.take_along_axis(np.sort(draw, axis=1), np.maximum(share - 1, 0)[:, np.newaxis], axis=1)
        given = pooled & (draw <= last) & (share > 0)[:, np.newaxis]
        drawn[first], drawn[second] = both | given, both | (pooled & ~given)
    return np.ascontiguousarray(drawn.transpose(1, 0, 2))


def pair_tests(
    edges: pd.DataFrame,
    onto: str = "objective",
    through: str = "actor",
    *,
    within: Mapping[Any, Any] | None = None,
    samples: int = SAMPLES,
    seed: int = SEED,
) -> pd.DataFrame:
    """Test every pair of nodes: do they share more, or fewer, than the totals alone would have it?

    Parameters
    ----------
    edges
        Edge table; only presence counts.
    onto, through
        The node set whose pairs are tested (co-mention of objectives), and the one they share.
    within
        The group of each node of one of the two sets (an objective's roundtable, an actor's constituency): how often a
        node of the other set is tied to each group is then kept too.
    samples, seed
        Size and seed of the null model. For one of ``n`` pairs to stand alone after correction, ``p`` must be able to
        fall below ``0.05 / n``, so that ``40 n`` samples are the least: 12,000 do for 23 objectives (253 pairs), 1,000
        do not.

    Returns
    -------
    DataFrame
        One row per pair, those least likely by chance first: ``{onto}_a``, ``{onto}_b``, ``shared`` (int64, observed),
        ``expected`` (mean of the null), ``low`` and ``high`` (its 2.5 and 97.5 percentiles), ``p_more`` and ``p_less``
        (one-sided, ``(1 + hits) / (1 + samples)``, Phipson and Smyth 2010), ``p`` (two-sided, twice the smaller, at
        most 1), ``p_adjusted`` (``p`` by Benjamini and Hochberg over all pairs).
    """
    matrix, blocks = _blocks(edges, onto, through, within)
    size = matrix.shape[1]
    left, right = np.triu_indices(size, k=1)
    observed = _shared(matrix[np.newaxis], left, right)[0]
    counts = np.concatenate(
        [_shared(drawn, left, right) for drawn in _draws(matrix, blocks, samples, seed)] or [observed[np.newaxis]]
    )
    nodes = incidence(edges, through, onto, weight=None).columns
    dtype = pd.CategoricalDtype(nodes, ordered=True)
    table = pd.DataFrame(
        {
            f"{onto}_a": pd.Categorical.from_codes(left, dtype=dtype),
            f"{onto}_b": pd.Categorical.from_codes(right, dtype=dtype),
            "shared": observed.astype("int64"),
        }
    ).join(_judged(observed, counts))
    return table.sort_values(["p", "p_more", f"{onto}_a", f"{onto}_b"], ignore_index=True)


def network_tests(
    edges: pd.DataFrame,
    row: str = "actor",
    column: str = "objective",
    *,
    within: Mapping[Any, Any] | None = None,
    samples: int = 1_000,
    seed: int = SEED,
) -> pd.DataFrame:
    """Test the whole network: is it more nested, or more modular, than its totals alone would have it?

    Returns
    -------
    DataFrame
        Rows ``nestedness`` (NODF, 0 to 100) and ``modularity`` (Barber's, of presence), columns ``measure``,
        ``observed``, ``expected``, ``low``, ``high``, ``p_more``, ``p_less``, ``p``, ``p_adjusted`` as in
        :func:`pair_tests`. Every network gets the same short search for its best partition, and the observed one the
        median of 101 such searches, so that neither is searched harder; a longer search
        (:func:`gfmd_analysis.networks.communities.community_summary`) may find a higher modularity.
    """
    matrix, blocks = _blocks(edges, column, row, within)
    if min(matrix.shape) < 2:
        raise GfmdError(f"found {matrix.shape[0]} {row} and {matrix.shape[1]} {column} nodes; a test needs two of each")
    rng = np.random.default_rng(seed)
    draws = list(_draws(matrix, blocks, samples, seed))
    ours = np.repeat(matrix[np.newaxis], REPEATS, axis=0)
    found, *null = (highest_modularity(drawn, rng, STARTS, MOST)[0] for drawn in (ours, *draws))
    observed = np.array([nodf_of_many(ours[:1])[0], np.median(found)])
    nested = np.concatenate([nodf_of_many(drawn) for drawn in draws])
    judged = _judged(observed, np.column_stack([nested, np.concatenate(null)]))
    judged.insert(0, "observed", observed)
    judged.insert(0, "measure", ["nestedness", "modularity"])
    return judged


def backbone(tested: pd.DataFrame, alpha: float = 0.05, *, corrected: bool = True) -> pd.DataFrame:
    """Keep the pairs that share significantly more than chance; the rest may well be the luck of the draw.

    Parameters
    ----------
    tested
        Table of :func:`pair_tests`.
    alpha
        Level for ``p_adjusted`` (``p`` if not ``corrected``): of what is kept, this share is expected to be chance.
    corrected
        Use the p-values corrected for many comparisons.

    Returns
    -------
    DataFrame
        The rows kept; empty when nothing is more than chance.
    """
    column = "p_adjusted" if corrected else "p"
    require_columns(tested, column, "shared", "expected")
    return tested[(tested[column] <= alpha) & (tested["shared"] > tested["expected"])].reset_index(drop=True)


def adjusted(p_values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Correct p-values for many comparisons by the false discovery rate (Benjamini and Hochberg 1995, by scipy)."""
    from scipy.stats import false_discovery_control

    values = np.asarray(p_values, dtype="float64")
    return np.asarray(false_discovery_control(values)) if values.size else values


def _blocks(
    edges: pd.DataFrame, onto: str, through: str, within: Mapping[Any, Any] | None
) -> tuple[Presences, list[Block]]:
    """Give the presence matrix (through x onto) and the blocks of rows and columns that are drawn each on its own."""
    matrix = incidence(edges, through, onto, weight=None)
    rows, columns = np.arange(matrix.shape[0]), np.arange(matrix.shape[1])
    if within is None:
        return matrix.to_numpy() > 0, [(rows, columns)]
    grouped = min((matrix.columns, matrix.index), key=lambda nodes: sum(node not in within for node in nodes))
    lost = [node for node in grouped if node not in within]
    if lost:
        raise GfmdError(f"{grouped.name}: {', '.join(map(str, lost))} have no group to stay within")
    groups = np.array([str(within[node]) for node in grouped])
    members = [np.flatnonzero(groups == group) for group in np.unique(groups)]
    return matrix.to_numpy() > 0, [(rows, m) if grouped is matrix.columns else (m, columns) for m in members]


def _draws(matrix: Presences, blocks: list[Block], samples: int, seed: int) -> Iterator[Presences]:
    """Draw the null model in chunks, so that memory stays small."""
    rng = np.random.default_rng(seed)
    for start in range(0, samples, CHUNK):
        drawn = np.zeros((min(CHUNK, samples - start), *matrix.shape), dtype=bool)
        for rows, columns in blocks:
            drawn[:, rows[:, np.newaxis], columns] = curveball(matrix[np.ix_(rows, columns)], len(drawn), rng)
        yield drawn


def _shared(drawn: Presences, left: npt.NDArray[np.intp], right: npt.NDArray[np.intp]) -> npt.NDArray[np.int16]:
    values = drawn.astype("float32")
    together = values.transpose(0, 2, 1) @ values
    counts: npt.NDArray[np.int16] = together[:, left, right].astype("int16")
    return counts


def _judged(observed: npt.NDArray[Any], null: npt.NDArray[Any]) -> pd.DataFrame:
    """Set each observed value against its null values, one row each."""
    slack = 1e-9
    more = (1 + (null >= observed - slack).sum(axis=0)) / (1 + len(null))
    less = (1 + (null <= observed + slack).sum(axis=0)) / (1 + len(null))
    low, high = np.percentile(null, [2.5, 97.5], axis=0)
    p = np.minimum(1.0, 2 * np.minimum(more, less))
    return pd.DataFrame(
        {
            "expected": null.mean(axis=0),
            "low": low,
            "high": high,
            "p_more": more,
            "p_less": less,
            "p": p,
            "p_adjusted": adjusted(p),
        }
    )


Matrices = npt.NDArray[Any]


def nodf(matrix: pd.DataFrame | Matrices) -> dict[str, float]:
    """Measure the nestedness of a presence matrix by overlap and decreasing fill.

    For each pair of rows with different totals: the share of the shorter row's presences that the longer one has too,
    in percent; pairs with equal totals count as 0. The mean over all pairs of rows is ``rows``, over pairs of columns
    ``columns``, over both together ``nodf``. The order of rows and columns does not matter: they are compared as
    sorted by their totals.

    Parameters
    ----------
    matrix
        Incidence matrix; anything above 0 is a presence. Rows and columns of zeros take part as pairs that score 0.

    Returns
    -------
    dict
        ``nodf``, ``rows``, ``columns``: 0 (not nested) to 100 (perfectly nested); NaN where there is no pair.

    References
    ----------
    Almeida-Neto, M., Guimarães, P., Guimarães, P. R., Loyola, R. D. and Ulrich, W. (2008), A consistent metric for
    nestedness analysis in ecological systems, Oikos 117, 1227-1239.

    Examples
    --------
    >>> nodf(np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0]]))["nodf"]
    100.0
    """
    presence = (np.asarray(matrix) > 0)[np.newaxis]
    rows, row_pairs = pair_scores(presence)
    columns, column_pairs = pair_scores(presence.transpose(0, 2, 1))
    total = np.append(rows + columns, [rows, columns])
    pairs = np.array([row_pairs + column_pairs, row_pairs, column_pairs], dtype="float64")
    means = np.divide(100 * total, pairs, out=np.full(3, np.nan), where=pairs > 0)
    return dict(zip(("nodf", "rows", "columns"), means.tolist(), strict=True))


def nodf_of_many(presences: Matrices) -> npt.NDArray[np.float64]:
    """Give the overall NODF of many presence matrices at once, an array of shape (samples, rows, columns)."""
    rows, row_pairs = pair_scores(presences)
    columns, column_pairs = pair_scores(presences.transpose(0, 2, 1))
    values: npt.NDArray[np.float64] = 100 * (rows + columns) / (row_pairs + column_pairs)
    return values


def pair_scores(presences: Matrices) -> tuple[npt.NDArray[np.float64], int]:
    """Add up the paired overlap of rows for each sample, and give the number of pairs."""
    values = presences.astype("float32")
    overlap = (values @ values.transpose(0, 2, 1)).astype("float64")
    totals = values.sum(axis=2, dtype="float64")
    longer, shorter = totals[:, :, np.newaxis], totals[:, np.newaxis, :]
    counts = (longer > shorter) & (shorter > 0)
    shares = np.divide(overlap, shorter, out=np.zeros_like(overlap), where=counts)
    size = presences.shape[1]
    return shares.sum(axis=(1, 2)), size * (size - 1) // 2
