"""Check what a meeting consists of, beyond types and keys: objectives, bodies, paragraphs, sections and interventions.

The functions get a package's tables as text that has passed the schema, so that a row number is the spreadsheet's.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from gfmd_analysis.dataset.objectives import COMPACT, IMRF_ROUNDTABLES
from gfmd_analysis.dataset.regions import regions_of
from gfmd_analysis.dataset.descriptor import Table
from gfmd_analysis.errors import Problem, shown

NO_VALUE = re.compile(r"\b(nan|NaN|None|<NA>)\b")

Schema = Mapping[str, Table]

Frames = Mapping[str, pd.DataFrame]


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

Rule = Callable[[Schema, Frames], Iterator[Problem]]


def report(
    table: Table, frame: pd.DataFrame, wrong: pd.Series, column: str, allowed: str | pd.Series
) -> Iterator[Problem]:
    """Yield a problem for each row where ``wrong`` holds, showing the cell of ``column``."""
    for row in frame.index[wrong.to_numpy()]:
        yield Problem(
            table.path,
            int(row),
            column,
            shown(frame.loc[row, column]),
            allowed if isinstance(allowed, str) else NO_VALUE.sub("none that is there", str(allowed.loc[row])),
        )


def looked_up(frame: pd.DataFrame, columns: list[str], target: pd.DataFrame, value: str) -> pd.Series:
    """Look up ``target[value]`` for each row of ``frame``, matched on ``columns``; a missing value where there is none."""
    keyed = pd.Series(target[value].to_numpy(), index=_joined(target, columns).to_numpy())
    found = keyed[~keyed.index.duplicated()].reindex(_joined(frame, columns).to_numpy())
    return found.set_axis(frame.index)


def _joined(frame: pd.DataFrame, columns: list[str]) -> pd.Series:
    first, *others = columns
    return frame[first].str.cat(frame[others], sep="\x1f") if others else frame[first]


def true_where(frame: pd.DataFrame, answers: Iterable[bool]) -> pd.Series:
    """Set answers beside the rows of a table."""
    return pd.Series(list(answers), index=frame.index, dtype=bool)


def numeric(column: pd.Series) -> pd.Series:
    """Read a text column as numbers; an empty cell becomes a missing value."""
    codes, distinct = pd.factorize(column)
    return pd.Series(pd.to_numeric(pd.Series(distinct), errors="coerce").to_numpy()[codes], index=column.index)


def place_of(frame: pd.DataFrame) -> pd.Series:
    """Write meeting and paragraph as the codes of interventions begin, ``FOF-2021-11/035`` (000: no paragraph)."""
    codes, distinct = pd.factorize(frame["paragraph"])
    padded = np.array([str(text).zfill(3) for text in distinct], dtype=object)[codes]
    return frame["meeting"] + "/" + pd.Series(padded, frame.index, dtype="str")


def m49_regions() -> set[str]:
    """List the UN M49 codes of regions, as the Unicode CLDR (through Babel) lists them."""
    from babel import Locale

    return {str(code) for code in Locale("en").territories if str(code).isdigit()}


def objectives_are_the_compacts(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """The 23 objectives, each in the Compact's words and in the roundtable that the IMRF gave it; a short title is of its own title."""
    table, frame = schema["objectives"], frames["objectives"]
    for column in ("roundtable", "title", "title_fr", "title_es"):
        right = frame["objective"].map({number: row[column] for number, row in COMPACT.items()})
        yield from report(table, frame, frame[column] != right, column, right)
    for number in COMPACT:
        if number not in set(frame["objective"]):
            yield Problem(table.path, 0, "objective", f"no row for objective {number}", "all 23 objectives")
    for language in ("", "_fr", "_es"):
        nearest = _nearest(frame[f"short_title{language}"], frame[f"title{language}"])
        told = "words of its own official title more than of that of objective " + frame["objective"].reindex(
            nearest
        ).set_axis(frame.index)
        yield from report(table, frame, nearest != frame.index, f"short_title{language}", told)


def _nearest(short: pd.Series, long: pd.Series) -> pd.Series:
    """Find for each short text the row whose long text shares most beginnings of words with it: its own, where that is as near."""
    heads = [_heads(text) for text in long]
    best = []
    for place, text in enumerate(short):
        shared = [len(_heads(text) & other) for other in heads]
        best.append(place if shared[place] == max(shared) else shared.index(max(shared)))
    return pd.Series(short.index[best], index=short.index)


def _heads(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"\w{4,}", text.casefold())}


