"""Confidence sets that hold as often as they say, a null that keeps what it says, and changes that are not chance."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from gfmd_analysis import Dataset, GfmdError
from gfmd_analysis.coverage.counts import coverage_matrix
from gfmd_analysis.coverage.uncertainty import rank_intervals, share_change, uniform_attention
from gfmd_analysis.dataset.objectives import IMRF_ROUNDTABLES, OBJECTIVES

FEW = 400
RT1 = list(IMRF_ROUNDTABLES["RT1"])


@pytest.fixture(scope="module")
def long(data: Dataset) -> pd.DataFrame:
    return data.long()


@pytest.fixture(scope="module")
def intervals(long: pd.DataFrame) -> pd.DataFrame:
    return rank_intervals(long).set_index("objective")


@pytest.fixture(scope="module")
def spread(long: pd.DataFrame) -> pd.DataFrame:
    return uniform_attention(long, within="roundtable").set_index("objective")


def spoken(counts: np.ndarray, meeting: str = "M") -> pd.DataFrame:
    """Lay a table of actors by 23 objectives out as a long table: as many statements as the cell says."""
    actors, places = np.nonzero(counts)
    times = counts[actors, places].astype(int)
    rows = pd.DataFrame({"actor": np.repeat(actors, times), "objective": np.repeat(places + 1, times)})
    silent = pd.DataFrame({"actor": np.flatnonzero(counts.sum(axis=1) == 0), "objective": np.nan})
    rows = pd.concat([rows, silent], ignore_index=True)
    return rows.assign(
        actor="A" + rows["actor"].astype("str").str.zfill(3),
        intervention=[f"{meeting}/{i}" for i in range(len(rows))],
        objective=rows["objective"].astype(OBJECTIVES),
        engagement="substantive",
        basis="explicit",
        act="statement",
        meeting=meeting,
    )


def meeting(said: dict[str, list[int]]) -> pd.DataFrame:
    """Make a long table in which each actor takes up the given objectives, in a statement each."""
    counts = np.array([[numbers.count(number) for number in range(1, 24)] for numbers in said.values()])
    return spoken(counts)


ALIKE, TWO, GRADED = np.full(23, 0.18), np.repeat([0.12, 0.4], [15, 8]), np.linspace(0.03, 0.5, 23)


def speak_or_not(chances: np.ndarray) -> Callable[[np.random.Generator], np.ndarray]:
    return lambda rng: rng.random((28, 23)) < chances


def some_speak_much(chances: np.ndarray) -> Callable[[np.random.Generator], np.ndarray]:
    return lambda rng: rng.poisson(2 * chances * rng.gamma(0.7, 1, size=(28, 1)))


few_or_many = pytest.mark.parametrize("meetings", [25, pytest.param(100, marks=pytest.mark.long)])


@few_or_many
@pytest.mark.parametrize(
    ("chances", "draw"),
    [
        (ALIKE, speak_or_not(ALIKE)),
        pytest.param(TWO, speak_or_not(TWO), marks=pytest.mark.long),
        pytest.param(GRADED, speak_or_not(GRADED), marks=pytest.mark.long),
        (TWO, some_speak_much(TWO)),
    ],
    ids=["all alike", "two levels", "all different", "some speak much"],
)
def test_confidence_sets_hold_the_true_ranks_at_least_as_often_as_they_say(
    chances: np.ndarray, draw: Callable[[np.random.Generator], np.ndarray], meetings: int
) -> None:
    """Meetings of 28 drawn from known chances; a tie in the chances has all the ranks that it spans, and all must be held."""
    first = 1 + (chances[np.newaxis] < chances[:, np.newaxis] - 1e-9).sum(axis=1)
    last = 23 - (chances[np.newaxis] > chances[:, np.newaxis] + 1e-9).sum(axis=1)
    rng, alone, jointly = np.random.default_rng(1), [], []
    for _ in range(meetings):
        found = rank_intervals(spoken(draw(rng)), count="intervention", draws=300)
        alone.append((found["rank_low"] <= first) & (found["rank_high"] >= last))
        jointly.append(((found["joint_low"] <= first) & (found["joint_high"] >= last)).all())
    noise = np.sqrt(0.9 * 0.1 / meetings)
    assert np.mean(alone) >= 0.9 - 2 * noise
    assert np.mean(alone, axis=0).min() >= 0.9 - 3 * noise
    assert np.mean(jointly) >= 0.9 - 2 * noise


def test_what_differs_surely_is_told_apart_where_there_are_enough_speakers() -> None:
    many = spoken(np.random.default_rng(2).random((300, 23)) < GRADED)
    found = rank_intervals(many, count="intervention", draws=FEW)
    assert (found["joint_high"] - found["joint_low"]).mean() < 10
    assert found["joint_high"].iloc[0] < found["joint_low"].iloc[-1]


def test_every_set_holds_its_rank_and_the_joint_ones_hold_the_marginal_ones(intervals: pd.DataFrame) -> None:
    assert (intervals["rank_low"] <= intervals["rank"]).all()
    assert (intervals["rank"] <= intervals["rank_high"]).all()
    assert (intervals["joint_low"] <= intervals["rank_low"]).all()
    assert (intervals["joint_high"] >= intervals["rank_high"]).all()
    assert intervals[["joint_low", "joint_high"]].stack().between(1, 23).all()  # noqa: PD013
    assert intervals["rank"].sum() == 23 * 24 / 2


@pytest.mark.parametrize("how", [{}, {"count": "intervention", "reading": "trace", "acts": None}, {"count": "turn"}])
def test_counts_are_those_of_the_coverage_matrix(long: pd.DataFrame, how: dict[str, str | None]) -> None:
    counts = coverage_matrix(long, rows="actor", **({"count": "actor"} | how)).sum().tolist()
    assert rank_intervals(long, draws=10, **how)["count"].tolist() == counts
    assert uniform_attention(long, draws=10, **how)["observed"].tolist() == counts


def test_the_same_seed_gives_the_same_and_row_order_does_not_matter(long: pd.DataFrame) -> None:
    shuffled = long.sample(frac=1, random_state=1)
    for measure in (rank_intervals, uniform_attention):
        once = measure(long, draws=FEW)
        pd.testing.assert_frame_equal(once, measure(long, draws=FEW))
        pd.testing.assert_frame_equal(once, measure(shuffled, draws=FEW))
    assert not once.equals(uniform_attention(long, draws=FEW, seed=1))


def test_where_all_say_the_same_the_ranking_is_certain() -> None:
    certain = rank_intervals(meeting({f"A{i}": [5, 15] for i in range(12)}), draws=FEW).set_index("objective")
    assert certain.loc[[5, 15], ["rank", "joint_low", "joint_high"]].to_numpy().tolist() == [[22.5, 22, 23]] * 2
    assert (certain.drop([5, 15])["joint_high"] == 21).all()


def test_a_loud_actor_proves_nothing() -> None:
    said = {"A": [5] * 20, **{f"B{i}": [15] for i in range(20)}}
    found = rank_intervals(meeting(said), count="intervention", draws=FEW).set_index("objective")
    assert found.loc[5, "count"] == found.loc[15, "count"]
    assert found.loc[5, "rank_low"] == 1
    assert found.loc[15, "rank_low"] > 15


def test_the_null_keeps_how_much_was_said_inside_each_roundtable(long: pd.DataFrame, spread: pd.DataFrame) -> None:
    for members in IMRF_ROUNDTABLES.values():
        rows = spread.loc[list(members)]
        assert rows["expected"].sum() == pytest.approx(rows["observed"].sum())
        assert rows["expected"].to_numpy() == pytest.approx(
            np.full(len(rows), rows["observed"].mean()), rel=0.05, abs=0.05
        )
    whole = uniform_attention(long)
    assert whole["expected"].sum() == pytest.approx(whole["observed"].sum())
    assert (spread["low"] <= spread["expected"]).all()
    assert (spread["expected"] <= spread["high"]).all()
    assert (spread["p_adjusted"] >= spread["p"]).all()


def test_p_values_are_those_of_dealing_out_by_hand() -> None:
    """Three actors on one of five objectives each: all three meet on a given one with a chance of 1 in 125."""
    three = meeting({"A": [2], "B": [2], "C": [2]})
    found = uniform_attention(three, within="roundtable", draws=40_000).set_index("objective")
    assert found.loc[2, "p_more"] == pytest.approx(1 / 125, abs=0.002)
    assert found.loc[5, "p_less"] == pytest.approx((4 / 5) ** 3, abs=0.01)
    assert 2 / 125 - 0.004 <= found.loc[2, "p_adjusted"] <= 5 / 125 + 0.004  # one of five objectives takes all three
    assert (found["expected"].drop(RT1) == 0).all()
    assert (found["p"].drop(RT1) == 1).all()


def test_what_one_actor_repeats_is_one_voice() -> None:
    """Ten interventions of one actor on one objective are no more uneven than one; of ten actors they are."""
    one = uniform_attention(meeting({"A": [2] * 10}), count="intervention", draws=2_000).set_index("objective")
    many = uniform_attention(meeting({f"A{i}": [2] for i in range(10)}), count="intervention", draws=2_000)
    assert one.loc[2, "p_adjusted"] > 0.3
    assert many.set_index("objective").loc[2, "p_adjusted"] < 0.01


@few_or_many
def test_an_even_spread_is_seldom_called_uneven(meetings: int) -> None:
    rng = np.random.default_rng(3)
    every = (spoken(rng.random((28, 23)) < 0.2) for _ in range(meetings))
    found = [uniform_attention(each, draws=500)["p_adjusted"].min() for each in every]
    assert np.mean(np.array(found) <= 0.05) <= 0.05 + 2.5 * np.sqrt(0.05 * 0.95 / meetings)


@few_or_many
def test_a_change_by_chance_is_seldom_clear_and_a_real_one_is_found(meetings: int) -> None:
    rng = np.random.default_rng(4)

    def both(before: np.ndarray, after: np.ndarray) -> pd.DataFrame:
        parts = (spoken(rng.random((28, 23)) < chances, name) for name, chances in (("M1", before), ("M2", after)))
        return share_change(pd.concat(parts), "M1", "M2", draws=300)

    assert np.mean([both(TWO, TWO)["clear"].any() for _ in range(meetings)]) <= 0.1 + 3 * np.sqrt(0.1 * 0.9 / meetings)
    risen = both(ALIKE, np.where(np.arange(23) == 4, 0.95, ALIKE)).set_index("objective")
    assert risen.index[risen["clear"]].tolist() == [5]
    assert risen["change"].sum() == pytest.approx(0, abs=1e-9)


def test_wrong_calls_are_told_what_is_allowed(long: pd.DataFrame) -> None:
    with pytest.raises(GfmdError, match="allowed: actor, turn, intervention, words"):
        rank_intervals(long, count="minutes")
    with pytest.raises(GfmdError, match="allowed: number, subject, trace"):
        uniform_attention(long, reading="mood")
    with pytest.raises(GfmdError, match="no actor to resample"):
        rank_intervals(long.iloc[:0])
    with pytest.raises(GfmdError, match="allowed: None, roundtable"):
        uniform_attention(long, within="section")
