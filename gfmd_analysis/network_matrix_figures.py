"""Networks drawn as matrices: who speaks to what, and who speaks alike."""

from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from gfmd_analysis.errors import NoDataError
from gfmd_analysis.figure_labels import block_starts, colour_labels, darker
from gfmd_analysis.sentences import count, listing, sentence
from gfmd_analysis.style import (
    CONSTITUENCY_COLOURS,
    CONSTITUENCY_NAMES,
    GREY,
    INK,
    MUTED,
    PALE,
    SEQUENTIAL,
    SMALL_SIZE,
    canvas,
    frame,
    themed,
)

EMPTY = "#F4F5F7"
HALF = 0.5


@themed
def mention_matrix(
    matrix: pd.DataFrame,
    actors: pd.DataFrame,
    objectives: pd.DataFrame,
    *,
    inferred: pd.DataFrame | None = None,
    ax: Axes | None = None,
    source: str = "",
) -> Axes:
    """Draw who speaks to which objective how often, with the totals of actors and objectives at the margins.

    Parameters
    ----------
    matrix
        Incidence matrix, rows in the order of :func:`gfmd_analysis.ordination.seriation` (blocks of one constituency),
        columns objectives in the order to be drawn (blocks of one roundtable).
    actors
        ``actor``, ``short_name``, ``constituency``.
    objectives
        ``objective``, ``short_title``, ``roundtable``.
    inferred
        Incidence matrix of inferred mentions alone; cells that rest on nothing else get a dashed edge.
    ax, source
        Axes to draw on, text of the source line.

    Returns
    -------
    Axes
        Framed; the title says how few speakers make half of all mentions.
    """
    if matrix.empty:
        raise NoDataError("the matrix has no rows or no columns to draw")
    about = actors.set_index("actor").loc[list(matrix.index)]
    compact = objectives.set_index("objective").loc[list(matrix.columns)]
    values = matrix.to_numpy(dtype="float64")
    rows, columns = values.shape
    ax = canvas(16, 7.4 + 0.42 * rows, ax)
    _cells(ax, values)
    if inferred is not None:
        only = inferred.reindex(index=matrix.index, columns=matrix.columns, fill_value=0).to_numpy() >= values
        for i, j in np.argwhere(only & (values > 0)):
            edge = Rectangle((j - 0.46, i - 0.45), 0.92, 0.9, fill=False, ec=INK, lw=0.8, ls=(0, (2, 1.6)))
            ax.add_patch(edge)
    heads = [f"{title}  {number}" for number, title in zip(matrix.columns, compact["short_title"], strict=True)]
    ax.set_xticks(range(columns), heads, rotation=90)
    ax.set_yticks(range(rows), list(about["short_name"]))
    ax.tick_params(length=0)
    colour_labels(ax.get_yticklabels(), about["constituency"])
    for draw, groups in ((ax.axhline, about["constituency"]), (ax.axvline, compact["roundtable"])):
        for start in block_starts(groups):
            draw(start - HALF, color=MUTED, lw=0.7)
    _margins(ax, values, about["constituency"], compact["roundtable"])
    total, silent = int(values.sum()), int((values.sum(axis=1) == 0).sum())
    running = np.cumsum(np.sort(values.sum(axis=1))[::-1])
    few = int(np.searchsorted(running, total / 2) + 1) if total else 0
    title = f"{sentence(count(few, 'speaker'))} of {rows} make half of all {total} mentions"
    title += f"; {count(silent, 'speaker')} name no objective" if silent else ""
    most = about["short_name"].iloc[np.argsort(-values.sum(axis=1), kind="stable")[:few]]
    return frame(
        ax,
        title=title,
        subtitle=f"Interventions of {rows} speakers that mention an objective; margins are totals",
        source=source,
        note="" if inferred is None else "Dashed: inferred only, the paragraph does not give the objective's number.",
        alt=f"Matrix of {rows} speakers by {columns} objectives. {title}. They are {listing(most)}.",
    )


