"""One-mode networks: against networkx, against vectors worked out by hand, and against a loop as DNA's code has it."""

import itertools

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cosine as scipy_cosine
from scipy.spatial.distance import jaccard as scipy_jaccard

from gfmd_analysis.errors import GfmdError
from gfmd_analysis.networks.edges import edge_table, incidence, two_mode_graph
from gfmd_analysis.networks.projection import ONE_MODE, project
from tests.southern_women import ATTENDED, two_mode

# Two actors over four objectives, worked out by hand: p = 2*1 + 1*3 = 5.
HAND = pd.DataFrame({"actor": list("aaabbb"), "objective": [1, 2, 3, 1, 2, 4], "weight": [2, 1, 4, 1, 3, 1]})
BY_HAND = {
    "none": 5.0,
    "average_activity": 5 / ((7 + 5) / 2),
    "jaccard": 2 / 4,
    "weighted_jaccard": (1 + 1) / (2 + 3 + 4 + 1),
    "cosine": 5 / np.sqrt((4 + 1 + 16) * (1 + 9 + 1)),
    "newman": 2.0,
    "dna_jaccard": 5 / (5 + 4 + 1),
    "dna_cosine": 5 / (7 * 5),
}
SCALE = (-2, 3)  # wider than the values that occur, as a scale may be
networks = st.lists(
    st.tuples(st.sampled_from("abcdefg"), st.integers(1, 6), st.integers(1, 4)), max_size=40
).map(lambda rows: pd.DataFrame(rows, columns=["actor", "objective", "weight"]))  # fmt: skip
statements = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(1, 4), st.integers(-1, 2)), max_size=30
).map(lambda rows: pd.DataFrame(rows, columns=["actor", "objective", "position"]))  # fmt: skip


def as_dict(ties: pd.DataFrame, value: str = "weight") -> dict[frozenset[object], float]:
    a, b = ties.columns[:2]
    return {frozenset((left, right)): number for left, right, number in zip(ties[a], ties[b], ties[value], strict=True)}


def from_networkx(graph: nx.Graph) -> dict[frozenset[object], float]:
    return {frozenset((a, b)): data["weight"] for a, b, data in graph.edges(data=True)}


def check_against_networkx(table: pd.DataFrame, onto: str, through: str) -> None:
    graph, nodes = two_mode(table), sorted(set(table[onto]))
    presence = edge_table(table, weight="presence")
    for normalisation, reference in (
        ("none", nx.bipartite.weighted_projected_graph(graph, nodes)),
        ("newman", nx.bipartite.collaboration_weighted_projected_graph(graph, nodes)),
        ("jaccard", nx.bipartite.overlap_weighted_projected_graph(graph, nodes, jaccard=True)),
    ):
        ours = as_dict(project(presence, onto, through, normalisation=normalisation))
        assert ours == pytest.approx(from_networkx(reference), abs=1e-9)


@pytest.mark.parametrize(("onto", "through"), [("actor", "objective"), ("objective", "actor")])
def test_projections_of_the_southern_women_equal_networkx(onto, through):
    check_against_networkx(ATTENDED, onto, through)


@given(networks.filter(len))
def test_projections_of_random_networks_equal_networkx(table):
    check_against_networkx(table, "actor", "objective")
    check_against_networkx(table, "objective", "actor")


@pytest.mark.parametrize("normalisation", ONE_MODE)
def test_every_normalisation_equals_its_formula_by_hand(normalisation):
    ties = project(HAND, normalisation=normalisation)
    assert ties["weight"].tolist() == [pytest.approx(BY_HAND[normalisation], abs=1e-12)]
    assert ties["shared"].tolist() == [2]


@given(networks)
def test_cosine_and_jaccard_are_those_of_scipy(table):
    profiles = incidence(table)
    cosine, jaccard = (as_dict(project(table, normalisation=name)) for name in ("cosine", "jaccard"))
    for a, b in itertools.combinations(profiles.index, 2):
        x, y = profiles.loc[a].to_numpy(), profiles.loc[b].to_numpy()
        assert cosine.get(frozenset((a, b)), 0.0) == pytest.approx(1 - scipy_cosine(x, y), abs=1e-9)
        assert jaccard.get(frozenset((a, b)), 0.0) == pytest.approx(1 - scipy_jaccard(x > 0, y > 0), abs=1e-9)


