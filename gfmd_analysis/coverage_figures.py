"""Figures on coverage: who spoke to which objective, where, and what the report's own lists make of it."""

from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from gfmd_analysis.coverage import PLACES
from gfmd_analysis.gaps import ON_NO_LIST, least_finding
from gfmd_analysis.loading import require_columns, require_rows, the_compact
from gfmd_analysis.objective_axis import BAR, ROW, key, objective_rows
from gfmd_analysis.sentences import listing, objectives, sentence
from gfmd_analysis.style import (
    ACCENT,
    CONSTITUENCY_NAMES,
    GREY,
    INK,
    MUTED,
    PALE,
    SEQUENTIAL,
    SMALL_SIZE,
    canvas,
    frame,
    themed,
)

ACTOR_TYPE_NAMES = {
    "state": "States",
    "regional_organisation": "Regional organisations",
    "un_entity": "UN entities",
    "state_led_initiative": "State-led initiatives",
    "gfmd_mechanism": "GFMD mechanisms",
    "local_government": "Local governments",
    "financial_institution": "Financial institutions",
}
PLACE_COLOURS = {PLACES[0]: GREY, PLACES[1]: ACCENT, PLACES[2]: INK}


@themed
def coverage_ranking(table: pd.DataFrame, *, ax: Axes | None = None, scope: str = "", source: str = "") -> Axes:
    """Draw how many actors spoke to each objective, and how many merely named it, the least discussed on top.

    Parameters
    ----------
    table
        As :func:`gfmd_analysis.coverage.coverage` gives it.
    ax
        Axes to draw on; new ones where none are given.
    scope
        What, where, when and n, for the subtitle.
    source
        Text of the source line.

    Returns
    -------
    Axes
        Framed; the title says which objectives nobody or only one actor spoke to.
    """
    require_columns(table, "objective", "actors", "substantive_actors", "interventions")
    rows = table.sort_values(["substantive_actors", "objective"], ignore_index=True)
    spoke, named = rows["substantive_actors"].astype(int), (rows["actors"] - rows["substantive_actors"]).astype(int)
    least = spoke <= 1
    ax = canvas(16, 4.6 + ROW * len(rows), ax)
    ax.barh(rows.index, spoke, color=[ACCENT if low else INK for low in least], height=BAR)
    ax.barh(rows.index, named, left=spoke, color=GREY, height=BAR)
    for place, (substantive, naming) in enumerate(zip(spoke, named, strict=True)):
        more = f" + {naming}" if naming else ""
        _beside(ax, substantive + naming, place, f"{substantive}{more}")
    width = float(max(rows["actors"].max(), 1))
    ax.set(xlim=(0, width * 1.22), xticks=[])
    ax.spines["bottom"].set_visible(False)
    for place, number in enumerate(rows["interventions"].astype(int)):
        ax.text(width * 1.2, place, f"{number}", ha="right", va="center", color=MUTED)
    ax.text(width * 1.2, -1, "Interventions", ha="right", va="center", color=MUTED)
    objective_rows(ax, rows, rows.loc[least, "objective"])
    key(ax, {"Actors that spoke to it": INK, "the same, one at most": ACCENT, "+ actors that only named it": GREY})
    finding = least_finding(table)
    top = rows.iloc[-1]
    return frame(
        ax,
        title=finding,
        subtitle=f"Actors that speak to each GCM objective{scope and f'; {scope}'}",
        source=source,
        note="An actor that both speaks to an objective and names it elsewhere counts as speaking to it.",
        alt=f"Bar chart of {len(rows)} objectives. {finding}. Most actors, {int(top['substantive_actors'])}, spoke to objective {top['objective']}.",
    )


