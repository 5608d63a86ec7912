"""Figures of reported numbers: remittances projected, actual and expected; the large numbers of a campaign."""

from typing import Any, Unpack

import pandas as pd
from matplotlib.axes import Axes

from gfmd_analysis.dataset.tables import rows_of
from gfmd_analysis.figures._lettering import folded
from gfmd_analysis.figures._parts import beside, heads
from gfmd_analysis.figures.palette import ACCENT, GREY, INK, MUTED, NUMBER, PALE
from gfmd_analysis.figures.style import Given, add_text, figure, language, sheet, wording
from gfmd_analysis.quantities.wording import computed, period, phrase
from gfmd_analysis.text import clauses, entry, translated

OPEN_ENDED = ("over", "at_least")
LARGE: dict[str, Any] = {"weight": "bold", "size": 9}


@figure("level", "year", "stated", "unit", "bound")
def remittances(levels: pd.DataFrame, **given: Unpack[Given]) -> Axes:
    """Plot the decline of remittances that was projected, the actual one, and the change expected for the next year.

    Parameters
    ----------
    levels
        Of :func:`gfmd_analysis.quantities.metrics.remittance_levels`.
    """
    locale, _ = language(given)
    rows: dict[str, Any] = {row.level: row for row in rows_of(levels)}
    first, actual, expected, total = (rows[level] for level in ("projected_decline", "decline", "growth", "actual"))
    numbers = (phrase(row.stated, row.unit, row.bound, locale) for row in (first, actual, expected, total))
    projected, fall, rise, money = numbers
    averted = computed(rows["averted"].value, "USD", rows["averted"].bound, locale)
    note = _.gettext(
        "World Bank data as IFAD reports them. Hatched: projections. Red: our calculation, from the total and the rates, not a number of the report."
    )
    words = wording(given, _.gettext("Change in remittance flows on the year before"), note)
    ax = sheet(4.4, given["ax"], words)
    decline, rise = _.gettext("a decline of {rate}"), _.gettext("a rise of {rate}").format(rate=rise)
    fallen = _.gettext("a decline of {rate}, to {money}").format(rate=fall, money=money)
    hatched: dict[str, Any] = {"color": PALE, "hatch": "////"}
    bars = (  # name, year, length, words, look
        (_.gettext("First projection\nfor {year}"), first.year, -first.stated, decline.format(rate=projected), hatched),
        (_.gettext("Actual,\n{year}"), actual.year, -actual.stated, fallen, {"color": NUMBER}),
        (_.gettext("Expected\nfor {year}"), expected.year, expected.stated, rise, hatched),
    )
    for place, (_name, _year, change, text, look) in enumerate(bars):
        ax.barh(place, change, height=0.56, edgecolor=NUMBER, linewidth=0.8, **look)
        beside(ax, folded(text, 6.2, 9, "bold"), max(change, 0), place, 6, **LARGE)
    if first.bound in OPEN_ENDED:
        arrow = {"arrowstyle": "-|>", "color": NUMBER, "linewidth": 1.2}
        ax.annotate("", (-first.stated - 2.2, 0), (-first.stated, 0), arrowprops=arrow)
    gap = {"arrowstyle": "<->", "color": ACCENT, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", (-first.stated, 0.62), (-actual.stated, 0.62), arrowprops=gap)
    message = _.gettext("Computed difference from the first projection: {money}")
    label = folded(message.format(money=averted), 5.2, 9, "bold")
    ax.text(-(first.stated + actual.stated) / 2, 0.72, label, ha="center", va="top", color=ACCENT, **LARGE)
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.set(xlim=(-first.stated - 3, first.stated * 1.05), ylim=(2.5, -0.5), xticks=[])
    ax.tick_params(length=0)
    ax.set_yticks(range(3), [name.format(year=year) for name, year, *_bar in bars])
    description = _.gettext(
        "Three bars. First projection for {year}: {projected}. Actual, {year}: {fall}, to {money}. Expected for {next}: {rise}. Computed difference from the first projection, by our calculation: {averted}"
    )
    said = {"year": actual.year, "projected": decline.format(rate=projected), "fall": decline.format(rate=fall)}
    said |= {"money": money, "next": expected.year, "rise": rise, "averted": averted}
    return add_text(ax, **words, description=description.format(**said))


@figure("what", "stated", "unit", "bound", "period_start", "period_end", "paragraph", rows="number of a campaign")
def campaign(reach: pd.DataFrame, **given: Unpack[Given]) -> Axes:
    """Set out the numbers of a campaign, each with its bound, who or what is counted, and the period.

    Parameters
    ----------
    reach
        Numbers in the order to be shown: ``what``, ``stated``, ``unit``, ``bound``, ``period_start``, ``period_end``,
        ``paragraph``; :func:`gfmd_analysis.quantities.metrics.campaign_reach`.
    """
    locale, _ = language(given)
    note = _.gettext(
        "Impressions count views, not people; one person can be counted in several rows. The numbers measure different things and cannot be added together."
    )
    words = wording(given, _.gettext("Numbers reported for the campaign, the largest first"), note)
    ax = sheet(0.8 + 1.3 * len(reach), given["ax"], words)
    names = (_.gettext("Number"), _.gettext("What is counted"), _.gettext("Period"), _.gettext("Para."))
    heads(ax, -0.62, list(zip((0.0, 0.33, 0.77, 1.0), names, strict=True)))
    undated, told = _.gettext("period not given"), []
    for place, row in enumerate(rows_of(reach)):
        number = phrase(row.stated, "", row.bound, locale)
        counted, when = translated(str(row.what), locale), period(row.period_start, row.period_end, locale)
        ax.text(0, place, number, va="center", size=15, weight="bold", color=NUMBER if place else ACCENT)
        ax.text(0.33, place, folded(counted, 6.6), va="center", linespacing=1.25)
        ax.text(0.77, place, folded(when or undated, 2.9), va="center", color=INK if when else MUTED)
        ax.text(1, place, f"{row.paragraph}", ha="right", va="center")
        ax.axhline(place - 0.45, color=PALE if place else GREY, linewidth=0.8)
        told.append(entry(number, f"{counted} ({when or undated})", locale))
    ax.set(xlim=(0, 1), ylim=(len(reach) - 0.45, -0.9), xticks=[], yticks=[])
    return add_text(ax, **words, description=clauses(told, locale))
