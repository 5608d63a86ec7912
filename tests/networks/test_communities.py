"""Bipartite modularity and nestedness: published values, and what must hold for any network."""

import itertools
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gfmd_analysis.networks.communities import find_communities, highest_modularity, rand_index
from gfmd_analysis.networks.edges import incidence
from gfmd_analysis.networks.null_models import nestedness
from tests.southern_women import ATTENDED

# Almeida-Neto et al. (2008), the worked example of the paper (also the test of EcologicalNetworks.jl and of R's vegan).
WORKED_EXAMPLE = np.array([[1, 0, 1, 1, 1], [1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [1, 1, 0, 0, 0], [1, 1, 0, 0, 0]])
presences = arrays(bool, st.tuples(st.integers(2, 6), st.integers(2, 6)))


def edges_of(matrix):
    return pd.DataFrame([(f"a{i}", j) for i, j in np.argwhere(matrix)], columns=["actor", "objective"])


def bipartite_modularity(edges, communities):
    """Add up what a partition keeps inside, cell by cell (Barber 2007, eq. 14)."""
    matrix = incidence(edges, weight=None)
    rows, columns, total = matrix.sum(axis=1), matrix.sum(), matrix.to_numpy().sum()
    return sum(
        (matrix.loc[a, j] - rows[a] * columns[j] / total) / total
        for a in matrix.index
        for j in matrix.columns
        if communities[a] == communities[j]
    )


def nodf(matrix):
    return nestedness(np.asarray(matrix)[np.newaxis] > 0)[0]


def test_nestedness_of_the_worked_example_is_the_published_one():
    assert nodf(WORKED_EXAMPLE) == pytest.approx(58.3333333333)


@given(presences, st.randoms(use_true_random=False))
def test_nestedness_is_between_0_and_100_and_does_not_depend_on_order(matrix, random):
    score = nodf(matrix)
    assert 0 <= score <= 100 + 1e-4
    rows, columns = list(range(matrix.shape[0])), list(range(matrix.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    assert nodf(matrix[rows][:, columns]) == pytest.approx(score)
    assert nodf(matrix.T) == pytest.approx(score)


def test_a_triangle_is_perfectly_nested_and_equal_totals_are_not_nested_at_all():
    assert nodf(np.tri(5)) == pytest.approx(100)
    assert nodf(np.eye(5)) == 0
    assert nodf(np.ones((4, 3))) == 0


def test_the_southern_women_have_the_published_modularity_in_four_communities():
    """Barber (2007), Physical Review E 76, 066102: the highest modularity found is 0.3455, with four modules."""
    found = find_communities(ATTENDED, weight=None, draws=20)
    assert found["modularity"].unique() == pytest.approx([0.34554], abs=5e-6)
    partition = dict(zip(found["node"], found["community"], strict=True))
    assert len(set(partition.values())) == 4
    assert bipartite_modularity(ATTENDED, partition) == pytest.approx(0.34554, abs=5e-6)
    assert partition["Evelyn Jefferson"] == partition["Laura Mandeville"] == partition["Theresa Anderson"]
    assert partition["Sylvia Avondale"] == partition["Nora Fayette"] != partition["Evelyn Jefferson"]


def test_many_starts_find_the_best_from_any_seed():
    matrix = incidence(ATTENDED, weight=None).to_numpy()[np.newaxis]
    found = [highest_modularity(matrix, np.random.default_rng(seed), 100)[0][0] for seed in range(5)]
    assert found == pytest.approx([found[0]] * 5, abs=1e-6)


def test_modularity_by_hand():
    table = pd.DataFrame({"actor": list("aab"), "objective": [1, 2, 3]})
    found = find_communities(table, weight=None, draws=5)
    assert found["community"].tolist() == [1, 2, 1, 1, 2]
    assert found["modularity"].iloc[0] == pytest.approx((2 - 2 * 2 / 3 + 1 - 1 / 3) / 3)


@settings(max_examples=25)
@given(presences.filter(lambda matrix: matrix.any()))
def test_the_communities_are_a_partition_whose_modularity_is_the_one_reported(matrix):
    table = edges_of(matrix)
    found = find_communities(table, weight=None, draws=5)
    assert len(found) == table["actor"].nunique() + table["objective"].nunique()
    assert found["stability"].dropna().between(0, 1).all()
    assert found["agreement"].iloc[0] <= 1
    partition = dict(zip(found["node"], found["community"], strict=True))
    assert bipartite_modularity(table, partition) == pytest.approx(found["modularity"].iloc[0], abs=1e-5)
    assert found["modularity"].iloc[0] >= -1e-9


def test_separate_parts_are_separate_communities_whoever_is_drawn():
    found = find_communities(edges_of(np.kron(np.eye(3), np.ones((8, 2)))), weight=None)
    assert found.groupby("community")["node"].size().tolist() == [10, 10, 10]
    assert found["stability"].tolist() == pytest.approx([1] * 30)
    assert found["agreement"].iloc[0] == pytest.approx(1)
    assert found["modularity"].iloc[0] == pytest.approx(2 / 3)


def test_groups_of_a_random_network_are_not_stable_over_speakers_although_every_seed_finds_them():
    random = edges_of(np.random.default_rng(5).random((26, 20)) < 0.2)
    first, second = (find_communities(random, weight=None, draws=draws, seed=seed) for draws, seed in ((40, 1), (1, 2)))
    assert first["community"].tolist() == second["community"].tolist()
    assert first["agreement"].iloc[0] < 0.6


@pytest.mark.parametrize("rows", [[], [("a", 1)], [("a", 1), ("a", 2)]])
def test_networks_too_small_to_divide_are_one_community(rows):
    found = find_communities(pd.DataFrame(rows, columns=["actor", "objective"]), weight=None, draws=5)
    assert set(found["community"]) <= {1}
    assert (found["modularity"] == 0).all()


@pytest.mark.parametrize(
    ("first", "second", "recorded"),
    [
        ("aabbcc", "aabbcc", 1.0), ("aabbcc", "ababab", -0.36363636363636365), ("aaabbb", "aabbcc", 0.24242424242424243),
        ("aaaa", "abcd", 0.0), ("aabb", "abab", -0.5), ("aabbccdd", "aabbbccd", 0.33962264150943394), ("a", "b", 1.0),
    ],
)  # fmt: skip
def test_the_adjusted_rand_index_is_that_of_scikit_learn(first, second, recorded):
    """What ``sklearn.metrics.adjusted_rand_score`` of scikit-learn gives, which takes longer to load than all of these."""
    assert rand_index(list(first), list(second)) == pytest.approx(recorded, abs=1e-12)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=20))
def test_the_adjusted_rand_index_is_that_of_counting_pairs_of_nodes(labels):
    """Steinley (2004), eq. 5: pairs that are together in both partitions, in one of them, in neither."""
    pairs = Counter((a[0] == b[0], a[1] == b[1]) for a, b in itertools.combinations(labels, 2))
    both, first, second, neither = (pairs[kind] for kind in itertools.product([True, False], repeat=2))
    apart = (both + first) * (first + neither) + (both + second) * (second + neither)
    expected = 2 * (both * neither - first * second) / apart if first or second else 1
    assert rand_index(*zip(*labels, strict=True)) == pytest.approx(expected, abs=1e-12)