@themed
def objective_matrix(
    matrix: pd.DataFrame, kind: str, *, ax: Axes | None = None, scope: str = "", source: str = ""
) -> Axes:
    """Draw how often each kind of speaker mentions each objective, the Compact's order, with totals; gaps stay white.

    Parameters
    ----------
    matrix
        As :func:`gfmd_analysis.coverage.attention_matrix` gives it.
    kind
        What a row is, for the words: ``constituency``, ``type of actor``.
    ax, scope, source
        As for :func:`coverage_ranking`.

    Returns
    -------
    Axes
        Framed; the title says which objectives one kind alone mentions, and which those that speak most leave out.
    """
    values, height = matrix.to_numpy(dtype=int), len(matrix)
    ax = canvas(16, 8.2 + 0.55 * height, ax)
    shades, highest = mpl.colormaps[SEQUENTIAL], max(values.max(initial=0), 1)
    columns = [int(number) for number in matrix.columns]
    for i, row in enumerate(values):
        for j, value in enumerate(row):
            depth = 0.12 + 0.76 * value / highest
            ax.add_patch(
                mpl.patches.Rectangle((j - 0.5, i - 0.5), 1, 1, fc=shades(depth) if value else "white", ec=PALE, lw=0.8)
            )
            if value:
                ax.text(j, i, f"{value}", ha="center", va="center_baseline", color="white" if depth > 0.72 else INK)
    single = [number for number, heard in zip(columns, (values > 0).sum(axis=0), strict=True) if heard == 1]
    for j, total in enumerate(values.sum(axis=0)):
        low = columns[j] in single
        ax.text(j, height, f"{total}", ha="center", va="center_baseline", weight="bold", color=ACCENT if low else INK)
    for i, total in enumerate(values.sum(axis=1)):
        ax.text(len(columns) + 0.1, i, f"{total}", ha="center", va="center_baseline", weight="bold")
    ax.text(len(columns) + 0.1, height, f"{values.sum()}", ha="center", va="center_baseline", weight="bold")
    ax.set(xlim=(-0.5, len(columns) + 0.6), ylim=(height + 0.5, -0.5))
    titles = the_compact().set_index("objective")["objective_title"]
    ax.set_xticks(range(len(columns)), [f"{number}  {titles[number]}" for number in columns], rotation=90)
    ax.set_yticks(range(height + 1), [*map(kind_name, matrix.index), "All"])
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    for label, number in zip(ax.get_xticklabels(), columns, strict=True):
        label.set(color=ACCENT if number in single else INK, va="bottom")
    most = int(values.sum(axis=1).argmax()) if height else 0
    left = [number for number, value in zip(columns, values[most], strict=True) if value == 0]
    share = f"{values[most].sum()} of {values.sum()} mentions"
    finding = (
        f"{sentence(objectives(single))} {'was' if len(single) == 1 else 'were'} mentioned by one {kind} only"
        if single
        else f"Every objective was mentioned by two kinds of {kind} or by none"
    )
    gaps = (
        f"{kind_name(matrix.index[most])}, with {share}, mentioned none of {objectives(left)}"
        if left
        else f"{kind_name(matrix.index[most])} had {share}"
    )
    return frame(
        ax,
        title=f"{finding}. {gaps}",
        subtitle=f"Interventions that mention an objective, by {kind}{scope and f'; {scope}'}",
        source=source,
        note="White: no mention. Red: one kind of speaker only. Naming counts; an intervention counts once for each objective.",
        alt=f"Matrix of {height} rows by {len(columns)} objectives. {finding}. {gaps}.",
    )


@themed
def attention_places(table: pd.DataFrame, *, ax: Axes | None = None, scope: str = "", source: str = "") -> Axes:
    """Draw where each objective was mentioned: in its own roundtable, in another or in a plenary part.

    Parameters
    ----------
    table
        As :func:`gfmd_analysis.coverage.attention_places` gives it.
    ax, scope, source
        As for :func:`coverage_ranking`.

    Returns
    -------
    Axes
        Framed, those most mentioned outside their roundtable on top; the title says how much stays inside.
    """
    require_columns(table, "objective", "objective_roundtable", *PLACES)
    counts = table[list(PLACES)].astype(int)
    rows = table.assign(total=counts.sum(axis=1), outside=counts[list(PLACES[1:])].sum(axis=1))
    rows = rows.sort_values(["outside", "total", "objective"], ascending=[False, False, True], ignore_index=True)
    ax = canvas(16, 4.6 + ROW * len(rows), ax)
    start = pd.Series(0, index=rows.index)
    for place, colour in PLACE_COLOURS.items():
        wide = rows[place].astype(int)
        ax.barh(rows.index, wide, left=start, color=colour, height=BAR)
        for row, (left, value) in enumerate(zip(start, wide, strict=True)):
            if value:
                ink = INK if colour == GREY else "white"
                ax.text(left + value / 2, row, f"{value}", ha="center", va="center_baseline", color=ink)
        start = start + wide
    ax.set(xlim=(0, max(rows["total"].max(), 1) * 1.02), xticks=[])
    ax.spines["bottom"].set_visible(False)
    away = rows.loc[rows["outside"] > 0, "objective"]
    objective_rows(ax, rows, tail="objective_roundtable")
    key(ax, {"In its own roundtable": GREY, "in another roundtable": ACCENT, "in a plenary part": INK})
    total, own = int(rows["total"].sum()), int(rows[PLACES[0]].sum())
    finding = f"{own} of {total} mentions were made in the objective's own roundtable; {len(rows) - len(away)} objectives were not mentioned anywhere else"
    first = rows.iloc[0]
    return frame(
        ax,
        title=finding,
        subtitle=f"Interventions that mention an objective, by where they were made{scope and f'; {scope}'}",
        source=source,
        note="Each roundtable had its objectives on the agenda: a mention elsewhere says more than one inside.",
        alt=f"Stacked bars of {len(rows)} objectives. {finding}. Most travelled: objective {first['objective']}, {first['outside']} of {first['total']}.",
    )


