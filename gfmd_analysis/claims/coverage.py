"""Findings on the objectives: the least discussed, those of one speaker, those only named, and the report's lists of objectives."""

from typing import Any

import pandas as pd

from gfmd_analysis.claims.evidence import SESSION, Claim, Part, numbers_of, of, registered, speakers
from gfmd_analysis.coverage.counts import READINGS, taken_up
from gfmd_analysis.coverage.least import fewest, least_discussed, listed_objectives
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
    short = part.fill(
        part.ngettext(
            "By our reading, {objectives} drew the fewest speakers, {n}",
            "By our reading, {objectives} drew the fewest speakers, {n} each",
            len(numbers),
        )
        if least["speakers"].min() == most
        else part.gettext("By our reading, {objectives} drew the fewest speakers, at most {n} each"),
        numbers,
        n=most,
    )
    note = part.gettext(
        "{finding} (in statements and updates, also those of chairs and facilitators; presentations of the objectives and "
        "summaries are not counted)"
    )
    if most == 0:
        short = part.fill(part.gettext("By our reading, no speaker made {objectives} a main subject"), numbers)
        note = part.ngettext(
            "{finding} of a statement or update; speakers who touched on it in passing, or as chair or facilitator: {n}",
            "{finding} of a statement or update; speakers who touched on at least one of them in passing, or as chair or "
            "facilitator: {n}",
            len(numbers),
        )
        if wider.empty:
            note = short = part.fill(part.gettext("Nothing was said on {objectives}"), numbers)
    rest = [number for number in every if number not in numbers]
    return part.claim(
        part.fill(note, finding=short, n=wider["actor"].nunique()),
        "rank",
        own["intervention"],
        set(wider["intervention"]) - set(own["intervention"]),
        short=[short],
        test=lambda cells: speakers(cells)[numbers].max() < speakers(cells)[rest].min(),
    )


