"""Networks drawn as matrices: who speaks to what, and who speaks alike."""

from typing import Any, Literal

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from gfmd_analysis.dataset.tables import require_columns
from gfmd_analysis.errors import NoDataError
from gfmd_analysis.figures.names import CONSTITUENCY_NAMES
from gfmd_analysis.figures.place_labels import block_starts, colour_labels, darker, marker_area, place_labels
from gfmd_analysis.figures.style import (
    ACCENT,
    CONSTITUENCY_COLOURS,
    GREY,
    INK,
    MUTED,
    PALE,
    SEQUENTIAL,
    SMALL_SIZE,
    frame,
    new_axes,
    themed,
)
from gfmd_analysis.text import count, listing, sentence

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
        Incidence matrix, rows in the order of :func:`gfmd_analysis.networks.ordination.seriation` (blocks of one constituency),
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
    ax = new_axes(16, 7.4 + 0.42 * rows, ax)
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
        Linkage of :func:`gfmd_analysis.networks.ordination.leaf_order`.
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
    ax = new_axes(16, 5.6 + 0.42 * size, ax)
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


LEFT, RIGHT = 0.0, 1.0


@themed
def two_columns(
    edges: pd.DataFrame,
    order: tuple[list[Any], list[Any]],
    actors: pd.DataFrame,
    objectives: pd.DataFrame,
    *,
    kept: str = "",
    ax: Axes | None = None,
    source: str = "",
) -> Axes:
    """Draw a filtered two-mode network in two columns: actors left, objectives right.

    Parameters
    ----------
    edges
        Edge table, filtered until it is legible (some 40 edges at most).
    order
        The nodes from top to bottom, of :func:`gfmd_analysis.networks.ordination.two_column_order`.
    actors
        ``actor``, ``short_name``, ``constituency``.
    objectives
        ``objective``, ``short_title``.
    kept
        What the filter keeps, for the subtitle ("mentioned in two or more interventions").
    ax, source
        Axes to draw on, text of the source line.

    Returns
    -------
    Axes
        Framed; the title names the objective that most of these actors come back to.
    """
    require_columns(edges, "actor", "objective", "weight")
    if edges.empty:
        raise NoDataError("the selection has no edge to draw; choose a wider one")
    rows, columns = order
    about, titles = actors.set_index("actor"), objectives.set_index("objective")["short_title"]
    ax = new_axes(16, 6.2 + 0.62 * max(len(rows), len(columns)), ax)
    heights = [dict(zip(nodes, np.linspace(0, 1, len(nodes) + 2)[1:-1], strict=True)) for nodes in (rows, columns)]
    strength = [edges.groupby(name, observed=True)["weight"].sum() for name in ("actor", "objective")]
    colours = {actor: CONSTITUENCY_COLOURS[str(about.loc[actor, "constituency"])] for actor in rows}
    for actor, objective, weight in zip(edges["actor"], edges["objective"], edges["weight"].astype(float), strict=True):
        start, stop = heights[0][actor], heights[1][objective]
        path = Path([(LEFT, start), (0.45, start), (0.55, stop), (RIGHT, stop)], [Path.MOVETO, *[Path.CURVE4] * 3])
        ax.add_patch(PathPatch(path, fill=False, color=colours[actor], lw=_width(weight), alpha=0.75))
    for side, nodes, reach in ((LEFT, rows, -1), (RIGHT, columns, 1)):
        which = 0 if side == LEFT else 1
        sizes = [marker_area(float(strength[which][node])) for node in nodes]
        fills = [colours[node] if which == 0 else MUTED for node in nodes]
        ax.scatter([side] * len(nodes), [heights[which][node] for node in nodes], s=sizes, c=fills, zorder=3, lw=0)
        for node in nodes:
            text = str(about.loc[node, "short_name"]) if which == 0 else f"{node}  {titles[node]}"
            ink = darker(colours[node]) if which == 0 else INK
            place = (side + reach * 0.045, heights[which][node])
            ax.text(*place, text, ha="right" if reach < 0 else "left", va="center", color=ink)
    ax.set(xlim=(-0.55, 1.62), ylim=(1, 0))
    ax.axis("off")
    _legends(ax, edges["weight"], pd.concat(strength), [str(name) for name in about.loc[rows, "constituency"]])
    shared = edges.groupby("objective", observed=True)["actor"].nunique()
    top = [objective for objective in sorted(columns) if shared[objective] == shared.max()]
    named = [f"objective {number} ({titles[number]})" for number in top]
    title = f"Speakers meet most on {listing(named)}: {int(shared.max())} of {len(rows)}{' each' * (len(top) > 1)}"
    return frame(
        ax,
        title=title,
        subtitle=f"{len(rows)} speakers, {len(columns)} objectives {kept or 'that they mention'}; {len(edges)} ties",
        source=source,
        note="A filtered view: the matrix shows every mention.",
        alt=f"Two-column network of {len(rows)} speakers and {len(columns)} objectives. {title}.",
    )


