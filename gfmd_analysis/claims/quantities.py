"""Findings on the report's numbers, each with its bound, its source and what it covers."""

import pandas as pd

from gfmd_analysis.claims.evidence import Claim, Part, places, registered
from gfmd_analysis.errors import NoDataError
from gfmd_analysis.quantities.metrics import campaign_reach, measure_of, remittance_levels
from gfmd_analysis.quantities.wording import computed, period, phrase, words
from gfmd_analysis.text import actor_name, listing, paras


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
    texts["averted"] = computed(float(levels["value"]["averted"]), "USD", str(levels["bound"]["averted"]), locale)
    short = part.data.actors.set_index("actor")["short_name"].to_dict()
    for word, column in (("source", "estimate_by"), ("reporter", "actor")):
        bodies = dict.fromkeys(rows[column].dropna().astype("str"))
        texts[word] = listing([actor_name(body, str(short.get(body, body)), locale) for body in bodies], locale)
    texts["paras"] = paras(rows["paragraph"].dropna(), locale)
    return rows, texts


@registered
def remittances_held(part: Part) -> Claim | None:
    """Say how far remittances fell, and how far they were first projected to fall."""
    found = _remittances(part)
    if found is None:
        return None
    rows, texts = found
    message = part.gettext(
        "Remittances fell by {decline} to {actual} in {year}, although a decline of {projected_decline} had first been "
        "projected ({source} data as {reporter} reports them, {paras})"
    )
    short = part.gettext("Remittances fell by {decline} in {year}; {projected_decline} had first been projected")
    return _reported(part, message.format(**texts), rows, short.format(**texts))


@registered
def remittances_averted(part: Part) -> Claim | None:
    """Say by how much remittances exceeded the first projection, computed and said so, and what was expected next."""
    found = _remittances(part)
    if found is None:
        return None
    rows, texts = found
    message = part.gettext(
        "Remittances in {year} came to {averted} more than the first projection implied, by our calculation; growth of "
        "{growth} was expected for {next} ({source} data as {reporter} reports them, {paras})"
    )
    short = part.gettext("Remittances in {year} came to {averted} more than first projected, by our calculation")
    return _reported(part, message.format(**texts), rows, short.format(**texts))


def _reported(part: Part, text: str, rows: pd.DataFrame, *short: str) -> Claim:
    counted = listing(part.names(rows["actor"].dropna()), part.locale)
    found = places(part.data, rows)
    return part.claim(text, "count", short=short, paragraphs=found, reading="reported", counted=counted)


@registered
def campaign_reached(part: Part) -> Claim | None:
    """Say the first number that is reported for the campaign, for when, and that its numbers cannot be added together."""
    quantities = part.data.quantities
    try:
        table = campaign_reach(quantities)
    except NoDataError:
        return None
    top = table.iloc[0]
    number = phrase(top["stated"], top["unit"], top["bound"], part.locale)
    dates = period(top["period_start"], top["period_end"], part.locale)
    if len(table) == 1 and dates:
        message = part.gettext("The report gives {number} for the campaign ({period})")
    elif len(table) == 1:
        message = part.gettext("The report gives {number} for the campaign")
    elif dates:
        message = part.gettext(
            "The report gives {number} for the campaign ({period}); the {n} numbers given measure different things and cannot "
            "be added together"
        )
    else:
        message = part.gettext(
            "The report gives {number} for the campaign; the {n} numbers given measure different things and cannot be added "
            "together"
        )
    rows = quantities[quantities["quantity"].isin(table["quantity"])]
    short = part.gettext("The report gives {number} for the campaign").format(number=number)
    return _reported(part, part.fill(message, n=len(table), number=number, period=dates), rows, short)
