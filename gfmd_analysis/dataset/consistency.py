"""Check what was said, beyond types and keys: the codebook's rules, and all tables held against each other."""

import re
from collections.abc import Iterator

import pandas as pd

from gfmd_analysis.dataset.descriptor import JOINER
from gfmd_analysis.dataset.rules import STRUCTURE, Fault, Frame, Rule, looked_up, numeric, outside, place_of, true_where

MEASURED_UNITS = ("USD", "EUR", "percent")

MOST_WORDS = 12

COMMON = {"UN", "International", "Organization", "National", "Global", "Migration"}  # in the names of many bodies

NUMBERED = {  # table -> its key, which ends in its letter and a number
    "recommendations": "recommendation", "challenges": "challenge", "milestones": "milestone", "quantities": "quantity",
}  # fmt: skip


def mentions_follow_the_codebook(mentions: Frame) -> Iterator[Fault]:
    """An inferred mention says which words carry it, and something was said where it is inferred."""
    inferred, note = mentions["basis"] == "inferred", mentions["note"]
    yield "mentions", inferred & (note == ""), "note", "which words carry it, where the mention is inferred"
    yield "mentions", note.str.count(r"\S+") > MOST_WORDS, "note", f"at most {MOST_WORDS} words"
    empty = inferred & (mentions["engagement"] == "reference")
    yield "mentions", empty, "engagement", "substantive or passing where the mention is inferred"


def mentions_hold_what_else_was_said(
    mentions: Frame,
    practice_citations: Frame,
    recommendations: Frame,
    recommendation_objectives: Frame,
    objective_links: Frame,
    challenges: Frame,
) -> Iterator[Fault]:
    """Whoever presents a practice, recommends, names a challenge or links on an objective has a mention of it."""
    there = set((mentions["intervention"] + JOINER + mentions["objective"]).tolist())
    by = looked_up(recommendation_objectives, ["recommendation"], recommendations, "intervention")
    told = [
        ("practice_citations", practice_citations, "objective"),
        ("recommendation_objectives", recommendation_objectives.assign(intervention=by), "objective"),
        ("objective_links", objective_links, "objective_a"),
        ("objective_links", objective_links, "objective_b"),
        ("challenges", challenges, "objectives"),
    ]
    for name, frame, column in told:
        said = zip(frame["intervention"].tolist(), frame[column].str.split(";").tolist(), strict=True)
        pairs = ([f"{code}{JOINER}{number}" for number in numbers if number] for code, numbers in said)
        lacking = (not there.issuperset(each) for each in pairs)
        allowed = "an objective that mentions.csv has for " + frame["intervention"].astype("str")
        yield name, true_where(frame, lacking), column, allowed


def acts_follow_the_roles(interventions: Frame) -> Iterator[Fault]:
    """Chairs and facilitators introduce before the floor opens and sum up after it closes; updates are given in plenary."""
    frame = interventions
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


def summaries_name_their_speaker(interventions: Frame, actors: Frame) -> Iterator[Fault]:
    """A summary can be read alone: it names who spoke."""
    names = {
        code: {word for word in re.findall(r"\w{2,}", f"{name} {short} {code}") if word[0].isupper()} - COMMON
        for code, name, short in zip(actors["actor"], actors["name"], actors["short_name"], strict=True)
    }
    said = zip(interventions["actor"].tolist(), interventions["summary"].tolist(), strict=True)
    silent = true_where(interventions, (not any(name in text for name in names[actor]) for actor, text in said))
    speaker = looked_up(interventions, ["actor"], actors, "short_name").astype("str")
    yield "interventions", silent, "summary", "a summary that names its speaker, " + speaker


def texts_stand_once(interventions: Frame, practices: Frame) -> Iterator[Fault]:
    """No two rows tell the same in the same words."""
    yield "interventions", interventions.duplicated("summary"), "summary", "a text that no other row has"
    for column in ("name", "summary"):
        yield "practices", practices.duplicated(column), column, "a text that no other row has"


