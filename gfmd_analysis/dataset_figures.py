"""Figures on the dataset as a whole."""

import pandas as pd
from matplotlib.axes import Axes

from gfmd_analysis.figure_labels import darker
from gfmd_analysis.loading import require_columns
from gfmd_analysis.sentences import listing
from gfmd_analysis.style import CONSTITUENCY_COLOURS, CONSTITUENCY_NAMES, INK, MUTED, PALE, canvas, frame, themed

SECTION_NAMES = {
    "opening": "Opening",
    "reform": "GFMD reform",
    "gfmd_gcm": "GFMD and GCM",
    "imrf_road": "Road to the IMRF",
    **{f"RT{number}": f"Roundtable {number}" for number in range(1, 5)},
    "closing": "Closing",
}


@themed
def words_by_section(table: pd.DataFrame, *, ax: Axes | None = None, scope: str = "", source: str = "") -> Axes:
    """Draw how many words of the report each constituency has in each section, a column of bars for each constituency.

    Parameters
    ----------
    table
        As :func:`gfmd_analysis.inventory.who_spoke` gives it by ``section`` and ``constituency``.
    ax
        Axes to draw on; new ones where none are given.
    scope
        What, where, when and n, for the subtitle.
    source
        Text of the source line.

    Returns
    -------
    Axes
        Framed, sections in the report's order; the title says who has most words and where that one does not lead.
    """
    require_columns(table, "section", "constituency", "words")
    words = table.pivot_table("words", "section", "constituency", aggfunc="sum", observed=True, fill_value=0).astype(
        int
    )
    total = int(words.to_numpy().sum())
    pad = 0.16 * int(words.max().sum())
    ax, start = canvas(16, 5.6 + 0.66 * len(words), ax), 0.0
    for name in words.columns:
        colour = CONSTITUENCY_COLOURS[str(name)]
        ax.barh(range(len(words)), words[name], left=start, color=colour, height=0.66)
        ax.axvline(start, color=PALE, lw=0.8, zorder=0)
        for row, number in enumerate(words[name]):
            shown, ink = (f"{number:,}", INK) if number else ("·", MUTED)
            ax.annotate(shown, (start + number, row), (3, 0), textcoords="offset points", va="center", color=ink)
        share = f"{CONSTITUENCY_NAMES[str(name)]}\n{words[name].sum() / total:.0%}".replace("%", " %")
        ax.text(start, -0.75, share, color=darker(colour), weight="bold", va="bottom", linespacing=1.2)
        start += int(words[name].max()) + pad
    ax.set(xlim=(0, start), xticks=[], ylim=(len(words) - 0.5, -0.6))
    ax.set_yticks(range(len(words)), [section_name(code) for code in words.index])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    totals = words.sum()
    first = str(totals.idxmax())
    others = [section_name(code) for code, row in words.iterrows() if row[first] < row.max()]
    finding = f"{CONSTITUENCY_NAMES[first]} have {totals[first] / total:.0%} of the words".replace("%", " %")
    finding += f" and the most in every section but {listing(others)}" if others else " and the most in every section"
    return frame(
        ax,
        title=finding,
        subtitle=f"Words of the report by section and constituency (n = {total:,}){scope and f'; {scope}'}",
        source=source,
        note="Words of the summary, not time on the floor. Chairs and facilitators count with the constituency that sent them.",
        alt=f"Bars of words by section for {len(words.columns)} constituencies. {finding}.",
    )


def section_name(code: object) -> str:
    """Give a section of the report as words."""
    return SECTION_NAMES.get(str(code), str(code))
