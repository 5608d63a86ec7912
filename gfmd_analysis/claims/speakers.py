"""Findings on the speakers: States and others, who spoke most and on most, constituencies, who came and went."""

import pandas as pd

from gfmd_analysis.claims.evidence import (
    SESSION,
    Claim,
    Part,
    constituency,
    leaders,
    numbers_of,
    of,
    registered,
    said,
)
from gfmd_analysis.coverage.counts import attendance, speaker_counts
from gfmd_analysis.dataset.tables import Dataset


@registered
def states_and_others(part: Part) -> Claim | None:
    """Say what others took up and States did not: untouched by them in the widest reading, or touched only."""
    own, rest = (part.cells[part.cells["constituency"].eq("states") == state] for state in (True, False))
    if own.empty or rest.empty:
        return None
    gap = [number for number in numbers_of(rest) if number not in numbers_of(own)]
    touched = of(part.wide[part.wide["constituency"] == "states"], gap)
    untouched = [number for number in gap if number not in numbers_of(touched)]
    texts = []
    if untouched:
        texts.append(part.fill(part.gettext("No State spoke to {objectives}, which others took up"), untouched))
    if not touched.empty:
        message = part.gettext("Others took up {objectives}, on which States only touched in passing or in the chair")
        texts.append(part.fill(message, numbers_of(touched)))
    if not texts:
        return None
    return part.claim(
        ". ".join(texts),
        "absence",
        of(rest, gap)["intervention"],
        touched["intervention"],
        reading="trace" if touched.empty else "subject",
        counted=SESSION,
        test=lambda cells: of(cells[cells["constituency"].eq("states")], gap).empty,
    )


@registered
def most_turns(part: Part) -> Claim | None:
    """Say who took the floor most often, and how often in the chair beside."""
    table, floor = speaker_counts(part.long), said(part.long)
    if len(table) < 2 or table["turns"].max() == table["turns"].min():
        return None
    top = table[table["turns"] == table["turns"].max()]
    most, chair = int(top["turns"].iloc[0]), int(top["turns_in_chair"].sum())
    if len(top) > 1:
        message = part.gettext("{speakers} took the floor most often, in {n} turns each")
    elif chair:
        message = part.gettext("{speakers} took the floor most often, in {n} turns of its own and {k} in the chair")
    else:
        message = part.gettext("{speakers} took the floor most often, in {n} turns")
    return part.claim(
        part.fill(message, speakers=part.names(top["actor"]), n=most, k=chair),
        "rank",
        floor.loc[floor["actor"].isin(top["actor"]), "intervention"],
        reading="trace",
        test=lambda rows: set(leaders(rows, "actor", "turn")) == set(top["actor"]),
        chosen=said,
    )


@registered
def half_the_floor(part: Part) -> Claim | None:
    """Say how few speakers took half of the turns."""
    table, floor = speaker_counts(part.long), said(part.long)
    total, turns = floor["turn"].nunique(), floor.groupby("actor", observed=True)["turn"].unique()
    if len(table) < 4 or not total:
        return None
    taken: set[str] = set()
    few = 0
    while 2 * len(taken) < total:
        taken |= set(turns.get(table["actor"].iloc[few], ()))
        few += 1
    message = part.gettext("At least half of the {total} turns were taken by {n} of the {speakers} speakers")
    chosen = floor[floor["actor"].isin(table["actor"].head(few))]
    text = part.fill(message, total=total, n=few, speakers=len(table))
    return part.claim(text, "count", chosen["intervention"], reading="trace")


@registered
def constituencies_compared(part: Part) -> Claim | None:
    """Say which constituency took up the largest number of objectives, and which come next."""
    counts = part.cells.groupby("constituency", observed=True)["objective"].nunique()
    counts = counts.sort_values(ascending=False, kind="stable")
    first = leaders(part.cells, "constituency")
    if len(counts) < 2 or len(first) == len(counts):
        return None
    after = [
        part.gettext("{constituency} ({n})").format(constituency=constituency(str(code), part.locale), n=int(n))
        for code, n in counts.iloc[len(first) : len(first) + 2].items()
    ]
    message = (
        part.gettext("{leaders} took up {n} of the {total} objectives, the largest number, followed by {after}")
        if len(first) == 1
        else part.gettext(
            "{leaders} took up {n} of the {total} objectives each, the largest number, followed by {after}"
        )
    )
    named = [constituency(code, part.locale) for code in first]
    return part.claim(
        part.fill(message, leaders=named, n=int(counts.iloc[0]), total=len(part.data.objectives), after=after),
        "rank",
        part.cells.loc[part.cells["constituency"].astype("str").isin(first), "intervention"],
        test=lambda rows: set(leaders(rows, "constituency")) == set(first),
    )


@registered
def widest_speaker(part: Part) -> Claim | None:
    """Say who took up the largest number of objectives, and how many speakers took up one or none."""
    counts = part.cells.groupby("actor", observed=True)["objective"].nunique()
    total, top = part.long["actor"].nunique(), leaders(part.cells, "actor")
    if len(counts) < 2 or len(top) == len(counts):
        return None
    message = (
        part.gettext(
            "{speakers} took up the largest number of objectives, {n}; of {total} speakers, {k} took up one or none"
        )
        if len(top) == 1
        else part.gettext(
            "{speakers} took up the largest number of objectives, {n} each; of {total} speakers, {k} took up one or none"
        )
    )
    few = total - int((counts > 1).sum())
    return part.claim(
        part.fill(message, speakers=part.names(top), n=int(counts.max()), total=total, k=few),
        "rank",
        part.cells.loc[part.cells["actor"].isin(top), "intervention"],
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
    return Claim("meetings_compared", ". ".join(texts), "rank", "subject", "statements and updates")
