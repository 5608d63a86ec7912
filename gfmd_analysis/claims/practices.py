"""Findings on what speakers want and show: shared demands, differences, practices by region, what is due when."""

from typing import Any

from gfmd_analysis.claims.evidence import SESSION, Claim, Part, numbers_of, of, registered
from gfmd_analysis.dataset.capacity import spoken_as
from gfmd_analysis.dataset.objectives import OBJECTIVES
from gfmd_analysis.dataset.regions import region_name
from gfmd_analysis.dataset.tables import rows_of
from gfmd_analysis.practices import catalogue
from gfmd_analysis.practices.recommendations import consolidated_recommendations, differences, joined, milestones
from gfmd_analysis.text import N_, NN_, clauses, the, translated, when

FEW = 7  # objectives that a sentence lists as exceptions


@registered
def converging(part: Part) -> Claim | None:
    """Say what several speakers ask for or endorse: the demand behind which, by our grouping, most stand."""
    demands = consolidated_recommendations(part.data)
    if demands.empty or demands["supporters"].iloc[0] < 2:
        return None
    top = demands[demands["supporters"] == demands["supporters"].iloc[0]]
    number, broad = int(top["supporters"].iloc[0]), len(top["constituencies"].iloc[0])
    told = clauses((_inside(translated(text, part.locale)) for text in top["text"]), part.locale)
    forms = NN_(
        "By our grouping, with a joint statement counted once, one recommendation has the support of {n} speakers of {k} constituency: {demands}",
        "By our grouping, with a joint statement counted once, one recommendation has the support of {n} speakers of {k} constituencies: {demands}",
    )
    short = N_(
        "By our grouping, with a joint statement counted once, one recommendation has the support of {n} speakers"
    )
    if len(top) > 1:
        forms = (
            N_(
                "By our grouping, with a joint statement counted once, {count} recommendations have the support of {n} speakers each: {demands}"
            ),
        ) * 2
        short = N_(
            "By our grouping, with a joint statement counted once, {count} recommendations have the support of {n} speakers each"
        )
    words: dict[str, Any] = {"n": number, "k": broad, "count": len(top), "demands": told}
    texts = [part.ngettext(*forms, broad, **words), part.gettext(short, **words)]
    return part.claim(texts, "presence", joined(top["interventions"]), joined(top["related"]))


def _inside(text: str) -> str:
    """Set a sentence of the data inside another: no capital but that of a name or an abbreviation, no full stop."""
    text = text.strip().rstrip(".")
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


@registered
def differing(part: Part) -> Claim | None:
    """Say on which questions speakers take different positions; what differs in emphasis alone is left out."""
    table = differences(part.data)
    table = table[table["kind"] == "open"]
    sides = table.groupby("difference")["side"].nunique()
    table = table[table["difference"].isin(sides.index[sides > 1])]
    if table.empty or len(part.data.objectives) < len(OBJECTIVES.categories):
        return None  # which objectives a question turns on is not recorded
    subjects = [_inside(translated(what, part.locale).partition(":")[0]) for what in table["what"].drop_duplicates()]
    messages = (
        NN_(
            "By our reading, speakers take different positions on {n} question: {subjects}",
            "By our reading, speakers take different positions on {n} questions: {subjects}",
        ),
        NN_(
            "By our reading, speakers take different positions on {n} question",
            "By our reading, speakers take different positions on {n} questions",
        ),
    )
    texts = [part.ngettext(*each, len(subjects), n=len(subjects), subjects=subjects) for each in messages]
    return part.claim(texts, "presence", joined(table["interventions"]), counted=SESSION)


@registered
def practices_by_world_region(part: Part) -> Claim | None:
    """Say in which region the practices are carried out; "most" only where it is more than half."""
    placed = catalogue.placed_practices(part.data)
    placed = placed[~placed["region"].isin(list(catalogue.APART))]
    total, counts = placed["practice"].nunique(), placed.groupby("region")["practice"].nunique().nlargest(2)
    if len(counts) < 2 or counts.nunique() < 2:
        return None
    top, number = counts.index[0], int(counts.iloc[0])
    messages = (
        N_(
            "By our division, most of the {total} practices that are tied to a country or region are tied to {region}: {n}"
        )
        if 2 * number > total
        else N_(
            "By our division, {total} practices are tied to a country or region; the largest number, {n}, are tied to {region}"
        ),
        N_("By our division, the largest number of practices, {n} of {total}, are tied to {region}"),
    )
    inside = placed.loc[placed["region"] == top, "practice"]
    told = part.data.practice_citations.loc[part.data.practice_citations["practice"].isin(inside), "intervention"]
    region = the(part.gettext(region_name(top)), part.locale)
    texts = [part.gettext(each, total=total, n=number, region=region) for each in messages]
    return part.claim(texts, "rank", told, reading="reported")


@registered
def both_on_objectives(part: Part) -> Claim | None:
    """Say on how many objectives speakers gave both practices and recommendations, where one is missing, and what chairs add."""
    table = catalogue.practices_and_recommendations(part.data)
    table = table[table["objective"].isin(part.data.objectives["objective"])]
    practice, call = table["practices"] > 0, table["recommendations"] > 0
    many, total = int((practice & call).sum()), len(table)
    if not many or total == 1:
        return None
    message = (
        N_("By our reading, speakers gave both practices and recommendations on all {total} objectives")
        if many == total
        else N_("By our reading, speakers gave both practices and recommendations on {n} of {total} objectives")
    )
    sentences = [part.gettext(message, n=many, total=total)]
    for rows, message in (
        (practice & ~call, N_("Practices without a recommendation: {objectives}")),
        (call & ~practice, N_("Recommendations without a practice: {objectives}")),
        (~practice & ~call, N_("Neither: {objectives}")),
    ):
        if 0 < rows.sum() <= FEW:
            sentences.append(part.gettext(message, numbers_of(table[rows])))
    beside = of(part.wide[~spoken_as(part.wide)], numbers_of(table[~(practice & call)]))
    if not beside.empty:
        message = N_("In introductions and summaries, {objectives} came up as well ({paras})")
        sentences.append(part.gettext(message, numbers_of(beside), paras=beside))
    texts = [". ".join(sentences), sentences[0]]
    return part.claim(texts, "count", against=beside, reading="trace", counted=SESSION)


@registered
def due_next(part: Part) -> Claim | None:
    """Say what is due first on a fixed day after the meeting; where no day is fixed, what is due next."""
    table = milestones(part.data, kind="due").drop_duplicates(["what", "start", "end"])
    dated = table[table["end"].notna() | table["start"].notna()]
    if dated.empty or part.scope:
        return None
    fixed = dated[dated["precision"].eq("day")]
    first = (dated if fixed.empty else fixed).head(1)
    row = next(iter(rows_of(first)))
    day = when(row.start, row.end, str(row.precision), part.locale)
    event = part.gettext("{what} ({when})", what=translated(row.what, part.locale), when=day)
    message = N_("Due next after the meeting: {event}")
    if not fixed.empty:
        message = N_("The first deadline with a fixed day after the meeting: {event}")
    texts = [part.gettext(message, event=each) for each in (event, day)]
    return part.claim(texts, "presence", first, reading="reported", counted=SESSION)
