"""Findings on the objectives: the least discussed, those of one speaker, those only named, and the report's lists of objectives."""

from typing import Any

import pandas as pd

from gfmd_analysis.claims.evidence import SESSION, Claim, Part, in_views, marked, numbers_of, of, registered
from gfmd_analysis.coverage.counts import READINGS, taken_up
from gfmd_analysis.coverage.least import fewest, listed_objectives
from gfmd_analysis.dataset.capacity import spoken_as
from gfmd_analysis.text import N_, NN_, objectives


@registered
def fewest_speakers(part: Part) -> Claim | None:
    """Say which objectives the fewest speakers took up: the one definition of least discussed."""
    numbers, counts = _least(part), part.counts
    if not numbers:
        return None
    many = part.base[numbers]
    most, own, wider = int(many.max()), of(part.cells, numbers), of(part.wide, numbers)
    if most:
        forms = NN_(
            "By our reading, {objectives} drew the fewest speakers, {n}",
            "By our reading, {objectives} drew the fewest speakers, {n} each",
        )
        if many.min() < most:
            forms = (N_("By our reading, {objectives} drew the fewest speakers, at most {n} each"),) * 2
        short = part.ngettext(*forms, len(numbers), numbers, n=most)
        text = part.gettext(
            "{finding} (in statements and updates, also those of chairs and facilitators; presentations of the objectives and "
            "summaries are not counted)",
            finding=short,
        )
    elif wider.empty:
        text = short = part.gettext("Nothing was said on {objectives}", numbers)
    else:
        short = part.gettext("By our reading, no speaker made {objectives} a main subject", numbers)
        forms = NN_(
            "{finding} of a statement or update; speakers who touched on it in passing, or as chair or facilitator: {n}",
            "{finding} of a statement or update; speakers who touched on at least one of them in passing, or as chair or "
            "facilitator: {n}",
        )
        text = part.ngettext(*forms, len(numbers), finding=short, n=wider["actor"].nunique())
    against = set(wider["intervention"]) - set(own["intervention"])
    return part.claim([text, short], "rank", own, against, held=_lower(counts, numbers))


@registered
def one_speaker(part: Part) -> Claim | None:
    """Say which objectives one speaker alone took up, and how many who took up none of them touched on them."""
    alone = part.counts == 1
    numbers = marked(part.base == 1)
    if not numbers or part.long["actor"].nunique() < 2:
        return None
    own, wider = of(part.cells, numbers), of(part.wide, numbers)
    pairs = set(zip(own["actor"], own["objective"].astype(int), strict=True))
    others = wider[[pair not in pairs for pair in zip(wider["actor"], wider["objective"], strict=True)]]
    more = others.loc[~others["actor"].isin(own["actor"]), "actor"].nunique()
    forms = NN_("By our reading, {objectives} drew one speaker", "By our reading, {objectives} drew one speaker each")
    text = plain = part.ngettext(*forms, len(numbers), numbers)
    if more:
        messages = (
            NN_(
                "By our reading, {objectives} drew one speaker; {n} other only touched on it, in passing or as chair or facilitator",
                "By our reading, {objectives} drew one speaker; {n} others only touched on it, in passing or as chair or facilitator",
            )
            if len(numbers) == 1
            else NN_(
                "By our reading, {objectives} drew one speaker each; {n} other only touched on one or more of them, in passing or as chair or facilitator",
                "By our reading, {objectives} drew one speaker each; {n} others only touched on one or more of them, in passing or as chair or facilitator",
            )
        )
        text = part.ngettext(*messages, more, numbers, n=more)
    texts = [text, plain, part.gettext("By our reading, {n} of the objectives drew one speaker each", n=len(numbers))]
    return part.claim(texts, "count", own, others, held=alone[numbers].all(axis=1))


@registered
def in_chair_only(part: Part) -> Claim | None:
    """Say which objectives were spoken to in introductions and summaries alone, in the widest reading."""
    own = part.wide[spoken_as(part.wide)]
    numbers = [number for number in numbers_of(part.wide) if number not in numbers_of(own)]
    if not numbers or own.empty:
        return None
    texts = [
        part.gettext("{Objectives} came up only in introductions and summaries by chairs and facilitators", numbers),
        part.gettext("{n} of the objectives came up only in introductions and summaries", n=len(numbers)),
    ]
    return part.claim(texts, "absence", of(part.wide, numbers), reading="trace", counted=SESSION)


