"""Show figures and tables in a notebook, and save a figure from any: PNG, SVG and PDF."""

import base64
import hashlib
import os
import re
import warnings
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from gfmd_analysis.dataset.writing import atomic_write
from gfmd_analysis.errors import GfmdError
from gfmd_analysis.figures._files import SCREEN_DPI, for_screen, pictures, render, settle, with_fonts
from gfmd_analysis.figures._legibility import faults
from gfmd_analysis.figures.captions import caption_of
from gfmd_analysis.figures.style import Words, paper_of, words_of
from gfmd_analysis.figures.tables import table_html

if TYPE_CHECKING:
    from IPython.display import HTML
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TALLEST_SHOWN = 520  # pixels

ENDINGS = (".png", ".svg", ".pdf", ".jpg", ".jpeg", ".gif", ".tif", ".eps", ".docx", ".pptx", ".xlsx", ".html")

FOLDER = "GFMD_FIGURES"  # under `make briefing`, where figures go


class IllegibleWarning(UserWarning):
    """Texts of a saved figure are cut off or lie on one another."""


class Shown:
    """A figure as a notebook shows it: the picture with its alternative text, its title, and the hash of its SVG.

    nbval compares text and not pictures: the hash makes a changed figure a failure.
    """

    def __init__(self, words: Words, png: bytes, svg: bytes) -> None:
        self.words, self.png, self.digest = words, png, hashlib.sha256(svg).hexdigest()

    def __repr__(self) -> str:
        """Say the finding and the hash of the drawing."""
        return f"{self.words.title or 'Figure without a title.'}\n[SVG sha256 {self.digest[:16]}]"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, str], dict[str, Any]]:
        picture = base64.b64encode(self.png).decode()
        width, height = (int.from_bytes(self.png[place : place + 4]) * 96 // SCREEN_DPI for place in (16, 20))
        width = min(width, width * TALLEST_SHOWN // height)  # as on paper, or as a screen has room below the answer
        return {"image/png": picture, "text/plain": repr(self)}, {"image/png": {"alt": self.words.alt, "width": width}}


def show(drawn: "Axes | Figure | pd.DataFrame") -> "Shown | HTML":
    """Show a figure with its alternative text, or a table whole, in a notebook.

    Parameters
    ----------
    drawn
        Axes or figure, of this package or your own; or a table, of which nothing is cut off.

    Returns
    -------
    Shown or HTML
        To be the last expression of a cell. Of a figure, title and a hash of the drawing stand where the picture cannot
        be seen, and it is closed.
    """
    if isinstance(drawn, pd.DataFrame):
        from IPython.display import HTML

        return HTML(table_html(drawn))
    figure = _settled(drawn)
    return Shown(words_of(figure), for_screen(figure), render(figure, "svg"))


def save_figure(drawn: "Axes | Figure", name: str, *, caption: str = "") -> Shown:
    """Write a figure as PNG (300 dpi), SVG and PDF, say so, and show it; warn where a text cannot be read.

    Parameters
    ----------
    drawn
        Axes or figure, of this package or your own.
    name
        Where to, without ending: ``"coverage"``, ``"slides/roundtable_3"``; relative to the working folder. A folder that is
        not there is made, and named.
    caption
        A sentence for the caption; the figure's subtitle where none is given.

    Returns
    -------
    Shown
        As of :func:`show`. The figure is closed.

    Warns
    -----
    IllegibleWarning
        Where a text is cut off or lies on another, also in a font 6 % wider, as other programs may set it.

    Notes
    -----
    Under ``make briefing`` (environment variable ``GFMD_FIGURES``) figures go to the folder that it names, with what
    ``captions.csv`` says of them.
    """
    path, figure = target(name), _settled(drawn)
    words, troubles = words_of(figure), faults(figure)
    if troubles:
        warnings.warn(f"{name}: {'; '.join(troubles)}", IllegibleWarning, stacklevel=2)
    svg, (png, screen), pdf = render(figure, "svg"), pictures(figure), render(figure, "pdf")
    made = "" if path.parent.is_dir() else f" into the new folder {path.parent}"
    for form, content in (("svg", with_fonts(svg)), ("png", png), ("pdf", pdf)):
        atomic_write(path.with_name(f"{path.name}.{form}"), content)
    if os.environ.get(FOLDER):
        entry = caption_of(words, path.relative_to(os.environ[FOLDER]).as_posix(), caption)
        atomic_write(path.with_name(f"{path.name}.json"), entry)
    else:
        print(f"Wrote {name}.png, .svg and .pdf{made}")
    return Shown(words, screen, svg)


def picture(drawn: "Axes | Figure") -> tuple[bytes, tuple[float, float], Words]:
    """Draw a figure for a document: PNG (300 dpi), width and height in cm, and its words. The figure is closed."""
    figure = _settled(drawn)
    width, height = (float(length) * 2.54 for length in figure.get_size_inches())
    return pictures(figure)[0], (round(width, 2), round(height, 2)), words_of(figure)


def target(name: str) -> Path:
    """Find where a figure is written: under the briefing's folder, where there is one, else where the name says."""
    parts = Path(name).parts
    if not parts or Path(name).suffix.lower() in ENDINGS:
        raise GfmdError(f"found the name {name!r}; allowed: a path without ending, such as 'slides/coverage'")
    if folder := os.environ.get(FOLDER):
        return Path(folder, *(part for part in parts if part not in ("..", ".", "figures", "/")))
    return Path(name)


def _settled(drawn: "Axes | Figure") -> "Figure":
    """Find the figure as it is, and close it: a notebook would else show it a second time."""
    from matplotlib import pyplot as plt

    figure = paper_of(drawn)
    settle(figure)
    plt.close(figure)
    return figure


SEARCH = """(field => {
 const table = document.getElementById(field.dataset.table), told = document.getElementById(field.dataset.told);
 const plain = text => text.normalize('NFD').replace(/\\p{M}/gu, '').toLowerCase();
 const heads = table.tHead ? [...table.tHead.rows[0].cells].map(cell => plain(cell.textContent)) : [];
 const cited = heads.map((head, place) => /^para(graph)?s?\\b/.test(head) ? place : -1).filter(place => place >= 0);
 const holds = (row, first, last) => cited.some(place => [...row.cells[place].textContent.matchAll(/(\\d+)(?:[-–](\\d+))?/g)]
  .some(found => last >= +found[1] && first <= +(found[2] || found[1])));
 const typed = plain(field.value).replace(/\\bpara(?:graph)?s?[.: ]+(?=\\d)/g, 'para:');
 const words = typed.split(/\\s+/).filter(word => word);
 let left = 0;
 for (const row of table.tBodies[0].rows) {
  const text = ' ' + plain(row.textContent).replace(/[^\\p{L}\\p{N}]+/gu, ' ');
  const kept = words.every(word => {
   const asked = /^para:(\\d+)(?:[-–](\\d+))?$/.exec(word);
   return asked ? holds(row, +asked[1], +(asked[2] || asked[1])) : text.includes(' ' + word.replace(/[^\\p{L}\\p{N}]+/gu, ' ').trim());
  });
  row.style.display = kept ? '' : 'none';
  left += kept;
 }
 const all = table.tBodies[0].rows.length, none = 'Nothing found. For a paragraph type para:95.';
 if (told) told.textContent = !words.length ? all + ' rows' : left ? left + ' of ' + all + ' rows' : none;
 return left;
})"""

WHOLE = "<style>@media print {.scrolled {max-height: none !important; overflow: visible !important}}</style>"


def searchable(table: pd.DataFrame, name: str, *, label: str = "Search (words, or para:95)") -> "HTML":
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
        A row stays where every word that is typed begins a word of it, in any case, order and accent; ``para:95`` keeps
        the rows that cite paragraph 95, ``paras 67-70`` those that cite one of these. Beside the field stands how many are left, or that nothing was found. Where
        scripts are not run (a notebook that is not trusted, a repository's preview) the whole table is there.

    Raises
    ------
    GfmdError
        Where the name is no id: letters, digits and hyphens, a letter first.
    """
    from IPython.display import HTML

    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name):
        raise GfmdError(f"found the name '{name}'; allowed: letters, digits and hyphens, a letter first")
    rows = table_html(table, name)
    data = f'id="{name}-search" data-table="{name}" data-told="{name}-told"'
    field = f'<input type="search" {data} size="32" oninput="{escape(SEARCH)}(this)">'
    untold = f"{len(table)} rows; to search, trust the notebook (File, Trust Notebook)"
    count = f'<output id="{name}-told">{untold}</output>'
    ready = f"<script>{SEARCH}(document.getElementById('{name}-search'))</script>"
    box = f'{WHOLE}<div class="scrolled" style="max-height: 26em; overflow: auto; margin-top: 0.5em">\n{rows}\n</div>'
    return HTML(f"<label>{escape(label)} {field}</label> {count}\n{box}{ready}")
