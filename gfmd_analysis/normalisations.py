"""How networks are normalised, every way under its own name, with its formula and source.

Two-mode (:func:`activity`, :func:`prominence`) take an edge table and give one. One-mode ones are used through
:func:`gfmd_analysis.projections.project`; in their formulas ``w_aj`` is how often ``a`` is tied to ``j``, ``w_a`` its
sum over ``j``, ``B_aj`` is 1 where ``w_aj > 0``, and ``p_ab`` the sum over ``j`` of ``w_aj * w_bj``.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from gfmd_analysis.errors import GfmdError
from gfmd_analysis.loading import require_columns

Positions = npt.NDArray[np.intp]
Values = npt.NDArray[np.float64]


def activity(edges: pd.DataFrame, row: str = "actor", weight: str = "weight") -> pd.DataFrame:
    """Divide each edge by its row node's total: ``w_aj / sum_j w_aj``, an actor's share of attention for an objective.

    Corrects for actors who speak much (activity normalisation, Leifeld 2013). Rows add up to 1.

    Parameters
    ----------
    edges
        Table of :func:`gfmd_analysis.networks.edge_table`.
    row, weight
        The column to normalise by, and the column of weights.

    Returns
    -------
    DataFrame
        The same rows, ``weight`` as float64.
    """
    require_columns(edges, row, weight)
    weights = edges[weight].astype("float64")
    totals = weights.groupby(edges[row], observed=True).transform("sum")
    return edges.assign(**{weight: weights / totals})


def prominence(edges: pd.DataFrame, column: str = "objective", weight: str = "weight") -> pd.DataFrame:
    """Divide each edge by its column node's total: ``w_aj / sum_a w_aj``, an actor's share of an objective.

    Corrects for objectives of which all speak (prominence normalisation, Leifeld 2013). Columns add up to 1.
    """
    return activity(edges, column, weight)


def signed_edges(
    edges: pd.DataFrame, qualifier: str, row: str = "actor", column: str = "objective", normalisation: str = "none"
) -> pd.DataFrame:
    """Subtract disagreement from agreement in a two-mode network: agreeing less disagreeing statements per edge.

    Parameters
    ----------
    edges
        Table of :func:`gfmd_analysis.networks.edge_table` made with this ``qualifier``.
    qualifier
        ``agree``/``disagree``, true/false or 1/0 count as +1 and -1; other numbers are their own sign and strength.
    row, column
        The two node sets.
    normalisation
        ``none``, or ``activity`` (by the row's total over all positions) or ``prominence`` (by the column's), as the
        Discourse Network Analyzer does (``computeTwoModeMatrix``, ``subtract``).

    Returns
    -------
    DataFrame
        ``row``, ``column``, ``weight`` (float64; 0 where both sides are equal).
    """
    require_columns(edges, row, column, qualifier, "weight")
    if normalisation not in ("none", "activity", "prominence"):
        raise GfmdError(f"normalisation: found '{normalisation}'; allowed: none, activity, prominence")
    weights = edges["weight"].astype("float64")
    balance = edges[[row, column]].assign(weight=weights * _signs(edges[qualifier]))
    if normalisation != "none":
        by = edges[row if normalisation == "activity" else column]
        balance["weight"] /= weights.groupby(by, observed=True).transform("sum")
    return balance.groupby([row, column], observed=True)["weight"].sum().reset_index()


def presence(counts: Any) -> Any:
    """Give ``B``: 1 where there is an edge."""
    binary = counts.copy()
    binary.data = np.ones_like(binary.data)
    return binary


def none(counts: Any, a: Positions, b: Positions, product: Values, shared: Values) -> Values:
    """Leave ``p_ab`` as it is (for presence: the number of shared nodes, networkx's ``weighted_projected_graph``)."""
    return product


def average_activity(counts: Any, a: Positions, b: Positions, product: Values, shared: Values) -> Values:
    """Divide ``p_ab`` by the two actors' average total, ``(w_a + w_b) / 2`` (Leifeld 2013)."""
    totals = _totals(counts)
    return product / ((totals[a] + totals[b]) / 2)


def jaccard(counts: Any, a: Positions, b: Positions, product: Values, shared: Values) -> Values:
    """Divide shared nodes by the nodes of either, ``sum_j B_aj B_bj / sum_j max(B_aj, B_bj)`` (Jaccard 1901)."""
    degrees = np.diff(counts.indptr)
    union: Values = degrees[a] + degrees[b] - shared
    return shared / union


def weighted_jaccard(counts: Any, a: Positions, b: Positions, product: Values, shared: Values) -> Values:
    """Divide the smaller by the larger weights, ``sum_j min(w_aj, w_bj) / sum_j max(w_aj, w_bj)`` (Ruzicka 1958).

    Equals :func:`jaccard` on presence. The minima are added up level by level: ``min(x, y)`` is the sum of the steps
    between weight levels that both reach.
    """
    smaller = np.zeros(len(a))
    if len(a):
        levels = np.unique(counts.data)
        for level, step in zip(levels, np.diff(levels, prepend=0.0), strict=True):
            reached = counts.copy()
            reached.data = (counts.data >= level).astype("float64")
            reached.eliminate_zeros()
            smaller += step * (reached @ reached.T)[a, b]
    totals = _totals(counts)
    larger: Values = totals[a] + totals[b] - smaller
    return smaller / larger


def cosine(counts: Any, a: Positions, b: Positions, product: Values, shared: Values) -> Values:
    """Divide ``p_ab`` by the product of the two Euclidean norms, ``sqrt(sum_j w_aj^2) * sqrt(sum_j w_bj^2)``.

    The cosine of the angle between two profiles (Salton and McGill 1983): 1 for proportional profiles. The Discourse
    Network Analyzer's ``cosine`` is another number, see :func:`dna_cosine`.
    """
    norms: Values = np.sqrt(_totals(counts**2))
    return product / (norms[a] * norms[b])


def newman(counts: Any, a: Positions, b: Positions, product: Values, shared: Values) -> Values:
    """Add up ``B_aj B_bj / (d_j - 1)``, ``d_j`` being the number of nodes tied to ``j`` (Newman 2001).

    A node shared with few counts for more. Newman, M. E. J. (2001), Scientific collaboration networks II, Physical
    Review E 64, 016132, eq. 2; networkx's ``collaboration_weighted_projected_graph``.
    """
    binary = presence(counts)
    scaled = binary.copy()
    degrees = np.bincount(binary.indices, minlength=binary.shape[1])
    scaled.data = 1.0 / np.maximum(degrees - 1, 1)[binary.indices]
    joined: Values = (scaled @ binary.T)[a, b] if len(a) else shared
    return joined


def dna_jaccard(counts: Any, a: Positions, b: Positions, product: Values, shared: Values) -> Values:
    """Divide ``p_ab`` by ``m11 + m10 + m01``, the Discourse Network Analyzer's ``Jaccard``.

    ``m11`` is the sum of ``w_aj w_bj`` over cells that both have, ``m10`` the sum of ``w_aj`` over those that ``b``
    lacks, ``m01`` the reverse. Equals :func:`jaccard` on presence; with counts it mixes products and sums.
    """
    binary = presence(counts)
    both = (counts @ counts.T)[a, b] if len(a) else shared
    only_a, only_b = (_totals(counts)[i] - ((counts @ binary.T)[i, j] if len(a) else 0) for i, j in ((a, b), (b, a)))
    return product / (both + only_a + only_b)


def dna_cosine(counts: Any, a: Positions, b: Positions, product: Values, shared: Values) -> Values:
    """Divide ``p_ab`` by the product of totals, ``w_a * w_b``, the Discourse Network Analyzer's ``cosine``.

    Its code takes ``sqrt(w_a^2) * sqrt(w_b^2)`` of the totals, not of the profiles. The two relate by
    ``dna_cosine = cosine * (|a| / w_a) * (|b| / w_b)`` with Euclidean norms ``|a|``; as a norm never exceeds its total,
    ``dna_cosine <= cosine``, and they are equal only where each of the two speaks to a single objective.
    """
    totals = _totals(counts)
    return product / (totals[a] * totals[b])


OneMode = Callable[[Any, Positions, Positions, Values, Values], Values]
SIGNED: dict[str, OneMode] = {
    "none": none,
    "average_activity": average_activity,
    "cosine": cosine,
    "dna_jaccard": dna_jaccard,
    "dna_cosine": dna_cosine,
}
ONE_MODE: dict[str, OneMode] = SIGNED | {"jaccard": jaccard, "weighted_jaccard": weighted_jaccard, "newman": newman}


def _totals(counts: Any) -> Values:
    return np.asarray(counts.sum(axis=1)).ravel()


def _signs(positions: pd.Series) -> pd.Series:
    """Read positions as +1 and -1, or as numbers that carry their own sign."""
    named = positions.astype("object").map({"agree": 1.0, "disagree": -1.0, True: 1.0, False: -1.0})
    if named.notna().all():
        return named.astype("float64")
    if not pd.api.types.is_numeric_dtype(positions):
        found = ", ".join(sorted({str(position) for position in positions}))
        raise GfmdError(f"{positions.name}: found {found}; allowed: agree, disagree, or numbers")
    return positions.astype("float64")
