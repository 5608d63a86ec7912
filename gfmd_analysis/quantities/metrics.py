"""The numbers of a report with their bounds, and what can honestly be computed from them.

Nothing derived is ever stored: levels and differences come from :mod:`gfmd_analysis.quantities.intervals`, so that
"over 6.4 million" stays "over" in whatever is made of it. Which row is which is read from the data (topic, unit and
status), so that a corrected number needs no change here.
"""

from typing import Any

import pandas as pd

from gfmd_analysis.dataset.tables import require_columns, require_rows
from gfmd_analysis.errors import NoDataError
from gfmd_analysis.quantities.intervals import Measure, reported, rounded
from gfmd_analysis.quantities.wording import period, phrase

BOUNDED = ["value", "lower", "upper", "closed", "unit", "bound", "stated"]
OBSERVED = ("observed", "estimated")


def columns_of(measure: Measure) -> dict[str, float | str]:
    """Set a number out in a table's columns: value, lower, upper, closed, unit, bound, stated."""
    return {name: getattr(measure, name) for name in BOUNDED}


def measure_of(quantities: pd.DataFrame, quantity: str) -> Measure:
    """Take one reported number by its key, e.g. ``FOF-2021-11/067-Q1``.

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


def quantity_table(quantities: pd.DataFrame, *, locale: str = "en") -> pd.DataFrame:
    """Set out every reported number with its interval and its wording, ready for export.

    Parameters
    ----------
    quantities
        The table ``quantities`` of a dataset, whole or selected.
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


def remittance_levels(quantities: pd.DataFrame) -> pd.DataFrame:
    """Compute the levels that a reported total and three rates imply, and the decline that was averted.

    Parameters
    ----------
    quantities
        The table ``quantities`` of a dataset: of topic ``remittances`` a total in USD that was observed or estimated,
        and in percent the decline of that year (observed or estimated), the decline first projected (status ``feared``)
        and the growth expected next (``forecast``).

    Returns
    -------
    DataFrame
        The reported rates in rows ``projected_decline``, ``decline`` and ``growth`` (percent), then the levels (USD)
        ``before``, ``projected``, ``actual``, ``expected`` and ``averted`` (actual less projected); columns ``level``,
        ``year``, ``basis`` (reported or implied), ``value``, ``lower``, ``upper``, ``closed``, ``unit``, ``bound``,
        ``stated``, ``formula``, ``quantity`` (key; missing where implied), ``paragraph`` (of the total). Plain money and
        percentages count as rounded, see :func:`gfmd_analysis.quantities.intervals.rounded`.

    Raises
    ------
    NoDataError
        Where one of the four is not in the data, or the total has no period.

    Notes
    -----
    The decline averted is ``total * (1 - (1 - projected) / (1 - decline))``, where each number stands once, so that its
    bounds are as narrow as the numbers allow; subtracting one level from the other would use the total twice.
    """
    require_columns(quantities, "quantity", "paragraph", "topic", "unit", "status", "period_start")
    rows = quantities[quantities["topic"] == "remittances"]
    total = _first(rows[(rows["unit"] == "USD") & rows["status"].isin(OBSERVED) & rows["period_start"].notna()])
    rates = rows[rows["unit"] == "percent"]
    row: Any = rows.set_index("quantity").loc[total]
    decline = _first(rates[rates["status"].isin(OBSERVED) & (rates["period_start"] == row["period_start"])])
    projected, growth = (_first(rates[rates["status"] == status]) for status in ("feared", "forecast"))
    flows, fallen, scare, rising = (rounded(measure_of(rows, key)) for key in (total, decline, projected, growth))
    year, kept = int(row["period_start"].year), 1 - scare
    before, averted = flows / (1 - fallen), "total * (1 - (1 - projected decline) / (1 - decline))"
    levels = [
        ("projected_decline", year, measure_of(rows, projected), "as reported", projected),
        ("decline", year, measure_of(rows, decline), "as reported", decline),
        ("growth", year + 1, measure_of(rows, growth), "as reported", growth),
        ("before", year - 1, before, "total / (1 - decline)", None),
        ("projected", year, before * kept, "total / (1 - decline) * (1 - projected decline)", None),
        ("actual", year, measure_of(rows, total), "as reported", total),
        ("expected", year + 1, flows * (1 + rising), "total * (1 + growth)", None),
        ("averted", year, flows * (1 - kept / (1 - fallen)), averted, None),
    ]
    return pd.DataFrame(
        [
            {"level": level, "year": when, "basis": "reported" if key else "implied", **columns_of(measure)}
            | {"formula": formula, "quantity": key, "paragraph": row["paragraph"]}
            for level, when, measure, formula, key in levels
        ]
    )


def _first(rows: pd.DataFrame) -> str:
    require_rows(rows, "remittance total with its decline, the decline projected and the growth")
    return str(rows["quantity"].iloc[0])


def campaign_reach(quantities: pd.DataFrame) -> pd.DataFrame:
    """Put a campaign's numbers in order of size, each with its bounds, who gave it and for when.

    Parameters
    ----------
    quantities
        The table ``quantities`` of a dataset; the rows of topic ``campaign`` that were observed or estimated count.

    Returns
    -------
    DataFrame
        One row per quantity, the largest first: ``quantity``, ``paragraph``, ``actor``, ``what``, ``period_start``,
        ``period_end``, ``value``, ``lower``, ``upper``, ``closed``, ``unit``, ``bound``, ``stated``. Rows overlap: they
        are not additive.

    Raises
    ------
    NoDataError
        Where the data hold no number on a campaign.
    """
    columns = ["quantity", "paragraph", "actor", "what", "period_start", "period_end"]
    require_columns(quantities, *columns, "topic", "status")
    rows = quantities[(quantities["topic"] == "campaign") & quantities["status"].isin(OBSERVED)]
    require_rows(rows, "number on a campaign")
    bounds = pd.DataFrame([columns_of(measure_of(rows, key)) for key in rows["quantity"]], index=rows.index)
    return rows[columns].join(bounds).sort_values(["value", "quantity"], ascending=[False, True], ignore_index=True)
