"""Findings on the report's numbers, each with its bound, its source and what it covers."""

import pandas as pd

from gfmd_analysis.claims.evidence import Claim, Part, places, registered
from gfmd_analysis.errors import NoDataError
from gfmd_analysis.quantities.metrics import campaign_reach, measure_of, remittance_levels
from gfmd_analysis.quantities.wording import period, phrase, significant, words
from gfmd_analysis.text import listing


def _remittances(part: Part) -> tuple[pd.DataFrame, dict[str, str]] | None:
    quantities, locale = part.data.quantities, part.locale
    try:
        levels = remittance_levels(quantities).set_index("level")
    except NoDataError:
        return None
    rows = quantities[quantities["quantity"].isin(levels["quantity"].dropna())]
    texts = {
        level: words(measure_of(quantities, str(levels["quantity"][level])), locale, spelled=True)
        for level in ("decline", "projected_decline", "growth", "actual")
    }
    texts |= {"year": str(levels["year"]["decline"]), "next": str(levels["year"]["growth"])}
    texts["averted"] = phrase(significant(float(levels["value"]["averted"])), "USD", "about", locale)
    texts["source"] = listing(part.names(rows["estimate_by"].dropna()), locale).removeprefix("the ")
    texts["reporter"] = listing(part.names(rows["actor"].dropna()), locale)
    return rows, texts


@registered
def remittances_held(part: Part) -> Claim | None:
    """Say how far remittances fell, and how far they were first projected to fall."""
    found = _remittances(part)
    if found is None:
        return None
    rows, texts = found
    message = part.gettext(
        "Remittances fell by {decline} to {actual} in {year}, where a decline of {projected_decline} had first been projected"
    )
    return _reported(part, message.format(**texts), rows)


@registered
def remittances_averted(part: Part) -> Claim | None:
    """Say to what the decline averted amounts, as roughly as it is known, what was expected next, and whose numbers these are."""
    found = _remittances(part)
    if found is None:
        return None
    rows, texts = found
    message = part.gettext(
        "The decline averted comes to {averted}; growth of {growth} was expected for {next} ({source} data "
        "as {reporter} reports them)"
    )
    return _reported(part, message.format(**texts), rows)


def _reported(part: Part, text: str, rows: pd.DataFrame) -> Claim:
    counted = listing(part.names(rows["actor"].dropna()), part.locale)
    return Claim("", text, "count", "reported", counted, places(part.data, rows))


@registered
def campaign_reached(part: Part) -> Claim | None:
    """Say the largest number that is reported for the campaign, for when, and that its numbers do not add up."""
    quantities = part.data.quantities
    try:
        table = campaign_reach(quantities)
    except NoDataError:
        return None
    top = table.iloc[0]
    number = phrase(top["stated"], top["unit"], top["bound"], part.locale)
    dates = period(top["period_start"], top["period_end"], part.locale)
    if len(table) == 1 and dates:
        message = part.gettext("The campaign counted {number} ({period})")
    elif len(table) == 1:
        message = part.gettext("The campaign counted {number}")
    elif dates:
        message = part.gettext(
            "The campaign counted {number} ({period}), the largest of {n} numbers that overlap and do not add up"
        )
    else:
        message = part.gettext(
            "The campaign counted {number}, the largest of {n} numbers that overlap and do not add up"
        )
    rows = quantities[quantities["quantity"].isin(table["quantity"])]
    return _reported(part, part.fill(message, n=len(table), number=number, period=dates), rows)
