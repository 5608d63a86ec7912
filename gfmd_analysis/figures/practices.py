"""Figures of practices and of what is asked: regions, shared demands, and what is due before the IMRF."""

from collections.abc import Iterable, Sequence
from typing import Any, Unpack

import numpy as np
import numpy.typing as npt
import pandas as pd
from babel.dates import format_date
from matplotlib.axes import Axes

from gfmd_analysis.dataset.tables import require_rows, rows_of
from gfmd_analysis.figures._lettering import breadth, folded
from gfmd_analysis.figures._parts import beside, heads
from gfmd_analysis.figures.names import BOUNDARY_NOTE, country
from gfmd_analysis.figures.palette import GREY, MUTED, NUMBER, PALE, SUBJECT
from gfmd_analysis.figures.style import HIGHEST, Given, add_text, around, figure, language, sheet, wording
from gfmd_analysis.practices.speaking import voice_names
from gfmd_analysis.text import (
    LOCALES,
    NN_,
    alphabetical,
    clauses,
    entry,
    listing,
    number_word,
    paras,
    sentence,
    spans,
    territory,
    translated,
    translator,
    when,
)

LINE, PAD = 0.375, 0.13  # cm of height, of a line and around a row
RIGHT = 15.4  # cm, about the width of the picture
AXIS, DAY = 2.8, 3.6  # cm: where the dates begin on the road to the IMRF, and what they take
THIN = "\N{THIN SPACE}"  # in intervals of dates, where a line may end
SEEN = 8  # about so many rows find room
WEEK = pd.Timedelta(days=8)
MORE_SHARED = NN_(
    "Not shown: {n} further recommendation with the support of two speakers or more.",
    "Not shown: {n} further recommendations with the support of two speakers or more.",
)
MORE_DATES = NN_("Not shown: a further date or decision.", "Not shown: further dates and decisions.")


@figure("region", "region_name", "in_region", "subregion", "subregion_name", "practices", "countries", rows="practice")
def practices_by_region(table: pd.DataFrame, **given: Unpack[Given]) -> Axes:
    """Plot where practices are carried out: by M49 region, the largest number first, and sub-region.

    Parameters
    ----------
    table
        Of :func:`gfmd_analysis.practices.catalogue.practices_by_region`.
    """
    locale, _ = language(given)
    apart = {"": _.gettext("No place named"), "001": _.gettext("Worldwide")}
    bars: list[tuple[str, int, str, str, str]] = []  # name, practices, colour, weight of the letters, countries
    for row, again in zip(rows_of(table), table["region"].duplicated(), strict=True):
        if not again:
            label = apart.get(row.region) or territory(row.region, row.region_name, locale)
            bars.append((label, int(row.in_region), GREY if row.region in apart else NUMBER, "bold", ""))
        if row.subregion != row.region:
            label = territory(row.subregion, row.subregion_name, locale)
            named = sorted((country(each, locale) for each in row.countries), key=alphabetical)
            bars.append((label, int(row.practices), SUBJECT, "normal", listing(named, locale) if named else ""))
    note = _.gettext(
        "A practice is tied to the countries and regions where it is carried out, as the report names them. One in two places "
        "counts in both, one tied only to a region in no sub-region: sub-regions need not add up."
    )
    what = _.gettext("Practices by the region and sub-region (UN M49) that they are tied to")
    words = wording(given, what, f"{note} {_.gettext(BOUNDARY_NOTE)}")
    ax = sheet(0.4 + 0.46 * len(bars), given["ax"], words)
    picture = 15.0 - breadth((label for label, *_rest in bars), weight="bold")  # cm right of the names
    unit = 0.55 * picture / max(number for _label, number, *_rest in bars)
    ax.set_yticks(range(len(bars)), [label for label, *_rest in bars])
    for y, (_label, number, colour, weight, countries) in enumerate(bars):
        ax.get_yticklabels()[y].set(weight=weight)
        ax.barh(y, number, height=0.7, color=colour)
        beside(ax, f"{number}", number, y, 3, weight=weight)
        first, *more = folded(countries, picture - unit * number - 0.8).split("\n")
        beside(ax, first + "…" * bool(more), number, y, 20, color=MUTED)
    ax.set(xlim=(0, picture / unit), ylim=(len(bars) - 0.4, -0.6), xticks=[])
    ax.tick_params(length=0)
    told = [f"{label} {number}" for label, number, *_rest in bars]
    return add_text(ax, **words, description=clauses(told, locale))


