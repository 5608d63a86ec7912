"""How a figure is made: one theme, one anatomy (finding, subtitle, picture, note, source), one form of its function."""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import wraps
from gettext import NullTranslations
from typing import Any, ParamSpec, TypedDict, TypeVar, cast, get_type_hints
from weakref import WeakKeyDictionary

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from gfmd_analysis.dataset.tables import Dataset, require_columns, require_rows
from gfmd_analysis.errors import GfmdError, require_known
from gfmd_analysis.figures._lettering import FAMILY, INCH, ROOM, TEXT_SIZE, lines_of, register_fonts
from gfmd_analysis.figures.palette import GREY, INK, MUTED, PALE
from gfmd_analysis.text import translator

WIDTH, HIGHEST, TALLEST = 16.0, 11.0, 15.0  # cm; the tallest where the 23 objectives are rows
TITLE_SIZE = 11.5
LOOKS = ((TITLE_SIZE, "bold", INK), (9.0, "normal", MUTED), *[(TEXT_SIZE, "normal", MUTED)] * 2)
ABOVE = 2  # of these stand above the picture: title and subtitle; source and note below
LEADING, MARGIN = 1.28, 4.0
DESCENT = 0.22  # of the size, below the baseline
SIDE = 0.016  # of the width, left and right of the picture, for labels in a wider font
SHORT_ALT, TITLE_LINES = 125, 2  # the most letters and lines

THEME: dict[Any, Any] = {
    "font.family": list(FAMILY),
    **dict.fromkeys(
        ("font.size", "axes.labelsize", "xtick.labelsize", "ytick.labelsize", "legend.fontsize"), TEXT_SIZE
    ),
    **dict.fromkeys(
        ("axes.linewidth", "grid.linewidth", "hatch.linewidth", "xtick.major.width", "ytick.major.width"), 0.6
    ),
    "grid.color": PALE,
    **dict.fromkeys(("text.color", "xtick.labelcolor", "ytick.labelcolor"), INK),
    **dict.fromkeys(("axes.edgecolor", "xtick.color", "ytick.color"), GREY),
    **dict.fromkeys(("xtick.major.size", "ytick.major.size"), 2.5),
    **dict.fromkeys(
        ("axes.spines.top", "axes.spines.right", "text.parse_math", "legend.frameon", "path.simplify"), False
    ),
    "axes.labelcolor": MUTED,
    "axes.axisbelow": True,
    "lines.solid_capstyle": "butt",
    "figure.facecolor": "white",
    "text.hinting": "no_hinting",  # letters are as wide at every resolution and in every format
    "figure.dpi": 110,
    "savefig.dpi": 300,
    "svg.fonttype": "none",
    "svg.hashsalt": "gfmd_analysis",
    "pdf.fonttype": 3,
}

P = ParamSpec("P")
T = TypeVar("T")


class Given(TypedDict, total=False):
    """What every figure takes by name, in this order; :func:`figure` tells it in the docstring of each, as it stands here.

    title
        The finding, as :mod:`gfmd_analysis.claims` words it (``title=claims.fewest_speakers(data).text``), or your own,
        printed as it is; None says what is drawn.
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
        Where the table lacks a column or has nothing to draw (:class:`NoDataError`), or for another language.
    """

    title: str | None
    scope: str
    source: str
    locale: str
    ax: Axes | None


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


def themed(draw: Callable[P, T]) -> Callable[P, T]:
    """Draw in the project's theme; matplotlib's settings are afterwards as before."""

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> T:
        register_fonts()
        with mpl.rc_context(THEME):
            return draw(*args, **kwargs)

    return drawn


