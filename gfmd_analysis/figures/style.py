"""How a figure looks: one theme, one palette, one anatomy (finding, subtitle, picture, note, source).

Every colour has one meaning. Navy to pale says how an objective was taken up (under its number, on its subject, in
passing); red is the finding; grey is context and what chairs and facilitators said for the session.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, wraps
from math import ceil
from typing import Any, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

import matplotlib as mpl
import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.transforms import blended_transform_factory

from gfmd_analysis.text import translator

INK, MUTED, GREY, PALE, ACCENT = "#1B2A3A", "#56616E", "#A9B1BA", "#E8EBEE", "#C8283C"
NUMBER, SUBJECT, PASSING = "#16324F", "#7FA3C7", "#DCE3EA"
CONSTITUENCY_COLOURS = {
    "states": "#0072B2",
    "intergovernmental": "#332288",
    "un_system": "#56B4E9",
    "civil_society": "#D55E00",
    "business": "#E69F00",
    "mayors": "#009E73",
    "youth": "#CC79A7",
    "other": "#7A7A7A",
}
CONSTITUENCY_MARKERS = {
    "states": "o",
    "intergovernmental": "D",
    "un_system": "^",
    "civil_society": "s",
    "business": "v",
    "mayors": "P",
    "youth": "X",
    "other": "h",
}
SEQUENTIAL = "Blues"

FONTS = ("Lato-Regular.ttf", "Lato-Bold.ttf", "Lato-Italic.ttf")
WIDTH, HIGHEST, TALLEST = 16.0, 11.0, 15.0  # cm; the tallest where the 23 objectives are rows
TITLE_SIZE, SUBTITLE_SIZE, TEXT_SIZE = 11.5, 9.0, 8.0
LEADING, MARGIN = 1.28, 4.0
DESCENT = 0.22  # of the size, below the baseline
ROOM = 1.06  # what another font of about the same width may need
READABLE = 4.5  # contrast of text, WCAG 2 AA
WIDTHS_AT = (110, 300, 720)  # dpi: on screen, in print, and (all but) unhinted as in an SVG
SIDE = 0.016  # of the width, left and right of the picture, for labels in a wider font
SHORT_ALT = 125
TITLE_LINES = 2

THEME: dict[Any, Any] = {
    "font.family": ["Lato", "DejaVu Sans"],
    "font.size": TEXT_SIZE,
    "text.color": INK,
    "text.parse_math": False,
    "axes.labelsize": TEXT_SIZE,
    "axes.labelcolor": MUTED,
    "axes.edgecolor": GREY,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": PALE,
    "grid.linewidth": 0.6,
    "hatch.linewidth": 0.6,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": TEXT_SIZE,
    "ytick.labelsize": TEXT_SIZE,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "legend.frameon": False,
    "legend.fontsize": TEXT_SIZE,
    "lines.solid_capstyle": "butt",
    "figure.facecolor": "white",
    "figure.dpi": 110,
    "savefig.dpi": 300,
    "svg.fonttype": "none",
    "svg.hashsalt": "gfmd_analysis",
    "pdf.fonttype": 3,
    "path.simplify": False,
}

SHARED = """title
        The finding, as :mod:`gfmd_analysis.claims` words it (``title=claims.fewest_speakers(data).text``), or your own;
        None says what is drawn.
    scope
        What the table was selected to, with day and place, for the subtitle ("Roundtable 3, 18 November 2021").
    source
        Where the numbers come from, with paragraphs.
    locale
        Language of words and numbers: ``en``, ``fr`` or ``es``.
    ax
        Axes to draw on; a new figure where none are given.

    Returns
    -------
    Axes
        With title, subtitle, note and source around the picture.

    Raises
    ------
    GfmdError
        Where the table lacks a column or has nothing to draw (:class:`NoDataError`), or for another language."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Words:
    """The words of a figure: they go into captions, alternative texts and documents."""

    title: str = ""
    subtitle: str = ""
    source: str = ""
    note: str = ""
    alt: str = ""
    description: str = ""
    locale: str = "en"


_words: WeakKeyDictionary[Figure, Words] = WeakKeyDictionary()


def cm(length: float) -> float:
    """Convert centimetres to inches."""
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
    """Draw in the project's theme, and fill the docstring's ``{shared}``; matplotlib's settings are afterwards as before."""
    draw.__doc__ = (draw.__doc__ or "").replace("{shared}", SHARED)

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> T:
        _register_fonts()
        with mpl.rc_context(THEME):
            return draw(*args, **kwargs)

    return drawn


