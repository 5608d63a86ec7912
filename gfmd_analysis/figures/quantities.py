"""Figures of the numbers: remittances that held, a campaign's reach, initiatives in time, fair comparisons."""

import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from gfmd_analysis.errors import NoDataError
from gfmd_analysis.figures.names import quantity_label, text
from gfmd_analysis.figures.style import ACCENT, GREY, INK, MUTED, PALE, cm, frame, new_axes, themed
from gfmd_analysis.quantities.intervals import Measure
from gfmd_analysis.quantities.metrics import comparable
from gfmd_analysis.quantities.wording import phrase, words
from gfmd_analysis.text import spans

OPEN_UPWARDS = ("over", "at_least")


def _source(numbers: Iterable[int], locale: str, source: str) -> str:
    cited = pd.Series(list(numbers), dtype="Int64")
    paragraphs = sorted(cited.dropna().unique())
    noun = text("paragraph" if len(paragraphs) == 1 else "paragraphs", locale)
    closing = [text("closing", locale)] if cited.isna().any() else []
    return ", ".join(
        [source or text("report", locale), *([f"{noun} {spans(paragraphs)}"] if paragraphs else []), *closing]
    )


def _level(levels: pd.DataFrame, level: str) -> Measure:
    row = next(row for row in _rows(levels) if row.level == level)
    return Measure(row.value, row.lower, row.upper, row.unit, row.closed)


def _rows(table: pd.DataFrame) -> list[Any]:
    """Give a table's rows as named tuples, untyped as pandas gives them."""
    return list(table.itertuples())


def _when(day: Any) -> float:
    """Give a day as a year and its part."""
    return float(day.year + (day.day_of_year - 1) / 366)


@themed
def remittances_held(levels: pd.DataFrame, *, ax: Axes | None = None, locale: str = "en", source: str = "") -> Axes:
    """Draw what was feared, what happened and what was expected, with the loss that did not come.

    Parameters
    ----------
    levels
        From :func:`gfmd_analysis.quantities.metrics.remittance_levels`.
    ax
        Axes to draw on; new ones where none are given.
    locale
        Language of the words and numbers: ``en``, ``fr`` or ``es``.
    source
        Name of the report for the source line.

    Returns
    -------
    Axes
        Four bars from nought, in the order of time; on the feared one the gap to what happened.
    """
    ax = new_axes(16, 8.6, ax)
    order = ["before", "feared", "actual", "after"]
    shades = {"before": GREY, "feared": PALE, "actual": INK, "after": GREY}
    years = levels.set_index("level")["year"]
    actual, avoided = _level(levels, "actual"), _level(levels, "avoided")
    for place, level in enumerate(order):
        measure = _level(levels, level)
        ax.barh(place, measure.stated, height=0.62, color=shades[level])
        label = phrase(measure.stated, "", measure.bound, locale)
        colour = "white" if level == "actual" else INK
        end = measure.stated - actual.value * 0.012
        ax.text(end, place, label, ha="right", va="center", size=9, weight="bold", color=colour)
        ax.text(-actual.value * 0.015, place, text(level, locale, year=years[level]), ha="right", va="center", size=8.5)
    feared = _level(levels, "feared").stated
    ax.barh(1, actual.value - feared, left=feared, height=0.62, facecolor="white", edgecolor=ACCENT, linewidth=1.6)
    ax.plot([actual.value] * 2, [1.31, 1.69], color=ACCENT, linewidth=1.6, linestyle=(0, (2, 1.5)))
    gap = textwrap.fill(text("not_lost", locale, avoided=phrase(avoided.stated, "", avoided.bound, locale)), 28)
    ax.text(actual.value * 1.02, 1, gap, color=ACCENT, va="center", weight="bold", size=9)
    ax.set(xlim=(0, actual.value * 1.42), ylim=(3.5, -0.5), xticks=[], yticks=[])
    ax.spines[["left", "bottom"]].set_visible(False)
    rates = {row: words(_level(levels, row), locale) for row in ("feared_fall", "fall", "rise")}
    title = text("held_title", locale, year=years["actual"], avoided=words(avoided, locale))
    subtitle = text("held_subtitle", locale, **rates)
    listed = "; ".join(
        f"{text(level, locale, year=years[level])}: {words(_level(levels, level), locale)}" for level in order
    )
    return frame(
        ax,
        title=title,
        subtitle=subtitle,
        source=_source(levels["paragraph"], locale, source),
        note=text("held_note", locale, year=years["actual"]),
        alt=f"{title}. {listed}.",
        locale=locale,
    )


