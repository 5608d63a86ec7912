"""Figures on coverage: who took up which objective, by constituency and speaker, and how sure the ranks are."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from gfmd_analysis.dataset.tables import require_columns, require_rows, rows_of
from gfmd_analysis.figures.names import CONSTITUENCY_NAMES, TAKEN_UP, counted, name, objective_title
from gfmd_analysis.figures.objectives import ROW, known_objectives, label_rows, part_by_roundtable, placed
from gfmd_analysis.figures.style import (
    ACCENT,
    CONSTITUENCY_COLOURS,
    GREY,
    INK,
    MUTED,
    NUMBER,
    PALE,
    SEQUENTIAL,
    SUBJECT,
    TALLEST,
    add_text,
    around,
    breadth,
    folded,
    key,
    on,
    readable,
    sheet,
    themed,
)
from gfmd_analysis.text import actor_name, listing, translator

COLUMN = 0.3  # cm across, at least, for a line of a speaker's name
FEW = 3  # so few objectives were chosen: the others were not looked at, and no gap of theirs is shown


@themed
def constituencies_objectives(
    matrix: pd.DataFrame,
    *,
    chairs: "pd.Series[int] | None" = None,
    title: str | None = None,
    scope: str = "",
    source: str = "",
    locale: str = "en",
    ax: Axes | None = None,
) -> Axes:
    """Plot how many speakers of each constituency took up each objective.

    Parameters
    ----------
    matrix
        Of :func:`gfmd_analysis.coverage.counts.coverage_matrix`, its rows constituencies or types of actor.
    chairs
        Speakers who touched each objective in introductions and summaries (index objectives), as a column apart.
    {shared}
    """
    import seaborn as sns

    require_rows(matrix, "objective that a speaker takes up")
    _ = translator(locale)
    rows = placed(known_objectives(map(int, matrix.columns)))
    values = matrix.T.astype(float).set_axis(matrix.columns.astype(int), axis=0).reindex(rows["objective"])
    kinds = [str(code) for code in matrix.index]
    words: dict[str, Any] = {
        "title": title,
        "what": _.gettext("Speakers of each constituency who took up each objective"),
        "scope": scope,
        "source": source,
        "note": counted(
            _.gettext("States are Member States alone."),
            _.gettext("In italics, apart: speakers who touched on it in introductions and summaries, for the session."),
            locale=locale,
        ),
        "locale": locale,
    }
    ax = sheet(2.7 + ROW * len(rows), ax, words, TALLEST)
    beside = chairs is not None
    whole = values.assign(chairs=np.nan) if beside else values
    colours = trimmed(SEQUENTIAL)
    sns.heatmap(
        whole,
        mask=whole.isna() | whole.eq(0),
        cmap=colours,
        vmin=0,
        vmax=max(values.max().max(), 1),
        annot=True,
        fmt=".0f",
        annot_kws={"size": 8},
        linewidths=0.8,
        cbar=False,
        ax=ax,
    )
    rows = rows.assign(y=np.arange(len(rows)) + 0.5)
    for text, value in zip(ax.texts, values.to_numpy()[values.to_numpy() > 0], strict=True):
        text.set_color(on(colours(value / max(values.max().max(), 1))))
    if chairs is not None:
        said = chairs.set_axis(chairs.index.astype(int)).reindex(rows["objective"]).fillna(0).astype(int)
        for y, number in zip(rows["y"], said, strict=True):
            if number:
                ax.text(len(kinds) + 0.5, y, f"{number}", ha="center", va="center", color=MUTED, style="italic")
        ax.axvline(len(kinds), color=GREY, lw=0.8)
    heads = [*(name(code, locale) for code in kinds), *([_.gettext("Chairs’ words")] if beside else [])]
    ax.set_xticks(np.arange(len(heads)) + 0.5, [folded(head, 2.4) for head in heads], rotation=90, linespacing=1.0)
    ax.xaxis.tick_top()
    ax.set(xlabel="", ylabel="")
    ax.tick_params(length=0)
    label_rows(ax, rows, locale, set(), headed=False)
    part_by_roundtable(ax, rows, locale)
    told = [
        f"{name(code, locale)}: {listing((f'{number} ({int(n)})' for number, n in values[code_].items() if n), locale)}"
        for code, code_ in zip(kinds, values.columns, strict=True)
    ]
    lead = _.gettext("Objectives, with the number of speakers in brackets: {list}")
    return add_text(ax, **words, description=lead.format(list="; ".join(told)))


@themed
def speakers_objectives(
    levels: pd.DataFrame,
    *,
    title: str | None = None,
    scope: str = "",
    source: str = "",
    locale: str = "en",
    ax: Axes | None = None,
) -> Axes:
    """Plot which speaker took up which objective, and how: by number, by subject, in passing, from the chair.

    Parameters
    ----------
    levels
        Of :func:`gfmd_analysis.coverage.levels.mention_levels`.
    {shared}
    """
    require_columns(levels, "actor", "actor_name", "constituency", "objective", "level")
    require_rows(levels, "objective that a speaker mentions")
    _ = translator(locale)
    order = list(CONSTITUENCY_NAMES)
    own = levels["level"].isin(["number", "subject"])
    speakers = levels.drop_duplicates("actor").astype({"actor": "str", "actor_name": "str", "constituency": "str"})
    taken = levels[own].groupby(levels["actor"].astype("str"))["objective"].nunique()
    speakers = speakers.assign(
        kind=speakers["constituency"].map(order.index), taken=speakers["actor"].map(taken).fillna(0)
    )
    speakers = speakers.sort_values(["kind", "taken", "actor_name"], ascending=[True, False, True], ignore_index=True)
    touched = set(levels["objective"].astype(int))
    rows = placed(known_objectives(range(1, 24) if len(touched) > FEW else touched))
    rows = rows[rows["objective_roundtable"].isin(set(levels["objective_roundtable"].astype(str)))]
    rows = rows.assign(y=range(len(rows)))
    names = [
        actor_name(code, label, locale) for code, label in zip(speakers["actor"], speakers["actor_name"], strict=True)
    ]
    room = 14.1 - breadth(objective_title(number, locale) for number in rows["objective"])
    for longest in (3.1, 3.5, 4.0, 4.5):
        heads = [folded(label, longest) for label in names]
        widths = np.array([1 + head.count("\n") for head in heads])
        if room / widths.sum() >= COLUMN:
            break
    places = np.cumsum(widths) - widths / 2
    across = dict(zip(speakers["actor"], places, strict=True))
    down = dict(zip(rows["objective"], rows["y"], strict=True))
    words: dict[str, Any] = {
        "title": title,
        "what": _.gettext("Whether each speaker took up or touched on each objective"),
        "scope": scope,
        "source": source,
        "note": " ".join(
            (_.gettext(TAKEN_UP), _.gettext("Inferred: the paragraph does not give the objective’s number."))
        ),
        "locale": locale,
    }
    ax = sheet(4.0 + ROW * len(rows), ax, words, TALLEST)
    looks: dict[str, dict[str, Any]] = {
        "number": {"marker": "s", "s": 52, "color": NUMBER, "lw": 0},
        "subject": {"marker": "s", "s": 52, "color": SUBJECT, "lw": 0},
        "passing": {"marker": "o", "s": 12, "color": SUBJECT, "lw": 0},
        "chair": {"marker": "o", "s": 12, "facecolor": "white", "edgecolor": MUTED, "lw": 0.8},
    }
    for level, look in looks.items():
        at = levels[levels["level"] == level]
        ax.scatter(at["actor"].astype("str").map(across), at["objective"].astype(int).map(down), zorder=3, **look)
    ax.set(xlim=(0, widths.sum()), ylim=(len(rows) - 0.4, -0.6))
    ax.set_xticks(places, heads, rotation=90, linespacing=1.0)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    for label, code in zip(ax.get_xticklabels(), speakers["constituency"], strict=True):
        label.set_color(readable(CONSTITUENCY_COLOURS[code]))
    ax.hlines(rows["y"], 0, widths.sum(), color=PALE, lw=0.6, zorder=0)
    ax.vlines(places, -0.6, len(rows) - 0.4, color=PALE, lw=0.6, zorder=0)
    changes = speakers.index[speakers["kind"].diff().fillna(0) != 0]
    ax.vlines(places[changes] - widths[changes] / 2, -0.6, len(rows) - 0.4, color=GREY, lw=0.8)
    ax.spines[:].set_visible(False)
    label_rows(ax, rows, locale, set(), headed=False)
    meanings = {
        "number": _.gettext("under its number"),
        "subject": _.gettext("on its subject (inferred)"),
        "passing": _.gettext("in passing only"),
        "chair": _.gettext("in introductions or summaries only"),
    }
    handles = [
        Line2D(
            [],
            [],
            ls="",
            marker=look["marker"],
            ms=look["s"] ** 0.5,
            label=meanings[level],
            mew=look["lw"],
            mfc=look.get("facecolor", look.get("color")),
            mec=look.get("edgecolor", look.get("color")),
        )
        for level, look in looks.items()
    ]
    beside = around(words) + breadth(heads) + 0.25 + 0.36 * key(ax, handles)
    part_by_roundtable(ax, rows, locale, min(ROW, (TALLEST - beside) / len(rows)))
    told = [
        f"{row.actor_name}: {listing(sorted(levels.loc[own & (levels['actor'].astype('str') == row.actor), 'objective'].astype(int)), locale)}"
        for row in rows_of(speakers)
        if row.taken
    ]
    return add_text(ax, **words, description="; ".join(told))


def trimmed(colours: str) -> Any:
    """Cut the palest and darkest ends off a colour map, so that one mention is seen and numbers can be read."""
    from matplotlib import colormaps
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("cut", colormaps[colours](np.linspace(0.16, 0.92, 64)))


@themed
def rank_intervals(
    table: pd.DataFrame,
    *,
    title: str | None = None,
    scope: str = "",
    source: str = "",
    locale: str = "en",
    ax: Axes | None = None,
) -> Axes:
    """Plot each objective's rank with its bootstrap interval, the least discussed on top.

    Parameters
    ----------
    table
        Of :func:`gfmd_analysis.coverage.uncertainty.rank_intervals`.
    {shared}
    """
    require_columns(table, "objective", "rank", "rank_low", "rank_high")
    require_rows(table, "objective")
    _ = translator(locale)
    rows = table.assign(objective=table["objective"].astype(int))
    rows = rows.sort_values(["rank", "objective"], ignore_index=True)
    rows = rows.assign(y=range(len(rows)))
    third = len(rows) // 3
    sure = rows["rank_high"] <= third
    words: dict[str, Any] = {
        "title": title,
        "what": _.gettext("Rank of each objective, with 90% bootstrap interval over speakers"),
        "scope": scope,
        "source": source,
        "note": (_.gettext("Red: the whole interval is in the lowest third.") + " ") * bool(sure.any())
        + _.gettext("Ties share the mean rank."),
        "locale": locale,
    }
    ax = sheet(1.3 + ROW * len(rows), ax, words, TALLEST)
    ax.axvspan(0.5, third + 0.5, color=PALE, lw=0, zorder=0)
    for row, low in zip(rows_of(rows), sure, strict=True):
        ax.plot([row.rank_low, row.rank_high], [row.y, row.y], color=ACCENT if low else GREY, lw=2.6)
        ax.plot(row.rank, row.y, "o", color=ACCENT if low else INK, markersize=5, zorder=3)
    ax.set(xlim=(0.5, len(rows) + 0.5), ylim=(len(rows) - 0.4, -0.6), xticks=[1, third, len(rows)])
    ax.set_xlabel(_.gettext("Rank (1: fewest speakers); shaded: the lowest third"), loc="left")
    ax.spines["left"].set_visible(False)
    label_rows(ax, rows, locale, set(rows.loc[sure, "objective"]), headed=False)
    return add_text(
        ax,
        **words,
        description="; ".join(
            f"{row.objective}: {row.rank:g} ({row.rank_low:g}–{row.rank_high:g})" for row in rows_of(rows)
        ),
    )


@themed
def share_change(
    changes: pd.DataFrame,
    *,
    title: str | None = None,
    scope: str = "",
    source: str = "",
    locale: str = "en",
    ax: Axes | None = None,
) -> Axes:
    """Plot how each objective's share of attention changed from one meeting to another.

    Parameters
    ----------
    changes
        Of :func:`gfmd_analysis.coverage.uncertainty.share_change`.
    {shared}
    """
    require_columns(changes, "objective", "before", "after", "change", "low", "high", "clear")
    require_rows(changes, "objective at two meetings")
    _ = translator(locale)
    rows = changes.assign(objective=changes["objective"].astype(int)).sort_values(
        "change", ascending=False, ignore_index=True
    )
    rows = rows.assign(y=range(len(rows)))
    words: dict[str, Any] = {
        "title": title,
        "what": _.gettext(
            "Change of each objective’s share of attention between two meetings, with 90% bootstrap interval"
        ),
        "scope": scope,
        "source": source,
        "note": _.gettext("Red: the interval leaves out zero."),
        "locale": locale,
    }
    ax = sheet(1.1 + ROW * len(rows), ax, words, TALLEST)
    for row in rows_of(rows):
        colour = ACCENT if row.clear else GREY
        ax.plot([row.low, row.high], [row.y, row.y], color=colour, lw=2.2)
        ax.plot(row.change, row.y, "o", color=ACCENT if row.clear else INK, markersize=5, zorder=3)
    ax.axvline(0, color=INK, lw=0.8)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xlabel(_.gettext("Percentage points"), loc="left")
    ax.spines["left"].set_visible(False)
    label_rows(ax, rows, locale, set(rows.loc[rows["clear"], "objective"]), headed=False)
    return add_text(
        ax,
        **words,
        description="; ".join(f"{row.objective}: {row.before:.1f}–{row.after:.1f}%" for row in rows_of(rows)),
    )
