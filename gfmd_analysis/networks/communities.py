"""Groups of actors and objectives that go together, and how firmly: by bipartite modularity and by likeness of profiles."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from gfmd_analysis.networks.edges import incidence, nodes_of

Labels = npt.NDArray[np.intp]
Values = npt.NDArray[np.float64]

METHODS = ("average", "ward", "modularity", "edge_betweenness")

SEED = 20211118
STARTS, RESAMPLES, RESTARTS, MOST = 1_000, 100, 20, 8
CLUSTERING_SEEDS = range(20)


def find_communities(
    edges: pd.DataFrame,
    row: str = "actor",
    column: str = "objective",
    *,
    weight: str | None = "weight",
    draws: int = RESAMPLES,
    seed: int = SEED,
) -> pd.DataFrame:
    """Find the partition of highest bipartite modularity, and how firmly each node belongs to its community.

    ``Q = sum_aj (w_aj - w_a w_j / w) [c_a = c_j] / w``, maximised by Barber's BRIM (columns induce the rows' communities
    and rows the columns', until nothing improves): the best of 7,000 random starts. How firm it is, is asked of the data
    and not of the starts: the rows (speakers) are drawn anew with replacement, and the communities found again.

    Parameters
    ----------
    edges, row, column, weight
        Edge table and its columns; ``weight=None`` counts rows.
    draws, seed
        Bootstrap samples of the rows, and the seed of all.

    Returns
    -------
    DataFrame
        ``mode`` (``row`` or ``column`` as named), ``node``, ``community`` (int64, 1 is the largest), ``stability``
        (float64, 0 to 1: members that its community here and in a sample have in common, over the members of either,
        on average over the samples that hold it), and, the same in every row, ``modularity`` and ``agreement`` (mean
        adjusted Rand index between the communities here and those of the samples, over the nodes that these hold; 1:
        always the same, about 0: no more than chance).

    References
    ----------
    Barber, M. J. (2007), Modularity and community detection in bipartite networks, Physical Review E 76, 066102.
    Hubert, L. and Arabie, P. (1985), Comparing partitions, Journal of Classification 2.
    """
    table, rng = incidence(edges, row, column, weight=weight), np.random.default_rng(seed)
    matrix, size = table.to_numpy(), len(table)
    value, labels = highest_modularity(matrix[np.newaxis], rng, STARTS)
    times = rng.multinomial(size, [1 / size] * size, size=draws) if size else np.zeros((draws, 0), dtype=int)
    samples = matrix * times[:, :, np.newaxis]
    again = highest_modularity(samples, rng, RESTARTS)[1]
    held = np.concatenate([times > 0, samples.sum(axis=1) > 0], axis=1)
    together, ours = (found[:, :, np.newaxis] == found[:, np.newaxis, :] for found in (again, labels))
    pairs = held[:, :, np.newaxis] & held[:, np.newaxis, :]
    both, either = ((how & pairs).sum(axis=2) for how in (together & ours, together | ours))
    overlap = np.divide(both, either, out=np.full(held.shape, np.nan), where=either > 0)
    alike = [rand_index(labels[0][k], found[k]) for found, k in zip(again, held, strict=True)]
    firm = {"community": by_size(labels[0]), "stability": pd.DataFrame(overlap).mean()}
    return pd.DataFrame(nodes_of(table) | firm | {"modularity": value[0], "agreement": np.mean(alike or [1])})


def highest_modularity(matrices: npt.NDArray[Any], rng: np.random.Generator, starts: int) -> tuple[Values, Labels]:
    """Maximise the bipartite modularity of many matrices of one shape at once, by BRIM from random starts.

    Parameters
    ----------
    matrices
        Shape (samples, rows, columns).
    rng
        Source of the random starts.
    starts
        Random starts for each matrix and each number of communities from 2 to 8 (they merge on their own).

    Returns
    -------
    modularity : array of float64
        The highest found for each sample; 0 for one community.
    labels : array of int
        Its communities, rows first, shape (samples, rows + columns).
    """
    samples, rows, columns = matrices.shape
    best, labels = np.zeros(samples), np.zeros((samples, rows + columns), dtype=np.intp)
    excess, each = _excess(matrices), np.arange(samples)
    for size in range(2, min(MOST, rows, columns) + 1):
        values, found = _brim(excess[:, np.newaxis], rng.integers(size, size=(samples, starts, columns)), size)
        top = values.argmax(axis=1)
        better = values[each, top] > best + 1e-6
        best[better], labels[better] = values[each, top][better], found[each, top][better]
    return best, labels


def _brim(excess: npt.NDArray[Any], start: Labels, size: int) -> tuple[npt.NDArray[np.float32], Labels]:
    """Let columns and rows induce each other's communities until the modularity of no start rises."""
    identity = np.eye(size, dtype=excess.dtype)
    column_labels, value = start, np.full(start.shape[:2], -np.inf, dtype=excess.dtype)
    mirrored = np.ascontiguousarray(excess.swapaxes(-1, -2))
    while True:
        row_labels = (excess @ identity[column_labels]).argmax(axis=-1)
        pull = mirrored @ identity[row_labels]
        column_labels, now = pull.argmax(axis=-1), pull.max(axis=-1).sum(axis=-1)
        if np.all(now <= value + 1e-6):
            return now, np.concatenate([row_labels, column_labels], axis=-1)
        value = np.maximum(now, value)


