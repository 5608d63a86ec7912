"""The null model keeps what it promises, draws evenly, and its p-values mean what they say."""

import itertools
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import chdtrc

from gfmd_analysis import Dataset
from gfmd_analysis.errors import GfmdError
from gfmd_analysis.networks.edges import edge_table, incidence
from gfmd_analysis.networks.null_models import ROUNDS, curveball, network_tests, pair_tests
from tests.southern_women import ATTENDED


def more_than_chance(tested: pd.DataFrame) -> pd.DataFrame:
    return tested[(tested["p_adjusted"] <= 0.05) & (tested["shared"] > tested["expected"])]


presences = arrays(bool, st.tuples(st.integers(1, 8), st.integers(1, 8)))


@given(presences, st.integers(0, 2**32 - 1))
def test_both_totals_are_kept(matrix, seed):
    drawn = curveball(matrix, 20, np.random.default_rng(seed))
    assert (drawn.sum(axis=1) == matrix.sum(axis=0)).all()
    assert (drawn.sum(axis=2) == matrix.sum(axis=1)).all()


@pytest.mark.parametrize(
    "matrix",
    [np.eye(3), np.array([[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]]), np.array([[1, 1, 1], [1, 0, 0], [1, 0, 0]])],
)
def test_every_matrix_with_these_totals_is_drawn_equally_often(matrix):
    rows = [np.array(cells) for cells in itertools.product([0, 1], repeat=matrix.shape[1])]
    possible = [
        np.array(chosen).tobytes()
        for chosen in itertools.product(*[[row for row in rows if row.sum() == total] for total in matrix.sum(axis=1)])
        if (np.sum(chosen, axis=0) == matrix.sum(axis=0)).all()
    ]
    drawn = curveball(matrix > 0, 6_000, np.random.default_rng(7))
    seen = Counter(sample.astype(rows[0].dtype).tobytes() for sample in drawn)
    assert set(seen) == set(possible)
    if len(possible) > 1:
        even = drawn.shape[0] / len(possible)
        squares = sum((seen[key] - even) ** 2 / even for key in possible)
        assert chdtrc(len(possible) - 1, squares) > 0.001


def test_the_seed_fixes_the_result():
    first, again = (pair_tests(ATTENDED, samples=500) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)
    other = pair_tests(ATTENDED, samples=500, seed=1)
    assert not other["expected"].equals(first["expected"])


def test_two_groups_that_share_everything_are_found_and_nothing_else_is():
    clubs = np.kron(np.eye(2), np.ones((10, 4)))
    table = pd.DataFrame([(f"a{i:02}", int(j) + 1) for i, j in np.argwhere(clubs)], columns=["actor", "objective"])
    tested = pair_tests(table, samples=2_000)
    kept = more_than_chance(tested)
    pairs = set(zip(kept["objective_a"], kept["objective_b"], strict=True))
    assert pairs == {*itertools.combinations([1, 2, 3, 4], 2), *itertools.combinations([5, 6, 7, 8], 2)}
    assert (kept["shared"] == 10).all()
    assert (tested["p_adjusted"] >= tested["p"]).all()
    within = pair_tests(
        table, within=dict.fromkeys(range(1, 5), "RT1") | dict.fromkeys(range(5, 9), "RT2"), samples=200
    )
    assert more_than_chance(within).empty, "what the agenda explains is no finding"
    assert (within["p"] == 1).all()


def test_a_random_network_has_about_five_in_a_hundred_pairs_below_five_per_cent_and_none_after_correction():
    rng = np.random.default_rng(3)
    table = pd.DataFrame(np.argwhere(rng.random((60, 40)) < 0.3), columns=["actor", "objective"])
    tested = pair_tests(table, samples=1_000)
    assert 0.01 < (tested["p"] <= 0.05).mean() < 0.06
    assert more_than_chance(tested).empty