def figure(*columns: str, rows: str = "") -> Callable[[Callable[P, Axes]], Callable[P, Axes]]:
    """Make a figure's function of one that takes :class:`Given`: in the theme, its five last parameters shown and told.

    Its first table needs ``columns``, and ``rows`` of what is named. A word that it does not take is answered with the
    nearest, the whole dataset with what to pass.
    """

    def decorated(draw: Callable[P, Axes]) -> Callable[P, Axes]:
        name, in_theme = draw.__name__, cast(Callable[..., Axes], themed(draw))
        own = [each for each in inspect.signature(draw).parameters.values() if each.kind is not each.VAR_KEYWORD]
        shared = [
            inspect.Parameter(word, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hint)
            for (word, hint), default in zip(get_type_hints(Given).items(), (None, "", "", "en", None), strict=True)
        ]
        shown = inspect.Signature([*own, *shared], return_annotation=Axes)

        @wraps(draw)
        def drawn(*args: P.args, **kwargs: P.kwargs) -> Axes:
            require_known(name, kwargs, shown.parameters)
            given = shown.bind(*args, **kwargs)
            given.apply_defaults()
            if any(isinstance(each, Dataset) for each in given.arguments.values()):
                raise GfmdError(
                    f"{name}: found the whole dataset; allowed: the table that help(ga.figures.{name}) names, or "
                    f"ga.figures.draw({name!r}, data) for a figure of the briefing"
                )
            require_columns(given.args[0], *columns)
            if rows:
                require_rows(given.args[0], rows)
            return in_theme(*given.args, **given.kwargs)

        drawn.__signature__ = shown  # type: ignore[attr-defined]
        drawn.__doc__ = "\n".join([(draw.__doc__ or "").rstrip(), (Given.__doc__ or "").partition("\n\n")[2]])
        return drawn

    return decorated


@themed
def new_axes(width: float = 16.0, height: float = 9.0, ax: Axes | None = None) -> Axes:
    """Make axes on a new figure of this width and height in centimetres, unless some are given."""
    if ax is not None:
        return ax
    figure = plt.figure(figsize=(cm(width), cm(height)), layout="constrained")
    FigureCanvasAgg(figure)  # letters are measured by the same rules whatever the backend: seaborn measures as it draws
    return figure.add_subplot()


def language(given: Given) -> tuple[str, NullTranslations]:
    """Look up a figure's language, and its catalogue."""
    return given["locale"], translator(given["locale"])


def wording(given: Given, what: str, note: str = "") -> dict[str, Any]:
    """Put what is drawn, and the caveat, to the words that were given: all that :func:`add_text` takes."""
    return {word: text for word, text in given.items() if word != "ax"} | {"what": what, "note": note}


def sheet(picture: float, ax: Axes | None, words: dict[str, Any], highest: float = HIGHEST) -> Axes:
    """Make axes for a picture so many centimetres high, with room for the words around it; together no higher than allowed.

    They have no frame.
    """
    ax = new_axes(WIDTH, min(highest, around(words) + picture), ax)
    ax.spines[:].set_visible(False)
    return ax


def around(words: dict[str, Any]) -> float:
    """Compute how many centimetres the words around a picture take, as :func:`add_text` sets them."""
    points = 2 * MARGIN + 13
    for place, (lines, size, *_look) in enumerate(_set(cm(WIDTH), _texts(**words))):
        points += size * LEADING * len(lines) + (2 if place < ABOVE else bool(lines))
    return points * INCH / 72


def _texts(
    *, title: str | None, what: str, scope: str = "", source: str = "", note: str = "", locale: str = "en"
) -> tuple[str, str, str, str]:
    """Put a figure's words as they are printed: title, subtitle, source, note."""
    _ = translator(locale)
    return (
        title or full_stop(f"{scope}. {what}" if scope else what),
        (_.gettext("{what}; {scope}").format(what=what, scope=scope) if scope else what) if title else "",
        source and _.gettext("Source: {text}").format(text=full_stop(source)),
        note and _.gettext("Note: {text}").format(text=full_stop(note)),
    )


