"""Two-mode networks of actors and objectives: the tidy edge table and the incidence matrix.

Everything here takes any tidy table with two columns (``row``, ``column``); actors and objectives are the default.
A tie is a *mention*: in this data nobody's agreement or disagreement with an objective is coded, and none is invented.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from gfmd_analysis.errors import GfmdError
from gfmd_analysis.loading import require_columns

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
