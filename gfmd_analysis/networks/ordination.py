"""Orders and maps: both node sets in one plane, and rows laid so that like profiles are neighbours."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from gfmd_analysis.errors import NoDataError
from gfmd_analysis.networks.edges import incidence, nodes_of

TINY = 1e-12

SWEEPS = 24  # how often both sides are sorted


def correspondence(
    edges: pd.DataFrame, row: str = "actor", column: str = "objective", *, weight: str | None = "weight"
) -> pd.DataFrame:
    """Map both node sets in one plane by correspondence analysis.

    Nodes with like profiles stand close; a node stands near those of the other set that it is tied to more than totals
    alone would have it. Distances between nodes of different sets are not to be measured. With ``P`` the shares of all
    weight and ``r``, ``c`` its row and column sums, the axes are the singular vectors of
    ``(P - r c') / sqrt(r c')``, scaled by the singular values and divided by ``sqrt(r)`` and ``sqrt(c)``.

    Parameters
    ----------
    edges, row, column, weight
        Edge table and its columns.

    Returns
    -------
    DataFrame
        ``mode`` (``row`` or ``column`` as named), ``node``, ``x``, ``y`` (principal coordinates; the sign of each axis
        is set so that its farthest row node is positive), ``mass`` (share of all weight), ``quality`` (share of the
        node's distance from the centre that the plane shows, squared cosine, 0 to 1; NaN for a node at the centre),
        ``inertia_x`` and ``inertia_y`` (share of the whole table's inertia on the axis, the same in every row).

    Raises
    ------
    NoDataError
        With fewer than three rows or columns, which have no plane, or where all profiles are alike: no inertia to map.

    References
    ----------
    Greenacre, M. (2017), Correspondence Analysis in Practice, 3rd edition.
    """
    matrix = incidence(edges, row, column, weight=weight)
    matrix = matrix.loc[matrix.any(axis=1), matrix.any()]
    if min(matrix.shape) < 3:
        found = f"found {matrix.shape[0]} {row} and {matrix.shape[1]} {column} nodes"
        raise NoDataError(f"{found}; a map needs three of each")
    shares = matrix.to_numpy() / matrix.to_numpy().sum()
    masses = shares.sum(axis=1), shares.sum(axis=0)
    expected = np.outer(*masses)
    left, inertia, right = np.linalg.svd((shares - expected) / np.sqrt(expected), full_matrices=False)
    if inertia[0] < TINY:
        raise NoDataError(f"found {len(matrix)} {row} nodes with the same profile; a map needs profiles that differ")
    sides = ((left, masses[0]), (right.T, masses[1]))
    points = np.concatenate([side * inertia / np.sqrt(mass)[:, np.newaxis] for side, mass in sides])
    farthest = points[np.abs(points[: len(matrix)]).argmax(axis=0), np.arange(len(inertia))]
    squares, shown = (points**2).sum(axis=1), (points[:, :2] ** 2).sum(axis=1)
    quality = np.divide(shown, squares, out=np.full(len(points), np.nan), where=squares > TINY)
    x, y = (points * np.where(farthest < 0, -1.0, 1.0)).T[:2]
    on_axis = inertia**2 / (inertia**2).sum()
    place = {"x": x, "y": y, "mass": np.concatenate(masses), "quality": quality}
    return pd.DataFrame(nodes_of(matrix) | place | {"inertia_x": on_axis[0], "inertia_y": on_axis[1]})


def two_column_order(edges: pd.DataFrame, row: str = "actor", column: str = "objective") -> tuple[list[Any], list[Any]]:
    """Order the two columns of a drawn two-mode network so that few edges cross.

    Barycentre heuristic (Sugiyama, Tagawa and Toda 1981): in turn each side is sorted by the mean place of its
    neighbours; the order with the fewest crossings seen is kept. The same edges give the same order on every run.

    Parameters
    ----------
    edges
        Edge table.
    row, column
        Its two node sets.

    Returns
    -------
    rows, columns : list
        The nodes from top to bottom.
    """
    nodes = incidence(edges, row, column, weight=None)
    matrix = nodes.to_numpy() > 0
    left, right = np.arange(matrix.shape[0]), np.arange(matrix.shape[1])
    best, fewest = (left, right), crossings(matrix)
    for _ in range(SWEEPS if matrix.size else 0):
        left = left[np.argsort(_mean_places(matrix[left][:, right]), kind="stable")]
        right = right[np.argsort(_mean_places(matrix[left][:, right].T), kind="stable")]
        now = crossings(matrix[left][:, right])
        if now < fewest:
            best, fewest = (left, right), now
    return list(nodes.index[best[0]]), list(nodes.columns[best[1]])


def crossings(matrix: npt.NDArray[np.bool_]) -> int:
    """Count the pairs of edges that cross when rows and columns are drawn as two columns in this order."""
    above = np.cumsum(np.cumsum(matrix[:, ::-1], axis=1)[:, ::-1], axis=0)
    return int((above[:-1, 1:] * matrix[1:, :-1]).sum())


def _mean_places(matrix: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    places: npt.NDArray[np.float64] = matrix @ np.arange(matrix.shape[1]) / matrix.sum(axis=1)
    return places