@themed
def bridges(reach: pd.DataFrame, actors: pd.DataFrame, *, ax: Axes | None = None, source: str = "") -> Axes:
    """Draw who speaks across the roundtables: mentions by the roundtable that the objectives belong to.

    Parameters
    ----------
    reach
        Table of :func:`gfmd_analysis.networks.measures.brokerage`, its columns of roundtables ``RT1`` to ``RT4`` and
        ``participation``; actors of one roundtable alone are counted in the title.
    actors
        ``actor``, ``short_name``, ``constituency``.
    ax, source
        Axes to draw on, text of the source line.

    Returns
    -------
    Axes
        Framed; the title names who reaches every roundtable.
    """
    require_columns(reach, "actor", "groups", "participation", "betweenness")
    tables = [name for name in reach.columns if str(name).startswith("RT")]
    across = reach[reach["groups"] > 1].reset_index(drop=True)
    if across.empty:
        raise NoDataError("no actor speaks to the objectives of more than one roundtable")
    about = actors.set_index("actor")
    ax = new_axes(16, 5 + 0.62 * len(across), ax)
    fills = [CONSTITUENCY_COLOURS[str(about.loc[actor, "constituency"])] for actor in across["actor"]]
    rows, values = np.arange(len(across)), across[tables].to_numpy(dtype="float64")
    row, place = np.nonzero(values)
    areas = [marker_area(value) for value in values[row, place]]
    ax.scatter(place, row, s=areas, c=[fills[i] for i in row], lw=0, zorder=3)
    silent = np.argwhere(values == 0)
    ax.scatter(silent[:, 1], silent[:, 0], s=5, color=GREY, lw=0, zorder=3)
    for i, j, area in zip(row, place, areas, strict=True):
        aside = (2 + 0.62 * area**0.5, 0)
        ax.annotate(f"{values[i, j]:.0f}", (j, i), aside, textcoords="offset points", va="center", size=SMALL_SIZE)
    start, length = len(tables) + 0.1, 1.7
    highest = 1 - 1 / len(tables)
    ax.barh(rows, length * across["participation"], left=start, color=fills, height=0.42)
    for end, column in ((start + length * highest + 0.36, "participation"), (start + length + 0.75, "betweenness")):
        for down, value in enumerate(across[column]):
            ax.text(end, down, f"{value:.2f}", ha="right", va="center", size=SMALL_SIZE)
    ax.axvline(start + length * highest, color=GREY, lw=0.7, ls=(0, (2, 2)))
    ax.hlines(rows, -0.4, len(tables) - 0.6, color=PALE, lw=0.8, zorder=0)
    ax.set(xlim=(-0.45, start + length + 0.8), ylim=(len(across) - 0.5, -0.6))
    ax.set_yticks(rows, list(about.loc[across["actor"], "short_name"]))
    colour_labels(ax.get_yticklabels(), about.loc[across["actor"], "constituency"])
    heads = [*tables, "evenness (dashed: most)", "between"]
    places = [*range(len(tables)), start + 0.6, start + length + 0.55]
    ax.set_xticks(places, heads)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    every = [str(about.loc[actor, "short_name"]) for actor in reach.loc[reach["groups"] == len(tables), "actor"]]
    alone = len(reach) - len(across)
    title = (
        f"Only {listing(every)} speak to objectives of all {count(len(tables), 'roundtable')}; "
        if every
        else "Nobody spans all roundtables; "
    )
    title += f"{count(alone, 'speaker')} of {len(reach)} {'keeps' if alone == 1 else 'keep'} to one"
    return frame(
        ax,
        title=title,
        subtitle="Mentions of the objectives of each IMRF roundtable, in whichever session; "
        f"{len(across)} speakers who bridge two or more",
        source=source,
        note="Evenness: participation coefficient, 0 for one roundtable, 0.75 for all four alike. Between: share of "
        "shortest paths in the two-mode network. Chairs and facilitators sum up by office.",
        alt=f"Dot table of {len(across)} speakers by four roundtables. {title}. Most even: "
        f"{about.loc[across['actor'].iloc[0], 'short_name']} ({across['participation'].iloc[0]:.2f}).",
    )


