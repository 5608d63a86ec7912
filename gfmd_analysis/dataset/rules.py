"""Check what a meeting consists of, beyond types and keys: objectives, bodies, paragraphs, sections and interventions.

A rule asks for tables by the names of its parameters, gets them as text that has passed the schema, and yields where they are not
as they should be: the table, which of its rows (their index is the spreadsheet's number, 0 a row that is not there), the column, and what is allowed, for all or row by row.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import contains
from typing import Any

import pandas as pd

from gfmd_analysis.dataset.objectives import COMPACT, IMRF_ROUNDTABLES
from gfmd_analysis.dataset.regions import regions_of

Frame = pd.DataFrame

CONSTITUENCIES: Mapping[str, tuple[str, ...]] = {  # type of actor -> the groups in which it may take part
    "state": ("states",),
    "regional_organisation": ("intergovernmental",),
    "state_led_initiative": ("intergovernmental",),
    "un_entity": ("un_system",),
    "gfmd_mechanism": ("civil_society", "business", "mayors", "youth"),
    "civil_society": ("civil_society",),
    "private_sector": ("business",),
    "local_government": ("mayors",),
    "youth": ("youth",),
    "financial_institution": ("intergovernmental", "un_system", "business", "other"),
    "other": ("intergovernmental", "un_system", "civil_society", "business", "mayors", "youth", "other"),
}

Fault = tuple[str, "pd.Series[bool]", str, str | pd.Series]  # table, in which rows, column, what is allowed there

Rule = Callable[..., Iterator[Fault]]


def looked_up(frame: pd.DataFrame, columns: list[str], target: pd.DataFrame, value: str) -> pd.Series:
    """Look up ``target[value]`` for each row of ``frame``, matched on ``columns``; a missing value where there is none."""
    known = target[[*columns, value]].drop_duplicates(columns)
    return frame[columns].merge(known, how="left", on=columns)[value].set_axis(frame.index)


def true_where(frame: pd.DataFrame | pd.Series, answers: Iterable[bool]) -> pd.Series:
    """Set answers beside the rows of a table."""
    return pd.Series(list(answers), index=frame.index, dtype=bool)


def outside(column: pd.Series, known: Iterable[str]) -> pd.Series:
    """Find the cells of several codes (``AU;SWE``) in which one is not known."""
    codes = set(known)
    return true_where(column, (bool(text) and not set(text.split(";")) <= codes for text in column))


def numeric(column: pd.Series) -> pd.Series:
    """Read a text column as numbers; an empty cell becomes a missing value."""
    codes, distinct = pd.factorize(column)
    return pd.Series(pd.to_numeric(pd.Series(distinct), errors="coerce").to_numpy()[codes], index=column.index)


def place_of(frame: pd.DataFrame) -> pd.Series:
    """Write meeting and paragraph as the codes of interventions begin, ``FOF-2021-11/035`` (000: no paragraph)."""
    return frame["meeting"] + "/" + frame["paragraph"].str.zfill(3)


def m49_regions() -> set[str]:
    """List the UN M49 codes of regions, as the Unicode CLDR (through Babel) lists them."""
    from babel import Locale

    return {str(code) for code in Locale("en").territories if str(code).isdigit()}


def objectives_are_the_compacts(objectives: Frame) -> Iterator[Fault]:
    """The 23 objectives, each in the Compact's words and in the roundtable that the IMRF gave it; a short title is of its own title."""
    frame = objectives
    for column in ("roundtable", "title", "title_fr", "title_es"):
        right = frame["objective"].map({number: row[column] for number, row in COMPACT.items()})
        yield "objectives", frame[column] != right, column, right
    lacking = ", ".join(number for number in COMPACT if number not in set(frame["objective"]))
    yield "objectives", pd.Series([bool(lacking)], index=[0]), "objective", f"all 23 objectives, {lacking} too"
    for language in ("", "_fr", "_es"):
        nearest = _nearest(frame[f"short_title{language}"], frame[f"title{language}"])
        told = "words of its own official title more than of that of objective " + nearest.map(frame["objective"])
        yield "objectives", nearest != frame.index, f"short_title{language}", told


def _nearest(short: pd.Series, long: pd.Series) -> pd.Series:
    """Find for each short text the row whose long text shares most beginnings of words with it: its own, where that is as near."""
    heads = dict(zip(long.index, map(_heads, long), strict=True))
    best = (
        max(heads, key=lambda row: (len(own & heads[row]), row == here))
        for here, own in zip(short.index, map(_heads, short), strict=True)
    )
    return pd.Series(best, index=short.index)


