"""Figures of reported numbers: remittances projected, actual and expected; the large numbers of a campaign."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from gfmd_analysis.dataset.tables import require_columns, require_rows, rows_of
from gfmd_analysis.figures.style import ACCENT, GREY, INK, MUTED, NUMBER, PALE, add_text, folded, sheet, themed
from gfmd_analysis.quantities.wording import computed, period, phrase
from gfmd_analysis.text import translated, translator

OPEN_ENDED = ("over", "at_least")


@themed
def remittances(
    levels: pd.DataFrame,
    *,
    title: str | None = None,
    scope: str = "",
    source: str = "",
    locale: str = "en",
    ax: Axes | None = None,
) -> Axes:
    """Plot the decline of remittances that was projected, the actual one, and the change expected for the next year.

    Parameters
    ----------
    levels
        Of :func:`gfmd_analysis.quantities.metrics.remittance_levels`.
    {shared}
    """
    require_columns(levels, "level", "year", "stated", "unit", "bound")
    _ = translator(locale)
    rows: dict[str, Any] = {row.level: row for row in rows_of(levels)}
    first, actual, expected, total = (rows[level] for level in ("projected_decline", "decline", "growth", "actual"))
    told = {level: phrase(row.stated, row.unit, row.bound, locale) for level, row in rows.items()}
    money = phrase(total.stated, total.unit, total.bound, locale)
    averted = computed(rows["averted"].value, "USD", rows["averted"].bound, locale)
    words: dict[str, Any] = {
        "title": title,
        "what": _.gettext("Change in remittance flows on the year before"),
        "scope": scope,
        "source": source,
        "note": _.gettext(
            "World Bank data as IFAD reports them. Hatched: projections. Red: our calculation, from the total and the rates, not a number of the report."
        ),
        "locale": locale,
    }
    ax = sheet(4.4, ax, words)
    bars = (
        (_.gettext("First projection\nfor {year}").format(year=first.year), -first.stated, PALE, "////"),
        (_.gettext("Actual,\n{year}").format(year=actual.year), -actual.stated, NUMBER, ""),
        (_.gettext("Expected\nfor {year}").format(year=expected.year), expected.stated, PALE, "////"),
    )
    for place, (_label, value, colour, hatch) in enumerate(bars):
        ax.barh(place, value, height=0.56, color=colour, hatch=hatch, edgecolor=NUMBER, linewidth=0.8)
    beside = (
        _.gettext("a decline of {rate}").format(rate=told["projected_decline"]),
        _.gettext("a decline of {rate}, to {money}").format(rate=told["decline"], money=money),
        _.gettext("a rise of {rate}").format(rate=told["growth"]),
    )
    for place, (text, (_label, value, _colour, _hatch)) in enumerate(zip(beside, bars, strict=True)):
        ax.annotate(
            folded(text, 6.2, 9, "bold"),
            (max(value, 0), place),
            (6, 0),
            textcoords="offset points",
            va="center",
            weight="bold",
            size=9,
        )
    if first.bound in OPEN_ENDED:
        arrow = {"arrowstyle": "-|>", "color": NUMBER, "linewidth": 1.2}
        ax.annotate("", (-first.stated - 2.2, 0), (-first.stated, 0), arrowprops=arrow)
    gap = {"arrowstyle": "<->", "color": ACCENT, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", (-first.stated, 0.62), (-actual.stated, 0.62), arrowprops=gap)
    ax.text(
        -(first.stated + actual.stated) / 2,
        0.72,
        folded(
            _.gettext("Computed difference from the first projection: {money}").format(
                money=averted.replace(" ", "\N{NO-BREAK SPACE}")
            ),
            5.2,
            9,
            "bold",
        ),
        ha="center",
        va="top",
        color=ACCENT,
        weight="bold",
        size=9,
    )
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.set(xlim=(-first.stated - 3, first.stated * 1.05), ylim=(2.5, -0.5), xticks=[])
    ax.set_yticks(range(3), [label for label, *_rest in bars])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return add_text(
        ax,
        **words,
        description=_.gettext(
            "Three bars. First projection for {year}: {projected}. Actual, {year}: {fall}, to {money}. Expected for {next}: {rise}. Computed difference from the first projection, by our calculation: {averted}"
        ).format(
            year=actual.year,
            projected=beside[0],
            fall=beside[1].partition(",")[0],
            money=money,
            next=expected.year,
            rise=beside[2],
            averted=averted,
        ),
    )


@themed
def campaign(
    reach: pd.DataFrame,
    *,
    title: str | None = None,
    scope: str = "",
    source: str = "",
    locale: str = "en",
    ax: Axes | None = None,
) -> Axes:
    """Set out the numbers of a campaign, each with its bound, who or what is counted, and the period.

    Parameters
    ----------
    reach
        Numbers in the order to be shown: ``what``, ``stated``, ``unit``, ``bound``, ``period_start``, ``period_end``,
        ``paragraph``; :func:`gfmd_analysis.quantities.metrics.campaign_reach`.
    {shared}
    """
    require_columns(reach, "what", "stated", "unit", "bound", "period_start", "period_end", "paragraph")
    require_rows(reach, "number of a campaign")
    _ = translator(locale)
    words: dict[str, Any] = {
        "title": title,
        "what": _.gettext("Numbers reported for the campaign, the largest first"),
        "scope": scope,
        "source": source,
        "note": _.gettext(
            "Impressions count views, not people; one person can be counted in several rows. The numbers measure different things and cannot be added together."
        ),
        "locale": locale,
    }
    ax = sheet(0.8 + 1.3 * len(reach), ax, words)
    heads = (_.gettext("Number"), _.gettext("What is counted"), _.gettext("Period"), _.gettext("Para."))
    columns, told = (0.0, 0.33, 0.77, 1.0), []
    for x, head in zip(columns, heads, strict=True):
        ax.text(x, -0.62, head, ha="right" if x == 1 else "left", va="center", color=MUTED, weight="bold")
    undated = _.gettext("period not given")
    for place, row in enumerate(rows_of(reach)):
        number = phrase(row.stated, "", row.bound, locale)
        counted, when = translated(str(row.what), locale), period(row.period_start, row.period_end, locale)
        ax.text(0, place, number, va="center", size=15, weight="bold", color=ACCENT if place == 0 else NUMBER)
        ax.text(columns[1], place, folded(counted, 6.6), va="center", linespacing=1.25)
        ax.text(columns[2], place, folded(when or undated, 2.9), va="center", color=INK if when else MUTED)
        ax.text(1, place, f"{row.paragraph}", ha="right", va="center")
        ax.axhline(place - 0.45, color=GREY if place == 0 else PALE, linewidth=0.8)
        told.append(f"{phrase(row.stated, row.unit, row.bound, locale)} ({counted}, {when or undated})")
    ax.set(xlim=(0, 1), ylim=(len(reach) - 0.45, -0.9), xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    return add_text(ax, **words, description="; ".join(told))
