"""One page of all notebooks: no code, the messages first, alt texts, nothing fetched, searches that do not disturb each other."""

import base64
import io
import json
import re
import shutil
import subprocess

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from gfmd_analysis import Dataset
from gfmd_analysis.documents.messages import key_messages
from gfmd_analysis.documents.opening import first_screen
from gfmd_analysis.documents.page import EVERYWHERE, html_page
from gfmd_analysis.figures.display import searchable


def notebook(title: str, answer: str) -> str:
    import pandas as pd

    buffer = io.BytesIO()
    Image.new("RGB", (300, 200), "#0b5394").save(buffer, "png")
    picture = {"image/png": base64.b64encode(buffer.getvalue()).decode(), "text/plain": "[hash]"}
    outputs = [
        new_output("execute_result", {"text/markdown": answer, "text/plain": "<Markdown>"}),
        new_output("display_data", picture, metadata={"image/png": {"alt": f'A "bar" of {title} & co'}}),
        new_output("display_data", {"text/html": searchable(pd.DataFrame({"a": ["$x$"]}), "numbers").data}),
        new_output("display_data", {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "VBox("}),
    ]
    outputs.append(new_output("stream", text="Wrote coverage.png"))
    cells = [
        new_markdown_cell(f"# {title}"),
        *(new_code_cell("import secret_code", outputs=[each]) for each in outputs[:3]),
        new_markdown_cell("## Explore\nOnly where it runs."),
        *(new_code_cell("import secret_code", outputs=[each]) for each in outputs[3:]),
        new_markdown_cell("## How counted\nBy hand, see `00_dataset.ipynb`."),
    ]
    return nbformat.writes(new_notebook(cells=cells))


def empty() -> str:
    told = new_output("execute_result", {"text/markdown": "*No finding on this.*", "text/plain": "<Markdown>"})
    cells = [new_markdown_cell("# Changes?"), new_code_cell(outputs=[told]), new_markdown_cell("*How* to fill it.")]
    return nbformat.writes(new_notebook(cells=[*cells, new_markdown_cell("## Who came"), new_code_cell()]))


@pytest.fixture(scope="module")
def html() -> str:
    notebooks = {"00_dataset.ipynb": notebook("Data", "Sure."), "01_gaps.ipynb": notebook("Gaps?", "**Three.**")}
    return html_page(notebooks | {"05_changes.ipynb": empty()}, "1. A message.\n\nCoded by a \\<model>.")


def test_there_is_no_code_and_no_heading_over_nothing(html: str) -> None:
    assert "secret_code" not in html
    assert "VBox(" not in html
    assert "Wrote " not in html
    assert "Explore" not in html
    assert html.count("By hand, ") == 2
    assert html.count('see <a href="#00_dataset">Data</a>') == 2


def test_every_picture_has_its_alt_text(html: str) -> None:
    pictures = BeautifulSoup(html, "html.parser").find_all("img")
    assert [picture["alt"] for picture in pictures] == [f'A "bar" of {title} & co' for title in ("Gaps?", "Data")]


def test_first_stand_messages_then_how_it_was_coded_then_contents_with_a_search(html: str) -> None:
    first = html[: html.index("<section")]
    order = [
        first.index(text) for text in ("A message.", "Coded by a &lt;model&gt;.", 'id="everywhere"', "Gaps?", ">Data<")
    ]
    assert order == sorted(order)
    assert "Three." not in first
    page = BeautifulSoup(html, "html.parser")
    assert all(page.find(id=link["href"][1:]) for link in page.select("nav a"))


def test_a_notebook_that_shows_nothing_is_left_out(html: str) -> None:
    page = BeautifulSoup(html, "html.parser")
    assert [part["id"] for part in page.select("section")] == ["01_gaps", "00_dataset"]
    assert "Changes?" not in html


def test_a_cell_for_programmers_is_left_out() -> None:
    told = [new_output("display_data", {"text/html": f"<p>{word}</p>"}) for word in ("Shown", "again", "Dictionary")]
    cells = [new_code_cell(outputs=[each]) for each in told]
    cells[2].metadata["tags"] = ["not-on-page"]
    page = html_page({"a.ipynb": nbformat.writes(new_notebook(cells=cells))})
    assert "Shown" in page
    assert "Dictionary" not in page


def test_in_print_tables_are_whole_with_their_heads_and_without_fields(html: str) -> None:
    printed = html[html.index("@media print") : html.index("</style>")]
    for rule in ("input, label, output {display: none}", "table-header-group", "overflow: visible"):
        assert rule in printed


def test_the_opening_has_every_message_before_the_caveat_and_no_coefficient(data: Dataset) -> None:
    told = first_screen(data)
    messages = [message["lead"][:40] for message in key_messages(data)]
    order = [told.index(text) for text in (*messages, "language model")]
    assert messages and order == sorted(order)
    assert "alpha" not in told


@pytest.mark.skipif(not shutil.which("node"), reason="node runs the search")
@pytest.mark.parametrize(
    ("typed", "shown", "told"),
    [
        ("", {"a": ("", "#a", 4), "b": ("", "#b", 1)}, ""),
        ("egypt", {"a": ("2 found", "#h", 3)}, ""),
        ("xyz", {}, "Nothing found. For a paragraph type para:95."),
    ],
)
def test_one_field_searches_all_tables(typed: str, shown: dict[str, tuple[str, str, int]], told: str) -> None:
    script = f"""
      const row = text => ({{textContent: text, cells: [], style: {{}}}});
      const table = (id, ...texts) => ({{id, tBodies: [{{rows: texts.map(row)}}]}});
      const cell = (tables, h1, h2) => ({{querySelectorAll: () => tables, querySelector: asked => ({{h1, h2}})[asked]}});
      const one = table('t', 'egypt speaks', 'egypt asks', 'iom'), other = table('u', 'iom');
      const sections = {{a: [cell([], {{}}), cell([other]), cell([], null, {{id: 'h'}}), cell([one])], b: [cell([], {{}})]}};
      const found = {{t: one, u: other, 'everywhere-told': {{}}}};
      for (const id in sections) found[id] = {{id, children: sections[id]}};
      const item = name => ({{dataset: {{part: name}}, out: {{}}, link: {{}}, querySelectorAll: () => [],
        querySelector(asked) {{ return asked === 'a' ? this.link : this.out; }}}});
      const items = ['a', 'b'].map(item);
      const document = {{getElementById: name => found[name], querySelectorAll: () => items}};
      {EVERYWHERE}({{value: {json.dumps(typed)}}});
      const seen = i => [i.out.textContent, i.link.href, sections[i.dataset.part].filter(each => !each.hidden).length];
      console.log(JSON.stringify([Object.fromEntries(items.filter(i => !i.hidden).map(i => [i.dataset.part, seen(i)])),
        found['everywhere-told'].textContent]));
    """
    done = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [{part: list(each) for part, each in shown.items()}, told]


def test_nothing_is_fetched_from_anywhere(html: str) -> None:
    assert re.findall(r'(?:src|href)="(?!data:|#)[^"]*', html) == []
    assert not re.search(r"<script[^>]+src|<link|@import|url\(|fetch\(", html)


def test_each_search_field_finds_its_own_table(html: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for name in ("01_gaps-numbers", "00_dataset-numbers"):
        assert {name, f"{name}-search", f"{name}-told"} <= set(ids)
        assert f'data-table="{name}"' in html
        assert f"getElementById('{name}-search')" in html
