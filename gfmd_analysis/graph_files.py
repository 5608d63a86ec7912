"""Networks as GraphML and GEXF text, for Gephi, visone and others, and back. Writing files is ``exporting``'s work."""

import io
import re
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import networkx as nx


def graphml(graph: "nx.Graph[str]") -> str:
    """Give a graph as GraphML, with all attributes (numbers as numbers); ``visone`` and ``Gephi`` open it.

    Parameters
    ----------
    graph
        Graph of :func:`gfmd_analysis.networks.two_mode_graph` or :func:`gfmd_analysis.projections.one_mode_graph`.

    Returns
    -------
    str
        The same text for the same graph on every run.
    """
    import networkx as nx

    return "\n".join(nx.generate_graphml(graph)) + "\n"


def from_graphml(text: str) -> "nx.Graph[str]":
    """Read GraphML text; attributes come back with their types."""
    import networkx as nx

    return nx.parse_graphml(text)


def gexf(graph: "nx.Graph[str]") -> str:
    """Give a graph as GEXF 1.2, Gephi's own format, without the date that networkx would write into it."""
    import networkx as nx

    text = "\n".join(nx.generate_gexf(graph)) + "\n"
    return re.sub(r' lastmodifieddate="[^"]*"', "", text)


def from_gexf(text: str) -> "nx.Graph[str]":
    """Read GEXF text; attributes come back with their types (edges also get Gephi's ``id``)."""
    import networkx as nx

    return nx.read_gexf(io.BytesIO(text.encode("utf-8")))


def edge_csv(edges: pd.DataFrame, source: str, target: str, *, directed: bool = False) -> str:
    """Give an edge table as the CSV that Gephi's import wizard expects: ``Source``, ``Target``, ``Type``, the rest."""
    renamed = edges.rename(columns={source: "Source", target: "Target", "weight": "Weight"})
    renamed.insert(2, "Type", "Directed" if directed else "Undirected")
    return renamed.to_csv(index=False, lineterminator="\n")
