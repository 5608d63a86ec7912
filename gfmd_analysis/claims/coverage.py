"""Findings on who took up what: the least discussed, the lists, States and others, who spoke most, meetings compared."""

import pandas as pd

from gfmd_analysis.claims.evidence import (
    SESSION,
    SPEAKERS,
    Claim,
    Part,
    cited,
    constituency,
    names,
    numbers_of,
    of,
    registered,
    said,
    speakers,
    tried,
)
from gfmd_analysis.coverage.counts import (
    attendance,
    fewest,
    least_discussed,
    listed_objectives,
    speaker_counts,
    taken_up,
)
from gfmd_analysis.dataset.capacity import spoken_as
from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.text import listing, number_word, objectives, paras, sentence, translator


@registered
def fewest_speakers(part: Part) -> Claim | None:
    """Say which objectives the fewest speakers took up: the one definition of least discussed."""
    every, counted = numbers_of(part.data.objectives), part.cells
    least = least_discussed(part.long, among=every)
    if least.empty or counted.empty:
        return None
    _, numbers, most = translator(part.locale), numbers_of(least), int(least["speakers"].max())
    own, wider = of(counted, numbers), of(part.wide, numbers)
    if most == 0 and wider.empty:
        message = _.gettext("Nothing was said on {objectives}")
    elif most == 0:
        message = _.gettext(
            "{Objectives} drew no speaker where introductions, summaries and passing words are not counted"
        )
    elif least["speakers"].min() == most:
        message = _.gettext("{Objectives} drew the fewest speakers, {n} each")
    elif least["speakers"].min() > 0:
        message = _.gettext("{Objectives} drew the fewest speakers, {n} each or fewer")
    else:
        message = _.gettext(
            "{Objectives} drew the fewest speakers, at most {n} each where introductions and summaries are not counted"
        )
    rest = [number for number in every if number not in numbers]
    return Claim(
        "fewest_speakers",
        message.format(**_named(numbers, part.locale), n=number_word(most, part.locale)),
        "rank",
        "subject",
        SPEAKERS,
        cited(part.data, own["intervention"]),
        cited(part.data, set(wider["intervention"]) - set(own["intervention"])),
        **tried(part, lambda cells: speakers(cells)[numbers].max() < speakers(cells)[rest].min()),
    )


def _named(numbers: list[int], locale: str) -> dict[str, str]:
    text = objectives(numbers, locale)
    return {"objectives": text, "Objectives": sentence(text)}


@registered
def one_speaker(part: Part) -> Claim | None:
    """Say which objectives one speaker alone took up, and how many more touched on them."""
    counts = speakers(part.cells)
    numbers = [int(number) for number in counts.index[counts == 1]]
    if not numbers or len(part.long["actor"].unique()) < 2:
        return None
    _, own, wider = translator(part.locale), of(part.cells, numbers), of(part.wide, numbers)
    pairs = set(zip(own["actor"], own["objective"].astype(int), strict=True))
    others = wider[[pair not in pairs for pair in zip(wider["actor"], wider["objective"], strict=True)]]
    more, single = others["actor"].nunique(), len(numbers) == 1
    if not more:
        message = _.ngettext("{Objectives} drew one speaker", "{Objectives} drew one speaker each", len(numbers))
    elif single:
        message = _.ngettext(
            "{Objectives} drew one speaker; {n} other touched on it in passing or in the chair",
            "{Objectives} drew one speaker; {n} others touched on it in passing or in the chair",
            more,
        )
    else:
        message = _.ngettext(
            "{Objectives} drew one speaker each; {n} other touched on at least one of them in passing or in the chair",
            "{Objectives} drew one speaker each; {n} others touched on at least one of them in passing or in the chair",
            more,
        )
    return Claim(
        "one_speaker",
        message.format(**_named(numbers, part.locale), n=number_word(more, part.locale)),
        "count",
        "subject",
        SPEAKERS,
        cited(part.data, own["intervention"]),
        cited(part.data, others["intervention"]),
        **tried(part, lambda cells: (speakers(cells)[numbers] == 1).all()),
    )