@themed
def reach_ladder(reach: pd.DataFrame, *, ax: Axes | None = None, locale: str = "en", source: str = "") -> Axes:
    """Draw a campaign's numbers as rungs on a log scale, each with its rate per month and its share where there is one.

    Parameters
    ----------
    reach
        From :func:`gfmd_analysis.quantities.metrics.reach`.
    ax, locale, source
        As in :func:`remittances_held`.

    Returns
    -------
    Axes
        One rung per number, the largest on top; an arrow to the right where the number is a lower bound.
    """
    ax = new_axes(16, 5.6 + 0.85 * len(reach), ax)
    labels = [quantity_label(row.quantity, row.what, locale) for row in _rows(reach)]
    for place, row in enumerate(_rows(reach)):
        colour = ACCENT if place == 0 else INK
        ax.plot(row.stated, place, "o", color=colour, markersize=6, zorder=3)
        if row.bound in OPEN_UPWARDS:
            arrow = {"arrowstyle": "->", "color": colour, "linewidth": 1.2}
            ax.annotate("", (row.stated * 3, place), (row.stated, place), arrowprops=arrow)
        for column, told in enumerate(_asides(row, locale)):
            _aside(ax, place, told, 8 + 84 * column)
    for column, head in enumerate(("per_month", "share")):
        _aside(ax, -0.75, text(head, locale), 8 + 84 * column, weight="bold")
    lowest, highest = reach["stated"].min(), reach["stated"].max()
    ax.set(xscale="log", xlim=(lowest / 10, highest * 3), ylim=(len(reach) - 0.4, -1.1))
    numbers = [phrase(row.stated, row.unit, row.bound, locale) for row in _rows(reach)]
    for place, (number, label) in enumerate(zip(numbers, labels, strict=True)):
        _aside(ax, place, number, -8, weight="bold", rise=5.5)
        _aside(ax, place, label, -8, rise=-5.5)
    ax.set_yticks(range(len(reach)), [""] * len(reach))
    ax.tick_params(axis="y", length=0)
    decades = 10.0 ** np.arange(0, np.log10(highest * 3), 2)
    ax.set_xticks(decades, [phrase(tick, locale=locale) for tick in decades])
    ax.minorticks_off()
    ax.grid(axis="y")
    ax.spines["left"].set_visible(False)
    title = text("ladder_title", locale, most=numbers[0], least=numbers[-1])
    return frame(
        ax,
        title=title,
        subtitle=text("ladder_subtitle", locale),
        source=_source(reach["paragraph"], locale, source),
        note=text("ladder_note", locale),
        alt=f"{title}. {'; '.join(f'{label}: {number}' for label, number in zip(labels, numbers, strict=True))}.",
        locale=locale,
    )


def _aside(ax: Axes, place: float, told: str, offset: float, weight: str = "normal", rise: float = 0) -> None:
    """Write beside the picture, a fixed way right (or left) of it, so that the layout can make room."""
    edge, side = ax.get_yaxis_transform(), "left" if offset > 0 else "right"
    colour = INK if weight == "bold" else MUTED
    style: dict[str, Any] = {"va": "center", "ha": side, "size": 8, "weight": weight, "color": colour}
    where = (1 if offset > 0 else 0, place)
    ax.annotate(told, where, xycoords=edge, xytext=(offset, rise), textcoords="offset points", **style)


def _asides(row: Any, locale: str) -> tuple[str, str]:
    """Say a rung's rate per month and its share, or put a dash."""
    rate = part = "–"
    if not pd.isna(row.per_month):
        rate = phrase(row.per_month, "", row.per_month_bound, locale)
    if not pd.isna(row.share_of):
        part = phrase(row.share, "percent", row.share_bound, locale)
    return rate, part


