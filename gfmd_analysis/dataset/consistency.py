"""Check what was said, beyond types and keys: the codebook's rules, and all tables held against each other."""

import re
from collections.abc import Iterator

import pandas as pd

from gfmd_analysis.dataset.descriptor import JOINER
from gfmd_analysis.dataset.rules import STRUCTURE, Fault, Frames, looked_up, numeric, outside, place_of, true_where

MEASURED_UNITS = ("USD", "EUR", "percent")

MOST_WORDS = 12

COMMON = {"UN", "International", "Organization", "National", "Global", "Migration"}  # in the names of many bodies

NUMBERED = {  # table -> its key, which ends in its letter and a number
    "recommendations": "recommendation", "challenges": "challenge", "milestones": "milestone", "quantities": "quantity",
}  # fmt: skip


def mentions_follow_the_codebook(frames: Frames) -> Iterator[Fault]:
    """An inferred mention says which words carry it, and something was said where it is inferred."""
    frame = frames["mentions"]
    inferred = frame["basis"] == "inferred"
    allowed = "which words carry it, where the mention is inferred"
    yield "mentions", inferred & (frame["note"] == ""), "note", allowed
    long = frame["note"].str.count(r"\S+") > MOST_WORDS
    yield "mentions", long, "note", f"at most {MOST_WORDS} words"
    empty = inferred & (frame["engagement"] == "reference")
    yield "mentions", empty, "engagement", "substantive or passing where the mention is inferred"


def mentions_hold_what_else_was_said(frames: Frames) -> Iterator[Fault]:
    """Whoever presents a practice, recommends, names a challenge or links on an objective has a mention of it."""
    there = set((frames["mentions"]["intervention"] + JOINER + frames["mentions"]["objective"]).tolist())
    asked = frames["recommendation_objectives"]
    by = looked_up(asked, ["recommendation"], frames["recommendations"], "intervention")
    told = [
        ("practice_citations", frames["practice_citations"], "objective"),
        ("recommendation_objectives", asked.assign(intervention=by), "objective"),
        ("objective_links", frames["objective_links"], "objective_a"),
        ("objective_links", frames["objective_links"], "objective_b"),
        ("challenges", frames["challenges"], "objectives"),
    ]
    for name, frame, column in told:
        said = zip(frame["intervention"].tolist(), frame[column].str.split(";").tolist(), strict=True)
        pairs = ([f"{code}{JOINER}{number}" for number in numbers if number] for code, numbers in said)
        lacking = (not there.issuperset(each) for each in pairs)
        allowed = "an objective that mentions.csv has for " + frame["intervention"].astype("str")
        yield name, true_where(frame, lacking), column, allowed


def acts_follow_the_roles(frames: Frames) -> Iterator[Fault]:
    """Chairs and facilitators introduce before the floor opens and sum up after it closes; updates are given in plenary."""
    frame = frames["interventions"]
    act, paragraph = frame["act"], numeric(frame["paragraph"])
    led = act.isin(["introduction", "summary"]) & ~frame["role"].isin(["chair", "facilitator"])
    yield "interventions", led, "act", "statement or update, as neither chair nor facilitator spoke"
    told = (act == "update") & frame["section"].str.startswith("RT")
    yield "interventions", told, "act", "statement, introduction or summary in a roundtable"
    floor = paragraph.where(frame["role"] == "discussant").groupby([frame["meeting"], frame["section"]])
    late = (act == "introduction") & (paragraph > floor.transform("min"))
    yield "interventions", late, "act", "an introduction before the first discussant of the section, not after"
    early = (act == "summary") & (paragraph < floor.transform("max"))
    yield "interventions", early, "act", "a summary after the last discussant of the section, not before"


def summaries_name_their_speaker(frames: Frames) -> Iterator[Fault]:
    """A summary can be read alone: it names who spoke."""
    frame, actors = frames["interventions"], frames["actors"]
    names = {
        code: {word for word in re.findall(r"\w{2,}", f"{name} {short} {code}") if word[0].isupper()} - COMMON
        for code, name, short in zip(actors["actor"], actors["name"], actors["short_name"], strict=True)
    }
    said = zip(frame["actor"].tolist(), frame["summary"].tolist(), strict=True)
    silent = true_where(frame, (not any(name in text for name in names[actor]) for actor, text in said))
    told = "a summary that names its speaker, " + looked_up(frame, ["actor"], actors, "short_name").astype("str")
    yield "interventions", silent, "summary", told


