"""Write results: the only module that does. Files and folders are replaced whole or not at all."""

import base64
import hashlib
import io
import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from gfmd_analysis.dataset.writing import atomic_write
from gfmd_analysis.errors import GfmdError
from gfmd_analysis.figures.style import THEME, anatomy
from gfmd_analysis.text import plain

if TYPE_CHECKING:
    from IPython.display import HTML
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SCREEN_DPI, PRINT_DPI = 110, 300

# Letters that every SVG gets, so that one cut of a font serves most figures.
COMMON = "".join(map(chr, range(32, 127))) + "°§·×é–—‘’“”…≤≥"

CAPTION_COLUMNS = ["figure", "title", "caption", "source", "alt", "notebook"]


@dataclass(frozen=True)
class Caption:
    """What ``captions.csv`` says of a figure."""

    figure: str
    title: str
    caption: str
    source: str
    alt: str
    notebook: str
    place: int


class Published:
    """A figure as a notebook shows it: the picture with its alt text, its title, and the hash of its SVG.

    nbval compares text and not pictures: the hash makes a changed figure a failure.
    """

    def __init__(self, title: str, alt: str, png: bytes, digest: str) -> None:
        self.title, self.alt, self.png, self.digest = title, alt, png, digest

    def __repr__(self) -> str:
        """Say the finding and the hash of the drawing."""
        return f"{self.title}\n[SVG sha256 {self.digest[:16]}]"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, str], dict[str, Any]]:
        picture = base64.b64encode(self.png).decode()
        return {"image/png": picture, "text/plain": repr(self)}, {"image/png": {"alt": self.alt}}


_published: list[str] = []


def save_figure(drawn: "Axes | Figure", name: str, *, caption: str = "") -> Published:
    """Show a figure in a notebook and, under ``make briefing``, write it for the briefing.

    Parameters
    ----------
    drawn
        Axes or figure that a figure function returned (framed with :func:`gfmd_analysis.figures.style.frame`).
    name
        File name without ending, e.g. ``coverage_ranking``.
    caption
        A sentence for the document's caption; the figure's subtitle where none is given.

    Returns
    -------
    Published
        To be the last expression of the cell. The figure is closed.

    Notes
    -----
    With ``GFMD_FIGURES`` set to a folder, writes ``name.svg``, ``name.png`` (300 dpi) and the caption there.
    """
    from matplotlib import pyplot as plt

    figure = drawn.get_figure(root=True)
    assert figure is not None
    words = anatomy(figure)
    figure.draw_without_rendering()
    figure.set_layout_engine(None)  # where the first drawing put things, they stay: the others need not find it again
    svg = render(figure, "svg")
    if name not in _published:
        _published.append(name)
    png = render(figure, "png", PRINT_DPI)
    folder = os.environ.get("GFMD_FIGURES")
    if folder:
        note = f" {words.note}" if words.note else ""
        entry = Caption(
            name,
            words.title,
            (caption or words.subtitle) + note,
            words.source,
            words.alt,
            os.environ.get("GFMD_NOTEBOOK", ""),
            _published.index(name),
        )
        atomic_write(Path(folder) / f"{name}.svg", with_fonts(svg))
        atomic_write(Path(folder) / f"{name}.png", png)
        atomic_write(Path(folder) / f"{name}.json", json.dumps(asdict(entry), ensure_ascii=False, indent=1))
    shown = Published(words.title, words.alt, _for_screen(png), hashlib.sha256(svg).hexdigest())
    plt.close(figure)
    return shown


def _for_screen(png: bytes) -> bytes:
    """Give a picture made for print in the size for a screen: to shrink it is faster than to draw it again."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        size = [round(length * SCREEN_DPI / PRINT_DPI) for length in picture.size]
        buffer = io.BytesIO()
        picture.convert("RGB").resize((size[0], size[1])).save(buffer, "png", compress_level=6)
    return buffer.getvalue()


def render(figure: "Figure", form: str, dpi: int = PRINT_DPI) -> bytes:
    """Give a figure's bytes as ``svg`` or ``png``, without dates or versions: the same on every run."""
    import matplotlib as mpl

    metadata = {"Date": None, "Creator": None} if form == "svg" else {"Software": None}
    buffer = io.BytesIO()
    with mpl.rc_context(THEME):
        figure.savefig(buffer, format=form, dpi=dpi, metadata=metadata)
    return buffer.getvalue()


