"""Labels of network figures: coloured by constituency, at the start of blocks, and placed so that none overlaps."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import matplotlib as mpl
import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Text

from gfmd_analysis.figures.style import CONSTITUENCY_COLOURS, INK, MUTED

DARKER = 0.72

Place = tuple[int, int, Literal["left", "center", "right"]]

PLACES: tuple[Place, ...] = (
    (6, 0, "left"),
    (-6, 0, "right"),
    (0, 8, "center"),
    (0, -8, "center"),
    (5, 7, "left"),
    (-5, 7, "right"),
    (5, -7, "left"),
    (-5, -7, "right"),
    (9, 13, "left"),
    (-9, 13, "right"),
    (9, -13, "left"),
    (-9, -13, "right"),
    (0, 17, "center"),
    (0, -17, "center"),
)

NEAR = 8

# Farther off, with a line to the point.
FAR: tuple[Place, ...] = tuple(
    (round(reach * np.cos(turn)), round(reach * np.sin(turn)), "left" if np.cos(turn) > 0 else "right")
    for reach in (26, 38, 50)
    for turn in np.radians([15, -15, 165, -165, 45, -45, 135, -135, 75, -75, 105, -105])
)


def colour_labels(labels: Iterable[Text], constituencies: Iterable[object]) -> None:
    """Colour the names of actors by their constituency, dark enough to be read as text."""
    for label, constituency in zip(labels, constituencies, strict=True):
        label.set_color(darker(CONSTITUENCY_COLOURS[str(constituency)]))


def marker_area(strength: float) -> float:
    """Give the area of a node (square points) that grows with its strength."""
    return 14.0 + 13.0 * strength


def darker(colour: str) -> tuple[float, float, float]:
    """Darken a palette colour so that it can be read as text on white."""
    red, green, blue = mpl.colors.to_rgb(colour)
    return (red * DARKER, green * DARKER, blue * DARKER)


def block_starts(groups: pd.Series) -> list[int]:
    """Give the places where a new block of equal values begins, the first excepted."""
    names = groups.astype("str").tolist()
    return [place for place in range(1, len(names)) if names[place] != names[place - 1]]


def place_labels(
    ax: Axes,
    points: npt.NDArray[np.float64],
    texts: Sequence[tuple[str, ...]],
    colours: Sequence[Any],
    radii: Sequence[float],
) -> None:
    """Write labels beside points, each where it covers no other label and, as far as can be, no point.

    Labels are placed in the order given, the most important first; each takes the first free of the places around its
    point (near with the text, near with a shorter one, then farther off, then with a line to the point), else the place that
    covers least. The same input gives the same places on every run.

    Parameters
    ----------
    ax
        Axes with their limits set, at their final size.
    points
        Shape (n, 2), in data coordinates.
    texts
        For each point the text, and shorter ones to fall back on.
    colours, radii
        One for each point; radii in points (1/72 inch).
    """
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()  # lets the layout settle, so that places in points are final
    centres, reaches = ax.transData.transform(points), np.asarray(radii)[:, np.newaxis] * figure.dpi / 72
    marks = np.hstack([centres - reaches, centres + reaches])
    frame = ax.get_window_extent().extents
    taken: list[Any] = []
    for here, (point, wordings, colour, radius) in enumerate(zip(points, texts, colours, radii, strict=True)):
        label = ax.annotate(
            "", tuple(point), (0, 0), color=colour or INK, va="center", textcoords="offset points", zorder=5
        )
        best: tuple[float, Any] = (np.inf, None)
        rings = (PLACES[:NEAR], PLACES[NEAR:], FAR)
        for place in [(wording, *place) for ring in rings for wording in wordings for place in ring]:
            box = _put(label, radius, *place)
            covered = sum(10 * _overlap(box, other) for other in taken)
            covered += sum(_overlap(box, mark) for other, mark in enumerate(marks) if other != here)
            covered += 1000 * float(np.maximum([*(frame[:2] - box[:2]), *(box[2:] - frame[2:])], 0).sum())
            if covered < best[0] - 1e-6:
                best = (covered, place)
            if covered == 0:
                break
        taken.append(_put(label, radius, *best[1]))
        if best[1][1:] in FAR:
            line = {"arrowstyle": "-", "lw": 0.5, "color": MUTED, "shrinkA": 1, "shrinkB": radius}
            ax.annotate("", tuple(point), label.get_position(), textcoords="offset points", arrowprops=line, zorder=4)


def _put(label: Any, radius: float, text: str, right: int, up: int, align: str) -> Any:
    """Move a label to a place beside its point, and give the box that it fills there."""
    stretch = max(radius - 3, 0)
    label.set_text(text)
    label.set_horizontalalignment(align)
    label.set_position((right + np.sign(right) * stretch, up + np.sign(up) * stretch))
    return label.get_window_extent().extents


def _overlap(box: Any, other: Any) -> float:
    width = min(box[2], other[2]) - max(box[0], other[0])
    height = min(box[3], other[3]) - max(box[1], other[1])
    return float(max(width, 0) * max(height, 0))
