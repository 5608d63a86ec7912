"""Clusterings and maps: what is plainly there is found by every method, and the answer is the same on every run."""

import contextlib
import io
import itertools
import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from gfmd_analysis.errors import NoDataError
from gfmd_analysis.networks.communities import METHODS, clustering_agreement, clustering_quality, clusterings
from gfmd_analysis.networks.ordination import correspondence, crossings, two_column_order
from tests.conftest import ROOT
from tests.southern_women import ATTENDED

CLUBS = np.kron(np.eye(3), np.ones((4, 3)))
CLUBS[0, 3] = 1
TABLE = pd.DataFrame([(f"a{i:02}", int(j)) for i, j in np.argwhere(CLUBS)], columns=["actor", "objective"])


def test_every_method_finds_three_clubs():
    groups = clusterings(TABLE, weight=None)
    for method in METHODS:
        assert groups[method].tolist() == [1] * 4 + [2] * 4 + [3] * 4, method
    assert (clustering_agreement(groups) == 1).all(axis=None)
    quality = clustering_quality(TABLE, groups, weight=None)
    assert quality["clusters"].tolist() == [3] * 4
    assert quality["modularity"].tolist() == pytest.approx([quality["modularity"].max()] * 4)


def test_the_southern_women_split_into_their_two_known_groups():
    groups = clusterings(ATTENDED, weight=None).set_index("actor")
    for method in ("average", "ward", "modularity"):
        first, second = groups.loc["Evelyn Jefferson", method], groups.loc["Nora Fayette", method]
        assert first != second
        assert (groups.loc[["Laura Mandeville", "Theresa Anderson", "Brenda Rogers"], method] == first).all()
        assert (groups.loc[["Sylvia Avondale", "Katherina Rogers"], method] == second).all()


def test_agreement_takes_further_labels_and_does_not_mind_their_names():
    groups = clusterings(TABLE, weight=None).assign(club=list("xxxxyyyyzzzz"), one="same")
    agreement = clustering_agreement(groups)
    assert agreement.loc["ward", "club"] == 1
    assert agreement.loc["ward", "one"] == 0


@pytest.mark.parametrize(
    "rows", [[], [("a", 1)], [("a", 1), ("b", 2)], [("a", 1), ("b", 1)], [("a", 1), ("b", 1), ("c", 2)]]
)
def test_small_and_unconnected_networks_are_grouped_too(rows):
    table = pd.DataFrame(rows, columns=["actor", "objective"])
    groups = clusterings(table, weight=None)
    assert len(groups) == table["actor"].nunique()
    assert len(clustering_quality(table, groups, weight=None)) == len(METHODS)


def test_correspondence_analysis_puts_profiles_at_their_weighted_average_of_objectives():
    """Transition formula (Greenacre 2017): a row lies at its objectives' average over the axis' singular value."""
    mapped = correspondence(ATTENDED, weight=None)
    rows, columns = (mapped[mapped["mode"] == mode].set_index("node") for mode in ("actor", "objective"))
    for axis in ("x", "y"):
        averages = ATTENDED.assign(at=ATTENDED["objective"].map(columns[axis])).groupby("actor")["at"].mean()
        ratio = averages / rows[axis].reindex(averages.index)
        assert ratio.max() == pytest.approx(ratio.min(), abs=1e-6)
        assert (mapped["mass"] * mapped[axis]).sum() == pytest.approx(0, abs=1e-9)
    assert mapped["quality"].between(0, 1).all()
    assert rows["mass"].sum() == pytest.approx(1)
    for axis in ("x", "y"):
        assert rows.loc[rows[axis].abs().idxmax(), axis] > 0


def test_a_map_needs_three_of_each_and_profiles_that_differ():
    with pytest.raises(NoDataError, match="three of each"):
        correspondence(TABLE[TABLE["objective"] < 2], weight=None)
    alike = pd.DataFrame(list(itertools.product("abcd", range(4))), columns=["actor", "objective"])
    with pytest.raises(NoDataError, match="profiles that differ"):
        correspondence(alike, weight=None)


def test_two_nodes_of_which_one_is_at_the_centre_have_a_map():
    table = pd.DataFrame(
        [*itertools.product("a", range(3)), ("b", 0), ("c", 1), ("d", 2)], columns=["actor", "objective"]
    )
    mapped = correspondence(table, weight=None).set_index("node")
    assert np.isnan(mapped.loc["a", "quality"])
    assert mapped.loc["a", ["x", "y"]].abs().max() < 1e-9
    assert mapped["inertia_x"].iloc[0] + mapped["inertia_y"].iloc[0] == pytest.approx(1)


@pytest.mark.parametrize("size", [2, 3, 4, 8, 9, 12])
def test_tables_of_eight_nodes_or_fewer_are_cut_like_larger_ones(size):
    """scipy's cut_tree gives one group where as many groups as nodes are wanted, so that small tables were cut otherwise."""
    alike = clusterings(pd.DataFrame({"actor": range(size), "objective": 1}), weight=None)
    assert (alike[list(METHODS)] == 1).all(axis=None)
    twins = pd.DataFrame([(f"{i}{twin}", i) for i in range(size // 2) for twin in "ab"], columns=["actor", "objective"])
    groups = clusterings(twins, weight=None)
    for method in METHODS:
        assert groups[method].tolist() == [number for number in range(1, size // 2 + 1) for _ in "ab"], method


def test_two_columns_are_ordered_so_that_few_ties_cross():
    matrix = np.eye(5, dtype=bool)
    assert crossings(matrix) == 0
    assert crossings(matrix[::-1]) == 10
    table = pd.DataFrame([(f"a{4 - i}", i) for i in range(5)], columns=["actor", "objective"])
    rows, columns = two_column_order(table)
    assert [4 - int(row[1:]) for row in rows] == columns
    assert two_column_order(table.iloc[:0]) == ([], [])


def test_the_same_groups_under_any_hash_seed():
    code = (  # which another process runs under another seed than ours
        "from tests.southern_women import ATTENDED; from gfmd_analysis.networks.communities import clusterings;"
        "from gfmd_analysis.networks.communities import find_communities;"
        "print(clusterings(ATTENDED, weight=None).to_csv(), find_communities(ATTENDED, weight=None, draws=5).to_csv())"
    )
    other = {"PYTHONHASHSEED": "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2", "PYTHONPATH": f"{ROOT}"}
    theirs = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, env=other).stdout
    with contextlib.redirect_stdout(io.StringIO()) as ours:
        exec(code)
    assert ours.getvalue() == theirs