@given(networks)
def test_how_the_normalisations_relate(table):
    presence, alike = edge_table(table, weight="presence"), ("jaccard", "weighted_jaccard", "dna_jaccard")
    shares = ("jaccard", "weighted_jaccard", "cosine")
    ties = {name: as_dict(project(table, normalisation=name)) for name in (*shares, "dna_cosine")}
    flat = {name: as_dict(project(presence, normalisation=name)) for name in alike}
    assert flat["weighted_jaccard"] == pytest.approx(flat["jaccard"])
    assert flat["dna_jaccard"] == pytest.approx(flat["jaccard"])
    assert all(ties["dna_cosine"][pair] <= ties["cosine"][pair] + 1e-12 for pair in ties["cosine"])
    assert all(0 < value <= 1 + 1e-12 for name in shares for value in ties[name].values())
    profiles = dict(zip(incidence(table).index, incidence(table).to_numpy(), strict=True))
    smaller = {
        frozenset((a, b)): np.minimum(profiles[a], profiles[b]).sum() / np.maximum(profiles[a], profiles[b]).sum()
        for a, b in itertools.combinations(profiles, 2)
    }
    assert ties["weighted_jaccard"] == pytest.approx({pair: value for pair, value in smaller.items() if value})


def dna_one_mode(table: pd.DataFrame, agreement: str, normalisation: str) -> dict[frozenset[object], float]:
    """Compute the network cell by cell with plain loops over the formulas that DNA documents and codes."""
    actors, objectives, levels = (sorted(set(table[name])) for name in ("actor", "objective", "position"))
    span = SCALE[1] - SCALE[0]
    n = table.value_counts(["actor", "objective", "position"]).to_dict()
    ties = {}
    for a, b in itertools.combinations(actors, 2):
        like = unlike = m11 = m10 = m01 = 0.0
        for j in objectives:
            for k, m in itertools.product(levels, levels):
                pair = n.get((a, j, k), 0) * n.get((b, j, m), 0)
                like += pair * (1 - abs(k - m) / span)
                unlike += pair * abs(k - m) / span
            for k in levels:
                x, y = n.get((a, j, k), 0), n.get((b, j, k), 0)
                m11, m10, m01 = m11 + x * y, m10 + x * (y == 0), m01 + y * (x == 0)
        totals = [sum(count for (who, *_), count in n.items() if who == actor) for actor in (a, b)]
        norm = {
            "none": 1.0,
            "average_activity": sum(totals) / 2,
            "dna_jaccard": m11 + m10 + m01,
            "dna_cosine": totals[0] * totals[1],
        }[normalisation]
        value = {"ignore": like + unlike, "congruence": like, "conflict": unlike, "subtract": like - unlike}[agreement]
        value = value / norm if value else 0.0
        if abs(value) > 1e-12:
            ties[frozenset((a, b))] = value
    return ties


@given(
    statements,
    st.sampled_from(["ignore", "congruence", "conflict", "subtract"]),
    st.sampled_from(["none", "average_activity", "dna_jaccard", "dna_cosine"]),
)
def test_ignore_congruence_conflict_and_subtract_are_those_of_the_discourse_network_analyzer(
    table, agreement, normalisation
):
    options = {"scale": SCALE, "agreement": agreement, "normalisation": normalisation}
    ties = project(table, weight=None, qualifier="position", **options)
    ours = {pair: value for pair, value in as_dict(ties).items() if abs(value) > 1e-12}
    assert ours == pytest.approx(dna_one_mode(table, agreement, normalisation))


