"""Figures of recommendations: who asks whom for what, and how broadly a call is carried."""

import textwrap
from collections.abc import Iterable

import pandas as pd
from matplotlib.axes import Axes

from gfmd_analysis.count_figures import counts_matrix, inside, wording
from gfmd_analysis.loading import require_rows
from gfmd_analysis.sentences import count, listing, spans
from gfmd_analysis.style import CONSTITUENCY_COLOURS, MUTED, PALE, canvas, frame, themed

LINE = 70


def asks_matrix(table: pd.DataFrame, *, source: str, ax: Axes | None = None) -> Axes:
    """Cross who asks with who is asked, or with what is asked for.

    Parameters
    ----------
    table
        From :func:`gfmd_analysis.recommendations.who_asks_whom`, rows constituencies.
    source
        Source line.
    ax
        Axes to draw on; new ones where none are given.

    Returns
    -------
    Axes
        A matrix of counts.
    """
    require_rows(table, "recommendation")
    total, most, first = int(table.to_numpy().sum()), str(table.columns[0]), str(table.index[0])
    part, made, to_whom = int(table[most].sum()), int(table.iloc[0].sum()), table.columns.name == "addressee"
    goes = f"go to {inside(most)}" if to_whom else f"ask to {inside(most)} something"
    title = f"{part} of {total} recommendations {goes}; {wording(first)} make {made}"
    heads = [inside(str(name)) for name in table.columns]
    cells = [
        f"{wording(str(row))}: {_cells(heads, numbers)}"
        for row, numbers in zip(table.index, table.to_numpy(), strict=True)
    ]
    columns = "whom they are addressed to" if to_whom else "what they ask for"
    return counts_matrix(
        table,
        title=title,
        subtitle=f"Number of recommendations by who makes them (rows) and {columns} (columns); n = {total}",
        source=source,
        note="Chairs and facilitators speak for their body and also sum up what others said.",
        alt=f"{title}. {'; '.join(cells[:3])}.",
        height=7.6,
        ax=ax,
    )


def _cells(heads: list[str], numbers: Iterable[int]) -> str:
    return listing(f"{head} {number}" for head, number in zip(heads, numbers, strict=True) if number)


@themed
def evidence_strength(table: pd.DataFrame, *, source: str, most: int = 10, ax: Axes | None = None) -> Axes:
    """List the recommendations that several actors make, with who makes them and where.

    Parameters
    ----------
    table
        From :func:`gfmd_analysis.recommendations.merged`.
    source
        Source line.
    most
        Number of recommendations shown.
    ax
        Axes to draw on; new ones where none are given.

    Returns
    -------
    Axes
        A line for each: its words, a mark for each actor in the colour of its constituency, its paragraphs.
    """
    several = table[table["number_of_actors"] > 1].drop_duplicates("recommendations")
    require_rows(several, "recommendation that several actors make in like words")
    several = several.sort_values(
        ["number_of_actors", "floor", "objective"], ascending=[False, False, True], kind="stable"
    )
    shown = several.head(most)
    ax = canvas(16, 4.4 + 1.35 * len(shown), ax)
    widest = int(shown["number_of_actors"].max())
    for place, (_, row) in enumerate(shown.iterrows()):
        named = "–" if pd.isna(row["objective"]) else f"{row['objective']}"
        ax.text(0.0, place, named, va="center", ha="left", weight="bold", size=9)
        ax.text(
            0.04,
            place,
            textwrap.fill(textwrap.shorten(row["text"], 3 * LINE, placeholder=" …"), LINE),
            va="center",
            ha="left",
            size=8,
            linespacing=1.15,
        )
        for number, (name, constituency) in enumerate(zip(row["actor_names"], row["constituencies"], strict=True)):
            level = place + (number - (len(row["actor_names"]) - 1) / 2) * 0.36
            ax.plot(0.655, level, "o", color=CONSTITUENCY_COLOURS[constituency], markersize=5)
            ax.text(0.675, level, name, va="center", size=8)
        ax.text(1.0, place, spans(row["paragraphs"]), va="center", ha="right", size=8)
        ax.axhline(place + 0.5, color=PALE, linewidth=0.6)
    for x, head, side in (
        (0, "Objective and recommendation, as first put", "left"),
        (0.65, "Made by", "left"),
        (1.0, "Paragraphs", "right"),
    ):
        ax.text(x, -0.8, head, ha=side, va="center", weight="bold", size=8, color=MUTED)
    ax.set(xlim=(-0.005, 1.005), ylim=(len(shown) - 0.4, -1.15))
    ax.set_axis_off()
    floor = int((several["floor"] > 1).sum())
    total = len({code for codes in table["recommendations"] for code in codes})
    shared = len({code for codes in several["recommendations"] for code in codes})
    title = (
        f"{shared} of {total} recommendations are shared by several actors, as {count(len(several), 'call')}; "
        f"{count(floor, 'call')} by two who neither chaired nor facilitated"
    )
    return frame(
        ax,
        title=title,
        subtitle="Recommendations that at least two actors make in like words on the same objective; "
        f"at most {count(widest, 'actor')} make one",
        source=source,
        note="Merged only where words are close; calls in other words stand apart, so that agreement is understated.",
        alt=f"{title}. {' '.join(shown['text'].head(3))}",
    )
