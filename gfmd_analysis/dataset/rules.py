"""What must hold between tables, beyond types and keys: the codebook's rules, each a function that yields problems.

The functions get a package's tables as text that has passed the schema, so that a row number is the spreadsheet's.
"""

from collections.abc import Iterator, Mapping

import pandas as pd

from gfmd_analysis.dataset.objectives import IMRF_ROUNDTABLES
from gfmd_analysis.dataset.regions import regions_of
from gfmd_analysis.dataset.schema import Table
from gfmd_analysis.errors import Problem, shown

Schema = Mapping[str, Table]

Frames = Mapping[str, pd.DataFrame]


def broken_rules(schema: Schema, frames: Frames) -> list[Problem]:
    """Ask every rule; gives the problems in no particular order."""

    return [problem for rule in (*STRUCTURE_RULES, *CONTENT_RULES, *CODING_RULES) for problem in rule(schema, frames)]


def report(
    table: Table, frame: pd.DataFrame, wrong: pd.Series, column: str, allowed: str | pd.Series
) -> Iterator[Problem]:
    """Yield a problem for each row where ``wrong`` holds, showing the cell of ``column``."""
    for row in frame.index[wrong.to_numpy()]:
        yield Problem(
            table.path,
            int(row),
            column,
            shown(frame.loc[row, column]) if frame.loc[row, column] else "an empty cell",
            allowed if isinstance(allowed, str) else str(allowed.loc[row]),
        )


def looked_up(frame: pd.DataFrame, columns: list[str], target: pd.DataFrame, value: str) -> pd.Series:
    """Give ``target[value]`` for each row of ``frame``, matched on ``columns``; a missing value where there is none."""
    keyed = target.drop_duplicates(columns).set_index(columns)[value]
    found = keyed.reindex(pd.MultiIndex.from_frame(frame[columns]) if len(columns) > 1 else frame[columns[0]])
    return pd.Series(found.to_numpy(), index=frame.index)


def numeric(column: pd.Series) -> pd.Series:
    """Give a text column as numbers; an empty cell becomes a missing value."""
    return pd.to_numeric(column, errors="coerce")


def m49_regions() -> set[str]:
    """Give the UN M49 codes of regions, as the Unicode CLDR (through Babel) lists them."""
    from babel import Locale

    return {str(code) for code in Locale("en").territories if str(code).isdigit()}


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
        table,
        frame,
        is_state != (frame["constituency"] == "states"),
        "constituency",
        "states for a state, and only there",
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
    actors = set(frames["actors"]["actor"])
    unknown = frame["on_behalf_of"].map(lambda text: bool(text) and not set(text.split(";")) <= actors)
    yield from report(table, frame, unknown, "on_behalf_of", "codes that are in actors.csv, separated by ;")
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
    shared = goes_on.duplicated(["turn", "paragraph"], keep=False)
    same = (start[["meeting", "section", "role", "turn"]] == goes_on[["meeting", "section", "role", "turn"]]).all(
        axis=1
    )
    same &= (start["actor"] == goes_on["actor"]) | shared
    paragraph = numeric(goes_on["paragraph"])
    expected = numeric(start["paragraph"]) + paragraph.groupby(goes_on["turn"]).rank(method="dense") - 1
    yield from report(
        table,
        goes_on,
        ~(same & (paragraph == expected)),
        "turn",
        "the first intervention of an unbroken run in the same section and role, by one actor or by actors who share a paragraph",
    )


STRUCTURE_RULES = (
    objectives_are_the_compacts,
    actors_are_coded,
    places_exist,
    paragraphs_are_complete,
    sections_are_roundtables,
    interventions_agree,
)

MEASURED_UNITS = ("USD", "EUR", "percent")

BODY_COLUMNS = ("leads", "partners", "recipients")


