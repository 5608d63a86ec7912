"""Networks drawn as points and lines: a two-mode network in two columns, and who bridges the roundtables."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from gfmd_analysis.errors import NoDataError
from gfmd_analysis.figure_labels import colour_labels, darker, marker_area
from gfmd_analysis.loading import require_columns
from gfmd_analysis.sentences import count, listing
from gfmd_analysis.style import (
    CONSTITUENCY_COLOURS,
    CONSTITUENCY_NAMES,
    GREY,
    INK,
    MUTED,
    PALE,
    SMALL_SIZE,
    canvas,
    frame,
    themed,
)

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
        The nodes from top to bottom, of :func:`gfmd_analysis.ordination.two_column_order`.
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
    ax = canvas(16, 6.2 + 0.62 * max(len(rows), len(columns)), ax)
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
        Table of :func:`gfmd_analysis.centrality.bridging`, its columns of roundtables ``RT1`` to ``RT4`` and
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
    ax = canvas(16, 5 + 0.62 * len(across), ax)
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
