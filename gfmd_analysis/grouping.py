"""Who is alike: several standard clusterings side by side, with the modularity of each and how far they agree.

No clustering here is the truth.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from gfmd_analysis.communities import by_size
from gfmd_analysis.networks import incidence
from gfmd_analysis.ordination import similarity_tree
from gfmd_analysis.projections import project, similarity_matrix

METHODS = ("average", "ward", "modularity", "edge_betweenness")
MOST = 8
SEEDS = range(20)


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

    cuts = cut_tree(tree, range(2, min(MOST, len(similarity)) + 1)).T
    return np.asarray(max(cuts, key=lambda labels: _modularity(similarity, labels)))


def _louvain(similarity: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    import networkx as nx

    graph = _numbered(similarity)
    found = [_labels(nx.community.louvain_communities(graph, seed=seed), len(similarity)) for seed in SEEDS]
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
