"""Orders and maps: both node sets in one plane, and rows laid so that like profiles are neighbours."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from gfmd_analysis.errors import NoDataError
from gfmd_analysis.networks.edges import incidence


def correspondence(
    edges: pd.DataFrame, row: str = "actor", column: str = "objective", *, weight: str | None = "weight"
) -> pd.DataFrame:
    """Map both node sets in one plane by correspondence analysis (computed by ``prince``).

    Nodes with like profiles stand close; a node stands near those of the other set that it is tied to more than totals
    alone would have it. Distances between nodes of different sets are not to be measured.

    Parameters
    ----------
    edges, row, column, weight
        Edge table and its columns.

    Returns
    -------
    DataFrame
        ``mode`` (``row`` or ``column`` as named), ``node``, ``x``, ``y`` (principal coordinates; the sign of each axis
        is set so that its farthest row node is positive), ``mass`` (share of all weight), ``quality`` (share of the
        node's distance from the centre that the plane shows, squared cosine, 0 to 1), ``inertia_x`` and ``inertia_y``
        (share of the whole table's inertia on the axis, the same in every row).

    Raises
    ------
    NoDataError
        With fewer than three rows or columns, which have no plane.

    References
    ----------
    Greenacre, M. (2017), Correspondence Analysis in Practice, 3rd edition.
    """
    import prince

    matrix = incidence(edges, row, column, weight=weight)
    if min(matrix.shape) < 3:
        raise NoDataError(
            f"found {matrix.shape[0]} {row} and {matrix.shape[1]} {column} nodes; a map needs three of each"
        )
    named = matrix.set_axis(matrix.index.astype("str"), axis=0).set_axis(matrix.columns.astype("str"), axis=1)
    fitted = prince.CA(n_components=2, engine="scipy", random_state=0).fit(named)
    rows, columns = (
        np.asarray(points, dtype="float64")
        for points in (fitted.row_coordinates(named), fitted.column_coordinates(named))
    )
    farthest = rows[np.abs(rows).argmax(axis=0), [0, 1]]
    shares = fitted.percentage_of_variance_ / 100
    points = np.concatenate([rows, columns]) * np.where(farthest < 0, -1.0, 1.0)
    quality = np.concatenate(
        [
            np.asarray(table)[:, :2].sum(axis=1)
            for table in (fitted.row_cosine_similarities(named), fitted.column_cosine_similarities(named))
        ]
    )
    total = matrix.to_numpy().sum()
    return pd.DataFrame(
        {
            "mode": [row] * len(matrix.index) + [column] * len(matrix.columns),
            "node": pd.Series([*matrix.index, *matrix.columns], dtype="object"),
            "x": points[:, 0],
            "y": points[:, 1],
            "mass": np.concatenate([matrix.sum(axis=1), matrix.sum(axis=0)]) / total,
            "quality": quality,
            "inertia_x": float(shares[0]),
            "inertia_y": float(shares[1]),
        }
    )


def similarity_tree(similarity: npt.NDArray[np.float64], method: str) -> npt.NDArray[np.float64]:
    """Give scipy's hierarchical tree of a similarity matrix, by ``average`` or ``ward`` linkage."""
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    distance = np.clip(1 - similarity, 0, None)
    distance = np.sqrt(2 * distance) if method == "ward" else distance
    return np.asarray(linkage(squareform(distance, checks=False), method))


def leaf_order(similarity: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Give the average-linkage tree of a similarity matrix with neighbouring leaves as alike as can be (scipy linkage).

    Parameters
    ----------
    similarity
        Square matrix, 1 on the diagonal, as of :func:`gfmd_analysis.networks.projection.similarity_matrix`.
    """
    from scipy.cluster.hierarchy import optimal_leaf_ordering
    from scipy.spatial.distance import squareform

    values = similarity.to_numpy(dtype="float64")
    distances = squareform(np.clip(1 - values, 0, None), checks=False)
    return np.asarray(optimal_leaf_ordering(similarity_tree(values, "average"), distances))


def seriation(matrix: pd.DataFrame, groups: pd.Series | None = None) -> pd.DataFrame:
    """Order rows so that like profiles are neighbours: by group, inside it by where the mentions lie.

    Parameters
    ----------
    matrix
        Incidence matrix with its columns in the order wanted; rows of zeros are allowed and go last.
    groups
        Ordered categorical by row node; ``None`` orders all rows together.

    Returns
    -------
    DataFrame
        The matrix with rows in order (mean column position, then total, then name).
    """
    values = matrix.to_numpy()
    total = values.sum(axis=1)
    place = np.divide(values @ np.arange(values.shape[1]), total, out=np.full(len(total), np.inf), where=total > 0)
    keys = pd.DataFrame({"place": place, "total": -total, "name": matrix.index.astype("str")}, index=matrix.index)
    if groups is not None:
        keys.insert(0, "group", groups.reindex(matrix.index))
    return matrix.loc[keys.sort_values(list(keys.columns)).index]


def two_column_order(
    edges: pd.DataFrame, row: str = "actor", column: str = "objective", *, sweeps: int = 24
) -> tuple[list[Any], list[Any]]:
    """Order the two columns of a drawn two-mode network so that few edges cross.

    Barycentre heuristic (Sugiyama, Tagawa and Toda 1981): in turn each side is sorted by the mean place of its
    neighbours; the order with the fewest crossings seen is kept. The same edges give the same order on every run.

    Parameters
    ----------
    edges
        Edge table.
    row, column
        Its two node sets.
    sweeps
        How often both sides are sorted.

    Returns
    -------
    rows, columns : list
        The nodes from top to bottom.
    """
    matrix = incidence(edges, row, column, weight=None).to_numpy() > 0
    left, right = np.arange(matrix.shape[0]), np.arange(matrix.shape[1])
    best, fewest = (left, right), crossings(matrix)
    for _ in range(sweeps if matrix.size else 0):
        left = left[np.argsort(_mean_places(matrix[left][:, right]), kind="stable")]
        right = right[np.argsort(_mean_places(matrix[left][:, right].T), kind="stable")]
        now = crossings(matrix[left][:, right])
        if now < fewest:
            best, fewest = (left, right), now
    nodes = incidence(edges, row, column, weight=None)
    return list(nodes.index[best[0]]), list(nodes.columns[best[1]])


def crossings(matrix: npt.NDArray[np.bool_]) -> int:
    """Count the pairs of edges that cross when rows and columns are drawn as two columns in this order."""
    above = np.cumsum(np.cumsum(matrix[:, ::-1], axis=1)[:, ::-1], axis=0)
    crossing = above[:-1, 1:] * matrix[1:, :-1]
    return int(crossing.sum())


def _mean_places(matrix: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    places: npt.NDArray[np.float64] = matrix @ np.arange(matrix.shape[1]) / matrix.sum(axis=1)
    return places
