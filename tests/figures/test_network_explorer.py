"""The explorer redraws by its menus, tells everything by mouse and keyboard, and says the code of a view."""

from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import gfmd_analysis as ga
from gfmd_analysis import Dataset, claims
from gfmd_analysis.coverage.counts import taken_up
from gfmd_analysis.figures.network_explorer import NOT_RUN, explorer, network_svg, save_view
from gfmd_analysis.networks.edges import edge_table

SVG = "{http://www.w3.org/2000/svg}"


def test_the_menus_have_names_and_redraw_network_and_finding(data: Dataset) -> None:
    box = explorer(data)
    (session, _, speaker), finding, view = box.children[0].children, box.children[2], box.children[3]
    assert ("Roundtable 1", "RT1") in session.options
    assert ("Egypt", "EGY") in speaker.options
    before = (view.value, finding.value)
    session.value = "RT1"
    assert view.value != before[0]
    found = claims.most_shared(data, section="RT1")
    assert found and found.text in unescape(finding.value)
    session.value = None
    assert (view.value, finding.value) == before, "the same choice gives the same picture"
    assert box._repr_mimebundle_()["text/plain"] == NOT_RUN, "before it has run a line says so"


def test_every_tie_and_node_has_a_tooltip_and_names_take_the_focus(data: Dataset) -> None:
    long = taken_up(data.long())
    tree, edges = ElementTree.fromstring(network_svg(long)), edge_table(long)
    paths = list(tree.iter(f"{SVG}path"))
    assert len(paths) == len(edges)
    assert all("para" in (path.findtext(f"{SVG}title") or "") for path in paths)
    nodes = edges["actor"].nunique() + edges["objective"].nunique()
    assert sum(1 for _ in tree.iter(f"{SVG}circle")) == nodes
    assert sum(group.get("tabindex") == "0" for group in tree.iter(f"{SVG}g")) == nodes


def test_a_view_is_saved_and_its_code_draws_it(data: Dataset, tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    code = save_view(data, section="RT1", basis="explicit")
    assert (tmp_path / "view_rt1_explicit.png").is_file()
    assert "ga.select(ga.load().long(), section='RT1', basis='explicit')" in code
    monkeypatch.setattr(ga, "save_figure", lambda ax, name: anew.append((len(ax.patches), name)))
    anew: list[tuple[int, str]] = []
    exec(code, {"ga": ga})
    ties = edge_table(taken_up(ga.select(data.long(), section="RT1", basis="explicit")))
    assert anew == [(len(ties), "view_rt1_explicit")]


def test_markup_in_names_stays_text(data: Dataset) -> None:
    long = data.long().assign(actor_name="<script>&'\"")
    assert "<script>" not in network_svg(long)
    ElementTree.fromstring(network_svg(long))


def test_a_choice_without_ties_says_so(data: Dataset) -> None:
    assert "No mention fits" in network_svg(data.long().iloc[:0])
    assert "No mention fits" in network_svg(data.long(), 99)
