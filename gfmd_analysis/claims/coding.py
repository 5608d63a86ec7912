"""Findings on the data themselves: what was coded, how far the coders agree, what readers corrected."""

from gfmd_analysis.claims.evidence import SESSION, Claim, Part, caveat, registered
from gfmd_analysis.dataset.reliability import MENTIONED, intercoder_agreement
from gfmd_analysis.errors import NoDataError
from gfmd_analysis.text import N_, NN_


@registered
def coded(part: Part) -> Claim | None:
    """Say how much was coded, and how many of the mentions are inferred."""
    data, speakers = part.data, part.long["actor"].nunique()
    if data.mentions.empty:
        return None
    words = {"mentions": len(data.mentions), "inferred": int((data.mentions["basis"] == "inferred").sum())}
    words |= {"n": speakers, "interventions": len(data.interventions)}
    words["paragraphs"] = len(data.interventions[["meeting", "paragraph"]].drop_duplicates())
    forms = NN_(
        "In {paragraphs} paragraphs there are {interventions} interventions by {n} speaker, and {mentions} mentions of objectives, "
        "{inferred} of which are inferred: the paragraph does not give the objective’s number",
        "In {paragraphs} paragraphs there are {interventions} interventions by {n} speakers, and {mentions} mentions of objectives, "
        "{inferred} of which are inferred: the paragraph does not give the objective’s number",
    )
    short = N_("Of the {mentions} mentions of objectives that were coded, {inferred} are inferred")
    texts = [part.ngettext(*forms, speakers, **words), part.gettext(short, **words)]
    return part.claim(texts, "count", reading="trace", counted=SESSION)


@registered
def agreement(part: Part) -> Claim | None:
    """Say how far the coders agree; they are sessions of one language model, so that this is an upper bound."""
    try:
        table = intercoder_agreement(part.data).set_index("what")
    except NoDataError:
        return None
    alpha, coders = (table[column].to_dict()[MENTIONED] for column in ("alpha", "coders"))
    text = caveat(alpha, coders=coders, locale=part.locale)
    short = part.gettext("The report was coded by a language model and has not been re-coded by a person")
    return part.claim([text, short], "count", reading="trace", counted=SESSION)


@registered
def corrected(part: Part) -> Claim | None:
    """Say how many cells and rows readers of the report have corrected."""
    many = len(part.data.tables.get("corrections", ()))
    forms = NN_(
        "Readers have corrected {n} cell or row since it was coded",
        "Readers have corrected {n} cells and rows since it was coded",
    )
    texts = [part.ngettext(*forms, many, n=many)]
    return part.claim(texts, "count", reading="trace", counted=SESSION) if many else None
