"""Two-mode networks of actors and objectives: the tidy edge table and the incidence matrix.

Everything here takes any tidy table with two columns (``row``, ``column``); actors and objectives are the default.
A tie is a *mention*: in this data nobody's agreement or disagreement with an objective is coded, and none is invented.
"""

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from gfmd_analysis.dataset.tables import require_columns
from gfmd_analysis.errors import GfmdError

if TYPE_CHECKING:
    import networkx as nx

DUPLICATES = {"all": (), "turn": ("meeting", "turn"), "roundtable": ("meeting", "section"), "meeting": ("meeting",)}


def edge_table(
    table: pd.DataFrame,
    row: str = "actor",
    column: str = "objective",
    *,
    weight: str = "count",
    qualifier: str | None = None,
    duplicates: str | Sequence[str] = "all",
) -> pd.DataFrame:
    """Gather a tidy table into the edges of a two-mode network.

    Parameters
    ----------
    table
        Any tidy table, one row per statement: :meth:`Dataset.long`, one exported from the Discourse Network Analyzer.
        Rows without a row or column value have no edge and are left out; choose rows with ``select`` beforehand.
    row, column
        The two columns that the network ties together.
    weight
        ``"count"`` (statements; interventions in the long table), ``"presence"`` (1), or a numeric column that is
        summed over the statements (``"words"``: the words of the interventions in which an actor mentions an objective;
        an intervention on two objectives gives its words to both).
    qualifier
        A column of positions (agree, disagree) to keep apart, as the Discourse Network Analyzer's qualifier.
    duplicates
        Statements with the same row, column (and qualifier) are counted once per ``"turn"``, ``"roundtable"`` (section
        of the report, so each plenary part counts too) or ``"meeting"``, or ``"all"`` are counted. A list of other
        columns of the table does the same within those (``["document"]``). The first of the statements is kept.

    Returns
    -------
    DataFrame
        Columns ``row``, ``column``, (``qualifier``,) ``weight``: one row per edge, sorted; ``weight`` is Int64 for
        counts and presence, float64 for a summed column. Empty for an empty selection.

    Raises
    ------
    GfmdError
        For a column that the table has not, an unknown ``duplicates``, or a weight that is not numeric and positive.

    Examples
    --------
    >>> import pandas as pd
    >>> said = pd.DataFrame({"actor": ["A", "A", "B"], "objective": [2, 2, 5]})
    >>> edge_table(said)["weight"].tolist()
    [2, 1]
    """
    within = _within(duplicates)
    keys = [row, column, *([qualifier] if qualifier else [])]
    summed = weight not in ("count", "presence")
    require_columns(table, *keys, *within, *([weight] if summed else []))
    statements = table.dropna(subset=keys)
    if within:
        statements = statements.drop_duplicates(keys + list(within))
    groups = statements.groupby(keys, observed=True, sort=True)
    if summed:
        check_weights(statements[weight])
        edges = groups[weight].sum().astype("float64").reset_index(name="weight")
        return edges[edges["weight"] > 0].reset_index(drop=True)
    edges = groups.size().reset_index(name="weight")
    return edges.assign(weight=1 if weight == "presence" else edges["weight"]).astype({"weight": "Int64"})


def incidence(
    edges: pd.DataFrame,
    row: str = "actor",
    column: str = "objective",
    *,
    weight: str | None = "weight",
    rows: Sequence[Any] | None = None,
    columns: Sequence[Any] | None = None,
) -> pd.DataFrame:
    """Lay an edge table out as the incidence matrix.

    Parameters
    ----------
    edges
        Table of :func:`edge_table`.
    row, column, weight
        Its columns; ``weight=None`` counts rows.
    rows, columns
        The order of rows and columns, and nodes without an edge to show as zeros. By default those with an edge,
        sorted.

    Returns
    -------
    DataFrame
        float64, one row per row node, one column per column node, zeros where there is no edge.

    Raises
    ------
    GfmdError
        When ``rows`` or ``columns`` leave out a node that has edges.
    """
    matrix, row_nodes, column_nodes = sparse_incidence(edges, row, column, weight=weight)
    dense = pd.DataFrame(matrix.toarray(), index=row_nodes.rename(row), columns=column_nodes.rename(column))
    for axis, wanted in (("index", rows), ("columns", columns)):
        if wanted is not None:
            missing = [node for node in getattr(dense, axis) if node not in set(wanted)]
            if missing:
                raise GfmdError(f"{getattr(dense, axis).name}: {missing} have edges but are not among the wanted ones")
            dense = dense.reindex(**{axis: pd.Index(list(wanted), name=getattr(dense, axis).name)}, fill_value=0.0)
    return dense


