"""One page of all notebooks: no code, the answers first, alt texts, nothing fetched, searches that do not disturb each other."""

import base64
import io
import re

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from gfmd_analysis.documents.page import html_page
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
        *(new_code_cell("import secret_code", outputs=[each]) for each in outputs),
    ]
    return nbformat.writes(new_notebook(cells=cells))


@pytest.fixture(scope="module")
def html() -> str:
    return html_page(
        {"00_dataset.ipynb": notebook("Data", "Sure."), "01_gaps.ipynb": notebook("Gaps?", "**Three.**")},
        "Coded by a <model>.",
    )


def test_there_is_no_code_and_the_answers_come_first(html: str) -> None:
    assert "secret_code" not in html
    assert "VBox(" not in html
    assert "Wrote " not in html
    assert html.index("<strong>Three.</strong>") < html.index("<section")
    assert html.index("Gaps?") < html.index(">Data<")


def test_every_picture_has_its_alt_text(html: str) -> None:
    pictures = BeautifulSoup(html, "html.parser").find_all("img")
    named = [
        f'A "bar" of {title} & co' for title in ("Gaps?", "Gaps?", "Data")
    ]  # the first stands on the first screen, too
    assert [picture["alt"] for picture in pictures] == named


def test_the_first_screen_has_how_it_was_coded_the_answer_and_the_picture(html: str) -> None:
    first = html[: html.index("<section")]
    order = [first.index(text) for text in ("Coded by a &lt;model&gt;.", "Gaps?", "Three.", "<img", ">Data<")]
    assert order == sorted(order)


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