def actors_are_coded(schema: Schema, frames: Frames) -> Iterator[Problem]:
    """A state's code is its ISO 3166-1 alpha-3 code, and only states have one; regions are UN M49 codes."""
    import pycountry

    table, frame = schema["actors"], frames["actors"]
    states = {country.alpha_3: country for country in pycountry.countries}
    is_state = frame["actor_type"] == "state"
    right = frame["actor_type"].map(CONSTITUENCIES)
    group = true_where(frame, (here not in groups for here, groups in zip(frame["constituency"], right, strict=True)))
    yield from report(table, frame, group, "constituency", "for this type of actor " + right.str.join(" or "))
    strange = is_state & ~frame["actor"].isin(list(states))
    yield from report(table, frame, strange, "actor", "an ISO 3166-1 alpha-3 code for a state")
    other = is_state & (frame["iso3"] != frame["actor"])
    yield from report(table, frame, other, "iso3", "the actor's own code for a state")
    yield from report(table, frame, ~is_state & (frame["iso3"] != ""), "iso3", "empty for any body but a state")
    code = frame["iso3"].where(frame["iso3"] != "", frame["m49_subregion"])
    regions = code.map(regions_of)
    for place, column in enumerate(("m49_region", "m49_subregion")):
        known, right = frame[column].isin(m49_regions()), regions.str[place]
        yield from report(table, frame, is_state & (frame[column] == ""), column, "a UN M49 code for a state")
        yield from report(table, frame, (frame[column] != "") & ~known, column, "a UN M49 region code")
        told = "the UN M49 code for the country, or the region of the sub-region (" + right + ")"
        yield from report(table, frame, (code != "") & known & (frame[column] != right), column, told)
    champion = (frame["gcm_champion"] == "true") & ~is_state
    yield from report(table, frame, champion, "gcm_champion", "false for any body but a state")
    yield from _names_are_their_own(table, frame, {code: _state_names(country) for code, country in states.items()})


def _names_are_their_own(table: Table, frame: pd.DataFrame, states: Mapping[str, set[str]]) -> Iterator[Problem]:
    """Each name once, a State's as ISO 3166-1 or the Unicode CLDR has it, and a short name of its own body."""
    for column in ("name", "short_name"):
        yield from report(table, frame, frame.duplicated(column), column, "each name once")
    places = list(zip(frame["actor"], frame["actor_type"], frame["name"], frame["short_name"], strict=True))
    strange = true_where(
        frame, (kind == "state" and name not in states.get(code, {name}) for code, kind, name, _ in places)
    )
    told = frame["actor"].map(lambda code: min(states.get(code, {""}), key=len))
    yield from report(table, frame, strange, "name", "the State's name as ISO 3166-1 or the CLDR has it, as " + told)
    short = true_where(
        frame,
        (
            text.casefold() == code.replace("_", "-").casefold() or text in "".join(re.findall(r"\b[A-Z]", name))
            for code, _, name, text in places
        ),
    )
    nearest = _nearest(frame["short_name"], frame["name"] + " " + frame["actor"].str.replace("_", " "))
    told = "a short form of the body's own name, not of " + frame["name"].reindex(nearest).set_axis(frame.index)
    yield from report(table, frame, ~short & (nearest != frame.index), "short_name", told)


def _state_names(country: Any) -> set[str]:
    from babel import Locale

    names = {getattr(country, kind, "") for kind in ("name", "common_name", "official_name")}
    names |= {str(Locale("en").territories.get(country.alpha_2, country.name))}
    names |= {part for name in names for part in (name.split(",")[0], " ".join(reversed(name.split(", "))))}
    return names - {""}


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
    """There are as many paragraphs as the meeting counts, in the order of the sections; a report may leave a number out."""
    table, frame = schema["paragraphs"], frames["paragraphs"]
    numbers = numeric(frame["paragraph"])
    present = numbers.groupby(frame["meeting"]).agg(set).to_dict()
    for row, meeting, count in frames["meetings"][["meeting", "paragraphs"]].itertuples():
        held = present.get(meeting, set())
        missing = sorted(set(range(1, int(count) + 1)) - held)
        if missing and len(held) != int(count):
            yield Problem(
                schema["meetings"].path,
                int(row),
                "paragraphs",
                shown(count),
                f"{count} rows in paragraphs.csv (missing: {', '.join(map(str, missing[:10]))})",
            )
    most = numeric(looked_up(frame, ["meeting"], frames["meetings"], "paragraphs"))
    more = numbers.groupby(frame["meeting"]).transform("nunique") > most
    yield from report(table, frame, more & (numbers > most), "paragraph", "at most the meeting's count of paragraphs")
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
        here = spoken[spoken["role"] == role]
        roles = set(zip(here["meeting"], here["section"], here["actor"], here["role"], strict=True))
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
    spot = place_of(frame)
    code = spot + "-" + frame["actor"]
    yield from report(table, frame, frame["intervention"] != code, "intervention", code)
    number = pd.Index(place_of(paragraphs)).get_indexer(spot)
    section = pd.Series(paragraphs["section"].to_numpy()[number], frame.index)
    told = "the paragraph's section (" + section + ")"
    yield from report(table, frame, frame["section"] != section, "section", told)
    words = numeric(frame["words"]).groupby(number)
    most = pd.Series(numeric(paragraphs["words"]).to_numpy()[number], frame.index)
    wrong = (words.transform("sum") - most).abs() >= words.transform("size")
    told = "in all of a paragraph's interventions the words that it has (" + most.astype("Int64").astype(str) + ")"
    yield from report(table, frame, wrong, "words", told)
    for role in ("chair", "facilitator"):
        here = frame[frame["role"] == role]
        named = looked_up(here, ["meeting", "section"], frames["roundtables"], role)
        told = f"the section's {role} (" + named.astype(str) + ")"
        yield from report(table, here, here["actor"] != named, "actor", told)
    actors = set(frames["actors"]["actor"])
    unknown = true_where(
        frame, (bool(text) and not set(text.split(";")) <= actors for text in frame["on_behalf_of"].tolist())
    )
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


STRUCTURE_RULES: tuple[Rule, ...] = (
    objectives_are_the_compacts,
    actors_are_coded,
    places_exist,
    paragraphs_are_complete,
    sections_are_roundtables,
    interventions_agree,
)
