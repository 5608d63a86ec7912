"""One-mode networks: actors tied by shared objectives, objectives by shared actors, under every usual normalisation.

Sources. Leifeld, P. (2013), Reconceptualizing major policy change in the advocacy coalition framework, Policy Studies
Journal 41(1); Leifeld, P., Gruber, J. and Bossner, F. R. (2019), Discourse Network Analyzer manual; the formulas named
``dna_`` were read in the Discourse Network Analyzer's own code (leifeld-lab/dna, ``computeOneModeMatrix``).
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from gfmd_analysis.dataset.tables import require_columns
from gfmd_analysis.errors import GfmdError, require_known
from gfmd_analysis.networks.edges import check_weights, refuse_positions

Values = npt.NDArray[np.float64]

Scale = tuple[float, float] | None

CELLS = 2_000_000  # of the one-mode matrix that are held at a time

STANCES = {"agree": 1.0, "disagree": 0.0, True: 1.0, False: 0.0}

AGREEMENT: dict[str, Callable[[Values], Values]] = {
    "ignore": np.ones_like,
    "congruence": lambda distance: 1 - distance,
    "conflict": lambda distance: distance,
    "subtract": lambda distance: 1 - 2 * distance,
}


class _Block(NamedTuple):
    """Some nodes ``a`` against all nodes ``b`` from the first of them on: what the formulas are made of."""

    weights: Any  # w, sparse, nodes x cells
    presence: Any  # B, 1 where w is above 0
    start: int
    stop: int
    product: Values  # p_ab
    shared: Values  # sum_j B_aj B_bj

    def times(self, left: Any, right: Any) -> Values:
        return np.asarray((left[self.start : self.stop] @ right[self.start :].T).toarray())

    def sums(self, matrix: Any) -> tuple[Values, Values]:
        """Sum the rows of a matrix, for ``a`` down and for ``b`` across."""
        values = matrix.sum(axis=1)
        return values[self.start : self.stop, np.newaxis], values[np.newaxis, self.start :]


def _jaccard(b: _Block) -> Values:
    return b.shared / (sum(b.sums(b.presence)) - b.shared)


def _weighted_jaccard(b: _Block) -> Values:
    """Add the minima up level by level: ``min(x, y)`` is the sum of the steps between weight levels that both reach."""
    smaller, before = np.zeros_like(b.shared), 0.0
    for level in np.unique(b.weights.data):
        reached = (b.weights >= level) * 1.0
        smaller, before = smaller + (level - before) * b.times(reached, reached), level
    return smaller / (sum(b.sums(b.weights)) - smaller)


def _newman(b: _Block) -> Values:
    return b.times(b.presence.multiply(1 / np.maximum(b.presence.sum(axis=0) - 1, 1)).tocsr(), b.presence)


def _dna_jaccard(b: _Block) -> Values:
    lacking = sum(b.sums(b.weights)) - b.times(b.weights, b.presence) - b.times(b.presence, b.weights)
    return b.product / (b.times(b.weights, b.weights) + lacking)


SIGNED: dict[str, Callable[[_Block], Values]] = {
    "none": lambda b: b.product,
    "average_activity": lambda b: b.product / (sum(b.sums(b.weights)) / 2),
    "cosine": lambda b: b.product / np.sqrt(np.multiply(*b.sums(b.weights**2))),
    "dna_jaccard": _dna_jaccard,
    "dna_cosine": lambda b: b.product / np.multiply(*b.sums(b.weights)),
}

ONE_MODE = SIGNED | {"jaccard": _jaccard, "weighted_jaccard": _weighted_jaccard, "newman": _newman}


def project(
    table: pd.DataFrame,
    onto: str = "actor",
    through: str = "objective",
    *,
    weight: str | None = "weight",
    normalisation: str = "none",
    qualifier: str | None = None,
    scale: Scale = None,
    agreement: str = "congruence",
) -> pd.DataFrame:
    """Project a two-mode network onto one of its node sets, as a tidy edge table.

    With actors this is the congruence network of discourse network analysis, with objectives their co-mention. Without
    a qualifier a tie says that two actors *spoke to* the same objectives, not that they agreed.

    Parameters
    ----------
    table
        Edge table of :func:`gfmd_analysis.networks.edges.edge_table`, or any tidy table with two columns.
    onto, through
        The node set to tie together (``a``, ``b``), and the one they are tied through (``j``).
    weight
        Column of weights ``w``; ``None`` counts rows (for a table of statements).
    normalisation
        With ``p_ab = sum_j w_aj w_bj``, ``B`` for presence, ``w_a`` for totals and ``d_j`` for the nodes tied to ``j``:

        - ``none``: ``p_ab`` (the number of shared nodes if weights are 1);
        - ``average_activity``: ``p_ab / ((w_a + w_b) / 2)`` (Leifeld 2013);
        - ``jaccard``: ``sum_j B_aj B_bj / sum_j max(B_aj, B_bj)`` (Jaccard 1901);
        - ``weighted_jaccard``: ``sum_j min(w_aj, w_bj) / sum_j max(w_aj, w_bj)`` (Ruzicka 1958);
        - ``cosine``: ``p_ab / (|w_a| |w_b|)`` with Euclidean norms of the profiles (Salton and McGill 1983);
        - ``newman``: ``sum_j B_aj B_bj / (d_j - 1)`` (Newman 2001, Physical Review E 64, 016132);
        - ``dna_jaccard``: ``p_ab / (m11 + m10 + m01)``, the Discourse Network Analyzer's: ``m11`` is ``p_ab`` without
          regard to positions, ``m10`` the sum of ``w_aj`` over the cells that ``b`` lacks, ``m01`` the reverse;
        - ``dna_cosine``: ``p_ab / (w_a w_b)``, the Discourse Network Analyzer's, of totals and never above ``cosine``.
    qualifier
        Column of positions: ``agree`` and ``disagree``, true and false, or numbers on ``scale``. Two positions agree by
        ``1 - |k - l| / (high - low)``.
    scale
        Lowest and highest value that the qualifier can take, ``(0, 1)`` or ``(-2, 2)``; it is given and never taken from
        the values that happen to occur.
    agreement
        With a qualifier: ``congruence`` (like positions on the same node), ``conflict`` (unlike ones), ``subtract``
        (congruence less conflict), or ``ignore`` (either).

    Returns
    -------
    DataFrame
        ``{onto}_a``, ``{onto}_b`` (ordered categoricals, a before b), ``shared`` (int32, nodes that both are tied to)
        and ``weight`` (float64, never 0): one row per tie, sorted. Empty when there are none.

    Raises
    ------
    GfmdError
        For unknown columns, normalisations or agreements, negative weights, positions off the scale, a qualifier with a
        normalisation that has no signed form, or a column of positions that is not given as the qualifier.

    Examples
    --------
    >>> import pandas as pd
    >>> said = pd.DataFrame({"actor": list("AABB"), "objective": [1, 2, 2, 3]})
    >>> project(said, weight=None, normalisation="jaccard")["weight"].round(3).tolist()
    [0.333]
    """
    from scipy.sparse import csr_array, eye_array, kron

    require_columns(table, onto, through, *filter(None, (weight, qualifier)))
    require_known("normalisation", [normalisation], SIGNED if qualifier else ONE_MODE)
    require_known("agreement", [agreement], AGREEMENT)
    if not qualifier:
        refuse_positions(table, onto, through, weight, "qualifier='{}' (agreement='ignore' counts opponents as allies)")
    table = table.dropna(subset=[onto, through, *filter(None, (qualifier,))])
    rows, columns = (table[name].astype("category").cat.remove_unused_categories().cat for name in (onto, through))
    nodes, cells, places = rows.categories, len(columns.categories), columns.codes.to_numpy("int64")
    if weight:
        check_weights(table[weight])
    values = table[weight].to_numpy(dtype="float64", na_value=0.0) if weight else np.ones(len(table))
    weights = csr_array((values, (rows.codes, places)), shape=(len(nodes), cells))
    weights.eliminate_zeros()
    tied = presence = (weights > 0) * 1.0
    mirrored, alike = weights, not qualifier and bool((weights.data == 1).all())
    if qualifier:
        levels, level = np.unique(_positions(table[qualifier], scale), return_inverse=True)
        places, size = places * len(levels) + level, cells * len(levels)
        weights = csr_array((values, (rows.codes, places)), shape=(len(nodes), size))
        presence = (weights > 0) * 1.0
        kernel = AGREEMENT[agreement](np.abs(np.subtract.outer(levels, levels)))
        mirrored = weights @ kron(eye_array(cells), kernel, format="csr")
    kinds = [np.min_scalar_type(-len(nodes))] * 2 + [np.dtype("int32"), np.dtype("float64")]
    parts = [[np.empty(0, kind)] for kind in kinds]
    step = max(CELLS // max(len(nodes), 1), 1)
    for start in range(0, len(nodes), step):
        block = _Block(weights, presence, start, min(start + step, len(nodes)), np.empty(0), np.empty(0))
        shared = block.times(tied, tied)
        product = shared if alike else block.times(weights, mirrored)
        with np.errstate(invalid="ignore", divide="ignore"):
            found = ONE_MODE[normalisation](block._replace(product=product, shared=shared))
        above = np.arange(found.shape[1]) > np.arange(found.shape[0])[:, np.newaxis]
        tie = (shared > 0) & (found != 0) & above
        a, b = np.nonzero(tie)
        for part, column in zip(parts, (a + start, b + start, shared[tie], found[tie]), strict=True):
            part.append(column.astype(part[0].dtype))
    dtype = pd.CategoricalDtype(nodes, ordered=True)
    ties: dict[str, Any] = {}
    for name, part in zip((f"{onto}_a", f"{onto}_b", "shared", "weight"), parts, strict=True):
        ties[name] = np.concatenate(part)
        part.clear()  # so that memory holds the table little more than once
    for end in list(ties)[:2]:
        ties[end] = pd.Categorical.from_codes(ties[end], dtype=dtype)
    return pd.DataFrame(ties, copy=False)


def _positions(column: pd.Series, scale: Scale) -> Values:
    """Place positions between 0 (disagree, the scale's lower end) and 1 (agree, its upper end)."""
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        low, high = scale or (np.nan, np.nan)
        if not column.between(low, high).all() or low == high:
            found = f"{column.name}: found {column.min()} to {column.max()} on {f'the scale {scale}' if scale else 'no scale'}"
            raise GfmdError(f"{found}; allowed: numbers on a scale that is given, such as scale=(0, 1)")
        return np.asarray((column - low) / (high - low), dtype="float64")
    named = column.astype("object").map(STANCES)
    if named.isna().any():
        found = ", ".join(sorted({str(position) for position in column}))
        raise GfmdError(f"{column.name}: found {found}; allowed: agree, disagree, true, false, or numbers on a scale")
    return np.asarray(named, dtype="float64")
