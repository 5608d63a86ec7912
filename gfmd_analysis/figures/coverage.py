"""Figures on coverage: who spoke to which objective, where, and what the report's own lists make of it."""

from collections.abc import Sequence
from typing import Any, Literal

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from gfmd_analysis.coverage.counts import ON_NO_LIST, PLACES, least_finding, lowest_third, robust_gaps
from gfmd_analysis.dataset.tables import gcm_objectives, require_columns, require_rows
from gfmd_analysis.figures.names import CONSTITUENCY_NAMES, kind_name, section_name
from gfmd_analysis.figures.place_labels import darker
from gfmd_analysis.figures.style import (
    ACCENT,
    BAR,
    CONSTITUENCY_COLOURS,
    GREY,
    INK,
    MUTED,
    PALE,
    ROW,
    SEQUENTIAL,
    SMALL_SIZE,
    frame,
    key,
    new_axes,
    objective_rows,
    themed,
)
from gfmd_analysis.text import count, listing, objectives, sentence

PLACE_COLOURS = {PLACES[0]: GREY, PLACES[1]: ACCENT, PLACES[2]: INK}


@themed
def coverage_ranking(table: pd.DataFrame, *, ax: Axes | None = None, scope: str = "", source: str = "") -> Axes:
    """Draw how many actors spoke to each objective, and how many merely named it, the least discussed on top.

    Parameters
    ----------
    table
        As :func:`gfmd_analysis.coverage.counts.coverage` gives it.
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
    ax = new_axes(16, 4.6 + ROW * len(rows), ax)
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
        As :func:`gfmd_analysis.coverage.counts.coverage_matrix` gives it.
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
    ax = new_axes(16, 8.2 + 0.55 * height, ax)
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
    titles = gcm_objectives().set_index("objective")["objective_title"]
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
def coverage_by_setting(table: pd.DataFrame, *, ax: Axes | None = None, scope: str = "", source: str = "") -> Axes:
    """Draw where each objective was mentioned: in its own roundtable, in another or in a plenary part.

    Parameters
    ----------
    table
        As :func:`gfmd_analysis.coverage.counts.coverage_by_setting` gives it.
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
    ax = new_axes(16, 4.6 + ROW * len(rows), ax)
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
        As :func:`gfmd_analysis.coverage.counts.compare_lists` gives it.
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
    ax = new_axes(16, 5.2 + 0.62 * len(rows), ax)
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


def _beside(ax: Axes, value: float, place: float, text: str) -> None:
    ax.annotate(text, (value, place), (4, 0), textcoords="offset points", va="center", size=SMALL_SIZE + 0.5)