def _width(weight: float) -> float:
    return 0.9 * weight


def _legends(ax: Axes, weights: pd.Series, strengths: pd.Series, constituencies: list[str]) -> None:
    """Say what node sizes, line widths and colours mean."""
    sizes = sorted({float(strengths.min()), float(round(strengths.median())), float(strengths.max())})
    nodes = [
        Line2D([], [], marker="o", ls="", color=MUTED, ms=marker_area(size) ** 0.5, label=f"{size:.0f}")
        for size in sizes
    ]
    widths = sorted({float(weights.min()), float(weights.max())})
    lines = [Line2D([], [], color=MUTED, lw=_width(width), label=f"{width:.0f}") for width in widths]
    first = ax.legend(
        handles=nodes,
        title="node: mentions shown",
        loc="upper left",
        bbox_to_anchor=(0.0, 0),
        ncols=3,
        alignment="left",
    )
    ax.add_artist(first)
    second = ax.legend(
        handles=lines,
        title="line: interventions",
        loc="upper left",
        bbox_to_anchor=(0.36, 0),
        ncols=3,
        alignment="left",
    )
    ax.add_artist(second)
    present = [name for name in CONSTITUENCY_NAMES if name in constituencies]
    colours = [
        Line2D([], [], color=CONSTITUENCY_COLOURS[name], lw=4, label=CONSTITUENCY_NAMES[name]) for name in present
    ]
    ax.legend(
        handles=colours,
        title="colour: constituency",
        loc="upper left",
        bbox_to_anchor=(0.66, 0),
        ncols=2,
        alignment="left",
    )


SCALE = 60.0


