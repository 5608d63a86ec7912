"""Figures on coverage: who took up which objective, by speaker and constituency, and how sure the ranks are."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from gfmd_analysis.dataset.tables import require_columns, require_rows
from gfmd_analysis.figures.names import CONSTITUENCY_NAMES, actor_name, name, objective_title
from gfmd_analysis.figures.style import (
    ACCENT,
    CONSTITUENCY_COLOURS,
    GREY,
    INK,
    MUTED,
    NUMBER,
    PALE,
    PASSING,
    SEQUENTIAL,
    SUBJECT,
    add_text,
    folded,
    key,
    new_axes,
    readable,
    themed,
)
from gfmd_analysis.text import listing, translator

ROW, GAP = 0.4, 1.05  # cm a row, rows between two roundtables
TITLES = 4.6  # cm for the titles of objectives
DEPTHS = ("by_number", "by_subject", "passing")


@themed
def coverage(
    table: pd.DataFrame,
    *,
    balance: pd.DataFrame | None = None,
    lists: Mapping[str, Iterable[int]] | None = None,
    least: Iterable[int] = (),
    title: str | None = None,
    scope: str = "",
    source: str = "",
    locale: str = "en",
    ax: Axes | None = None,
) -> Axes:
    """Plot how many speakers took up each objective, with practices, recommendations, and the report's own lists.

    Parameters
    ----------
    table
        Of :func:`gfmd_analysis.coverage.counts.coverage_table`, all 23 rows or some.
    balance
        Of :func:`gfmd_analysis.practices.catalogue.practices_against_recommendations`, for two columns of numbers.
    lists
        Lists of objectives by name (``{"53": [8, 13]}``); each is a column of marks.
    least
        Objectives in the accent: the least discussed.
    {shared}
    """
    require_columns(table, "objective", "objective_title", "objective_roundtable", "speakers", *DEPTHS)
    require_rows(table, "objective")
    _ = translator(locale)
    rows = _placed(table)
    counts = rows[["speakers", *DEPTHS]].astype(int)
    widest = max(int(counts[list(DEPTHS)].sum(axis=1).max()), 1)
    columns: dict[str, list[str]] = {}
    if balance is not None:
        found = balance.assign(objective=balance["objective"].astype(int)).set_index("objective")
        heads = {"practices": _.gettext("Prac-\ntices"), "recommendations": _.gettext("Recommen-\ndations")}
        columns = {head: [f"{int(found.loc[n, key])}" for n in rows["objective"]] for key, head in heads.items()}
    marks = {str(head): {int(number) for number in members} for head, members in (lists or {}).items()}
    ax = new_axes(16, min(15.0, 3.9 + ROW * (rows["y"].max() + 1)), ax)
    left = np.zeros(len(rows))
    for depth, colour in zip(DEPTHS, (NUMBER, SUBJECT, PASSING), strict=True):
        ax.barh(
            rows["y"],
            counts[depth],
            left=left,
            height=0.66,
            color=colour,
            edgecolor=GREY if depth == "passing" else "none",
            linewidth=0.5,
        )
        left += counts[depth]
    chosen = {int(number) for number in least}
    for row, passing in zip(rows.itertuples(), counts["passing"], strict=True):
        end = row.by_number + row.by_subject + passing
        told = f"{row.speakers}" + (f" + {passing}" if passing else "")
        ink = ACCENT if row.objective in chosen else INK
        ax.annotate(told, (end, row.y), (3, 0), textcoords="offset points", va="center", color=ink, weight="bold")
    step, at = widest * 0.19, widest * 1.33
    top = -1.75
    ax.text(0, top, _.gettext("Speakers who took it up + in passing only"), va="bottom", color=MUTED)
    for head, values in columns.items():
        ax.text(at, top, head, ha="center", va="bottom", color=MUTED, linespacing=1.1)
        for y, value in zip(rows["y"], values, strict=True):
            ax.text(at, y, "·" if value == "0" else value, ha="center", va="center")
        at += step
    for head, members in marks.items():
        ax.text(
            at,
            top,
            _.gettext("Listed,\n{paragraph}").format(paragraph=head),
            ha="center",
            va="bottom",
            color=MUTED,
            linespacing=1.1,
        )
        on = rows["objective"].isin(members)
        ax.scatter([at] * int(on.sum()), rows.loc[on, "y"], s=22, color=INK, zorder=3, lw=0)
        at += step
    ax.set(xlim=(0, max(at - step * 0.5, widest * 1.2)), xticks=[])
    _label(ax, rows, locale, chosen)
    handles = [
        Patch(fc=NUMBER, label=_.gettext("under its number")),
        Patch(fc=SUBJECT, label=_.gettext("on its subject, without the number")),
        Patch(fc=PASSING, ec=GREY, lw=0.5, label=_.gettext("in passing only")),
    ]
    key(ax, handles)
    told = [
        _.gettext("{objective} {title}: {n} speakers ({number} under its number), {passing} in passing").format(
            objective=row.objective,
            title=objective_title(row.objective, locale),
            n=row.speakers,
            number=row.by_number,
            passing=row.passing,
        )
        for row in rows.itertuples()
    ]
    return add_text(
        ax,
        title=title,
        what=_.gettext("Speakers who took up each objective, in statements and updates"),
        scope=scope,
        source=source,
        note=_.gettext(
            "Each speaker is counted once for an objective, by the most that it said. Chairs’ introductions and summaries are left out."
        ),
        description="; ".join(told),
        locale=locale,
    )


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
    rows = _placed(_about(matrix.columns))
    values = matrix.T.astype(float).set_axis(matrix.columns.astype(int), axis=0).reindex(rows["objective"])
    kinds = [str(code) for code in matrix.index]
    ax = new_axes(16, min(15.0, 5.2 + ROW * len(rows)), ax)
    beside = chairs is not None
    whole = values.assign(chairs=np.nan) if beside else values
    colours = mpl_colours(SEQUENTIAL)
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
    if chairs is not None:
        said = chairs.set_axis(chairs.index.astype(int)).reindex(rows["objective"]).fillna(0).astype(int)
        for y, number in zip(rows["y"], said, strict=True):
            if number:
                ax.text(len(kinds) + 0.5, y, f"({number})", ha="center", va="center", color=MUTED, style="italic")
        ax.axvline(len(kinds), color=GREY, lw=0.8)
    heads = [*(name(code, locale) for code in kinds), *([_.gettext("Chairs’ words")] if beside else [])]
    ax.set_xticks(np.arange(len(heads)) + 0.5, [folded(head, 2.4) for head in heads], rotation=90, linespacing=1.0)
    ax.xaxis.tick_top()
    ax.set(xlabel="", ylabel="")
    ax.tick_params(length=0)
    _label(ax, rows, locale, set(), headed=False)
    _roundtables(ax, rows, locale)
    told = [
        f"{name(code, locale)}: {listing((f'{number} ({int(n)})' for number, n in values[code_].items() if n), locale)}"
        for code, code_ in zip(kinds, values.columns, strict=True)
    ]
    return add_text(
        ax,
        title=title,
        what=_.gettext("Speakers of each constituency who took up an objective, in statements and updates"),
        scope=scope,
        source=source,
        note=_.gettext(
            "States are Member States alone. In brackets, apart: who touched on it in introductions and summaries, for the session."
        ),
        description="; ".join(told),
        locale=locale,
    )


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
    across = dict(zip(speakers["actor"], range(len(speakers)), strict=True))
    rows = _placed(_about(range(1, 24)))
    rows = (
        rows[rows["objective_roundtable"].isin(set(levels["objective_roundtable"].astype(str)))] if len(rows) else rows
    )
    rows = rows.assign(y=range(len(rows)))
    down = dict(zip(rows["objective"], rows["y"], strict=True))
    ax = new_axes(16, min(15.0, 6.3 + ROW * len(rows)), ax)
    looks: dict[str, dict[str, Any]] = {
        "number": {"marker": "s", "s": 52, "color": NUMBER, "lw": 0},
        "subject": {"marker": "s", "s": 52, "color": SUBJECT, "lw": 0},
        "passing": {"marker": "o", "s": 12, "color": SUBJECT, "lw": 0},
        "chair": {"marker": "o", "s": 12, "facecolor": "white", "edgecolor": MUTED, "lw": 0.8},
    }
    for level, look in looks.items():
        at = levels[levels["level"] == level]
        ax.scatter(at["actor"].astype("str").map(across), at["objective"].astype(int).map(down), zorder=3, **look)
    ax.set(xlim=(-0.6, len(speakers) - 0.4), ylim=(len(rows) - 0.4, -0.6))
    ax.set_xticks(
        range(len(speakers)),
        [
            actor_name(code, label, locale)
            for code, label in zip(speakers["actor"], speakers["actor_name"], strict=True)
        ],
        rotation=90,
    )
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    for label, code in zip(ax.get_xticklabels(), speakers["constituency"], strict=True):
        label.set_color(readable(CONSTITUENCY_COLOURS[code]))
    ax.hlines(rows["y"], -0.6, len(speakers) - 0.4, color=PALE, lw=0.6, zorder=0)
    ax.vlines(range(len(speakers)), -0.6, len(rows) - 0.4, color=PALE, lw=0.6, zorder=0)
    _roundtables(ax, rows, locale)
    changes = speakers.index[speakers["kind"].diff().fillna(0) != 0]
    ax.vlines(changes - 0.5, -0.6, len(rows) - 0.4, color=GREY, lw=0.8)
    ax.spines[:].set_visible(False)
    _label(ax, rows, locale, set(), headed=False)
    words = {
        "number": _.gettext("under its number"),
        "subject": _.gettext("on its subject (inferred)"),
        "passing": _.gettext("in passing only"),
        "chair": _.gettext("from the chair only"),
    }
    handles = [
        Line2D(
            [],
            [],
            ls="",
            marker=look["marker"],
            ms=look["s"] ** 0.5,
            label=words[level],
            mew=look["lw"],
            mfc=look.get("facecolor", look.get("color")),
            mec=look.get("edgecolor", look.get("color")),
        )
        for level, look in looks.items()
    ]
    key(ax, handles)
    told = [
        f"{row.actor_name}: {listing(sorted(levels.loc[own & (levels['actor'].astype('str') == row.actor), 'objective'].astype(int)), locale)}"
        for row in speakers.itertuples()
        if row.taken
    ]
    return add_text(
        ax,
        title=title,
        what=_.gettext("How speakers mentioned objectives, at the most, in statements and updates"),
        scope=scope,
        source=source,
        note=_.gettext("Inferred: the paragraph does not give the objective’s number. Bare references are left out."),
        description="; ".join(told),
        locale=locale,
    )


def mpl_colours(colours: str) -> Any:
    """Cut the palest and darkest ends off a colour map, so that one mention is seen and numbers can be read."""
    from matplotlib import colormaps
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("cut", colormaps[colours](np.linspace(0.16, 0.92, 64)))


def _about(numbers: Iterable[Any]) -> pd.DataFrame:
    from gfmd_analysis.dataset.tables import gcm_objectives

    known = gcm_objectives()
    return known[known["objective"].astype(int).isin([int(number) for number in numbers])]


def _placed(table: pd.DataFrame) -> pd.DataFrame:
    """Put objectives in order by roundtable, with a gap between two."""
    rows = table.assign(
        objective=table["objective"].astype(int), objective_roundtable=table["objective_roundtable"].astype(str)
    ).sort_values(["objective_roundtable", "objective"], ignore_index=True)
    block = rows["objective_roundtable"].ne(rows["objective_roundtable"].shift()).cumsum() - 1
    return rows.assign(y=np.arange(len(rows)) + GAP * block)


def _roundtables(ax: Axes, rows: pd.DataFrame, locale: str) -> None:
    """Part the rows of a matrix by roundtable, and name these at the right."""
    for code, block in rows.groupby("objective_roundtable"):
        top, bottom = block["y"].min() - 0.5, block["y"].max() + 0.5
        ax.axhline(top, color=GREY, lw=0.8) if top > rows["y"].min() else None
        ax.annotate(
            name(code, locale),
            (1, (top + bottom) / 2),
            (4, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            rotation=90,
            ha="left",
            va="center",
            color=MUTED,
            weight="bold",
        )


def _label(ax: Axes, rows: pd.DataFrame, locale: str, chosen: set[int], *, headed: bool = True) -> None:
    """Write number and title of each objective left of its row, and name the roundtables."""
    labels = [f"{row.objective}  {objective_title(row.objective, locale)}" for row in rows.itertuples()]
    ax.set_yticks(rows["y"], labels, rotation=0)
    ax.tick_params(axis="y", length=0)
    for label, number in zip(ax.get_yticklabels(), rows["objective"], strict=True):
        if number in chosen:
            label.set(color=ACCENT, weight="bold")
    if headed:
        for code, block in rows.groupby("objective_roundtable"):
            ax.annotate(
                name(code, locale),
                (0, block["y"].min() - 0.98),
                (-3, 0),
                textcoords="offset points",
                xycoords=("axes fraction", "data"),
                ha="right",
                va="center",
                color=MUTED,
                weight="bold",
            )
        ax.set_ylim(rows["y"].max() + 0.5, -1.5)
        ax.spines[["bottom", "left"]].set_visible(False)
        ax.plot([0, 0], [-0.5, rows["y"].max() + 0.5], color=GREY, lw=0.8, zorder=4)


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
    ax = new_axes(16, min(15.0, 4.4 + ROW * len(rows)), ax)
    ax.axvspan(0.5, third + 0.5, color=PALE, lw=0, zorder=0)
    for row, low in zip(rows.itertuples(), sure, strict=True):
        ax.plot([row.rank_low, row.rank_high], [row.y, row.y], color=ACCENT if low else GREY, lw=2.6)
        ax.plot(row.rank, row.y, "o", color=ACCENT if low else INK, markersize=5, zorder=3)
    ax.set(xlim=(0.5, len(rows) + 0.5), ylim=(len(rows) - 0.4, -0.6), xticks=[1, third, len(rows)])
    ax.set_xlabel(_.gettext("Rank (1: fewest speakers); shaded: the lowest third"), loc="left")
    ax.spines["left"].set_visible(False)
    _label(ax, rows, locale, set(rows.loc[sure, "objective"]), headed=False)
    return add_text(
        ax,
        title=title,
        what=_.gettext("Rank of each objective, with 90% bootstrap interval over speakers"),
        scope=scope,
        source=source,
        note=_.gettext("Red: the whole interval is in the lowest third. Ties share the mean rank."),
        description="; ".join(
            f"{row.objective}: {row.rank:g} ({row.rank_low:g}–{row.rank_high:g})" for row in rows.itertuples()
        ),
        locale=locale,
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
    ax = new_axes(16, min(15.0, 4.2 + ROW * len(rows)), ax)
    for row in rows.itertuples():
        colour = ACCENT if row.clear else GREY
        ax.plot([row.low, row.high], [row.y, row.y], color=colour, lw=2.2)
        ax.plot(row.change, row.y, "o", color=ACCENT if row.clear else INK, markersize=5, zorder=3)
    ax.axvline(0, color=INK, lw=0.8)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xlabel(_.gettext("Percentage points"), loc="left")
    ax.spines["left"].set_visible(False)
    _label(ax, rows, locale, set(rows.loc[rows["clear"], "objective"]), headed=False)
    return add_text(
        ax,
        title=title,
        what=_.gettext(
            "Change of each objective’s share of attention between two meetings, with 90% bootstrap interval"
        ),
        scope=scope,
        source=source,
        note=_.gettext("Red: the interval leaves out zero."),
        description="; ".join(f"{row.objective}: {row.before:.1f}–{row.after:.1f}%" for row in rows.itertuples()),
        locale=locale,
    )
