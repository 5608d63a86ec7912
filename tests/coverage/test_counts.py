"""Who spoke to what: facts of the November 2021 report, and what must hold for any table of mentions."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gfmd_analysis import Dataset, GfmdError, select
from gfmd_analysis.coverage.counts import (
    ON_NO_LIST,
    choices,
    compare_lists,
    coverage,
    coverage_by_setting,
    coverage_matrix,
    flagged,
    least_discussed,
    least_finding,
    lowest_third,
    rank_sensitivity,
    robust_gaps,
    share_of,
)
from gfmd_analysis.dataset.objectives import IMRF_ROUNDTABLES

COUNTS = ["actors", "interventions", "substantive_actors", "substantive_interventions", "named_only"]


@pytest.fixture(scope="module")
def long(data: Dataset) -> pd.DataFrame:
    return data.long()


@pytest.fixture(scope="module")
def table(long: pd.DataFrame) -> pd.DataFrame:
    return coverage(long)


def voices(long: pd.DataFrame, number: int) -> set[tuple[str, int]]:
    rows = select(long, objective=number, engagement="substantive")
    return set(zip(rows["actor"], rows["paragraph"].astype(int), strict=True))


def test_nobody_speaks_to_objective_9_which_is_only_named(long: pd.DataFrame, table: pd.DataFrame) -> None:
    row = table.set_index("objective").loc[9]
    assert (row["substantive_actors"], row["named_only"], row["actors"]) == (0, 1, 1)
    assert select(long, objective=9)["paragraph"].tolist() == [53]


@pytest.mark.parametrize(
    ("number", "actor", "paragraph"),
    [(3, "CSM", 88), (4, "CSM", 54), (8, "NGOCM", 55), (12, "EGY", 24), (14, "MFA", 76)],
)
def test_one_actor_alone_speaks_to_it(long: pd.DataFrame, number: int, actor: str, paragraph: int) -> None:
    assert voices(long, number) == {(actor, paragraph)}


def test_least_discussed(table: pd.DataFrame) -> None:
    assert least_discussed(table, 0) == [9]
    assert least_discussed(table) == [3, 4, 8, 9, 12, 14]
    assert least_finding(table) == (
        "Objective 9 was only named, never spoken to; objectives 3, 4, 8, 12 and 14 were spoken to by one actor each"
    )


def test_the_lists_of_the_report_miss_3_4_and_12(long: pd.DataFrame, table: pd.DataFrame) -> None:
    lists = {"53": flagged(long, 53), "61": flagged(long, 61)}
    assert lists == {"53": [8, 9, 13, 14, 22], "61": [8, 13, 21]}
    compared = compare_lists(table, lists).set_index("objective")
    assert sorted(compared.index) == [3, 4, 8, 9, 12, 13, 14, 21, 22]
    assert sorted(compared.index[compared["verdict"] == ON_NO_LIST]) == [3, 4, 12]
    assert sorted(compared.index[~compared["least"]]) == [13, 21, 22]
    assert flagged(long, 54) == []


def test_a_list_is_told_once_even_if_two_speakers_share_it(long: pd.DataFrame) -> None:
    assert flagged(pd.concat([long, long]), 53) == [8, 9, 13, 14, 22]


def test_states_say_nothing_on_seven_objectives(long: pd.DataFrame) -> None:
    matrix = coverage_matrix(long)
    assert [number for number in matrix if matrix.loc["states", number] == 0] == [3, 4, 8, 9, 10, 11, 14]
    assert matrix.loc["states", 23] == matrix.loc["states"].max()


def test_totals_agree_however_they_are_counted(data: Dataset, long: pd.DataFrame, table: pd.DataFrame) -> None:
    mentions = len(data.mentions)
    assert table["interventions"].sum() == mentions
    assert table["explicit"].sum() + table["inferred"].sum() == mentions
    assert (table["interventions"] == table["substantive_interventions"] + table["named_only"]).all()
    assert coverage_by_setting(long)[["own roundtable", "another roundtable", "plenary"]].sum().sum() == mentions
    for rows in ("constituency", "actor_type", "actor", "section", "role"):
        matrix = coverage_matrix(long, rows)
        assert matrix.sum().tolist() == table["interventions"].tolist(), rows
        assert matrix.columns.tolist() == list(range(1, 24))


def test_own_roundtable_is_the_compacts(long: pd.DataFrame) -> None:
    places = coverage_by_setting(long).set_index("objective")
    for roundtable, numbers in IMRF_ROUNDTABLES.items():
        inside = select(long, section=roundtable)
        for number in numbers:
            seen = inside.loc[inside["objective"] == number, "intervention"].nunique()
            assert places.loc[number, "own roundtable"] == seen


def test_every_objective_is_there_even_where_nobody_spoke(long: pd.DataFrame) -> None:
    empty = coverage(long.iloc[:0])
    assert empty["objective"].tolist() == list(range(1, 24))
    assert (empty[COUNTS] == 0).all(axis=None)
    assert least_finding(empty).startswith("Objectives 1, 2, 3")


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_order_of_rows_does_not_matter(long: pd.DataFrame, seed: int) -> None:
    shuffled = long.sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(coverage(shuffled), coverage(long))
    pd.testing.assert_frame_equal(coverage_matrix(shuffled), coverage_matrix(long))
    pd.testing.assert_frame_equal(coverage_by_setting(shuffled), coverage_by_setting(long))
    assert flagged(shuffled, 53) == flagged(long, 53)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), share=st.floats(0, 1))
def test_hearing_fewer_speakers_never_raises_a_count(long: pd.DataFrame, seed: int, share: float) -> None:
    fewer = coverage(long.sample(frac=share, random_state=seed))
    assert (fewer[COUNTS] <= coverage(long)[COUNTS]).all(axis=None)


def test_saying_it_twice_adds_an_intervention_and_no_actor(long: pd.DataFrame, table: pd.DataFrame) -> None:
    again = select(long, objective=9).assign(
        intervention="FOF-2021-11/054-SRHRM", paragraph=54, engagement="substantive"
    )
    after = coverage(pd.concat([long, again], ignore_index=True)).set_index("objective").loc[9]
    before = table.set_index("objective").loc[9]
    assert after["interventions"] == before["interventions"] + 1
    assert after["actors"] == before["actors"]
    assert after["substantive_actors"] == 1


def test_each_choice_drops_what_its_name_says(long: pd.DataFrame) -> None:
    kept = choices(long)
    assert "inferred" not in set(kept["explicit mentions only"]["basis"])
    assert not {"chair", "facilitator"} & set(kept["without chairs and facilitators"]["role"].astype(str))
    assert "reference" not in set(kept["substantive only"]["engagement"])
    assert len(kept["explicit, without chairs"]) <= min(
        len(kept["explicit mentions only"]), len(kept["without chairs and facilitators"])
    )
    assert coverage(kept["without chairs and facilitators"]).set_index("objective").loc[12, "actors"] == 0


def test_3_4_9_and_12_are_lowest_under_every_choice_8_and_14_are_not(long: pd.DataFrame) -> None:
    ranks = rank_sensitivity(long, "actors")
    assert {3, 4, 9, 12} <= set(robust_gaps(ranks))
    assert not {8, 14} & set(robust_gaps(ranks))
    assert lowest_third(ranks.iloc[:, 0]) == 8
    assert (ranks.sum() == 23 * 24 / 2).all()


def test_wrong_calls_are_told_what_is_allowed(long: pd.DataFrame) -> None:
    with pytest.raises(GfmdError, match="allowed: actors, interventions, words"):
        coverage_matrix(long, count="minutes")
    with pytest.raises(GfmdError, match="no column planet"):
        coverage_matrix(long, "planet")
    with pytest.raises(GfmdError, match="no column engagement"):
        coverage(long.drop(columns="engagement"))
    with pytest.raises(GfmdError, match="found no ranking"):
        robust_gaps(pd.DataFrame())


def test_share_of_a_list() -> None:
    assert share_of([3, 4], [3, 4, 12, 9]) == 0.5
    assert share_of([3], []) == 0
