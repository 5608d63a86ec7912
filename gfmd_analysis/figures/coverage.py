"""Figures on coverage: who took up which objective, by constituency and speaker, and how sure the ranks are."""

from collections.abc import Iterable
from typing import Any, Unpack

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from gfmd_analysis.dataset.objectives import OBJECTIVES
from gfmd_analysis.dataset.tables import rows_of
from gfmd_analysis.figures._lettering import breadth, folded
from gfmd_analysis.figures._parts import ROW, key, label_rows, matrix_rows, part_by_roundtable
from gfmd_analysis.figures.names import CONSTITUENCY_NAMES, TAKEN_UP, counted, inside, name, objective_title
from gfmd_analysis.figures.palette import (
    ACCENT,
    CONSTITUENCY_COLOURS,
    GREY,
    INK,
    MUTED,
    NUMBER,
    PALE,
    SUBJECT,
    on,
    readable,
    sequential,
)
from gfmd_analysis.figures.style import TALLEST, Given, add_text, around, figure, language, sheet, wording
from gfmd_analysis.text import N_, actor_name, alphabetical, clauses, entry, listing

COLUMN = 0.3  # cm across, at least, for a line of a speaker's name
LEVELS: dict[str, tuple[Any, ...]] = {  # mark, its area, colour, edge and the width of that, what it means
    "number": ("s", 52, NUMBER, NUMBER, 0.0, N_("under its number")),
    "subject": ("s", 52, SUBJECT, SUBJECT, 0.0, N_("on its subject (inferred)")),
    "passing": ("o", 12, SUBJECT, SUBJECT, 0.0, N_("in passing only")),
    "chair": ("o", 12, "white", MUTED, 0.8, N_("in introductions or summaries only")),
}


@figure(rows="objective that a speaker takes up")
def constituencies_objectives(
    matrix: pd.DataFrame, *, chairs: "pd.Series[int] | None" = None, **given: Unpack[Given]
) -> Axes:
    """Plot how many speakers of each constituency took up each objective.

    Parameters
    ----------
    matrix
        Of :func:`gfmd_analysis.coverage.counts.coverage_matrix`, its rows constituencies or types of actor.
    chairs
        Speakers who touched each objective in introductions and summaries (index objectives), as a column apart.
    """
    import seaborn as sns

    locale, _ = language(given)
    rows = matrix_rows(matrix.columns)
    rows = rows.assign(y=rows["y"] + 0.5)
    values = matrix.T.astype(float).set_axis(matrix.columns.astype(int), axis=0).reindex(rows["objective"])
    kinds, most = [name(code, locale) for code in matrix.index], max(values.max().max(), 1)
    note = counted(
        _.gettext("States are Member States alone."),
        _.gettext("In italics, apart: speakers who touched on it in introductions and summaries, for the session."),
        locale=locale,
    )
    words = wording(given, _.gettext("Speakers of each constituency who took up each objective"), note)
    columns = [folded(kind, 2.4) for kind in (kinds if chairs is None else [*kinds, _.gettext("Chairs’ words")])]
    ax = sheet(0.6 + breadth(columns) + ROW * len(rows), given["ax"], words, TALLEST)
    seen = values.where(values > 0) if chairs is None else values.where(values > 0).assign(chairs=np.nan)
    sns.heatmap(seen, cmap=sequential(), vmin=0, vmax=most, annot=True, fmt=".0f", linewidths=0.8, cbar=False, ax=ax)
    for text, value in zip(ax.texts, values.to_numpy()[values.to_numpy() > 0], strict=True):
        text.set_color(on(sequential()(value / most)))
    if chairs is not None:
        said = chairs.set_axis(chairs.index.astype(int)).reindex(rows["objective"]).fillna(0).astype(int)
        for y, number in zip(rows["y"], said, strict=True):
            if number:
                ax.text(len(kinds) + 0.5, y, f"{number}", ha="center", va="center", color=MUTED, style="italic")
        ax.axvline(len(kinds), color=GREY, lw=0.8)
    ax.set_xticks(np.arange(len(columns)) + 0.5, columns, rotation=90, linespacing=1.0)
    ax.xaxis.tick_top()
    ax.set(xlabel="", ylabel="")
    label_rows(ax, rows, locale)
    part_by_roundtable(ax, rows, locale)
    told = [
        entry(kind, listing((f"{number} ({int(n)})" for number, n in values[code].items() if n), locale), locale)
        for kind, code in zip(kinds, values.columns, strict=True)
    ]
    lead = _.gettext("Objectives, with the number of speakers in brackets: {list}")
    return add_text(ax, **words, description=lead.format(list=clauses(told, locale)))