@themed
def initiative_timeline(
    initiatives: pd.DataFrame, *, until: pd.Timestamp, ax: Axes | None = None, locale: str = "en", source: str = ""
) -> Axes:
    """Draw initiatives in time, as exactly as the report dates them: a month, a year, or not at all.

    Parameters
    ----------
    initiatives
        From :func:`gfmd_analysis.quantities.metrics.initiatives`.
    until
        The day of the meeting, where the time axis ends.
    ax, locale, source
        As in :func:`remittances_held`. Names of initiatives stay in the language of the data.

    Returns
    -------
    Axes
        One row per initiative, dated ones first: a dot for a month, a bar for a year, neither for no date.
    """
    names = initiatives.drop_duplicates("practice").reset_index(drop=True)
    dated = names["start"].notna()
    ax = new_axes(16, 5.0 + 0.85 * dated.sum() + 0.5 * (~dated).sum(), ax)
    first, last = int(initiatives["start"].min().year), int(initiatives["end"].max().year) + 1
    steps = np.where(dated, 1.0, 0.58)
    steps[dated.sum() :][:1] = 1.0
    places = dict(zip(names["practice"], np.cumsum(steps), strict=True))
    for row in _rows(initiatives[initiatives["start"].notna()]):
        place = places[row.practice]
        if (row.end - row.start).days < 31:
            ax.plot(_when(row.start + (row.end - row.start) / 2), place, "o", color=ACCENT, markersize=7)
        else:
            ax.plot([row.start.year + 0.02, row.end.year + 0.98], [place, place], color=INK, linewidth=6)
    for row in _rows(names):
        led = ", ".join([*([] if pd.isna(row.lead) else [row.lead]), f"§ {row.paragraphs}"])
        place = places[row.practice]
        _aside(ax, place, led, 6)
    ax.plot([_when(until)] * 2, [0.4, dated.sum() + 0.5], color=GREY, linewidth=0.8, zorder=0)
    ax.set(xlim=(first, last), ylim=(max(places.values()) + 0.5, 0.3))
    heads = {places[row.practice]: textwrap.fill(row.name, 60 if pd.isna(row.start) else 44) for row in _rows(names)}
    for key in names.loc[~dated, "practice"].head(1):
        ax.text(first + 0.02, places[key], text("undated", locale), va="center", color=MUTED, size=8)
    ax.set_yticks(list(heads), list(heads.values()))
    years = range(first, last)
    ticks = {year + 0.5: str(year) for year in years} | {_when(until): text("meeting", locale)}
    ax.set_xticks(list(ticks), list(ticks.values()))
    ax.xaxis.set_ticks_position("top")
    ax.tick_params(length=0)
    ax.spines[["left", "bottom"]].set_visible(False)
    busiest = initiatives["start"].dt.year.value_counts().sort_index().idxmax()
    title = text("timeline_title", locale, dated=int(dated.sum()), all=len(names), busiest=int(busiest))
    return frame(
        ax,
        title=title,
        subtitle=text("timeline_subtitle", locale),
        source=_source(sorted({int(n) for cell in names["paragraphs"] for n in cell.split(", ")}), locale, source),
        note=text("timeline_note", locale),
        alt=f"{title}. {'; '.join(names.loc[dated, 'name'])}.",
        locale=locale,
    )


@themed
def fair_comparisons(
    numbers: pd.DataFrame, panels: Mapping[str, list[str]], *, locale: str = "en", source: str = ""
) -> Axes:
    """Draw small multiples of numbers that count one kind of thing.

    Parameters
    ----------
    numbers
        From :func:`gfmd_analysis.quantities.metrics.tidy`, in the same locale.
    panels
        Panel heading to the keys of its quantities.
    locale, source
        As in :func:`remittances_held`.

    Returns
    -------
    Axes
        The first panel; every panel has its own scale from nought.

    Raises
    ------
    NoDataError
        Where a quantity is not there.
    GfmdError
        Where the numbers of a panel count different things.
    """
    missing = sorted({key for keys in panels.values() for key in keys} - set(numbers["quantity"]))
    if missing:
        raise NoDataError(f"the data in use hold no quantity {', '.join(missing)}")
    groups = {
        head: numbers.set_index("quantity", drop=False).loc[keys].sort_values("value", ascending=False)
        for head, keys in panels.items()
    }
    kinds = {head: comparable(group) for head, group in groups.items()}
    bars = [len(group) for group in groups.values()]
    figure = plt.figure(figsize=(cm(16), cm(3.2 + 0.8 * len(groups) + 0.62 * sum(bars))), layout="constrained")
    axes = figure.subplots(len(groups), 1, squeeze=False, height_ratios=bars)[:, 0]
    told = []
    for ax, (head, group) in zip(axes, groups.items(), strict=True):
        labels = [quantity_label(row.quantity, row.what, locale) for row in _rows(group)]
        top = 100.0 if kinds[head] == "percent" else group["value"].max()
        ax.barh(range(len(group)), group["value"], height=0.6, color=[INK, *[GREY] * (len(group) - 1)])
        for y, row in enumerate(_rows(group)):
            ax.text(row.value + top * 0.02, y, row.wording, va="center", size=8)
        told += [f"{label}: {wording}" for label, wording in zip(labels, group["wording"], strict=True)]
        ax.set_yticks(range(len(group)), labels)
        ax.tick_params(axis="y", length=0)
        ax.set(xlim=(0, top * 1.2), ylim=(len(group) - 0.5, -0.5), xticks=[])
        ax.spines["bottom"].set_visible(False)
        ax.set_title(head)
    title = text("multiples_title", locale, panels=len(groups))
    cited = pd.concat(list(groups.values()))["paragraph"]
    return frame(
        axes[0],
        title=title,
        subtitle=text("multiples_subtitle", locale),
        source=_source(cited, locale, source),
        alt=f"{title}. {'; '.join(told)}.",
        locale=locale,
    )
