"""The numbers of a report with their bounds, and what can honestly be computed from them.

Nothing derived is ever stored: levels, differences, rates and shares come from :mod:`gfmd_analysis.intervals`, so that
"over 6.4 million" stays "over" in whatever is made of it.
"""

import calendar
import functools
import operator
import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from gfmd_analysis.dataset.tables import Dataset, require_columns
from gfmd_analysis.errors import GfmdError, NoDataError
from gfmd_analysis.quantities.intervals import Closed, Measure, conversion, reported, rounded
from gfmd_analysis.quantities.wording import period, phrase

BODIES = {"states": "bodies", "organisations": "bodies", "mechanisms": "bodies"}  # whoever takes a seat at a meeting

BOUNDED = ["value", "lower", "upper", "closed", "unit", "bound", "stated"]


def columns_of(measure: Measure) -> dict[str, float | str]:
    """Give a number's columns in a table: value, lower, upper, closed, unit, bound, stated."""
    return {name: getattr(measure, name) for name in BOUNDED}


def measure_of(quantities: pd.DataFrame, quantity: str) -> Measure:
    """Give one reported number by its key, e.g. ``FOF-2021-11/067-Q1``.

    Raises
    ------
    NoDataError
        Where no row has this key.
    """
    require_columns(quantities, "quantity", "value", "bound", "unit")
    found = quantities.loc[quantities["quantity"] == quantity, ["value", "bound", "unit"]]
    if len(found) != 1:
        keys = quantities["quantity"].tolist()
        raise NoDataError(f"found {len(found)} rows with the quantity '{quantity}'; allowed: one of {', '.join(keys)}")
    value, bound, unit = found.iloc[0]
    return reported(float(value), str(bound), str(unit))


def tidy(quantities: pd.DataFrame, locale: str = "en") -> pd.DataFrame:
    """Give every reported number with its interval and its wording, ready for export.

    Parameters
    ----------
    quantities
        The table ``quantities`` of a dataset.
    locale
        Language of ``wording`` and ``period``: ``en``, ``fr`` or ``es``.

    Returns
    -------
    DataFrame
        One row per quantity, in the table's order: its columns, and after ``bound`` the columns ``lower`` and ``upper``
        (float64, infinite where open), ``closed`` (both, left, right, neither), ``wording`` ("over 6.4 million
        impressions") and ``period`` ("March – July 2021").
    """

    require_columns(quantities, "quantity", "value", "unit", "bound", "period_start", "period_end")
    numbers = list(zip(quantities["value"], quantities["bound"].astype("str"), quantities["unit"], strict=True))
    measures = [reported(*row) for row in numbers]
    table = quantities.assign(
        lower=[float(measure.lower) for measure in measures],
        upper=[float(measure.upper) for measure in measures],
        closed=[measure.closed for measure in measures],
        wording=[phrase(value, unit, bound, locale) for value, bound, unit in numbers],
        period=[period(*row, locale) for row in zip(quantities["period_start"], quantities["period_end"], strict=True)],
    )
    after = list(quantities.columns).index("bound") + 1
    return table[[*table.columns[:after], *table.columns[-5:], *table.columns[after:-5]]]


def total(*measures: Measure) -> Measure:
    """Add numbers of one unit. Only for things that do not overlap: reach on two channels is no sum of people."""
    return functools.reduce(operator.add, measures)


def growth(before: Measure, after: Measure) -> Measure:
    """Give the growth from one level to another, in percent."""
    return (after / before - 1).to("percent")


def share(part: Measure, whole: Measure) -> Measure:
    """Give a part's share of its whole, in percent of at most 100.

    Two open numbers give a share between nought and 100, which says nothing: its bound is ``unknown``.

    Raises
    ------
    GfmdError
        Where part and whole are not counted in one unit: impressions are no share of people.
    """
    conversion(part.unit, whole.unit, "give {} as a share of {}")
    ratio = (part / whole).to("percent")
    if ratio.lower > 100:
        raise GfmdError(f"found a part of {part.value:g} in a whole of {whole.value:g} {whole.unit}; allowed: a part")
    if ratio.upper <= 100:
        return ratio
    closed: Closed = "both" if ratio.closed in ("both", "left") else "right"
    return Measure(min(ratio.value, 100.0), ratio.lower, 100.0, "percent", closed)


def comparable(numbers: pd.DataFrame) -> str:
    """Say what a set of numbers counts, so that they may stand side by side.

    Raises
    ------
    GfmdError
        Where they count different things; states, mechanisms and organisations are alike, as bodies at a meeting.
    """
    kinds = sorted({BODIES.get(unit, unit) for unit in numbers["unit"]})
    if len(kinds) != 1:
        raise GfmdError(f"found {' and '.join(kinds)} side by side; allowed: numbers that count one kind of thing")
    return str(kinds[0])


def months(start: pd.Timestamp, end: pd.Timestamp) -> Measure:
    """Give the length of a period that is known to the month: March to July is four to five months.

    A report that says "from March" does not say from which day, so the first month counts as anything up to itself.
    """
    touched = (end.year - start.year) * 12 + end.month - start.month + 1
    if touched < 1:
        raise GfmdError(
            f"found a period from {start:%Y-%m-%d} to {end:%Y-%m-%d}; allowed: one that ends after it starts"
        )
    return Measure(touched, touched - 1, touched, "months", "right")


