"""Write results: the only module that does. Files and folders are replaced whole or not at all."""

import base64
import csv
import ctypes
import hashlib
import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from gfmd_analysis.errors import GfmdError
from gfmd_analysis.sentences import plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SCREEN_DPI, PRINT_DPI = 110, 300
# Letters that every SVG gets, so that one cut of a font serves most figures.
COMMON = "".join(map(chr, range(32, 127))) + "°§·×é–—‘’“”…≤≥"
CAPTION_COLUMNS = ["figure", "title", "caption", "source", "alt", "notebook"]
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


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


def publish(drawn: "Axes | Figure", name: str, *, caption: str = "") -> Published:
    """Show a figure in a notebook and, under ``make briefing``, write it for the briefing.

    Parameters
    ----------
    drawn
        Axes or figure that a figure function returned (framed with :func:`gfmd_analysis.style.frame`).
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

    from gfmd_analysis.style import anatomy

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

    from gfmd_analysis.style import THEME

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


def atomic_write(path: Path, content: bytes | str) -> None:
    """Replace a file by new content: whoever looks sees the old file or the new one, never a part.

    Raises
    ------
    GfmdError
        Where it cannot be written; the old file is then untouched.
    """
    raw = content.encode() if isinstance(content, str) else content
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise GfmdError(
            f"cannot write {path.name}: {error.strerror}; allowed: a folder that can be written, with room on the disk"
        ) from None


def csv_text(table: pd.DataFrame) -> str:
    """Give a table as the project's CSV: ``\\n`` ends, ISO dates, ``true``/``false``, empty for missing.

    Raises
    ------
    GfmdError
        For a text that a spreadsheet would run as a formula: it is never written.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.astype(object).itertuples(index=False):
        cells = [_cell(value) for value in row]
        risky = [
            cell
            for cell, value in zip(cells, row, strict=True)
            if isinstance(value, str) and cell.startswith(FORMULA_STARTS)
        ]
        if risky:
            raise GfmdError(f"will not write {risky[0]!r}: a spreadsheet would run it as a formula")
        writer.writerow(cells)
    return buffer.getvalue()


def _cell(value: Any) -> str:
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    return str(value)


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


def exchange(new: Path, old: Path) -> None:
    """Put the folder ``new`` in the place of ``old`` in one step and remove what was there.

    Linux and macOS exchange two folders in one system call; elsewhere two renames follow each other.
    """
    if not old.exists():
        new.rename(old)
        return
    if not _exchanged(new, old):
        parked = old.with_name(f".{old.name}.old")
        shutil.rmtree(parked, ignore_errors=True)
        old.rename(parked)
        new.rename(old)
        new = parked
    shutil.rmtree(new, ignore_errors=True)


def _exchanged(one: Path, two: Path) -> bool:
    library = ctypes.CDLL(None, use_errno=True) if sys.platform in {"linux", "darwin"} else None
    first, second = os.fsencode(one), os.fsencode(two)
    if library is not None and hasattr(library, "renameat2"):
        return bool(library.renameat2(-100, first, -100, second, 2) == 0)  # AT_FDCWD, RENAME_EXCHANGE
    if library is not None and hasattr(library, "renamex_np"):
        return bool(library.renamex_np(first, second, 2) == 0)  # RENAME_SWAP
    return False
