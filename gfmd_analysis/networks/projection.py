"""One-mode networks: actors tied by shared objectives, objectives by shared actors, under every usual normalisation.

A projection's first form is a tidy edge table, made by sparse algebra; :func:`one_mode_graph` makes the graph of it.

Sources. Leifeld, P. (2013), Reconceptualizing major policy change in the advocacy coalition framework, Policy Studies
Journal 41(1); Leifeld, P., Gruber, J. and Bossner, F. R. (2019), Discourse Network Analyzer manual; the formulas named
``dna_`` were read in the Discourse Network Analyzer's own code (leifeld-lab/dna, ``computeOneModeMatrix``).
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from gfmd_analysis.dataset.tables import require_columns
from gfmd_analysis.errors import GfmdError
from gfmd_analysis.networks.edges import node_codes, sparse_incidence

if TYPE_CHECKING:
    import networkx as nx

Kernel = Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]

AGREEMENT: dict[str, Kernel] = {
    "congruence": lambda distance: 1 - distance,
    "conflict": lambda distance: distance,
    "subtract": lambda distance: 1 - 2 * distance,
}


def project(
    table: pd.DataFrame,
    onto: str = "actor",
    through: str = "objective",
    *,
    weight: str | None = "weight",
    normalisation: str = "none",
    qualifier: str | None = None,
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
        The node set to tie together, and the one they are tied through.
    weight
        Column of weights ``w``; ``None`` counts rows (for a table of statements).
    normalisation
        ``none`` (the sum of ``w_aj * w_bj`` over the shared nodes ``j``; the number of shared nodes if weights are 1),
        or a function of :mod:`gfmd_analysis.normalisations`: ``average_activity``, ``jaccard``, ``weighted_jaccard``,
        ``cosine``, ``newman``, ``dna_jaccard``, ``dna_cosine``.
    qualifier
        Column of positions: ``agree`` and ``disagree``, true and false, any categories, or numbers. Categories agree
        when they are equal; numbers by ``1 - |k - l| / range``, as in the Discourse Network Analyzer.
    agreement
        With a qualifier: ``congruence`` (like positions on the same node), ``conflict`` (unlike ones), or ``subtract``
        (congruence less conflict).

    Returns
    -------
    DataFrame
        ``{onto}_a``, ``{onto}_b`` (ordered categoricals, a before b), ``shared`` (int64, nodes that both are tied to)
        and ``weight`` (float64, never 0): one row per tie, sorted. Empty when there are none.

    Raises
    ------
    GfmdError
        For unknown columns, normalisations or agreements, negative weights, or a qualifier with a normalisation that
        has no signed form.

    Examples
    --------
    >>> import pandas as pd
    >>> said = pd.DataFrame({"actor": list("AABB"), "objective": [1, 2, 2, 3]})
    >>> project(said, weight=None, normalisation="jaccard")["weight"].round(3).tolist()
    [0.333]
    """
    if normalisation not in ONE_MODE:
        raise GfmdError(f"normalisation: found '{normalisation}'; allowed: {', '.join(ONE_MODE)}")
    if qualifier and (agreement not in AGREEMENT or normalisation not in SIGNED):
        raise GfmdError(
            f"with a qualifier found agreement '{agreement}', normalisation '{normalisation}'; "
            f"allowed: {', '.join(AGREEMENT)}, with {', '.join(SIGNED)}"
        )
    if qualifier:
        require_columns(table, qualifier)
        table = table.dropna(subset=[qualifier])
    counts, nodes, _ = sparse_incidence(table, onto, through, weight=weight)
    left, right, common = _pairs(presence(counts))
    if qualifier:
        counts, mirrored = _positions(table, onto, through, qualifier, weight, AGREEMENT[agreement])
        product = (counts @ mirrored)[left, right] if len(left) else common
    else:
        product = common if bool(np.all(counts.data == 1)) else _pairs(counts)[2]
    values = ONE_MODE[normalisation](counts, left, right, product, common)
    kept = slice(None) if bool(np.all(values)) else np.flatnonzero(values)
    return pd.DataFrame(
        {
            f"{onto}_a": _named(left[kept], nodes),
            f"{onto}_b": _named(right[kept], nodes),
            "shared": common[kept].astype("int64"),
            "weight": values[kept],
        },
        copy=False,
    )