def test_agree_and_disagree_are_categories_and_an_edge_table_gives_the_same_as_its_statements():
    said = pd.DataFrame(
        {
            "actor": list("aabbc"),
            "objective": [1, 2, 1, 2, 1],
            "agreement": ["agree", "agree", "agree", "disagree", "disagree"],
        }
    )
    for agreement, expected in (
        ("congruence", {frozenset("ab"): 1}),
        ("conflict", {frozenset("ab"): 1, frozenset("ac"): 1, frozenset("bc"): 1}),
        ("subtract", {frozenset("ac"): -1, frozenset("bc"): -1}),
    ):
        assert as_dict(project(said, weight=None, qualifier="agreement", agreement=agreement)) == expected
        edges = edge_table(said, qualifier="agreement")
        assert as_dict(project(edges, qualifier="agreement", agreement=agreement)) == expected


@given(networks)
def test_networkx_reads_the_ties_as_they_are(table):
    ties = project(table, normalisation="cosine")
    graph = nx.from_pandas_edgelist(ties, "actor_a", "actor_b", edge_attr=True)
    assert from_networkx(graph) == as_dict(ties)


def test_ties_are_sorted_by_the_order_of_categories():
    objectives = pd.Categorical([10, 2, 9, 2], categories=[2, 9, 10, 11], ordered=True)
    ties = project(pd.DataFrame({"actor": list("aabb"), "objective": objectives}), "objective", "actor", weight=None)
    assert list(zip(ties["objective_a"], ties["objective_b"], strict=True)) == [(2, 9), (2, 10)]


@pytest.mark.parametrize("normalisation", ONE_MODE)
def test_nothing_one_actor_one_objective_and_disconnected_parts_are_networks_too(normalisation):
    for rows, ties in (([], 0), ([("a", 1)], 0), ([("a", 1), ("a", 2)], 0), ([("a", 1), ("b", 2)], 0),
                       ([("a", 1), ("b", 1), ("c", 2), ("d", 2)], 2)):  # fmt: skip
        table = pd.DataFrame(rows, columns=["actor", "objective"])
        result = project(table, weight=None, normalisation=normalisation)
        assert len(result) == ties
        assert list(result.columns) == ["actor_a", "actor_b", "shared", "weight"]
        assert np.isfinite(result["weight"]).all()


def test_rows_of_zeros_tie_nobody():
    table = pd.DataFrame({"actor": ["a", "b", "c"], "objective": [1, 1, 1], "weight": [1, 2, 0]})
    for normalisation in ONE_MODE:
        assert as_dict(project(table, normalisation=normalisation)).keys() == {frozenset("ab")}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"normalisation": "pearson"}, "average_activity"),
        ({"onto": "speaker"}, "no column speaker"),
        ({"weight": "words"}, "no column words"),
        ({"qualifier": "stance"}, "no column stance"),
        ({"qualifier": "objective", "agreement": "harmony"}, "ignore, congruence, conflict, subtract"),
        ({"qualifier": "objective", "normalisation": "newman"}, "allowed"),
        ({"qualifier": "weight"}, r"found 1 to 4 on no scale; allowed: .* scale=\(0, 1\)"),
        ({"qualifier": "weight", "scale": (0, 3)}, "found 1 to 4 on the scale"),
        ({"qualifier": "actor"}, "found a, b; allowed: agree, disagree"),
    ],
)
def test_what_cannot_be_is_one_clear_error(options, message):
    with pytest.raises(GfmdError, match=message):
        project(HAND, **options)
    with pytest.raises(GfmdError, match="found -1"):
        project(HAND.assign(weight=-1))


# The Discourse Network Analyzer's own sample (sample.dna of leifeld-lab/dna): who disagreed and agreed how often with
# which of six concepts. Its tests record a two-mode network of 7 x 6 that sums to 40 and a one-mode network of 276.
SAMPLE = {
    "Alliance to Save Energy": {"greenhouse": (0, 1), "regulate CO2": (0, 2), "legislation": (0, 1)},
    "Energy and Environmental Analysis": {"economy": (2, 0), "regulate CO2": (1, 1)},
    "Environmental Protection Agency": {"economy": (1, 0), "legislation": (0, 10)},
    "Petrochemical & Refiners": {"economy": (2, 0), "legislation": (2, 0)},
    "Senate": {"economy": (2, 0), "regulate CO2": (1, 0), "legislation": (0, 2)},
    "Sierra Club": {
        "economy": (0, 2), "greenhouse": (0, 1), "real": (0, 1), "regulate CO2": (0, 1), "legislation": (0, 1),
    },
    "Public Interest Research Group": {
        "economy": (0, 1), "cap and trade": (0, 1), "greenhouse": (0, 1), "real": (0, 2), "regulate CO2": (0, 1),
    },
}  # fmt: skip
STATEMENTS = pd.DataFrame(
    [
        (who, concept, position)
        for who, said in SAMPLE.items()
        for concept, times in said.items()
        for position in (0, 1)
        for _ in range(times[position])
    ],
    columns=["organization", "concept", "agreement"],
)