def mentions_follow_the_codebook(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """An inferred mention says which words carry it, an explicit one need not, and something was said where it is inferred."""
    table, frame = schema["mentions"], frames["mentions"]
    inferred = frame["basis"] == "inferred"
    yield from report(table, frame, inferred & (frame["note"] == ""), "note", "a reason where the mention is inferred")
    yield from report(
        table,
        frame,
        inferred & (frame["engagement"] == "reference"),
        "engagement",
        "substantive or passing where the mention is inferred from what is said",
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
    for column in BODY_COLUMNS:
        strange = frame[column].map(
            lambda text: bool(text) and any(_is_no_body(part, known) for part in text.split(";"))
        )
        yield from report(
            table, frame, strange, column, "codes that are in actors, or names, separated by ; without spaces"
        )
    bodies = (frame["leads"] + ";" + frame["partners"]).str.strip(";").str.split(";")
    doubled = bodies.map(lambda parts: len(set(parts)) < len(parts))
    yield from report(table, frame, doubled, "partners", "each body once among leads and partners")


def _is_no_body(text: str, known: set[str]) -> bool:
    return not text or text != text.strip() or (text.isupper() and " " not in text and text not in known)


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


def recommendations_are_consolidated(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """Where recommendations were consolidated, each is in a consolidated one, and none of these is empty."""
    if "consolidation" in frames and len(frames["consolidation"]):
        members = frames["consolidation"]
        for name, column in (("recommendations", "recommendation"), ("consolidated_recommendations", "consolidated")):
            left = ~frames[name][column].isin(members[column])
            yield from report(schema[name], frames[name], left, column, "one that consolidation.csv has")


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
    recommendations_are_consolidated,
    quantities_are_sane,
    ties_and_links_are_between_two,
)

CODED = {  # settled table: its key in the coding table, what was coded twice, what else is copied
    "interventions": (["intervention"], ["role", "turn"], []),
    "mentions": (["intervention", "objective"], ["basis", "engagement"], []),
    "quantities": (["quantity"], ["value", "bound", "topic"], ["meeting", "paragraph", "what"]),
}


def codings_say_who_decided(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """Where the coders agree both stand, where they differ one of them or neither, with a reason."""
    for name, (_, coded, _) in CODED.items():
        if f"coding_{name}" not in frames:
            continue
        table, frame = schema[f"coding_{name}"], frames[f"coding_{name}"]
        twice = [str(column).removesuffix("_a") for column in frame if str(column).endswith("_a")]
        agree = _same(frame, twice, "_a", "_b")
        stand = {coder: _same(frame, coded, "", suffix) for coder, suffix in (("A", "_a"), ("B", "_b"))}
        decided = frame["decided"]
        yield from report(
            table, frame, (decided == "both") != agree, "decided", "both where the coders agree, and only there"
        )
        for coder, right in stand.items():
            wrong = decided.isin(["both", coder]) & ~right
            yield from report(
                table, frame, wrong, coded[0], f"in {' and '.join(coded)} what coder {coder} has, as decided"
            )
        neither = (decided == "lead") & (stand["A"] | stand["B"])
        yield from report(table, frame, neither, "decided", "lead only where neither coder's code stands")
        if "reason" in frame:
            told = (frame["reason"] != "") == (decided != "both")
            yield from report(table, frame, ~told, "reason", "a reason where the coders differ, and only there")


def tables_hold_what_was_settled(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """What is kept of the codings is what the tables hold, row by row."""
    for name, (key, coded, copied) in CODED.items():
        if f"coding_{name}" not in frames:
            continue
        table, frame = schema[f"coding_{name}"], frames[f"coding_{name}"]
        settled, kept = frames[name], frames[f"coding_{name}"][frame[coded[0]] != ""]
        for column in [*coded, *copied]:
            right = looked_up(kept, key, settled, column)
            yield from report(
                table,
                kept,
                kept[column] != right,
                column,
                "as in " + schema[name].path + " (" + right.astype(str) + ")",
            )
        if name == "quantities":
            right = looked_up(kept, key, settled, "unit")
            unit = kept["unit_a"].mask(kept["decided"] == "B", kept["unit_b"])
            yield from report(
                table,
                kept,
                unit != right,
                "unit_a",
                "the unit of the coder whose code stands, as in quantities.csv (" + right.astype(str) + ")",
            )
        uncoded = looked_up(settled, key, kept, coded[0]).isna()
        yield from report(schema[name], settled, uncoded, key[-1], f"one that {table.path} has kept")


def agreed_is_part_of_both(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """What a draft and the settled coding agree on is in both."""
    if "coding_draft_quality" in frames:
        frame = frames["coding_draft_quality"]
        drafted, coded, agreed = (numeric(frame[column]) for column in ("drafted", "coded", "agreed"))
        most = drafted.clip(upper=coded)
        allowed = "at most what is in both (" + most.astype(str) + ")"
        yield from report(schema["coding_draft_quality"], frame, agreed > most, "agreed", allowed)


def _same(frame: pd.DataFrame, columns: list[str], one: str, other: str) -> pd.Series:
    pairs = [frame[f"{column}{one}"] == frame[f"{column}{other}"] for column in columns]
    return pd.concat(pairs, axis=1).all(axis=1)


CODING_RULES = (codings_say_who_decided, tables_hold_what_was_settled, agreed_is_part_of_both)
