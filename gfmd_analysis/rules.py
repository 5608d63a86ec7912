"""What must hold between tables, beyond types and keys: the codebook's rules, each a function that yields problems.

The functions get a package's tables as text that has passed the schema, so that a row number is the spreadsheet's.
"""

from collections.abc import Iterator, Mapping

import pandas as pd

from gfmd_analysis.errors import Problem, shown
from gfmd_analysis.schema import Table

IMRF_ROUNDTABLES = {
    "RT1": (2, 5, 6, 12, 18),
    "RT2": (4, 8, 9, 10, 11, 13, 21),
    "RT3": (14, 15, 16, 19, 20, 22),
    "RT4": (1, 3, 7, 17, 23),
}
MOST_INFERRED = 2
MEASURED_UNITS = ("USD", "percent")
Schema = Mapping[str, Table]
Frames = Mapping[str, pd.DataFrame]


def broken_rules(schema: Schema, frames: Frames) -> list[Problem]:
    """Ask every rule whose tables are there; gives the problems in no particular order."""
    return [problem for rule in RULES for problem in rule(schema, frames)]


def _report(table: Table, frame: pd.DataFrame, wrong: pd.Series, column: str, allowed: str | pd.Series) -> Iterator[Problem]:
    """Yield a problem for each row where ``wrong`` holds, showing the cell of ``column``."""
    for row in frame.index[wrong.to_numpy()]:
        yield Problem(table.path, int(row), column, shown(frame.at[row, column]) if frame.at[row, column] else "an empty cell", allowed if isinstance(allowed, str) else str(allowed.at[row]))


def _looked_up(frame: pd.DataFrame, columns: list[str], target: pd.DataFrame, value: str) -> pd.Series:
    """Give ``target[value]`` for each row of ``frame``, matched on ``columns``; a missing value where there is none."""
    keyed = target.drop_duplicates(columns).set_index(columns)[value]
    found = keyed.reindex(pd.MultiIndex.from_frame(frame[columns]) if len(columns) > 1 else frame[columns[0]])
    return pd.Series(found.to_numpy(), index=frame.index)


def _number(column: pd.Series) -> pd.Series:
    return pd.to_numeric(column, errors="coerce")


