"""Findings on what speakers want and show: shared demands, differences, practices by region, what is due when."""

from gfmd_analysis.claims.evidence import SESSION, Claim, Part, numbers_of, places, registered
from gfmd_analysis.dataset.regions import regions_of
from gfmd_analysis.practices.catalogue import (
    NO_PLACE,
    WORLD,
    practices_and_recommendations,
    practices_by_region,
    presented_practices,
)
from gfmd_analysis.practices.recommendations import codes, consolidated_recommendations, differences, joined, milestones
from gfmd_analysis.text import translated, when


@registered
def converging(part: Part) -> Claim | None:
    """Say what the largest number of speakers ask for or welcome."""
    demands = consolidated_recommendations(part.data)
    if demands.empty or demands["supporters"].iloc[0] < 2:
        return None
    top = demands[demands["supporters"] == demands["supporters"].iloc[0]]
    number, broad = int(top["supporters"].iloc[0]), len(top["constituencies"].iloc[0])
    message = part.ngettext(
        "The demand with the largest support, by {n} speakers of {k} constituency: {demands}",
        "The demand with the largest support, by {n} speakers of {k} constituencies: {demands}",
        broad,
    )
    if len(top) > 1:
        message = part.gettext("The demands with the largest support, by {n} speakers each: {demands}")
    texts = "; ".join(_inside(translated(text, part.locale)) for text in top["text"])
    return part.claim(part.fill(message, n=number, k=broad, demands=texts), "rank", joined(top["interventions"]))


def _inside(text: str) -> str:
    """Set a sentence of the data inside another: no capital but that of a name or an abbreviation, no full stop."""
    text = text.strip().rstrip(".")
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


@registered
def differing(part: Part) -> Claim | None:
    """Say on what speakers want different things; what differs in emphasis alone is called that."""
    table = differences(part.data)
    sides = table.groupby("difference")["side"].nunique()
    table = table[table["difference"].isin(sides.index[sides > 1])]
    if table.empty:
        return None
    kinds = table.drop_duplicates("difference")
    subjects = [
        _inside(translated(what, part.locale).partition(":")[0].strip())
        for what in kinds.loc[kinds["kind"] == "open", "what"]
    ]
    others = len(kinds) - len(subjects)
    if subjects and others:
        message = part.gettext("Speakers want different things on {subjects}; they differ in emphasis on {n} more")
    elif subjects:
        message = part.gettext("Speakers want different things on {subjects}")
    else:
        message = part.ngettext(
            "Speakers differ in emphasis on {n} subject", "Speakers differ in emphasis on {n} subjects", others
        )
    text = part.fill(message, subjects=subjects, n=others)
    return part.claim(text, "presence", joined(table["interventions"]), counted=SESSION)


@registered
def practices_by_world_region(part: Part) -> Claim | None:
    """Say in which region the practices are carried out; "most" only where it is more than half."""
    table = practices_by_region(part.data)
    table = table[~table["region_name"].isin([NO_PLACE, WORLD])].drop_duplicates("region")
    if len(table) < 2 or table["in_region"].iloc[0] == table["in_region"].iloc[1]:
        return None
    top = table.iloc[0]
    placed = part.data.practices[part.data.practices["practice"].isin(presented_practices(part.data)["practice"])]
    regions = placed["places"].map(lambda cell: {regions_of(code)[0] for code in codes(cell)} - {""})
    total, number = int((regions.map(len) > 0).sum()), int(top["in_region"])
    message = (
        part.gettext("Most of the {total} practices that are tied to a country or region are tied to {region}: {n}")
        if 2 * number > total
        else part.gettext(
            "Of the {total} practices that are tied to a country or region, the largest number, {n}, are tied to {region}"
        )
    )
    inside = placed.loc[[top["region"] in found for found in regions], "practice"]
    told = part.data.practice_citations.loc[part.data.practice_citations["practice"].isin(inside), "intervention"]
    region = part.gettext(str(top["region_name"]))
    return part.claim(part.fill(message, total=total, n=number, region=region), "rank", told, reading="reported")


@registered
def both_on_objectives(part: Part) -> Claim | None:
    """Say on how many objectives there are both practices and recommendations, in any act, and where one is missing."""
    table = practices_and_recommendations(part.data, acts=None)
    table = table[table["objective"].isin(part.data.objectives["objective"])]
    practice, call = table["practices"] > 0, table["recommendations"] > 0
    if not (practice & call).any():
        return None
    message = part.gettext("Practices and recommendations alike were given on {n} of {total} objectives")
    texts = [part.fill(message, n=int((practice & call).sum()), total=len(table))]
    for rows, message in (
        (practice & ~call, part.gettext("Practices without a recommendation: {objectives}")),
        (call & ~practice, part.gettext("Recommendations without a practice: {objectives}")),
        (~practice & ~call, part.gettext("Neither: {objectives}")),
    ):
        if rows.any():
            texts.append(part.fill(message, numbers_of(table[rows])))
    return part.claim(". ".join(texts), "count", reading="trace", counted=SESSION)


@registered
def due_next(part: Part) -> Claim | None:
    """Say what is due next after the meeting and when: what has a day, or else what has a date at all."""
    table = milestones(part.data, kind="due").drop_duplicates(["what", "start", "end"])
    dated = table[table["end"].notna() | table["start"].notna()]
    if dated.empty:
        return None
    exact = dated[dated["precision"] == "day"].drop_duplicates(["start", "end"])
    first = (dated if exact.empty else exact).head(3)
    events = [
        part.gettext("{what} ({when})").format(
            what=translated(what, part.locale), when=when(start, end, str(precision), part.locale)
        )
        for what, start, end, precision in first[["what", "start", "end", "precision"]].itertuples(index=False)
    ]
    text = part.fill(part.gettext("Next after the meeting: {events}"), events=events)
    return Claim("", text, "presence", "reported", SESSION, places(part.data, first))