def remittance_levels(quantities: pd.DataFrame, *, total: str, fall: str, feared: str, rise: str) -> pd.DataFrame:
    """Work out the levels that a reported total and three rates imply, and the loss that did not come.

    Parameters
    ----------
    quantities
        The table ``quantities`` of a dataset.
    total
        Key of the flows of a year, in USD.
    fall, feared
        Keys of the percentages by which they fell against the year before, and by which it was feared that they would.
    rise
        Key of the percentage by which they are expected to rise in the year after.

    Returns
    -------
    DataFrame
        The reported rates in rows ``feared_fall``, ``fall`` and ``rise`` (percent), then the levels (USD) ``before``,
        ``feared``, ``actual``, ``after`` and ``avoided`` (actual less feared); columns ``level``,
        ``year``, ``basis`` (reported or implied), ``value``, ``lower``, ``upper``, ``closed``, ``unit``, ``bound``,
        ``stated``, ``formula`` and ``paragraph`` (of the total). Plain money and percentages count as rounded, see
        :func:`gfmd_analysis.quantities.intervals.rounded`.

    Raises
    ------
    GfmdError
        Where a key is unknown or the total has no period.

    Notes
    -----
    The avoided loss is ``total * (1 - (1 - feared) / (1 - fall))``, where each number stands once, so that its bounds
    are as narrow as the numbers allow; subtracting one level from the other would use the total twice.
    """
    flows, fallen, scare, rising = (rounded(measure_of(quantities, key)) for key in (total, fall, feared, rise))
    kept = 1 - scare
    start, paragraph = quantities.loc[quantities["quantity"] == total, ["period_start", "paragraph"]].iloc[0]
    if pd.isna(start):
        raise GfmdError(f"found no period for {total}; allowed: a total whose year is known")
    year = pd.Timestamp(start).year
    levels = [
        ("feared_fall", year, "reported", measure_of(quantities, feared), "as reported"),
        ("fall", year, "reported", measure_of(quantities, fall), "as reported"),
        ("rise", year + 1, "reported", measure_of(quantities, rise), "as reported"),
        ("before", year - 1, "implied", flows / (1 - fallen), "total / (1 - fall)"),
        ("feared", year, "implied", flows / (1 - fallen) * kept, "total / (1 - fall) * (1 - feared fall)"),
        ("actual", year, "reported", measure_of(quantities, total), "as reported"),
        ("after", year + 1, "implied", flows * (1 + rising), "total * (1 + expected rise)"),
        ("avoided", year, "implied", flows * (1 - kept / (1 - fallen)), "total * (1 - (1 - feared fall) / (1 - fall))"),
    ]
    return pd.DataFrame(
        [
            {"level": level, "year": when, "basis": basis, **columns_of(measure)}
            | {"formula": formula, "paragraph": paragraph}
            for level, when, basis, measure, formula in levels
        ]
    )