def _excess(matrices: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
    """Subtract from weights those expected from totals, as shares of all weight."""
    values = np.asarray(matrices, dtype="float64")
    total = values.sum(axis=(1, 2), keepdims=True)
    expected = values.sum(axis=2, keepdims=True) * values.sum(axis=1, keepdims=True) / total
    return np.asarray((values - expected) / total, dtype="float32")


def by_size(labels: npt.NDArray[Any]) -> list[int]:
    """Number communities from 1, the largest first, ties by their first node."""
    found, first, sizes = np.unique(labels, return_index=True, return_counts=True)
    rank = dict(zip(found[np.lexsort((first, -sizes))].tolist(), range(1, len(found) + 1), strict=True))
    return [rank[label] for label in labels.tolist()]


def rand_index(first: npt.ArrayLike, second: npt.ArrayLike) -> float:
    """Compute the adjusted Rand index of two partitions (Hubert and Arabie 1985): 1 the same, about 0 no more than chance."""
    codes = [np.unique(np.asarray(labels), return_inverse=True)[1] for labels in (first, second)]
    table = np.zeros([labels.max(initial=-1) + 1 for labels in codes])
    np.add.at(table, tuple(codes), 1)
    together, one, other, every = ((n * (n - 1) / 2).sum() for n in (table, table.sum(0), table.sum(1), table.sum()))
    expected, highest = one * other / max(every, 1), (one + other) / 2
    return float((together - expected) / (highest - expected)) if highest > expected else 1.0


def clusterings(
    edges: pd.DataFrame, onto: str = "actor", through: str = "objective", *, weight: str | None = "weight"
) -> pd.DataFrame:
    """Group nodes by four standard methods, all on the cosine similarity of their profiles.

    - ``average``: hierarchical, average linkage of ``1 - cosine``;
    - ``ward``: hierarchical, Ward's criterion on profiles of length one (squared distance ``2 - 2 cosine``);
    - ``modularity``: Louvain's method, the best of 20 seeds (Blondel et al. 2008);
    - ``edge_betweenness``: Girvan and Newman's, ties removed by betweenness over similarity (Newman 2004).

    The number of groups is in each case that of highest modularity, at most 8 for the hierarchical ones; the parts that
    share nothing with each other are always among those compared.

    Parameters
    ----------
    edges, onto, through, weight
        Edge table and its columns; nodes of ``onto`` are grouped.

    Returns
    -------
    DataFrame
        ``onto`` and one column per method with the group's number (int64), 1 the largest. Where no two nodes share
        anything, each is a group of its own.
    """
    import networkx as nx
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    nodes, similarity = _similarity(edges, onto, through, weight)
    size, found = len(nodes), {method: [np.arange(len(nodes))] for method in METHODS}
    if similarity.any():
        graph = nx.from_numpy_array(similarity)
        distance = squareform(np.clip(1 - similarity, 0, None), checks=False)
        for method, apart in (("average", distance), ("ward", np.sqrt(2 * distance))):
            tree = linkage(apart, method)
            found[method] = [fcluster(tree, groups, "maxclust") for groups in range(2, min(MOST, size) + 1)]
        louvain = (nx.community.louvain_communities(graph, seed=seed) for seed in CLUSTERING_SEEDS)
        found["modularity"] = [_labels(parts, size) for parts in louvain]
        found["edge_betweenness"] = [_labels(parts, size) for parts in nx.community.girvan_newman(graph, _weakest)]
        whole = _labels(nx.connected_components(graph), size)
        found = {method: [*cuts, whole] for method, cuts in found.items()}
    best = {how: max(cuts, key=lambda labels: round(_modularity(similarity, labels), 9)) for how, cuts in found.items()}
    return pd.DataFrame({onto: nodes} | {how: by_size(labels) for how, labels in best.items()})


def clustering_quality(
    edges: pd.DataFrame,
    groups: pd.DataFrame,
    onto: str = "actor",
    through: str = "objective",
    *,
    weight: str | None = "weight",
) -> pd.DataFrame:
    """Compute how good each clustering is: how many groups, and the modularity of the cosine network under it.

    Parameters
    ----------
    edges, onto, through, weight
        As in :func:`clusterings`.
    groups
        Its table.

    Returns
    -------
    DataFrame
        ``method``, ``clusters``, ``alone`` (nodes in a group of their own), ``modularity`` (Newman's, weighted; NaN
        without ties).
    """
    nodes, similarity = _similarity(edges, onto, through, weight)
    quality = []
    for method, labels in groups.set_index(onto).loc[nodes].items():
        sizes = labels.value_counts()
        quality.append((method, len(sizes), int((sizes == 1).sum()), _modularity(similarity, labels.to_numpy())))
    return pd.DataFrame(quality, columns=["method", "clusters", "alone", "modularity"])


def clustering_agreement(groups: pd.DataFrame) -> pd.DataFrame:
    """Compare clusterings two by two: adjusted Rand index, 1 for the same groups, about 0 for no more than chance.

    Parameters
    ----------
    groups
        Table of :func:`clusterings`; other columns of labels (an actor's constituency) may be joined to it.

    Returns
    -------
    DataFrame
        Square, float64, methods in rows and columns.
    """
    labels = groups.iloc[:, 1:].astype("str")
    table = [[rand_index(labels[one], labels[other]) for other in labels] for one in labels]
    return pd.DataFrame(table, index=list(labels), columns=list(labels))


def _similarity(edges: pd.DataFrame, onto: str, through: str, weight: str | None) -> tuple[pd.Index, Values]:
    """Compute the cosine of all profiles, 0 for a node with itself."""
    matrix = incidence(edges, onto, through, weight=weight)
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    profiles = matrix.to_numpy() / np.where(norms > 0, norms, 1.0)
    similarity = np.where(np.eye(len(matrix), dtype=bool), 0.0, profiles @ profiles.T)
    return matrix.index, similarity


def _weakest(graph: Any) -> tuple[int, int]:
    """Choose the tie of most betweenness over similarity."""
    import networkx as nx

    between = nx.edge_betweenness_centrality(graph)
    edge: tuple[int, int] = max(between, key=lambda ends: (round(between[ends] / graph.edges[ends]["weight"], 9), ends))
    return edge


def _labels(parts: Any, size: int) -> Labels:
    labels = np.zeros(size, dtype=np.intp)
    for number, part in enumerate(sorted(map(sorted, parts))):
        labels[part] = number
    return labels


def _modularity(similarity: Values, labels: npt.NDArray[Any]) -> float:
    """Compute Newman's weighted modularity; NaN without ties."""
    total = similarity.sum()
    expected = np.outer(similarity.sum(axis=0), similarity.sum(axis=1)) / total if total else np.nan
    return float((similarity - expected)[labels[:, np.newaxis] == labels].sum() / (total or np.nan))