def test_the_discourse_network_analyzers_own_sample_gives_its_recorded_figures():
    ends = ("organization", "concept")
    either = edge_table(STATEMENTS.drop(columns="agreement"), *ends)
    matrix = incidence(either, *ends)
    assert matrix.shape == (7, 6)
    assert matrix.to_numpy().sum() == 40
    assert 2 * project(either, *ends)["weight"].sum() == 276
    signed = edge_table(STATEMENTS, *ends, qualifier="agreement")
    sums = {
        agreement: 2 * project(signed, *ends, qualifier="agreement", scale=(0, 1), agreement=agreement)["weight"].sum()
        for agreement in ("ignore", "congruence", "conflict", "subtract")
    }
    assert sums == {"ignore": 276, "congruence": 160, "conflict": 116, "subtract": 44}


def test_an_event_list_of_the_discourse_network_analyzer_is_a_network_in_five_lines(tmp_path):
    exported = tmp_path / "dna.csv"
    exported.write_text(
        '"statement_id";"time";"organization";"concept";"agreement";"document_id"\n'
        '1;2005-01-26 00:00:00;"EPA";"Regulate CO2";1;1\n2;2005-01-26 00:00:00;"EPA";"Regulate CO2";1;1\n'
        '3;2005-01-27 00:00:00;"Senate";"Regulate CO2";0;2\n4;2005-01-28 00:00:00;"Senate";"Cap and trade";1;2\n'
    )

    said = pd.read_csv(exported, sep=";")
    edges = edge_table(said, "organization", "concept", qualifier="agreement", duplicates=["document_id"])
    ties = project(edges, "organization", "concept", qualifier="agreement", scale=(0, 1), agreement="conflict")
    nx.write_graphml(two_mode_graph(edges, "organization", "concept"), tmp_path / "dna.graphml")

    assert edges["agreement"].tolist() == [1, 1, 0]
    assert ties["weight"].tolist() == [1.0]
    assert nx.read_graphml(tmp_path / "dna.graphml").edges["Senate", "Regulate CO2"] == {"agreement": 0, "weight": 1}


def test_the_network_is_the_same_however_many_blocks_it_is_made_in(monkeypatch):
    whole = {name: project(ATTENDED.assign(weight=2), normalisation=name) for name in ONE_MODE}
    monkeypatch.setattr("gfmd_analysis.networks.projection.CELLS", 50)
    for name, expected in whole.items():
        pd.testing.assert_frame_equal(project(ATTENDED.assign(weight=2), normalisation=name), expected)


def test_opponents_are_no_allies_unless_it_is_asked_for() -> None:
    said = pd.DataFrame({"actor": ["A", "B"], "objective": [8, 8], "position": ["agree", "disagree"]})
    numbers = said.assign(position=[1, 0])
    for table in (
        edge_table(said, qualifier="position"),
        edge_table(numbers, qualifier="position"),
        said.assign(weight=1),
        numbers.rename(columns={"position": "agreement"}).assign(weight=1),
    ):
        with pytest.raises(GfmdError, match=r"a column (position|agreement) of positions; allowed: qualifier='"):
            project(table)
        (column,) = set(table.columns) - {"actor", "objective", "weight"}
        assert project(table, qualifier=column, scale=(0, 1)).empty
        assert len(project(table, qualifier=column, scale=(0, 1), agreement="ignore")) == 1
        assert len(project(table.drop(columns=column))) == 1