def reach(quantities: pd.DataFrame, shares: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Put a campaign's numbers in order of size, each with its rate per month and its share, where these can be said.

    Parameters
    ----------
    quantities
        Rows of the table ``quantities``.
    shares
        Which quantity is a part of which: key of the part to key of the whole. Only where the whole is the same people
        or things of which the part is counted.

    Returns
    -------
    DataFrame
        One row per quantity, the largest first: ``quantity``, ``paragraph``, ``what``, ``value``, ``lower``, ``upper``,
        ``closed``, ``unit``, ``bound``, ``stated``, ``months`` (the longest the period can be), ``per_month`` and
        ``per_month_bound`` (missing where no period is given), ``share_of`` (a key), ``share`` (percent) and
        ``share_bound`` (missing where nothing is the whole; ``unknown`` where both numbers are open). Rows overlap:
        they are never to be added.
    """
    require_columns(quantities, "quantity", "paragraph", "what", "period_start", "period_end")
    rows: list[dict[str, Any]] = []
    for quantity, start, end in quantities[["quantity", "period_start", "period_end"]].itertuples(index=False):
        measure, whole = measure_of(quantities, quantity), (shares or {}).get(quantity)
        row: dict[str, Any] = {"quantity": quantity, **columns_of(measure), "share_of": whole}
        if not (pd.isna(start) or pd.isna(end)):
            length = months(start, end)
            rate = measure / length
            row |= {"months": length.upper, "per_month": rate.stated, "per_month_bound": rate.bound}
        if whole:
            part = share(measure, measure_of(quantities, whole))
            row |= {"share": part.stated, "share_bound": part.bound}
        rows.append(row)
    added = ["months", "per_month", "per_month_bound", "share_of", "share", "share_bound"]
    computed = pd.DataFrame(rows, columns=["quantity", *BOUNDED, *added])
    computed = computed.astype({"per_month_bound": "str", "share_of": "str", "share_bound": "str"})
    table = quantities[["quantity", "paragraph", "what"]].merge(computed, on="quantity", validate="one_to_one")
    return table.sort_values(["value", "quantity"], ascending=[False, True], ignore_index=True)


MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}

DATE = re.compile(rf"(?:\b({'|'.join(MONTHS)}) )?\b(20[0-9]{{2}})\b")


def dates_in(text: str) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """Read the months and years that a text names, each as its first and last day, in order and once each.

    A bare year is left out where the text also names a month of it.

    Examples
    --------
    >>> dates_in("launched in May 2020")
    [(Timestamp('2020-05-01 00:00:00'), Timestamp('2020-05-31 00:00:00'))]
    """
    named = {(int(year), MONTHS.get(month, 0)) for month, year in DATE.findall(text)}
    months = {year for year, month in named if month}
    spans = []
    for year, month in sorted(named):
        if month or year not in months:
            first = pd.Timestamp(year, month or 1, 1)
            spans.append((first, (first + pd.offsets.MonthEnd() if month else pd.Timestamp(year, 12, 31))))
    return spans


def raised(data: "Dataset", *, word: str, objective: int) -> pd.DataFrame:
    """List the interventions on a subject: those on its objective, and those whose summary names it.

    Parameters
    ----------
    data
        A loaded dataset.
    word
        A word of the subject, in lower case, e.g. ``remittance``.
    objective
        The GCM objective that is the subject's own.

    Returns
    -------
    DataFrame
        One row per intervention, in the order of the report: ``intervention``, ``paragraph``, ``actor`` (short name),
        ``role``, ``objectives`` (those that it speaks to, "21, 23"; empty where none), ``own`` (bool: the subject's own
        objective is among them) and ``summary``.
    """
    spoken = data.interventions.merge(data.actors[["actor", "short_name"]], on="actor", validate="many_to_one")
    mentions = data.mentions.sort_values(["intervention", "objective"])
    numbers = mentions.groupby("intervention")["objective"].agg(lambda own: ", ".join(map(str, own)))
    on_it = mentions.loc[mentions["objective"].astype("Int64") == objective, "intervention"]
    spoken = spoken.assign(
        actor=spoken["short_name"],
        objectives=spoken["intervention"].map(numbers).fillna(""),
        own=spoken["intervention"].isin(on_it),
    )
    chosen = spoken.loc[spoken["own"] | spoken["summary"].str.lower().str.contains(word, regex=False)]
    columns = ["intervention", "paragraph", "actor", "role", "objectives", "own", "summary"]
    return chosen.sort_values(["paragraph", "intervention"], ignore_index=True)[columns]


def initiatives(data: "Dataset", *, word: str, objective: int) -> pd.DataFrame:
    """List the practices on a subject with the dates that their own descriptions give.

    Parameters
    ----------
    data
        A loaded dataset.
    word, objective
        As in :func:`raised`; a practice counts where told for the objective, or where its name or summary has the word.

    Returns
    -------
    DataFrame
        One row per practice and date, dated ones first and in order: ``practice``, ``name``, ``kind``, ``lead`` (short
        name), ``start`` and ``end`` (datetime64, missing where the report gives no date), ``paragraphs`` ("59"),
        ``actors`` (short names of who told it) and ``objectives`` ("21, 23").
    """
    told = data.practice_citations.merge(data.interventions[["intervention", "paragraph", "actor"]], on="intervention")
    told = told.merge(data.actors[["actor", "short_name"]], on="actor")
    require_columns(told, "practice", "objective")

    short = data.actors.set_index("actor")["short_name"].to_dict()

    def names(codes: str) -> str:
        return ", ".join(short.get(code, code) for code in codes.split(";"))

    def joined(column: str) -> "pd.Series[str]":
        distinct = told[["practice", column]].dropna().drop_duplicates().sort_values(["practice", column])
        return distinct.groupby("practice")[column].agg(lambda cells: ", ".join(map(str, cells)))

    practices = data.practices
    text = practices["name"] + ". " + practices["summary"]
    own = told.loc[told["objective"].astype("Int64") == objective, "practice"]
    chosen = practices.loc[practices["practice"].isin(own) | text.str.lower().str.contains(word, regex=False)]
    table = chosen.assign(
        paragraphs=chosen["practice"].map(joined("paragraph")).fillna(""),
        actors=chosen["practice"].map(joined("short_name")).fillna(""),
        objectives=chosen["practice"].map(joined("objective")).fillna(""),
        text=text,
        lead=chosen["leads"].map(names, na_action="ignore"),
    )
    spans = [
        (key, *span) for key, words in zip(table["practice"], table["text"], strict=True) for span in dates_in(words)
    ]
    dated = pd.DataFrame(spans, columns=["practice", "start", "end"]).astype(
        {"start": "datetime64[s]", "end": "datetime64[s]"}
    )
    table = table.merge(dated, on="practice", how="left", validate="one_to_many")
    columns = ["practice", "name", "kind", "lead", "start", "end", "paragraphs", "actors", "objectives"]
    first = table.groupby("practice")["start"].transform("min")
    order = table.assign(first=first).sort_values(["first", "practice", "start"], na_position="last", ignore_index=True)
    return order[columns]