def texts_stand_once(frames: Frames) -> Iterator[Fault]:
    """No two rows tell the same in the same words."""
    for name, column in (("interventions", "summary"), ("practices", "name"), ("practices", "summary")):
        frame = frames[name]
        yield name, frame.duplicated(column), column, "a text that no other row has"


def codes_begin_with_their_row(frames: Frames) -> Iterator[Fault]:
    """A running number follows the code of its intervention, or of its meeting and paragraph (000: the attendance line)."""
    for name, column in NUMBERED.items():
        frame = frames[name]
        stem = (frame["intervention"] if "intervention" in frame else place_of(frame)) + f"-{column[0].upper()}"
        wrong = frame[column].str.replace(r"[0-9]+$", "", regex=True) != stem
        yield name, wrong, column, stem + " with a number"


def practices_are_told(frames: Frames) -> Iterator[Fault]:
    """Every practice is told by someone, and every body in it that is written as a code is an actor."""
    frame = frames["practices"]
    untold = ~frame["practice"].isin(frames["practice_citations"]["practice"])
    yield "practices", untold, "practice", "a practice that practice_citations.csv cites"
    for column in ("leads", "partners", "recipients"):
        yield from _are_bodies("practices", column, frames)
    bodies = (frame["leads"] + ";" + frame["partners"]).str.strip(";").str.split(";")
    doubled = bodies.map(lambda parts: len(set(parts)) < len(parts)).astype(bool)
    yield "practices", doubled, "partners", "each body once among leads and partners"


def _are_bodies(name: str, column: str, frames: Frames) -> Iterator[Fault]:
    frame, known = frames[name], set(frames["actors"]["actor"])
    parts = (text.split(";") if text else [] for text in frame[column])
    strange = true_where(frame, (any(_is_no_body(part, known) for part in bodies) for bodies in parts))
    yield name, strange, column, "codes that are in actors.csv, or names, separated by ; without spaces"
    actors = frames["actors"]
    codes = dict(zip([*actors["name"], *actors["short_name"]], [*actors["actor"], *actors["actor"]], strict=True))
    named = [[part for part in text.split(";") if codes.get(part, part) != part] for text in frame[column]]
    told = [", ".join(f"the code {codes[part]} for {part}" for part in parts) for parts in named]
    yield name, true_where(frame, map(bool, named)), column, pd.Series(told, frame.index, dtype="str")


def _is_no_body(text: str, known: set[str]) -> bool:
    return not text or text != text.strip() or (text.isupper() and " " not in text and text not in known)


def recommendations_are_made(frames: Frames) -> Iterator[Fault]:
    """An introduction recommends nothing; where recommendations were consolidated, each is in one, and none of these is empty."""
    frame = frames["recommendations"]
    act = looked_up(frame, ["intervention"], frames["interventions"], "act")
    allowed = "an intervention that is no introduction"
    yield "recommendations", act == "introduction", "intervention", allowed
    if len(members := frames["consolidation"]):
        for name, column in (("recommendations", "recommendation"), ("consolidated_recommendations", "consolidated")):
            left = ~frames[name][column].isin(members[column])
            yield name, left, column, "one that consolidation.csv has"
        strange = outside(frames["consolidated_recommendations"]["related"], frames["interventions"]["intervention"])
        yield "consolidated_recommendations", strange, "related", "codes that are in interventions.csv, separated by ;"


def differences_have_sides(frames: Frames) -> Iterator[Fault]:
    """A difference has two sides or more, each held by someone."""
    frame = frames["differences"]
    sides = frames["difference_sides"].groupby("difference")["side"].nunique()
    yield "differences", frame["difference"].map(sides).fillna(0) < 2, "difference", "two sides in difference_sides.csv"