@registered
def only_listed(part: Part) -> Claim | None:
    """Say which objectives were named by number alone, and who spoke to their subject all the same."""
    given = part.long[part.long["basis"].eq("explicit")]
    used = numbers_of(taken_up(given, reading="trace", acts=None))
    numbers = [number for number in numbers_of(given) if number not in used]
    if not numbers:
        return None
    sentences = []
    for number in numbers:
        own, wide = of(part.cells, [number]), of(part.wide, [number])
        others = wide[~wide["actor"].isin(own["actor"])]
        if own.empty and others.empty:
            one = many = N_("The number of objective {number} was given ({named}), and nothing was said on its subject")
        elif own.empty:
            one, many = NN_(
                "The number of objective {number} was given without a word on its subject ({named}); {n} speaker touched on the subject ({wide})",
                "The number of objective {number} was given without a word on its subject ({named}); {n} speakers touched on the subject ({wide})",
            )
        elif others.empty:
            one = many = N_(
                "The number of objective {number} was given without a word on its subject ({named}); the subject was taken up by {speakers} ({own})"
            )
        else:
            one, many = NN_(
                "The number of objective {number} was given without a word on its subject ({named}); the subject was taken up by "
                "{speakers} ({own}), and {n} other touched on it ({wide})",
                "The number of objective {number} was given without a word on its subject ({named}); the subject was taken up by "
                "{speakers} ({own}), and {n} others touched on it ({wide})",
            )
        words: dict[str, Any] = {"named": of(given, [number]), "own": own, "wide": others, "number": str(number)}
        words |= {"speakers": part.names(own["actor"]), "n": others["actor"].nunique()}
        sentences.append(part.ngettext(one, many, words["n"], **words))
    named = of(given, numbers)
    forms = NN_(
        "The number of {objectives} was given without a word on its subject ({paras})",
        "The numbers of {objectives} were given without a word on their subjects ({paras})",
    )
    texts = [". ".join(sentences), part.ngettext(*forms, len(numbers), numbers, paras=named)]
    return part.claim(texts, "absence", named, of(part.wide, numbers), reading="number", counted=SESSION)


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
    messages = (
        NN_(
            "The discussion papers, as {reader} noted ({paras}), suggest not contributing to {objectives}; by our reading, {n} other "
            "speaker took them up",
            "The discussion papers, as {reader} noted ({paras}), suggest not contributing to {objectives}; by our reading, {n} other "
            "speakers took up at least one of them",
        )
        if raised == numbers
        else NN_(
            "The discussion papers, as {reader} noted ({paras}), suggest not contributing to {objectives}; by our reading, {n} other "
            "speaker took up {raised}",
            "The discussion papers, as {reader} noted ({paras}), suggest not contributing to {objectives}; by our reading, {n} other "
            "speakers took up at least one of {raised}",
        )
    )
    words = {"reader": part.names([reader]), "paras": lists.head(1), "raised": raised, "n": more}
    short = N_("By our reading, others took up objectives that, as one speaker noted, the papers suggest leaving out")
    texts = [part.ngettext(*messages, more, numbers, **words), part.gettext(short)]
    held = ((part.counts - in_views(part.data, actor=reader))[raised] > 0).all(axis=1)
    return part.claim(texts, "presence", [lists["intervention"].iloc[0], *cells["intervention"]], held=held)


@registered
def unlisted(part: Part) -> Claim | None:
    """Say which of the least discussed objectives are on none of the report's lists."""
    lists = listed_objectives(part.data)
    missing = [number for number in _least(part) if number not in lists["objectives"].explode().array]
    if lists.empty or not missing:
        return None
    messages = (
        NN_(
            "By our reading, {objectives} is among those with the fewest speakers, yet on none of the lists of objectives to be left out or to be "
            "given more consideration ({paras})",
            "By our reading, {objectives} are among those with the fewest speakers, yet on none of the lists of objectives to be left out or to be "
            "given more consideration ({paras})",
        ),
        NN_(
            "By our reading, {objectives} is among those with the fewest speakers, yet not on these lists ({paras})",
            "By our reading, {objectives} are among those with the fewest speakers, yet not on these lists ({paras})",
        ),
    )
    texts = [part.ngettext(*each, len(missing), missing, paras=lists) for each in messages]
    own, held = [*lists["intervention"], *of(part.cells, missing)["intervention"]], _lowest(part.counts)[missing]
    return part.claim(texts, "absence", own, of(part.wide, missing), held=held.all(axis=1))


def _least(part: Part) -> list[int]:
    """Find the least discussed objectives; none where nothing was taken up."""
    return marked(fewest(part.base)) if part.base.any() else []


def _lower(counts: pd.DataFrame, numbers: list[int]) -> "pd.Series[bool]":
    """Mark the views in which each of some objectives has fewer speakers than any other."""
    return counts[numbers].max(axis=1) < counts.drop(columns=numbers).min(axis=1)


def _lowest(counts: pd.DataFrame) -> pd.DataFrame:
    """Mark the objectives among those with the fewest speakers, or tied with one of them, in every view."""
    return counts.apply(fewest, axis=1, ties=True)


@registered
def stays_least(part: Part) -> Claim | None:
    """Say which of the least discussed objectives stay among the fewest in every subset and reading, and how often they are the same."""
    base, counts = _least(part), part.counts
    if not base:
        return None
    lowest = _lowest(counts)
    stay = [number for number in base if lowest[number].all()]
    same = int(_lower(counts, base).sum())
    words: dict[str, Any] = {"n": len(counts) // len(READINGS), "total": len(counts), "k": counts.shape[1] // 3}
    words |= {"least": objectives(base, part.locale), "same": same}
    none = (
        N_(
            "In {total} ways of counting (three readings of {n} selections from the meeting), no objective is always among the {k} with the fewest speakers, or "
            "tied with one of them; exactly {least} have the fewest in {same} of these ways"
        ),
        N_("No objective is among the {k} with the fewest speakers, or tied with one, in all {total} ways of counting"),
    )
    some = (
        NN_(
            "In {total} ways of counting (three readings of {n} selections from the meeting), {objectives} is always among the {k} with the fewest speakers, or "
            "tied with one of them; exactly {least} have the fewest in {same} of these ways",
            "In {total} ways of counting (three readings of {n} selections from the meeting), {objectives} are always among the {k} with the fewest speakers, or "
            "tied with one of them; exactly {least} have the fewest in {same} of these ways",
        ),
        NN_(
            "{Objectives} is among the {k} with the fewest speakers, or tied with one, in all {total} ways of counting",
            "{Objectives} are among the {k} with the fewest speakers, or tied with one, in all {total} ways of counting",
        ),
    )
    texts = [part.ngettext(*each, len(stay), stay, **words) for each in some]
    texts = texts if stay else [part.gettext(each, **words) for each in none]
    own, against = (of(rows, stay or base) for rows in (part.cells, part.wide))
    reading, held = "number, subject and trace", lowest[base].all(axis=1)
    return part.claim(texts, "robust", own, against, reading=reading, counted=SESSION, held=held)
