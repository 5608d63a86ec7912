"""Findings on the data themselves: what was coded, how far the coders agree, what readers corrected."""

import pandas as pd

from gfmd_analysis.claims.evidence import SESSION, Claim, registered
from gfmd_analysis.dataset.reliability import MENTIONED, intercoder_agreement
from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.errors import NoDataError
from gfmd_analysis.text import number_word, translator


@registered
def coded(data: Dataset, long: pd.DataFrame, locale: str) -> Claim | None:
    """Say how much was coded, and how many of the mentions are inferred."""
    if data.mentions.empty:
        return None
    message = translator(locale).gettext(
        "The {paragraphs} paragraphs hold {interventions} interventions by {speakers} speakers, and {mentions} mentions of objectives, "
        "{inferred} of which are inferred: the paragraph does not give the objective’s number"
    )
    words = {
        "paragraphs": len(data.paragraphs),
        "interventions": len(data.interventions),
        "speakers": number_word(long["actor"].nunique(), locale),
        "mentions": len(data.mentions),
        "inferred": int((data.mentions["basis"] == "inferred").sum()),
    }
    return Claim("coded", message.format(**words), "count", "trace", SESSION)


@registered
def agreement(data: Dataset, long: pd.DataFrame, locale: str) -> Claim | None:
    """Say how far the coders agree; they are sessions of one language model, so that this is an upper bound."""
    try:
        table = intercoder_agreement(data).dropna(subset="alpha").set_index("what")["alpha"]
    except NoDataError:
        return None
    message = translator(locale).gettext(
        "Coders who did not see each other’s work agree with a Krippendorff’s alpha of {mentioned:.2f} on whether an objective is "
        "mentioned, and of {least:.2f} or more on every layer; they are sessions of one language model, so that this is an upper bound, "
        "and no person has coded the report again"
    )
    text = message.format(mentioned=_down(table[MENTIONED]), least=_down(table.min()))
    return Claim("agreement", text, "count", "trace", SESSION)


def _down(alpha: float) -> float:
    """Round downwards: an agreement is not to look better than it is."""
    return int(alpha * 100) / 100


@registered
def corrected(data: Dataset, long: pd.DataFrame, locale: str) -> Claim | None:
    """Say how many cells and rows readers of the report have corrected."""
    many = len(data.tables.get("corrections", ()))
    message = translator(locale).ngettext(
        "Readers have corrected {n} cell or row since it was coded",
        "Readers have corrected {n} cells and rows since it was coded",
        many,
    )
    return Claim("corrected", message.format(n=number_word(many, locale)), "count", "trace", SESSION) if many else None
