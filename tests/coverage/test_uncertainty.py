"""Intervals that cover, a null model that keeps what it says it keeps, and what both find in the November report."""

import numpy as np
import pandas as pd
import pytest

from gfmd_analysis import Dataset, GfmdError
from gfmd_analysis.coverage.counts import coverage
from gfmd_analysis.coverage.uncertainty import rank_intervals, uniform_attention
from gfmd_analysis.dataset.objectives import IMRF_ROUNDTABLES, OBJECTIVES

FEW = 400


@pytest.fixture(scope="module")
def long(data: Dataset) -> pd.DataFrame:
    return data.long()


@pytest.fixture(scope="module")
def intervals(long: pd.DataFrame) -> pd.DataFrame:
    return rank_intervals(long).set_index("objective")


@pytest.fixture(scope="module")
def even(long: pd.DataFrame) -> pd.DataFrame:
    return uniform_attention(long).set_index("objective")


def meeting(speeches: dict[str, list[int]], roundtable: str | None = None) -> pd.DataFrame:
    """Give a long table in which each actor mentions the given objectives, one intervention for each actor."""
    rows = [(actor, number) for actor, numbers in speeches.items() for number in numbers]
    table = pd.DataFrame(rows, columns=["actor", "objective"])
    return table.assign(
        intervention=table["actor"],
        words_once=1,
        objective=table["objective"].astype(OBJECTIVES),
        roundtable=roundtable,
    )


def test_3_4_and_9_are_surely_among_the_eight_least_mentioned(intervals: pd.DataFrame) -> None:
    assert list(intervals.index[intervals["rank_high"] <= 8]) == [3, 4, 9]
    assert (intervals.loc[[3, 4, 9], "in_lowest_third"] > 0.95).all()
    assert (intervals.loc[[5, 15, 23], "in_lowest_third"] < 0.01).all()


def test_every_interval_holds_its_rank_and_stays_between_1_and_23(intervals: pd.DataFrame) -> None:
    assert (intervals["rank_low"] <= intervals["rank"]).all()
    assert (intervals["rank"] <= intervals["rank_high"]).all()
    assert intervals[["rank_low", "rank_high"]].stack().between(1, 23).all()  # noqa: PD013
    assert intervals["rank"].sum() == 23 * 24 / 2
    assert intervals["in_lowest_third"].between(0, 1).all()


def test_counts_are_those_of_the_coverage_table(
    long: pd.DataFrame, intervals: pd.DataFrame, even: pd.DataFrame
) -> None:
    table = coverage(long).set_index("objective")
    assert intervals["count"].tolist() == even["observed"].tolist() == table["interventions"].tolist()
    assert rank_intervals(long, "actors", draws=10)["count"].tolist() == table["actors"].tolist()


def test_the_same_seed_gives_the_same_and_row_order_does_not_matter(long: pd.DataFrame) -> None:
    shuffled = long.sample(frac=1, random_state=1)
    once = rank_intervals(long, draws=FEW)
    pd.testing.assert_frame_equal(once, rank_intervals(long, draws=FEW))
    pd.testing.assert_frame_equal(once, rank_intervals(shuffled, draws=FEW))
    assert not once.equals(rank_intervals(long, draws=FEW, seed=1))
    pd.testing.assert_frame_equal(uniform_attention(long), uniform_attention(shuffled))


def test_where_all_say_the_same_the_ranking_is_certain() -> None:
    certain = rank_intervals(meeting({f"A{i}": [5, 15] for i in range(12)}), draws=FEW).set_index("objective")
    assert (certain["rank_low"] == certain["rank_high"]).all()
    assert certain.loc[[5, 15], "rank"].tolist() == [22.5, 22.5]