@themed
def similarity_heatmap(
    similarity: pd.DataFrame, tree: Any, actors: pd.DataFrame, *, ax: Axes | None = None, source: str = ""
) -> Axes:
    """Draw how alike actors' profiles are, like actors beside each other, with the tree that orders them.

    Parameters
    ----------
    similarity
        Square matrix of cosine similarity.
    tree
        Linkage of :func:`gfmd_analysis.ordination.leaf_order`.
    actors
        ``actor``, ``short_name``, ``constituency``.
    ax, source
        Axes to draw on, text of the source line.

    Returns
    -------
    Axes
        Framed; the title compares actors of the same constituency with those of different ones.
    """
    from scipy.cluster.hierarchy import dendrogram

    if len(similarity) < 2:
        raise NoDataError(f"found {len(similarity)} actors; a heat map of similarity needs two or more")
    drawn = dendrogram(tree, no_plot=True)
    order = [similarity.index[leaf] for leaf in drawn["leaves"]]
    values = similarity.loc[order, order].to_numpy(dtype="float64")
    about = actors.set_index("actor").loc[order]
    size = len(order)
    ax = canvas(16, 5.6 + 0.42 * size, ax)
    shown = np.where(np.eye(size, dtype=bool), np.nan, values)
    mesh = ax.pcolormesh(shown, cmap=SEQUENTIAL, vmin=0, vmax=1, edgecolors="white", linewidth=0.6)
    ax.set_facecolor(PALE)
    ax.set(xlim=(0, size), ylim=(size, 0))
    ax.set_yticks(np.arange(size) + HALF, list(about["short_name"]))
    ax.set_xticks(np.arange(size) + HALF, list(about["short_name"]), rotation=90)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    colour_labels(ax.get_yticklabels(), about["constituency"])
    colour_labels(ax.get_xticklabels(), about["constituency"])
    branches = ax.inset_axes((1.01, 0, 0.11, 1), sharey=ax)
    for across, down in zip(drawn["dcoord"], drawn["icoord"], strict=True):
        branches.plot(across, np.asarray(down) / 10, color=MUTED, lw=0.7)  # scipy sets leaves ten units apart
    branches.axis("off")
    bar = ax.figure.colorbar(mesh, ax=ax, location="top", shrink=0.4, aspect=30, pad=0.01, anchor=(0, 0))
    bar.set_label("cosine similarity (0: nothing shared, 1: same profile)", loc="left", size=SMALL_SIZE)
    bar.outline.set(visible=False)
    left, right = np.triu_indices(size, 1)
    pairs, groups = values[left, right], about["constituency"].astype("str").to_numpy()
    kin, none = groups[left] == groups[right], float((pairs < 1e-9).mean())
    same, other = (float(pairs[chosen].mean()) if chosen.any() else 0.0 for chosen in (kin, ~kin))
    verdict = "hardly more alike" if abs(same - other) < 0.1 else "more alike" if same > other else "less alike"
    title = f"Speakers of one constituency are {verdict} in their subjects ({same:.2f}) "
    title += f"than those of different ones ({other:.2f})"
    return frame(
        ax,
        title=title,
        subtitle=f"Cosine similarity of {size} speakers' mentions (means in the title); name colours: constituencies",
        source=source,
        note=f"{none:.0%} of pairs share no objective. Speakers with one mention are easily the same as others. "
        "Alike means the same subjects, not the same position.",
        alt=f"Clustered heat map of {size} speakers. {title}. {none:.0%} of pairs share nothing.",
    )


def _cells(ax: Axes, values: Any) -> None:
    """Shade the cells by their value and write it into them."""
    rows, columns = values.shape
    colours = mpl.colormaps[SEQUENTIAL]
    highest = max(values.max(), 1.0)
    ax.set(xlim=(-HALF, columns - HALF), ylim=(rows - HALF, -HALF))
    ax.set_facecolor(EMPTY)
    for i, j in np.argwhere(values > 0):
        depth = 0.18 + 0.7 * values[i, j] / highest
        ax.add_patch(Rectangle((j - HALF, i - HALF), 1, 1, fc=colours(depth), ec="white", lw=0.8))
        ink = "white" if depth > HALF else INK
        told = ax.text(j, i, f"{values[i, j]:.0f}", ha="center", va="center_baseline", size=SMALL_SIZE, color=ink)
        told.set_in_layout(False)
    for line in range(1, rows):
        ax.axhline(line - HALF, color="white", lw=0.5, zorder=0.5)
    for line in range(1, columns):
        ax.axvline(line - HALF, color="white", lw=0.5, zorder=0.5)
    ax.spines[:].set_visible(False)


def _margins(ax: Axes, values: Any, constituencies: pd.Series, roundtables: pd.Series) -> None:
    """Draw row totals to the right and column totals on top, each with its number, and name the blocks."""
    right, top = ax.inset_axes((1.01, 0, 0.11, 1), sharey=ax), ax.inset_axes((0, 1.005, 1, 0.08), sharex=ax)
    by_row, by_column = values.sum(axis=1), values.sum(axis=0)
    longest, tallest = max(by_row.max(), 1), max(by_column.max(), 1)
    colours = [CONSTITUENCY_COLOURS[str(name)] for name in constituencies]
    right.barh(range(len(by_row)), by_row, color=colours, height=0.72)
    top.bar(range(len(by_column)), by_column, color=GREY, width=0.72)
    points: dict[str, Any] = {"textcoords": "offset points", "size": SMALL_SIZE}
    for i, total in enumerate(by_row):
        right.annotate(f"{total:.0f}", (total, i), (2, 0), va="center_baseline", **points)
    for j, total in enumerate(by_column):
        top.annotate(f"{total:.0f}", (j, total), (0, 1.5), ha="center", **points)
    right.set_xlim(0, longest * 1.2)
    top.set_ylim(0, tallest * 1.35)
    for start, stop in zip([0, *block_starts(roundtables)], [*block_starts(roundtables), len(by_column)], strict=True):
        middle, name = (start + stop - 1) / 2, str(roundtables.iloc[start])
        top.annotate(name, (middle, tallest * 1.35), (0, 4), ha="center", weight="bold", **points)
    for start in [0, *block_starts(constituencies)]:
        name = str(constituencies.iloc[start])
        named = right.annotate(
            CONSTITUENCY_NAMES[name], (longest * 1.2, start), (4, 0), va="center_baseline", weight="bold", **points
        )
        named.set_color(darker(CONSTITUENCY_COLOURS[name]))
    for side in (right, top):
        side.axis("off")