def test_expected_and_interval_of_a_null_that_can_be_counted():
    """Three actors with one objective each of three objectives with one actor each never share."""
    table = pd.DataFrame({"actor": list("abc"), "objective": [1, 2, 3]})
    tested = pair_tests(table, samples=300)
    assert (tested[["shared", "expected", "low", "high"]] == 0).all(axis=None)
    assert (tested["p"] == 1).all()


def test_actors_can_be_paired_within_the_roundtables_of_their_objectives():
    table = pd.DataFrame(
        {"actor": list("aabbccdd"), "objective": [1, 2, 1, 2, 3, 4, 3, 4]}
    )  # fmt: skip
    tested = pair_tests(table, "actor", "objective", within={1: "RT1", 2: "RT1", 3: "RT2", 4: "RT2"}, samples=200)
    assert (tested["p"] == 1).all()
    with pytest.raises(GfmdError, match="have no group"):
        pair_tests(table, within={1: "RT1"})


def drawn_within(
    table: pd.DataFrame, groups: list[np.ndarray], rounds: int, samples: int
) -> tuple[np.ndarray, np.ndarray]:
    """Draw matrices inside groups of columns; count what each still has of ours, and what pairs of columns share."""
    matrix, rng = table.to_numpy() > 0, np.random.default_rng(rounds)
    drawn = np.zeros((samples, *matrix.shape), dtype=bool)
    for group in groups:
        drawn[:, :, group] = curveball(matrix[:, group], len(drawn), rng, rounds=rounds)
    values = drawn.astype("float32")
    together = (values.transpose(0, 2, 1) @ values)[:, *np.triu_indices(matrix.shape[1], k=1)]
    return (drawn & matrix).sum(axis=(1, 2), keepdims=True)[:, :, 0], together


long = pytest.mark.long


