"""Findings on the report's numbers, each with its bound, its source and what it covers."""

import pandas as pd

from gfmd_analysis.claims.evidence import Claim, Part, names, places, registered
from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.errors import NoDataError
from gfmd_analysis.quantities.metrics import campaign_reach, measure_of, remittance_levels
from gfmd_analysis.quantities.wording import period, phrase, significant, words
from gfmd_analysis.text import listing, number_word, sentence, translator


def _remittances(data: Dataset, locale: str) -> tuple[pd.DataFrame, dict[str, str]] | None:
    try:
        levels = remittance_levels(data.quantities).set_index("level")
    except NoDataError:
        return None
    rows = data.quantities[data.quantities["quantity"].isin(levels["quantity"].dropna())]
    sources, reporters = (names(data, rows[column].dropna(), locale) for column in ("estimate_by", "actor"))
    texts = {
        level: words(measure_of(data.quantities, str(levels["quantity"][level])), locale, spelled=True)
        for level in ("decline", "projected_decline", "growth", "actual")
    }
    texts |= {"year": str(levels["year"]["decline"]), "next": str(levels["year"]["growth"])}
    texts["averted"] = phrase(significant(float(levels["value"]["averted"])), "USD", "about", locale)
    texts |= {"source": listing(sources, locale).removeprefix("the "), "reporter": listing(reporters, locale)}
    return rows, texts


@registered
def remittances_held(part: Part) -> Claim | None:
    """Say how far remittances fell, and how far they were first projected to fall."""
    found = _remittances(part.data, part.locale)
    if found is None:
        return None
    message = translator(part.locale).gettext(
        "Remittances fell by {decline} to {actual} in {year}, where a decline of {projected_decline} had first been projected"
    )
    rows, texts = found
    return Claim(
        "remittances_held", message.format(**texts), "count", "reported", texts["reporter"], places(part.data, rows)
    )


@registered
def remittances_averted(part: Part) -> Claim | None:
    """Say to what the decline averted amounts, as roughly as it is known, what was expected next, and whose numbers these are."""
    found = _remittances(part.data, part.locale)
    if found is None:
        return None
    message = translator(part.locale).gettext(
        "The decline averted comes to {averted}; growth of {growth} was expected for {next} ({source} data "
        "as {reporter} reports them)"
    )
    rows, texts = found
    return Claim(
        "remittances_averted", message.format(**texts), "count", "reported", texts["reporter"], places(part.data, rows)
    )


@registered
def campaign_reached(part: Part) -> Claim | None:
    """Say the largest number that is reported for the campaign, for when, and that its numbers do not add up."""
    try:
        table = campaign_reach(part.data.quantities)
    except NoDataError:
        return None
    _, top = translator(part.locale), table.iloc[0]
    number, dates = (
        phrase(top["stated"], top["unit"], top["bound"], part.locale),
        period(top["period_start"], top["period_end"], part.locale),
    )
    if len(table) == 1:
        message = (
            _.gettext("The campaign counted {number} ({period})")
            if dates
            else _.gettext("The campaign counted {number}")
        )
    elif dates:
        message = _.gettext(
            "The campaign counted {number} ({period}), the largest of {n} numbers that overlap and do not add up"
        )
    else:
        message = _.gettext("The campaign counted {number}, the largest of {n} numbers that overlap and do not add up")
    text = sentence(message.format(n=number_word(len(table), part.locale), number=number, period=dates))
    counted = listing(names(part.data, table["actor"].dropna(), "en"))
    rows = part.data.quantities[part.data.quantities["quantity"].isin(table["quantity"])]
    return Claim("campaign_reached", text, "count", "reported", counted, places(part.data, rows))
