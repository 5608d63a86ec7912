"""A figure is written in three formats and shown with its words; a table can be searched."""

import json
import re
import shutil
import subprocess
import warnings
import xml.etree.ElementTree as ET
from pathlib import Path

import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from PIL import Image

from gfmd_analysis import GfmdError
from gfmd_analysis.figures._files import render, with_fonts
from gfmd_analysis.figures.captions import BYTE_ORDER_MARK, CAPTION_COLUMNS, captions_csv, gallery, read_captions
from gfmd_analysis.figures.display import SEARCH, TALLEST_SHOWN, IllegibleWarning, save_figure, searchable, show
from gfmd_analysis.figures.style import add_text, new_axes, set_alt, words_of

ODD = '<script>alert("x")</script> & “quoted” שלום'


def drawn(
    height: int = 3, title: str = "A finding that is long enough to need a second line when it is set at 16 cm"
) -> Axes:
    ax = new_axes(16, 8)
    ax.bar(["a", "b"], [1, height])
    return add_text(ax, title=title, what="What, n = 2", source="paragraph 67", description=f"One and {height}")


def test_a_figure_is_written_as_png_svg_and_pdf_the_same_on_every_run_and_says_so(
    tmp_path: Path, capsys, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = save_figure(drawn(), "slides/bars")
    assert capsys.readouterr().out == "Wrote slides/bars.png, .svg and .pdf into the new folder slides\n"
    save_figure(drawn(), "slides/more")
    assert capsys.readouterr().out == "Wrote slides/more.png, .svg and .pdf\n"
    assert sorted(path.name for path in (tmp_path / "slides").glob("bars.*")) == ["bars.pdf", "bars.png", "bars.svg"]
    with Image.open(tmp_path / "slides" / "bars.png") as picture:
        assert picture.size == (1889, 944)
        assert round(picture.info["dpi"][0]) == 300
    for form in ("png", "svg", "pdf"):
        one, two = ((tmp_path / "slides" / f"{name}.{form}").read_bytes() for name in ("bars", "more"))
        assert one == two
    assert repr(shown) == repr(show(drawn()))
    assert plt.get_fignums() == []


def test_a_name_with_an_ending_is_refused() -> None:
    for name in ("bars.png", "slides/bars.docx"):
        with pytest.raises(GfmdError, match="a path without ending"):
            save_figure(drawn(), name)


def test_another_number_gives_another_hash() -> None:
    assert show(drawn(3)).digest != show(drawn(4)).digest


def test_a_notebook_shows_picture_alt_text_and_hash() -> None:
    data, metadata = show(drawn())._repr_mimebundle_()
    assert set(data) == {"image/png", "text/plain"}
    assert metadata["image/png"]["alt"].startswith("A finding")
    assert 600 < metadata["image/png"]["width"] < 606  # as on paper
    tall = new_axes(16, 20)
    picture = show(tall)._repr_mimebundle_()[1]["image/png"]
    assert picture["width"] < 604 * TALLEST_SHOWN * 2.54 / 96 / 20 + 2  # no higher than the room below an answer
    assert data["text/plain"].startswith("A finding that is long")
    assert "[SVG sha256 " in data["text/plain"]


def test_a_figure_of_ones_own_can_be_saved_and_is_warned_of(tmp_path: Path, capsys) -> None:
    figure, ax = plt.subplots()
    ax.text(0.95, 0.5, "a text that leaves the paper for sure")
    with pytest.warns(IllegibleWarning, match="is cut off at the right edge"):
        save_figure(figure, str(tmp_path / "own"))
    assert (tmp_path / "own.svg").is_file()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        save_figure(drawn(), str(tmp_path / "fine"))


def test_a_briefing_takes_figures_and_captions_into_its_folder(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("GFMD_FIGURES", str(tmp_path / "staging"))
    monkeypatch.setenv("GFMD_NOTEBOOK", "01.ipynb")
    save_figure(drawn(), "../figures/annex/bars", caption="A caption")
    assert sorted(path.name for path in (tmp_path / "staging" / "annex").iterdir()) == [
        "bars.json",
        "bars.pdf",
        "bars.png",
        "bars.svg",
    ]
    (caption,) = read_captions([tmp_path / "staging"])
    assert (caption.figure, caption.language, caption.notebook) == ("annex/bars", "en", "01.ipynb")
    assert caption.caption == "A caption."
    table = captions_csv([caption])
    assert table.startswith(BYTE_ORDER_MARK)
    assert table.splitlines()[0].removeprefix(BYTE_ORDER_MARK).split(",") == CAPTION_COLUMNS
    assert "annex/bars.png" in gallery([caption])
    assert json.loads((tmp_path / "staging" / "annex" / "bars.json").read_text())["credit"]


def test_sentences_end_with_one_full_stop_and_an_alt_text_is_short_and_whole() -> None:
    ax = drawn(title="A very long finding " * 12)
    assert words_of(ax.figure).alt == "What, n = 2."
    assert words_of(set_alt(ax, "A short form").figure).alt == "A short form."
    for title in ("A finding", "A finding."):  # a title of one's own is printed as it is
        words = words_of(drawn(title=title).figure)
        assert (words.title, words.alt, words.description) == (title, "A finding.", "One and 3.")


def test_an_svg_carries_title_description_fonts_of_offices_and_its_text_as_text() -> None:
    ax = drawn()
    ax.set_xlabel(ODD)
    svg = with_fonts(render(ax.figure, "svg")).decode()
    tree = ET.fromstring(svg)
    inside = {
        element.tag.split("}")[1]: "".join(element.itertext())
        for element in tree
        if element.tag.endswith(("title", "desc"))
    }
    assert inside == {"title": words_of(ax.figure).title, "desc": "One and 3."}
    assert any(ODD in "".join(element.itertext()) for element in tree.iter("{http://www.w3.org/2000/svg}text"))
    assert "Lato, Carlito, Calibri, Arial, sans-serif" in svg
    assert "DejaVu" not in svg
    assert "@font-face{font-family:Lato;font-weight:700" in svg


def test_words_stay_inside_the_paper_and_off_the_picture() -> None:
    ax = drawn()
    figure = ax.figure
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in figure.texts]
    assert all(box.x0 >= 0 and box.x1 <= figure.bbox.x1 for box in boxes)
    assert not any(box.overlaps(ax.get_tightbbox()) for box in boxes)


NOTHING = "Nothing found. For a paragraph type para:95."
TABLE = pd.DataFrame({"paragraph": ["5–9", "12, 95", "10"], "text": ["Égypte speaks", "on remittances", None]})


def test_a_table_is_whole_without_scripts_and_tells_what_to_do() -> None:
    page = str(searchable(TABLE, "t").data)
    assert page.count("<tr") == 4
    assert "3 rows; to search, trust the notebook" in page
    assert re.search("@media print .*max-height: none", page)
    with pytest.raises(GfmdError, match="letters, digits and hyphens"):
        searchable(TABLE, "a table")


@pytest.mark.skipif(not shutil.which("node"), reason="node runs the search")
def test_words_and_paragraphs_find_rows() -> None:
    wanted = [
        ("", [0, 1, 2], "3 rows"),
        ("egypte", [0], "1 of 3 rows"),
        ("REMIT on", [1], "1 of 3 rows"),
        ("mittances", [], NOTHING),
        ("para:95", [1], "1 of 3 rows"),
        ("para:7 speaks", [0], "1 of 3 rows"),
        ("para 95", [1], "1 of 3 rows"),
        ("Paras. 7-10", [0, 2], "2 of 3 rows"),
        ("para:1", [], NOTHING),
    ]
    rows = [[str(cell) for cell in row] for row in TABLE.fillna("").itertuples(index=False)]
    page = f"""
      const cells = row => ({{cells: row.map(textContent => ({{textContent}})), textContent: row.join(' '), style: {{}}}});
      const rows = {json.dumps(rows)}.map(cells), told = {{}};
      const table = {{tHead: {{rows: [cells(['paragraph', 'text'])]}}, tBodies: [{{rows}}]}};
      const document = {{getElementById: name => name === 't' ? table : told}};
      const found = typed => {{
        {SEARCH}({{value: typed, dataset: {{table: 't', told: 'told'}}}});
        return [typed, rows.map((row, i) => row.style.display ? -1 : i).filter(i => i >= 0), told.textContent];
      }};
      console.log(JSON.stringify({json.dumps([typed for typed, *_ in wanted])}.map(found)));
    """
    done = subprocess.run(["node", "-e", page], capture_output=True, text=True, check=True)
    assert [tuple(found) for found in json.loads(done.stdout)] == wanted