def _heads(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"\w{4,}", text.casefold())}


def actors_are_coded(actors: Frame) -> Iterator[Fault]:
    """A state's code is its ISO 3166-1 alpha-3 code, and only states have one; regions are UN M49 codes."""
    import pycountry

    states = {country.alpha_3: country for country in pycountry.countries}
    is_state = actors["actor_type"] == "state"
    right = actors["actor_type"].map(CONSTITUENCIES)
    group = true_where(actors, (here not in groups for here, groups in zip(actors["constituency"], right, strict=True)))
    yield "actors", group, "constituency", "for this type of actor " + right.str.join(" or ")
    yield "actors", is_state & ~actors["actor"].isin(list(states)), "actor", "an ISO 3166-1 alpha-3 code for a state"
    yield "actors", is_state & (actors["iso3"] != actors["actor"]), "iso3", "the actor's own code for a state"
    yield "actors", ~is_state & (actors["iso3"] != ""), "iso3", "empty for any body but a state"
    code = actors["iso3"].where(actors["iso3"] != "", actors["m49_subregion"])
    regions = code.map(regions_of)
    for place, column in enumerate(("m49_region", "m49_subregion")):
        known, right = actors[column].isin(m49_regions()), regions.str[place]
        yield "actors", is_state & (actors[column] == ""), column, "a UN M49 code for a state"
        yield "actors", (actors[column] != "") & ~known, column, "a UN M49 region code"
        told = "the UN M49 code for the country, or the region of the sub-region (" + right + ")"
        yield "actors", (code != "") & known & (actors[column] != right), column, told
    yield "actors", (actors["gcm_champion"] == "true") & ~is_state, "gcm_champion", "false for any body but a state"
    yield from _names_are_their_own(actors, states)


def _names_are_their_own(frame: pd.DataFrame, states: Mapping[str, Any]) -> Iterator[Fault]:
    """Each name once, a State's as ISO 3166-1 or the Unicode CLDR has it, and a short name of its own body."""
    for column in ("name", "short_name"):
        yield "actors", frame.duplicated(column), column, "each name once"
    named = zip(frame["actor"], frame["name"], strict=True)
    official = [_state_names(states[code]) if code in states else {name} for code, name in named]
    strange = true_where(frame, (name not in names for name, names in zip(frame["name"], official, strict=True)))
    shortest = pd.Series([min(sorted(names), key=len) for names in official], frame.index, dtype="str")
    told = "the State's name as ISO 3166-1 or the CLDR has it: " + shortest
    yield "actors", strange & (frame["actor_type"] == "state"), "name", told
    initials = frame["name"].map(lambda name: "".join(re.findall(r"\b[A-Z]", name)))
    short = frame["short_name"].str.casefold() == frame["actor"].str.replace("_", "-").str.casefold()
    short |= true_where(frame, map(contains, initials, frame["short_name"]))
    nearest = _nearest(frame["short_name"], frame["name"] + " " + frame["actor"].str.replace("_", " "))
    told = "a short form of the body's own name, not of " + nearest.map(frame["name"])
    yield "actors", ~short & (nearest != frame.index), "short_name", told


def _state_names(country: Any) -> set[str]:
    from babel import Locale

    names = {getattr(country, kind, "") for kind in ("name", "common_name", "official_name")}
    names |= {str(Locale("en").territories.get(country.alpha_2, country.name))}
    names |= {part for name in names for part in (name.split(",")[0], " ".join(reversed(name.split(", "))))}
    return names - {""}


def places_exist(practices: Frame, quantities: Frame) -> Iterator[Fault]:
    """Places are countries (ISO 3166-1 alpha-3) or regions (UN M49)."""
    import pycountry

    known = {country.alpha_3 for country in pycountry.countries} | m49_regions()
    told = "ISO 3166-1 alpha-3 or UN M49 codes that exist"
    yield "practices", outside(practices["places"], known), "places", told
    yield "quantities", outside(quantities["place"], known), "place", told


