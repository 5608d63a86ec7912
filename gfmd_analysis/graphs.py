"""Two-mode graphs, and graphs as GraphML and GEXF text for Gephi, visone and others, and back.

These functions give text; writing files is the work of ``exporting``.
"""

import io
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from gfmd_analysis.errors import GfmdError
from gfmd_analysis.loading import require_columns
from gfmd_analysis.networks import node_codes

if TYPE_CHECKING:
    import networkx as nx


def two_mode_graph(
    edges: pd.DataFrame,
    row: str = "actor",
    column: str = "objective",
    *,
    row_attributes: pd.DataFrame | None = None,
    column_attributes: pd.DataFrame | None = None,
    isolates: bool = False,
) -> "nx.Graph[str]":
    """Make the two-mode networkx graph of an edge table.

    Parameters
    ----------
    edges
        Table of :func:`edge_table`; every further column becomes an edge attribute.
    row, column
        The two node sets.
    row_attributes, column_attributes
        Tables with a column ``row`` (``column``) and attributes of these nodes (``data.actors``, ``data.objectives``);
        missing values are left out. ``short_name`` or ``short_title`` becomes the ``label`` that Gephi and visone show.
    isolates
        Add the nodes of these tables that have no edge.

    Returns
    -------
    networkx.Graph
        Nodes are named by their value as text. Each carries ``bipartite`` (0 for rows, 1 for columns, as networkx's
        bipartite algorithms expect), ``mode`` (``row`` or ``column`` as named here), its value under that name with its
        own type, and ``label``.

    Raises
    ------
    GfmdError
        When a value stands in both node sets.
    """
    import networkx as nx

    require_columns(edges, row, column)
    graph = nx.Graph()
    for side, (name, attributes) in enumerate(((row, row_attributes), (column, column_attributes))):
        about = _attributes(attributes, name)
        nodes = list(dict.fromkeys([*node_codes(edges[name])[1], *(about if isolates else ())]))
        for node in nodes:
            if str(node) in graph:
                raise GfmdError(f"'{node}' is both a {row} and a {column}; rename one of them")
            traits = about.get(node, {})
            label = str(traits.get("short_name", traits.get("short_title", node)))
            graph.add_node(str(node), bipartite=side, mode=name, **{name: _plain(node)}, label=label, **traits)
    for edge in edges.dropna(subset=[row, column]).to_dict("records"):
        ends = str(edge.pop(row)), str(edge.pop(column))
        graph.add_edge(*ends, **{str(key): _plain(value) for key, value in edge.items() if not pd.isna(value)})
    return graph


def two_mode_tables(graph: "nx.Graph[str]") -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Read a graph of :func:`two_mode_graph` back, also after GraphML or GEXF.

    Returns
    -------
    edges, row_nodes, column_nodes : DataFrame
        The edge table and one attribute table per node set, values with their own types.
    """
    modes = {data["bipartite"]: data["mode"] for _, data in graph.nodes(data=True)}
    sides = {
        side: pd.DataFrame(
            [{k: v for k, v in d.items() if k not in ("bipartite", "mode")} for _, d in graph.nodes(data=True)
             if d["bipartite"] == side]
        )
        for side in (0, 1)
    }  # fmt: skip
    records = []
    for ends in graph.edges:
        first, second = sorted((graph.nodes[end] for end in ends), key=lambda data: int(data["bipartite"]))
        traits = {key: value for key, value in graph.edges[ends].items() if key != "id"}
        records.append({modes[0]: first[modes[0]], modes[1]: second[modes[1]]} | traits)
    edges = pd.DataFrame(records)
    if records:
        edges = edges.sort_values([modes[0], modes[1]], ignore_index=True)
    return edges, sides[0], sides[1]


def graphml(graph: "nx.Graph[str]") -> str:
    """Give a graph as GraphML, with all attributes (numbers as numbers); ``visone`` and ``Gephi`` open it.

    Parameters
    ----------
    graph
        Graph of :func:`two_mode_graph` or :func:`gfmd_analysis.projections.one_mode_graph`.

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


def _attributes(table: pd.DataFrame | None, key: str) -> dict[Any, dict[str, Any]]:
    if table is None:
        return {}
    require_columns(table, key)
    return {
        record.pop(key): {str(name): _plain(value) for name, value in record.items() if not pd.isna(value)}
        for record in table.to_dict("records")
    }


def _plain(value: Any) -> Any:
    """Give a value as GraphML and GEXF know it: a bool, int, float or text."""
    value = value.item() if isinstance(value, np.generic) else value
    return value if isinstance(value, bool | int | float | str) else str(value)
