"""Groups of actors and objectives that go together, by bipartite modularity, and how stable they are over seeds."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from gfmd_analysis.networks.edges import incidence
from gfmd_analysis.networks.ordination import similarity_tree
from gfmd_analysis.networks.projection import project, similarity_matrix

Labels = npt.NDArray[np.intp]

SEEDS = tuple(range(10))

STARTS = 50

MOST = 8


def bipartite_modularity(
    edges: pd.DataFrame,
    communities: Mapping[Any, Any],
    row: str = "actor",
    column: str = "objective",
    *,
    weight: str | None = "weight",
) -> float:
    """Measure how much more a partition's edges stay inside its communities than totals alone would have it.

    ``Q = sum_aj (w_aj - w_a w_j / w) [c_a = c_j] / w``.

    Parameters
    ----------
    edges
        Edge table.
    communities
        The community of each row and column node, by the node's value.
    row, column, weight
        Columns of the edge table.

    Returns
    -------
    float
        0 for one community of all, below 1 always; NaN without edges.

    References
    ----------
    Barber, M. J. (2007), Modularity and community detection in bipartite networks, Physical Review E 76, 066102.
    """
    matrix = incidence(edges, row, column, weight=weight)
    if matrix.empty:
        return float("nan")
    same = np.equal.outer([communities[a] for a in matrix.index], [communities[j] for j in matrix.columns])
    return float(_excess(matrix.to_numpy())[same].sum())


def communities(
    edges: pd.DataFrame,
    row: str = "actor",
    column: str = "objective",
    *,
    weight: str | None = "weight",
    seeds: Sequence[int] = SEEDS,
) -> pd.DataFrame:
    """Find the partition of highest bipartite modularity, and how firmly each node belongs to its community.

    Barber's BRIM (columns induce the rows' communities and rows the columns', until nothing improves) from many random
    starts with 2 to 8 communities; the best partition of each seed is kept, and of these the best is given.

    Parameters
    ----------
    edges, row, column, weight
        Edge table and its columns.
    seeds
        One run of random starts each.

    Returns
    -------
    DataFrame
        ``mode`` (``row`` or ``column`` as named), ``node``, ``community`` (1 is the largest), ``stability`` (0 to
        1: the overlap of the node's community here with its community of another seed, members of both over members of
        either, on average over the seeds).

    See Also
    --------
    community_summary : the modularity and the stability of the whole.
    """
    matrix = incidence(edges, row, column, weight=weight)
    _, partitions, best = _over_seeds(matrix.to_numpy(), tuple(seeds))
    together = partitions[:, :, np.newaxis] == partitions[:, np.newaxis, :]
    both, either = ((op(together, together[best])).sum(axis=2) for op in (np.logical_and, np.logical_or))
    return pd.DataFrame(
        {
            "mode": [row] * len(matrix.index) + [column] * len(matrix.columns),
            "node": pd.Series([*matrix.index, *matrix.columns], dtype="object"),
            "community": by_size(partitions[best]),
            "stability": (both / either).mean(axis=0),
        }
    )


def community_summary(
    edges: pd.DataFrame,
    row: str = "actor",
    column: str = "objective",
    *,
    weight: str | None = "weight",
    seeds: Sequence[int] = SEEDS,
) -> pd.DataFrame:
    """Say how modular a network is and whether the communities are to be trusted.

    Returns
    -------
    DataFrame
        One row: ``communities``, ``modularity`` (Barber's, the highest found), ``seeds``, ``seeds_at_best`` (seeds that
        found that modularity), ``lowest_modularity`` over seeds, ``agreement`` (mean adjusted Rand index between the
        partitions of all pairs of seeds; 1: all the same).
    """
    from sklearn.metrics import adjusted_rand_score

    matrix = incidence(edges, row, column, weight=weight)
    values, partitions, best = _over_seeds(matrix.to_numpy(), tuple(seeds))
    pairs = [(i, j) for i in range(len(seeds)) for j in range(i)]
    agreement = [adjusted_rand_score(partitions[i], partitions[j]) for i, j in pairs]
    return pd.DataFrame(
        {
            "communities": [len(set(partitions[best].tolist()))],
            "modularity": values[best],
            "seeds": len(seeds),
            "seeds_at_best": int(np.isclose(values, values[best]).sum()),
            "lowest_modularity": values.min(),
            "agreement": float(np.mean(agreement)) if agreement else 1.0,
        }
    )


def highest_modularity(
    matrices: npt.NDArray[Any], rng: np.random.Generator, starts: int = STARTS, most: int = MOST
) -> tuple[npt.NDArray[np.float64], Labels]:
    """Maximise bipartite modularity of many matrices of one shape at once, by BRIM from random starts.

    Parameters
    ----------
    matrices
        Shape (samples, rows, columns).
    rng
        Source of the random starts.
    starts
        Random starts for each matrix and each number of communities.
    most
        Largest number of communities to start from (they merge on their own).

    Returns
    -------
    modularity : array of float
        The highest found for each sample.
    labels : array of int
        Its communities, rows first, shape (samples, rows + columns).
    """
    samples, rows, columns = matrices.shape
    best = np.zeros(samples)
    labels = np.zeros((samples, rows + columns), dtype=np.intp)
    excess = np.repeat(_excess(matrices).astype("float32"), starts, axis=0)
    for size in range(2, min(most, rows, columns) + 1):
        values, found = _brim(excess, rng.integers(size, size=(samples * starts, columns)), size)
        top = values.reshape(samples, starts).argmax(axis=1) + np.arange(samples) * starts
        better = values[top] > best + 1e-6
        best[better], labels[better] = values[top][better], found[top][better]
    return best, labels


def _brim(excess: npt.NDArray[Any], start: Labels, size: int) -> tuple[npt.NDArray[np.float64], Labels]:
    """Let columns and rows induce each other's communities until the modularity of no sample rises."""
    identity = np.eye(size, dtype=excess.dtype)
    column_labels, value = start, np.full(len(excess), -np.inf)
    mirrored = np.ascontiguousarray(excess.transpose(0, 2, 1))
    while True:
        row_labels = (excess @ identity[column_labels]).argmax(axis=2)
        pull = mirrored @ identity[row_labels]
        column_labels = pull.argmax(axis=2)
        now = pull.max(axis=2).sum(axis=1, dtype="float64")
        if np.all(now <= value + 1e-6):
            return now, np.concatenate([row_labels, column_labels], axis=1)
        value = np.maximum(now, value)