@figure("text", "objectives", "supporters", "voices", "paragraphs")
def shared_recommendations(table: pd.DataFrame, **given: Unpack[Given]) -> Axes:
    """Set out the demands that several speakers share, with their supporters, the broadest first, as many as fit.

    Parameters
    ----------
    table
        Of :func:`gfmd_analysis.practices.recommendations.consolidated_recommendations`; demands of one supporter are
        left out.
    """
    shared = table[table["supporters"] > 1]
    require_rows(shared, "recommendation that two speakers or more make")
    locale, _ = language(given)
    shared = shared.assign(
        asked=[translated(text, locale).rstrip(".") for text in shared["text"]],
        behind=[listing(voice_names(voices, locale), locale) for voices in shared["voices"]],
        cited=[folded(spans(numbers), 1.5) for numbers in shared["paragraphs"]],
    )
    room = 14.4 - breadth([*shared["cited"], _.gettext("Paras.")])

    def texts(wide: float) -> list[tuple[str, str]]:
        return [(folded(row.asked, wide), folded(row.behind, room - wide)) for row in rows_of(shared)]

    wide = min(np.arange(5.4, 7.9, 0.2).tolist(), key=lambda wide: sum(map(_lines, texts(wide)[:SEEN])))
    names_at = wide + 0.85
    note = _.gettext("Summaries of chairs and facilitators are left out; speakers of a joint statement count once.")
    words = wording(given, _.gettext("Recommendations that several speakers share, by the number of speakers"), note)
    heights = [PAD + LINE * _lines(row) for row in texts(wide)]
    tops = _fitted(heights, words, 0.85, MORE_SHARED, list(shared["supporters"]))
    shown = rows_of(shared)[: len(tops) - 1]
    ax = sheet(0.85 + float(tops[-1]), given["ax"], words)
    columns = (_.gettext("Recommendation"), _.gettext("Speakers who make or support it"), _.gettext("Paras."))
    heads(ax, -0.3, list(zip((0, names_at, RIGHT - 0.1), columns, strict=True)))
    middles = (tops[:-1] + np.diff(tops) / 2).tolist()
    for row, (asked, behind), top, middle in zip(shown, texts(wide), tops, middles, strict=False):
        ax.axhline(top, color=PALE if top else GREY, lw=0.8)
        ax.text(0, middle, asked, va="center", linespacing=1.15)
        number: dict[str, Any] = {"size": 13, "weight": "bold", "color": NUMBER}
        ax.text(names_at - 0.25, middle, f"{row.supporters}", ha="right", va="center", **number)
        ax.text(names_at, middle, behind, va="center", linespacing=1.15)
        ax.text(RIGHT - 0.1, middle, row.cited, ha="right", va="center", linespacing=1.15)
    ax.set(xlim=(0, RIGHT), ylim=(tops[-1], -0.6), xticks=[], yticks=[])
    told = [
        entry(row.asked, f"{row.supporters} ({clauses((row.behind, paras(row.paragraphs, locale)), locale)})", locale)
        for row in shown
    ]
    return add_text(ax, **words, description=clauses(told, locale))


