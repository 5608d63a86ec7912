"""Practices and recommendations: facts of the report, and what must hold of any data."""

import pandas as pd
import pycountry
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gfmd_analysis import Dataset, GfmdError
from gfmd_analysis.dataset.citing import report_source
from gfmd_analysis.dataset.regions import place_name, regions_of
from gfmd_analysis.practices.catalogue import (
    NO_PLACE,
    catalogue,
    one_sided,
    partners_of,
    partnerships,
    practices_against_recommendations,
    practices_by,
    practices_by_presenter,
    practices_by_region,
)
from gfmd_analysis.practices.recommendations import asks, merge_similar, recommendations_by_addressee, similarity

NOTHING = ("practices", "practice_citations", "recommendations", "recommendation_objectives")


def without(data: Dataset, *names: str) -> Dataset:
    return Dataset({**data.tables, **{name: data.tables[name].head(0) for name in names}})


def test_paisd_is_one_practice_told_by_france_and_senegal(data: Dataset) -> None:
    paisd = catalogue(data).set_index("practice").loc["PAISD"]
    assert paisd["presenters"] == ("France", "Senegal")
    assert paisd["paragraphs"] == (73, 77)
    assert paisd["leads"] == ("France",)
    assert "Senegal" in paisd["partners"]


def test_every_practice_is_in_the_catalogue_once_with_its_citations(data: Dataset) -> None:
    table = catalogue(data)
    assert sorted(table["practice"]) == sorted(data.practices["practice"])
    told = {(row.practice, code) for row in table.itertuples() for code in row.interventions}
    assert told == set(data.practice_citations[["practice", "intervention"]].itertuples(index=False, name=None))


def test_objectives_with_one_and_not_the_other(data: Dataset) -> None:
    table = practices_against_recommendations(data)
    assert table["objective"].astype(int).tolist() == list(range(1, 24))
    assert one_sided(table) == {"practices only": [9, 22], "recommendations only": [3, 12], "neither": []}
    named = data.practice_citations.dropna().drop_duplicates(["practice", "objective"])
    assert table["practices"].sum() == len(named)
    assert table["recommendations"].sum() == len(data.recommendation_objectives)


def test_only_ifad_told_the_practices_on_remittances(data: Dataset) -> None:
    remittances = practices_against_recommendations(data).set_index("objective").loc[20]
    told = data.practice_citations.query("objective == 20").merge(data.interventions, on="intervention")
    assert remittances["practice_actors"] == told["actor"].nunique()


def test_practices_by_kind_and_by_presenter_count_each_practice_once(data: Dataset) -> None:
    kinds = practices_by(data, "constituency")
    assert kinds["all"].sum() == len(data.practices)
    assert (kinds.drop(columns="all").max(axis=1) <= kinds["all"]).all()
    presenters = practices_by_presenter(data).set_index("actor")
    assert presenters.loc["PRT", ["practices", "own"]].tolist() == [10, 10]
    assert (presenters["own"] <= presenters["practices"]).all()


def test_an_unknown_column_is_refused_with_those_that_are_allowed(data: Dataset) -> None:
    with pytest.raises(GfmdError, match="found 'colour'; allowed: constituency"):
        practices_by(data, "colour")
    with pytest.raises(GfmdError, match="found 'text'; allowed: addressee, kind"):
        recommendations_by_addressee(asks(data), columns="text")


def test_practices_without_a_place_are_counted_and_told_apart(data: Dataset) -> None:
    table = practices_by_region(data)
    nowhere = table[table["region"] == ""]
    assert nowhere["practices"].tolist() == [int(data.practices["places"].isna().sum())]
    assert nowhere["region_name"].tolist() == [NO_PLACE]
    assert table["region"].iloc[-1] == ""


def test_m49_knows_every_country_of_iso_but_two(data: Dataset) -> None:
    unknown = {country.alpha_3 for country in pycountry.countries if regions_of(country.alpha_3) == ("", "")}
    assert unknown == {"ATA", "TWN"}  # neither is in a region of M49
    states = data.actors.dropna(subset="iso3")
    assert [regions_of(code) for code in states["iso3"]] == list(
        zip(states["m49_region"], states["m49_subregion"], strict=True)
    )
    assert place_name("035") == "South-eastern Asia"


