"""Davis, Gardner and Gardner's Southern Women (1941): 18 women, 14 events, 89 attendances, as networkx ships it."""

import networkx as nx
import pandas as pd

SOUTHERN_WOMEN = nx.davis_southern_women_graph()
WOMEN = [node for node, data in SOUTHERN_WOMEN.nodes(data=True) if data["bipartite"] == 0]
EVENTS = [node for node, data in SOUTHERN_WOMEN.nodes(data=True) if data["bipartite"] == 1]
ATTENDED = pd.DataFrame(
    [(a, b) if a in WOMEN else (b, a) for a, b in SOUTHERN_WOMEN.edges], columns=["actor", "objective"]
)


def two_mode(table: pd.DataFrame) -> nx.Graph:
    """Give a table's two-mode graph, made without the package."""
    graph = nx.Graph()
    graph.add_nodes_from(table["actor"], bipartite=0)
    graph.add_nodes_from(table["objective"], bipartite=1)
    graph.add_edges_from(zip(table["actor"], table["objective"], strict=True))
    return graph
