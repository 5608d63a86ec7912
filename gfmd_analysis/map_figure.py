"""Actors and objectives on one map, as correspondence analysis puts them."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from gfmd_analysis.figure_labels import darker, marker_area, place_labels
from gfmd_analysis.loading import require_columns
from gfmd_analysis.style import CONSTITUENCY_COLOURS, CONSTITUENCY_NAMES, MUTED, PALE, canvas, frame, themed

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
        Table of :func:`gfmd_analysis.ordination.correspondence`.
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
    ax = canvas(16, 16.5, ax)
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
