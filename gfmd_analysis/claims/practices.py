"""Findings on what speakers want and show: shared demands, differences, practices by region, what is due when."""

from gfmd_analysis.claims.evidence import SESSION, SPEAKERS, Claim, Part, cited, numbers_of, places, registered
from gfmd_analysis.dataset.regions import regions_of
from gfmd_analysis.practices.catalogue import (
    NO_PLACE,
    WORLD,
    practices_and_recommendations,
    practices_by_region,
    presented_practices,
)
from gfmd_analysis.practices.recommendations import codes, consolidated_recommendations, differences, milestones
from gfmd_analysis.text import listing, number_word, objectives, translated, translator, when


@registered
def converging(part: Part) -> Claim | None:
    """Say what the largest number of speakers ask for or welcome."""
    demands = consolidated_recommendations(part.data)
    if demands.empty or demands["supporters"].iloc[0] < 2:
        return None
    top = demands[demands["supporters"] == demands["supporters"].iloc[0]]
    _, number, broad = translator(part.locale), int(top["supporters"].iloc[0]), len(top["constituencies"].iloc[0])
    message = _.ngettext(
        "The demand with the largest support, by {n} speakers of {k} constituency: {demands}",
        "The demand with the largest support, by {n} speakers of {k} constituencies: {demands}",
        broad,
    )
    if len(top) > 1:
        message = _.gettext("The demands with the largest support, by {n} speakers each: {demands}")
    texts = "; ".join(_inside(translated(text, part.locale)) for text in top["text"])
    words = {"n": number_word(number, part.locale), "k": number_word(broad, part.locale), "demands": texts}
    interventions = [code for member in top["interventions"] for code in member]
    return Claim("converging", message.format(**words), "rank", "subject", SPEAKERS, cited(part.data, interventions))


def _inside(text: str) -> str:
    """Set a sentence of the data inside another: no capital but that of a name or an abbreviation, no full stop."""
    text = text.rstrip(".")
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


@registered
def differing(part: Part) -> Claim | None:
    """Say on what speakers want different things; what differs in emphasis alone is called that."""
    table = differences(part.data)
    sides = table.groupby("difference")["side"].nunique()
    table = table[table["difference"].isin(sides.index[sides > 1])]
    if table.empty:
        return None
    _, kinds = translator(part.locale), table.drop_duplicates("difference")
    subjects, others = kinds.loc[kinds["kind"] == "open", "what"], int((kinds["kind"] != "open").sum())
    inside = [_inside(what.partition(":")[0]) for what in subjects]
    words = {"subjects": listing(inside, part.locale), "n": number_word(others, part.locale)}
    if inside and others:
        text = _.gettext("Speakers want different things on {subjects}; they differ in emphasis on {n} more").format(
            **words
        )
    elif inside:
        text = _.gettext("Speakers want different things on {subjects}").format(**words)
    else:
        message = _.ngettext(
            "Speakers differ in emphasis on {n} subject", "Speakers differ in emphasis on {n} subjects", others
        )
        text = message.format(**words)
    interventions = [code for member in table["interventions"] for code in member]
    return Claim("differing", text, "presence", "subject", SESSION, cited(part.data, interventions))


@registered
def practices_by_world_region(part: Part) -> Claim | None:
    """Say in which region the practices are carried out; "most" only where it is more than half."""
    table = practices_by_region(part.data)
    table = table[~table["region_name"].isin([NO_PLACE, WORLD])].drop_duplicates("region")
    if len(table) < 2 or table["in_region"].iloc[0] == table["in_region"].iloc[1]:
        return None
    _, top = translator(part.locale), table.iloc[0]
    placed = part.data.practices[part.data.practices["practice"].isin(presented_practices(part.data)["practice"])]
    regions = placed["places"].map(lambda cell: {regions_of(code)[0] for code in codes(cell)} - {""})
    total, number = int((regions.map(len) > 0).sum()), int(top["in_region"])
    message = (
        _.gettext("Most of the {total} practices that are tied to a country or region are tied to {region}: {n}")
        if 2 * number > total
        else _.gettext(
            "Of the {total} practices that are tied to a country or region, the largest number, {n}, are tied to {region}"
        )
    )
    inside = placed.loc[[top["region"] in found for found in regions], "practice"]
    told = part.data.practice_citations.loc[part.data.practice_citations["practice"].isin(inside), "intervention"]
    words = {
        "total": number_word(total, part.locale),
        "n": number_word(number, part.locale),
        "region": _.gettext(str(top["region_name"])),
    }
    return Claim(
        "practices_by_world_region", message.format(**words), "rank", "reported", SPEAKERS, cited(part.data, told)
    )


@registered
def both_on_objectives(part: Part) -> Claim | None:
    """Say on how many objectives there are both practices and recommendations, in any act, and where one is missing."""
    table = practices_and_recommendations(part.data, acts=None)
    table = table[table["objective"].isin(part.data.objectives["objective"])]
    practice, call = table["practices"] > 0, table["recommendations"] > 0
    if not (practice & call).any():
        return None
    _ = translator(part.locale)
    texts = [
        _.gettext("Practices and recommendations alike were given on {n} of {total} objectives").format(
            n=number_word(int((practice & call).sum()), part.locale), total=number_word(len(table), part.locale)
        )
    ]
    for rows, message in (
        (practice & ~call, _.gettext("Practices without a recommendation: {objectives}")),
        (call & ~practice, _.gettext("Recommendations without a practice: {objectives}")),
        (~practice & ~call, _.gettext("Neither: {objectives}")),
    ):
        if rows.any():
            texts.append(message.format(objectives=objectives(numbers_of(table[rows]), part.locale)))
    return Claim("both_on_objectives", ". ".join(texts), "count", "trace", SESSION)


@registered
def due_next(part: Part) -> Claim | None:
    """Say what is due next after the meeting and when: what has a day, or else what has a date at all."""
    table = milestones(part.data, kind="due").drop_duplicates(["what", "start", "end"])
    dated = table[table["end"].notna() | table["start"].notna()]
    if dated.empty:
        return None
    _, exact = translator(part.locale), dated[dated["precision"] == "day"].drop_duplicates(["start", "end"])
    first = (dated if exact.empty else exact).head(3)
    events = [
        _.gettext("{what} ({when})").format(what=translated(what, part.locale), when=when(start, end, str(precision), part.locale))
        for what, start, end, precision in first[["what", "start", "end", "precision"]].itertuples(index=False)
    ]
    text = _.gettext("Next after the meeting: {events}").format(events=listing(events, part.locale))
    return Claim("due_next", text, "presence", "reported", SESSION, places(part.data, first))
