"""Measures of nodes: against networkx on the Southern Women and on random networks, and by hand."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gfmd_analysis.errors import GfmdError
from gfmd_analysis.networks.measures import brokerage, node_measures
from tests.southern_women import ATTENDED, two_mode

networks = st.lists(
    st.tuples(st.sampled_from("abcdefg"), st.integers(1, 6)), min_size=1, max_size=30, unique=True
).map(lambda rows: pd.DataFrame(rows, columns=["actor", "objective"]))  # fmt: skip


def check_against_networkx(table, of, to):
    graph, nodes = two_mode(table), sorted(set(table[of]))
    ours = node_measures(table, of, to, weight=None).set_index(of)
    references = {
        "degree_centrality": nx.bipartite.degree_centrality(graph, nodes),
        "closeness": nx.bipartite.closeness_centrality(graph, nodes),
        "clustering": nx.bipartite.latapy_clustering(graph, nodes),
    }
    if len(nodes) > 1 and len(set(table[to])) > 1:
        references["betweenness"] = nx.bipartite.betweenness_centrality(graph, nodes)
    for measure, values in references.items():
        assert ours[measure].to_dict() == pytest.approx({node: values[node] for node in nodes}, abs=1e-9)
    assert ours["degree"].to_dict() == {node: graph.degree(node) for node in nodes}


@pytest.mark.parametrize(("of", "to"), [("actor", "objective"), ("objective", "actor")])
def test_measures_of_the_southern_women_equal_networkx(of, to):
    check_against_networkx(ATTENDED, of, to)


@given(networks)
def test_measures_of_random_networks_equal_networkx(table):
    check_against_networkx(table, "actor", "objective")
    check_against_networkx(table, "objective", "actor")


def test_published_centralities_of_the_southern_women():
    """Evelyn attended 8 of 14 events; event 8 was attended by 14 of 18 women (Davis et al. 1941; Freeman 2003)."""
    women = node_measures(ATTENDED, weight=None).set_index("actor")
    events = node_measures(ATTENDED, "objective", "actor", weight=None).set_index("objective")
    assert women.loc["Evelyn Jefferson", "degree_centrality"] == pytest.approx(8 / 14)
    assert events.loc["E8", "degree_centrality"] == pytest.approx(14 / 18)
    assert events["betweenness"].idxmax() == "E8"


def test_specialisation_is_none_when_all_is_alike_and_full_when_all_goes_to_one():
    table = pd.DataFrame(
        {"actor": list("aabbbc"), "objective": [1, 2, 1, 2, 3, 3], "weight": [5, 5, 2, 2, 2, 9]}
    )  # fmt: skip
    measured = node_measures(table).set_index("actor")
    assert measured["specialisation"].to_dict() == pytest.approx({"a": 1 - np.log(2) / np.log(3), "b": 0, "c": 1})
    assert measured["strength"].to_dict() == {"a": 10, "b": 6, "c": 9}


def test_the_middle_of_a_star_lies_between_all_its_leaves():
    table = pd.DataFrame({"actor": list("aaa"), "objective": [1, 2, 3]})
    assert node_measures(table, weight=None)["betweenness"].tolist() == [1.0]
    assert node_measures(table, "objective", "actor", weight=None)["betweenness"].tolist() == [0.0] * 3


def test_who_bridges_by_hand():
    table = pd.DataFrame({"actor": list("aaabbc"), "objective": [1, 2, 3, 1, 2, 3], "weight": [1, 1, 2, 3, 1, 5]})
    reach = brokerage(table, {1: "RT1", 2: "RT1", 3: "RT2"})
    assert reach["actor"].tolist() == ["a", "b", "c"]
    assert reach[["RT1", "RT2", "groups"]].to_numpy().tolist() == [[2, 2, 2], [4, 0, 1], [0, 5, 1]]
    assert reach["participation"].tolist() == [0.5, 0.0, 0.0]
    with pytest.raises(GfmdError, match="3 have no group"):
        brokerage(table, {1: "RT1", 2: "RT1"})


@pytest.mark.parametrize("rows", [[], [("a", 1)], [("a", 1), ("a", 2)], [("a", 1), ("b", 1)], [("a", 1), ("b", 2)]])
def test_the_smallest_networks_have_measures_too(rows):
    table = pd.DataFrame(rows, columns=["actor", "objective"])
    measured = node_measures(table, weight=None)
    assert len(measured) == table["actor"].nunique()
    assert list(measured.columns) == ["actor", "degree", "strength", "degree_centrality", "betweenness", "closeness",
                                      "clustering", "specialisation"]  # fmt: skip
    assert len(brokerage(table, {1: "x", 2: "y"}, weight=None)) == len(measured)


def test_a_weight_of_zero_is_no_tie():
    table = pd.DataFrame({"actor": list("abc"), "objective": [1, 1, 2], "weight": [1, 2, 0]})
    assert node_measures(table)["degree"].tolist() == [1, 1, 0]


def test_unknown_columns_are_named():
    with pytest.raises(GfmdError, match="no column weight"):
        node_measures(ATTENDED)
