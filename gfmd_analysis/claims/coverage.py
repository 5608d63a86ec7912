"""Findings on the objectives: the least discussed, those of one speaker, those only listed, and lists of what is passed over."""

import pandas as pd

from gfmd_analysis.claims.evidence import SESSION, Claim, Part, numbers_of, of, registered, speakers
from gfmd_analysis.coverage.counts import fewest, least_discussed, listed_objectives, taken_up
from gfmd_analysis.dataset.capacity import spoken_as
from gfmd_analysis.text import paras


@registered
def fewest_speakers(part: Part) -> Claim | None:
    """Say which objectives the fewest speakers took up: the one definition of least discussed."""
    every = numbers_of(part.data.objectives)
    least = least_discussed(part.long, among=every)
    if least.empty or part.cells.empty:
        return None
    numbers, most = numbers_of(least), int(least["speakers"].max())
    own, wider = of(part.cells, numbers), of(part.wide, numbers)
    if most == 0 and wider.empty:
        message = part.gettext("Nothing was said on {objectives}")
    elif most == 0:
        message = part.gettext(
            "{Objectives} drew no speaker where introductions, summaries and passing words are not counted"
        )
    elif least["speakers"].min() == most:
        message = part.gettext("{Objectives} drew the fewest speakers, {n} each")
    elif least["speakers"].min() > 0:
        message = part.gettext("{Objectives} drew the fewest speakers, {n} each or fewer")
    else:
        message = part.gettext(
            "{Objectives} drew the fewest speakers, at most {n} each where introductions and summaries are not counted"
        )
    rest = [number for number in every if number not in numbers]
    return part.claim(
        part.fill(message, numbers, n=most),
        "rank",
        own["intervention"],
        set(wider["intervention"]) - set(own["intervention"]),
        test=lambda cells: speakers(cells)[numbers].max() < speakers(cells)[rest].min(),
    )


@registered
def one_speaker(part: Part) -> Claim | None:
    """Say which objectives one speaker alone took up, and how many more touched on them."""
    counts = speakers(part.cells)
    numbers = [int(number) for number in counts.index[counts == 1]]
    if not numbers or len(part.long["actor"].unique()) < 2:
        return None
    own, wider = of(part.cells, numbers), of(part.wide, numbers)
    pairs = set(zip(own["actor"], own["objective"].astype(int), strict=True))
    others = wider[[pair not in pairs for pair in zip(wider["actor"], wider["objective"], strict=True)]]
    more = others["actor"].nunique()
    if not more:
        message = part.ngettext("{Objectives} drew one speaker", "{Objectives} drew one speaker each", len(numbers))
    elif len(numbers) == 1:
        message = part.ngettext(
            "{Objectives} drew one speaker; {n} other touched on it in passing or in the chair",
            "{Objectives} drew one speaker; {n} others touched on it in passing or in the chair",
            more,
        )
    else:
        message = part.ngettext(
            "{Objectives} drew one speaker each; {n} other touched on at least one of them in passing or in the chair",
            "{Objectives} drew one speaker each; {n} others touched on at least one of them in passing or in the chair",
            more,
        )
    return part.claim(
        part.fill(message, numbers, n=more),
        "count",
        own["intervention"],
        others["intervention"],
        test=lambda cells: (speakers(cells)[numbers] == 1).all(),
    )


@registered
def in_chair_only(part: Part) -> Claim | None:
    """Say which objectives were spoken to in introductions and summaries alone, in the widest reading."""
    own = part.wide[spoken_as(part.wide)]
    numbers = [number for number in numbers_of(part.wide) if number not in numbers_of(own)]
    if not numbers or own.empty:
        return None
    message = part.gettext("{Objectives} came up only in introductions and summaries by chairs and facilitators")
    interventions = of(part.wide, numbers)["intervention"]
    return part.claim(part.fill(message, numbers), "absence", interventions, reading="trace", counted=SESSION)


@registered
def only_listed(part: Part) -> Claim | None:
    """Say which objectives were only listed under their number, and who spoke to their subject all the same."""
    given = part.long[part.long["basis"].eq("explicit")]
    used = numbers_of(taken_up(given, reading="trace", acts=None))
    numbers = [number for number in numbers_of(given) if number not in used]
    if not numbers:
        return None
    sentences = []
    for number in numbers:
        own = of(part.cells, [number])
        others = len(set(of(part.wide, [number])["actor"]) - set(own["actor"]))
        if not own.empty and others:
            message = part.ngettext(
                "Under its number, objective {number} was only listed; its subject was taken up by {speakers}, and {n} other "
                "touched on it",
                "Under its number, objective {number} was only listed; its subject was taken up by {speakers}, and {n} others "
                "touched on it",
                others,
            )
        elif not own.empty:
            message = part.gettext(
                "Under its number, objective {number} was only listed; its subject was taken up by {speakers}"
            )
        elif others:
            message = part.ngettext(
                "Under its number, objective {number} was only listed; {n} speaker touched on its subject",
                "Under its number, objective {number} was only listed; {n} speakers touched on its subject",
                others,
            )
        else:
            continue
        sentences.append(part.fill(message, number=str(number), speakers=part.names(own["actor"]), n=others))
    silent = [number for number in numbers if number not in numbers_of(part.wide)]
    if silent:
        message = part.gettext("Only listed, with nothing said on the subject: {objectives}")
        sentences.append(part.fill(message, silent))
    listed, against = of(given, numbers)["intervention"], of(part.wide, numbers)["intervention"]
    return part.claim(". ".join(sentences), "absence", listed, against, reading="number", counted=SESSION)