def test_one_loud_actor_is_less_sure_than_many() -> None:
    loud = meeting({"A": [5], **{f"B{i}": [15] for i in range(8)}})
    louder = pd.concat([loud, loud[loud["actor"] == "A"].assign(intervention="again")], ignore_index=True)
    one = rank_intervals(louder, draws=FEW).set_index("objective").loc[5]
    many = rank_intervals(louder, draws=FEW).set_index("objective").loc[15]
    assert one["rank_high"] - one["rank_low"] > many["rank_high"] - many["rank_low"]


def test_attention_is_uneven_for_3_12_15_and_23(even: pd.DataFrame) -> None:
    firm = even[even["p_adjusted"] <= 0.05]
    assert list(firm.index) == [3, 12, 15, 23]
    assert list(firm.index[firm["observed"] < firm["expected"]]) == [3, 12]


def test_the_null_keeps_how_much_was_said(long: pd.DataFrame, even: pd.DataFrame) -> None:
    assert even["expected"].sum() == pytest.approx(even["observed"].sum())
    assert (even["low"] <= even["expected"]).all()
    assert (even["expected"] <= even["high"]).all()
    assert even[["p_low", "p_adjusted"]].stack().between(0, 1, inclusive="right").all()  # noqa: PD013


def test_the_null_keeps_a_roundtables_mentions_inside_it() -> None:
    inside = meeting({f"A{i}": [2, 5] for i in range(10)}, "RT1")
    even = uniform_attention(inside).set_index("objective")
    assert even.loc[[2, 5, 6, 12, 18], "expected"].to_numpy() == pytest.approx(np.full(5, 4))
    assert even["expected"].drop([2, 5, 6, 12, 18]).eq(0).all()


def test_in_plenary_every_objective_is_as_likely_and_chances_are_binomial() -> None:
    even = uniform_attention(meeting({f"A{i}": [7] for i in range(230)})).set_index("objective")
    assert even["expected"].to_numpy() == pytest.approx(np.full(23, 10))
    assert list(even.index[even["observed"] > even["high"]]) == [7]
    assert even.loc[1, "p_low"] == pytest.approx((22 / 23) ** 230)


def test_the_exact_null_is_what_drawing_by_lot_gives(long: pd.DataFrame, even: pd.DataFrame) -> None:
    """Draw by lot, one intervention after the other, and count as a reader of the docstring would."""
    lot = np.random.default_rng(7)
    drawn = np.zeros((1500, 24))
    for _, rows in long[long["objective"].notna()].groupby("intervention"):
        members = IMRF_ROUNDTABLES.get(rows["roundtable"].iloc[0], ())
        for pool in (list(members), [number for number in range(1, 24) if number not in members]):
            named = rows["objective"].isin(pool).sum()
            for sample in drawn if named else ():
                sample[lot.permutation(pool)[:named]] += 1
    assert drawn[:, 1:].mean(axis=0) == pytest.approx(even["expected"].to_numpy(), abs=0.35)
    so_few = (drawn[:, 1:] <= even["observed"].to_numpy()).mean(axis=0)
    assert so_few == pytest.approx(even["p_low"].to_numpy(), abs=0.06)


def test_even_talk_is_not_called_uneven() -> None:
    fair = meeting({f"A{i}": [1 + i % 23] for i in range(92)})
    assert (uniform_attention(fair)["p_adjusted"] > 0.05).all()


def test_correction_never_makes_a_finding_firmer(long: pd.DataFrame, even: pd.DataFrame) -> None:
    assert (even["p_adjusted"] >= np.minimum(2 * even["p_low"], 1) - 1e-9)[even["observed"] < even["expected"]].all()


def test_wrong_calls_are_told_what_is_allowed(long: pd.DataFrame) -> None:
    with pytest.raises(GfmdError, match="allowed: actors, interventions"):
        rank_intervals(long, "minutes")
    with pytest.raises(GfmdError, match="no actor to resample"):
        rank_intervals(long.iloc[:0])
    with pytest.raises(GfmdError, match="no column roundtable"):
        uniform_attention(long.drop(columns="roundtable"))