@themed
def words_by_section(table: pd.DataFrame, *, ax: Axes | None = None, scope: str = "", source: str = "") -> Axes:
    """Draw how many words of the report each constituency has in each section, a column of bars for each constituency.

    Parameters
    ----------
    table
        As :func:`gfmd_analysis.dataset.describe.speaker_counts` gives it by ``section`` and ``constituency``.
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
    ax, start = new_axes(16, 5.6 + 0.66 * len(words), ax), 0.0
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


TINT, BAND = "#F2DDE0", "#D6DBE0"


@themed
def rank_intervals(table: pd.DataFrame, *, ax: Axes | None = None, scope: str = "", source: str = "") -> Axes:
    """Draw each objective's rank with its 90 % bootstrap interval, the least discussed on top.

    Parameters
    ----------
    table
        As :func:`gfmd_analysis.coverage.uncertainty.rank_intervals` gives it.
    ax
        Axes to draw on; new ones where none are given.
    scope
        What, where, when and n, for the subtitle.
    source
        Text of the source line.

    Returns
    -------
    Axes
        Framed; the title says which objectives are surely in the lowest third and how wide the intervals are.
    """
    require_columns(table, "objective", "rank", "rank_low", "rank_high", "in_lowest_third")
    rows = _titled(table).sort_values(["rank", "objective"], ignore_index=True)
    third = lowest_third(rows["rank"])
    sure = rows["rank_high"] <= third
    colours = [ACCENT if low else INK for low in sure]
    ax = new_axes(16, 5.3 + ROW * len(rows), ax)
    ax.axvspan(0.5, third + 0.5, color=TINT, lw=0, zorder=0)
    ax.hlines(rows.index, rows["rank_low"], rows["rank_high"], color=[ACCENT if low else GREY for low in sure], lw=2.6)
    ax.scatter(rows["rank"], rows.index, color=colours, s=26, zorder=3)
    ax.set(xlim=(0.5, 27.2), xticks=[1, 8, 16, 23], xlabel="Rank (1: least discussed), shaded: the lowest third")
    ax.xaxis.set_label_coords(0, -0.045)
    ax.xaxis.label.set_horizontalalignment("left")
    for place, share in enumerate(rows["in_lowest_third"]):
        text = "< 1 %" if 0 < share < 0.01 else f"{share:.0%}".replace("%", " %")
        ax.text(27, place, text, ha="right", va="center", color=colours[place])
    ax.text(27, -1.2, "In the lowest third:\nshare of samples", ha="right", va="center", color=MUTED, linespacing=1.15)
    objective_rows(ax, rows, rows.loc[sure, "objective"])
    firm = _numbers(rows, sure)
    width = (rows["rank_high"] - rows["rank_low"]).median()
    low = f"among the {count(third, 'objective')} least discussed"
    finding = f"No objective is surely {low}"
    if firm:
        share = 5 * int(20 * rows.loc[sure, "in_lowest_third"].min())
        finding = f"{sentence(objectives(firm))} {_are(firm)} {low} in {share} % or more of the resamples"
    return frame(
        ax,
        title=f"{finding}; other ranks are more open",
        subtitle=f"Rank by interventions that mention it, with 90 % bootstrap interval by actor{scope and f'; {scope}'}",
        source=source,
        note=f"The median interval spans {width:.0f} ranks. Ties share the mean rank.",
        alt=f"Dot plot of {len(rows)} ranks with intervals. {finding}; the median interval spans {width:.0f} ranks.",
    )


@themed
def uniform_attention(
    table: pd.DataFrame, *, alpha: float = 0.05, ax: Axes | None = None, scope: str = "", source: str = ""
) -> Axes:
    """Draw each objective's mentions against what even attention would give.

    Parameters
    ----------
    table
        As :func:`gfmd_analysis.coverage.uncertainty.uniform_attention` gives it.
    alpha
        Level of significance after correction.
    ax, scope, source
        As for :func:`rank_intervals`.

    Returns
    -------
    Axes
        Framed, furthest below expectation on top; the title says what even attention does not explain.
    """
    require_columns(table, "objective", "observed", "expected", "low", "high", "p_adjusted")
    rows = _titled(table).assign(gap=table["observed"] - table["expected"])
    rows = rows.sort_values(["gap", "objective"], ignore_index=True)
    firm = rows["p_adjusted"] <= alpha
    ax = new_axes(16, 5.0 + ROW * len(rows), ax)
    ax.barh(rows.index, rows["high"] - rows["low"], left=rows["low"], color=BAND, height=BAR)
    places = np.arange(len(rows))  # not rows.index - 0.34: pandas 3.1 loses a row of it under python -O
    ax.vlines(rows["expected"], places - 0.34, places + 0.34, color=MUTED, lw=1)
    ax.scatter(rows["observed"], rows.index, color=[ACCENT if sure else INK for sure in firm], s=30, zorder=3)
    for place, (number, gap) in enumerate(zip(rows["observed"], rows["gap"], strict=True)):
        align: Literal["left", "right"] = "right" if gap < 0 else "left"
        weight = "bold" if firm[place] else "normal"
        away = (-6 if gap < 0 else 6, 0)
        ax.annotate(
            f"{number}", (number, place), away, textcoords="offset points", va="center", ha=align, weight=weight
        )
    ax.set(xlim=(0, max(rows["observed"].max(), rows["high"].max(), 1) * 1.06), xlabel="Interventions that mention it")
    objective_rows(ax, rows, rows.loc[firm, "objective"])
    key(ax, {"Mentions": INK, "significant": ACCENT, "expected under even attention: mean, 90 % interval": BAND}, "oos")
    less, more = _numbers(rows, firm & (rows["gap"] < 0)), _numbers(rows, firm & (rows["gap"] > 0))
    parts = [f"{objectives(less)} got so little"] if less else []
    parts += [f"{objectives(more)} so much"] if more else []
    finding = (
        f"Even attention and chance do not explain why {listing(parts)}"
        if parts
        else "Even attention and chance could explain every objective's count"
    )
    told = [
        f"objective {n}: {seen} against {mean:.1f} expected"
        for n, seen, mean in rows.loc[firm, ["objective", "observed", "expected"]].itertuples(index=False)
    ]
    return frame(
        ax,
        title=finding,
        subtitle=f"Mentions against a null model of even attention{scope and f'; {scope}'}",
        source=source,
        note=f"Significant: p ≤ {alpha:g} after correction for {len(rows)} tests (Benjamini and Hochberg). The model keeps who spoke, where, and on how many objectives inside and outside the roundtable.",
        alt=f"Observed and expected mentions of {len(rows)} objectives. {finding}.{f' {sentence(listing(told))}.' if told else ''}",
    )


@themed
def ranks_under_choices(
    ranks: pd.DataFrame, least: list[int], *, ax: Axes | None = None, scope: str = "", source: str = ""
) -> Axes:
    """Draw the ranks of the objectives that are in the lowest third under any choice.

    Parameters
    ----------
    ranks
        As :func:`gfmd_analysis.coverage.counts.rank_sensitivity` gives it.
    least
        The objectives whose place is in question.
    ax, scope, source
        As for :func:`rank_intervals`.

    Returns
    -------
    Axes
        Framed, lowest mean rank on top; the title says which of ``least`` stay whatever is chosen.
    """
    third = lowest_third(ranks.iloc[:, 0])
    order = ranks[(ranks <= third).any(axis=1) | ranks.index.isin(least)].mean(axis=1).sort_values(kind="stable")
    shown = ranks.loc[order.index]
    rows = _titled(shown.reset_index()[["objective"]])
    ax = new_axes(16, 5.6 + 0.58 * len(shown), ax)
    for (i, j), rank in _cells(shown):
        low = rank <= third
        ax.add_patch(Rectangle((j - 0.48, i - 0.45), 0.96, 0.9, color=TINT if low else PALE, lw=0))
        ax.text(
            j,
            i,
            f"{rank:g}",
            ha="center",
            va="center_baseline",
            color=ACCENT if low else MUTED,
            weight="bold" if low else "normal",
        )
    heads = [_two_lines(sentence(str(name))) for name in shown.columns]
    ax.set_xticks(range(len(heads)), heads, linespacing=1.15)
    ax.set_xlim(-0.55, len(heads) - 0.45)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    firm = robust_gaps(ranks)
    objective_rows(ax, rows, pd.Series([number for number in least if number in firm], dtype=int))
    stay = [number for number in least if number in firm]
    leave = [number for number in least if number not in firm]
    finding = (
        f"{sentence(objectives(stay))} {'stays' if len(stay) == 1 else 'stay'} among the {count(third, 'objective')} least mentioned under all {count(len(heads), 'choice')}"
        if stay
        else "None of the least discussed stays so under every choice"
    )
    finding += f"; {listing(leave)} {'does' if len(leave) == 1 else 'do'} not" if stay and leave else ""
    return frame(
        ax,
        title=finding,
        subtitle=f"Rank by actors that mention it (1: fewest), under each choice{scope and f'; {scope}'}",
        source=source,
        note=f"Shaded: among the {third} lowest of {len(ranks)}; ties share the mean rank. Red names: at most one actor spoke to it, and lowest under every choice. Objectives not shown are never among the lowest.",
        alt=f"Table of ranks of {len(shown)} objectives under {len(heads)} choices. {finding}.",
    )


def _titled(table: pd.DataFrame) -> pd.DataFrame:
    return table.merge(
        gcm_objectives()[["objective", "objective_title"]], on="objective", how="left", validate="one_to_one"
    )


def _cells(table: pd.DataFrame) -> list[tuple[tuple[int, int], float]]:
    return [((i, j), float(rank)) for i, row in enumerate(table.to_numpy()) for j, rank in enumerate(row)]


def _two_lines(text: str) -> str:
    words = text.split()
    half = (
        min(range(1, len(words)), key=lambda cut: abs(len(" ".join(words[:cut])) - len(text) / 2))
        if len(words) > 1
        else 1
    )
    return "\n".join(part for part in (" ".join(words[:half]), " ".join(words[half:])) if part)


def _numbers(rows: pd.DataFrame, chosen: pd.Series) -> list[int]:
    return sorted(int(number) for number in rows.loc[chosen, "objective"])


def _are(numbers: list[int]) -> str:
    return "is" if len(numbers) == 1 else "are"


LEADING = 3


@themed
def shares_by_meeting(table: pd.DataFrame, *, ax: Axes | None = None, source: str = "") -> Axes:
    """Draw each objective's share of a meeting's mentions, a dot per meeting.

    Parameters
    ----------
    table
        As :func:`gfmd_analysis.coverage.counts.coverage_by_meeting` gives it.
    ax, source
        Axes to draw on, text of the source line.

    Returns
    -------
    Axes
        One row per objective in the Compact's order, the last meeting's percentages at the right; the last meeting's leading objectives in the accent, earlier meetings in grey.
    """
    ax = new_axes(16, 15.5, ax)
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
        As :func:`gfmd_analysis.coverage.uncertainty.change` gives it.
    before, after
        The two meetings, for the words.
    ax, source
        Axes to draw on, text of the source line.

    Returns
    -------
    Axes
        Largest rise on top; what leaves out zero in the accent, the rest in grey.
    """
    ax = new_axes(16, 15.5, ax)
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

    titles = gcm_objectives().set_index("objective")["objective_title"]
    return [f"{number}  {titles[number]}" for number in rows["objective"]]
