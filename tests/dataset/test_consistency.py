"""Slips that every column allows are refused by what another table, or the Compact, says."""

import re
from itertools import zip_longest
from pathlib import Path

import pandas as pd
import pytest

from gfmd_analysis import validate
from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, schema
from gfmd_analysis.dataset.reading import read_categories
from gfmd_analysis.dataset.validation import problems_in


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(DEFAULT_FOLDER / f"{name}.csv", dtype="str", keep_default_na=False)


def exchanged(table: pd.DataFrame, column: str, one: int, other: int) -> pd.DataFrame:
    changed = table.copy()
    changed.loc[[one, other], column] = table.loc[[other, one], column].to_numpy()
    return changed


def shifted(table: pd.DataFrame, column: str) -> pd.DataFrame:
    return table.assign(**{column: table[column].shift(1).fillna(table[column].iloc[-1])})


def without_a_recommended_mention() -> pd.DataFrame:
    mentions, asked = read("mentions"), read("recommendation_objectives").merge(read("recommendations"))
    first = asked.iloc[0]
    return mentions[
        ~((mentions["intervention"] == first["intervention"]) & (mentions["objective"] == first["objective"]))
    ]


def with_an_early_summary() -> pd.DataFrame:
    table = read("interventions")
    early = table.index[(table["role"] == "chair") & (table["act"] == "introduction")][0]
    table.loc[early, "act"] = "summary"
    return table


SLIPS = {
    "titles of 9 and 10 exchanged": ("objectives", lambda: exchanged(read("objectives"), "title", 8, 9), "objectives.csv", "title"),
    "French titles exchanged": ("objectives", lambda: exchanged(read("objectives"), "title_fr", 8, 9), "objectives.csv", "title_fr"),
    "short titles exchanged": ("objectives", lambda: exchanged(read("objectives"), "short_title", 8, 9), "objectives.csv", "short_title"),
    "roundtables exchanged": ("objectives", lambda: exchanged(read("objectives"), "roundtable", 8, 4), "objectives.csv", "roundtable"),
    "names of two States exchanged": ("actors", lambda: exchanged(read("actors"), "name", *[read("actors").index[read("actors")["actor"] == code][0] for code in ("EGY", "FRA")]), "actors.csv", "name"),
    "summaries shifted by a row": ("interventions", lambda: shifted(read("interventions"), "summary"), "interventions.csv", "summary"),
    "a mention lost that a recommendation rests on": ("mentions", without_a_recommended_mention, "recommendation_objectives.csv", "objective"),
    "an introduction called a summary": ("interventions", with_an_early_summary, "interventions.csv", "act"),
    "engagement changed against all coders": ("mentions", lambda: read("mentions").replace({"engagement": {"reference": "passing"}}), "mentions.csv", "engagement"),
    "a milestone without its day": ("milestones", lambda: read("milestones").assign(end=""), "milestones.csv", "end"),
    "a view near to a recommendation that nobody gave": ("consolidated_recommendations", lambda: read("consolidated_recommendations").assign(related="nobody"), "consolidated_recommendations.csv", "related"),
    "a State led by its name": ("practices", lambda: read("practices").replace({"leads": {"EGY": "Egypt"}}), "practices.csv", "leads"),
    "words of paragraphs shifted": ("interventions", lambda: shifted(read("interventions"), "words"), "interventions.csv", "words"),
}  # fmt: skip


def one_a_table() -> list[list[str]]:
    """Share the slips out so that a folder has at most one in each table."""
    of_table: dict[str, list[str]] = {}
    for slip, (name, *_) in SLIPS.items():
        of_table.setdefault(name, []).append(slip)
    return [[slip for slip in slips if slip] for slips in zip_longest(*of_table.values())]


@pytest.mark.parametrize("slips", one_a_table(), ids=", ".join)
def test_each_slip_is_refused_where_it_was_made(package: Path, slips: list[str]) -> None:
    for slip in slips:
        name, change, _, _ = SLIPS[slip]
        change().to_csv(package / f"{name}.csv", index=False)
    problems = validate(package)
    named = {(problem.file, problem.column) for problem in problems}
    assert [slip for slip in slips if SLIPS[slip][2:] not in named] == []
    assert not any(re.search(r"\bnan\b|\bNone\b|\[A-Z\]|coding/a", str(problem)) for problem in problems)


def test_what_a_rule_does_not_find_is_told_in_words() -> None:
    table = schema()["objectives"]
    frame = read_categories(DEFAULT_FOLDER / table.path, table)
    missing = "the chair (" + pd.Series(float("nan"), frame.index, dtype="str") + ")"
    rule = lambda objectives: [("objectives", pd.Series(True, objectives.index), "title", missing)]  # noqa: E731
    told = {problem.allowed for problem in problems_in({"objectives": table}, {"objectives": frame}, rules=[rule])}
    assert told == {"none that is there"}