@registered
def in_chair_only(part: Part) -> Claim | None:
    """Say which objectives were spoken to in introductions and summaries alone, in the widest reading."""
    wide = part.wide
    own = wide[spoken_as(wide)]
    numbers = [number for number in numbers_of(wide) if number not in numbers_of(own)]
    if not numbers or own.empty:
        return None
    message = translator(part.locale).gettext(
        "{Objectives} came up only in introductions and summaries by chairs and facilitators"
    )
    return Claim(
        "in_chair_only",
        message.format(**_named(numbers, part.locale)),
        "absence",
        "trace",
        SESSION,
        cited(part.data, of(wide, numbers)["intervention"]),
    )


@registered
def only_listed(part: Part) -> Claim | None:
    """Say which objectives were only listed under their number, and who spoke to their subject all the same."""
    given = part.long[part.long["basis"].eq("explicit")]
    used = numbers_of(taken_up(given, reading="trace", acts=None))
    numbers = [number for number in numbers_of(given) if number not in used]
    if not numbers:
        return None
    _, sentences, wider = translator(part.locale), [], part.wide
    for number in numbers:
        own = of(part.cells, [number])
        others = len(set(of(wider, [number])["actor"]) - set(own["actor"]))
        if not own.empty and others:
            message = _.ngettext(
                "Under its number, objective {number} was only listed; its subject was taken up by {speakers}, and {n} other "
                "touched on it",
                "Under its number, objective {number} was only listed; its subject was taken up by {speakers}, and {n} others "
                "touched on it",
                others,
            )
        elif not own.empty:
            message = _.gettext(
                "Under its number, objective {number} was only listed; its subject was taken up by {speakers}"
            )
        elif others:
            message = _.ngettext(
                "Under its number, objective {number} was only listed; {n} speaker touched on its subject",
                "Under its number, objective {number} was only listed; {n} speakers touched on its subject",
                others,
            )
        else:
            continue
        who = listing(names(part.data, own["actor"], part.locale), part.locale)
        sentences.append(message.format(number=number, speakers=who, n=number_word(others, part.locale)))
    silent = [number for number in numbers if number not in numbers_of(wider)]
    if silent:
        message = _.gettext("Only listed, with nothing said on the subject: {objectives}")
        sentences.append(message.format(**_named(silent, part.locale)))
    return Claim(
        "only_listed",
        ". ".join(sentences),
        "absence",
        "number",
        SESSION,
        cited(part.data, of(given, numbers)["intervention"]),
        cited(part.data, of(wider, numbers)["intervention"]),
    )


@registered
def left_out(part: Part) -> Claim | None:
    """Say which objectives a speaker says that the draft papers leave out, although others took them up.

    The speaker is one who contests a text (a tie of that kind) and lists objectives that are passed over.
    """
    lists = listed_objectives(part.data)
    lists = lists[lists["intervention"].isin(part.data.ties.loc[part.data.ties["kind"] == "contests", "intervention"])]
    if lists.empty:
        return None
    numbers, reader = list(lists["objectives"].iloc[0]), lists["actor"].iloc[0]
    cells = of(part.cells, numbers)
    cells, _ = cells[cells["actor"] != reader], translator(part.locale)
    raised, more = numbers_of(cells), cells["actor"].nunique()
    if not raised:
        return None
    if raised == numbers:
        message = _.ngettext(
            "The draft papers, as {reader} read them, would leave out {objectives}; {n} other speaker took them up",
            "The draft papers, as {reader} read them, would leave out {objectives}; {n} other speakers took up at least one of them",
            more,
        )
    else:
        message = _.ngettext(
            "The draft papers, as {reader} read them, would leave out {objectives}; {n} other speaker took up {raised}",
            "The draft papers, as {reader} read them, would leave out {objectives}; {n} other speakers took up at least one of {raised}",
            more,
        )
    words = {
        "reader": listing(names(part.data, [reader], part.locale), part.locale),
        "raised": listing(raised, part.locale),
    }
    return Claim(
        "left_out",
        message.format(**_named(numbers, part.locale), **words, n=number_word(more, part.locale)),
        "presence",
        "subject",
        SPEAKERS,
        cited(part.data, [lists["intervention"].iloc[0], *cells["intervention"]]),
        (),
        **tried(part, lambda cells: set(raised) <= set(numbers_of(cells[cells["actor"] != reader]))),
    )


