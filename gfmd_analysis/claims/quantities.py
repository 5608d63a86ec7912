"""Findings on the report's numbers, each with its bound, its source and what it covers."""

from typing import Any

import pandas as pd

from gfmd_analysis.claims.evidence import Claim, Part, registered
from gfmd_analysis.errors import NoDataError
from gfmd_analysis.practices.speaking import names_of
from gfmd_analysis.quantities.intervals import Measure
from gfmd_analysis.quantities.metrics import campaign_reach, remittance_levels
from gfmd_analysis.quantities.wording import computed, period, phrase, words
from gfmd_analysis.text import N_, actor_name, listing, the


@registered
def remittances_held(part: Part) -> Claim | None:
    """Say how far remittances fell, and how far they were first projected to fall."""
    return _remittances(
        part,
        N_(
            "Remittances fell by {decline} to {actual} in {year}, although a decline of {projected_decline} had first been "
            "projected ({source} data as {reporter} reports them, {paras})"
        ),
        N_("Remittances fell by {decline} in {year}; {projected_decline} had first been projected"),
    )


@registered
def remittances_averted(part: Part) -> Claim | None:
    """Say by how much remittances exceeded the first projection, computed and said so, and what was expected next."""
    return _remittances(
        part,
        N_(
            "Remittances in {year} came to {averted} more than the first projection implied, by our calculation; growth of "
            "{growth} was expected for {next} ({source} data as {reporter} reports them, {paras})"
        ),
        N_("Remittances in {year} came to {averted} more than first projected, by our calculation"),
    )


def _remittances(part: Part, *messages: str) -> Claim | None:
    quantities, locale = part.data.quantities, part.locale
    try:
        levels = remittance_levels(quantities).set_index("level")
    except NoDataError:
        return None
    rows = quantities[quantities["quantity"].isin(levels["quantity"].dropna())]
    numbers = levels[["value", "lower", "upper", "unit", "closed"]].itertuples(name=None)
    told: dict[str, Any] = {level: words(Measure(*number), locale, spelled=True) for level, *number in numbers}
    told |= {"year": str(levels["year"]["decline"]), "next": str(levels["year"]["growth"]), "paras": rows}
    told["averted"] = computed(float(levels["value"]["averted"]), "USD", str(levels["bound"]["averted"]), locale)
    short = names_of(part.data)
    for word, column in (("source", "estimate_by"), ("reporter", "actor")):
        bodies = dict.fromkeys(rows[column].dropna().astype("str"))
        told[word] = [actor_name(body, short.get(body, body), locale) for body in bodies]
    told["reporter"] = [the(body, locale) for body in told["reporter"]]
    return _reported(part, [part.gettext(message, **told) for message in messages], rows)


def _reported(part: Part, texts: list[str], rows: pd.DataFrame) -> Claim:
    counted = listing(part.names(rows["actor"].dropna()), part.locale)
    return part.claim(texts, "count", rows, reading="reported", counted=counted)


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
    dated = part.gettext("{what} ({when})", what=number, when=dates) if dates else number
    message = short = N_("The largest number reported for the campaign is {number}")
    if len(table) > 1:
        message = N_(
            "The largest number reported for the campaign is {number}; the {n} numbers shown measure different things and cannot be "
            "added together"
        )
    texts = [part.gettext(message, n=len(table), number=dated), part.gettext(short, number=number)]
    return _reported(part, texts, quantities[quantities["quantity"].isin(table["quantity"])])
