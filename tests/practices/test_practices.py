"""Practices, recommendations, demands and dates: an invented meeting by hand, and what must hold of any data."""

import pandas as pd
import pycountry
import pytest

from gfmd_analysis import Dataset
from gfmd_analysis.dataset.regions import place_name, regions_of
from gfmd_analysis.practices.catalogue import (
    NO_PLACE,
    WORLD,
    partners_of,
    partnerships,
    practice_table,
    practices_and_recommendations,
    practices_by_region,
    presented_practices,
)
from gfmd_analysis.practices.recommendations import (
    challenges,
    codes,
    consolidated_recommendations,
    differences,
    milestones,
    recommendation_table,
    supporters,
)
from gfmd_analysis.practices.speaking import voice_name, voices
from tests.small_meeting import ROWS, small_meeting

NOTHING = (
    *("practices", "practice_citations", "recommendations", "recommendation_objectives", "consolidation"),
    *("consolidated_recommendations", "differences", "difference_sides", "challenges", "milestones"),
)

JOINT = ("009-CCC", "009-DDD")  # one talk of two speakers


@pytest.fixture(scope="module")
def small() -> Dataset:
    return small_meeting()


def test_a_practice_has_all_its_leads_and_those_who_only_recalled_it_apart(small: Dataset) -> None:
    bridge = practice_table(small).set_index("practice").loc["BRIDGE"]
    assert (bridge["leads"], bridge["recipients"]) == (("Belize", "Civic Council"), ("Aland",))
    assert bridge["places"] == ("Tunisia", "Italy")
    assert (bridge["presenters"], bridge["reported_by"]) == (("Belize",), ("Mayors",))
    assert (bridge["paragraphs"], bridge["reported_in"]) == ((2,), (7,))


def test_who_presented_a_practice_is_not_named_again_for_recalling_it() -> None:
    told = small_meeting(practice_citations=(*ROWS["practice_citations"], "DESK|007-EEE|16"))
    desk = practice_table(told).set_index("practice").loc["DESK"]
    assert (desk["presenters"], desk["reported_by"], desk["reported_in"]) == (("Mayors",), (), (7,))


def test_a_practice_of_a_summary_alone_is_counted_only_where_asked(small: Dataset) -> None:
    assert practice_table(small)["practice"].tolist() == ["BRIDGE", "DESK"]
    assert practice_table(small, acts=None)["practice"].tolist() == ["BRIDGE", "DESK", "ECHO"]
    assert practices_and_recommendations(small).set_index("objective").loc[8, "practices"] == 0
    assert practices_and_recommendations(small, acts=None).set_index("objective").loc[8, "practices"] == 1


def test_a_summary_asks_for_nobody(small: Dataset) -> None:
    assert "007-EEE-R1" not in set(recommendation_table(small)["recommendation"])
    assert len(recommendation_table(small, acts=None)) == len(small.recommendations)
    demand = consolidated_recommendations(small).set_index("consolidated").loc["C01"]
    assert (demand["supporters"], demand["asks"], demand["welcomes"]) == (2, 1, 1)
    assert (demand["actor_names"], demand["reported_by"]) == (("Belize", "Civics"), ("Mayors",))
    assert (demand["paragraphs"], demand["reported_in"], demand["objectives"]) == ((2, 3), (7,), (5,))


def test_an_objective_that_a_summary_alone_adds_is_not_the_demands(small: Dataset) -> None:
    added = pd.DataFrame({"recommendation": ["007-EEE-R1", "006-CCC-R1"], "objective": [7, 8]})
    table = pd.concat([small.recommendation_objectives, added], ignore_index=True)
    table["objective"] = table["objective"].astype(small.recommendation_objectives["objective"].dtype)
    named = consolidated_recommendations(Dataset({**small.tables, "recommendation_objectives": table}, small.codings))
    assert named.set_index("consolidated")["objectives"].to_dict() == {"C01": (5,), "C02": (8, 13)}


def test_who_asks_once_outright_asks(small: Dataset) -> None:
    again = ("recommendation consolidated strength", "002-BBB-R1|C01|welcomes", "003-CCC-R1|C01|asks")
    twice = small_meeting(
        consolidation=again,
        recommendations=(
            "recommendation intervention addressee kind text",
            *("002-BBB-R1|003-CCC|gfmd|adopt|One.", "003-CCC-R1|003-CCC|gfmd|adopt|Two."),
        ),
    )
    assert supporters(twice)[["actor", "strength"]].to_numpy().tolist() == [["CCC", "asks"]]


def test_partners_share_a_practice_and_recipients_receive_it(small: Dataset) -> None:
    edges = partnerships(small)
    assert edges.groupby("part")["body"].agg(set).to_dict() == {
        "lead": {"BBB", "CCC"}, "partner": {"DDD", "Someone else"}, "recipient": {"AAA"},
    }  # fmt: skip
    assert partners_of(edges).set_index("body")["partners"].to_dict() == dict.fromkeys(
        ["BBB", "CCC", "DDD", "Someone else"], 3
    )


def test_regions_count_a_practice_once_each_and_the_world_apart(small: Dataset) -> None:
    table = practices_by_region(small).set_index("region_name")
    assert table["in_region"].to_dict() == {"Africa": 1, "Europe": 1, WORLD: 1}
    everywhere = practices_by_region(small, acts=None)
    assert everywhere["region_name"].tolist()[-2:] in ([WORLD, NO_PLACE], [NO_PLACE, WORLD])


def test_differences_say_who_stands_where(small: Dataset) -> None:
    table = differences(small).set_index("side")
    assert table["actor_names"].to_dict() == {"at once": ("Civics",), "step by step": ("Data",)}


