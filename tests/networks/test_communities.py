"""Bipartite modularity and nestedness: published values, and what must hold for any network."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gfmd_analysis.networks.communities import bipartite_modularity, communities, community_summary
from gfmd_analysis.networks.null_models import nodf, nodf_of_many
from tests.southern_women import ATTENDED

# Almeida-Neto et al. (2008), the worked example of the paper (also the test of EcologicalNetworks.jl and of R's vegan).
WORKED_EXAMPLE = np.array([[1, 0, 1, 1, 1], [1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [1, 1, 0, 0, 0], [1, 1, 0, 0, 0]])
presences = arrays(bool, st.tuples(st.integers(2, 6), st.integers(2, 6)))


def edges_of(matrix):
    return pd.DataFrame([(f"a{i}", j) for i, j in np.argwhere(matrix)], columns=["actor", "objective"])


def test_nodf_of_the_worked_example_is_the_published_one():
    assert nodf(WORKED_EXAMPLE) == pytest.approx(
        {"nodf": 58.3333333333, "rows": 53.3333333333, "columns": 63.3333333333}
    )


@given(presences, st.randoms(use_true_random=False))
def test_nodf_is_between_0_and_100_and_does_not_depend_on_order(matrix, random):
    score = nodf(matrix)["nodf"]
    assert 0 <= score <= 100
    rows, columns = list(range(matrix.shape[0])), list(range(matrix.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    assert nodf(matrix[rows][:, columns])["nodf"] == pytest.approx(score)
    assert nodf_of_many(matrix[np.newaxis])[0] == pytest.approx(score)
    assert nodf(matrix.T) == pytest.approx(
        {"nodf": score, "rows": nodf(matrix)["columns"], "columns": nodf(matrix)["rows"]}
    )


def test_a_triangle_is_perfectly_nested_and_equal_totals_are_not_nested_at_all():
    assert nodf(np.tri(5))["nodf"] == 100
    assert nodf(np.eye(5))["nodf"] == 0
    assert nodf(np.ones((4, 3)))["nodf"] == 0
    assert np.isnan(nodf(np.ones((1, 1)))["nodf"])


def test_the_southern_women_have_the_published_modularity_in_four_communities():
    """Barber (2007), Physical Review E 76, 066102: the highest modularity found is 0.3455, with four modules."""
    summary = community_summary(ATTENDED, weight=None, seeds=range(5)).iloc[0]
    assert summary["modularity"] == pytest.approx(0.34554, abs=5e-6)
    assert summary["communities"] == 4
    assert summary["agreement"] == pytest.approx(1)
    found = communities(ATTENDED, weight=None, seeds=range(5))
    partition = dict(zip(found["node"], found["community"], strict=True))
    assert bipartite_modularity(ATTENDED, partition, weight=None) == pytest.approx(summary["modularity"], abs=1e-6)
    assert partition["Evelyn Jefferson"] == partition["Laura Mandeville"] == partition["Theresa Anderson"]
    assert partition["Sylvia Avondale"] == partition["Nora Fayette"] != partition["Evelyn Jefferson"]


def test_modularity_by_hand():
    table = pd.DataFrame({"actor": list("aab"), "objective": [1, 2, 3]})
    apart = {"a": 1, 1: 1, 2: 1, "b": 2, 3: 2}
    assert bipartite_modularity(table, apart, weight=None) == pytest.approx((2 - 2 * 2 / 3 + 1 - 1 / 3) / 3)
    assert bipartite_modularity(table, dict.fromkeys(apart, 1), weight=None) == pytest.approx(0)
    assert np.isnan(bipartite_modularity(table.iloc[:0], {}, weight=None))


@settings(max_examples=25)
@given(presences.filter(lambda matrix: matrix.any()))
def test_the_communities_are_a_partition_whose_modularity_is_the_one_reported(matrix):
    table = edges_of(matrix)
    found = communities(table, weight=None, seeds=(1, 2))
    assert len(found) == table["actor"].nunique() + table["objective"].nunique()
    assert found["stability"].between(0, 1).all()
    summary = community_summary(table, weight=None, seeds=(1, 2)).iloc[0]
    partition = dict(zip(found["node"], found["community"], strict=True))
    assert bipartite_modularity(table, partition, weight=None) == pytest.approx(summary["modularity"], abs=1e-5)
    assert summary["modularity"] >= -1e-9


def test_separate_parts_are_separate_communities_found_by_every_seed():
    table = edges_of(np.kron(np.eye(3), np.ones((3, 2))))
    found = communities(table, weight=None)
    assert found.groupby("community")["node"].size().tolist() == [5, 5, 5]
    assert (found["stability"] == 1).all()
    assert community_summary(table, weight=None)["modularity"].iloc[0] == pytest.approx(2 / 3)


@pytest.mark.parametrize("rows", [[], [("a", 1)], [("a", 1), ("a", 2)]])
def test_networks_too_small_to_divide_are_one_community(rows):
    table = pd.DataFrame(rows, columns=["actor", "objective"])
    found = communities(table, weight=None)
    assert set(found["community"]) <= {1}
    assert community_summary(table, weight=None)["modularity"].iloc[0] == 0