def _over_seeds(matrix: npt.NDArray[Any], seeds: tuple[int, ...]) -> tuple[npt.NDArray[np.float64], Labels, int]:
    """Give each seed's modularity and partition, and which seed is best; a network too small is one community."""
    nodes = sum(matrix.shape)
    if min(matrix.shape) < 2:
        return np.zeros(len(seeds)), np.zeros((len(seeds), nodes), dtype=np.intp), 0
    runs = [highest_modularity(np.array([matrix]), np.random.default_rng(seed)) for seed in seeds]
    values = np.array([float(value[0]) for value, _ in runs])
    return values, np.array([labels[0] for _, labels in runs]), int((values > values.max() - 1e-6).argmax())


def _excess(matrices: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Give weights less those expected from totals, as shares of all weight."""
    values = np.asarray(matrices, dtype="float64")
    total = values.sum(axis=(-2, -1), keepdims=True)
    expected = values.sum(axis=-1, keepdims=True) * values.sum(axis=-2, keepdims=True) / total
    excess: npt.NDArray[np.float64] = (values - expected) / total
    return excess


def by_size(labels: npt.NDArray[Any]) -> list[int]:
    """Number communities from 1, the largest first, ties by their first node."""
    found, first, sizes = np.unique(labels, return_index=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    rank = {found[place]: number for number, place in enumerate(order, start=1)}
    return [rank[label] for label in labels]


METHODS = ("average", "ward", "modularity", "edge_betweenness")

MOST_CLUSTERED = 8

CLUSTERING_SEEDS = range(20)


def clusterings(
    edges: pd.DataFrame, onto: str = "actor", through: str = "objective", *, weight: str | None = "weight"
) -> pd.DataFrame:
    """Group nodes by four standard methods, all on the cosine similarity of their profiles.

    - ``average``: hierarchical, average linkage of ``1 - cosine``;
    - ``ward``: hierarchical, Ward's criterion on profiles of length one (squared distance ``2 - 2 cosine``);
    - ``modularity``: Louvain's method, the best of 20 seeds (Blondel et al. 2008);
    - ``edge_betweenness``: Girvan and Newman's, ties removed by betweenness over similarity (Newman 2004).

    The number of groups is in each case that of highest modularity, at most 8 for the hierarchical ones.

    Parameters
    ----------
    edges, onto, through, weight
        Edge table and its columns; nodes of ``onto`` are grouped.

    Returns
    -------
    DataFrame
        ``onto`` and one column per method with the group's number, 1 the largest.
    """
    nodes, similarity = _similarity(edges, onto, through, weight)
    if len(nodes) < 2 or not similarity.any():
        alone = range(1, len(nodes) + 1)
        return pd.DataFrame({onto: nodes, **dict.fromkeys(METHODS, alone)})
    found = {
        "average": _best_cut(similarity_tree(similarity, "average"), similarity),
        "ward": _best_cut(similarity_tree(similarity, "ward"), similarity),
        "modularity": _louvain(similarity),
        "edge_betweenness": _girvan_newman(similarity),
    }
    return pd.DataFrame({onto: nodes, **{method: by_size(labels) for method, labels in found.items()}})


def clustering_quality(
    edges: pd.DataFrame,
    groups: pd.DataFrame,
    onto: str = "actor",
    through: str = "objective",
    *,
    weight: str | None = "weight",
) -> pd.DataFrame:
    """Say how good each clustering is: how many groups, and the modularity of the cosine network under it.

    Returns
    -------
    DataFrame
        ``method``, ``clusters``, ``alone`` (nodes in a group of their own), ``modularity`` (Newman's, weighted; NaN
        without ties).
    """
    nodes, similarity = _similarity(edges, onto, through, weight)
    aligned = groups.set_index(onto).loc[nodes]
    return pd.DataFrame(
        {
            "method": list(aligned.columns),
            "clusters": [aligned[method].nunique() for method in aligned],
            "alone": [int((aligned[method].value_counts() == 1).sum()) for method in aligned],
            "modularity": [_modularity(similarity, aligned[method].to_numpy()) for method in aligned],
        }
    )


def clustering_agreement(groups: pd.DataFrame) -> pd.DataFrame:
    """Compare clusterings two by two: adjusted Rand index, 1 for the same groups, about 0 for no more than chance.

    Parameters
    ----------
    groups
        Table of :func:`clusterings`; other columns of labels (an actor's constituency) may be joined to it.

    Returns
    -------
    DataFrame
        Square, methods in rows and columns.

    References
    ----------
    Hubert, L. and Arabie, P. (1985), Comparing partitions, Journal of Classification 2 (computed by scikit-learn).
    """
    from sklearn.metrics import adjusted_rand_score

    methods = list(groups.columns[1:])
    table = [[adjusted_rand_score(groups[a].astype("str"), groups[b].astype("str")) for b in methods] for a in methods]
    return pd.DataFrame(table, index=methods, columns=methods)


def _similarity(
    edges: pd.DataFrame, onto: str, through: str, weight: str | None
) -> tuple[list[Any], npt.NDArray[np.float64]]:
    nodes = list(incidence(edges, onto, through, weight=weight).index)
    ties = project(edges, onto, through, weight=weight, normalisation="cosine")
    return nodes, similarity_matrix(ties, nodes, diagonal=0.0).to_numpy()


def _best_cut(tree: npt.NDArray[np.float64], similarity: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    from scipy.cluster.hierarchy import cut_tree

    cuts = cut_tree(tree, range(2, min(MOST_CLUSTERED, len(similarity)) + 1)).T
    return np.asarray(max(cuts, key=lambda labels: _modularity(similarity, labels)))


def _louvain(similarity: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    import networkx as nx

    graph = _numbered(similarity)
    found = [_labels(nx.community.louvain_communities(graph, seed=seed), len(similarity)) for seed in CLUSTERING_SEEDS]
    return max(found, key=lambda labels: round(_modularity(similarity, labels), 9))


def _girvan_newman(similarity: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    import networkx as nx

    def weakest(graph: Any) -> tuple[int, int]:
        between = nx.edge_betweenness_centrality(graph)
        edge: tuple[int, int] = max(
            between, key=lambda ends: (round(between[ends] / graph.edges[ends]["weight"], 9), ends)
        )
        return edge

    levels = [_labels(level, len(similarity)) for level in nx.community.girvan_newman(_numbered(similarity), weakest)]
    return max(levels, key=lambda labels: round(_modularity(similarity, labels), 9))


def _numbered(similarity: npt.NDArray[np.float64]) -> Any:
    import networkx as nx

    return nx.from_numpy_array(similarity)


def _labels(parts: Any, size: int) -> npt.NDArray[np.intp]:
    labels = np.zeros(size, dtype=np.intp)
    for number, part in enumerate(sorted(map(sorted, parts))):
        labels[part] = number
    return labels


def _modularity(similarity: npt.NDArray[np.float64], labels: npt.NDArray[Any]) -> float:
    """Give Newman's weighted modularity, by networkx."""
    import networkx as nx

    if not similarity.any():
        return float("nan")
    parts = [set(np.flatnonzero(labels == label).tolist()) for label in np.unique(labels)]
    return float(nx.community.modularity(_numbered(similarity), parts))