@registered
def unlisted(part: Part) -> Claim | None:
    """Say which of the least discussed objectives are on none of the lists of those passed over."""
    lists = listed_objectives(part.data)
    least = least_discussed(
        part.long, among=numbers_of(part.data.objectives), lists=lists.set_index("list")["objectives"]
    )
    missing = numbers_of(least[least["lists"].map(len) == 0])
    if lists.empty or not missing:
        return None
    message = translator(part.locale).gettext(
        "Not listed as passed over ({paras}), yet among those with the fewest speakers: {objectives}"
    )
    return Claim(
        "unlisted",
        message.format(**_named(missing, part.locale), paras=paras(lists["paragraph"], part.locale)),
        "absence",
        "subject",
        SPEAKERS,
        cited(part.data, [*lists["intervention"], *of(part.cells, missing)["intervention"]]),
        cited(part.data, of(part.wide, missing)["intervention"]),
        **tried(part, lambda cells: _fewest(cells, part.data, ties=True)[missing].all()),
    )


def _fewest(cells: pd.DataFrame, data: Dataset, *, ties: bool) -> "pd.Series[bool]":
    return fewest(speakers(cells, numbers_of(data.objectives)), ties=ties)


@registered
def stays_least(part: Part) -> Claim | None:
    """Say which of the least discussed objectives stay so under every subset and reading, which leave and which join."""
    base = numbers_of(least_discussed(part.long, among=numbers_of(part.data.objectives)))
    if not base or part.cells.empty:
        return None
    views = [cells for (chosen, _name), cells in part.views.items() if chosen is taken_up]
    strict, loose = (pd.DataFrame([_fewest(cells, part.data, ties=ties) for cells in views]) for ties in (False, True))
    stay = [number for number in base if loose[number].all()]
    leave = [number for number in base if number not in stay]
    join = [number for number in numbers_of(part.data.objectives) if number not in base and strict[number].any()]
    _ = translator(part.locale)
    messages = [
        _.ngettext(
            "In each of {n} combinations of reading and part of the meeting, {objectives} stays among those with the fewest "
            "speakers",
            "In each of {n} combinations of reading and part of the meeting, {objectives} stay among those with the fewest "
            "speakers",
            len(stay),
        ).format(n=len(loose), **_named(stay, part.locale))
        if stay
        else _.gettext(
            "No objective stays among those with the fewest speakers in each of {n} combinations of reading and part of the "
            "meeting"
        ).format(n=len(loose))
    ]
    if leave:
        message = _.ngettext("{Objectives} leaves them in some", "{Objectives} leave them in some", len(leave))
        messages.append(message.format(**_named(leave, part.locale)))
    if join:
        message = _.ngettext("{Objectives} joins them in some", "{Objectives} join them in some", len(join))
        messages.append(message.format(**_named(join, part.locale)))
    return Claim(
        "stays_least",
        ". ".join(messages),
        "robust",
        "number, subject and trace",
        SESSION,
        cited(part.data, of(part.cells, base)["intervention"]),
        cited(part.data, of(part.wide, base)["intervention"]),
        **tried(part, lambda cells: _fewest(cells, part.data, ties=True)[base].all()),
    )