def test_a_place_that_m49_does_not_list_counts_as_nowhere(data: Dataset) -> None:
    moved = data.practices.assign(places="ATA")
    table = practices_by_region(Dataset({**data.tables, "practices": moved}))
    assert table["practices"].tolist() == [len(moved)]


def test_partnerships_name_each_partner_once_and_leave_out_practices_of_one_body(data: Dataset) -> None:
    edges = partnerships(data)
    written = data.practices["partners"].dropna().str.split(";")
    assert len(edges) == written.map(len).sum()
    assert not (edges["lead"] == edges["partner"]).any()
    bodies = partners_of(edges).set_index("actor")
    assert bodies.loc["FRA", ["practices", "led", "partners"]].tolist() == [1, 1, 3]


def test_who_asks_whom_counts_every_recommendation_once(data: Dataset) -> None:
    asked = asks(data)
    for columns in ("addressee", "kind"):
        assert recommendations_by_addressee(asked, columns=columns).to_numpy().sum() == len(data.recommendations)


def test_the_moratorium_on_detention_is_one_call_of_two_actors(data: Dataset) -> None:
    calls = merge_similar(asks(data)).query("objective == 13")
    shared = calls[calls["recommendations"].map(len) > 1]
    moratorium = shared[shared["text"].str.contains("moratorium")].iloc[0]
    assert moratorium["actors"] == ("CSM", "MYCP")
    assert moratorium["paragraphs"] == (54, 62)
    assert moratorium["floor"] == 1  # the youth platform facilitated


def test_what_is_alike_under_another_objective_is_not_merged(data: Dataset) -> None:
    asked = asks(data)
    same = asked.head(2).assign(text="Open regular pathways.", actor=["AAA", "BBB"], objectives=[(5,), (6,)])
    assert merge_similar(same)["recommendations"].map(len).tolist() == [1, 1]
    assert merge_similar(same.assign(objectives=[(5,), (5,)]))["recommendations"].map(len).tolist() == [2]


@settings(max_examples=25, deadline=None)
@given(threshold=st.floats(0.01, 1.0), seed=st.integers(0, 999), size=st.integers(0, 60))
def test_no_recommendation_is_lost_or_doubled_whatever_the_threshold(
    data: Dataset, threshold: float, seed: int, size: int
) -> None:
    asked = asks(data).sample(size, random_state=seed)
    calls = merge_similar(asked, threshold)
    numbers = calls["objective"].astype("Int64").fillna(0).tolist()
    found = [(number, code) for number, codes in zip(numbers, calls["recommendations"], strict=True) for code in codes]
    wanted = [(number, row.recommendation) for row in asked.itertuples() for number in row.objectives or (0,)]
    assert sorted(found) == sorted(wanted)
    assert all(len(call.actors) == len(call.recommendations) for call in calls.itertuples())
    texts = dict(zip(asked["recommendation"], asked["text"], strict=True))
    assert all(tuple(texts[code] for code in call.recommendations) == call.texts for call in calls.itertuples())


def test_every_two_texts_of_a_call_are_alike(data: Dataset) -> None:
    asked = asks(data)
    alike = pd.DataFrame(similarity(asked["text"]), index=asked["recommendation"], columns=asked["recommendation"])
    for codes in merge_similar(asked)["recommendations"]:
        assert alike.loc[list(codes), list(codes)].to_numpy().min() >= 0.4 - 1e-9


@pytest.mark.parametrize("threshold", [0, -1, 1.1])
def test_a_threshold_outside_its_range_is_refused(data: Dataset, threshold: float) -> None:
    with pytest.raises(GfmdError, match="allowed: above 0, at most 1"):
        merge_similar(asks(data), threshold)


def test_a_meeting_without_practices_and_recommendations_gives_empty_tables(data: Dataset) -> None:
    silent = without(data, *NOTHING)
    assert len(catalogue(silent)) == len(asks(silent)) == len(merge_similar(asks(silent))) == 0
    assert len(practices_by_region(silent)) == len(partners_of(partnerships(silent))) == 0
    assert len(one_sided(practices_against_recommendations(silent))["neither"]) == 23


def test_the_source_line_names_day_and_paragraphs(data: Dataset) -> None:
    told = ["FOF-2021-11/073-FRA", "FOF-2021-11/077-SEN"]
    assert report_source(data, told) == "Report of the meeting of 18 November 2021, paragraphs 73, 77."
