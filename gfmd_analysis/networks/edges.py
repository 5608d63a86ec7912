"""Two-mode networks of actors and objectives: the tidy edge table, the incidence matrix and the graph.

Everything here takes any tidy table with two columns (``row``, ``column``); actors and objectives are the default.
A tie is a *mention*: in this data nobody's agreement or disagreement with an objective is coded, and none is invented.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from gfmd_analysis.dataset.tables import require_columns
from gfmd_analysis.errors import GfmdError, require_known

if TYPE_CHECKING:
    import networkx as nx

QUALIFIER = "qualifier"  # where an edge table's ``attrs`` keep which of its columns holds positions

DNA_QUALIFIERS = ("agreement", "qualifier")  # as the Discourse Network Analyzer's exports call them

POSITIONS = ({"agree"}, {"disagree"}, {"agree", "disagree"})

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
    """Count a tidy table's statements into the edges of a two-mode network.

    Parameters
    ----------
    table
        Any tidy table, one row per statement: the rows of :meth:`Dataset.long` that count
        (:func:`gfmd_analysis.coverage.counts.taken_up`), an event list of the Discourse Network Analyzer. Rows without a
        row or column value have no edge and are left out.
    row, column
        The two columns that the network ties together.
    weight
        ``"count"`` (statements; interventions in the long table), ``"presence"`` (1), or a numeric column that is
        summed over the statements.
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
        For a column that the table has not, an unknown ``duplicates``, a weight that is not numeric and positive, or a
        column of positions that is not asked for.

    Examples
    --------
    >>> import pandas as pd
    >>> said = pd.DataFrame({"actor": ["A", "A", "B"], "objective": [2, 2, 5]})
    >>> edge_table(said)["weight"].tolist()
    [2, 1]
    """
    if isinstance(duplicates, str):
        require_known("duplicates (or a list of columns)", [duplicates], DUPLICATES)
        duplicates = DUPLICATES[duplicates]
    keys = [row, column, *([qualifier] if qualifier else [])]
    summed = weight not in ("count", "presence")
    require_columns(table, *keys, *duplicates, *([weight] if summed else []))
    if not qualifier:
        kept = table[[row, column, *(name for name in DNA_QUALIFIERS if name in table)]]
        refuse_positions(
            kept, row, column, None, "qualifier='{}', or a table without it (opponents count as allies then)"
        )
    statements = table.dropna(subset=keys)
    if duplicates:
        statements = statements.drop_duplicates([*keys, *duplicates])
    groups = statements.groupby(keys, observed=True, sort=True)
    if summed:
        check_weights(statements[weight])
        sums = groups[weight].sum().astype("float64")
        edges = sums[sums > 0].reset_index(name="weight")
    else:
        edges = groups.size().astype("Int64").reset_index(name="weight")
    if weight == "presence":
        edges["weight"] = edges["weight"].clip(upper=1)
    edges.attrs = {QUALIFIER: qualifier}
    return edges


def incidence(
    edges: pd.DataFrame, row: str = "actor", column: str = "objective", *, weight: str | None = "weight"
) -> pd.DataFrame:
    """Lay an edge table out as the incidence matrix.

    Parameters
    ----------
    edges
        Table of :func:`edge_table`; rows with the same pair are added up.
    row, column, weight
        Its columns; ``weight=None`` counts rows.

    Returns
    -------
    DataFrame
        float64, one row per row node, one column per column node, zeros where there is no edge.

    Raises
    ------
    GfmdError
        For a weight that is not a number or below zero, or a column of positions: disagreement would count as agreement.
    """
    require_columns(edges, row, column, *([weight] if weight else []))
    refuse_positions(edges, row, column, weight, "the rows of one position, or of all, without the column '{}'")
    if weight:
        check_weights(edges[weight])
    counted = edges[[row, column]].assign(weight=edges[weight].astype("float64") if weight else 1.0)
    sums = counted.groupby([row, column], observed=True, sort=True)["weight"].sum()
    dense = sums.unstack().fillna(0.0).sort_index(axis=1)
    return pd.DataFrame(dense.to_numpy(), pd.Index(list(dense.index), name=row), pd.Index(list(dense), name=column))


def nodes_of(matrix: pd.DataFrame) -> dict[str, Any]:
    """List the nodes of an incidence matrix, rows first, as the columns ``mode`` (which of the two) and ``node``."""
    modes = [axis.name for axis in matrix.axes for _ in axis]
    return {"mode": modes, "node": pd.Series([node for axis in matrix.axes for node in axis], dtype="object")}


def refuse_positions(table: pd.DataFrame, row: str, column: str, weight: str | None, allowed: str) -> None:
    """Refuse a table that keeps positions apart where none is asked for; ``allowed`` says what to do with that column."""
    for name in table.columns.drop([row, column, *filter(None, [weight])]):
        if name in (*DNA_QUALIFIERS, table.attrs.get(QUALIFIER)) or set(table[name].dropna().unique()) in POSITIONS:
            raise GfmdError(f"qualifier: found None, and a column {name} of positions; allowed: {allowed.format(name)}")


def check_weights(values: pd.Series) -> None:
    """Refuse weights that are not numbers or are below zero."""
    if len(values) and not pd.api.types.is_numeric_dtype(values):
        raise GfmdError(f"{values.name}: found {values.dtype} values; a weight is a number")
    if bool((values < 0).any()):
        raise GfmdError(f"{values.name}: found {values.min()}; a weight is zero or more (put signs into a qualifier)")


def two_mode_graph(
    edges: pd.DataFrame,
    row: str = "actor",
    column: str = "objective",
    *,
    row_attributes: pd.DataFrame | None = None,
    column_attributes: pd.DataFrame | None = None,
    isolates: bool = False,
) -> "nx.Graph[str]":
    """Make the two-mode networkx graph of an edge table, ready for ``networkx.write_graphml`` and ``write_gexf``.

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
        own type, and ``label``. A MultiGraph where a pair has several edges (one for each position of a qualifier).

    Raises
    ------
    GfmdError
        When a value stands in both node sets.
    """
    import networkx as nx

    require_columns(edges, row, column)
    edges = edges.dropna(subset=[row, column])
    graph = nx.MultiGraph() if edges.duplicated([row, column]).any() else nx.Graph()
    for side, (name, attributes) in enumerate(((row, row_attributes), (column, column_attributes))):
        about = {} if attributes is None else {record[name]: record for record in _records(attributes, name)}
        for node in dict.fromkeys([*sorted(edges[name].unique()), *(about if isolates else ())]):
            if str(node) in graph:
                raise GfmdError(f"'{node}' is both a {row} and a {column}; rename one of them")
            traits = {name: _plain(node)} | about.get(node, {})
            label = str(traits.get("short_name", traits.get("short_title", node)))
            graph.add_node(str(node), **{"bipartite": side, "mode": name, "label": label} | traits)
    for edge in _records(edges, row, column):
        graph.add_edge(str(edge.pop(row)), str(edge.pop(column)), **edge)
    return graph


def _records(table: pd.DataFrame, *keys: str) -> list[dict[str, Any]]:
    require_columns(table, *keys)
    records = table.to_dict("records")
    return [{str(name): _plain(cell) for name, cell in each.items() if not pd.isna(cell)} for each in records]


def _plain(value: Any) -> Any:
    """Turn a value into one that GraphML and GEXF know: a bool, int, float or text."""
    value = value.item() if isinstance(value, np.generic) else value
    return value if isinstance(value, bool | int | float | str) else str(value)
