"""What must hold of the content: mentions, practices, recommendations, quantities, ties and links."""

from collections.abc import Iterator

import pandas as pd

from gfmd_analysis.errors import Problem
from gfmd_analysis.rules import Frames, Schema, looked_up, numeric, report

MOST_INFERRED = 2
MEASURED_UNITS = ("USD", "percent")


def mentions_follow_the_codebook(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """An inferred mention says why, an explicit one needs no reason, and there are at most two inferred in an intervention."""
    table, frame = schema["mentions"], frames["mentions"]
    inferred = frame["basis"] == "inferred"
    yield from report(table, frame, inferred & (frame["note"] == ""), "note", "a reason where the mention is inferred")
    yield from report(table, frame, ~inferred & (frame["note"] != ""), "note", "empty where the mention is explicit")
    yield from report(
        table,
        frame,
        inferred & (frame["engagement"] == "reference"),
        "engagement",
        "substantive where the mention is inferred from what is said",
    )
    place = frame[inferred].groupby("intervention").cumcount().reindex(frame.index, fill_value=0)
    yield from report(
        table,
        frame,
        inferred & (place >= MOST_INFERRED),
        "objective",
        f"at most {MOST_INFERRED} inferred objectives in an intervention",
    )


def practices_are_told(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """Every practice is told by someone, and every partner written as a code is an actor."""
    table, frame = schema["practices"], frames["practices"]
    yield from report(
        table,
        frame,
        ~frame["practice"].isin(frames["practice_citations"]["practice"]),
        "practice",
        "a practice that practice_citations.csv cites",
    )
    known = set(frames["actors"]["actor"])
    strange = frame["partners"].map(
        lambda text: (
            any(part != part.strip() or (part.isupper() and part not in known) or not part for part in text.split(";"))
            if text
            else False
        )
    )
    yield from report(
        table, frame, strange, "partners", "codes that are in actors, or names, separated by ; without spaces"
    )
    doubled = pd.Series(
        [
            (bool(lead) and lead in partners.split(";")) or len(set(partners.split(";"))) < len(partners.split(";"))
            for lead, partners in zip(frame["lead"], frame["partners"], strict=True)
        ],
        index=frame.index,
    )
    yield from report(table, frame, doubled, "partners", "each body once, the lead not among them")


def recommendations_have_their_code(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """A recommendation's code begins with its intervention."""
    table, frame = schema["recommendations"], frames["recommendations"]
    stem = frame["recommendation"].str.replace(r"-R[0-9]+$", "", regex=True)
    yield from report(
        table, frame, stem != frame["intervention"], "recommendation", frame["intervention"] + "-R and a number"
    )


def quantities_are_sane(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """A quantity's code, paragraph and actor agree; counts are whole numbers, percentages at most 100, periods run forward."""
    table, frame, spoken = schema["quantities"], frames["quantities"], frames["interventions"]
    stem = frame["meeting"] + "/" + frame["paragraph"].str.zfill(3).mask(frame["paragraph"] == "", "000")
    yield from report(
        table,
        frame,
        frame["quantity"].str.replace(r"-Q[0-9]+$", "", regex=True) != stem,
        "quantity",
        stem + "-Q and a number",
    )
    code = frame["meeting"] + "/" + frame["paragraph"].str.zfill(3) + "-" + frame["actor"]
    yield from report(
        table,
        frame,
        (frame["paragraph"] != "") & ~code.isin(spoken["intervention"]),
        "actor",
        "an actor with an intervention in this paragraph",
    )
    yield from report(
        table, frame, (frame["paragraph"] == "") & (frame["actor"] != ""), "actor", "empty for the attendance line"
    )
    value = numeric(frame["value"])
    yield from report(
        table, frame, (frame["unit"] == "percent") & (value > 100), "value", "a percentage of at most 100"
    )
    yield from report(
        table,
        frame,
        ~frame["unit"].isin(MEASURED_UNITS) & (value % 1 != 0),
        "value",
        "a whole number of what is counted",
    )
    backwards = (frame["period_end"] != "") & (frame["period_start"] > frame["period_end"])
    yield from report(table, frame, backwards, "period_start", "a day no later than period_end")


def ties_and_links_are_between_two(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """Nobody is tied to itself, and a pair of objectives is written once, the lower first."""
    ties, links = frames["ties"], frames["objective_links"]
    speaker = looked_up(ties, ["intervention"], frames["interventions"], "actor")
    yield from report(schema["ties"], ties, ties["to_actor"] == speaker, "to_actor", "another body than the speaker")
    yield from report(
        schema["objective_links"],
        links,
        numeric(links["objective_a"]) >= numeric(links["objective_b"]),
        "objective_a",
        "a lower number than objective_b",
    )


CONTENT_RULES = (
    mentions_follow_the_codebook,
    practices_are_told,
    recommendations_have_their_code,
    quantities_are_sane,
    ties_and_links_are_between_two,
)