@themed
def actor_map(
    mapped: pd.DataFrame,
    actors: pd.DataFrame,
    objectives: pd.DataFrame,
    *,
    kept: str = "",
    ax: Axes | None = None,
    source: str = "",
) -> Axes:
    """Draw actors and objectives in one plane, as correspondence analysis puts them.

    Parameters
    ----------
    mapped
        Table of :func:`gfmd_analysis.networks.ordination.correspondence`.
    actors
        ``actor``, ``short_name``, ``constituency``.
    objectives
        ``objective``, ``short_title``, ``roundtable``.
    kept
        What the selection keeps, for the subtitle.
    ax, source
        Axes to draw on, text of the source line.

    Returns
    -------
    Axes
        Framed; the title says which objectives pull apart along the first axis.
    """
    require_columns(mapped, "mode", "node", "x", "y", "mass", "inertia_x", "inertia_y")
    about, titles = actors.set_index("actor"), objectives.set_index("objective")["short_title"]
    is_actor = (mapped["mode"] == "actor").to_numpy()
    points = mapped[["x", "y"]].to_numpy(dtype="float64")
    areas = np.array([marker_area(SCALE * mass) for mass in mapped["mass"]])
    kinds = [
        str(about.loc[node, "constituency"]) if actor else ""
        for node, actor in zip(mapped["node"], is_actor, strict=True)
    ]
    ax = new_axes(16, 16.5, ax)
    ax.axhline(0, color=PALE, lw=0.8, zorder=0)
    ax.axvline(0, color=PALE, lw=0.8, zorder=0)
    ax.scatter(
        points[~is_actor, 0],
        points[~is_actor, 1],
        marker="s",
        s=areas[~is_actor],
        fc="white",
        ec=MUTED,
        lw=0.9,
        zorder=3,
    )
    fills = [CONSTITUENCY_COLOURS[kind] for kind in kinds if kind]
    ax.scatter(points[is_actor, 0], points[is_actor, 1], s=areas[is_actor], c=fills, lw=0, zorder=3)
    ax.margins(0.14)
    ax.set_aspect("equal", adjustable="datalim")
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    handles = [
        Line2D([], [], marker="o", ls="", color=CONSTITUENCY_COLOURS[kind], label=CONSTITUENCY_NAMES[kind], ms=5)
        for kind in CONSTITUENCY_NAMES
        if kind in kinds
    ]
    handles.append(Line2D([], [], marker="s", ls="", mfc="white", mec=MUTED, label="Objective", ms=5))
    ax.legend(handles=handles, loc="upper left", handletextpad=0.1)
    spoken = mapped[~is_actor].sort_values("x")
    ends = [str(titles[spoken["node"].iloc[place]]).lower() for place in (0, -1)]
    across, up = float(mapped["inertia_x"].iloc[0]), float(mapped["inertia_y"].iloc[0])
    title = f"What sets speakers apart most ({across:.0%}) runs from {ends[0]} to {ends[1]}"
    frame(
        ax,
        title=title,
        subtitle=f"Correspondence analysis, {is_actor.sum()} speakers and {len(spoken)} objectives"
        f"{f' {kept}' if kept else ''}; upward: {up:.0%}",
        source=source,
        note="Near means like profiles; distances from a speaker to an objective are not to be measured. Size: mentions.",
        alt=f"Map of {is_actor.sum()} speakers and {len(spoken)} objectives. {title}.",
    )
    texts = [
        (str(about.loc[node, "short_name"]),) if kind else (f"{node} {titles[node]}", str(node))
        for node, kind in zip(mapped["node"], kinds, strict=True)
    ]
    inks: list[Any] = [darker(CONSTITUENCY_COLOURS[kind]) if kind else MUTED for kind in kinds]
    first = np.lexsort((-mapped["mass"].to_numpy(), ~is_actor))  # names of actors before titles of objectives
    radii = np.sqrt(areas / np.pi)
    place_labels(ax, points[first], [texts[i] for i in first], [inks[i] for i in first], radii[first].tolist())
    return ax


TIE_MARKS = {
    "partners": ("s", INK, (-0.22, -0.22)),
    "supports": ("^", "#0072B2", (0.22, -0.22)),
    "echoes": ("o", "#009E73", (-0.22, 0.22)),
    "thanks": ("D", GREY, (0.22, 0.22)),
    "contests": ("X", ACCENT, (0.0, 0.0)),
}

EDGE, REACH = 2.6, 6.2

INFERRED = "#3B6EA5"