def one_mode_graph(ties: pd.DataFrame, *, attributes: pd.DataFrame | None = None) -> "nx.Graph[str]":
    """Make the networkx graph of a one-mode edge table.

    Parameters
    ----------
    ties
        Table of :func:`project`: its first two columns are the ends, further ones edge attributes.
    attributes
        Table with one row per node, the first column naming it, for node attributes; these nodes are added even where
        they have no tie.

    Returns
    -------
    networkx.Graph
        Nodes keep their value as name (an objective is the integer).
    """
    import networkx as nx

    ends = list(ties.columns[:2])
    graph = nx.Graph()
    if attributes is not None:
        for record in attributes.to_dict("records"):
            node, *_ = record.values()
            graph.add_node(node, **{str(k): v for k, v in list(record.items())[1:] if not pd.isna(v)})
    columns = {name: ties[name].tolist() for name in ties.columns}
    traits = [name for name in ties.columns if name not in ends]
    rows = zip(*(columns[name] for name in traits), strict=True)
    graph.add_edges_from(
        (a, b, dict(zip(traits, values, strict=True)))
        for a, b, values in zip(columns[ends[0]], columns[ends[1]], rows, strict=True)
    )
    return graph


def similarity_matrix(ties: pd.DataFrame, nodes: list[Any] | None = None, diagonal: float = 1.0) -> pd.DataFrame:
    """Lay a one-mode edge table out as a full symmetric matrix.

    Parameters
    ----------
    ties
        Table of :func:`project`.
    nodes
        Order of the nodes, and nodes without a tie to show; by default those with a tie, sorted.
    diagonal
        Value of a node with itself.
    """
    require_columns(ties, "weight")
    a, b = ties.columns[:2]
    order = list(ties[a].cat.categories) if nodes is None else list(nodes)
    missing = sorted({*ties[a], *ties[b]} - set(order))
    if missing:
        raise GfmdError(f"{missing} have ties but are not among the wanted nodes")
    matrix = np.zeros((len(order), len(order)))
    place = {node: i for i, node in enumerate(order)}
    i, j = [ties[end].astype("object").map(place).to_numpy(dtype=np.intp) for end in (a, b)]
    matrix[i, j] = matrix[j, i] = ties["weight"].to_numpy(dtype="float64")
    np.fill_diagonal(matrix, diagonal)
    return pd.DataFrame(matrix, index=pd.Index(order), columns=pd.Index(order))


def _pairs(matrix: Any) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.float64]]:
    """Multiply a sparse matrix with its transpose; give left and right positions and values above the diagonal, sorted.

    The csc form of a symmetric product is its csr form with sorted indices, in linear time.
    """
    product = (matrix @ matrix.T).tocsc()
    left = np.repeat(np.arange(matrix.shape[0], dtype=product.indices.dtype), np.diff(product.indptr))
    upper = np.flatnonzero(product.indices > left)
    return left[upper], product.indices[upper], product.data[upper]


def _positions(
    table: pd.DataFrame, onto: str, through: str, qualifier: str, weight: str | None, kernel: Kernel
) -> tuple[Any, Any]:
    """Give counts over cells (node, position) and their mirror, weighted by how the positions go together."""
    from scipy.sparse import csr_array, eye_array, kron

    (i, nodes), (j, cells), (k, levels) = (node_codes(table[name]) for name in (onto, through, qualifier))
    kept = (i >= 0) & (j >= 0)
    values = table[weight].to_numpy(dtype="float64", na_value=0.0)[kept] if weight else np.ones(int(kept.sum()))
    shape = (len(nodes), len(cells) * len(levels))
    counts = csr_array((values, (i[kept], (j * len(levels) + k)[kept])), shape=shape)
    if pd.api.types.is_numeric_dtype(levels):
        scale = levels.to_numpy().astype("float64")
        distance = np.abs(np.subtract.outer(scale, scale)) / (np.ptp(scale) or 1.0)
    else:
        distance = 1.0 - np.eye(len(levels))
    return counts, (counts @ kron(eye_array(len(cells)), kernel(distance), format="csr")).T.tocsc()


def _named(codes: npt.NDArray[np.intp], nodes: pd.Index) -> pd.Series:
    return pd.Series(pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype(nodes, ordered=True)), copy=False)


Positions = npt.NDArray[np.intp]

Values = npt.NDArray[np.float64]


def activity(edges: pd.DataFrame, row: str = "actor", weight: str = "weight") -> pd.DataFrame:
    """Divide each edge by its row node's total: ``w_aj / sum_j w_aj``, an actor's share of attention for an objective.

    Corrects for actors who speak much (activity normalisation, Leifeld 2013). Rows add up to 1.

    Parameters
    ----------
    edges
        Table of :func:`gfmd_analysis.networks.edges.edge_table`.
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
        Table of :func:`gfmd_analysis.networks.edges.edge_table` made with this ``qualifier``.
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
