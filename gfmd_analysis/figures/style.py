"""How a briefing figure looks: one theme, one palette, one anatomy (finding, subtitle, picture, source, note)."""

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D
from matplotlib.transforms import blended_transform_factory

from gfmd_analysis.figures.names import wording

INK = "#1B2A3A"

MUTED = "#56616E"

GREY = "#A9B1BA"

PALE = "#E8EBEE"

ACCENT = "#9B1C31"

SEQUENTIAL = "Blues"

CONSTITUENCY_COLOURS = {
    "states": "#0072B2",
    "intergovernmental": "#2E2A66",
    "un_system": "#56B4E9",
    "civil_society": "#D55E00",
    "business": "#E69F00",
    "mayors": "#009E73",
    "youth": "#CC79A7",
    "other": "#7A7A7A",
}

SOURCE_AND_NOTE = {"en": ("Source: ", "Note: "), "fr": ("Source : ", "Note : "), "es": ("Fuente: ", "Nota: ")}

BOUNDARY_NOTE = "Names of countries and regions imply no opinion on legal status or boundaries."

FONTS = ("Lato-Regular.ttf", "Lato-Bold.ttf", "Lato-Italic.ttf")

TITLE_SIZE, SUBTITLE_SIZE, TEXT_SIZE, SMALL_SIZE = 11.5, 9.0, 8.5, 8.0

LEADING = 1.28

DESCENT = 0.22  # of the size, below the baseline

MARGIN = 4.0

WIDTHS_AT = (110, 300, 720)  # dpi: on screen, in print, and (all but) unhinted as in an SVG

THEME: dict[Any, Any] = {
    "font.family": ["Lato", "DejaVu Sans"],
    "font.size": TEXT_SIZE,
    "text.color": INK,
    "text.parse_math": False,
    "axes.titlesize": SUBTITLE_SIZE,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": TEXT_SIZE,
    "axes.labelcolor": MUTED,
    "axes.edgecolor": GREY,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": False,
    "grid.color": PALE,
    "grid.linewidth": 0.6,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": SMALL_SIZE,
    "ytick.labelsize": SMALL_SIZE,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "legend.frameon": False,
    "legend.fontsize": SMALL_SIZE,
    "legend.title_fontsize": SMALL_SIZE,
    "lines.solid_capstyle": "butt",
    "figure.facecolor": "white",
    "figure.dpi": 110,
    "savefig.dpi": 300,
    "svg.fonttype": "none",
    "svg.hashsalt": "gfmd_analysis",
    "path.simplify": False,
}

P = ParamSpec("P")

T = TypeVar("T")


@dataclass(frozen=True)
class Anatomy:
    """The words of a figure: they go into captions, alt text and documents."""

    title: str
    subtitle: str
    source: str
    note: str
    alt: str


_anatomies: WeakKeyDictionary[Figure, Anatomy] = WeakKeyDictionary()


def cm(length: float) -> float:
    """Give centimetres in inches."""
    return length / 2.54


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    """Make the bundled font known to matplotlib, once and only when something is drawn.

    It goes before any other of its name: machines have other versions of Lato, with other heights, and figures would differ.
    """
    from importlib.resources import files

    ours = [str(files("fontpkg_lato") / "files" / name) for name in FONTS]
    for path in ours:
        fontManager.addfont(path)
    own = mpl.get_data_path()
    fontManager.ttflist.sort(key=lambda entry: (entry.fname not in ours, not entry.fname.startswith(own)))


def themed(draw: Callable[P, T]) -> Callable[P, T]:
    """Draw in the project's theme; matplotlib's settings are afterwards as before."""

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> T:
        _register_fonts()
        with mpl.rc_context(THEME):
            return draw(*args, **kwargs)

    return drawn


@themed
def new_axes(width: float = 16.0, height: float = 9.0, ax: Axes | None = None) -> Axes:
    """Give the axes to draw on: those given, else new ones on a figure of this width and height in centimetres."""
    if ax is not None:
        return ax
    return plt.figure(figsize=(cm(width), cm(height)), layout="constrained").add_subplot()


@themed
def frame(ax: Axes, *, title: str, subtitle: str, source: str, alt: str, note: str = "", locale: str = "en") -> Axes:
    """Put a figure's words around its picture, wrapped to its width, and keep them for captions and alt text.

    Parameters
    ----------
    ax
        Any axes of the figure.
    title
        The finding, a full sentence.
    subtitle
        What, where, when, the unit and n.
    source
        Where the numbers come from, with paragraphs.
    alt
        Alternative text: the finding and the numbers that carry it.
    note
        The caveat.
    locale
        Language of the words before source and note: ``en``, ``fr`` or ``es``.

    Returns
    -------
    Axes
        ``ax``.
    """
    figure = ax.get_figure(root=True)
    assert figure is not None
    if not isinstance(figure.canvas, FigureCanvasAgg):
        FigureCanvasAgg(figure)  # letters are measured by the same rules whatever the backend
    title = title if title.endswith((".", "?", "!")) else f"{title}."
    _anatomies[figure] = Anatomy(title, subtitle, source, note, alt)
    depth, height = MARGIN, figure.get_figheight() * 72
    for text, size, weight, colour in ((title, TITLE_SIZE, "bold", INK), (subtitle, SUBTITLE_SIZE, "normal", MUTED)):
        lines = _wrap(figure, text, size, weight)
        for number, line in enumerate(lines):
            _write(figure, line, height - depth - size * (LEADING * number + 1), size, weight, colour)
        depth += size * LEADING * len(lines) + 2
    rise = MARGIN
    before_source, before_note = SOURCE_AND_NOTE[locale]
    for text in (note and before_note + note, source and before_source + source):
        lines = _wrap(figure, text, SMALL_SIZE, "normal") if text else []
        for number, line in enumerate(reversed(lines)):
            _write(figure, line, rise + SMALL_SIZE * (LEADING * number + DESCENT), SMALL_SIZE, "normal", MUTED)
        rise += SMALL_SIZE * LEADING * len(lines) + bool(lines)
    engine = figure.get_layout_engine()
    if isinstance(engine, ConstrainedLayoutEngine):
        engine.set(rect=(0, (rise + 4) / height, 1, 1 - (rise + depth + 9) / height))
    return ax


