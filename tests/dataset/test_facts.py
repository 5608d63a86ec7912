"""The data hold the facts of the report (``data/facts.csv``, correctable like any table), and what must be true of any coding."""

import re
from pathlib import Path

import pandas as pd
import pytest

from gfmd_analysis import Dataset
from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, schema
from gfmd_analysis.dataset.reading import read_package
from gfmd_analysis.dataset.tables import typed
from gfmd_analysis.dataset.writing import cell_text, csv_text


def broken_facts(data: Dataset) -> pd.DataFrame:
    """List the facts of the report (``facts.csv``) that the data do not hold.

    Returns
    -------
    DataFrame
        One row per fact that fails, all ``str``: ``fact``, ``says`` (the fact in words), ``expected`` and ``found``.
    """
    failing = []
    for fact, name, rows, column, expected, says in data.facts.astype("str").fillna("").itertuples(index=False):
        table = data.require(name)
        for part in filter(None, rows.split(";")):
            where, _, value = part.partition("=")
            table = table[table[where].map(cell_text).astype("str").fillna("") == value]
        cells = set(table[column].map(cell_text)) if column else {str(len(table))}
        found = {value for cell in cells if isinstance(cell, str) for value in cell.split(";") if value}
        if found != set(filter(None, expected.split(";"))):
            failing.append((fact, says, expected, ";".join(sorted(found))))
    return pd.DataFrame(failing, columns=["fact", "says", "expected", "found"])


def test_the_data_hold_every_fact_of_the_report(data: Dataset) -> None:
    failing = broken_facts(data)
    remedy = "where the report bears you out, correct the fact too: a row 'facts,F029,expected,old,new,who,when,why' in corrections.csv"
    assert failing.empty, f"{failing.to_string(index=False)}\n{remedy}"
    assert len(data.facts)


def test_a_fact_that_fails_is_told_with_what_was_found(data: Dataset) -> None:
    fewer = data.mentions[data.mentions["engagement"] != "reference"]
    changed = Dataset({**data.tables, "mentions": fewer})
    failing = broken_facts(changed)
    assert len(failing)
    assert (failing["expected"] != failing["found"]).all()


def test_the_settled_data_cover_every_paragraph(data: Dataset) -> None:
    for meeting, rows in data.interventions.groupby("meeting"):
        there = data.paragraphs.loc[data.paragraphs["meeting"] == meeting, "paragraph"]
        assert set(rows["paragraph"]) == set(there)


def test_no_sentence_of_the_report_is_copied(data: Dataset, report: Path) -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[i : i + 9]) for i in range(len(words) - 8)}

    source = runs(report.read_text(encoding="utf-8"))
    texts = [
        *data.interventions["summary"],
        *data.recommendations["text"],
        *data.practices["summary"],
        *data.quantities["what"],
        *data.mentions["note"].dropna(),
    ]
    assert [text for text in texts if runs(text) & source] == []


@pytest.fixture(scope="module")
def files() -> dict[str, pd.DataFrame]:
    return read_package(DEFAULT_FOLDER)[1]


@pytest.mark.parametrize("name", sorted(set(schema()) - {"corrections"}))  # readers add theirs at the end
def test_files_are_as_the_contract_writes_them(files: dict[str, pd.DataFrame], name: str) -> None:
    table = schema()[name]
    raw = (DEFAULT_FOLDER / table.path).read_bytes()
    assert b"\r" not in raw
    assert raw.decode("utf-8") == csv_text(typed(files[name], table)), (
        "sorted by key, ISO dates, true/false, nothing quoted without need"
    )


def test_the_tidy_table_is_derived_from_its_sources(data: Dataset) -> None:
    path = DEFAULT_FOLDER / "tidy" / "mentions_long.csv"
    assert path.read_text(encoding="utf-8") == csv_text(data.long()), "run `make briefing`"


def test_the_long_view_drops_nothing(data: Dataset) -> None:
    long = data.long()
    assert set(long["intervention"]) == set(data.interventions["intervention"])
    assert long["objective"].notna().sum() == len(data.mentions)
    silent = long[long["objective"].isna()]
    assert not silent["intervention"].duplicated().any()
    assert silent["in_scope"].isna().all()


def test_in_scope_compares_the_objectives_roundtable_with_the_sections(data: Dataset) -> None:
    long = data.long()
    placed = long[long["objective"].notna() & long["roundtable"].notna()]
    same = placed["roundtable"].astype("str") == placed["objective_roundtable"].astype("str")
    assert (placed["in_scope"] == same).all()
    assert long.loc[long["roundtable"].isna() | long["objective"].isna(), "in_scope"].isna().all()


def test_words_add_up_in_any_pivot(data: Dataset) -> None:
    long = data.long()
    assert long["words_once"].sum() == data.interventions["words"].sum()
    assert (long.groupby("intervention")["words_once"].count() == 1).all()


def test_keys_and_enums_are_codes_from_the_door(data: Dataset) -> None:
    long = data.long()
    for column in (
        "intervention",
        "meeting",
        "section",
        "actor",
        "role",
        "act",
        "turn",
        "objective",
        "basis",
        "engagement",
    ):
        assert isinstance(long[column].dtype, pd.CategoricalDtype), column
    assert data.mentions["intervention"].dtype == data.interventions["intervention"].dtype
    assert data.ties["to_actor"].dtype == data.actors["actor"].dtype


def test_the_data_cannot_be_changed_through_a_view(data: Dataset) -> None:
    view = data.mentions
    view.loc[:, "note"] = "changed"
    view["objective"] = 1
    assert len(set(data.mentions["objective"])) > 1
    assert not (data.mentions["note"] == "changed").any()
    with pytest.raises(AttributeError, match="no table 'speakers'; there are: meetings"):
        _ = data.speakers