def sparse_incidence(
    table: pd.DataFrame, row: str, column: str, *, weight: str | None = "weight"
) -> tuple[Any, pd.Index, pd.Index]:
    """Lay two columns out as a sparse matrix, the form that all network algebra here starts from.

    Parameters
    ----------
    table
        Any tidy table; rows with a missing value are left out, rows with the same pair are added up.
    row, column, weight
        Its columns; ``weight=None`` counts rows.

    Returns
    -------
    matrix : scipy.sparse.csr_array
        float64, one row per row node, one column per column node.
    row_nodes, column_nodes : Index
        Nodes that occur, in the order of their categories, else sorted.
    """
    from scipy.sparse import csr_array

    require_columns(table, row, column, *([weight] if weight else []))
    row_codes, row_nodes = node_codes(table[row])
    column_codes, column_nodes = node_codes(table[column])
    kept = (row_codes >= 0) & (column_codes >= 0)
    if weight:
        check_weights(table[weight])
        values = table[weight].to_numpy(dtype="float64", na_value=0.0)[kept]
    else:
        values = np.ones(int(kept.sum()))
    shape = (len(row_nodes), len(column_nodes))
    matrix = csr_array((values, (row_codes[kept], column_codes[kept])), shape=shape)
    matrix.eliminate_zeros()
    return matrix, row_nodes, column_nodes


def core(edges: pd.DataFrame, row: str = "actor", column: str = "objective", *, degree: int = 2) -> pd.DataFrame:
    """Keep the part of a network in which every node has at least so many ties (the k-core), for maps and drawings.

    Parameters
    ----------
    edges
        Edge table, one row per edge.
    row, column
        Its two node sets.
    degree
        Fewest ties of a node; 1 keeps all.

    Returns
    -------
    DataFrame
        The rows that are left, perhaps none.
    """
    require_columns(edges, row, column)
    while True:
        ties = [edges.groupby(edges[name], observed=True)[name].transform("size") for name in (row, column)]
        firm = (ties[0] >= degree) & (ties[1] >= degree)
        if firm.all():
            return edges.reset_index(drop=True)
        edges = edges[firm]


def check_weights(values: pd.Series) -> None:
    """Refuse weights that are not numbers or are below zero."""
    if values.empty:
        return
    if not pd.api.types.is_numeric_dtype(values):
        raise GfmdError(f"{values.name}: found {values.dtype} values; a weight is a number")
    if bool((values < 0).any()):
        raise GfmdError(f"{values.name}: found {values.min()}; a weight is zero or more (put signs into a qualifier)")


def _within(duplicates: str | Sequence[str]) -> tuple[str, ...]:
    if not isinstance(duplicates, str):
        return tuple(duplicates)
    if duplicates not in DUPLICATES:
        raise GfmdError(f"duplicates: found '{duplicates}'; allowed: {', '.join(DUPLICATES)}, or a list of columns")
    return DUPLICATES[duplicates]


def node_codes(column: pd.Series) -> tuple[npt.NDArray[np.intp], pd.Index]:
    """Number the values of a column from 0 in the order of their categories, else sorted; -1 where missing."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        observed = column.cat.remove_unused_categories()
        return observed.cat.codes.to_numpy().astype(np.intp), observed.cat.categories
    codes, nodes = pd.factorize(column, sort=True)
    return codes, pd.Index(nodes)


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
        Graph of :func:`two_mode_graph` or :func:`gfmd_analysis.networks.projection.one_mode_graph`.

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
