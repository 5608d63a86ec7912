"""What must hold of the frame: objectives, actors, places, paragraphs, sections, interventions and turns."""

from collections.abc import Iterator

import pandas as pd

from gfmd_analysis.errors import Problem, shown
from gfmd_analysis.regions import regions_of
from gfmd_analysis.rules import IMRF_ROUNDTABLES, Frames, Schema, looked_up, m49_regions, numeric, report
from gfmd_analysis.schema import Table


def objectives_are_the_compacts(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """The 23 objectives, each in the roundtable that the IMRF gave it."""
    table, frame = schema["objectives"], frames["objectives"]
    home = {str(number): roundtable for roundtable, numbers in IMRF_ROUNDTABLES.items() for number in numbers}
    right = frame["objective"].map(home)
    yield from report(table, frame, frame["roundtable"] != right, "roundtable", right)
    for number in sorted(set(home) - set(frame["objective"]), key=int):
        yield Problem(table.path, 0, "objective", f"no row for objective {number}", "all 23 objectives")


def actors_are_coded(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """A state's code is its ISO 3166-1 alpha-3 code, and only states have one; regions are UN M49 codes."""
    import pycountry

    table, frame = schema["actors"], frames["actors"]
    states = {country.alpha_3 for country in pycountry.countries}
    is_state = frame["actor_type"] == "state"
    yield from report(
        table, frame, is_state & ~frame["actor"].isin(states), "actor", "an ISO 3166-1 alpha-3 code for a state"
    )
    yield from report(
        table, frame, is_state & (frame["iso3"] != frame["actor"]), "iso3", "the actor's own code for a state"
    )
    yield from report(table, frame, ~is_state & (frame["iso3"] != ""), "iso3", "empty for any body but a state")
    code = frame["iso3"].where(frame["iso3"] != "", frame["m49_subregion"])
    regions = code.map(regions_of)
    for place, column in enumerate(("m49_region", "m49_subregion")):
        known, right = frame[column].isin(m49_regions()), regions.str[place]
        yield from report(table, frame, is_state & (frame[column] == ""), column, "a UN M49 code for a state")
        yield from report(table, frame, (frame[column] != "") & ~known, column, "a UN M49 region code")
        told = "the UN M49 code for the country, or the region of the sub-region (" + right + ")"
        yield from report(table, frame, (code != "") & known & (frame[column] != right), column, told)
    yield from report(
        table, frame, (frame["gcm_champion"] == "true") & ~is_state, "gcm_champion", "false for any body but a state"
    )
    for column in ("name", "short_name"):
        yield from report(table, frame, frame.duplicated(column), column, "each name once")


def places_exist(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """Places are countries (ISO 3166-1 alpha-3) or regions (UN M49)."""
    import pycountry

    known = {country.alpha_3 for country in pycountry.countries} | m49_regions()
    for name in ("practices", "quantities"):
        frame = frames[name]
        wrong = frame["places" if name == "practices" else "place"].map(
            lambda text: not set(filter(None, text.split(";"))) <= known
        )
        yield from report(
            schema[name],
            frame,
            wrong,
            "places" if name == "practices" else "place",
            "ISO 3166-1 alpha-3 or UN M49 codes that exist",
        )


def paragraphs_are_complete(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """Paragraphs run from 1 to the meeting's count, in the order of the sections."""
    table, frame = schema["paragraphs"], frames["paragraphs"]
    numbers = numeric(frame["paragraph"])
    present = numbers.groupby(frame["meeting"]).agg(set).to_dict()
    for row, meeting, count in frames["meetings"][["meeting", "paragraphs"]].itertuples():
        missing = sorted(set(range(1, int(count) + 1)) - present.get(meeting, set()))
        if missing:
            yield Problem(
                schema["meetings"].path,
                int(row),
                "paragraphs",
                shown(count),
                f"{count} rows in paragraphs.csv (missing: {', '.join(map(str, missing[:10]))})",
            )
    most = numeric(looked_up(frame, ["meeting"], frames["meetings"], "paragraphs"))
    yield from report(table, frame, numbers > most, "paragraph", "at most the meeting's count of paragraphs")
    place = numeric(looked_up(frame, ["meeting", "section"], frames["roundtables"], "order"))
    ordered = frame.assign(number=numbers, place=place).sort_values(["meeting", "number"])
    back = (ordered["place"] < ordered.groupby("meeting")["place"].cummax()).reindex(frame.index)
    yield from report(table, frame, back, "section", "a section no earlier than that of the paragraph before")


def sections_are_roundtables(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """RT1 to RT4 are roundtables, with a chair and a facilitator that spoke as such; the other sections are plenary."""
    table, frame = schema["roundtables"], frames["roundtables"]
    right = frame["section"].isin(IMRF_ROUNDTABLES).map({True: "roundtable", False: "plenary"})
    yield from report(table, frame, frame["kind"] != right, "kind", right)
    yield from report(table, frame, frame.duplicated(["meeting", "order"]), "order", "each place in the report once")
    spoken = frames["interventions"]
    for role in ("chair", "facilitator"):
        roles = set(zip(spoken["meeting"], spoken["section"], spoken["actor"], spoken["role"], strict=True))
        unheard = pd.Series(
            [
                bool(body) and (meeting, section, body, role) not in roles
                for meeting, section, body in frame[["meeting", "section", role]].itertuples(index=False)
            ],
            index=frame.index,
        )
        yield from report(table, frame, unheard, role, f"a body that has an intervention as {role} in this section")


def interventions_agree(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """An intervention's code, section, turn and words agree with its paragraph and its actor."""
    table, frame, paragraphs = schema["interventions"], frames["interventions"], frames["paragraphs"]
    code = frame["meeting"] + "/" + frame["paragraph"].str.zfill(3) + "-" + frame["actor"]
    yield from report(table, frame, frame["intervention"] != code, "intervention", code)
    section = looked_up(frame, ["meeting", "paragraph"], paragraphs, "section")
    yield from report(
        table, frame, frame["section"] != section, "section", "the paragraph's section (" + section.astype(str) + ")"
    )
    words = numeric(frame["words"])
    total = words.groupby([frame["meeting"], frame["paragraph"]]).transform("sum")
    most = numeric(looked_up(frame, ["meeting", "paragraph"], paragraphs, "words"))
    yield from report(
        table,
        frame,
        total > most,
        "words",
        "no more words in a paragraph's interventions than the paragraph has ("
        + most.astype("Int64").astype(str)
        + ")",
    )
    for role in ("chair", "facilitator"):
        named = looked_up(frame, ["meeting", "section"], frames["roundtables"], role)
        yield from report(
            table,
            frame,
            (frame["role"] == role) & (frame["actor"] != named),
            "actor",
            f"the section's {role} (" + named.astype(str) + ")",
        )
    yield from _turns_agree(table, frame)


def _turns_agree(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    goes_on = frame[frame["turn"].isin(frame.loc[frame["turn"] != frame["intervention"], "turn"])]
    start = (
        frame[frame["intervention"].isin(goes_on["turn"])]
        .drop_duplicates("intervention")
        .set_index("intervention")
        .reindex(goes_on["turn"])
        .set_index(goes_on.index)
    )
    same = (
        start[["meeting", "section", "actor", "role", "turn"]]
        == goes_on[["meeting", "section", "actor", "role", "turn"]]
    ).all(axis=1)
    paragraph = numeric(goes_on["paragraph"])
    expected = numeric(start["paragraph"]) + paragraph.groupby(goes_on["turn"]).rank(method="first") - 1
    yield from report(
        table,
        goes_on,
        ~(same & (paragraph == expected)),
        "turn",
        "the first intervention of an unbroken run by the same actor in the same section and role",
    )


STRUCTURE_RULES = (
    objectives_are_the_compacts,
    actors_are_coded,
    places_exist,
    paragraphs_are_complete,
    sections_are_roundtables,
    interventions_agree,
)