@themed
def stated_ties_matrix(ties: pd.DataFrame, actors: pd.DataFrame, *, ax: Axes | None = None, source: str = "") -> Axes:
    """Draw the ties that speakers state to one another, one mark per kind; nothing here is inferred.

    Parameters
    ----------
    ties
        ``from_actor``, ``to_actor``, ``kind`` as of :func:`gfmd_analysis.networks.stated.stated_ties`.
    actors
        ``actor``, ``short_name``, ``constituency``; all ends of ties must be among them.
    ax, source
        Axes to draw on, text of the source line.

    Returns
    -------
    Axes
        Framed; the title says whom most others address.
    """
    require_columns(ties, "from_actor", "to_actor", "kind")
    if ties.empty:
        raise NoDataError("there is no stated tie to draw")
    rows, columns = (_by_partners(ties, *ends) for ends in (("from_actor", "to_actor"), ("to_actor", "from_actor")))
    about = actors.set_index("actor")
    ax = new_axes(16, 6.6 + 0.46 * len(rows), ax)
    for kind, (marker, colour, (right, down)) in TIE_MARKS.items():
        chosen = ties[ties["kind"] == kind]
        across = [columns.index(actor) + right for actor in chosen["to_actor"]]
        below = [rows.index(actor) + down for actor in chosen["from_actor"]]
        ax.scatter(across, below, marker=marker, color=colour, s=19, linewidths=0, zorder=3)
    ax.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    ax.set_yticks(range(len(rows)), list(about.loc[rows, "short_name"]))
    ax.set_xticks(range(len(columns)), list(about.loc[columns, "short_name"]), rotation=90)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    colour_labels(ax.get_yticklabels(), about.loc[rows, "constituency"])
    colour_labels(ax.get_xticklabels(), about.loc[columns, "constituency"])
    ax.hlines([place - 0.5 for place in range(len(rows) + 1)], -0.5, len(columns) - 0.5, color=PALE, lw=0.6)
    ax.vlines([place - 0.5 for place in range(len(columns) + 1)], -0.5, len(rows) - 0.5, color=PALE, lw=0.6)
    for actor in rows:
        if actor in columns:
            ax.add_patch(Rectangle((columns.index(actor) - 0.5, rows.index(actor) - 0.5), 1, 1, color=PALE, lw=0))
    found = {kind: int((ties["kind"] == kind).sum()) for kind in TIE_MARKS}
    handles = [
        Line2D([], [], marker=TIE_MARKS[kind][0], color=TIE_MARKS[kind][1], ls="", ms=5, label=f"{kind} ({number})")
        for kind, number in found.items()
        if number
    ]
    ax.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0, -0.01), ncols=5, columnspacing=1.2, handletextpad=0.1
    )
    addressed = ties.groupby("to_actor")["from_actor"].nunique()
    first = [str(about.loc[actor, "short_name"]) for actor in columns if addressed[actor] == addressed.max()]
    pairs = set(zip(ties["from_actor"], ties["to_actor"], strict=True))
    both = {frozenset(pair) for pair in pairs if pair[::-1] in pairs}
    verb, all_pairs = "is" if len(first) == 1 else "are each", {frozenset(pair) for pair in pairs}
    title = f"{listing(first)} {verb} addressed by {count(int(addressed.max()), 'speaker')}, the most; "
    title += f"{count(len(both), 'pair')} of {len(all_pairs)} go both ways"
    return frame(
        ax,
        title=title,
        subtitle=f"Ties that {len(rows)} speakers (rows) state to {len(columns)} other speakers (columns), by kind",
        source=source,
        note="Ties to bodies that did not speak are left out. Thanks, often a courtesy, are drawn in grey.",
        alt=f"Matrix of stated ties. {title}. By kind: {listing(f'{n} {kind}' for kind, n in found.items() if n)}.",
    )


