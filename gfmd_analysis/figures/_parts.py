"""What several figures have alike: objectives as rows, a key of marks, values beside bars, heads over columns."""

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import blended_transform_factory

from gfmd_analysis.dataset.tables import gcm_objectives
from gfmd_analysis.figures._lettering import INCH, breadth, folded
from gfmd_analysis.figures.names import name, objective_title
from gfmd_analysis.figures.palette import ACCENT, GREY, MUTED
from gfmd_analysis.figures.style import MARGIN, paper_of

ROW, GAP = 0.4, 1.05  # cm a row, rows between two roundtables
EDGE = ("axes fraction", "data")  # coordinates of a place at the left or right edge, on a row


def placed(table: pd.DataFrame, gap: float = GAP) -> pd.DataFrame:
    """Put objectives in order by roundtable, with a gap between two."""
    rows = table.astype({"objective": int, "objective_roundtable": str})
    rows = rows.sort_values(["objective_roundtable", "objective"], ignore_index=True)
    block = rows["objective_roundtable"].ne(rows["objective_roundtable"].shift()).cumsum() - 1
    return rows.assign(y=np.arange(len(rows)) + gap * block)


def matrix_rows(numbers: Iterable[int | str]) -> pd.DataFrame:
    """Put objectives that are given by number, with title and roundtable, in the order of a matrix: without gaps."""
    known = gcm_objectives()
    return placed(known[known["objective"].astype(int).isin([int(number) for number in numbers])], 0)


def part_by_roundtable(ax: Axes, rows: pd.DataFrame, locale: str, row: float = 0.36) -> None:
    """Part the rows of a matrix, each so many centimetres high, by roundtable, and name these at the right; upright if few."""
    blocks = list(rows.groupby("objective_roundtable"))
    room = row * (min(len(block) for _code, block in blocks) + 0.5)
    upright = len(blocks) > 1 and breadth(word for code, _block in blocks for word in name(code, locale).split()) > room
    for code, block in blocks:
        top, bottom = block["y"].min() - 0.5, block["y"].max() + 0.5
        ax.axhline(top, color=GREY, lw=0.8) if top > rows["y"].min() else None
        label, turn = (name(code, locale), 0) if upright else (folded(name(code, locale), room), 90)
        beside(ax, label, 1, (top + bottom) / 2, 4, xycoords=EDGE, rotation=turn, color=MUTED)


def label_rows(ax: Axes, rows: pd.DataFrame, locale: str, chosen: Iterable[int] = ()) -> None:
    """Write number and title of each objective left of its row, those that were chosen in the accent; ticks have no marks."""
    labels = [f"{number}  {objective_title(number, locale)}" for number in rows["objective"]]
    ax.set_yticks(rows["y"], labels, rotation=0)
    ax.tick_params(length=0)
    for label, number in zip(ax.get_yticklabels(), rows["objective"], strict=True):
        if number in chosen:
            label.set(color=ACCENT, weight="bold")


def key(ax: Axes, handles: Sequence[Any], *, above: bool = False) -> int:
    """Name marks from the figure's left edge, below the picture or above it, in as few lines as are returned."""
    paper = paper_of(ax)
    across = blended_transform_factory(paper.transFigure, ax.transAxes)
    bare = all(getattr(handle, "get_linestyle", lambda: "-")() == "None" for handle in handles)
    names = [str(handle.get_label()) for handle in handles]
    lines = ceil((sum(breadth([name]) for name in names) + 0.75 * len(names)) / (paper.get_figwidth() * INCH - 0.6))
    ax.legend(
        handles=list(handles),
        loc="lower left" if above else "upper left",
        bbox_to_anchor=(MARGIN / (paper.get_figwidth() * 72), 1.0 if above else 0.0),
        bbox_transform=across,
        ncols=ceil(len(handles) / lines),
        borderpad=0,
        borderaxespad=0.4,
        handlelength=0.8 if bare else 1.2,
        handletextpad=0.4,
        columnspacing=1.3,
    )
    return lines


def beside(ax: Axes, text: str, x: float, y: float, points: float, **look: Any) -> None:
    """Write a text so many points to the right of a place, as a value beside its bar; to the left of it with fewer than none."""
    ax.annotate(text, (x, y), (points, 0), textcoords="offset points", va="center", **look)


def heads(ax: Axes, height: float, columns: Sequence[tuple[float, str]]) -> None:
    """Write the heads of the columns of a picture that is read as a table; the last stands at the right edge."""
    for x, head in columns:
        side = "right" if x == columns[-1][0] else "left"
        ax.text(x, height, head, ha=side, va="center", color=MUTED, weight="bold")
