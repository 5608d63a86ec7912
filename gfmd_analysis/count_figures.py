"""A small table of counts as a figure, and the data's codes as words."""

import textwrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from gfmd_analysis.sentences import sentence
from gfmd_analysis.style import CONSTITUENCY_NAMES, INK, MUTED, SEQUENTIAL, canvas, frame, themed

ADDRESSEES = {
    "member_states": "Member states",
    "gfmd": "The GFMD",
    "imrf_input_report": "The input report",
    "incoming_chairs": "The incoming chairs",
    "un_system": "The UN system",
    "local_governments": "Local governments",
    "private_sector": "The private sector",
    "all": "All",
}


def wording(code: str) -> str:
    """Give a code of the data as words: ``law_or_policy`` as Law or policy."""
    return ADDRESSEES.get(code) or CONSTITUENCY_NAMES.get(code) or sentence(str(code).replace("_", " "))


def inside(code: str) -> str:
    """Give a code as words inside a sentence: ``the GFMD``, ``law or policy``, ``UN system``."""
    text = wording(code)
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


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
    ax = canvas(16, height, ax)
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
