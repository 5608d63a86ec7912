"""Findings on the speakers: States and others, who spoke most and on most, constituencies, who came and went."""

import pandas as pd

from gfmd_analysis.claims.evidence import (
    SESSION,
    SPEAKERS,
    Claim,
    Part,
    constituency,
    fitting,
    leaders,
    numbers_of,
    of,
    registered,
    said,
)
from gfmd_analysis.coverage.counts import attendance, speaker_counts
from gfmd_analysis.dataset.capacity import spoken_as
from gfmd_analysis.dataset.objectives import OBJECTIVES
from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.text import listing, number_word, objectives


@registered
def states_and_others(part: Part) -> Claim | None:
    """Say what others took up and States did not: and which of these they touched all the same."""
    own, rest = (part.cells[part.cells["constituency"].eq("states") == state] for state in (True, False))
    if own.empty or rest.empty:
        return None
    gap = [number for number in numbers_of(rest) if number not in numbers_of(own)]
    touched = of(part.wide[part.wide["constituency"] == "states"], gap)
    if not gap:
        return None
    plain = part.gettext("By our reading, States did not take up {objectives}, which others did")
    told = part.gettext(
        "By our reading, States did not take up {objectives}, which others did; on {touched} they touched in passing, or as "
        "chair or facilitator"
    )
    message = plain if touched.empty else told
    return part.claim(
        part.fill(message, gap, touched=objectives(numbers_of(touched), part.locale)),
        "absence",
        of(rest, gap)["intervention"],
        touched["intervention"],
        short=[part.fill(plain, gap)],
        counted=SESSION,
        test=lambda cells: of(cells[cells["constituency"].eq("states")], gap).empty,
    )


@registered
def most_turns(part: Part) -> Claim | None:
    """Say who took the floor most often, and how often as chair or facilitator beside."""
    table, floor = speaker_counts(part.long), said(part.long)
    if len(table) < 2 or table["turns"].max() == table["turns"].min() or table["turns"].max() < 2:
        return None
    if len(part.data.objectives) < len(OBJECTIVES.categories):
        return None  # turns in which some objectives were named are not the floor
    top = table[table["turns"] == table["turns"].max()]
    most, chair = int(top["turns"].iloc[0]), int(top["turns_in_chair"].sum())
    led = part.long[part.long["actor"].isin(top["actor"]) & ~spoken_as(part.long)]
    if len(top) > 1:
        message = part.gettext("{speakers} took the floor most often, in {n} turns each")
    elif not chair:
        message = part.gettext("{speakers} took the floor most often, in {n} turns")
    elif led["role"].eq("chair").all():
        message = part.gettext("{speakers} took the floor most often, in {n} turns of its own and {k} as chair")
    elif led["role"].eq("facilitator").all():
        message = part.gettext("{speakers} took the floor most often, in {n} turns of its own and {k} as facilitator")
    else:
        message = part.gettext("{speakers} took the floor most often, in {n} turns of its own and {k} beside")
    return part.claim(
        part.fill(message, speakers=part.names(top["actor"]), n=most, k=chair),
        "rank",
        floor.loc[floor["actor"].isin(top["actor"]), "intervention"],
        short=[part.fill(part.gettext("Nobody took the floor in more than {n} turns"), n=most)],
        reading="trace",
        test=lambda rows: set(leaders(rows, "actor", "turn")) == set(top["actor"]),
        chosen=said,
    )


