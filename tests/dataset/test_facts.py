"""Facts of the report that the dataset must hold, each with its paragraph, and what must be true of any coding."""

import re
from pathlib import Path

import pandas as pd
import pytest

from gfmd_analysis import Dataset
from gfmd_analysis.dataset.objectives import IMRF_ROUNDTABLES
from gfmd_analysis.dataset.schema import DEFAULT_FOLDER, schema
from gfmd_analysis.dataset.writing import csv_text


def objectives(data: Dataset, intervention: str, **chosen: str) -> set[int]:
    rows = data.mentions[data.mentions["intervention"] == f"FOF-2021-11/{intervention}"]
    for column, value in chosen.items():
        rows = rows[rows[column] == value]
    return {int(number) for number in rows["objective"]}


def test_all_104_paragraphs_have_an_intervention(data: Dataset) -> None:
    assert set(data.interventions["paragraph"]) == set(range(1, 105))
    assert data.meetings["paragraphs"].item() == len(data.paragraphs) == 104


def test_two_actors_share_paragraph_34_and_only_that_one(data: Dataset) -> None:
    shared = data.interventions[data.interventions.duplicated("paragraph", keep=False)]
    assert shared["paragraph"].unique().tolist() == [34]
    assert set(shared["actor"]) == {"FRAGOMEN", "TBB"}


def test_who_chaired_and_facilitated(data: Dataset) -> None:
    tables = data.roundtables[data.roundtables["kind"] == "roundtable"].set_index("section")
    assert tables["chair"].to_dict() == {"RT1": "EGY", "RT2": "THA", "RT3": "PRT", "RT4": "MEX"}
    assert tables["facilitator"].to_dict() == {"RT1": "BM", "RT2": "MYCP", "RT3": "CSM", "RT4": "MM"}


def test_the_23_objectives_stand_in_the_imrfs_roundtables(data: Dataset) -> None:
    found = data.objectives.groupby("roundtable", observed=True)["objective"].agg(
        lambda numbers: tuple(int(n) for n in numbers)
    )
    assert found.to_dict() == IMRF_ROUNDTABLES
    titles = data.objectives.set_index("objective")["title"]
    assert (
        titles[20]
        == "Promote faster, safer and cheaper transfer of remittances and foster financial inclusion of migrants"
    )
    assert data.objectives["short_title"].str.len().max() <= 28


@pytest.mark.parametrize(
    ("intervention", "expected"),
    [
        ("016-IOM", {23}),  # put forward as a focus, without its subject: reference
        ("036-PDD", {21, 23}),
        ("053-SRHRM", {8, 9, 13, 14, 22}),  # what the draft papers would leave out
        ("061-MYCP", {8, 13, 21}),  # those that need more consideration
        ("095-EGY", {15, 16}),  # named only to point elsewhere
    ],
)
def test_objectives_that_are_only_named(data: Dataset, intervention: str, expected: set[int]) -> None:
    assert objectives(data, intervention, engagement="reference") == expected


@pytest.mark.parametrize(
    ("intervention", "expected"),
    [
        ("034-FRAGOMEN", {5, 6, 18}),
        ("034-TBB", {5, 6, 18}),
        ("035-PHL", {2, 5, 18}),
        ("054-CSM", {4, 10, 11, 13}),
        ("063-PRT", {15, 16, 19, 20}),
        ("067-IFAD", {20}),
        ("076-MFA", {14, 15, 16, 22}),
        ("088-CSM", {3, 7, 17, 23}),
        ("093-SWE", {1, 23}),
        ("095-EGY", {1, 7, 23}),
    ],
)
def test_objectives_spoken_to_by_their_number(data: Dataset, intervention: str, expected: set[int]) -> None:
    assert objectives(data, intervention, basis="explicit", engagement="substantive") == expected


@pytest.mark.parametrize(("intervention", "objective"), [("068-IFAD", 20), ("086-MYCP", 17), ("087-MYCP", 17)])
def test_a_turn_goes_on_without_the_number(data: Dataset, intervention: str, objective: int) -> None:
    assert objectives(data, intervention, basis="inferred") == {objective}


def test_nobody_spoke_to_smuggling(data: Dataset) -> None:
    rows = data.mentions[data.mentions["objective"] == 9]
    assert rows[["intervention", "engagement"]].to_numpy().tolist() == [["FOF-2021-11/053-SRHRM", "reference"]]


def test_egypt_speaks_one_turn_from_95_to_97(data: Dataset) -> None:
    turn = data.interventions[data.interventions["turn"] == "FOF-2021-11/095-EGY"]
    assert turn["paragraph"].tolist() == [95, 96, 97]


