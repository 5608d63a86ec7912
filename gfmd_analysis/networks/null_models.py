"""Is it more than chance? Two-mode networks redrawn at random with both totals kept, and what of ours they do not show.

The null model is the curveball algorithm: each actor keeps how many objectives it speaks to, each objective how many
speak to it, and nothing else of the network stays. With ``within`` it also keeps how many objectives *of each
roundtable* an actor speaks to; what is still unlikely then is not explained by the agenda that put them together.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from gfmd_analysis.dataset.significance import against_chance
from gfmd_analysis.errors import GfmdError, NoDataError
from gfmd_analysis.networks.communities import highest_modularity
from gfmd_analysis.networks.edges import incidence

SEED = 20211118
SAMPLES = 10_000
ROUNDS = 25
CHUNK = 1_000
STARTS, REPEATS = 2, 101

Presences = npt.NDArray[np.bool_]
Block = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]


def curveball(matrix: Presences, samples: int, rng: np.random.Generator, *, rounds: int = ROUNDS) -> Presences:
    """Draw random presence matrices with the row and column totals of a given one, each by a chain of its own.

    In a round the nodes of the smaller side are paired at random, each chain for itself, and every pair trades: the two
    pool what only one of them has, and share it out anew at random, each keeping its number. A chain of ``rounds`` has
    so ``rounds / 2`` trades for each node that has anything to trade (neither nothing nor everything).

    Parameters
    ----------
    matrix
        Presence matrix, shape (rows, columns).
    samples
        Number of matrices to draw.
    rng
        Seeded source.
    rounds
        Rounds of each chain. 20 suffice for the networks of this project; the tests compare the default with a chain
        twenty times as long.

    Returns
    -------
    array of bool
        Shape (samples, rows, columns).

    References
    ----------
    Strona, G. et al. (2014), A fast and unbiased procedure to randomize ecological binary matrices with fixed row and
    column totals, Nature Communications 5, 4114. Carstens, C. J., Hamann, M., Meyer, U., Penschuck, M., Tran, H. and
    Wagner, D. (2018), Parallel and I/O-efficient randomisation of massive networks using global curveball trades, ESA
    2018 (pairing all nodes in a round leaves all matrices equally likely).
    """
    if matrix.shape[0] > matrix.shape[1]:
        return curveball(matrix.T, samples, rng, rounds=rounds).transpose(0, 2, 1)
    rows, columns = matrix.shape
    totals = matrix.sum(axis=1)
    trading = np.flatnonzero((totals > 0) & (totals < columns))
    half = len(trading) // 2
    drawn = np.tile(np.asarray(matrix, dtype=bool), (samples, 1))
    chains, numbers = rows * np.arange(samples)[:, np.newaxis], np.arange(columns, dtype="uint32")
    for _ in range(rounds if half else 0):
        order = chains + trading[rng.random((samples, len(trading)), dtype="float32").argsort(axis=1)]
        first, second = order[:, :half].ravel(), order[:, half : 2 * half].ravel()
        one, other = drawn.take(first, axis=0), drawn.take(second, axis=0)
        pooled, both = one ^ other, one & other
        wanted = (one & pooled).sum(axis=1)
        lots = rng.integers(2**32, size=pooled.shape, dtype="uint32") << columns.bit_length() | numbers  # no two alike
        lots |= pooled.astype("uint32") - np.uint32(1)  # what is not pooled comes last
        last = np.sort(lots, axis=1)[np.arange(len(lots)), np.maximum(wanted, 1) - 1]
        given = pooled & (lots <= last[:, np.newaxis]) & (wanted > 0)[:, np.newaxis]
        drawn[first], drawn[second] = both | given, both | (pooled & ~given)
    return drawn.reshape(samples, rows, columns)


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
        Size and seed of the null model. For one of ``n`` pairs to stand alone jointly, ``p`` must be able to fall well
        below ``0.05 / n``: 10,000 samples do for 23 objectives (253 pairs), 1,000 do not.

    Returns
    -------
    DataFrame
        One row per pair, those least likely by chance first: ``{onto}_a``, ``{onto}_b`` (ordered categoricals),
        ``shared`` (int64, observed), then the columns of :func:`gfmd_analysis.dataset.significance.against_chance`
        (``low`` and ``high`` hold 95 % of the null): ``p`` for the pair alone, ``p_adjusted`` jointly for all pairs,
        ``below`` and ``below_expected`` for how many pairs have a ``p`` of at most 0.05 and how many would by chance.

    Raises
    ------
    GfmdError
        Where a node has no group to stay within.
    """
    table = incidence(edges, through, onto, weight=None)
    matrix, nodes = table.to_numpy() > 0, pd.CategoricalDtype(table.columns, ordered=True)
    left, right = np.triu_indices(matrix.shape[1], k=1)
    drawn = (each.astype("float32") for each in (matrix[np.newaxis], *_draws(table, within, samples, seed)))
    shared = np.concatenate([(each.transpose(0, 2, 1) @ each)[:, left, right].astype("int16") for each in drawn])
    codes = {f"{onto}_a": left, f"{onto}_b": right}
    ends = {end: pd.Categorical.from_codes(places, dtype=nodes) for end, places in codes.items()}
    tested = pd.DataFrame(ends | {"shared": shared[0].astype("int64")}).join(against_chance(shared[0], shared[1:]))
    return tested.sort_values(["p", "p_more", *ends], ignore_index=True)