def paragraphs_are_complete(meetings: Frame, paragraphs: Frame, roundtables: Frame) -> Iterator[Fault]:
    """There are as many paragraphs as the meeting counts, in the order of the sections; a report may leave a number out."""
    frame, numbers = paragraphs, numeric(paragraphs["paragraph"])
    counted, present = numeric(meetings["paragraphs"]), numbers.groupby(frame["meeting"]).agg(set).to_dict()
    held = [present.get(meeting, set()) for meeting in meetings["meeting"]]
    gaps = [sorted(set(range(1, int(count) + 1)) - there) for count, there in zip(counted, held, strict=True)]
    few = [bool(gap) and len(there) != count for count, gap, there in zip(counted, gaps, held, strict=True)]
    told = pd.Series([f"missing: {', '.join(map(str, gap[:10]))}" for gap in gaps], meetings.index, dtype="str")
    told = meetings["paragraphs"] + " rows in paragraphs.csv (" + told + ")"
    yield "meetings", true_where(meetings, few), "paragraphs", told
    most = numeric(looked_up(frame, ["meeting"], meetings, "paragraphs"))
    more = numbers.groupby(frame["meeting"]).transform("nunique") > most
    yield "paragraphs", more & (numbers > most), "paragraph", "at most the meeting's count of paragraphs"
    place = numeric(looked_up(frame, ["meeting", "section"], roundtables, "order"))
    ordered = frame.assign(number=numbers, place=place).sort_values(["meeting", "number"])
    back = (ordered["place"] < ordered.groupby("meeting")["place"].cummax()).reindex(frame.index)
    yield "paragraphs", back, "section", "a section no earlier than that of the paragraph before"


def sections_are_roundtables(roundtables: Frame, interventions: Frame) -> Iterator[Fault]:
    """RT1 to RT4 are roundtables, with a chair and a facilitator that spoke as such; the other sections are plenary."""
    right = roundtables["section"].isin(IMRF_ROUNDTABLES).map({True: "roundtable", False: "plenary"})
    yield "roundtables", roundtables["kind"] != right, "kind", right
    yield "roundtables", roundtables.duplicated(["meeting", "order"]), "order", "each place in the report once"
    for role in ("chair", "facilitator"):
        here = interventions[interventions["role"] == role]
        roles = set(zip(here["meeting"], here["section"], here["actor"], strict=True))
        led = zip(roundtables["meeting"], roundtables["section"], roundtables[role], strict=True)
        unheard = true_where(roundtables, (bool(place[2]) and place not in roles for place in led))
        yield "roundtables", unheard, role, f"a body that has an intervention as {role} in this section"


def interventions_agree(interventions: Frame, paragraphs: Frame, roundtables: Frame, actors: Frame) -> Iterator[Fault]:
    """An intervention's code, section, turn and words agree with its paragraph and its actor."""
    spot = place_of(interventions)
    code = spot + "-" + interventions["actor"]
    yield "interventions", interventions["intervention"] != code, "intervention", code
    section = looked_up(interventions, ["meeting", "paragraph"], paragraphs, "section")
    told = "the paragraph's section (" + section + ")"
    yield "interventions", interventions["section"] != section, "section", told
    words = numeric(interventions["words"]).groupby(spot)
    most = numeric(looked_up(interventions, ["meeting", "paragraph"], paragraphs, "words"))
    wrong = (words.transform("sum") - most).abs() >= words.transform("size")
    told = most.astype("Int64").astype(str) + " words in all interventions of the paragraph together"
    yield "interventions", wrong, "words", told
    for role in ("chair", "facilitator"):
        here = interventions[interventions["role"] == role]
        named = looked_up(here, ["meeting", "section"], roundtables, role)
        told = f"the section's {role} (" + named.astype(str).replace("", "none") + ")"
        yield "interventions", here["actor"] != named, "actor", told
    unknown = outside(interventions["on_behalf_of"], actors["actor"])
    yield "interventions", unknown, "on_behalf_of", "codes that are in actors.csv, separated by ;"
    yield from _turns_agree(interventions)


def _turns_agree(frame: pd.DataFrame) -> Iterator[Fault]:
    goes_on = frame[frame["turn"].isin(frame.loc[frame["turn"] != frame["intervention"], "turn"])]
    first = frame.drop_duplicates("intervention").set_index("intervention")
    start = first.reindex(goes_on["turn"]).set_index(goes_on.index)
    shared = goes_on.duplicated(["turn", "paragraph"], keep=False)
    alike = ["meeting", "section", "role", "turn"]
    same = (start[alike] == goes_on[alike]).all(axis=1) & ((start["actor"] == goes_on["actor"]) | shared)
    paragraph = numeric(goes_on["paragraph"])
    expected = numeric(start["paragraph"]) + paragraph.groupby(goes_on["turn"]).rank(method="dense") - 1
    told = "the first intervention of an unbroken run in the same section and role, by one actor or by actors who share a paragraph"
    yield "interventions", ~(same & (paragraph == expected)), "turn", told


STRUCTURE: tuple[Rule, ...] = (
    objectives_are_the_compacts, actors_are_coded, places_exist, paragraphs_are_complete, sections_are_roundtables,
    interventions_agree,
)  # fmt: skip