@figure("actor", "actor_name", "constituency", "objective", "level", rows="objective that a speaker mentions")
def speakers_objectives(
    levels: pd.DataFrame, *, objectives: Iterable[int] = OBJECTIVES.categories, **given: Unpack[Given]
) -> Axes:
    """Plot which speaker took up which objective, and how: by number, by subject, in passing, from the chair.

    Parameters
    ----------
    levels
        Of :func:`gfmd_analysis.coverage.levels.mention_levels`.
    objectives
        Which objectives are rows, be they touched on or not.
    """
    locale, _ = language(given)
    levels = levels.astype({"actor": "str", "actor_name": "str", "constituency": "str", "objective": "int"})
    own = levels[levels["level"].isin(["number", "subject"])].groupby("actor")["objective"]
    speakers = levels.drop_duplicates("actor")
    speakers = speakers.assign(
        actor_name=[actor_name(row.actor, row.actor_name, locale) for row in rows_of(speakers)],
        kind=speakers["constituency"].map(list(CONSTITUENCY_NAMES).index),
        taken=speakers["actor"].map(own.nunique()).fillna(0),
        order=lambda each: each["actor_name"].map(alphabetical),
    )
    speakers = speakers.sort_values(["kind", "taken", "order"], ascending=[True, False, True], ignore_index=True)
    rows = matrix_rows(objectives)
    room = 14.1 - breadth(objective_title(number, locale) for number in rows["objective"])
    for longest in (3.1, 3.5, 4.0, 4.5):
        names = [folded(label, longest) for label in speakers["actor_name"]]
        widths = np.array([1 + label.count("\n") for label in names])
        if room / widths.sum() >= COLUMN:
            break
    places, last = np.cumsum(widths) - widths / 2, len(rows) - 0.4
    across = dict(zip(speakers["actor"], places, strict=True))
    down = dict(zip(rows["objective"], rows["y"], strict=True))
    kinds = [inside(code, locale) for code in speakers["constituency"].unique()]
    inferred = _.gettext("Inferred: the paragraph does not give the objective’s number.")
    order = _.gettext("Speakers, from left to right: {list}.").format(list=listing(kinds, locale))
    what = _.gettext("Whether each speaker took up or touched on each objective")
    words = wording(given, what, f"{_.gettext(TAKEN_UP)} {inferred} {order}")
    ax = sheet(4.0 + ROW * len(rows), given["ax"], words, TALLEST)
    handles = []
    for level, (marker, size, fill, edge, width, label) in LEVELS.items():
        at = levels[levels["level"] == level]
        look = {"marker": marker, "s": size, "facecolor": fill, "edgecolor": edge, "lw": width}
        ax.scatter(at["actor"].map(across), at["objective"].map(down), zorder=3, **look)
        look = {"marker": marker, "ms": size**0.5, "mfc": fill, "mec": edge, "mew": width}
        handles.append(Line2D([], [], ls="", label=_.gettext(label), **look))
    ax.set(xlim=(0, widths.sum()), ylim=(last, -0.6))
    ax.set_xticks(places, names, rotation=90, linespacing=1.0)
    ax.xaxis.tick_top()
    for label, code in zip(ax.get_xticklabels(), speakers["constituency"], strict=True):
        label.set_color(readable(CONSTITUENCY_COLOURS[code]))
    ax.hlines(rows["y"], 0, widths.sum(), color=PALE, lw=0.6, zorder=0)
    ax.vlines(places, -0.6, last, color=PALE, lw=0.6, zorder=0)
    changes = speakers.index[speakers["kind"].diff().fillna(0) != 0]
    ax.vlines(places[changes] - widths[changes] / 2, -0.6, last, color=GREY, lw=0.8)
    label_rows(ax, rows, locale)
    beneath = around(words) + breadth(names) + 0.25 + 0.36 * key(ax, handles)
    part_by_roundtable(ax, rows, locale, min(ROW, (TALLEST - beneath) / len(rows)))
    numbers, taking = own.agg(sorted), rows_of(speakers[speakers["taken"] > 0])
    told = [entry(row.actor_name, listing(numbers[row.actor], locale), locale) for row in taking]
    return add_text(ax, **words, description=clauses(told, locale))


