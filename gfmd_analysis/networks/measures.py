"""Who stands where in a two-mode network: one tidy table of measures per node set, most by networkx."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from gfmd_analysis.errors import GfmdError
from gfmd_analysis.networks.edges import incidence

if TYPE_CHECKING:
    import networkx as nx

MEASURES = (
    "degree", "strength", "degree_centrality", "betweenness", "closeness", "clustering", "specialisation",
)  # fmt: skip


def node_measures(
    edges: pd.DataFrame, of: str = "actor", to: str = "objective", *, weight: str | None = "weight"
) -> pd.DataFrame:
    """Compute the standing of each node of one node set.

    Parameters
    ----------
    edges
        Edge table of :func:`gfmd_analysis.networks.edges.edge_table`.
    of, to
        The node set that is measured, and the other one. Call it twice for both.
    weight
        Column of weights; ``None`` counts rows. Only ``strength`` and ``specialisation`` use it.

    Returns
    -------
    DataFrame
        One row per node, sorted by node:

        - ``of`` (named so), the node;
        - ``degree`` (int64), nodes of the other set it is tied to; ``strength`` (float64), the sum of its weights;
        - ``degree_centrality``, degree over the size of the other set; ``betweenness`` and ``closeness``, with the
          two-mode normalisations of Borgatti and Halgin (networkx ``bipartite``), 0 to 1;
        - ``clustering``, how far its ties overlap with those of nodes it shares a tie with (Latapy, Magnien and Del
          Vecchio 2008, ``dot``), 0 to 1;
        - ``specialisation``, 1 less the Shannon entropy of its weights over ``ln`` of the other set's size: 0 when it
          is tied to all alike, 1 when to one only (Poisot et al. 2012); NaN when the other set has one node.

        In a network of several parts networkx scales closeness by the size of the node's own part, so that in a small
        part it can exceed 1.

    References
    ----------
    Borgatti, S. P. and Halgin, D. (2011), Analyzing affiliation networks, in: The SAGE Handbook of Social Network
    Analysis. Latapy, M., Magnien, C. and Del Vecchio, N. (2008), Basic notions for the analysis of large two-mode
    networks, Social Networks 30. Poisot, T., Canard, E., Mouquet, N. and Hochberg, M. E. (2012), A comparative study of
    ecological specialization estimators, Methods in Ecology and Evolution 3.
    """
    import networkx as nx
    from scipy.sparse import csr_array
    from scipy.special import entr

    matrix = incidence(edges, of, to, weight=weight)
    if matrix.empty:
        return pd.DataFrame(columns=[of, *MEASURES])
    weights, nodes = matrix.to_numpy(), range(len(matrix))
    tied = weights > 0
    graph = nx.bipartite.from_biadjacency_matrix(csr_array(tied.astype("int8")))
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = weights / weights.sum(axis=1, keepdims=True)
        specialisation = 1 - entr(shares).sum(axis=1) / np.log(weights.shape[1])
    by_networkx = (
        nx.bipartite.degree_centrality(graph, nodes),
        _betweenness(graph, nodes),
        nx.bipartite.closeness_centrality(graph, nodes, normalized=True),
        nx.bipartite.clustering(graph, nodes, mode="dot"),
    )
    standing = [[float(values[node]) for node in nodes] for values in by_networkx]
    computed = [matrix.index, tied.sum(axis=1), weights.sum(axis=1), *standing, specialisation]
    return pd.DataFrame(dict(zip([of, *MEASURES], computed, strict=True)))


def brokerage(
    edges: pd.DataFrame,
    groups: Mapping[Any, Any],
    of: str = "actor",
    to: str = "objective",
    *,
    weight: str | None = "weight",
) -> pd.DataFrame:
    """Compute who bridges groups of the other node set: actors across the roundtables that objectives belong to.

    Parameters
    ----------
    edges
        Edge table.
    groups
        The group of each node of ``to`` (an objective's roundtable), e.g. a Series indexed by it.
    of, to, weight
        As in :func:`node_measures`.

    Returns
    -------
    DataFrame
        Sorted by participation, then groups, then node. ``of``; one column per group with the weight that goes there;
        ``groups``, to how many groups it is tied; ``participation``, ``1 - sum_g (w_g / w)^2`` (Guimerà and Amaral
        2005): 0 when all goes to one group, ``1 - 1/G`` when spread evenly over ``G``; ``betweenness`` as in
        :func:`node_measures`.

    Raises
    ------
    GfmdError
        When a node of ``to`` has no group.

    References
    ----------
    Guimerà, R. and Amaral, L. A. N. (2005), Functional cartography of complex metabolic networks, Nature 433.
    """
    matrix = incidence(edges, of, to, weight=weight)
    lost = [node for node in matrix.columns if node not in groups]
    if lost:
        raise GfmdError(f"{to}: {', '.join(map(str, lost))} have no group")
    reach = matrix.T.groupby([groups[node] for node in matrix.columns]).sum().T
    shares = reach.div(reach.sum(axis=1), axis=0)
    between = node_measures(edges, of, to, weight=weight).set_index(of)["betweenness"]
    spread = {"groups": (reach > 0).sum(axis=1).astype("int64"), "participation": 1 - (shares**2).sum(axis=1)}
    table = reach.assign(**spread, betweenness=between).reset_index()
    order = ["participation", "groups", "betweenness", of]
    return table.sort_values(order, ascending=[False, False, False, True], ignore_index=True)


def _betweenness(graph: "nx.Graph[int]", nodes: range) -> dict[int, float]:
    """Let networkx compute it; a star, whose leaves' two-mode maximum is 0, is left to its unscaled form."""
    import networkx as nx

    if 1 < len(nodes) < len(graph) - 1:
        return dict(nx.bipartite.betweenness_centrality(graph, nodes))
    unscaled = nx.betweenness_centrality(graph, normalized=False)
    highest = max(unscaled.values()) or 1.0
    return {node: value / highest for node, value in unscaled.items()}
