"""Who took up what: an invented meeting counted by hand, and what must hold of any table of mentions."""

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gfmd_analysis import Dataset, GfmdError
from gfmd_analysis.coverage import counts
from gfmd_analysis.coverage.counts import (
    READINGS,
    attendance,
    coverage_by_meeting,
    coverage_by_setting,
    coverage_matrix,
    coverage_table,
    speaker_counts,
    taken_up,
)
from gfmd_analysis.coverage.least import (
    compare_lists,
    fewest,
    least_discussed,
    listed_objectives,
    rank_sensitivity,
    subsets,
)
from gfmd_analysis.dataset.capacity import ACTS, EVERY_ACT
from gfmd_analysis.dataset.objectives import IMRF_ROUNDTABLES
from tests.small_meeting import small_meeting

DEPTHS = ["by_number", "by_subject", "passing", "in_chair"]


@pytest.fixture(scope="module")
def long(data: Dataset) -> pd.DataFrame:
    return data.long()


@pytest.fixture(scope="module")
def small() -> Dataset:
    return small_meeting()


@pytest.mark.parametrize(
    ("objective", "counts"),
    [
        (2, {"speakers": 1, "by_number": 1, "in_chair": 1}),
        (5, {"speakers": 2, "by_number": 1, "by_subject": 1, "in_chair": 1, "listed": 1}),
        (8, {"passing": 1, "in_chair": 1, "listed": 1}),
        (9, {"speakers": 1, "by_subject": 1, "passing": 1, "listed": 1}),
        (12, {"in_chair": 1}),
        (13, {"speakers": 2, "by_number": 1, "by_subject": 1}),
        (16, {"speakers": 3, "by_number": 3}),
        (22, {}),
    ],
)
def test_each_actor_counts_once_by_the_furthest_it_went(small: Dataset, objective: int, counts: dict[str, int]) -> None:
    row = coverage_table(small.long()).set_index("objective").loc[objective]
    assert row[["speakers", *DEPTHS, "listed"]].to_dict() == dict.fromkeys(["speakers", *DEPTHS, "listed"], 0) | counts


def test_the_three_readings_of_objective_9(small: Dataset) -> None:
    found = {
        reading: int(coverage_table(small.long(), reading=reading).set_index("objective").loc[9, "speakers"])
        for reading in READINGS
    }
    assert found == {"number": 0, "subject": 1, "trace": 2}


def test_a_chair_counts_for_itself_only_where_asked(small: Dataset) -> None:
    assert coverage_matrix(small.long(), rows="actor").loc["AAA"].sum() == 0
    assert coverage_matrix(small.long(), rows="actor", acts=None).loc["AAA", 12] == 1
    assert coverage_matrix(small.long(), rows="actor", acts="introduction").loc["AAA", 2] == 1


def test_a_joint_talk_is_one_turn_of_two_actors(small: Dataset) -> None:
    counted = {
        count: int(coverage_matrix(small.long(), rows="section", count=count).loc["RT3", 16])
        for count in ("actor", "turn")
    }
    assert counted == {"actor": 3, "turn": 2}
    turns = speaker_counts(small.long()).set_index("actor")
    assert turns.loc[["CCC", "DDD", "AAA"], "turns"].tolist() == [3, 2, 0]
    assert turns.loc["AAA", ["turns_in_chair", "words_in_chair"]].tolist() == [1, 90]
    assert turns.loc["AAA", ["turns_in_all", "words_in_all"]].tolist() == [1, 90]


def test_words_add_up_to_what_was_said(small: Dataset) -> None:
    words = int(small.interventions["words"].sum())
    for by in ("actor", "section", ["constituency", "role"]):
        table = speaker_counts(small.long(), by)
        assert table["words"].sum() + table["words_in_chair"].sum() == table["words_in_all"].sum() == words, by
        assert (table["turns_in_all"] <= table["turns"] + table["turns_in_chair"]).all()
        assert (table["turns_in_all"] >= table[["turns", "turns_in_chair"]].max(axis=1)).all()
    assert coverage_matrix(small.long(), count="words").loc["states", 5] == 60
    with pytest.raises(GfmdError, match="found no words"):
        coverage_matrix(small.long()[lambda rows: rows["objective"].eq(5)], count="words")


def test_lists_of_what_is_passed_over_are_found_in_the_data(small: Dataset) -> None:
    lists = listed_objectives(small)
    assert lists[["list", "actor", "objectives"]].to_numpy().tolist() == [["para. 4", "DDD", (8, 9, 13)]]
    assert listed_objectives(small_meeting(challenges=())).empty
    compared = compare_lists(small.long(), lists.set_index("list")["objectives"])
    assert compared.loc[compared["para. 4"], "objective"].astype(int).tolist() == [8, 9, 13]


def test_least_discussed_never_splits_a_tie_and_stays_within_a_third(long: pd.DataFrame, small: Dataset) -> None:
    for rows in (long, small.long(), long.head(0)):
        every, least = coverage_table(rows), least_discussed(rows)
        assert len(least) <= 7
        rest = every[~every["objective"].isin(least["objective"])]
        assert least.empty or least["speakers"].max() < rest["speakers"].min()
        assert (least["touched"] >= least["speakers"]).all()
    assert least_discussed(small.long()).empty  # fifteen objectives tie at nought
    among = least_discussed(small.long(), among=[2, 5, 9, 13, 16, 12], lists={"mine": [12]})
    assert among[["objective", "lists"]].to_numpy().tolist() == [[12, ("mine",)]]


def test_fewest_with_and_without_ties() -> None:
    speakers = pd.Series([0, 1, 1, 2, 3, 4])
    assert fewest(speakers).tolist() == [True] + [False] * 5
    assert fewest(speakers, ties=True).tolist() == [True] * 3 + [False] * 3


