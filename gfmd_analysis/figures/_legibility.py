"""Whether a figure's texts can be read: each inside its paper and off every other, whoever drew them."""

from itertools import combinations, compress

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.text import Text

from gfmd_analysis.figures._lettering import ROOM
from gfmd_analysis.figures.style import themed

SLACK = 1.5  # points of a text's box that hold no ink
SLIP = 0.5  # pixels that a text may stand out
SHOWN = 50


@themed
def faults(figure: Figure, room: float = ROOM) -> list[str]:
    """Find the texts of a drawn figure that are cut off or lie on another.

    Parameters
    ----------
    figure
        A figure whose layout is settled.
    room
        Texts are measured so many times as long as drawn, since other programs set them in another font.

    Returns
    -------
    list of str
        A sentence for each fault.
    """
    texts = [text for text in _texts(figure) if text.get_text().strip() and text.get_visible()]
    boxes, paper, found = [_corners(text, room) for text in texts], np.array(figure.bbox.extents), []
    low, high = (np.array([pick(box, axis=0) for box in boxes]).reshape(-1, 2) for pick in (np.min, np.max))
    over = np.hstack([low < paper[:2] - SLIP, high > paper[2:] + SLIP])[:, [0, 2, 1, 3]]
    for text, box, beyond in zip(texts, boxes, over, strict=True):
        clip = text.get_clip_box() if text.get_clip_on() else None
        edge = next((f"{edge} edge" for edge in compress(("left", "right", "lower", "upper"), beyond)), "")
        if edge or (clip is not None and not all(clip.contains(*corner) for corner in box)):
            found.append(f"{_quoted(text)} is cut off at the {edge or 'edge of its axes'}")
    for i, j in combinations(range(len(texts)), 2):
        near = (low[i] < high[j]).all() and (low[j] < high[i]).all()
        if near and Path(boxes[i]).intersects_path(Path(boxes[j])):
            found.append(f"{_quoted(texts[i])} and {_quoted(texts[j])} overlap")
    return found


def _texts(figure: Figure) -> list[Text]:
    """Collect every text that is drawn: ticks beyond an axis's limits are not, nor what stands in hidden axes."""
    unseen: set[Text] = set().union(*map(_undrawn, figure.findobj(Axes)))
    return [text for text in figure.findobj(Text) if text not in unseen]


def _undrawn(ax: Axes) -> set[Text]:
    if not ax.get_visible():
        return set(ax.findobj(Text))
    unseen: set[Text] = set()
    for axis, limits in ((ax.xaxis, ax.get_xlim()), (ax.yaxis, ax.get_ylim())):
        low, high = sorted(limits)
        for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
            unseen |= set() if low - 1e-9 <= tick.get_loc() <= high + 1e-9 else {tick.label1, tick.label2}
        unseen |= set() if axis.get_visible() and ax.axison else set(axis.findobj(Text))
    return unseen


def _corners(text: Text, room: float) -> npt.NDArray[np.float64]:
    """Measure the corners of a text and the first again, turned as it is drawn and lengthened away from its anchor."""
    around, turn, figure = text.get_window_extent(), text.get_rotation(), text.get_figure(root=True)
    text.set_rotation(0)
    flat = text.get_window_extent()
    text.set_rotation(turn)
    slack = SLACK * (figure.dpi / 72 if figure else 1)
    half_width, half_height = flat.width * room / 2, max(flat.height / 2 - slack, 1)
    side = {"left": 1, "right": -1}.get(text.get_horizontalalignment(), 0) if turn % 180 == 0 else 0
    angle = np.radians(turn)
    along, across = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    centre = np.array([(around.x0 + around.x1) / 2, (around.y0 + around.y1) / 2])
    centre = centre + along * side * flat.width * (room - 1) / 2
    reach = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    return np.array([centre + a * half_width * along + b * half_height * across for a, b in reach])


def _quoted(text: Text) -> str:
    words = " ".join(text.get_text().split())
    return f"“{words if len(words) <= SHOWN else f'{words[: SHOWN - 1]}…'}”"
