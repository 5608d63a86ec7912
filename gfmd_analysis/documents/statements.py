"""Where the input report tells each statement, what a statement already says, and sentences joined to paragraphs."""

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from gfmd_analysis.coverage.counts import taken_up
from gfmd_analysis.dataset.capacity import spoken_as
from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.documents.structure import Block, muted, strong
from gfmd_analysis.practices.recommendations import codes

SAID = 0.5  # share of its longer words with which a sentence counts as said
LONGEST = 690  # letters of a paragraph: less than eight lines
CONTINUED = ", continued"
Item = tuple[str, str, list[str]]  # a text, its source, the interventions that it tells
INTERNATIONAL = ("intergovernmental", "un_system")


def homes(data: "Dataset") -> pd.DataFrame:
    """Choose for each statement the one objective under which it is told.

    Returns
    -------
    DataFrame
        One row per statement or update that touches on an objective, and per introduction or summary that alone speaks to
        an objective: ``intervention``, ``section``, ``objective`` (missing where it takes up none). The objective is one that
        it takes up: by number rather than by subject, of its own roundtable, that no other takes up by number, on which it
        asks most, then presents most, the first.
    """
    long, keys = data.long(), ["intervention", "objective"]
    said = long[spoken_as(long)]
    cells = pd.concat([taken_up(said, acts=None), in_the_chair(data)])
    asked = data.recommendations.merge(data.recommendation_objectives)[keys]
    asks, presents = (table.astype("object").value_counts(keys).to_dict() for table in (asked, data.practice_citations))
    pairs = list(zip(cells["intervention"], cells["objective"], strict=True))
    found = (
        cells[[*keys, "section"]]
        .astype({"intervention": "str", "section": "str", "objective": int})
        .assign(
            inferred=cells["basis"] != "explicit",
            elsewhere=~cells["in_scope"].fillna(False).astype(bool),
            asks=[-asks.get(pair, 0) for pair in pairs],
            presents=[-presents.get(pair, 0) for pair in pairs],
        )
    )
    found["shared"] = found["objective"].map(found.loc[~found["inferred"], "objective"].value_counts()) > 1
    order = ["inferred", "elsewhere", "shared", "asks", "presents", "objective"]
    found = found.sort_values(order, kind="stable").drop_duplicates("intervention")
    touched = said[said["engagement"].notna()].drop_duplicates("intervention")
    rest = touched.loc[~touched["intervention"].isin(found["intervention"]), ["intervention", "section"]].astype("str")
    table = pd.concat([found[["intervention", "section", "objective"]], rest])
    return table.sort_values("intervention", ignore_index=True).astype({"objective": "Int64"})


def in_the_chair(data: "Dataset") -> pd.DataFrame:
    """Find what was said in the chair alone, in the rows of the long table: the objectives on it have no speaker."""
    long = data.long()
    chairs = long[~spoken_as(long) & (long["engagement"] == "substantive")]
    return chairs[~chairs["objective"].isin(taken_up(long)["objective"])]


def on_objectives(data: "Dataset") -> pd.DataFrame:
    """Find what says something on an objective: takes it up or gives its number, presents a practice or asks for something.

    Returns
    -------
    DataFrame
        ``intervention`` and ``objective`` (Int64), each pair once; introductions and summaries only with practices and
        recommendations.
    """
    long = data.long()
    tables = [
        taken_up(long),
        long[spoken_as(long) & (long["basis"] == "explicit")],
        data.practice_citations,
        data.recommendations.merge(data.recommendation_objectives),
    ]
    pairs = (
        table[["intervention", "objective"]].astype({"intervention": "str", "objective": "Int64"}) for table in tables
    )
    return pd.concat(pairs).dropna().drop_duplicates(ignore_index=True)


def joined(items: Iterable[Item], lead: str = "", between: str = " ", end: str = "") -> list[Block]:
    """Join items to paragraphs of less than eight lines.

    ``lead`` stands before each, from the second on as continued, ``between`` between the items of a paragraph, ``end`` after
    its last.
    """
    groups: list[list[Item]] = []
    room = 0
    for item in items:
        length = len(item[0]) + len(item[1]) + 2
        if length > room:
            groups.append([])
            room = LONGEST - len(lead) - len(CONTINUED)
        groups[-1].append(item)
        room -= length
    found: list[Block] = []
    for group in groups:
        parts = [strong(f"{lead[:-1]}{CONTINUED if found else ''}{lead[-1]} ")] if lead else []
        for place, (text, source, _) in enumerate(group, 1):
            parts += [(f"{text} ", ""), muted(f"{source}{between if place < len(group) else end}")]
        found.append({"parts": parts, "interventions": [code for _, _, codes in group for code in codes]})
    return found


def without_name(statement: str, names: Iterable[str]) -> str:
    """Begin a statement with “It” in place of its speaker’s name."""
    forms = "|".join(re.escape(name.removeprefix("GFMD ")) for name in names)
    return re.sub(rf"^(?:The )?(?:{forms}) (?=\w)", "It ", statement)


def repeats(text: str, statement: str) -> bool:
    """Judge whether a statement already says a sentence: most of its longer words begin like words of the statement."""
    wanted, there = ({word[:5].lower() for word in re.findall(r"[^\W\d_]{4,}", words)} for words in (text, statement))
    return len(wanted & there) >= SAID * len(wanted)


def is_international(practice: Any, bodies: pd.DataFrame) -> bool:
    """Judge whether a practice spans countries: by its places, by where those who lead it are, or by what they are.

    So does one of which only those who joined it are known, and one with partner countries that are not named.
    """
    places, leads, partners = codes(practice.places), codes(practice.leads), codes(practice.partners)
    known = bodies[bodies.index.isin(leads)]
    return bool(
        len(places) > 1
        or any(place.isdigit() for place in places)
        or max(known["iso3"].nunique(), known["m49_subregion"].nunique()) > 1
        or known["constituency"].isin(INTERNATIONAL).any()
        or "GFMD" in (*leads, *partners)
        or (partners and not leads and not places)
        or any("countries" in partner for partner in partners)
    )
