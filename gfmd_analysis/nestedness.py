"""Nestedness: whether those who speak to little speak to a part of what those who speak to much do (NODF)."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Matrices = npt.NDArray[Any]


def nodf(matrix: pd.DataFrame | Matrices) -> dict[str, float]:
    """Measure the nestedness of a presence matrix by overlap and decreasing fill.

    For each pair of rows with different totals: the share of the shorter row's presences that the longer one has too,
    in percent; pairs with equal totals count as 0. The mean over all pairs of rows is ``rows``, over pairs of columns
    ``columns``, over both together ``nodf``. The order of rows and columns does not matter: they are compared as
    sorted by their totals.

    Parameters
    ----------
    matrix
        Incidence matrix; anything above 0 is a presence. Rows and columns of zeros take part as pairs that score 0.

    Returns
    -------
    dict
        ``nodf``, ``rows``, ``columns``: 0 (not nested) to 100 (perfectly nested); NaN where there is no pair.

    References
    ----------
    Almeida-Neto, M., Guimarães, P., Guimarães, P. R., Loyola, R. D. and Ulrich, W. (2008), A consistent metric for
    nestedness analysis in ecological systems, Oikos 117, 1227-1239.

    Examples
    --------
    >>> nodf(np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0]]))["nodf"]
    100.0
    """
    presence = (np.asarray(matrix) > 0)[np.newaxis]
    rows, row_pairs = pair_scores(presence)
    columns, column_pairs = pair_scores(presence.transpose(0, 2, 1))
    total = np.append(rows + columns, [rows, columns])
    pairs = np.array([row_pairs + column_pairs, row_pairs, column_pairs], dtype="float64")
    means = np.divide(100 * total, pairs, out=np.full(3, np.nan), where=pairs > 0)
    return dict(zip(("nodf", "rows", "columns"), means.tolist(), strict=True))


def nodf_of_many(presences: Matrices) -> npt.NDArray[np.float64]:
    """Give the overall NODF of many presence matrices at once, an array of shape (samples, rows, columns)."""
    rows, row_pairs = pair_scores(presences)
    columns, column_pairs = pair_scores(presences.transpose(0, 2, 1))
    values: npt.NDArray[np.float64] = 100 * (rows + columns) / (row_pairs + column_pairs)
    return values


def pair_scores(presences: Matrices) -> tuple[npt.NDArray[np.float64], int]:
    """Add up the paired overlap of rows for each sample, and give the number of pairs."""
    values = presences.astype("float32")
    overlap = (values @ values.transpose(0, 2, 1)).astype("float64")
    totals = values.sum(axis=2, dtype="float64")
    longer, shorter = totals[:, :, np.newaxis], totals[:, np.newaxis, :]
    counts = (longer > shorter) & (shorter > 0)
    shares = np.divide(overlap, shorter, out=np.zeros_like(overlap), where=counts)
    size = presences.shape[1]
    return shares.sum(axis=(1, 2)), size * (size - 1) // 2