@pytest.mark.parametrize(
    ("agenda_kept", "samples"),
    [(False, 500), pytest.param(False, 2_000, marks=long), pytest.param(True, 2_000, marks=long)],
)
def test_the_chains_have_converged_at_the_shipped_length(data: Dataset, agenda_kept: bool, samples: int):
    """A chain twenty times as long gives the same, also inside roundtables; one of three rounds shows that this could fail."""
    table = incidence(edge_table(data.long()))
    roundtables = data.objectives.set_index("objective")["roundtable"].astype("str").loc[list(table.columns)]
    places = [np.flatnonzero(roundtables == name) for name in sorted(set(roundtables))]
    groups = places if agenda_kept else [np.arange(len(roundtables))]
    far, shipped, short = (drawn_within(table, groups, rounds, samples) for rounds in (20 * ROUNDS, ROUNDS, 3))

    def apart(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
        error = np.sqrt((ours.var(axis=0) + theirs.var(axis=0)) / len(ours))
        return (ours.mean(axis=0) - theirs.mean(axis=0))[error > 0] / error[error > 0]

    assert abs(apart(shipped[0], far[0])) < 4
    assert apart(short[0], far[0]) > 4
    shared = apart(shipped[1], far[1])
    assert abs(shared).max() < 4.5
    assert np.sqrt((shared**2).mean()) < 1.25


def every_sharing(matrix: np.ndarray, one: int, other: int) -> Counter:
    """Count all matrices with these totals by how many rows have both columns, row by row (no sampling)."""
    columns, states = matrix.shape[1], Counter({((0,) * matrix.shape[1], 0): 1})
    for total in matrix.sum(axis=1):
        rows = [set(chosen) for chosen in itertools.combinations(range(columns), total)]
        following: Counter = Counter()
        for ((sums, both), ways), row in itertools.product(states.items(), rows):
            now = tuple(value + (j in row) for j, value in enumerate(sums))
            if (now <= matrix.sum(axis=0)).all():
                following[now, both + ({one, other} <= row)] += ways
        states = following
    return Counter({both: ways for (sums, both), ways in states.items() if sums == tuple(matrix.sum(axis=0))})


def test_p_values_within_groups_are_those_of_counting_every_matrix():
    matrix = np.random.default_rng(8).random((12, 8)) < 0.3
    table = pd.DataFrame(np.argwhere(matrix), columns=["actor", "objective"])
    tested = pair_tests(table, within={j: j // 4 for j in range(8)}).set_index(["objective_a", "objective_b"])
    for start in (0, 4):
        for one, other in itertools.combinations(range(4), 2):
            ways = every_sharing(matrix[:, start : start + 4], one, other)
            found = tested.loc[(start + one, start + other)]
            more = sum(n for both, n in ways.items() if both >= found["shared"]) / ways.total()
            assert found["p_more"] == pytest.approx(more, abs=4 * np.sqrt(0.25 / 10_000))
            assert found["expected"] == pytest.approx(
                sum(both * n for both, n in ways.items()) / ways.total(), abs=0.04
            )


def test_each_sample_is_a_chain_of_its_own():
    """After one round a row has traded with another partner in each sample."""
    partners = curveball(np.eye(12) > 0, 300, np.random.default_rng(1), rounds=1).argmax(axis=2)[:, 0]
    assert set(partners) == set(range(12))


def test_rows_of_nothing_or_everything_take_no_trade_from_the_others():
    matrix = np.vstack([np.eye(4, 150), np.zeros((60, 150)), np.ones((60, 150))]) > 0
    drawn = curveball(matrix, 800, np.random.default_rng(1))
    assert drawn[:, :4, :4].mean(axis=0) == pytest.approx(np.full((4, 4), 0.25), abs=0.07)


def test_how_many_pairs_chance_would_show_is_counted_and_not_one_in_twenty():
    """Counts of few values seldom reach 0.05: with sparse profiles chance shows far fewer pairs than 5 in 100."""
    sparse = pd.DataFrame(np.argwhere(np.random.default_rng(3).random((26, 20)) < 0.12), columns=["actor", "objective"])
    tested = pair_tests(sparse, samples=2_000)
    assert len(tested[["below", "below_expected", "p_below"]].drop_duplicates()) == 1
    assert tested["below"].iloc[0] == (tested["p"] <= 0.05).sum()
    assert tested["below_expected"].iloc[0] < 0.02 * len(tested)
    assert tested["p_below"].iloc[0] > 0.05


def test_nestedness_and_modularity_are_set_against_chance():
    nested = pd.DataFrame(np.argwhere(np.tri(8)), columns=["actor", "objective"])
    tested = network_tests(nested, samples=50).set_index("measure")
    assert tested.loc["nestedness", "observed"] == 100
    assert tested.loc["nestedness", ["low", "high"]].tolist() == [100, 100], "only one matrix has a triangle's totals"
    modular = pd.DataFrame(np.argwhere(np.kron(np.eye(3), np.ones((4, 4)))), columns=["actor", "objective"])
    tested = network_tests(modular, samples=200).set_index("measure")
    assert tested.loc["modularity", "observed"] == pytest.approx(2 / 3)
    assert tested.loc["modularity", "p_more"] == pytest.approx(1 / 201)
    with pytest.raises(GfmdError, match="two of each"):
        network_tests(modular.iloc[:1])


@settings(max_examples=30)
@given(presences.filter(lambda matrix: matrix.any()))
def test_every_network_can_be_tested(matrix):
    table = pd.DataFrame(np.argwhere(matrix), columns=["actor", "objective"])
    tested = pair_tests(table, samples=30)
    size = table["objective"].nunique()
    assert len(tested) == size * (size - 1) // 2
    assert tested["p"].between(0, 1).all()
    assert ((tested["low"] <= tested["expected"] + 1e-9) | (tested["high"] == 0)).all()


def test_an_empty_selection_gives_an_empty_table():
    tested = pair_tests(ATTENDED.iloc[:0])
    assert tested.empty
    assert more_than_chance(tested).empty
