"""The bundled font: how wide its words are, and where lines of text are broken."""

from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.ft2font import LoadFlags

FAMILY = ("Lato", "DejaVu Sans")
FONTS = ("Lato-Regular.ttf", "Lato-Bold.ttf", "Lato-Italic.ttf")
TEXT_SIZE = 8.0
ROOM = 1.06  # what another font of about the same width may need
INCH = 2.54  # cm


@lru_cache(maxsize=1)
def register_fonts() -> None:
    """Make the bundled font known to matplotlib, once and only when something is drawn.

    It goes before any other of its name: machines have other versions of Lato, with other heights, and figures would differ.
    """
    ours = [str(files("fontpkg_lato") / "files" / name) for name in FONTS]
    for path in ours:
        fontManager.addfont(path)
    own = mpl.get_data_path()
    fontManager.ttflist.sort(key=lambda entry: (entry.fname not in ours, not entry.fname.startswith(own)))


def folded(text: str, width: float, size: float = TEXT_SIZE, weight: str = "normal") -> str:
    """Break a text into lines of at most so many centimetres, with room for a wider font."""
    return "\n".join(lines_of(text, width / INCH * 72 / ROOM, size, weight))


def breadth(texts: Iterable[str], weight: str = "normal") -> float:
    """Measure the longest line of some texts in centimetres, with room for a wider font."""
    widths = [
        sum(_width(word, TEXT_SIZE, weight) for word in line.split(" ")) + 0.26 * TEXT_SIZE * line.count(" ")
        for text in texts
        for line in text.split("\n")
    ]
    return max(widths, default=0) * ROOM * INCH / 72


def lines_of(text: str, room: float, size: float, weight: str) -> list[str]:
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
    """Measure a word's width in points, as letters are drawn in every format: without hinting."""
    register_fonts()
    font = get_font([findfont(FontProperties(family=family, weight=weight)) for family in FAMILY])
    font.set_size(size, 72)
    font.set_text(word, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0]) / 64
