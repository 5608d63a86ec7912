"""What must hold between the two codings, whose code stands, and the tables that were settled from them."""

from collections.abc import Iterator

import pandas as pd

from gfmd_analysis.errors import Problem
from gfmd_analysis.rules import Frames, Schema, looked_up, numeric, report

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