def test_challenges_and_dates(small: Dataset) -> None:
    assert challenges(small).set_index("challenge")["objectives"].to_dict() == {
        "002-BBB-C1": (2,),
        "004-DDD-C1": (8, 9, 13),
    }
    due = milestones(small, kind="due")
    assert due["milestone"].tolist() == ["M1", "M3"]  # undated last
    assert milestones(small).set_index("milestone").loc["M2", "body_names"] == ("Belize", "Civics")


def test_every_practice_is_in_the_table_once_with_its_citations(data: Dataset) -> None:
    table = practice_table(data, acts=None)
    assert sorted(table["practice"]) == sorted(set(data.practice_citations["practice"]))
    own = {(row.practice, code) for row in table.itertuples() for code in row.interventions}
    assert own == set(data.practice_citations[["practice", "intervention"]].itertuples(index=False, name=None))


def test_counts_agree_however_they_are_cut(data: Dataset) -> None:
    for acts in (None, ("statement", "update"), ("summary",)):
        told, asked = presented_practices(data, acts=acts), recommendation_table(data, acts=acts)
        both = practices_and_recommendations(data, acts=acts)
        assert both["objective"].astype(int).tolist() == list(range(1, 24))
        assert both["practices"].sum() == len(
            told.dropna(subset="objective").drop_duplicates(["practice", "objective"])
        )
        assert both["recommendations"].sum() == asked["objectives"].map(len).sum()
        assert set(practices_by_region(data, acts=acts)["practices"] > 0) <= {True}


def test_every_supporter_counts_once_and_no_demand_is_lost(data: Dataset, small: Dataset) -> None:
    for each in (data, small):
        demands, behind = consolidated_recommendations(each), supporters(each)
        assert sorted(demands["consolidated"]) == sorted(each.consolidated_recommendations["consolidated"])
        assert not behind.duplicated(["consolidated", "actor"]).any()
        own = behind[behind["strength"] != "reports"]
        assert demands["supporters"].sum() == len(own.drop_duplicates(["consolidated", "turn"]))
        assert demands["supporters"].is_monotonic_decreasing
        assert (demands["supporters"] <= demands["actors"].map(len)).all()


def test_a_joint_talk_counts_once_and_is_no_shared_demand(data: Dataset) -> None:
    calls = ("recommendation intervention addressee kind text", *(f"{who}-R1|{who}|gfmd|adopt|Do." for who in JOINT))
    asks = ("recommendation consolidated strength", *(f"{who}-R1|C02|asks" for who in JOINT))
    demand = consolidated_recommendations(small_meeting(recommendations=calls, consolidation=asks)).iloc[0]
    assert (demand["supporters"], demand["asks"], len(demand["actors"])) == (1, 1, 2)
    turns = data.interventions.set_index("intervention")["turn"].astype("str")
    for row in consolidated_recommendations(data).itertuples():
        assert row.supporters <= turns.loc[list(row.interventions)].nunique()


def test_who_speaks_for_a_body_is_named_behind_it_and_who_speak_jointly_together(small: Dataset) -> None:
    spoken = small.interventions
    body = spoken["intervention"].map({"002-BBB": "DDD"}).astype(spoken["on_behalf_of"].dtype)
    told = Dataset({**small.tables, "interventions": spoken.assign(on_behalf_of=body)}, small.codings)
    demand = consolidated_recommendations(told).iloc[0]
    assert demand["actor_names"] == ("Civics", "Data (Belize)")
    assert demand["constituencies"] == ("civil_society", "un_system")
    assert "Data (Belize)" in recommendation_table(told)["actor_name"].tolist()
    named = [voice_name(voice) for voice, _ in voices(told, ["002-BBB", "005-BBB", *JOINT])]
    assert named == ["Belize (also for Data)", "Civics with Data"]


def test_there_is_one_name_for_each_supporter_that_counts(data: Dataset, small: Dataset) -> None:
    for each in (data, small):
        demands = consolidated_recommendations(each)
        assert demands["actor_names"].map(len).tolist() == demands["supporters"].tolist()


def test_partnerships_are_of_two_bodies_or_more(data: Dataset) -> None:
    edges = partnerships(data, acts=None)
    carriers = edges[edges["part"] != "recipient"].groupby("practice")["body"].nunique()
    assert (carriers > 1).all()
    written = data.practices.set_index("practice").loc[carriers.index, ["leads", "partners"]]
    assert carriers.tolist() == [len({*codes(a), *codes(b)}) for a, b in written.itertuples(index=False)]


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
    table = practices_by_region(Dataset({**data.tables, "practices": moved}), acts=None)
    assert table["practices"].tolist() == [len(moved)]


def test_a_meeting_without_any_of_it_gives_empty_tables(small: Dataset) -> None:
    silent = small_meeting(**dict.fromkeys(NOTHING, ()))
    for measure in (
        *(practice_table, recommendation_table, supporters, consolidated_recommendations, differences, challenges),
        *(milestones, practices_by_region, partnerships),
    ):
        assert measure(silent).empty, measure.__name__
    assert partners_of(partnerships(silent)).empty
    assert practices_and_recommendations(silent).iloc[:, 3:].to_numpy().sum() == 0


def test_the_order_of_rows_does_not_matter(data: Dataset) -> None:
    shuffled = Dataset({name: table.sample(frac=1, random_state=3) for name, table in data.tables.items()})
    for measure in (consolidated_recommendations, differences, challenges, supporters, practice_table, partnerships):
        one, other = (measure(each).astype("object") for each in (data, shuffled))
        by = list(one.columns)
        one, other = (table.astype("str").sort_values(by, ignore_index=True) for table in (one, other))
        pd.testing.assert_frame_equal(one, other)