@registered
def states_and_others(part: Part) -> Claim | None:
    """Say what others took up and States did not: untouched by them in the widest reading, or touched only."""
    cells, wide = part.cells, part.wide
    own, rest = (cells[cells["constituency"].eq("states") == state] for state in (True, False))
    if own.empty or rest.empty:
        return None
    touched = numbers_of(wide[wide["constituency"] == "states"])
    gap = [number for number in numbers_of(rest) if number not in numbers_of(own)]
    untouched = [number for number in gap if number not in touched]
    only_touched = [number for number in gap if number in touched]
    _, messages = translator(part.locale), []
    if untouched:
        messages.append(_.gettext("No State spoke to {objectives}, which others took up"))
    if only_touched:
        messages.append(
            _.gettext("Others took up {objectives}, on which States only touched in passing or in the chair")
        )
    if not messages:
        return None
    groups = [numbers for numbers in (untouched, only_touched) if numbers]
    against = of(wide[wide["constituency"] == "states"], gap)
    return Claim(
        "states_and_others",
        ". ".join(
            message.format(**_named(numbers, part.locale)) for message, numbers in zip(messages, groups, strict=True)
        ),
        "absence",
        "trace" if not only_touched else "subject",
        SESSION,
        cited(part.data, of(rest, gap)["intervention"]),
        cited(part.data, against["intervention"]),
        **tried(part, lambda cells: not len(of(cells[cells["constituency"].eq("states")], gap))),
    )


@registered
def most_turns(part: Part) -> Claim | None:
    """Say who took the floor most often, and how often in the chair beside."""
    table = speaker_counts(part.long)
    if len(table) < 2 or table["turns"].max() == table["turns"].min():
        return None
    _, most = translator(part.locale), int(table["turns"].max())
    top = table[table["turns"] == most]
    chair, actors, floor = int(top["turns_in_chair"].sum()), top["actor"].tolist(), said(part.long)
    if len(top) > 1:
        message = _.gettext("{speakers} took the floor most often, in {n} turns each")
    elif chair:
        message = _.gettext("{speakers} took the floor most often, in {n} turns of its own and {k} in the chair")
    else:
        message = _.gettext("{speakers} took the floor most often, in {n} turns")
    words = {"n": number_word(most, part.locale), "k": number_word(chair, part.locale)}

    def leads(rows: pd.DataFrame) -> bool:
        turns = rows.groupby("actor", observed=True)["turn"].nunique()
        return set(turns.index[turns == turns.max()]) == set(actors) if len(turns) else False

    return Claim(
        "most_turns",
        sentence(message.format(speakers=listing(names(part.data, actors, part.locale), part.locale), **words)),
        "rank",
        "trace",
        SPEAKERS,
        cited(part.data, floor.loc[floor["actor"].isin(actors), "intervention"]),
        (),
        **tried(part, leads, said),
    )


@registered
def half_the_floor(part: Part) -> Claim | None:
    """Say how few speakers took half of the turns."""
    table, rows = speaker_counts(part.long), said(part.long)
    total, turns = rows["turn"].nunique(), rows.groupby("actor", observed=True)["turn"].unique()
    if len(table) < 4 or not total:
        return None
    taken: set[str] = set()
    few = 0
    while 2 * len(taken) < total:
        taken |= set(turns.get(table["actor"].iloc[few], ()))
        few += 1
    message = translator(part.locale).gettext(
        "At least half of the {total} turns were taken by {n} of the {speakers} speakers"
    )
    words = {
        "total": number_word(total, part.locale),
        "n": number_word(few, part.locale),
        "speakers": number_word(len(table), part.locale),
    }
    chosen = rows[rows["actor"].isin(table["actor"].head(few))]
    return Claim(
        "half_the_floor", message.format(**words), "count", "trace", SPEAKERS, cited(part.data, chosen["intervention"])
    )