def network_tests(
    edges: pd.DataFrame,
    row: str = "actor",
    column: str = "objective",
    *,
    within: Mapping[Any, Any] | None = None,
    samples: int = CHUNK,
    seed: int = SEED,
) -> pd.DataFrame:
    """Test the whole network: is it more nested, or more modular, than its totals alone would have it?

    Parameters
    ----------
    edges, row, column
        Edge table and its node sets; only presence counts.
    within, samples, seed
        As in :func:`pair_tests`.

    Returns
    -------
    DataFrame
        Rows ``nestedness`` (NODF of Almeida-Neto et al. 2008, 0 to 100) and ``modularity`` (Barber's, of presence),
        columns ``measure``, ``observed``, ``expected``, ``low``, ``high``, ``p_more``, ``p_less``, ``p``,
        ``p_adjusted`` as in :func:`pair_tests`. Every network gets the same short search for its best partition, and
        the observed one the median of 101 such searches, so that neither is searched harder; a longer search
        (:func:`gfmd_analysis.networks.communities.find_communities`) may find a higher modularity.

    Raises
    ------
    NoDataError
        With fewer than two nodes on a side.
    """
    table = incidence(edges, row, column, weight=None)
    if min(table.shape) < 2:
        raise NoDataError(f"found {table.shape[0]} {row} and {table.shape[1]} {column} nodes; a test needs two of each")
    rng = np.random.default_rng(seed)
    ours = np.repeat(table.to_numpy()[np.newaxis] > 0, REPEATS, axis=0)
    searched = []
    for drawn in (ours, *_draws(table, within, samples, seed)):
        searched.append(np.column_stack([nestedness(drawn), highest_modularity(drawn, rng, STARTS)[0]]))
    found, *null = searched
    observed = np.median(found, axis=0)
    judged = against_chance(observed, np.concatenate(null))
    judged.insert(0, "observed", observed)
    judged.insert(0, "measure", ["nestedness", "modularity"])
    return judged.loc[:, :"p_adjusted"]


def nestedness(presences: Presences) -> npt.NDArray[np.float64]:
    """Compute the nestedness by overlap and decreasing fill (NODF) of presence matrices.

    For each pair of rows with different totals: the share of the shorter row's presences that the longer one has too;
    pairs with equal totals count as 0. The same for pairs of columns; the mean over all pairs of both, in percent. The
    order of rows and columns does not matter.

    Parameters
    ----------
    presences
        Shape (samples, rows, columns).

    Returns
    -------
    array of float64
        One number for each sample, 0 (not nested) to 100 (perfectly nested).

    References
    ----------
    Almeida-Neto, M., Guimarães, P., Guimarães, P. R., Loyola, R. D. and Ulrich, W. (2008), A consistent metric for
    nestedness analysis in ecological systems, Oikos 117, 1227-1239.
    """
    scores, pairs = np.zeros(len(presences)), 0
    for side in (presences.astype("float32"), presences.transpose(0, 2, 1).astype("float32")):
        overlap, totals = side @ side.transpose(0, 2, 1), side.sum(axis=2)
        longer, shorter = totals[:, :, np.newaxis], totals[:, np.newaxis, :]
        shares = np.divide(overlap, shorter, out=np.zeros_like(overlap), where=(longer > shorter) & (shorter > 0))
        scores += shares.sum(axis=(1, 2), dtype="float64")
        pairs += side.shape[1] * (side.shape[1] - 1) // 2
    return 100 * scores / pairs


def _draws(table: pd.DataFrame, within: Mapping[Any, Any] | None, samples: int, seed: int) -> Iterator[Presences]:
    """Draw the null model in chunks, so that memory stays small."""
    matrix, blocks, rng = table.to_numpy() > 0, _blocks(table, within), np.random.default_rng(seed)
    for start in range(0, samples, CHUNK):
        drawn = np.zeros((min(CHUNK, samples - start), *matrix.shape), dtype=bool)
        for rows, columns in blocks:
            drawn[:, rows[:, np.newaxis], columns] = curveball(matrix[np.ix_(rows, columns)], len(drawn), rng)
        yield drawn


def _blocks(table: pd.DataFrame, within: Mapping[Any, Any] | None) -> list[Block]:
    """Find the blocks of rows and columns that are drawn each on its own."""
    rows, columns = (np.arange(size) for size in table.shape)
    if within is None:
        return [(rows, columns)]
    grouped = min((table.columns, table.index), key=lambda nodes: sum(node not in within for node in nodes))
    lost = [node for node in grouped if node not in within]
    if lost:
        raise GfmdError(f"{grouped.name}: {', '.join(map(str, lost))} have no group to stay within")
    groups = np.array([str(within[node]) for node in grouped])
    members = [np.flatnonzero(groups == group) for group in np.unique(groups)]
    return [(rows, part) if grouped is table.columns else (part, columns) for part in members]