def objectives_are_the_compacts(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """The 23 objectives, each in the roundtable that the IMRF gave it."""
    table, frame = schema["objectives"], frames["objectives"]
    home = {str(number): roundtable for roundtable, numbers in IMRF_ROUNDTABLES.items() for number in numbers}
    right = frame["objective"].map(home)
    yield from _report(table, frame, frame["roundtable"] != right, "roundtable", right)
    for number in sorted(set(home) - set(frame["objective"]), key=int):
        yield Problem(table.path, 0, "objective", f"no row for objective {number}", "all 23 objectives")


def actors_are_coded(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """A state's code is its ISO 3166-1 alpha-3 code, and only states have one; regions are UN M49 codes."""
    import pycountry

    table, frame = schema["actors"], frames["actors"]
    states = {country.alpha_3 for country in pycountry.countries}
    is_state = frame["actor_type"] == "state"
    yield from _report(table, frame, is_state & ~frame["actor"].isin(states), "actor", "an ISO 3166-1 alpha-3 code for a state")
    yield from _report(table, frame, is_state & (frame["iso3"] != frame["actor"]), "iso3", "the actor's own code for a state")
    yield from _report(table, frame, ~is_state & (frame["iso3"] != ""), "iso3", "empty for any body but a state")
    for column in ("m49_region", "m49_subregion"):
        yield from _report(table, frame, is_state & (frame[column] == ""), column, "a UN M49 code for a state")
        yield from _report(table, frame, (frame[column] != "") & ~frame[column].isin(m49_regions()), column, "a UN M49 region code")
    yield from _report(table, frame, (frame["gcm_champion"] == "true") & ~is_state, "gcm_champion", "false for any body but a state")
    for column in ("name", "short_name"):
        yield from _report(table, frame, frame.duplicated(column), column, "each name once")


def m49_regions() -> set[str]:
    """Give the UN M49 codes of regions, as the Unicode CLDR (through Babel) lists them."""
    from babel import Locale

    return {str(code) for code in Locale("en").territories if str(code).isdigit()}


def places_exist(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """Places are countries (ISO 3166-1 alpha-3) or regions (UN M49)."""
    import pycountry

    known = {country.alpha_3 for country in pycountry.countries} | m49_regions()
    for name in ("practices", "quantities"):
        frame = frames[name]
        wrong = frame["places" if name == "practices" else "place"].map(lambda text: not set(filter(None, text.split(";"))) <= known)
        yield from _report(schema[name], frame, wrong, "places" if name == "practices" else "place", "ISO 3166-1 alpha-3 or UN M49 codes that exist")


def paragraphs_are_complete(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """Paragraphs run from 1 to the meeting's count, in the order of the sections."""
    table, frame = schema["paragraphs"], frames["paragraphs"]
    numbers = _number(frame["paragraph"])
    for row, meeting, count in frames["meetings"][["meeting", "paragraphs"]].itertuples():
        missing = sorted(set(range(1, int(count) + 1)) - set(numbers[frame["meeting"] == meeting]))
        if missing:
            yield Problem(schema["meetings"].path, int(row), "paragraphs", shown(count), f"{count} rows in paragraphs.csv (missing: {', '.join(map(str, missing[:10]))})")
    most = _number(_looked_up(frame, ["meeting"], frames["meetings"], "paragraphs"))
    yield from _report(table, frame, numbers > most, "paragraph", "at most the meeting's count of paragraphs")
    place = _number(_looked_up(frame, ["meeting", "section"], frames["roundtables"], "order"))
    ordered = frame.assign(number=numbers, place=place).sort_values(["meeting", "number"])
    back = (ordered["place"] < ordered.groupby("meeting")["place"].cummax()).reindex(frame.index)
    yield from _report(table, frame, back, "section", "a section no earlier than that of the paragraph before")


def sections_are_roundtables(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """RT1 to RT4 are roundtables, with a chair and a facilitator that spoke as such; the other sections are plenary."""
    table, frame = schema["roundtables"], frames["roundtables"]
    right = frame["section"].isin(IMRF_ROUNDTABLES).map({True: "roundtable", False: "plenary"})
    yield from _report(table, frame, frame["kind"] != right, "kind", right)
    yield from _report(table, frame, frame.duplicated(["meeting", "order"]), "order", "each place in the report once")
    spoken = frames["interventions"]
    for role in ("chair", "facilitator"):
        roles = set(zip(spoken["meeting"], spoken["section"], spoken["actor"], spoken["role"], strict=True))
        unheard = pd.Series([bool(body) and (meeting, section, body, role) not in roles for meeting, section, body in frame[["meeting", "section", role]].itertuples(index=False)], index=frame.index)
        yield from _report(table, frame, unheard, role, f"a body that has an intervention as {role} in this section")


def interventions_agree(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """An intervention's code, section, turn and words agree with its paragraph and its actor."""
    table, frame, paragraphs = schema["interventions"], frames["interventions"], frames["paragraphs"]
    code = frame["meeting"] + "/" + frame["paragraph"].str.zfill(3) + "-" + frame["actor"]
    yield from _report(table, frame, frame["intervention"] != code, "intervention", code)
    section = _looked_up(frame, ["meeting", "paragraph"], paragraphs, "section")
    yield from _report(table, frame, frame["section"] != section, "section", "the paragraph's section (" + section.astype(str) + ")")
    words = _number(frame["words"])
    total = words.groupby([frame["meeting"], frame["paragraph"]]).transform("sum")
    most = _number(_looked_up(frame, ["meeting", "paragraph"], paragraphs, "words"))
    yield from _report(table, frame, total > most, "words", "no more words in a paragraph's interventions than the paragraph has (" + most.astype("Int64").astype(str) + ")")
    for role in ("chair", "facilitator"):
        named = _looked_up(frame, ["meeting", "section"], frames["roundtables"], role)
        yield from _report(table, frame, (frame["role"] == role) & (frame["actor"] != named), "actor", f"the section's {role} (" + named.astype(str) + ")")
    yield from _turns_agree(table, frame)


def _turns_agree(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    start = frame.drop_duplicates("intervention").set_index("intervention").reindex(frame["turn"]).set_index(frame.index)
    same = (start[["meeting", "section", "actor", "role"]] == frame[["meeting", "section", "actor", "role"]]).all(axis=1)
    turns = frame.assign(number=_number(frame["paragraph"]))
    turns["expected"] = turns.groupby("turn")["number"].transform("min") + turns.sort_values("number").groupby("turn").cumcount()
    runs_on = (turns["number"] == turns["expected"]) & (_number(start["paragraph"]) <= turns["number"]) & (start["turn"] == frame["turn"])
    yield from _report(table, frame, ~(same & runs_on), "turn", "the first intervention of an unbroken run by the same actor in the same section and role")


def mentions_follow_the_codebook(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """An inferred mention says why, an explicit one needs no reason, and there are at most two inferred in an intervention."""
    table, frame = schema["mentions"], frames["mentions"]
    inferred = frame["basis"] == "inferred"
    yield from _report(table, frame, inferred & (frame["note"] == ""), "note", "a reason where the mention is inferred")
    yield from _report(table, frame, ~inferred & (frame["note"] != ""), "note", "empty where the mention is explicit")
    yield from _report(table, frame, inferred & (frame["engagement"] == "reference"), "engagement", "substantive where the mention is inferred from what is said")
    place = frame[inferred].groupby("intervention").cumcount().reindex(frame.index, fill_value=0)
    yield from _report(table, frame, inferred & (place >= MOST_INFERRED), "objective", f"at most {MOST_INFERRED} inferred objectives in an intervention")


def practices_are_told(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """Every practice is told by someone, and every partner written as a code is an actor."""
    table, frame = schema["practices"], frames["practices"]
    yield from _report(table, frame, ~frame["practice"].isin(frames["practice_citations"]["practice"]), "practice", "a practice that practice_citations.csv cites")
    known = set(frames["actors"]["actor"])
    strange = frame["partners"].map(lambda text: any(part != part.strip() or (part.isupper() and part not in known) or not part for part in text.split(";")) if text else False)
    yield from _report(table, frame, strange, "partners", "codes that are in actors, or names, separated by ; without spaces")
    doubled = pd.Series([bool(lead) and lead in partners.split(";") or len(set(partners.split(";"))) < len(partners.split(";")) for lead, partners in zip(frame["lead"], frame["partners"], strict=True)], index=frame.index)
    yield from _report(table, frame, doubled, "partners", "each body once, the lead not among them")


def recommendations_have_their_code(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """A recommendation's code begins with its intervention."""
    table, frame = schema["recommendations"], frames["recommendations"]
    stem = frame["recommendation"].str.replace(r"-R[0-9]+$", "", regex=True)
    yield from _report(table, frame, stem != frame["intervention"], "recommendation", frame["intervention"] + "-R and a number")


def quantities_are_sane(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """A quantity's code, paragraph and actor agree; counts are whole numbers, percentages at most 100, periods run forward."""
    table, frame, spoken = schema["quantities"], frames["quantities"], frames["interventions"]
    stem = frame["meeting"] + "/" + frame["paragraph"].str.zfill(3).mask(frame["paragraph"] == "", "000")
    yield from _report(table, frame, frame["quantity"].str.replace(r"-Q[0-9]+$", "", regex=True) != stem, "quantity", stem + "-Q and a number")
    code = frame["meeting"] + "/" + frame["paragraph"].str.zfill(3) + "-" + frame["actor"]
    yield from _report(table, frame, (frame["paragraph"] != "") & ~code.isin(spoken["intervention"]), "actor", "an actor with an intervention in this paragraph")
    yield from _report(table, frame, (frame["paragraph"] == "") & (frame["actor"] != ""), "actor", "empty for the attendance line")
    value = _number(frame["value"])
    yield from _report(table, frame, (frame["unit"] == "percent") & (value > 100), "value", "a percentage of at most 100")
    yield from _report(table, frame, ~frame["unit"].isin(MEASURED_UNITS) & (value % 1 != 0), "value", "a whole number of what is counted")
    backwards = (frame["period_end"] != "") & (frame["period_start"] > frame["period_end"])
    yield from _report(table, frame, backwards, "period_start", "a day no later than period_end")


def ties_and_links_are_between_two(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """Nobody is tied to itself, and a pair of objectives is written once, the lower first."""
    ties, links = frames["ties"], frames["objective_links"]
    speaker = _looked_up(ties, ["intervention"], frames["interventions"], "actor")
    yield from _report(schema["ties"], ties, ties["to_actor"] == speaker, "to_actor", "another body than the speaker")
    yield from _report(schema["objective_links"], links, _number(links["objective_a"]) >= _number(links["objective_b"]), "objective_a", "a lower number than objective_b")


RULES = (
    objectives_are_the_compacts,
    actors_are_coded,
    places_exist,
    paragraphs_are_complete,
    sections_are_roundtables,
    interventions_agree,
    mentions_follow_the_codebook,
    practices_are_told,
    recommendations_have_their_code,
    quantities_are_sane,
    ties_and_links_are_between_two,
)