@themed
def new_axes(width: float = 16.0, height: float = 9.0, ax: Axes | None = None) -> Axes:
    """Make axes on a new figure of this width and height in centimetres, unless some are given."""
    if ax is not None:
        return ax
    figure = plt.figure(figsize=(cm(width), cm(height)), layout="constrained")
    FigureCanvasAgg(figure)  # letters are measured by the same rules whatever the backend: seaborn measures as it draws
    return figure.add_subplot()


def sheet(picture: float, ax: Axes | None, words: dict[str, Any], highest: float = HIGHEST) -> Axes:
    """Make axes for a picture so many centimetres high, with room for the words around it; together no higher than allowed."""
    return new_axes(WIDTH, min(highest, around(words) + picture), ax)


def around(words: dict[str, Any], width: float = WIDTH) -> float:
    """Compute how many centimetres the words around a picture take, as :func:`add_text` sets them."""
    title, subtitle, *beneath = _texts(**words)
    above = [(title, TITLE_SIZE, "bold"), (subtitle, SUBTITLE_SIZE, "normal")]
    points = 2 * MARGIN + 13
    for text, size, weight in (*above, *((text, TEXT_SIZE, "normal") for text in beneath)):
        lines = len(_wrap(cm(width), text, size, weight))
        points += size * LEADING * lines + (2 if (text, size, weight) in above else bool(lines))
    return points * 2.54 / 72


def _texts(
    *, title: str | None, what: str, scope: str = "", source: str = "", note: str = "", locale: str = "en"
) -> tuple[str, str, str, str]:
    """Put a figure's words as they are printed: title, subtitle, source, note."""
    _ = translator(locale)
    shown = _.gettext("{scope}: {finding}").format(scope=scope, finding=what) if scope else what
    return (
        full_stop(title or shown),
        "; ".join(part for part in (what, scope) if part) if title else "",
        source and _.gettext("Source: {text}").format(text=full_stop(source)),
        note and _.gettext("Note: {text}").format(text=full_stop(note)),
    )


@themed
def add_text(
    ax: Axes,
    *,
    title: str | None,
    what: str,
    scope: str = "",
    source: str = "",
    note: str = "",
    description: str = "",
    locale: str = "en",
) -> Axes:
    """Put a figure's words around its picture, wrapped to its width, and keep them for captions and alternative texts.

    Parameters
    ----------
    ax
        Any axes of the figure.
    title
        The finding, a full sentence (:mod:`gfmd_analysis.claims` words them), and the alternative text where it has at most
        125 characters; else that says what is drawn. None puts ``scope`` and ``what`` in its place.
    what
        What is drawn, and the unit: the subtitle, before ``scope``.
    scope
        What the table was selected to, where and when.
    source
        Where the numbers come from, with paragraphs.
    note
        The caveat.
    description
        The values that the picture shows, for those who do not see it.
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
    printed = _texts(title=title, what=what, scope=scope, source=source, note=note, locale=locale)
    alt = next((text for text in printed[:2] if 0 < len(text) <= SHORT_ALT), what)
    _words[figure] = Words(*printed[:2], source, note, full_stop(alt), full_stop(description), locale)
    width, depth, height = figure.get_figwidth(), MARGIN, figure.get_figheight() * 72
    for text, size, weight, colour in zip(
        printed, (TITLE_SIZE, SUBTITLE_SIZE), ("bold", "normal"), (INK, MUTED), strict=False
    ):
        lines = _wrap(width, text, size, weight)
        for number, line in enumerate(lines):
            _write(figure, line, height - depth - size * (LEADING * number + 1), size, weight, colour)
        depth += size * LEADING * len(lines) + 2
    rise = MARGIN
    for text in printed[2:]:
        lines = _wrap(width, text, TEXT_SIZE, "normal")
        for number, line in enumerate(reversed(lines)):
            _write(figure, line, rise + TEXT_SIZE * (LEADING * number + DESCENT), TEXT_SIZE, "normal", MUTED)
        rise += TEXT_SIZE * LEADING * len(lines) + bool(lines)
    engine = figure.get_layout_engine()
    if isinstance(engine, ConstrainedLayoutEngine):
        engine.set(rect=(SIDE, (rise + 4) / height, 1 - 2 * SIDE, 1 - (rise + depth + 9) / height))
    return ax


def key(ax: Axes, handles: Sequence[Any], *, above: bool = False) -> int:
    """Name marks from the figure's left edge, below the picture or above it, in as few lines as are returned."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    across = blended_transform_factory(figure.transFigure, ax.transAxes)
    bare = all(getattr(handle, "get_linestyle", lambda: "-")() == "None" for handle in handles)
    names = [str(handle.get_label()) for handle in handles]
    lines = ceil((sum(breadth([name]) for name in names) + 0.75 * len(names)) / (figure.get_figwidth() * 2.54 - 0.6))
    ax.legend(
        handles=list(handles),
        loc="lower left" if above else "upper left",
        bbox_to_anchor=(MARGIN / (figure.get_figwidth() * 72), 1.0 if above else 0.0),
        bbox_transform=across,
        ncols=ceil(len(handles) / lines),
        borderpad=0,
        borderaxespad=0.4,
        handlelength=0.8 if bare else 1.2,
        handletextpad=0.4,
        columnspacing=1.3,
    )
    return lines


