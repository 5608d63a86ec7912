"""Findings on the data themselves: what was coded, how far the coders agree, what readers corrected."""

from gfmd_analysis.claims.evidence import SESSION, Claim, Part, caveat, registered
from gfmd_analysis.dataset.reliability import MENTIONED, intercoder_agreement
from gfmd_analysis.errors import NoDataError
from gfmd_analysis.text import number_word, translator


@registered
def coded(part: Part) -> Claim | None:
    """Say how much was coded, and how many of the mentions are inferred."""
    data, locale = part.data, part.locale
    if data.mentions.empty:
        return None
    message = translator(locale).gettext(
        "The {paragraphs} paragraphs hold {interventions} interventions by {speakers} speakers, and {mentions} mentions of objectives, "
        "{inferred} of which are inferred: the paragraph does not give the objective’s number"
    )
    words = {
        "paragraphs": len(data.paragraphs),
        "interventions": len(data.interventions),
        "speakers": number_word(part.long["actor"].nunique(), locale),
        "mentions": len(data.mentions),
        "inferred": int((data.mentions["basis"] == "inferred").sum()),
    }
    return Claim("coded", message.format(**words), "count", "trace", SESSION)


@registered
def agreement(part: Part) -> Claim | None:
    """Say how far the coders agree; they are sessions of one language model, so that this is an upper bound."""
    try:
        table = intercoder_agreement(part.data).set_index("what")
    except NoDataError:
        return None
    alpha, coders = (table[column].to_dict()[MENTIONED] for column in ("alpha", "coders"))
    text = caveat(alpha, coders=coders, locale=part.locale)
    return Claim("agreement", text.rstrip("."), "count", "trace", SESSION)


@registered
def corrected(part: Part) -> Claim | None:
    """Say how many cells and rows readers of the report have corrected."""
    many = len(part.data.tables.get("corrections", ()))
    message = translator(part.locale).ngettext(
        "Readers have corrected {n} cell or row since it was coded",
        "Readers have corrected {n} cells and rows since it was coded",
        many,
    )
    return (
        Claim("corrected", message.format(n=number_word(many, part.locale)), "count", "trace", SESSION)
        if many
        else None
    )