def anatomy(figure: Figure) -> Anatomy:
    """Give the words that :func:`frame` put on a figure; empty ones where it was not framed."""
    return _anatomies.get(figure, Anatomy("", "", "", "", ""))


def _write(figure: Figure, line: str, height: float, size: float, weight: str, colour: str) -> None:
    """Write a line at a height in points: lines are set one by one, as the distance of lines in one text is the font's affair."""
    place = (_left(figure), height / (figure.get_figheight() * 72))
    figure.text(*place, line, size=size, weight=weight, color=colour, va="baseline", ha="left", in_layout=False)


def _left(figure: Figure) -> float:
    return MARGIN / (figure.get_figwidth() * 72)


def _wrap(figure: Figure, text: str, size: float, weight: str) -> list[str]:
    """Break a text into lines that fit the figure's width, measured in the font that draws it."""
    room = figure.get_figwidth() * 72 - 2 * MARGIN
    space = _width("n n", size, weight) - _width("nn", size, weight)
    lines, length = [""], 0.0
    for word in text.split():
        longer = length + (space if length else 0) + _width(word, size, weight)
        if longer <= room or not lines[-1]:
            lines[-1], length = f"{lines[-1]} {word}".strip(), longer
        else:
            lines.append(word)
            length = _width(word, size, weight)
    return lines


@lru_cache(maxsize=4096)
def _width(word: str, size: float, weight: str) -> float:
    """Give a word's width in points where it is widest: hinting changes it by a few percent at each resolution."""
    font = FontProperties(family=THEME["font.family"], size=size, weight=weight)
    widths = []
    for dpi in WIDTHS_AT:
        measured = RendererAgg(10, 10, dpi).get_text_width_height_descent(word, font, False)  # type: ignore[no-untyped-call]
        widths.append(float(measured[0]) * 72 / dpi)
    return max(widths)


@themed
def counts_matrix(
    table: pd.DataFrame,
    *,
    title: str,
    subtitle: str,
    source: str,
    alt: str,
    note: str = "",
    totals: pd.Series | None = None,
    height: float = 7.0,
    ax: Axes | None = None,
) -> Axes:
    """Draw a small table of counts as shaded cells with their numbers.

    Parameters
    ----------
    table
        Counts; index and columns are codes of the data.
    title, subtitle, source, alt, note
        The figure's words.
    totals
        A number to the right of each row, where it is not the row's sum; the sum where none is given.
    height
        Centimetres.
    ax
        Axes to draw on; new ones where none are given.

    Returns
    -------
    Axes
        The matrix, names written out, totals right and nought as a dot.
    """
    ax = new_axes(16, height, ax)
    values = table.to_numpy(dtype=float)
    ax.imshow(values, cmap=SEQUENTIAL, aspect="auto", vmin=0, vmax=max(values.max(initial=0), 1) * 1.15)
    for (i, j), value in np.ndenumerate(values):
        dark = value > values.max() * 0.6
        ax.text(
            j,
            i,
            f"{value:.0f}" if value else "·",
            ha="center",
            va="center",
            color="white" if dark else INK if value else MUTED,
        )
    for i, total in enumerate(table.sum(axis=1) if totals is None else totals):
        ax.text(len(table.columns) - 0.3, i, f"{total:.0f}", ha="left", va="center", weight="bold")
    ax.text(len(table.columns) - 0.3, -0.72, "All", ha="left", va="center", weight="bold")
    ax.set(xticks=range(len(table.columns)), yticks=range(len(table.index)))
    ax.set_xticklabels([textwrap.fill(wording(code), 11) for code in table.columns])
    ax.set_yticklabels([wording(code) for code in table.index])
    ax.tick_params(length=0, top=False, labeltop=True, bottom=False, labelbottom=False)
    ax.set_xlim(-0.5, len(table.columns) + 0.2)
    ax.set_xticks(np.arange(len(table.columns) + 1) - 0.5, minor=True)
    ax.set_yticks(np.arange(len(table.index) + 1) - 0.5, minor=True)
    ax.grid(which="minor", color="white", linewidth=1.5)
    ax.tick_params(which="minor", length=0)
    ax.spines[:].set_visible(False)
    return frame(ax, title=title, subtitle=subtitle, source=source, note=note, alt=alt)


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
