"""Figures of practices and of what is asked: regions, partners, shared demands, and what is due before the IMRF."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from babel.dates import format_date
from matplotlib.axes import Axes

from gfmd_analysis.dataset.tables import require_columns, require_rows, rows_of
from gfmd_analysis.figures.names import BOUNDARY_NOTE, country, place
from gfmd_analysis.figures.networks import constituency_key, draw_tie
from gfmd_analysis.figures.style import (
    CONSTITUENCY_COLOURS,
    CONSTITUENCY_MARKERS,
    GREY,
    HIGHEST,
    MUTED,
    NUMBER,
    PALE,
    SUBJECT,
    TALLEST,
    add_text,
    around,
    breadth,
    folded,
    readable,
    sheet,
    themed,
)
from gfmd_analysis.networks.ordination import two_column_order
from gfmd_analysis.text import (
    LOCALES,
    NN_,
    actor_name,
    listing,
    number_word,
    paras,
    sentence,
    spans,
    translated,
    translator,
    when,
)

LINE, PAD = 0.375, 0.13  # cm of height, of a line and around a row
THIN = "\N{THIN SPACE}"  # in intervals of dates, where a line may end
SEEN = 8  # about so many rows find room
Tops = npt.NDArray[np.float64]
MORE_SHARED = NN_(
    "{n} further recommendation that two speakers or more make or welcome is not shown.",
    "{n} further recommendations that two speakers or more make or welcome are not shown.",
)
MORE_DATES = NN_("{n} further date is not shown.", "{n} further dates are not shown.")
UNDATED = NN_("{n} decision without a date is not shown.", "{n} decisions without a date are not shown.")


@themed
def practices_by_region(
    table: pd.DataFrame,
    *,
    title: str | None = None,
    scope: str = "",
    source: str = "",
    locale: str = "en",
    ax: Axes | None = None,
) -> Axes:
    """Plot where practices are carried out: by M49 region, the largest number first, and sub-region.

    Parameters
    ----------
    table
        Of :func:`gfmd_analysis.practices.catalogue.practices_by_region`.
    {shared}
    """
    require_columns(
        table, "region", "region_name", "in_region", "subregion", "subregion_name", "practices", "countries"
    )
    require_rows(table, "practice")
    _ = translator(locale)
    apart = {"": _.gettext("No place named"), "001": _.gettext("Worldwide")}
    bars: list[tuple[str, int, str, bool]] = []
    for region, rows in table.groupby("region", sort=False):
        nested = rows[rows["subregion"] != region]
        total, first = int(rows["in_region"].iloc[0]), str(rows["region_name"].iloc[0])
        bars.append((apart.get(str(region)) or place(str(region), first, locale), total, "", True))
        for row in rows_of(nested):
            countries = [country(one, locale) for one in row.countries]
            told = listing(countries, locale) if countries else ""
            bars.append((place(row.subregion, row.subregion_name, locale), int(row.practices), told, False))
    words: dict[str, Any] = {
        "title": title,
        "what": _.gettext("Practices by the region and sub-region (UN M49) that they are tied to"),
        "scope": scope,
        "source": source,
        "note": " ".join(
            (
                _.gettext(
                    "A practice is tied to the countries and regions where it is carried out, as the report names them. If there "
                    "are two, it counts in both; if there is only a region, it is in no sub-region: sub-regions need not add up."
                ),
                _.gettext(BOUNDARY_NOTE),
            )
        ),
        "locale": locale,
    }
    ax = sheet(0.4 + 0.46 * len(bars), ax, words)
    widest = max(number for _name, number, *_rest in bars)
    picture = 15.0 - breadth((label for label, *_rest in bars), weight="bold")  # cm right of the names
    unit = 0.55 * picture / widest
    for y, (label, number, beside, whole) in enumerate(bars):
        ax.barh(y, number, height=0.7, color=GREY if label in apart.values() else NUMBER if whole else SUBJECT)
        ax.annotate(
            f"{number}",
            (number, y),
            (3, 0),
            textcoords="offset points",
            va="center",
            weight="bold" if whole else "normal",
        )
        first, *more = folded(beside, picture - unit * number - 0.8).split("\n")
        ax.annotate(
            first + "…" * bool(more), (number, y), (20, 0), textcoords="offset points", va="center", color=MUTED
        )
    ax.set(xlim=(0, picture / unit), ylim=(len(bars) - 0.4, -0.6), xticks=[])
    ax.set_yticks(range(len(bars)), [label for label, *_rest in bars])
    for tick, (*_rest, whole) in zip(ax.get_yticklabels(), bars, strict=True):
        tick.set(weight="bold" if whole else "normal")
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return add_text(ax, **words, description="; ".join(f"{label} {number}" for label, number, *_rest in bars))


@themed
def shared_recommendations(
    table: pd.DataFrame,
    *,
    title: str | None = None,
    scope: str = "",
    source: str = "",
    locale: str = "en",
    ax: Axes | None = None,
) -> Axes:
    """Set out the demands that several speakers share, with their supporters, the broadest first, as many as fit.

    Parameters
    ----------
    table
        Of :func:`gfmd_analysis.practices.recommendations.consolidated_recommendations`; demands of one supporter are
        left out.
    {shared}
    """
    require_columns(table, "text", "objectives", "supporters", "actors", "actor_names", "paragraphs")
    shared = table[table["supporters"] > 1]
    require_rows(shared, "recommendation that two speakers or more make")
    _ = translator(locale)
    cited = [folded(spans(row.paragraphs), 1.5) for row in rows_of(shared)]
    narrow = max(breadth(cited), breadth([_.gettext("Paras.")]))
    folds = [_demands(shared, float(wide), 14.4 - float(wide) - narrow, locale) for wide in np.arange(5.4, 7.9, 0.2)]
    names_at, blocks = min(folds, key=lambda fold: sum(lines for *_rest, lines in fold[1][:SEEN]))
    words: dict[str, Any] = {
        "title": title,
        "what": _.gettext("Recommendations that several speakers share, by the number of speakers"),
        "scope": scope,
        "source": source,
        "note": _.gettext("Summaries of chairs and facilitators are left out; speakers in a joint talk count once."),
        "locale": locale,
    }
    rows = [PAD + LINE * lines for *_rest, lines in blocks]
    tops = _fitted(rows, words, 0.85, lambda number: _left_out(number, MORE_SHARED, locale))
    blocks, heights = blocks[: len(tops) - 1], np.diff(tops)
    ax = sheet(0.85 + float(tops[-1]), ax, words)
    heads = (
        (0, "left", _.gettext("Recommendation")),
        (names_at, "left", _.gettext("Speakers who make or welcome it")),
        (15.3, "right", _.gettext("Paras.")),
    )
    for x, side, head in heads:
        ax.text(x, -0.3, head, ha=side, va="center", color=MUTED, weight="bold")
    for (row, asked, _who, supporters, _lines), where, top, height in zip(blocks, cited, tops, heights, strict=False):
        middle = float(top + height / 2)
        ax.axhline(top, color=PALE if top else GREY, lw=0.8)
        ax.text(0, middle, asked, va="center", linespacing=1.15)
        ax.text(
            names_at - 0.25, middle, f"{row.supporters}", ha="right", va="center", size=13, weight="bold", color=NUMBER
        )
        ax.text(names_at, middle, supporters, va="center", linespacing=1.15)
        ax.text(15.3, middle, where, ha="right", va="center", linespacing=1.15)
    ax.set(xlim=(0, 15.4), ylim=(tops[-1], -0.6), xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    return add_text(
        ax,
        **words,
        description="; ".join(
            f"{translated(row.text, locale).rstrip('.')}: {row.supporters} ({listing(who, locale)}; {paras(row.paragraphs, locale)})"
            for row, _asked, who, *_rest in blocks
        ),
    )


def _demands(shared: pd.DataFrame, wide: float, names: float, locale: str) -> tuple[float, list[Any]]:
    """Fold demands and supporters to widths in centimetres; where the names begin, and each row with its lines."""
    blocks = []
    for row in rows_of(shared):
        asked = folded(translated(row.text, locale).rstrip("."), wide)
        who = [actor_name(code, label, locale) for code, label in zip(row.actors, row.actor_names, strict=True)]
        supporters = folded(listing(who, locale), names)
        blocks.append((row, asked, who, supporters, max(asked.count("\n"), supporters.count("\n")) + 1))
    return wide + 0.85, blocks


@themed
def road_to_imrf(
    milestones: pd.DataFrame,
    *,
    title: str | None = None,
    scope: str = "",
    source: str = "",
    locale: str = "en",
    ax: Axes | None = None,
) -> Axes:
    """Plot dates and decisions due in time, as exactly as the report dates them; undated ones stand below.

    Parameters
    ----------
    milestones
        Of :func:`gfmd_analysis.practices.recommendations.milestones`, those to be shown: ``start``, ``end``,
        ``precision``, ``what``, ``body_names``, ``paragraph``.
    {shared}
    """
    require_columns(milestones, "start", "end", "precision", "what", "body_names", "paragraph")
    require_rows(milestones, "date or decision due")
    _ = translator(locale)
    dated = milestones["end"].fillna(milestones["start"])
    rows = (
        milestones.assign(last=dated)
        .drop_duplicates(["what", "start", "end"])
        .sort_values(["last", "start"], na_position="last", ignore_index=True)
    )
    texts = [_short(row, locale) for row in rows_of(rows)]
    days = [
        folded(sentence(when(row.start, row.end, row.precision, locale)).replace(THIN, " "), 2.9, weight="bold")
        for row in rows_of(rows)
    ]
    lines = [max(day.count("\n"), text.count("\n")) + 1 for day, text in zip(days, texts, strict=True)]
    words: dict[str, Any] = {
        "title": title,
        "what": _.gettext("Dates and decisions ahead, and who is responsible"),
        "scope": scope,
        "source": source,
        "note": _.gettext("Diamond: known to the day. Dark: known to the month. Light: a season or a year."),
        "locale": locale,
    }
    undated = int(rows["last"].isna().sum())

    def left_out(number: int) -> str:
        dated, others = max(number - undated, 0), min(number, undated)
        return " ".join((_left_out(dated, MORE_DATES, locale), _left_out(others, UNDATED, locale))).strip()

    tops = _fitted([PAD + LINE * number for number in lines], words, 0.95, left_out)
    rows, middles = rows.head(len(tops) - 1), (tops[:-1] + tops[1:]) / 2
    ax = sheet(0.95 + float(tops[-1]), ax, words)
    starts, ends = rows["start"].fillna(rows["last"]), rows["end"].fillna(rows["last"])
    for row, y, start, end in zip(rows_of(rows), middles, starts, ends, strict=True):
        if pd.isna(end):
            continue
        if (end - start).days < 8:
            ax.plot(start, y, "D", color=NUMBER, markersize=5.5, zorder=3)
        else:
            exact = str(row.precision) in ("day", "month")
            ax.plot([start, end], [y, y], color=NUMBER if exact else SUBJECT, linewidth=5)
    first, last = starts.min() - pd.Timedelta(days=12), ends.max() + pd.Timedelta(days=12)
    ax.set_xlim(first, first + (last - first) * 15.4 / 3.4)
    ax.set_ylim(float(tops[-1]), -0.1)
    months = pd.date_range(first, last, freq="MS")
    step = next(step for step in (1, 2, 3, 6, 12, 120) if len(months) / step <= 4)
    ticks = months[(months.month - 1) % step == 0]
    yearly = [day.month == 1 or (not i and 1 not in ticks.month[:2]) for i, day in enumerate(ticks)]
    names = [_month(day, locale, yearly=year) for day, year in zip(ticks, yearly, strict=True)]
    ax.set_xticks(ticks, names, linespacing=1.0)
    ax.xaxis.tick_top()
    ax.tick_params(axis="x", length=0)
    ax.vlines(months, -0.1, tops[-1], color=PALE, lw=0.6, zorder=0)
    along = ax.get_yaxis_transform()
    for row, day, text, y in zip(rows_of(rows), days, texts, middles, strict=False):
        ax.text(3.7 / 15.4, y, day, transform=along, va="center", weight="bold", linespacing=1.15)
        ax.text(6.7 / 15.4, y, text, transform=along, va="center", linespacing=1.15)
        ax.text(1, y, f"{row.paragraph}", transform=along, va="center", ha="right", color=MUTED)
    for top in tops[1:-1]:
        ax.plot([3.65 / 15.4, 1], [top, top], transform=along, color=PALE, lw=0.6)
    ax.set_yticks([])
    ax.spines[:].set_visible(False)
    return add_text(
        ax,
        **words,
        description="; ".join(
            f"{when(row.start, row.end, row.precision, locale)}: {_due(row, locale)}, {paras([row.paragraph], locale)}"
            for row in rows_of(rows)
        ),
    )


def _short(row: Any, locale: str) -> str:
    """Fold what is due, with whose it is where that takes no further line."""
    whole, due = (folded(text, 8.1) for text in (_due(row, locale), _due(row, locale, bodies=False)))
    return whole if whole.count("\n") == due.count("\n") else due


def _due(row: Any, locale: str, *, bodies: bool = True) -> str:
    whose = [translated(body, locale) for body in row.body_names] if bodies else []
    what = translated(row.what, locale)
    return f"{what[:1].upper()}{what[1:]}" + (f" ({listing(whose, locale)})" if whose else "")


def _month(day: pd.Timestamp, locale: str, *, yearly: bool) -> str:
    month = str(format_date(day.date(), "MMM", locale=LOCALES[locale]))
    return f"{month}\n{day.year}" if yearly else f"{month}\n "


def _fitted(heights: Sequence[float], words: dict[str, Any], beside: float, left_out: Callable[[int], str]) -> Tops:
    """Add up the heights of as many rows as fit on the paper, one at least; the note says what is left out."""
    tops, note = np.concatenate([[0.0], np.cumsum(heights)]), words["note"]
    for number in range(len(heights), 0, -1):
        words["note"] = f"{note} {left_out(len(heights) - number)}".strip()
        if tops[number] <= HIGHEST - around(words) - beside:
            break
    return tops[: number + 1]


def _left_out(number: int, what: tuple[str, str], locale: str) -> str:
    """Say how many rows found no room, and what they are."""
    told = translator(locale).ngettext(*what, number)
    return told.format(n=sentence(number_word(number, locale))) if number else ""


@themed
def partnership_network(
    edges: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    least: int = 2,
    title: str | None = None,
    scope: str = "",
    source: str = "",
    locale: str = "en",
    ax: Axes | None = None,
) -> Axes:
    """Plot who leads practices (left) with whom (right).

    Parameters
    ----------
    edges
        Of :func:`gfmd_analysis.practices.catalogue.partnerships`.
    actors
        ``actor``, ``constituency``.
    least
        Shared practices that a body must carry to be shown; the note says how many are left out.
    {shared}
    """
    require_columns(edges, "practice", "body", "body_name", "part")
    _ = translator(locale)
    lead, partner = (edges[edges["part"] == part] for part in ("lead", "partner"))
    pairs = lead.merge(partner, on="practice", suffixes=("", "_right"))
    number = edges[edges["part"] != "recipient"].groupby("body")["practice"].nunique()
    often = number.index[number >= least]
    pairs = pairs[pairs["body_right"].isin(often)]
    require_rows(pairs, "practice with a partner that carries several")
    kinds = dict(zip(actors["actor"].astype("str"), actors["constituency"].astype("str"), strict=True))
    names = {**dict(zip(edges["body"], edges["body_name"], strict=True))}
    ties = pairs.groupby(["body", "body_right"])["practice"].nunique().reset_index(name="weight")
    left, right = two_column_order(ties, "body", "body_right")
    tallest = max(len(left), len(right))
    heights = [{body: (i + 0.5) * tallest / len(side) for i, body in enumerate(side)} for side in (left, right)]
    words: dict[str, Any] = {
        "title": title,
        "what": _.gettext("Practices with partners: who leads them (left) and with whom (right)"),
        "scope": scope,
        "source": source,
        "note": _.gettext(
            "The thicker a line, the more practices. {n} bodies carry practices together; partners in fewer than {least} are left out."
        ).format(n=len(number), least=number_word(least, locale)),
        "locale": locale,
    }
    ax = sheet(1.1 + 0.44 * tallest, ax, words, TALLEST)
    colours = {body: CONSTITUENCY_COLOURS[kinds.get(body, "other")] for body in [*left, *right]}
    labels = {body: actor_name(body, str(names[body]), locale) for body in colours}
    near, far = (
        0.4 + 1.05 * breadth(labels[body] for body in left),
        15.4 - 1.05 * breadth(labels[body] for body in right),
    )
    for row in rows_of(ties):
        ends = (near, heights[0][row.body]), (far, heights[1][row.body_right])
        draw_tie(ax, *ends, colours[row.body_right], row.weight)
    for side, (x, align, away) in enumerate(((near, "right", -0.16), (far, "left", 0.16))):
        for body, y in heights[side].items():
            ax.plot(x, y, CONSTITUENCY_MARKERS[kinds.get(body, "other")], color=colours[body], markersize=4.5, zorder=3)
            ax.text(x + away, y, labels[body], ha=align, va="center", color=readable(colours[body]))
    ax.set(xlim=(0, 16), ylim=(tallest, 0))
    ax.set_axis_off()
    constituency_key(ax, (kinds.get(body, "other") for body in colours), locale)
    return add_text(
        ax,
        **words,
        description="; ".join(f"{names[row.body]}–{names[row.body_right]}: {row.weight}" for row in rows_of(ties)),
    )
