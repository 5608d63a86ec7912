"""Check what was said, beyond types and keys: the codebook's rules, and all tables held against each other."""

import re
from collections.abc import Iterator

import pandas as pd

from gfmd_analysis.dataset.rules import (
    STRUCTURE_RULES,
    Frames,
    Rule,
    Schema,
    looked_up,
    numeric,
    place_of,
    report,
    true_where,
)
from gfmd_analysis.dataset.descriptor import JOINER, Table
from gfmd_analysis.errors import Problem

MEASURED_UNITS = ("USD", "EUR", "percent")

MOST_WORDS = 12

COMMON = {"UN", "International", "Organization", "National", "Global", "Migration"}  # in the names of many bodies

NUMBERED = {"recommendations": "R", "challenges": "C", "milestones": "M", "quantities": "Q"}


def mentions_follow_the_codebook(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """An inferred mention says which words carry it, and something was said where it is inferred."""
    table, frame = schema["mentions"], frames["mentions"]
    inferred = frame["basis"] == "inferred"
    allowed = "which words carry it, where the mention is inferred"
    yield from report(table, frame, inferred & (frame["note"] == ""), "note", allowed)
    long = frame["note"].str.count(r"\S+") > MOST_WORDS
    yield from report(table, frame, long, "note", f"at most {MOST_WORDS} words")
    empty = inferred & (frame["engagement"] == "reference")
    yield from report(table, frame, empty, "engagement", "substantive or passing where the mention is inferred")


def mentions_hold_what_else_was_said(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """Whoever presents a practice, recommends, names a challenge or links on an objective has a mention of it."""
    there = set((frames["mentions"]["intervention"] + JOINER + frames["mentions"]["objective"]).tolist())
    asked = frames["recommendation_objectives"]
    by = looked_up(asked, ["recommendation"], frames["recommendations"], "intervention")
    told = [
        ("practice_citations", frames["practice_citations"], "objective"),
        ("recommendation_objectives", asked.assign(intervention=by), "objective"),
        ("objective_links", frames["objective_links"], "objective_a"),
        ("objective_links", frames["objective_links"], "objective_b"),
    ]
    told += [("challenges", frames["challenges"], "objectives")] if "challenges" in frames else []
    for name, frame, column in told:
        missing = true_where(
            frame,
            (
                any(number and f"{intervention}{JOINER}{number}" not in there for number in numbers.split(";"))
                for intervention, numbers in zip(frame["intervention"].tolist(), frame[column].tolist(), strict=True)
            ),
        )
        allowed = "an objective that mentions.csv has for " + frame["intervention"].astype("str")
        yield from report(schema[name], frame, missing, column, allowed)


def acts_follow_the_roles(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """Chairs and facilitators introduce before the floor opens and sum up after it closes; updates are given in plenary."""
    table, frame = schema["interventions"], frames["interventions"]
    act, paragraph = frame["act"], numeric(frame["paragraph"])
    led = act.isin(["introduction", "summary"]) & ~frame["role"].isin(["chair", "facilitator"])
    yield from report(table, frame, led, "act", "statement or update, as neither chair nor facilitator spoke")
    told = (act == "update") & frame["section"].str.startswith("RT")
    yield from report(table, frame, told, "act", "statement, introduction or summary in a roundtable")
    floor = paragraph.where(frame["role"] == "discussant").groupby([frame["meeting"], frame["section"]])
    late = (act == "introduction") & (paragraph > floor.transform("min"))
    yield from report(
        table, frame, late, "act", "an introduction before the first discussant of the section, not after"
    )
    early = (act == "summary") & (paragraph < floor.transform("max"))
    yield from report(table, frame, early, "act", "a summary after the last discussant of the section, not before")


def summaries_name_their_speaker(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """A summary can be read alone: it names who spoke."""
    table, frame, actors = schema["interventions"], frames["interventions"], frames["actors"]
    names = {
        code: {word for word in re.findall(r"\w{2,}", f"{name} {short} {code}") if word[0].isupper()} - COMMON
        for code, name, short in zip(actors["actor"], actors["name"], actors["short_name"], strict=True)
    }
    silent = true_where(
        frame,
        (
            not any(name in text for name in names[actor])
            for actor, text in zip(frame["actor"].tolist(), frame["summary"].tolist(), strict=True)
        ),
    )
    told = "a summary that names its speaker, " + looked_up(frame, ["actor"], actors, "short_name").astype("str")
    yield from report(table, frame, silent, "summary", told)


def texts_stand_once(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """No two rows tell the same in the same words."""
    for name, column in (("interventions", "summary"), ("practices", "name"), ("practices", "summary")):
        frame = frames[name]
        yield from report(schema[name], frame, frame.duplicated(column), column, "a text that no other row has")


def codes_begin_with_their_row(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """A running number follows the code of its intervention, or of its meeting and paragraph (000: the attendance line)."""
    for name, letter in NUMBERED.items():
        if not len(frame := frames.get(name, pd.DataFrame())):
            continue
        (column,) = schema[name].key
        stem = frame["intervention"] if "intervention" in frame else place_of(frame)
        wrong = frame[column].str.replace(rf"-{letter}[0-9]+$", "", regex=True) != stem
        yield from report(schema[name], frame, wrong, column, stem + f"-{letter} and a number")


def practices_are_told(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """Every practice is told by someone, and every body in it that is written as a code is an actor."""
    table, frame = schema["practices"], frames["practices"]
    untold = ~frame["practice"].isin(frames["practice_citations"]["practice"])
    yield from report(table, frame, untold, "practice", "a practice that practice_citations.csv cites")
    for column in ("leads", "partners", "recipients"):
        yield from _are_bodies(table, frame, column, frames)
    bodies = (frame["leads"] + ";" + frame["partners"]).str.strip(";").str.split(";")
    doubled = bodies.map(lambda parts: len(set(parts)) < len(parts)).astype(bool)
    yield from report(table, frame, doubled, "partners", "each body once among leads and partners")


def _are_bodies(table: Table, frame: pd.DataFrame, column: str, frames: Frames) -> Iterator[Problem]:
    known = set(frames["actors"]["actor"])
    strange = true_where(frame, (any(_is_no_body(part, known) for part in text.split(";")) for text in frame[column]))
    allowed = "codes that are in actors.csv, or names, separated by ; without spaces"
    yield from report(table, frame, strange & (frame[column] != ""), column, allowed)


def _is_no_body(text: str, known: set[str]) -> bool:
    return not text or text != text.strip() or (text.isupper() and " " not in text and text not in known)


def recommendations_are_made(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """An introduction recommends nothing; where recommendations were consolidated, each is in one, and none of these is empty."""
    frame = frames["recommendations"]
    act = looked_up(frame, ["intervention"], frames["interventions"], "act")
    allowed = "an intervention that is no introduction"
    yield from report(schema["recommendations"], frame, act == "introduction", "intervention", allowed)
    if len(members := frames.get("consolidation", pd.DataFrame())):
        for name, column in (("recommendations", "recommendation"), ("consolidated_recommendations", "consolidated")):
            left = ~frames[name][column].isin(members[column])
            yield from report(schema[name], frames[name], left, column, "one that consolidation.csv has")


def differences_have_sides(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """A difference has two sides or more, each held by someone."""
    if {"differences", "difference_sides"} <= set(frames):
        frame = frames["differences"]
        sides = frames["difference_sides"].groupby("difference")["side"].nunique()
        few = frame["difference"].map(sides).fillna(0) < 2
        yield from report(schema["differences"], frame, few, "difference", "two sides in difference_sides.csv")


def milestones_are_dated(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """Undated ones have no day, the others run forward; what is past began before the meeting, what is due ends after it."""
    if "milestones" not in frames:
        return
    table, frame = schema["milestones"], frames["milestones"]
    start, end, undated = frame["start"], frame["end"], frame["precision"] == "undated"
    dated = undated & ((start + end) != "")
    yield from report(table, frame, dated, "precision", "undated only where start and end are empty")
    yield from report(table, frame, ~undated & (end == ""), "end", "a day, where the precision is not undated")
    yield from report(table, frame, (end != "") & (start > end), "start", "a day no later than end")
    day = looked_up(frame, ["meeting"], frames["meetings"], "date").fillna("")
    ahead, over = (frame["kind"] == "past") & (start > day), (frame["kind"] == "due") & (end != "") & (end < day)
    yield from report(table, frame, ahead, "kind", "due or ongoing for what begins after the meeting")
    yield from report(table, frame, over, "kind", "past for what ended before the meeting")
    yield from _are_bodies(table, frame, "body", frames)


def quantities_are_sane(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """A quantity's paragraph and actor agree; counts are whole numbers, percentages at most 100, periods run forward."""
    table, frame, spoken = schema["quantities"], frames["quantities"], frames["interventions"]
    code = place_of(frame) + "-" + frame["actor"]
    unheard = (frame["paragraph"] != "") & ~code.isin(spoken["intervention"])
    yield from report(table, frame, unheard, "actor", "an actor with an intervention in this paragraph")
    named = (frame["paragraph"] == "") & (frame["actor"] != "")
    yield from report(table, frame, named, "actor", "empty for the attendance line")
    value = numeric(frame["value"])
    high = (frame["unit"] == "percent") & (value > 100)
    yield from report(table, frame, high, "value", "a percentage of at most 100")
    broken = ~frame["unit"].isin(MEASURED_UNITS) & (value % 1 != 0)
    yield from report(table, frame, broken, "value", "a whole number of what is counted")
    backwards = (frame["period_end"] != "") & (frame["period_start"] > frame["period_end"])
    yield from report(table, frame, backwards, "period_start", "a day no later than period_end")
    day = looked_up(frame, ["meeting"], frames["meetings"], "date").fillna("")
    ahead = (frame["status"] == "observed") & (frame["period_end"] > day)
    yield from report(
        table, frame, ahead, "status", "estimated, forecast or target, as the period ends after the meeting"
    )


def ties_and_links_are_between_two(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """Nobody is tied to itself, and a pair of objectives is written once, the lower first."""
    ties, links = frames["ties"], frames["objective_links"]
    speaker = looked_up(ties, ["intervention"], frames["interventions"], "actor")
    yield from report(schema["ties"], ties, ties["to_actor"] == speaker, "to_actor", "another body than the speaker")
    backwards = numeric(links["objective_a"]) >= numeric(links["objective_b"])
    yield from report(schema["objective_links"], links, backwards, "objective_a", "a lower number than objective_b")


def agreed_is_part_of_both(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """What a draft and the settled coding agree on is in both."""
    if "coding_draft_quality" in frames:
        frame = frames["coding_draft_quality"]
        drafted, coded, agreed = (numeric(frame[column]) for column in ("drafted", "coded", "agreed"))
        most = drafted.clip(upper=coded)
        allowed = "at most what is in both (" + most.astype(str) + ")"
        yield from report(schema["coding_draft_quality"], frame, agreed > most, "agreed", allowed)


def facts_can_be_asked(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """A fact names a table and columns that are there."""
    if "facts" in frames:
        frame = frames["facts"]
        there = [set(schema[name].columns) if name in schema else set() for name in frame["table"]]
        for column in ("table", "rows", "column"):
            asked = ({part.partition("=")[0] for part in text.split(";") if part} for text in frame[column])
            strange = (
                not known if column == "table" else bool(known) and not names <= known
                for names, known in zip(asked, there, strict=True)
            )
            allowed = "a table of the package and its columns"
            yield from report(schema["facts"], frame, true_where(frame, strange), column, allowed)


RULES: tuple[Rule, ...] = (
    *STRUCTURE_RULES,
    mentions_follow_the_codebook,
    mentions_hold_what_else_was_said,
    acts_follow_the_roles,
    summaries_name_their_speaker,
    texts_stand_once,
    codes_begin_with_their_row,
    practices_are_told,
    recommendations_are_made,
    differences_have_sides,
    milestones_are_dated,
    quantities_are_sane,
    ties_and_links_are_between_two,
    agreed_is_part_of_both,
    facts_can_be_asked,
)