@registered
def one_speaker(part: Part) -> Claim | None:
    """Say which objectives one speaker alone took up, and how many who took up none of them touched on them."""
    counts = speakers(part.cells)
    numbers = [int(number) for number in counts.index[counts == 1]]
    if not numbers or len(part.long["actor"].unique()) < 2:
        return None
    own, wider = of(part.cells, numbers), of(part.wide, numbers)
    pairs = set(zip(own["actor"], own["objective"].astype(int), strict=True))
    others = wider[[pair not in pairs for pair in zip(wider["actor"], wider["objective"], strict=True)]]
    more = others.loc[~others["actor"].isin(own["actor"]), "actor"].nunique()
    plain = part.ngettext(
        "By our reading, {objectives} drew one speaker",
        "By our reading, {objectives} drew one speaker each",
        len(numbers),
    )
    if not more:
        message = plain
    elif len(numbers) == 1:
        message = part.ngettext(
            "By our reading, {objectives} drew one speaker; {n} other touched on it in passing, or as chair or facilitator",
            "By our reading, {objectives} drew one speaker; {n} others touched on it in passing, or as chair or facilitator",
            more,
        )
    else:
        message = part.ngettext(
            "By our reading, {objectives} drew one speaker each; {n} other, who took up none of them, touched on at least "
            "one in passing, or as chair or facilitator",
            "By our reading, {objectives} drew one speaker each; {n} others, who took up none of them, touched on at least "
            "one in passing, or as chair or facilitator",
            more,
        )
    return part.claim(
        part.fill(message, numbers, n=more),
        "count",
        own["intervention"],
        others["intervention"],
        short=[
            part.fill(plain, numbers),
            part.fill(part.gettext("By our reading, {n} of the objectives drew one speaker each"), n=len(numbers)),
        ],
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
    short = part.gettext("{n} of the objectives came up only in introductions and summaries")
    return part.claim(
        part.fill(message, numbers),
        "absence",
        of(part.wide, numbers)["intervention"],
        short=[part.fill(short, n=len(numbers))],
        reading="trace",
        counted=SESSION,
    )


@registered
def only_listed(part: Part) -> Claim | None:
    """Say which objectives were named by number alone, and who spoke to their subject all the same."""
    given = part.long[part.long["basis"].eq("explicit")]
    used = numbers_of(taken_up(given, reading="trace", acts=None))
    numbers = [number for number in numbers_of(given) if number not in used]
    sentences = []
    for number in numbers:
        own, wide = of(part.cells, [number]), of(part.wide, [number])
        others = wide[~wide["actor"].isin(own["actor"])]
        if not own.empty and not others.empty:
            message = part.ngettext(
                "Objective {number} was named by number alone ({named}); its subject was taken up by {speakers} ({own}), and "
                "{n} other touched on it ({wide})",
                "Objective {number} was named by number alone ({named}); its subject was taken up by {speakers} ({own}), and "
                "{n} others touched on it ({wide})",
                others["actor"].nunique(),
            )
        elif not own.empty:
            message = part.gettext(
                "Objective {number} was named by number alone ({named}); its subject was taken up by {speakers} ({own})"
            )
        elif not others.empty:
            message = part.ngettext(
                "Objective {number} was named by number alone ({named}); {n} speaker touched on its subject ({wide})",
                "Objective {number} was named by number alone ({named}); {n} speakers touched on its subject ({wide})",
                others["actor"].nunique(),
            )
        else:
            message = part.gettext("Objective {number} was named by number alone ({named}), and nothing was said on it")
        places = {"named": of(given, [number]), "own": own, "wide": others}
        words: dict[str, Any] = {name: paras(rows["paragraph"], part.locale) for name, rows in places.items()}
        words |= {"number": str(number), "speakers": part.names(own["actor"]), "n": others["actor"].nunique()}
        sentences.append(part.fill(message, **words))
    if not sentences:
        return None
    short = part.ngettext(
        "{Objectives} was named by number alone, with nothing said on its subject there",
        "{Objectives} were named by number alone, with nothing said on their subject there",
        len(numbers),
    )
    listed, against = of(given, numbers)["intervention"], of(part.wide, numbers)["intervention"]
    return part.claim(
        ". ".join(sentences),
        "absence",
        listed,
        against,
        short=[part.fill(short, numbers)],
        reading="number",
        counted=SESSION,
    )


@registered
def left_out(part: Part) -> Claim | None:
    """Say which objectives the draft papers, as a speaker notes, suggest not contributing to, although others took them up.

    The speaker is one who contests a text (a tie of that kind) and lists objectives.
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
            "The discussion papers, as {reader} noted ({paras}), suggest not contributing to {objectives}; {n} other speaker "
            "took them up",
            "The discussion papers, as {reader} noted ({paras}), suggest not contributing to {objectives}; {n} other speakers "
            "took up at least one of them",
            more,
        )
    else:
        message = part.ngettext(
            "The discussion papers, as {reader} noted ({paras}), suggest not contributing to {objectives}; {n} other speaker "
            "took up {raised}",
            "The discussion papers, as {reader} noted ({paras}), suggest not contributing to {objectives}; {n} other speakers "
            "took up at least one of {raised}",
            more,
        )
    short = part.gettext("Others took up objectives that the draft papers, it was noted, suggest not contributing to")
    where = paras(lists["paragraph"].head(1), part.locale)
    return part.claim(
        part.fill(message, numbers, reader=part.names([reader]), paras=where, raised=[*raised], n=more),
        "presence",
        [lists["intervention"].iloc[0], *cells["intervention"]],
        short=[short],
        test=lambda rows: set(raised) <= set(numbers_of(rows[rows["actor"] != reader])),
    )


@registered
def unlisted(part: Part) -> Claim | None:
    """Say which of the least discussed objectives are on none of the report's lists."""
    lists, every = listed_objectives(part.data), numbers_of(part.data.objectives)
    least = least_discussed(part.long, among=every, lists=lists.set_index("list")["objectives"])
    missing = numbers_of(least[least["lists"].map(len) == 0])
    if lists.empty or not missing:
        return None
    messages = (
        part.ngettext(
            "By our reading, {objectives} is among those with the fewest speakers, yet not among those listed as needing more "
            "consideration or as ones that the discussion papers suggest not contributing to ({paras})",
            "By our reading, {objectives} are among those with the fewest speakers, yet not among those listed as needing more "
            "consideration or as ones that the discussion papers suggest not contributing to ({paras})",
            len(missing),
        ),
        part.ngettext(
            "By our reading, {objectives} has few speakers, yet is on none of the report’s lists ({paras})",
            "By our reading, {objectives} have few speakers, yet are on none of the report’s lists ({paras})",
            len(missing),
        ),
    )
    texts = [part.fill(each, missing, paras=paras(lists["paragraph"], part.locale)) for each in messages]
    return part.claim(
        texts[0],
        "absence",
        [*lists["intervention"], *of(part.cells, missing)["intervention"]],
        of(part.wide, missing)["intervention"],
        short=texts[1:],
        test=lambda cells: _lowest(part, cells, ties=True)[missing].all(),
    )


def _lowest(part: Part, cells: pd.DataFrame, *, ties: bool) -> "pd.Series[bool]":
    return fewest(speakers(cells, numbers_of(part.data.objectives)), ties=ties)


@registered
def stays_least(part: Part) -> Claim | None:
    """Say which of the least discussed objectives stay in the lowest third, ties included, in every subset and reading."""
    base = numbers_of(least_discussed(part.long, among=numbers_of(part.data.objectives)))
    if not base or part.cells.empty:
        return None
    views = [cells for (chosen, _), cells in part.views.items() if chosen is taken_up]
    lowest = pd.DataFrame([_lowest(part, cells, ties=True) for cells in views])
    stay = [number for number in base if lowest[number].all()]
    message = part.ngettext(
        "In three readings of {n} parts of the meeting each, {objectives} is always in the third of the objectives with the "
        "fewest speakers, ties included",
        "In three readings of {n} parts of the meeting each, {objectives} are always in the third of the objectives with the "
        "fewest speakers, ties included",
        len(stay),
    )
    short = part.ngettext(
        "{Objectives} is in the third with the fewest speakers in all of {total} tries",
        "{Objectives} are in the third with the fewest speakers in all of {total} tries",
        len(stay),
    )
    if not stay:
        message = part.gettext(
            "In three readings of {n} parts of the meeting each, no objective is always in the third with the fewest speakers"
        )
        short = part.gettext("No objective is in the third with the fewest speakers in all of {total} tries")
    words = {"n": len(views) // len(READINGS), "total": len(views)}
    return part.claim(
        part.fill(message, stay, **words),
        "robust",
        of(part.cells, base)["intervention"],
        of(part.wide, base)["intervention"],
        short=[part.fill(short, stay, **words)],
        reading="number, subject and trace",
        counted=SESSION,
        test=lambda cells: _lowest(part, cells, ties=True)[base].all(),
    )
