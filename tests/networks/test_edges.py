"""Two-mode networks: the edge table, the incidence matrix, the graph and its round trip through GraphML and GEXF."""

from collections.abc import Callable

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gfmd_analysis.errors import GfmdError
from gfmd_analysis.networks.edges import (
    edge_table,
    incidence,
    two_mode_graph,
)
from gfmd_analysis.networks.measures import node_measures

SAID = pd.DataFrame(
    {
        "meeting": "M1",
        "section": ["RT1", "RT1", "RT1", "RT2", "RT2", "RT2"],
        "turn": ["t1", "t1", "t2", "t3", "t3", "t3"],
        "actor": ["PHL", "PHL", "PHL", "PHL", "IOM", "IOM"],
        "objective": pd.Categorical([5, 5, 5, 5, 2, None], categories=range(1, 24), ordered=True),
        "words": [10, 20, 30, 40, 50, 60],
    }
)
ACTORS = pd.DataFrame(
    {
        "actor": ["IOM", "PHL", "VUT"],
        "short_name": ["IOM", "Philippines", "Vanuatu"],
        "gcm_champion": pd.array([None, True, False], dtype="boolean"),
        "m49_region": ["", "035", "009"],
        "weight_of_office": [1.5, 2.0, np.nan],
    }
)
tables = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.integers(1, 7), st.integers(0, 5)), max_size=40
).map(lambda rows: pd.DataFrame(rows, columns=["actor", "objective", "words"]))  # fmt: skip


@pytest.mark.parametrize(
    ("duplicates", "expected"), [("all", 4), ("turn", 3), ("roundtable", 2), ("meeting", 1), (["words"], 4)]
)
def test_statements_are_counted_once_per_turn_roundtable_or_meeting(duplicates, expected):
    edges = edge_table(SAID, duplicates=duplicates).set_index(["actor", "objective"])["weight"]
    assert edges["PHL", 5] == expected
    assert edges["IOM", 2] == 1
    assert len(edges) == 2, "an intervention without an objective is no edge"


def test_weights_are_interventions_presence_or_words():
    assert edge_table(SAID)["weight"].tolist() == [1, 4]
    assert edge_table(SAID, weight="presence")["weight"].tolist() == [1, 1]
    assert edge_table(SAID, weight="words")["weight"].tolist() == [50.0, 100.0]


@given(tables)
def test_the_incidence_matrix_adds_up_to_the_statements(table):
    matrix = incidence(edge_table(table))
    assert matrix.to_numpy().sum() == len(table)
    assert (matrix.sum(axis=1) > 0).all()
    assert (matrix.sum(axis=0) > 0).all()
    for (actor, objective), rows in table.groupby(["actor", "objective"]):
        assert matrix.loc[actor, objective] == len(rows)


@given(tables)
def test_the_graph_agrees_with_networkx_own_reading_of_the_table(table):
    graph = two_mode_graph(edge_table(table.astype({"objective": "str"})))
    ours = {frozenset(ends): data["weight"] for *ends, data in graph.edges(data=True)}
    counted = table.astype({"objective": "str"}).value_counts(["actor", "objective"])
    assert ours == {frozenset(pair): count for pair, count in counted.items()}
    if len(table):
        assert nx.is_bipartite(graph)


@pytest.mark.parametrize(
    ("write", "read"), [(nx.write_graphml, nx.read_graphml), (nx.write_gexf, nx.read_gexf)], ids=["GraphML", "GEXF"]
)
def test_attributes_survive_networkx_own_files_with_their_types(write, read, tmp_path):
    edges = edge_table(SAID, weight="words").assign(explicit=[True, False], paragraphs=[3, 4], note=["ä <&>", "b"])
    graph = two_mode_graph(edges, row_attributes=ACTORS, isolates=True)
    write(graph, tmp_path / "network")
    again = read(tmp_path / "network")
    assert dict(again.nodes(data=True)) == dict(graph.nodes(data=True))
    for a, b, data in graph.edges(data=True):
        back = {key: value for key, value in again.edges[a, b].items() if key != "id"}
        assert back == data
        assert {key: type(value) for key, value in back.items()} == {key: type(value) for key, value in data.items()}
    assert again.nodes["PHL"]["gcm_champion"] is True
    assert "gcm_champion" not in again.nodes["IOM"]
    assert again.nodes["5"]["objective"] == 5
    assert again.nodes["VUT"]["label"] == "Vanuatu"


def test_agreement_and_disagreement_on_the_same_node_are_two_edges():
    edges = pd.DataFrame(
        {"actor": ["A", "A"], "objective": [1, 1], "position": ["agree", "disagree"], "weight": [2, 1]}
    )
    graph = two_mode_graph(edges)
    assert sorted((data["position"], data["weight"]) for *_, data in graph.edges(data=True)) == [
        ("agree", 2),
        ("disagree", 1),
    ]


def test_an_empty_selection_is_an_empty_network():
    edges = edge_table(SAID.iloc[:0])
    assert edges.empty
    assert list(edges.columns) == ["actor", "objective", "weight"]
    assert incidence(edges).empty
    assert two_mode_graph(edges).number_of_nodes() == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: edge_table(SAID, "speaker"), "no column speaker"),
        (lambda: edge_table(SAID, weight="actor"), "a weight is a number"),
        (lambda: edge_table(SAID.assign(words=-1), weight="words"), "found -1"),
        (lambda: edge_table(SAID, duplicates="paragraph"), "turn, roundtable, meeting"),
        (lambda: edge_table(SAID.drop(columns="turn"), duplicates="turn"), "no column turn"),
        (lambda: two_mode_graph(pd.DataFrame({"actor": ["5"], "objective": [5]})), "both a actor and a objective"),
    ],
)
def test_what_cannot_be_is_one_clear_error(call, message):
    with pytest.raises(GfmdError, match=message):
        call()


@pytest.mark.parametrize("counted", [incidence, node_measures])
def test_disagreement_is_not_counted_as_agreement(counted: Callable[..., pd.DataFrame]) -> None:
    said = pd.DataFrame({"actor": list("AAB"), "objective": [1, 2, 1], "stance": ["for", "against", "for"]})
    edges = edge_table(said, qualifier="stance")
    with pytest.raises(GfmdError, match="a column stance of positions"):
        counted(edges)
    assert len(counted(edges[edges["stance"] == "for"].drop(columns="stance"))) == 2


def test_positions_are_not_dropped_in_silence() -> None:
    said = pd.DataFrame({"actor": ["A", "B"], "objective": [8, 8], "agreement": [1, 0]})
    with pytest.raises(GfmdError, match="qualifier='agreement', or a table without it"):
        edge_table(said)
    assert len(edge_table(said.drop(columns="agreement"))) == len(edge_table(said, qualifier="agreement")) == 2