def is_short(title: str) -> bool:
    """Say whether a title takes no more lines than a figure has for it."""
    return len(_wrap(cm(WIDTH), full_stop(title), TITLE_SIZE, "bold")) <= TITLE_LINES


def set_alt(ax: Axes, alt: str) -> Axes:
    """Put a short form of the finding in place of the alternative text that :func:`add_text` chose."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    _words[figure] = replace(words_of(figure), alt=full_stop(alt))
    return ax


def words_of(figure: Figure) -> Words:
    """Look up the words that :func:`add_text` put on a figure; empty ones where it has none."""
    return _words.get(figure, Words())


def full_stop(text: str) -> str:
    """End a sentence with one full stop, where it has neither that nor another end."""
    return text if not text or text.endswith((".", "?", "!", "…")) else f"{text}."


def contrast(colour: Any, other: Any = "white") -> float:
    """Compute the contrast of two colours, 1 to 21 (WCAG 2)."""
    channels = np.array([mpl.colors.to_rgb(colour), mpl.colors.to_rgb(other)])
    linear = np.where(channels <= 0.03928, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    dark, light = sorted(linear @ [0.2126, 0.7152, 0.0722])
    return float((light + 0.05) / (dark + 0.05))


def readable(colour: Any) -> tuple[float, float, float]:
    """Darken a colour until it can be read as text on white."""
    red, green, blue = mpl.colors.to_rgb(colour)
    while contrast((red, green, blue)) < READABLE:
        red, green, blue = red * 0.97, green * 0.97, blue * 0.97
    return red, green, blue


def on(colour: Any) -> str:
    """Choose white or black for text on a colour, whichever is read better."""
    return max(("white", "black"), key=lambda ink: contrast(ink, colour))


def folded(text: str, width: float, size: float = TEXT_SIZE, weight: str = "normal") -> str:
    """Break a text into lines of at most so many centimetres, with room for a wider font."""
    return "\n".join(_lines(text, cm(width) * 72 / ROOM, size, weight))


def breadth(texts: Iterable[str], size: float = TEXT_SIZE, weight: str = "normal") -> float:
    """Measure the longest line of some texts in centimetres, with room for a wider font."""
    lines = [line for text in texts for line in text.split("\n")]
    return (
        max(
            (
                sum(_width(word, size, weight) for word in line.split(" ")) + 0.26 * size * line.count(" ")
                for line in lines
            ),
            default=0,
        )
        * ROOM
        * 2.54
        / 72
    )


def _write(figure: Figure, line: str, height: float, size: float, weight: str, colour: str) -> None:
    """Write a line at a height in points: lines are set one by one, as the distance of lines in one text is the font's affair."""
    place = (MARGIN / (figure.get_figwidth() * 72), height / (figure.get_figheight() * 72))
    figure.text(*place, line, size=size, weight=weight, color=colour, va="baseline", ha="left", in_layout=False)


def _wrap(width: float, text: str, size: float, weight: str) -> list[str]:
    return _lines(text, (width * 72 - 2 * MARGIN) / ROOM, size, weight) if text else []


def _lines(text: str, room: float, size: float, weight: str) -> list[str]:
    """Break a text into lines that fit a width in points, measured in the font that draws it."""
    space = _width("n n", size, weight) - _width("nn", size, weight)
    lines, length = [""], 0.0
    for word in text.split(" "):
        longer = length + (space if length else 0) + _width(word, size, weight)
        if longer <= room or not lines[-1]:
            lines[-1], length = f"{lines[-1]} {word}".strip(" "), longer
        else:
            lines.append(word)
            length = _width(word, size, weight)
    return lines


@lru_cache(maxsize=4096)
def _width(word: str, size: float, weight: str) -> float:
    """Measure a word's width in points where it is widest: hinting changes it by a few per cent at each resolution."""
    _register_fonts()
    font = FontProperties(family=THEME["font.family"], size=size, weight=weight)
    widths = []
    for dpi in WIDTHS_AT:
        measured = RendererAgg(10, 10, dpi).get_text_width_height_descent(word, font, False)  # type: ignore[no-untyped-call]
        widths.append(float(measured[0]) * 72 / dpi)
    return max(widths)
