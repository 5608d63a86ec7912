"""Figures on how sure the ranking of objectives is: its intervals, a null model, and other choices."""

from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from gfmd_analysis.gaps import lowest_third, survivors
from gfmd_analysis.loading import require_columns, the_compact
from gfmd_analysis.objective_axis import BAR, ROW, key, objective_rows
from gfmd_analysis.sentences import count, listing, objectives, sentence
from gfmd_analysis.style import ACCENT, GREY, INK, MUTED, PALE, canvas, frame, themed

TINT, BAND = "#F2DDE0", "#D6DBE0"


@themed
def rank_intervals(table: pd.DataFrame, *, ax: Axes | None = None, scope: str = "", source: str = "") -> Axes:
    """Draw each objective's rank with its 90 % bootstrap interval, the least discussed on top.

    Parameters
    ----------
    table
        As :func:`gfmd_analysis.uncertainty.rank_intervals` gives it.
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
    ax = canvas(16, 5.3 + ROW * len(rows), ax)
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
def even_attention(
    table: pd.DataFrame, *, alpha: float = 0.05, ax: Axes | None = None, scope: str = "", source: str = ""
) -> Axes:
    """Draw each objective's mentions against what even attention would give.

    Parameters
    ----------
    table
        As :func:`gfmd_analysis.uncertainty.even_attention` gives it.
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
    ax = canvas(16, 5.0 + ROW * len(rows), ax)
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
        As :func:`gfmd_analysis.coverage.rank_under_choices` gives it.
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
    ax = canvas(16, 5.6 + 0.58 * len(shown), ax)
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
    firm = survivors(ranks)
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
        the_compact()[["objective", "objective_title"]], on="objective", how="left", validate="one_to_one"
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