def _set(width: float, texts: Iterable[str]) -> list[tuple[list[str], float, str, str]]:
    """Break title, subtitle, source and note into lines, each with the size, weight and colour of its letters."""
    return [
        (_wrap(width, text, size, weight), size, weight, colour)
        for text, (size, weight, colour) in zip(texts, LOOKS, strict=True)
    ]


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

    Examples
    --------
    >>> import gfmd_analysis as ga
    >>> counts = ga.speaker_counts(ga.load(), "section")
    >>> ax = ga.figures.style.new_axes(16, 7)  # centimetres
    >>> blue = ga.figures.palette.NUMBER
    >>> bars = ax.barh(counts["section"].astype("str"), counts["words"].astype("int"), color=blue)
    >>> source = ga.source_line(ga.load())
    >>> ax = ga.figures.style.add_text(ax, title="Words by section", what="In statements and updates", source=source)

    ``ga.show(ax)`` shows it, ``ga.save_figure(ax, "words")`` writes it.
    """
    paper = paper_of(ax)
    if not isinstance(paper.canvas, FigureCanvasAgg):
        FigureCanvasAgg(paper)  # letters are measured by the same rules whatever the backend
    printed = _texts(title=title, what=what, scope=scope, source=source, note=note, locale=locale)
    alt = next((text for text in printed[:ABOVE] if 0 < len(text) <= SHORT_ALT), what)
    _words[paper] = Words(printed[0], printed[1], source, note, full_stop(alt), full_stop(description), locale)
    depth, rise, height = MARGIN, MARGIN, paper.get_figheight() * 72
    blocks = _set(paper.get_figwidth(), printed)
    for lines, size, *look in blocks[:ABOVE]:
        for number, line in enumerate(lines):
            _write(paper, line, height - depth - size * (LEADING * number + 1), size, *look)
        depth += size * LEADING * len(lines) + 2
    for lines, size, *look in blocks[ABOVE:]:
        for number, line in enumerate(reversed(lines)):
            _write(paper, line, rise + size * (LEADING * number + DESCENT), size, *look)
        rise += size * LEADING * len(lines) + bool(lines)
    engine = paper.get_layout_engine()
    if isinstance(engine, ConstrainedLayoutEngine):
        engine.set(rect=(SIDE, (rise + 4) / height, 1 - 2 * SIDE, 1 - (rise + depth + 9) / height))
    return ax


def cm(length: float) -> float:
    """Convert centimetres to inches."""
    return length / INCH


def is_short(title: str) -> bool:
    """Say whether a title takes no more lines than a figure has for it."""
    return len(_wrap(cm(WIDTH), full_stop(title), TITLE_SIZE, "bold")) <= TITLE_LINES


def set_alt(ax: Axes, alt: str) -> Axes:
    """Put a short form of the finding in place of the alternative text that :func:`add_text` chose."""
    paper = paper_of(ax)
    _words[paper] = replace(words_of(paper), alt=full_stop(alt))
    return ax


def words_of(paper: Figure) -> Words:
    """Look up the words that :func:`add_text` put on a figure; empty ones where it has none."""
    return _words.get(paper, Words())


def paper_of(drawn: Axes | Figure) -> Figure:
    """Find the figure that axes stand on."""
    paper = drawn.get_figure(root=True)
    assert paper is not None
    return paper


def full_stop(text: str) -> str:
    """End a sentence with one full stop, where it has neither that nor another end."""
    return text if not text or text.endswith((".", "?", "!", "…")) else f"{text}."


def _write(paper: Figure, line: str, height: float, size: float, weight: str, colour: str) -> None:
    """Write a line at a height in points: lines are set one by one, as the distance of lines in one text is the font's affair."""
    place = (MARGIN / (paper.get_figwidth() * 72), height / (paper.get_figheight() * 72))
    paper.text(*place, line, size=size, weight=weight, color=colour, va="baseline", ha="left", in_layout=False)


def _wrap(width: float, text: str, size: float, weight: str) -> list[str]:
    """Break a text into lines; those of a title are as even as their number lets them be."""
    room, shares = (width * 72 - 2 * MARGIN) / ROOM, (0.55, 0.65, 0.75, 0.85, 1.0) if weight == "bold" else (1.0,)
    return min((lines_of(text, share * room, size, weight) for share in shares), key=len) if text else []
