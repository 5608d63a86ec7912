"""A figure as bytes: PNG for print and screen, SVG whose text is text, PDF; the same on every run."""

import base64
import io
import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from gfmd_analysis.figures.style import Words, themed, words_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from PIL.Image import Image

SCREEN_DPI, PRINT_DPI = 100, 300  # a third: the picture for print is shrunk for the screen
FAMILY = "Lato, Carlito, Calibri, Arial, sans-serif"  # fonts of about the same width, as offices have them
COMMON = "".join(map(chr, range(32, 127))) + "°§·×éèàçñáíóúÉ–—‘’“”«»…≤≥−"  # so that one cut serves most figures
METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}


@themed
def settle(figure: "Figure") -> None:
    """Lay a figure out once: where things are put, they stay in every format."""
    figure.draw_without_rendering()
    figure.set_layout_engine(None)


@themed
def render(figure: "Figure", form: str) -> bytes:
    """Draw a figure as ``svg`` or ``pdf``, without dates or versions."""
    words, buffer = words_of(figure), io.BytesIO()
    metadata = METADATA[form] | ({"Title": words.title} if form == "pdf" else {})
    figure.savefig(buffer, format=form, metadata=metadata)
    return _told(buffer.getvalue(), words) if form == "svg" else buffer.getvalue()


def pictures(figure: "Figure") -> tuple[bytes, bytes]:
    """Draw a figure once, as PNG for print (300 dpi), and shrink that for the screen."""
    picture = _picture(figure, PRINT_DPI)
    return _png(picture, PRINT_DPI), _png(picture.reduce(PRINT_DPI // SCREEN_DPI), SCREEN_DPI)


def for_screen(figure: "Figure") -> bytes:
    """Draw a figure as PNG for the screen alone."""
    return _png(_picture(figure, SCREEN_DPI), SCREEN_DPI)


@themed
def _picture(figure: "Figure", dpi: int) -> "Image":
    from PIL import Image as Pillow

    drawn = io.BytesIO()
    figure.savefig(drawn, format="rgba", dpi=dpi)
    width = int(figure.get_figwidth() * dpi)
    size = (width, drawn.tell() // 4 // width)
    return Pillow.frombytes("RGBA", size, drawn.getvalue()).convert("RGB")


def _png(picture: "Image", dpi: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "png", compress_level=3, dpi=(dpi, dpi))  # higher levels take ten times as long for 5 % less
    return buffer.getvalue()


def _told(svg: bytes, words: Words) -> bytes:
    """Name fonts that other programs have, and say in the SVG what it shows."""
    text = re.sub(r"'Lato', 'DejaVu Sans'(?:, sans-serif)?", FAMILY, svg.decode())
    text = re.sub(r" *<metadata>.*?</metadata>\n", "", text, flags=re.DOTALL)
    head = f"<title>{escape(words.title)}</title>\n <desc>{escape(words.description)}</desc>\n "
    return re.sub(
        r"(<svg [^>]*)>\s*", lambda found: f'{found[1]} role="img" xml:lang="{words.locale}">\n {head}', text, count=1
    ).encode()


def with_fonts(svg: bytes) -> bytes:
    """Put the letters of the bundled font that an SVG uses into it, so that browsers show it as it was drawn."""
    text = svg.decode()
    letters, faces, fonts = "".join(sorted({*COMMON, *text})), [], [("Lato-Regular.ttf", 400), ("Lato-Bold.ttf", 700)]
    for name, weight in fonts if re.search(r"bold|\b700\b", text) else fonts[:1]:
        data = base64.b64encode(_letters(name, letters)).decode()
        source = f"url(data:font/woff;base64,{data}) format('woff')"
        faces.append(f"@font-face{{font-family:Lato;font-weight:{weight};src:{source}}}")
    return text.replace("<defs>", f'<defs>\n  <style type="text/css">{"".join(faces)}</style>', 1).encode()


@lru_cache
def _letters(name: str, letters: str) -> bytes:
    """Cut a font down to some letters, without the layout tables: reading those takes seconds, and no letter needs them."""
    from importlib.resources import files

    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO((files("fontpkg_lato") / "files" / name).read_bytes()), recalcTimestamp=False)
    for table in {"GPOS", "GSUB", "GDEF"} & set(font.keys()):
        del font[table]
    cutter = subset.Subsetter(subset.Options(flavor="woff", hinting=False, notdef_outline=True))
    cutter.populate(text=letters)
    cutter.subset(font)
    font.flavor = "woff"
    buffer = io.BytesIO()
    font.save(buffer, reorderTables=True)
    return buffer.getvalue()
