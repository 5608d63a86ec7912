"""What the horizontal figures of the objectives share: an axis of objectives, and a key in one line above it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.transforms import blended_transform_factory

from gfmd_analysis.style import ACCENT, INK

ROW = 0.53  # cm
BAR = 0.68  # of a row


def objective_rows(ax: Axes, rows: pd.DataFrame, accented: pd.Series | None = None, tail: str = "") -> None:
    """Label the rows of a figure by objective, the first on top, some of them in the accent, ``tail`` a column to add."""
    ends = [f", {end}" for end in rows[tail]] if tail else [""] * len(rows)
    numbers = rows["objective"].astype(int)
    labels = [f"{n}  {title}{end}" for n, title, end in zip(numbers, rows["objective_title"], ends, strict=True)]
    ax.set_yticks(range(len(rows)), labels)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    chosen = set() if accented is None else set(accented.astype(int))
    for label, number in zip(ax.get_yticklabels(), numbers, strict=True):
        label.set_color(ACCENT if number in chosen else INK)


def key(ax: Axes, colours: Mapping[str, str], markers: str = "sss") -> None:
    """Name colours in one line above the picture, from the figure's left edge."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    handles = [
        Line2D([], [], marker=marker, ls="", ms=6, color=colour, label=name)
        for marker, (name, colour) in zip(markers, colours.items(), strict=False)
    ]
    look: dict[str, Any] = {"handletextpad": 0.2, "columnspacing": 1.4, "borderpad": 0, "borderaxespad": 0.4}
    across = blended_transform_factory(figure.transFigure, ax.transAxes)
    ax.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        bbox_transform=across,
        ncols=len(handles),
        **look,
    )