@registered
def constituencies_compared(part: Part) -> Claim | None:
    """Say which constituency took up the largest number of objectives, and which come next."""
    cells = part.cells
    counts = (
        cells.groupby("constituency", observed=True)["objective"].nunique().sort_values(ascending=False, kind="stable")
    )
    if len(counts) < 2 or counts.iloc[0] == counts.iloc[-1]:
        return None
    _, first = translator(part.locale), [str(code) for code in counts.index[counts == counts.iloc[0]]]
    leaders = listing([constituency(code, part.locale) for code in first], part.locale)
    after = [
        _.gettext("{constituency} ({n})").format(constituency=constituency(str(code), part.locale), n=int(n))
        for code, n in counts.iloc[len(first) : len(first) + 2].items()
    ]
    message = (
        _.gettext("{leaders} took up {n} of the {total} objectives, the largest number, followed by {after}")
        if len(first) == 1
        else _.gettext("{leaders} took up {n} of the {total} objectives each, the largest number, followed by {after}")
    )
    words = {
        "leaders": sentence(leaders),
        "n": number_word(int(counts.iloc[0]), part.locale),
        "total": len(part.data.objectives),
        "after": listing(after, part.locale),
    }

    def leads(rows: pd.DataFrame) -> bool:
        found = rows.groupby("constituency", observed=True)["objective"].nunique()
        return set(found.index[found == found.max()].astype("str")) == set(first) if len(found) else False

    return Claim(
        "constituencies_compared",
        message.format(**words),
        "rank",
        "subject",
        SPEAKERS,
        cited(part.data, cells.loc[cells["constituency"].astype("str").isin(first), "intervention"]),
        (),
        **tried(part, leads),
    )


@registered
def widest_speaker(part: Part) -> Claim | None:
    """Say who took up the largest number of objectives, and how many speakers took up one or none."""
    cells, total = part.cells, part.long["actor"].nunique()
    counts = cells.groupby("actor", observed=True)["objective"].nunique()
    if len(counts) < 2 or counts.max() == counts.min():
        return None
    top = counts.index[counts == counts.max()].tolist()
    _, narrow_ones = translator(part.locale), total - int((counts > 1).sum())
    message = (
        _.gettext(
            "{speakers} took up the largest number of objectives, {n}; of {total} speakers, {k} took up one or none"
        )
        if len(top) == 1
        else _.gettext(
            "{speakers} took up the largest number of objectives, {n} each; of {total} speakers, {k} took up one or none"
        )
    )
    words = {
        "n": number_word(int(counts.max()), part.locale),
        "k": number_word(narrow_ones, part.locale),
        "total": number_word(total, part.locale),
    }

    def leads(rows: pd.DataFrame) -> bool:
        found = rows.groupby("actor", observed=True)["objective"].nunique()
        return set(found.index[found == found.max()]) == set(top) if len(found) else False

    return Claim(
        "widest_speaker",
        sentence(message.format(speakers=listing(names(part.data, top, part.locale), part.locale), **words)),
        "rank",
        "subject",
        SPEAKERS,
        cited(part.data, cells.loc[cells["actor"].isin(top), "intervention"]),
        (),
        **tried(part, leads),
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
    there = attendance(data.long())
    if before not in there or after not in there:
        return None
    _, (rose, fell) = (
        translator(locale),
        (numbers_of(changes[changes["clear"] & (changes["change"] * sign > 0)]) for sign in (1, -1)),
    )
    messages = [
        message.format(**_named(numbers, locale), before=before, after=after)
        for numbers, message in (
            (rose, _.gettext("More attention than at {before} was given at {after} to {objectives}")),
            (fell, _.gettext("Less attention than at {before} was given at {after} to {objectives}")),
        )
        if numbers
    ]
    if not messages:
        message = _.gettext("No change of attention from {before} to {after} can be told from chance")
        messages.append(message.format(before=before, after=after))
    came, went = int((there[after] & ~there[before]).sum()), int((there[before] & ~there[after]).sum())
    counts = _.gettext("Speakers new: {came}; no longer there: {went}").format(came=came, went=went)
    text = ". ".join([*messages, counts])
    return Claim("meetings_compared", text, "rank", "subject", SPEAKERS)