@themed
def comention_arcs(
    tested: pd.DataFrame,
    links: pd.DataFrame,
    objectives: pd.DataFrame,
    *,
    alpha: float = 0.05,
    ax: Axes | None = None,
    source: str = "",
) -> Axes:
    """Draw which objectives hang together: on the left by co-mention, inferred; on the right as speakers state it.

    Parameters
    ----------
    tested
        Table of :func:`gfmd_analysis.networks.null_models.pair_tests` for objectives.
    links
        Table of :func:`gfmd_analysis.networks.stated.stated_links`.
    objectives
        ``objective``, ``short_title``, ``roundtable``; drawn in their order by roundtable.
    alpha
        Level of significance; pairs significant only before correction are dashed.
    ax, source
        Axes to draw on, text of the source line.

    Returns
    -------
    Axes
        Framed; the title says how many pairs are more than chance, and how many are stated.
    """
    require_columns(tested, "objective_a", "objective_b", "shared", "expected", "p", "p_adjusted")
    require_columns(links, "objective_a", "objective_b", "times")
    compact = objectives.sort_values(["roundtable", "objective"], ignore_index=True)
    gaps = block_starts(compact["roundtable"])
    places = {number: row + 1.5 * sum(row >= gap for gap in gaps) for row, number in enumerate(compact["objective"])}
    ax = new_axes(16, 16.5, ax)
    above = tested[(tested["p"] <= alpha) & (tested["shared"] > tested["expected"])]
    firm = above["p_adjusted"] <= alpha
    for a, b, shared, solid in zip(above["objective_a"], above["objective_b"], above["shared"], firm, strict=True):
        look: dict[str, Any] = {"lw": 1.8} if solid else {"lw": 1.1, "ls": (0, (3, 2))}
        _arc(ax, -1, places[a], places[b], str(shared), color=INFERRED, **look)
    for a, b, times in zip(links["objective_a"], links["objective_b"], links["times"].astype(int), strict=True):
        _arc(ax, 1, places[a], places[b], str(times) if times > 1 else "", color=ACCENT, lw=0.3 + 0.9 * times)
    busy = {*above["objective_a"], *above["objective_b"], *links["objective_a"], *links["objective_b"]}
    for number, name in zip(compact["objective"], compact["short_title"], strict=True):
        ink = INK if number in busy else MUTED
        ax.text(-EDGE + 0.75, places[number], str(number), ha="right", va="center", weight="bold", color=ink)
        ax.text(-EDGE + 0.95, places[number], name, va="center", color=ink)
    for start in (0, *gaps):
        above_block = (-EDGE + 0.95, places[compact["objective"].iloc[start]] - 0.95)
        ax.text(*above_block, str(compact["roundtable"].iloc[start]), va="center", size=SMALL_SIZE, color=MUTED)
    ax.set(xlim=(-8, 8), ylim=(max(places.values()) + 0.7, -2.6))
    ax.axis("off")
    ax.text(
        -8,
        -2.2,
        "Inferred: mentioned by the same\nspeakers more often than chance",
        va="center",
        color=INFERRED,
        weight="bold",
    )
    ax.text(8, -2.2, "Stated: linked by speakers\nthemselves", va="center", ha="right", color=ACCENT, weight="bold")
    kept, tests = int(firm.sum()), len(tested)
    title = f"No pair of objectives hangs together more than chance once all {tests} are tested; "
    if kept:
        title = f"{sentence(count(kept, 'pair'))} of objectives of {tests} {'hangs' if kept == 1 else 'hang'} together "
        title += "more than chance; "
    title += f"speakers themselves link {count(len(links), 'pair')}"
    often = links[links["times"] == links["times"].max()]
    told = [f"{a} with {b}" for a, b in zip(often["objective_a"], often["objective_b"], strict=True)]
    return frame(
        ax,
        title=title,
        subtitle="Pairs of objectives by roundtable; numbers: speakers who mention both (left), interventions (right, if > 1)",
        source=source,
        note=f"Left: p ≤ {alpha:g} against random networks with the same totals; dashed: not after correction for all "
        "pairs (Benjamini and Hochberg), so perhaps luck.",
        alt=f"Arc diagram of {len(compact)} objectives. {title}. Most often linked: {listing(told)}. "
        f"Before correction {count(len(above), 'pair')} would pass.",
    )


def _arc(ax: Axes, side: int, start: float, stop: float, label: str, **look: Any) -> None:
    """Draw an arc beside the names, on the left (-1) or the right (1), with its number at the top of the bend."""
    edge, bend = side * EDGE, side * (EDGE + 0.5 + REACH * (abs(stop - start) / 27) ** 0.85)
    path = Path([(edge, start), (bend, start), (bend, stop), (edge, stop)], [Path.MOVETO, *[Path.CURVE4] * 3])
    ax.add_patch(PathPatch(path, fill=False, **look))
    peak = edge + 0.75 * (bend - edge)
    boxed = {"fc": "white", "ec": "none", "pad": 0.6}
    align: Literal["left", "right"] = "left" if side > 0 else "right"
    ax.plot([edge, edge], [start, stop], ls="", marker="o", ms=2.6, color=look["color"])
    if label:
        place = (peak + side * 0.06, (start + stop) / 2)
        ax.text(*place, label, ha=align, va="center", size=SMALL_SIZE, color=look["color"], bbox=boxed)


def _by_partners(ties: pd.DataFrame, end: str, other: str) -> list[str]:
    """Give the actors at one end, those with most partners first, then with most ties, then by code."""
    groups = ties.groupby(end)[other]
    partners, total = groups.nunique(), groups.size()
    return sorted(partners.index, key=lambda actor: (-int(partners[actor]), -int(total[actor]), str(actor)))