@figure("objective", "rank", "rank_low", "rank_high", rows="objective")
def rank_intervals(table: pd.DataFrame, **given: Unpack[Given]) -> Axes:
    """Plot each objective's rank with its confidence set, the least discussed on top.

    Parameters
    ----------
    table
        Of :func:`gfmd_analysis.coverage.uncertainty.rank_intervals`.
    """
    locale, _ = language(given)
    rows = table.rename(columns={"rank": "middle", "rank_low": "low", "rank_high": "high"})
    rows = rows.astype({"objective": int}).sort_values(["middle", "objective"], ignore_index=True)
    third = len(rows) // 3
    rows = rows.assign(firm=rows["high"] <= third)
    red = _.gettext("Red: the whole interval is in the lowest third.") if rows["firm"].any() else ""
    what = _.gettext("Rank of each objective, and the ranks that cannot be ruled out at a confidence of 90%")
    words = wording(given, what, f"{red} {_.gettext('Ties share the mean rank.')}".strip())
    ax = sheet(1.3 + ROW * len(rows), given["ax"], words, TALLEST)
    ax.axvspan(0.5, third + 0.5, color=PALE, lw=0, zorder=0)
    _intervals(ax, rows, locale)
    ax.set(xlim=(0.5, len(rows) + 0.5), xticks=[1, third, len(rows)])
    ax.set_xlabel(_.gettext("Rank (1: fewest speakers); shaded: the lowest third"), loc="left")
    told = [entry(row.objective, f"{row.middle:g} ({row.low:g}–{row.high:g})", locale) for row in rows_of(rows)]
    return add_text(ax, **words, description=clauses(told, locale))


@figure("objective", "before", "after", "change", "low", "high", "clear", rows="objective at two meetings")
def share_change(changes: pd.DataFrame, **given: Unpack[Given]) -> Axes:
    """Plot how each objective's share of attention changed from one meeting to another.

    Parameters
    ----------
    changes
        Of :func:`gfmd_analysis.coverage.uncertainty.share_change`.
    """
    locale, _ = language(given)
    rows = changes.rename(columns={"change": "middle", "clear": "firm"}).astype({"objective": int})
    rows = rows.sort_values("middle", ascending=False, ignore_index=True)
    what = _.gettext("Change of each objective’s share of attention between two meetings, with 90% bootstrap interval")
    words = wording(given, what, _.gettext("Red: the interval leaves out zero."))
    ax = sheet(1.1 + ROW * len(rows), given["ax"], words, TALLEST)
    _intervals(ax, rows, locale)
    ax.axvline(0, color=INK, lw=0.8)
    ax.set_xlabel(_.gettext("Percentage points"), loc="left")
    told = [entry(row.objective, f"{row.before:.1f}–{row.after:.1f}%", locale) for row in rows_of(rows)]
    return add_text(ax, **words, description=clauses(told, locale))


def _intervals(ax: Axes, rows: pd.DataFrame, locale: str) -> None:
    """Draw a value (``middle``) with its interval (``low``, ``high``) for each objective, in the accent where it is ``firm``."""
    rows = rows.assign(y=range(len(rows)))
    for row in rows_of(rows):
        ax.plot([row.low, row.high], [row.y, row.y], color=ACCENT if row.firm else GREY, lw=2.6)
        ax.plot(row.middle, row.y, "o", color=ACCENT if row.firm else INK, markersize=5, zorder=3)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.spines["bottom"].set_visible(True)
    label_rows(ax, rows, locale, set(rows.loc[rows["firm"], "objective"]))
    ax.tick_params(axis="x", length=2.5)