def test_a_subset_can_refute_a_headline_by_adding_as_well_as_by_taking_away(small: Dataset) -> None:
    def two_on_five(rows: pd.DataFrame, *, reading: str, acts: tuple[str, ...]) -> dict[str, bool]:
        return {"holds": taken_up(rows, reading=reading, acts=acts).query("objective == 5")["actor"].nunique() == 2}

    holds = rank_sensitivity(small.long(), two_on_five)["holds"]
    assert holds["all", "subject"]
    assert not holds["all", "number"]
    assert not holds["with introductions and summaries", "trace"]
    assert not holds["without RT1", "subject"]
    assert set(holds.index.get_level_values("subset")) == set(subsets(small.long()))


def test_whatever_is_counted_every_row_that_counts_is_in_it_once(long: pd.DataFrame) -> None:
    for reading in READINGS:
        for acts in (ACTS, EVERY_ACT, ACTS[:1]):
            chosen = taken_up(long, reading=reading, acts=acts)
            assert set(chosen["act"].astype(str)) <= set(acts)
            usual = (reading, acts) == ("subject", ACTS)
            for rows in ("constituency", "actor", *(("actor_type", "section", "role") if usual else ())):
                matrix = coverage_matrix(long, rows=rows, count="intervention", reading=reading, acts=acts)
                assert matrix.to_numpy().sum() == len(chosen), (reading, acts, rows)
                assert matrix.columns.tolist() == list(range(1, 24))
            settings_table = coverage_by_setting(long, reading=reading, acts=acts).iloc[:, 3:]
            assert settings_table.to_numpy().sum() == len(chosen)


def test_readings_lie_inside_each_other(long: pd.DataFrame) -> None:
    number, subject, trace = (set(taken_up(long, reading=reading).index) for reading in READINGS)
    assert number <= subject <= trace
    tables = [coverage_table(long, reading=reading) for reading in READINGS]
    for table, deep in zip(tables, (1, 2, 3), strict=True):
        assert (table["speakers"] == table[DEPTHS[:deep]].sum(axis=1)).all()
        assert table[DEPTHS].equals(tables[0][DEPTHS])


def test_own_roundtable_is_the_compacts(long: pd.DataFrame) -> None:
    places = coverage_by_setting(long, acts=None).set_index("objective")
    for roundtable, numbers in IMRF_ROUNDTABLES.items():
        inside = coverage_matrix(long, rows="section", count="intervention", acts=None)
        if roundtable in inside.index:
            assert (
                places.loc[list(numbers), "own roundtable"].tolist() == inside.loc[roundtable, list(numbers)].tolist()
            )


def test_every_objective_is_there_even_where_nobody_spoke(long: pd.DataFrame) -> None:
    empty = coverage_table(long.head(0))
    assert empty["objective"].tolist() == list(range(1, 24))
    assert not empty[["speakers", *DEPTHS, "listed"]].to_numpy().any()
    for table in (speaker_counts(long.head(0)), coverage_by_meeting(long.head(0)), attendance(long.head(0))):
        assert table.empty


@pytest.fixture(scope="module")
def in_order(long: pd.DataFrame) -> dict[Callable[[pd.DataFrame], pd.DataFrame], pd.DataFrame]:
    measures = (coverage_table, coverage_matrix, coverage_by_setting, speaker_counts, least_discussed)
    return {measure: measure(long) for measure in measures}


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_order_of_rows_does_not_matter(
    long: pd.DataFrame, in_order: dict[Callable[[pd.DataFrame], pd.DataFrame], pd.DataFrame], seed: int
) -> None:
    shuffled = long.sample(frac=1, random_state=seed)
    for measure, expected in in_order.items():
        pd.testing.assert_frame_equal(measure(shuffled), expected)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), share=st.floats(0, 1))
def test_hearing_fewer_speakers_never_raises_a_count(
    long: pd.DataFrame, in_order: dict[Callable[[pd.DataFrame], pd.DataFrame], pd.DataFrame], seed: int, share: float
) -> None:
    fewer, all_heard = coverage_table(long.sample(frac=share, random_state=seed)), in_order[coverage_table]
    assert (fewer[["speakers", "listed"]] <= all_heard[["speakers", "listed"]]).to_numpy().all()


def test_meetings_are_counted_apart_and_their_shares_add_up(long: pd.DataFrame) -> None:
    two = pd.concat([long, long.assign(meeting="ANOTHER")])
    table = coverage_by_meeting(two)
    assert table.groupby("meeting")["share"].sum().round(9).tolist() == [1.0, 1.0]
    assert attendance(two).iloc[:, 2:].to_numpy().all()


def test_wrong_calls_are_told_what_is_allowed(long: pd.DataFrame) -> None:
    for message, call in {
        "count: found 'minutes'; allowed: actor, turn": lambda: coverage_matrix(long, count="minutes"),
        "no column planet": lambda: coverage_matrix(long, rows="planet"),
        "reading: found 'aloud'; allowed: number": lambda: taken_up(long, reading="aloud"),
        "acts: found 'sung'; allowed: statement": lambda: taken_up(long, acts=("sung",)),
        "no column engagement": lambda: coverage_table(long.drop(columns="engagement")),
    }.items():
        with pytest.raises(GfmdError, match=message):
            call()


def test_a_long_table_is_counted_as_a_short_one(long: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {acts: coverage_table(long, acts=acts) for acts in (ACTS, None)}
    monkeypatch.setattr(counts, "MANY", 0)
    for acts, table in found.items():
        pd.testing.assert_frame_equal(coverage_table(long, acts=acts), table)
