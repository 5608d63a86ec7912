"""The interactive view redraws by its menus, tells everything on hover, and survives any choice."""

from xml.etree import ElementTree

import pytest

from gfmd_analysis import GfmdError
from gfmd_analysis.figures.explorer import explorer, network_svg
from gfmd_analysis.networks.edges import edge_table

SVG = "{http://www.w3.org/2000/svg}"


def test_the_menus_redraw_the_network(data):
    box = explorer(data.long())
    (section, *_), view = box.children[0].children, box.children[-1]
    before = view.value
    section.value = "RT1"
    assert view.value != before
    section.value = "all"
    assert view.value == before, "the same choice gives the same picture"


def test_every_tie_and_node_has_a_tooltip(data):
    long = data.long()
    tree = ElementTree.fromstring(network_svg(long))
    edges = edge_table(long)
    paths = list(tree.iter(f"{SVG}path"))
    assert len(paths) == len(edges)
    assert all("paragraph" in (path.findtext(f"{SVG}title") or "") for path in paths)
    nodes = edges["actor"].nunique() + edges["objective"].nunique()
    assert sum(1 for _ in tree.iter(f"{SVG}circle")) == nodes


def test_markup_in_names_stays_text(data):
    long = data.long().assign(actor_name="<script>&'\"")
    assert "<script>" not in network_svg(long)
    ElementTree.fromstring(network_svg(long))


def test_a_choice_without_ties_says_so_and_a_wrong_one_is_an_error(data):
    assert "No mention fits" in network_svg(data.long().iloc[:0])
    assert "No mention fits" in network_svg(data.long(), 99)
    with pytest.raises(GfmdError, match="1 or more"):
        network_svg(data.long(), 0)