def codes_begin_with_their_row(
    recommendations: Frame, challenges: Frame, milestones: Frame, quantities: Frame
) -> Iterator[Fault]:
    """A running number follows the code of its intervention, or of its meeting and paragraph (000: the attendance line)."""
    frames = (recommendations, challenges, milestones, quantities)
    for (name, column), frame in zip(NUMBERED.items(), frames, strict=True):
        stem = (frame["intervention"] if "intervention" in frame else place_of(frame)) + f"-{column[0].upper()}"
        wrong = frame[column].str.replace(r"[0-9]+$", "", regex=True) != stem
        yield name, wrong, column, stem + " with a number"


def practices_are_told(practices: Frame, practice_citations: Frame, actors: Frame) -> Iterator[Fault]:
    """Every practice is told by someone, and every body in it that is written as a code is an actor."""
    untold = ~practices["practice"].isin(practice_citations["practice"])
    yield "practices", untold, "practice", "a practice that practice_citations.csv cites"
    for column in ("leads", "partners", "recipients"):
        yield from _are_bodies("practices", practices[column], actors)
    bodies = (practices["leads"] + ";" + practices["partners"]).str.strip(";").str.split(";")
    doubled = true_where(practices, (len(set(parts)) < len(parts) for parts in bodies))
    yield "practices", doubled, "partners", "each body once among leads and partners"


def _are_bodies(name: str, cells: pd.Series, actors: Frame) -> Iterator[Fault]:
    known, column = set(actors["actor"]), str(cells.name)
    bodies = [text.split(";") if text else [] for text in cells]
    strange = true_where(cells, (any(_is_no_body(part, known) for part in parts) for parts in bodies))
    yield name, strange, column, "codes that are in actors.csv, or names, separated by ; without spaces"
    codes = dict(zip([*actors["name"], *actors["short_name"]], [*actors["actor"], *actors["actor"]], strict=True))
    coded = [[part for part in parts if codes.get(part, part) != part] for parts in bodies]
    named = [[f"the code {codes[part]} for {part}" for part in parts] for parts in coded]
    yield name, true_where(cells, map(bool, named)), column, pd.Series(map(", ".join, named), cells.index, dtype="str")


def _is_no_body(text: str, known: set[str]) -> bool:
    return not text or text != text.strip() or (text.isupper() and " " not in text and text not in known)


def recommendations_are_made(
    recommendations: Frame, interventions: Frame, consolidation: Frame, consolidated_recommendations: Frame
) -> Iterator[Fault]:
    """An introduction recommends nothing; where recommendations were consolidated, each is in one, and none of these is empty."""
    act = looked_up(recommendations, ["intervention"], interventions, "act")
    yield "recommendations", act == "introduction", "intervention", "an intervention that is no introduction"
    if len(consolidation):
        told, demands = "one that consolidation.csv has", consolidated_recommendations
        alone = ~recommendations["recommendation"].isin(consolidation["recommendation"])
        yield "recommendations", alone, "recommendation", told
        empty = ~demands["consolidated"].isin(consolidation["consolidated"])
        yield "consolidated_recommendations", empty, "consolidated", told
        strange = outside(demands["related"], interventions["intervention"])
        yield "consolidated_recommendations", strange, "related", "codes that are in interventions.csv, separated by ;"


def differences_have_sides(differences: Frame, difference_sides: Frame) -> Iterator[Fault]:
    """A difference has two sides or more, each held by someone."""
    sides = differences["difference"].map(difference_sides.groupby("difference")["side"].nunique())
    yield "differences", sides.fillna(0) < 2, "difference", "two sides in difference_sides.csv"