def with_fonts(svg: bytes) -> bytes:
    """Put the letters of the bundled font that an SVG uses into it, so that its text looks the same everywhere."""
    text = svg.decode()
    letters, faces = "".join(sorted({*COMMON, *text})), []
    for name, weight, style in (
        ("Lato-Regular.ttf", 400, "normal"),
        ("Lato-Bold.ttf", 700, "normal"),
        ("Lato-Italic.ttf", 400, "italic"),
    ):
        if (weight == 700 and "bold" not in text and "700" not in text) or (style == "italic" and "italic" not in text):
            continue
        data = base64.b64encode(_letters(name, letters)).decode()
        faces.append(
            f"@font-face{{font-family:Lato;font-weight:{weight};font-style:{style};src:url(data:font/woff;base64,{data}) format('woff')}}"
        )
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


def gallery(captions: Sequence[Caption]) -> str:
    """Give the Markdown page of ``figures/``: every figure with its finding, caption and source."""
    lines = [
        "# Figures",
        "",
        "Made by `make briefing` from the data; each also as SVG. Titles, captions, sources and alt texts: `captions.csv`.",
        "",
    ]
    for entry in captions:
        lines += [
            f"## {plain(entry.title)}",
            "",
            f"![{plain(entry.alt)}]({entry.figure}.png)",
            "",
            plain(entry.caption),
            "",
            f"Source: {plain(entry.source)}. Notebook: `{entry.notebook}`. [SVG]({entry.figure}.svg)",
            "",
        ]
    return "\n".join(lines)


def read_captions(folders: Iterable[Path]) -> list[Caption]:
    """Collect the captions that notebooks left in their folders, in the order of the notebooks and their cells."""
    entries = [
        Caption(**json.loads(path.read_text(encoding="utf-8"))) for folder in folders for path in folder.glob("*.json")
    ]
    return sorted(entries, key=lambda entry: (entry.notebook, entry.place))


PLAIN = "tex2jax_ignore mathjax_ignore"  # a dollar sign is a dollar sign

FILTER = (
    "const sought = this.value.toLowerCase().split(/\\s+/);"
    "for (const row of document.getElementById('{name}').tBodies[0].rows)"
    " row.style.display = sought.every(word => row.textContent.toLowerCase().includes(word)) ? '' : 'none';"
)


def searchable(table: pd.DataFrame, name: str, *, label: str = "Search") -> "HTML":
    """Show a table whose rows can be searched, in a notebook or on any page it is exported to.

    Parameters
    ----------
    table
        Any table; missing cells are shown empty.
    name
        The table's id in the page, e.g. ``quantities``: the same each run, so that nothing differs when it is rerun.
    label
        What stands before the field.

    Returns
    -------
    HTML
        A row stays where it holds every word that is typed, in any case and order. Where scripts are not run (a
        notebook that is not trusted, a repository's preview) the whole table is there and the field does nothing.

    Raises
    ------
    GfmdError
        Where the name is no id: letters, digits and hyphens, a letter first.
    """
    from IPython.display import HTML

    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name):
        raise GfmdError(f"found the name '{name}'; allowed: letters, digits and hyphens, a letter first")
    rows = (
        table.astype(object)
        .where(table.notna(), "")
        .to_html(index=False, border=0, table_id=name, justify="left", classes=PLAIN)
    )
    field = f'<input type="search" id="{name}-search" size="32" oninput="{escape(FILTER.format(name=name))}">'
    style = "max-height: 26em; overflow: auto; margin-top: 0.5em"
    beside = f"<style>#{name} th, #{name} td {{text-align: left; vertical-align: top}}</style>"
    page = f'{beside}<label>{escape(label)} {field}</label>\n<div style="{style}">\n{rows}\n</div>'
    shown: HTML = HTML(page)  # type: ignore[no-untyped-call]
    return shown
