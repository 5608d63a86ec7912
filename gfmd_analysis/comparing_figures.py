"""Figures that set meetings side by side."""

import pandas as pd
from matplotlib.axes import Axes

from gfmd_analysis.sentences import listing, objectives, sentence
from gfmd_analysis.style import ACCENT, GREY, INK, MUTED, canvas, frame, themed

LEADING = 3


@themed
def shares_by_meeting(table: pd.DataFrame, *, ax: Axes | None = None, source: str = "") -> Axes:
    """Draw each objective's share of a meeting's mentions, a dot per meeting.

    Parameters
    ----------
    table
        As :func:`gfmd_analysis.coverage.coverage_by_meeting` gives it.
    ax, source
        Axes to draw on, text of the source line.

    Returns
    -------
    Axes
        One row per objective in the Compact's order, the last meeting's percentages at the right; the last meeting's leading objectives in the accent, earlier meetings in grey.
    """
    ax = canvas(16, 15.5, ax)
    meetings = sorted(table["meeting"].unique())
    for meeting, rows in table.groupby("meeting", observed=True):
        last = meeting == meetings[-1]
        leads = rows["share"].rank(ascending=False, method="first") <= LEADING
        colours = [ACCENT if lead else MUTED for lead in leads] if last else GREY
        ax.scatter(
            100 * rows["share"],
            rows["objective"].astype(int),
            s=26 if last else 18,
            color=colours,
            zorder=3 if last else 2,
            clip_on=False,
        )
    latest = table[table["meeting"] == meetings[-1]]
    if len(meetings) == 1:
        ax.hlines(latest["objective"].astype(int), 0, 100 * latest["share"], color=GREY, lw=0.8, zorder=1)
    for number, share in zip(latest["objective"].astype(int), 100 * latest["share"], strict=True):
        told = f"{share:.0f}" if share >= 1 or share == 0 else f"{share:.1f}"
        ax.annotate(
            told,
            (1, number),
            xycoords=ax.get_yaxis_transform(),
            xytext=(24, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            size=8,
            color=INK,
        )
    ax.set_yticks(
        latest["objective"].astype(int),
        [f"{number}  {title}" for number, title in zip(latest["objective"], latest["objective_title"], strict=True)],
    )
    ax.set_ylim(23.6, 0.4)
    ax.set_xlim(left=0)
    ax.set_xlabel("Share of the meeting's mentions of objectives, percent")
    ax.tick_params(axis="y", length=0, pad=7)
    ax.grid(axis="x")
    top = latest.nlargest(LEADING, "share")
    names = sorted(int(number) for number in top["objective"])
    part = 100 * top["share"].sum()
    each = "" if len(meetings) == 1 else f"; {listing(meetings[:-1])} in grey"
    return frame(
        ax,
        title=f"{sentence(objectives(names))} took {part:.0f} % of the attention at {meetings[-1]}",
        subtitle=f"Share of interventions that mention each GCM objective, percent of the meeting's mentions (n = {int(latest['interventions'].sum())}){each}",
        source=source,
        note="An intervention that mentions several objectives counts once for each.",
        alt=f"Dot plot of 23 objectives: {objectives(names)} together hold {part:.0f} percent of the mentions at {meetings[-1]}.",
    )


@themed
def meeting_change(table: pd.DataFrame, before: str, after: str, *, ax: Axes | None = None, source: str = "") -> Axes:
    """Draw how each objective's share changed between two meetings, with its interval.

    Parameters
    ----------
    table
        As :func:`gfmd_analysis.comparing.change` gives it.
    before, after
        The two meetings, for the words.
    ax, source
        Axes to draw on, text of the source line.

    Returns
    -------
    Axes
        Largest rise on top; what leaves out zero in the accent, the rest in grey.
    """
    ax = canvas(16, 15.5, ax)
    rows = table.sort_values(["change", "objective"], ascending=[True, False], ignore_index=True)
    colours = [ACCENT if clear else GREY for clear in rows["clear"]]
    ax.hlines(rows.index, rows["low"], rows["high"], color=colours, lw=1.6)
    ax.scatter(rows["change"], rows.index, color=colours, s=24, zorder=3)
    ax.axvline(0, color=MUTED, lw=0.8)
    titles = the_titles(rows)
    ax.set_yticks(rows.index, titles)
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel("Change of the share of mentions, percentage points")
    ax.grid(axis="x")
    moved = sorted(int(number) for number in rows.loc[rows["clear"], "objective"])
    finding = (
        f"Attention to {objectives(moved)} changed clearly"
        if moved
        else "No objective's share of attention changed clearly"
    )
    number, points = max(zip(rows["objective"], rows["change"], strict=True), key=lambda pair: abs(pair[1]))
    return frame(
        ax,
        title=f"{finding} from {before} to {after}.",
        subtitle="Share of interventions that mention each GCM objective, change in percentage points, with 90 % bootstrap interval by actor",
        source=source,
        alt=f"{finding}; the largest change is objective {number} with {points:+.1f} percentage points.",
    )


def the_titles(rows: pd.DataFrame) -> list[str]:
    """Give axis labels, number and short title, for a table with an ``objective`` column."""
    from gfmd_analysis.loading import the_compact

    titles = the_compact().set_index("objective")["objective_title"]
    return [f"{number}  {titles[number]}" for number in rows["objective"]]