def test_the_dataset_is_as_large_as_the_report(data: Dataset) -> None:
    assert data.interventions["actor"].nunique() == 28
    assert len(data.mentions) > 130
    assert len(data.quantities) >= 40
    assert len(data.practices) >= 60
    assert len(data.recommendations) >= 50


def test_paisd_is_one_practice_told_by_france_and_senegal(data: Dataset) -> None:
    told = data.practice_citations.query("practice == 'PAISD'")["intervention"].unique()
    assert set(told) == {"FOF-2021-11/073-FRA", "FOF-2021-11/077-SEN"}


def test_champion_countries_are_those_that_the_report_calls_so(data: Dataset) -> None:
    assert set(data.actors.loc[data.actors["gcm_champion"], "actor"]) == {"PHL", "SEN", "THA", "PRT"}


@pytest.mark.parametrize(
    ("intervention", "to_actor", "kind"),
    [
        ("015-PHL", "UNNM", "supports"),
        ("055-NGOCM", "CSM", "supports"),
        ("077-SEN", "FRA", "echoes"),
        ("100-BM", "ARE", "thanks"),
        ("053-SRHRM", "GFMD_GCM", "contests"),
    ],
)
def test_ties_that_speakers_state(data: Dataset, intervention: str, to_actor: str, kind: str) -> None:
    ties = data.ties[["intervention", "to_actor", "kind"]].astype("str").to_numpy().tolist()
    assert [f"FOF-2021-11/{intervention}", to_actor, kind] in ties


@pytest.mark.parametrize(
    ("intervention", "pair"),
    [("078-CSM", (15, 16)), ("099-NGOCM", (5, 7)), ("099-NGOCM", (7, 15)), ("101-MEX", (5, 7))],
)
def test_objectives_that_speakers_link(data: Dataset, intervention: str, pair: tuple[int, int]) -> None:
    links = data.objective_links
    found = {(i, int(a), int(b)) for i, a, b in links.itertuples(index=False)}
    assert (f"FOF-2021-11/{intervention}", *pair) in found


def test_the_settled_coding_is_what_the_tables_hold(data: Dataset) -> None:
    kept = data.coding_mentions.dropna(subset=["basis"])
    key = ["intervention", "objective"]
    pd.testing.assert_frame_equal(
        kept[[*key, "basis", "engagement"]].reset_index(drop=True).astype(str),
        data.mentions[[*key, "basis", "engagement"]].astype(str),
    )
    spoken = data.coding_interventions[["intervention", "role", "turn"]]
    pd.testing.assert_frame_equal(spoken, data.interventions[["intervention", "role", "turn"]])
    numbers = (
        data.coding_quantities.dropna(subset=["quantity"])
        .set_index("quantity")[["value", "bound", "topic"]]
        .sort_index()
    )
    pd.testing.assert_frame_equal(
        numbers, data.quantities.set_index("quantity")[["value", "bound", "topic"]].sort_index()
    )


def test_decided_says_where_the_coders_differ(data: Dataset) -> None:
    for table, fields in (
        (data.coding_mentions, ("basis", "engagement")),
        (data.coding_interventions, ("role", "turn")),
    ):
        differ = pd.Series(False, index=table.index)
        for field in fields:
            first, second = table[f"{field}_a"].astype("str").fillna(""), table[f"{field}_b"].astype("str").fillna("")
            differ |= first != second
        assert ((table["decided"] != "both") == differ).all()
    reasons = data.coding_mentions
    assert (reasons["reason"].notna() == (reasons["decided"] != "both")).all()


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


@pytest.mark.parametrize("name", sorted(schema()))
def test_files_are_as_the_contract_writes_them(data: Dataset, name: str) -> None:
    table = schema()[name]
    raw = (DEFAULT_FOLDER / table.path).read_bytes()
    assert b"\r" not in raw
    assert raw.decode("utf-8") == csv_text(data.tables[name]), (
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
    egypt = long[(long["intervention"] == "FOF-2021-11/095-EGY")].set_index("objective")["in_scope"]
    assert egypt.to_dict() == {1: True, 7: True, 15: False, 16: False, 23: True}
    assert long.loc[long["section"] == "imrf_road", "in_scope"].isna().all()


def test_the_data_cannot_be_changed_through_a_view(data: Dataset) -> None:
    view = data.mentions
    view.loc[:, "note"] = "changed"
    view["objective"] = 1
    assert data.mentions["objective"].nunique() == 23
    assert not (data.mentions["note"] == "changed").any()
    with pytest.raises(AttributeError, match="no table 'speakers'; there are: meetings"):
        _ = data.speakers