@registered
def constituencies_compared(part: Part) -> Claim | None:
    """Say which constituencies took up the largest number of objectives, and which come next; who ties is named with them."""
    counts = part.cells.groupby("constituency", observed=True)["objective"].nunique()
    first, total = leaders(part.cells, "constituency"), len(part.data.objectives)
    if len(counts) < 2 or len(first) == len(counts):
        return None
    after = []
    for number in sorted(set(counts), reverse=True)[1:3]:
        tied = [constituency(str(code), part.locale) for code in counts.index[counts == number]]
        message = part.ngettext("{constituencies} ({n})", "{constituencies} ({n} each)", len(tied))
        after.append(message.format(constituencies=listing(tied, part.locale), n=number_word(int(number), part.locale)))
    named = [constituency(code, part.locale) for code in first]
    most = int(counts.max())
    alone = part.ngettext(
        "By our reading, {leaders} took up the largest number of objectives, {n} of the {total}",
        "By our reading, {leaders} took up the largest number of objectives, {n} of the {total} each",
        len(first),
    )
    if most == total:
        alone = part.gettext("By our reading, {leaders} took up all {total} objectives, the largest number")
    message = part.gettext("{finding}, followed by {after}")
    if len(after) > 1:
        message = part.gettext("{finding}, followed by {after}, then by {last}")
    short = part.fill(alone, leaders=named, n=most, total=total)
    return part.claim(
        part.fill(message, finding=short, after=after[0], last=after[-1]),
        "rank",
        part.cells.loc[part.cells["constituency"].astype("str").isin(first), "intervention"],
        short=[
            short,
            part.fill(
                part.gettext("No constituency took up more than {n} of the {total} objectives"), n=most, total=total
            ),
        ],
        test=lambda rows: set(leaders(rows, "constituency")) == set(first),
    )


@registered
def widest_speaker(part: Part) -> Claim | None:
    """Say who took up the largest number of objectives, and how many of those who took up any took up one."""
    counts = part.cells.groupby("actor", observed=True)["objective"].nunique()
    total, top = len(counts), leaders(part.cells, "actor")
    if total < 2 or len(top) == total:
        return None
    short = part.ngettext(
        "By our reading, {speakers} took up the largest number of objectives, {n}",
        "By our reading, {speakers} took up the largest number of objectives, {n} each",
        len(top),
    )
    few, least = int((counts == 1).sum()), int(counts.min())
    if few:
        message = part.gettext("{finding}; of the {total} speakers who took up any, {k} took up one")
    else:
        message = part.gettext("{finding}; each of the {total} speakers who took up any took up at least {least}")
    short = part.fill(short, speakers=part.names(top), n=int(counts.max()))
    return part.claim(
        part.fill(message, finding=short, total=total, k=few, least=least),
        "rank",
        part.cells.loc[part.cells["actor"].isin(top), "intervention"],
        short=[short, part.fill(part.gettext("Nobody took up more than {n} objectives"), n=int(counts.max()))],
        test=lambda rows: set(leaders(rows, "actor")) == set(top),
    )


def meetings_compared(
    data: "Dataset", changes: pd.DataFrame, before: str, after: str, *, locale: str = "en"
) -> Claim | None:
    """Say which objectives gained or lost attention from one meeting to another, and how many actors came and went.

    Parameters
    ----------
    data
        A dataset of both meetings.
    changes
        Table of :func:`gfmd_analysis.coverage.uncertainty.share_change`: ``objective``, ``change``, ``clear``.
    before, after
        The meetings.
    locale
        ``en``, ``fr`` or ``es``.
    """
    part = Part(data, locale)
    there = attendance(part.long)
    if before not in there or after not in there:
        return None
    sure = changes[changes["clear"]]
    texts = [
        part.fill(message, numbers, before=before, after=after)
        for numbers, message in (
            (
                numbers_of(sure[sure["change"] > 0]),
                part.gettext("More attention than at {before} was given at {after} to {objectives}"),
            ),
            (
                numbers_of(sure[sure["change"] < 0]),
                part.gettext("Less attention than at {before} was given at {after} to {objectives}"),
            ),
        )
        if numbers
    ]
    if not texts:
        message = part.gettext("No change of attention from {before} to {after} can be told from chance")
        texts.append(part.fill(message, before=before, after=after))
    came, went = int((there[after] & ~there[before]).sum()), int((there[before] & ~there[after]).sum())
    message = part.gettext("Speakers new: {came}; no longer there: {went}")
    texts.append(message.format(came=came, went=went))
    return Claim("meetings_compared", ". ".join(texts), "rank", "subject", SPEAKERS, short=fitting(*texts, texts[-1]))
