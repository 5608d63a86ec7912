"""Findings on the report's numbers, each with its bound, its source and what it covers."""

import pandas as pd

from gfmd_analysis.claims.evidence import Claim, names, places, registered
from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.errors import NoDataError
from gfmd_analysis.quantities.metrics import campaign_reach, measure_of, remittance_levels
from gfmd_analysis.quantities.wording import period, phrase, significant, words
from gfmd_analysis.text import listing, number_word, sentence, translator


@registered
def remittances_held(data: Dataset, long: pd.DataFrame, locale: str) -> Claim | None:
    """Say how far remittances fell, how far they were projected to fall, and whose numbers these are."""
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
    _ = translator(locale)
    message = (
        _.gettext(
            "Remittances fell by {decline} to {actual} in {year}, where a decline of {projected_decline} had first been "
            "projected, a difference of {averted}; growth of {growth} was expected next ({source} data as {reporter} reports "
            "them)"
        )
        if sources and reporters
        else _.gettext(
            "Remittances fell by {decline} to {actual} in {year}, where a decline of {projected_decline} had first been "
            "projected, a difference of {averted}; growth of {growth} was expected next"
        )
    )
    averted = phrase(significant(float(levels["value"]["averted"])), "USD", "about", locale)
    who = {"source": listing(sources, locale).removeprefix("the "), "reporter": listing(reporters, locale)}
    text = message.format(**texts, **who, year=levels.loc["decline", "year"], averted=averted)
    return Claim("remittances_held", text, "count", "reported", listing(reporters), places(data, rows))


@registered
def campaign_reached(data: Dataset, long: pd.DataFrame, locale: str) -> Claim | None:
    """Say the largest number that is reported for the campaign, for when, and that its numbers do not add up."""
    try:
        table = campaign_reach(data.quantities)
    except NoDataError:
        return None
    _, top = translator(locale), table.iloc[0]
    number, dates = (
        phrase(top["stated"], top["unit"], top["bound"], locale),
        period(top["period_start"], top["period_end"], locale),
    )
    if len(table) == 1:
        message = (
            _.gettext("The campaign counts {number} ({period})") if dates else _.gettext("The campaign counts {number}")
        )
    elif dates:
        message = _.gettext(
            "The largest of {n} numbers on the campaign is {number} ({period}); they overlap and do not add up"
        )
    else:
        message = _.gettext("The largest of {n} numbers on the campaign is {number}; they overlap and do not add up")
    text = sentence(message.format(n=number_word(len(table), locale), number=number, period=dates))
    counted = listing(names(data, table["actor"].dropna(), "en"))
    rows = data.quantities[data.quantities["quantity"].isin(table["quantity"])]
    return Claim("campaign_reached", text, "count", "reported", counted, places(data, rows))
