"""Findings on the speakers: States and others, who spoke most and on most, constituencies, who came and went."""

from typing import Any

import pandas as pd

from gfmd_analysis.claims.evidence import SESSION, Claim, Part, fitting, in_views, leading, numbers_of, of, registered
from gfmd_analysis.claims.selection import constituency
from gfmd_analysis.coverage.counts import attendance
from gfmd_analysis.dataset.capacity import spoken_as
from gfmd_analysis.dataset.objectives import OBJECTIVES
from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.text import N_, NN_, objectives


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
    text = plain = part.gettext("By our reading, States did not take up {objectives}, which others did", gap)
    if not touched.empty:
        text = part.gettext(
            "By our reading, States did not take up {objectives}, which others did; they touched on {touched} only in passing, "
            "or as chair or facilitator",
            gap,
            touched=objectives(numbers_of(touched), part.locale),
        )
    held = (in_views(part.data, constituency="states")[gap] == 0).all(axis=1)
    return part.claim([text, plain], "absence", of(rest, gap), touched, counted=SESSION, held=held)


@registered
def most_turns(part: Part) -> Claim | None:
    """Say who took the floor most often, and how often as chair or facilitator beside."""
    turns, top, held = leading(part.data, "actor", "turn")
    if len(part.data.objectives) < len(OBJECTIVES.categories):
        return None  # turns in which some objectives were named are not the floor
    if turns.empty or turns.max() < 2 or len(top) == part.long["actor"].nunique():
        return None
    own = part.long[part.long["actor"].isin(top)]
    chair = len(own[~spoken_as(own)].drop_duplicates(["actor", "turn"]))
    if len(top) > 1:
        message = N_("{speakers} took the floor most often, in {n} turns each")
    elif not chair:
        message = N_("{speakers} took the floor most often, in {n} turns")
    else:
        message = N_("{speakers} took the floor most often, in {n} turns of its own and {k} as chair or facilitator")
    messages = (message, N_("Nobody took the floor in more than {n} turns"))
    texts = [part.gettext(each, speakers=part.names(top), n=int(turns.max()), k=chair) for each in messages]
    return part.claim(texts, "rank", own, reading="trace", held=held)


@registered
def constituencies_compared(part: Part) -> Claim | None:
    """Say which constituencies took up the largest number of objectives, and which come next; who ties is named with them."""
    counts, first, held = leading(part.data, "constituency", "objective")
    total = len(part.data.objectives)
    if len(first) == len(counts):
        return None
    after = []
    for number in sorted(set(counts), reverse=True)[1:3]:
        tied = [constituency(str(code), part.locale) for code in counts.index[counts == number]]
        words: dict[str, Any] = {"constituencies": tied, "n": int(number)}
        after.append(part.ngettext("{constituencies} ({n:d})", "{constituencies} ({n:d} each)", len(tied), **words))
    words = {"leaders": [constituency(code, part.locale) for code in first], "n": int(counts.max()), "total": total}
    forms = NN_(
        "By our reading, {leaders} took up the largest number of objectives, {n} of the {total}",
        "By our reading, {leaders} took up the largest number of objectives, {n} of the {total} each",
    )
    if counts.max() == total:
        forms = (N_("By our reading, {leaders} took up all {total} objectives, the largest number"),) * 2
    short = part.ngettext(*forms, len(first), **words)
    followed = N_("{finding}, followed by {after}, then by {last}")
    if len(after) == 1:
        followed = N_("{finding}, followed by {after}")
    last = N_("By our reading, no constituency took up more than {n} of the {total} objectives")
    words |= {"finding": short, "after": after[0], "last": after[-1]}
    texts = [part.gettext(followed, **words), short, part.gettext(last, **words)]
    return part.claim(texts, "rank", part.cells[part.cells["constituency"].isin(first)], held=held)


@registered
def widest_speaker(part: Part) -> Claim | None:
    """Say who took up the largest number of objectives."""
    counts, top, held = leading(part.data, "actor", "objective")
    if len(top) == len(counts):
        return None
    words: dict[str, Any] = {"speakers": part.names(top), "n": int(counts.max())}
    forms = NN_(
        "By our reading, {speakers} took up the largest number of objectives, {n}",
        "By our reading, {speakers} took up the largest number of objectives, {n} each",
    )
    short = N_("By our reading, nobody took up more than {n} objectives")
    texts = [part.ngettext(*forms, len(top), **words), part.gettext(short, **words)]
    return part.claim(texts, "rank", part.cells[part.cells["actor"].isin(top)], held=held)


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
        part.gettext(message, numbers_of(rows), before=before, after=after)
        for rows, message in (
            (sure[sure["change"] > 0], N_("More attention than at {before} was given at {after} to {objectives}")),
            (sure[sure["change"] < 0], N_("Less attention than at {before} was given at {after} to {objectives}")),
        )
        if len(rows)
    ]
    if not texts:
        message = N_("No change of attention from {before} to {after} can be told from chance")
        texts.append(part.gettext(message, before=before, after=after))
    came, went = (there[after] & ~there[before]).sum(), (there[before] & ~there[after]).sum()
    texts.append(part.gettext("Speakers new: {came}; no longer there: {went}", came=str(came), went=str(went)))
    return Claim("meetings_compared", ". ".join(texts), "rank", short=fitting(*texts, texts[-1]))