@registered
def left_out(part: Part) -> Claim | None:
    """Say which objectives a speaker says that the draft papers leave out, although others took them up.

    The speaker is one who contests a text (a tie of that kind) and lists objectives that are passed over.
    """
    lists, ties = listed_objectives(part.data), part.data.ties
    lists = lists[lists["intervention"].isin(ties.loc[ties["kind"] == "contests", "intervention"])]
    if lists.empty:
        return None
    numbers, reader = list(lists["objectives"].iloc[0]), lists["actor"].iloc[0]
    cells = of(part.cells, numbers)
    cells = cells[cells["actor"] != reader]
    raised, more = numbers_of(cells), cells["actor"].nunique()
    if not raised:
        return None
    if raised == numbers:
        message = part.ngettext(
            "The draft papers, as {reader} read them, would leave out {objectives}; {n} other speaker took them up",
            "The draft papers, as {reader} read them, would leave out {objectives}; {n} other speakers took up at least one "
            "of them",
            more,
        )
    else:
        message = part.ngettext(
            "The draft papers, as {reader} read them, would leave out {objectives}; {n} other speaker took up {raised}",
            "The draft papers, as {reader} read them, would leave out {objectives}; {n} other speakers took up at least one "
            "of {raised}",
            more,
        )
    return part.claim(
        part.fill(message, numbers, reader=part.names([reader]), raised=[*raised], n=more),
        "presence",
        [lists["intervention"].iloc[0], *cells["intervention"]],
        test=lambda rows: set(raised) <= set(numbers_of(rows[rows["actor"] != reader])),
    )


@registered
def unlisted(part: Part) -> Claim | None:
    """Say which of the least discussed objectives are on none of the lists of those passed over."""
    lists, every = listed_objectives(part.data), numbers_of(part.data.objectives)
    least = least_discussed(part.long, among=every, lists=lists.set_index("list")["objectives"])
    missing = numbers_of(least[least["lists"].map(len) == 0])
    if lists.empty or not missing:
        return None
    message = part.gettext(
        "Not listed as passed over ({paras}), yet among those with the fewest speakers: {objectives}"
    )
    return part.claim(
        part.fill(message, missing, paras=paras(lists["paragraph"], part.locale)),
        "absence",
        [*lists["intervention"], *of(part.cells, missing)["intervention"]],
        of(part.wide, missing)["intervention"],
        test=lambda cells: _lowest(part, cells, ties=True)[missing].all(),
    )


def _lowest(part: Part, cells: pd.DataFrame, *, ties: bool) -> "pd.Series[bool]":
    return fewest(speakers(cells, numbers_of(part.data.objectives)), ties=ties)


@registered
def stays_least(part: Part) -> Claim | None:
    """Say which of the least discussed objectives stay so under every subset and reading, which leave and which join."""
    every = numbers_of(part.data.objectives)
    base = numbers_of(least_discussed(part.long, among=every))
    if not base or part.cells.empty:
        return None
    views = [cells for (chosen, _), cells in part.views.items() if chosen is taken_up]
    strict, loose = (pd.DataFrame([_lowest(part, cells, ties=ties) for cells in views]) for ties in (False, True))
    stay = [number for number in base if loose[number].all()]
    leave = [number for number in base if number not in stay]
    join = [number for number in every if number not in base and strict[number].any()]
    message = part.ngettext(
        "In each of {n} combinations of reading and part of the meeting, {objectives} stays among those with the fewest "
        "speakers",
        "In each of {n} combinations of reading and part of the meeting, {objectives} stay among those with the fewest "
        "speakers",
        len(stay),
    )
    if not stay:
        message = part.gettext(
            "No objective stays among those with the fewest speakers in each of {n} combinations of reading and part of the "
            "meeting"
        )
    messages = [part.fill(message, stay, n=len(views))]
    if leave:
        message = part.ngettext("{Objectives} leaves them in some", "{Objectives} leave them in some", len(leave))
        messages.append(part.fill(message, leave))
    if join:
        message = part.ngettext("{Objectives} joins them in some", "{Objectives} join them in some", len(join))
        messages.append(part.fill(message, join))
    return part.claim(
        ". ".join(messages),
        "robust",
        of(part.cells, base)["intervention"],
        of(part.wide, base)["intervention"],
        reading="number, subject and trace",
        counted=SESSION,
        test=lambda cells: _lowest(part, cells, ties=True)[base].all(),
    )
