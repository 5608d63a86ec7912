"""Who speaks to what, who speaks alike, which objectives hang together, who bridges, and is it more than chance?

Everything starts from an edge table: of the rows of the long table that count, or of any table coded elsewhere.

>>> import gfmd_analysis as ga
>>> from gfmd_analysis.coverage.counts import taken_up
>>> from gfmd_analysis.networks import edge_table, node_measures, pair_tests, project
>>> edges = edge_table(taken_up(ga.load().long()))  # edges: the table, the matrix, the graph for networkx's writers
>>> ties = project(edges, normalisation="cosine")  # projection: who speaks alike, under eight normalisations
>>> actors = node_measures(edges)  # measures: centrality; brokerage() for who spans roundtables
>>> tested = pair_tests(edges, samples=100)  # null_models: what the totals alone explain

communities finds groups and how firm they are, ordination lays nodes out, stated gathers the ties that speakers state.
"""

from gfmd_analysis.networks.communities import clustering_agreement, clustering_quality, clusterings, find_communities
from gfmd_analysis.networks.edges import edge_table, incidence, k_core, two_mode_graph
from gfmd_analysis.networks.measures import brokerage, node_measures
from gfmd_analysis.networks.null_models import network_tests, pair_tests
from gfmd_analysis.networks.ordination import correspondence, two_column_order
from gfmd_analysis.networks.projection import normalise, project
from gfmd_analysis.networks.stated import named_ties, stated_links, stated_ties

__all__ = [
    "brokerage",
    "clustering_agreement",
    "clustering_quality",
    "clusterings",
    "correspondence",
    "edge_table",
    "find_communities",
    "incidence",
    "k_core",
    "named_ties",
    "network_tests",
    "node_measures",
    "normalise",
    "pair_tests",
    "project",
    "stated_links",
    "stated_ties",
    "two_column_order",
    "two_mode_graph",
]