@themed
def lists_compared(
    table: pd.DataFrame, lists: Sequence[str], *, ax: Axes | None = None, scope: str = "", source: str = ""
) -> Axes:
    """Draw which of the least discussed objectives the report's own lists name, and what else they name.

    Parameters
    ----------
    table
        As :func:`gfmd_analysis.gaps.against_lists` gives it.
    lists
        Names of the table's list columns, as heads.
    ax, scope, source
        As for :func:`coverage_ranking`.

    Returns
    -------
    Axes
        Framed; the title says which of the least discussed are on no list.

    Raises
    ------
    NoDataError
        Where no list names an objective.
    """
    require_columns(table, "objective", "substantive_actors", "least", "verdict", *lists)
    require_rows(table[table[list(lists)].any(axis=1)], "list of objectives in question")
    rows = table.reset_index(drop=True)
    missed = rows["verdict"] == ON_NO_LIST
    ax = canvas(16, 5.2 + 0.62 * len(rows), ax)
    ax.hlines(np.arange(1, len(rows)) - 0.5, -0.4, 7, color=PALE, lw=0.8, zorder=0)
    heads = {0.2: "Actors that\nspoke to it"} | {1.65 + 1.75 * place: name for place, name in enumerate(lists)}
    for across, head in heads.items():
        ax.text(across, -0.75, head, ha="center", va="bottom", color=MUTED, linespacing=1.2)
    for place, (_, row) in enumerate(rows.iterrows()):
        colour = ACCENT if missed.iloc[place] else INK if row["least"] else MUTED
        ax.text(
            0.2, place, f"{row['substantive_actors']}", ha="center", va="center_baseline", weight="bold", color=colour
        )
        for across, name in zip(list(heads)[1:], lists, strict=True):
            look: dict[str, Any] = (
                {"fc": INK if row["least"] else GREY, "ec": "none"} if row[name] else {"fc": "white", "ec": GREY}
            )
            ax.scatter(across, place, s=52, lw=0.8, zorder=2, **look)
        ax.text(1.65 + 1.75 * len(lists) - 0.65, place, str(row["verdict"]), va="center_baseline", color=colour)
    ax.set(xlim=(-0.5, 7), xticks=[])
    ax.spines[:].set_visible(False)
    objective_rows(ax, rows, rows.loc[missed, "objective"])
    left_out = sorted(int(number) for number in rows.loc[missed, "objective"])
    extra = sorted(int(number) for number in rows.loc[~rows["least"], "objective"])
    finding = (
        f"{'Neither' if len(lists) == 2 else 'No'} list names {objectives(left_out)}, to which one actor at most spoke"
        if left_out
        else "Every objective to which one actor at most spoke is on a list"
    )
    finding += f"; {listing(extra)}, with more speakers, {'is' if len(extra) == 1 else 'are'} listed" if extra else ""
    return frame(
        ax,
        title=finding,
        subtitle=f"Objectives that at most one actor spoke to, or that a list names{scope and f'; {scope}'}",
        source=source,
        note="Filled: on the list. The lists answer other questions than how many spoke: read them as a second opinion.",
        alt=f"Table of {len(rows)} objectives with the lists that name them. {finding}.",
    )


def kind_name(code: object) -> str:
    """Give a constituency or type of actor as words."""
    text = str(code)
    return CONSTITUENCY_NAMES.get(text) or ACTOR_TYPE_NAMES.get(text) or sentence(text.replace("_", " "))


def _beside(ax: Axes, value: float, place: float, text: str) -> None:
    ax.annotate(text, (value, place), (4, 0), textcoords="offset points", va="center", size=SMALL_SIZE + 0.5)