@figure("start", "end", "precision", "what", "body_names", "paragraph", rows="date or decision due")
def road_to_imrf(milestones: pd.DataFrame, **given: Unpack[Given]) -> Axes:
    """Plot dates and decisions due in time, as exactly as the report dates them; undated ones stand below.

    Parameters
    ----------
    milestones
        Of :func:`gfmd_analysis.practices.recommendations.milestones`, those to be shown: ``start``, ``end``,
        ``precision``, ``what``, ``body_names``, ``paragraph``.
    """
    locale, _ = language(given)
    rows = milestones.assign(last=milestones["end"].fillna(milestones["start"]))
    rows = rows.drop_duplicates(["what", "start", "end"])
    rows = rows.sort_values(["last", "start"], na_position="last", ignore_index=True)
    dates = [when(row.start, row.end, row.precision, locale) for row in rows_of(rows)]
    told = {each: [_dated(row, each) for row in rows_of(rows)] for each in LOCALES}
    lines = {each: [_lines(row) for row in told[each]] for each in told}
    longest = np.max(list(lines.values()), axis=0)  # so that every language shows the same rows
    note = _.gettext("Diamond: known to the day. Dark: known to the month. Light: a season or a year.")
    words = wording(given, _.gettext("Dates and decisions ahead, with the bodies concerned"), note)
    fitting = len(_fitted(PAD + LINE * longest, words, 0.95, MORE_DATES))
    tops = np.cumsum([0.0, *(PAD + LINE * number for number in lines[locale])])[:fitting]
    rows = rows.head(fitting - 1).assign(y=(tops[:-1] + tops[1:]) / 2)
    dated = rows.assign(first=rows["start"].fillna(rows["last"])).dropna(subset="last")
    require_rows(dated, "dated decision due")
    ax = sheet(0.95 + float(tops[-1]), given["ax"], words)
    for row in rows_of(dated):
        if row.precision == "day" and row.last - row.first < WEEK:
            ax.plot(row.first, row.y, "D", color=NUMBER, markersize=5.5, zorder=3)
        else:
            exact, first = row.precision in ("day", "month"), min(row.first, row.last - 4 * WEEK)
            ax.plot([first, row.last], [row.y, row.y], color=NUMBER if exact else SUBJECT, linewidth=5)
    _months(ax, dated["first"].min() - 1.5 * WEEK, dated["last"].max() + 1.5 * WEEK, float(tops[-1]), locale)
    along = ax.get_yaxis_transform()
    for row, (day, text) in zip(rows_of(rows), told[locale], strict=False):
        ax.text(AXIS / RIGHT, row.y, day, transform=along, va="center", weight="bold", linespacing=1.15)
        ax.text((AXIS + DAY) / RIGHT, row.y, text, transform=along, va="center", linespacing=1.15)
        ax.text(1, row.y, f"{row.paragraph}", transform=along, va="center", ha="right", color=MUTED)
    for top in tops[1:-1]:
        ax.plot([(AXIS - 0.05) / RIGHT, 1], [top, top], transform=along, color=PALE, lw=0.6)
    ax.set_yticks([])
    description = [
        entry(date, f"{_due(row, locale)}, {paras([row.paragraph], locale)}", locale)
        for row, date in zip(rows_of(rows), dates, strict=False)
    ]
    return add_text(ax, **words, description=clauses(description, locale))


def _months(ax: Axes, first: Any, last: Any, bottom: float, locale: str) -> None:
    """Set the time in the left part of the picture, with a line a month and about three names, the year at each first one."""
    ax.set_xlim(first, first + (last - first) * RIGHT / (AXIS - 0.3))
    ax.set_ylim(bottom, -0.1)
    months = pd.date_range(first, last, freq="MS")
    step = next(step for step in (1, 2, 3, 6, 12, 120) if len(months) / step <= 3)
    ticks = months[(months.month - 1) % step == 0]
    yearly = [day.month == 1 or (not i and 1 not in ticks.month[:2]) for i, day in enumerate(ticks)]
    names = [
        f"{format_date(day.date(), 'MMM', locale=LOCALES[locale])}\n{day.year if year else ' '}"
        for day, year in zip(ticks, yearly, strict=True)
    ]
    ax.set_xticks(ticks, names, linespacing=1.0)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.vlines(months, -0.1, bottom, color=PALE, lw=0.6, zorder=0)


def _dated(row: Any, locale: str) -> tuple[str, str]:
    """Fold a date, and what is due, with whose it is where that takes no further line."""
    day = sentence(when(row.start, row.end, row.precision, locale)).replace(THIN, " ")
    room = RIGHT - AXIS - DAY - 0.6
    whole, due = (folded(text, room) for text in (_due(row, locale), _due(row, locale, bodies=False)))
    return folded(day, DAY - 0.1, weight="bold"), whole if whole.count("\n") == due.count("\n") else due


def _due(row: Any, locale: str, *, bodies: bool = True) -> str:
    what = sentence(translated(row.what, locale))
    whose = [name for body in row.body_names if bodies and (name := translated(body, locale)) not in what]
    return what + (f" ({listing(whose, locale)})" if whose else "")


def _lines(texts: Iterable[str]) -> int:
    return max(text.count("\n") for text in texts) + 1


def _fitted(
    heights: Sequence[float], words: dict[str, Any], beside: float, left_out: tuple[str, str], ranks: Sequence[int] = ()
) -> npt.NDArray[np.float64]:
    """Add up the heights of as many rows as fit, one at least and of one rank all or none; the note says what is left out."""
    tops, note, locale = np.concatenate([[0.0], np.cumsum(heights)]), words["note"], words["locale"]
    numbers = range(len(heights), 0, -1)
    whole = [number for number in numbers if not ranks or ranks[number - 1 : number] != ranks[number : number + 1]]
    for number in (*whole, *numbers):
        if left := len(heights) - number:
            told = translator(locale).ngettext(*left_out, left).format(n=number_word(left, locale))
            words["note"] = f"{note} {told}"
        if tops[number] <= HIGHEST - around(words) - beside:
            break
    return tops[: number + 1]