def milestones_are_dated(frames: Frames) -> Iterator[Fault]:
    """Undated ones have no day, the others run forward; what is past began before the meeting, what is due ends after it."""
    frame = frames["milestones"]
    start, end, undated = frame["start"], frame["end"], frame["precision"] == "undated"
    yield "milestones", undated & (start + end != ""), "precision", "undated only where start and end are empty"
    yield "milestones", ~undated & (end == ""), "end", "a day, where the precision is not undated"
    yield "milestones", (end != "") & (start > end), "start", "a day no later than end"
    day = looked_up(frame, ["meeting"], frames["meetings"], "date").fillna("")
    ahead, over = (frame["kind"] == "past") & (start > day), (frame["kind"] == "due") & (end != "") & (end < day)
    yield "milestones", ahead, "kind", "due or ongoing for what begins after the meeting"
    yield "milestones", over, "kind", "past for what ended before the meeting"
    yield from _are_bodies("milestones", "body", frames)


def quantities_are_sane(frames: Frames) -> Iterator[Fault]:
    """A quantity's paragraph and actor agree; counts are whole numbers, percentages at most 100, periods run forward."""
    frame, spoken = frames["quantities"], frames["interventions"]
    code = place_of(frame) + "-" + frame["actor"]
    unheard = (frame["paragraph"] != "") & ~code.isin(spoken["intervention"])
    yield "quantities", unheard, "actor", "an actor with an intervention in this paragraph"
    named = (frame["paragraph"] == "") & (frame["actor"] != "")
    yield "quantities", named, "actor", "empty for the attendance line"
    value = numeric(frame["value"])
    high = (frame["unit"] == "percent") & (value > 100)
    yield "quantities", high, "value", "a percentage of at most 100"
    broken = ~frame["unit"].isin(MEASURED_UNITS) & (value % 1 != 0)
    yield "quantities", broken, "value", "a whole number of what is counted"
    backwards = (frame["period_end"] != "") & (frame["period_start"] > frame["period_end"])
    yield "quantities", backwards, "period_start", "a day no later than period_end"
    day = looked_up(frame, ["meeting"], frames["meetings"], "date").fillna("")
    ahead = (frame["status"] == "observed") & (frame["period_end"] > day)
    yield "quantities", ahead, "status", "estimated, forecast or target, as the period ends after the meeting"


def ties_and_links_are_between_two(frames: Frames) -> Iterator[Fault]:
    """Nobody is tied to itself, and a pair of objectives is written once, the lower first."""
    ties, links = frames["ties"], frames["objective_links"]
    speaker = looked_up(ties, ["intervention"], frames["interventions"], "actor")
    yield "ties", ties["to_actor"] == speaker, "to_actor", "another body than the speaker"
    backwards = numeric(links["objective_a"]) >= numeric(links["objective_b"])
    yield "objective_links", backwards, "objective_a", "a lower number than objective_b"


def agreed_is_part_of_both(frames: Frames) -> Iterator[Fault]:
    """What a draft and the settled coding agree on is in both."""
    if "coding_draft_quality" in frames:
        frame = frames["coding_draft_quality"]
        drafted, coded, agreed = (numeric(frame[column]) for column in ("drafted", "coded", "agreed"))
        most = drafted.clip(upper=coded)
        allowed = "at most what is in both (" + most.astype(str) + ")"
        yield "coding_draft_quality", agreed > most, "agreed", allowed


def facts_can_be_asked(frames: Frames) -> Iterator[Fault]:
    """A fact names a table and columns that are there."""
    frame = frames["facts"]
    there = [set(frames[name].columns) if name in frames else set() for name in frame["table"]]
    allowed = "a table of the package, and columns that it has"
    yield "facts", true_where(frame, (not columns for columns in there)), "table", allowed
    for column in ("rows", "column"):
        asked = ({part.partition("=")[0] for part in text.split(";") if part} for text in frame[column])
        strange = (bool(columns) and not names <= columns for names, columns in zip(asked, there, strict=True))
        yield "facts", true_where(frame, strange), column, allowed


RULES = (
    *STRUCTURE, mentions_follow_the_codebook, mentions_hold_what_else_was_said, acts_follow_the_roles,
    summaries_name_their_speaker, texts_stand_once, codes_begin_with_their_row, practices_are_told,
    recommendations_are_made, differences_have_sides, milestones_are_dated, quantities_are_sane,
    ties_and_links_are_between_two, agreed_is_part_of_both, facts_can_be_asked,
)  # fmt: skip
