"""p-values that mean what they say: alone, jointly, and for counts that can take few values."""

import numpy as np
import pytest
from scipy.special import bdtrc

from gfmd_analysis.dataset.significance import against_chance


def test_p_values_are_shares_of_the_draws_with_the_observed_one_counted_in():
    null = np.array([[0, 5], [1, 5], [2, 5], [3, 5]])
    table = against_chance(np.array([3, 5]), null)
    assert table["p_more"].tolist() == [2 / 5, 1]
    assert table["p_less"].tolist() == [1, 1]
    assert table["p"].tolist() == [4 / 5, 1]
    assert table["expected"].tolist() == [1.5, 5]
    assert (table["low"] <= table["expected"]).all()
    assert (table["expected"] <= table["high"]).all()


def test_one_thing_alone_needs_no_adjustment():
    null = np.random.default_rng(1).normal(size=(999, 1))
    table = against_chance(np.array([2.5]), null)
    assert table["p_adjusted"].tolist() == table["p"].tolist()


def test_what_always_goes_together_is_one_finding_and_not_a_hundred():
    null = np.random.default_rng(1).normal(size=(1999, 1))
    table = against_chance(np.full(100, 2.4), np.repeat(null, 100, axis=1))
    assert table["p_adjusted"].tolist() == pytest.approx(table["p"].tolist())


def test_independent_things_are_adjusted_as_many_times_as_they_are():
    rng = np.random.default_rng(2)
    table = against_chance(np.array([2.5] + [0.0] * 19), rng.normal(size=(5_000, 20)))
    assert table.loc[0, "p_adjusted"] == pytest.approx(1 - (1 - table.loc[0, "p"]) ** 20, rel=0.1)


def test_counts_that_cannot_be_rare_are_not_allowed_for():
    """Ninety-nine of these counts are 0 or 1 with even chances and can never be unlikely: one finding stands as if alone."""
    rng = np.random.default_rng(3)
    coins, rare = rng.integers(2, size=(5_000, 99)), rng.binomial(10, 0.05, size=(5_000, 1))
    table = against_chance(np.array([4] + [1] * 99), np.hstack([rare, coins]))
    assert table.loc[0, "p_more"] == pytest.approx(bdtrc(3, 10, 0.05), abs=0.001)
    assert table.loc[0, "p_adjusted"] == table.loc[0, "p"]
    assert table.loc[0, "below"] == 1
    assert table.loc[0, "below_expected"] < 0.05


def test_under_the_null_a_finding_is_rare_and_no_more():
    rng = np.random.default_rng(4)
    judged = [against_chance(sample[0], sample[1:]) for sample in rng.poisson(0.7, size=(200, 400, 40))]
    assert 0.005 < np.mean([(table["p_adjusted"] <= 0.05).any() for table in judged]) <= 0.08
    assert np.mean([table["p_below"].iloc[0] <= 0.05 for table in judged]) <= 0.08


def test_adjustment_never_makes_a_finding_firmer_and_keeps_the_order():
    rng = np.random.default_rng(5)
    table = against_chance(rng.poisson(3, 30), rng.poisson(2, size=(500, 30))).sort_values("p")
    assert (table["p_adjusted"] >= table["p"]).all()
    assert table["p_adjusted"].is_monotonic_increasing


def test_nothing_to_judge_is_an_empty_table():
    assert against_chance(np.empty(0), np.empty((10, 0))).empty