def milestones_are_dated(milestones: Frame, meetings: Frame, actors: Frame) -> Iterator[Fault]:
    """Undated ones have no day, the others run forward; what is past began before the meeting, what is due ends after it."""
    frame = milestones
    start, end, undated = frame["start"], frame["end"], frame["precision"] == "undated"
    yield "milestones", undated & (start + end != ""), "precision", "undated only where start and end are empty"
    yield "milestones", ~undated & (end == ""), "end", "a day, where the precision is not undated"
    yield "milestones", (end != "") & (start > end), "start", "a day no later than end"
    day = looked_up(frame, ["meeting"], meetings, "date").fillna("")
    ahead, over = (frame["kind"] == "past") & (start > day), (frame["kind"] == "due") & (end != "") & (end < day)
    yield "milestones", ahead, "kind", "due or ongoing for what begins after the meeting"
    yield "milestones", over, "kind", "past for what ended before the meeting"
    yield from _are_bodies("milestones", frame["body"], actors)


def quantities_are_sane(quantities: Frame, interventions: Frame, meetings: Frame) -> Iterator[Fault]:
    """A quantity's paragraph and actor agree; counts are whole numbers, percentages at most 100, periods run forward."""
    frame, value, unit = quantities, numeric(quantities["value"]), quantities["unit"]
    heard = (place_of(frame) + "-" + frame["actor"]).isin(interventions["intervention"])
    yield "quantities", (frame["paragraph"] != "") & ~heard, "actor", "an actor with an intervention in this paragraph"
    named = (frame["paragraph"] == "") & (frame["actor"] != "")
    yield "quantities", named, "actor", "empty for the attendance line"
    yield "quantities", (unit == "percent") & (value > 100), "value", "a percentage of at most 100"
    broken = ~unit.isin(MEASURED_UNITS) & (value % 1 != 0)
    yield "quantities", broken, "value", "a whole number of what is counted"
    backwards = (frame["period_end"] != "") & (frame["period_start"] > frame["period_end"])
    yield "quantities", backwards, "period_start", "a day no later than period_end"
    day = looked_up(frame, ["meeting"], meetings, "date").fillna("")
    ahead = (frame["status"] == "observed") & (frame["period_end"] > day)
    yield "quantities", ahead, "status", "estimated, forecast or target, as the period ends after the meeting"


def ties_and_links_are_between_two(ties: Frame, objective_links: Frame, interventions: Frame) -> Iterator[Fault]:
    """Nobody is tied to itself, and a pair of objectives is written once, the lower first."""
    speaker = looked_up(ties, ["intervention"], interventions, "actor")
    yield "ties", ties["to_actor"] == speaker, "to_actor", "another body than the speaker"
    backwards = numeric(objective_links["objective_a"]) >= numeric(objective_links["objective_b"])
    yield "objective_links", backwards, "objective_a", "a lower number than objective_b"


def agreed_is_part_of_both(coding_draft_quality: Frame) -> Iterator[Fault]:
    """What a draft and the settled coding agree on is in both."""
    drafted, coded, agreed = (numeric(coding_draft_quality[column]) for column in ("drafted", "coded", "agreed"))
    most = drafted.clip(upper=coded)
    yield "coding_draft_quality", agreed > most, "agreed", "at most what is in both (" + most.astype(str) + ")"


def facts_can_be_asked(facts: Frame, **others: Frame) -> Iterator[Fault]:
    """A fact names a table and columns that are there."""
    there = {name: set(frame) for name, frame in {"facts": facts, **others}.items()}
    allowed = "a table of the package, and columns that it has"
    yield "facts", ~facts["table"].isin(list(there)), "table", allowed
    for column in ("rows", "column"):
        asked = ({part.partition("=")[0] for part in text.split(";") if part} for text in facts[column])
        strange = (not names <= there.get(table, names) for names, table in zip(asked, facts["table"], strict=True))
        yield "facts", true_where(facts, strange), column, allowed


RULES: tuple[Rule, ...] = (
    *STRUCTURE, mentions_follow_the_codebook, mentions_hold_what_else_was_said, acts_follow_the_roles,
    summaries_name_their_speaker, texts_stand_once, codes_begin_with_their_row, practices_are_told,
    recommendations_are_made, differences_have_sides, milestones_are_dated, quantities_are_sane,
    ties_and_links_are_between_two, agreed_is_part_of_both, facts_can_be_asked,
)  # fmt: skip
