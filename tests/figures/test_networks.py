"""Network figures: readable at briefing size, the same on every run, and one clear error where there is nothing to draw."""

import itertools
from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

from gfmd_analysis import Dataset, GfmdError
from gfmd_analysis.claims import QUESTION, network_answer, p_text
from gfmd_analysis.figures import networks as figures
from gfmd_analysis.figures.display import render
from gfmd_analysis.figures.style import anatomy
from gfmd_analysis.networks.edges import core, edge_table, incidence
from gfmd_analysis.networks.measures import brokerage
from gfmd_analysis.networks.null_models import network_tests, pair_tests
from gfmd_analysis.networks.ordination import correspondence, crossings, leaf_order, seriation, two_column_order
from gfmd_analysis.networks.projection import project, similarity_matrix
from gfmd_analysis.networks.stated import stated_links, stated_ties

NAMES = [
    "mention_matrix",
    "similarity_heatmap",
    "two_columns",
    "bridges",
    "actor_map",
    "comention_arcs",
    "stated_ties_matrix",
]


@pytest.fixture(scope="module")
def draw(data: Dataset) -> Callable[[str], Axes]:
    long, objectives = data.long(), data.objectives
    actors = data.actors[data.actors["actor"].isin(long["actor"])]
    edges = edge_table(long)
    similarity = similarity_matrix(project(edges, normalisation="cosine"), sorted(edges["actor"].unique()))
    strong = edges[edges["weight"] >= 2]
    ties = stated_ties(data.ties, data.interventions)
    columns = objectives.sort_values(["roundtable", "objective"])["objective"].tolist()
    matrix = seriation(
        incidence(edges, rows=sorted(actors["actor"]), columns=columns), actors.set_index("actor")["constituency"]
    )
    ways = {
        "mention_matrix": lambda: figures.mention_matrix(matrix, actors, objectives, source="report"),
        "similarity_heatmap": lambda: figures.similarity_heatmap(
            similarity, leaf_order(similarity), actors, source="report"
        ),
        "two_columns": lambda: figures.two_columns(
            strong, two_column_order(strong), actors, objectives, source="report"
        ),
        "bridges": lambda: figures.bridges(
            brokerage(edges, objectives.set_index("objective")["roundtable"].astype("str")), actors, source="report"
        ),
        "actor_map": lambda: figures.actor_map(correspondence(core(edges)), actors, objectives, source="report"),
        "comention_arcs": lambda: figures.comention_arcs(
            pair_tests(edges, samples=400),
            stated_links(data.objective_links, data.interventions),
            objectives,
            source="report",
        ),
        "stated_ties_matrix": lambda: figures.stated_ties_matrix(
            ties[ties["to_actor"].isin(actors["actor"])], actors, source="report"
        ),
    }
    return lambda name: ways[name]()


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_is_sixteen_centimetres_wide_readable_told_in_words_and_the_same_on_every_run(name, draw):
    ax = draw(name)
    figure = ax.figure
    assert figure.get_figwidth() == pytest.approx(16 / 2.54)
    words = anatomy(figure)
    assert words.title and words.subtitle and words.source == "report"
    assert any(character.isdigit() for character in words.alt)
    assert words.title.rstrip(".") in words.alt
    shown = [text for text in figure.findobj(Text) if text.get_text() and text.get_visible()]
    assert min(text.get_fontsize() for text in shown) >= 7.5
    first = render(figure, "svg")
    plt.close(figure)
    again = draw(name).figure
    assert render(again, "svg") == first
    plt.close(again)


@pytest.mark.parametrize("name", ["two_columns", "comention_arcs", "actor_map", "bridges"])
def test_no_label_overlaps_another(name, draw):
    ax = draw(name)
    ax.figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in [*ax.texts, *ax.get_yticklabels()] if text.get_text()]
    covered = [
        (a, b)
        for a, b in itertools.combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 3
    ]
    plt.close(ax.figure)
    assert not covered


def test_a_figure_draws_on_the_axes_that_it_is_given(data):
    edges = edge_table(data.long())
    _, ax = plt.subplots()
    strong = edges[edges["weight"] >= 3]
    assert figures.two_columns(strong, two_column_order(strong), data.actors, data.objectives, ax=ax) is ax
    plt.close(ax.figure)


def test_nothing_to_draw_is_one_clear_error(data):
    edges = edge_table(data.long()).iloc[:0]
    with pytest.raises(GfmdError, match="no edge to draw"):
        figures.two_columns(edges, ([], []), data.actors, data.objectives)
    with pytest.raises(GfmdError, match="more than one roundtable"):
        figures.bridges(brokerage(edges, {}), data.actors)
    with pytest.raises(GfmdError, match="no rows"):
        figures.mention_matrix(incidence(edges), data.actors, data.objectives)
    with pytest.raises(GfmdError, match="two or more"):
        figures.similarity_heatmap(pd.DataFrame(), None, data.actors)
    with pytest.raises(GfmdError, match="no stated tie"):
        figures.stated_ties_matrix(stated_ties(data.ties, data.interventions).iloc[:0], data.actors)


def test_ordering_the_columns_leaves_no_more_crossings_and_they_are_counted_right():
    rng = np.random.default_rng(5)
    for _ in range(20):
        table = pd.DataFrame(np.argwhere(rng.random((6, 5)) < 0.4), columns=["actor", "objective"])
        if table.empty:
            continue
        rows, columns = two_column_order(table)
        before = incidence(table, weight=None).to_numpy() > 0
        after = incidence(table, weight=None, rows=rows, columns=columns).to_numpy() > 0
        assert crossings(after) <= crossings(before)
        pairs = itertools.combinations(map(tuple, np.argwhere(before)), 2)
        assert crossings(before) == sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for a, b in pairs)


def test_stated_ties_and_links_are_those_of_the_data_with_their_paragraphs(data):
    ties = stated_ties(data.ties, data.interventions)
    assert ties["times"].sum() == len(data.ties)
    france = ties[(ties["from_actor"] == "SEN") & (ties["to_actor"] == "FRA") & (ties["kind"] == "echoes")]
    assert france["paragraphs"].tolist() == ["77"]
    links = stated_links(data.objective_links, data.interventions)
    assert links["times"].sum() == len(data.objective_links)
    assert (links["objective_a"] < links["objective_b"]).all()
    seven = links[(links["objective_a"] == 7) & (links["objective_b"] == 15)]
    assert seven[["times", "paragraphs"]].to_numpy().tolist() == [[3, "95, 99, 101"]]
    assert stated_links(data.objective_links.iloc[:0], data.interventions).empty


def test_the_answer_turns_with_the_findings(data):
    edges = edge_table(data.long())
    groups = data.objectives.set_index("objective")["roundtable"].astype("str")
    names = data.actors.set_index("actor")["short_name"]
    chance = network_tests(edges, samples=20)
    links = stated_links(data.objective_links, data.interventions)
    tested = pair_tests(edges, samples=50)
    above, below = (chance.assign(observed=value, p_adjusted=0.001) for value in (2.0, -1.0))
    found = network_answer(brokerage(edges, groups), names, above, above, tested, links)
    assert QUESTION in found
    assert "Speakers form groups" in found
    assert "and even when the agenda" in found
    not_found = network_answer(brokerage(edges, groups), names, below, below, tested.assign(p_adjusted=1.0), links)
    assert "do not form groups" in not_found
    assert "none is mentioned" in not_found
    assert [p_text(p) for p in (0.0001, 0.0123, 0.5)] == ["< 0.001", "0.012", "0.50"]
