"""What is written is written whole, the same each time, and harmless in a spreadsheet."""

import csv
import hashlib
import os
import xml.etree.ElementTree as ET
from pathlib import Path

import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from gfmd_analysis import GfmdError
from gfmd_analysis.dataset.writing import atomic_write, csv_text
from gfmd_analysis.figures.display import CAPTION_COLUMNS, Published, render, save_figure, with_fonts
from gfmd_analysis.figures.style import anatomy, frame, new_axes
from tests.conftest import ROOT

ODD = '<script>alert("x")</script> & “quoted” שלום ' + "long " * 50


def drawn(height: int = 3) -> Axes:
    ax = new_axes(16, 8)
    ax.bar(["a", "b"], [1, height])
    return frame(
        ax,
        title="A finding that is long enough to need a second line when it is set at sixteen centimetres",
        subtitle="What, 2021, n = 2",
        source="paragraph 67",
        alt="One and three.",
    )


def test_a_figure_has_the_same_bytes_on_every_run() -> None:
    for form in ("svg", "png"):
        assert render(drawn().figure, form) == render(drawn().figure, form)
    plt.close("all")


def test_another_number_gives_another_hash() -> None:
    assert save_figure(drawn(3), "x").digest != save_figure(drawn(4), "x").digest


def test_a_notebook_shows_picture_alt_text_and_hash() -> None:
    data, metadata = save_figure(drawn(), "x")._repr_mimebundle_()
    assert set(data) == {"image/png", "text/plain"}
    assert metadata == {"image/png": {"alt": "One and three."}}
    assert data["text/plain"].startswith("A finding that is long")
    assert "[SVG sha256 " in data["text/plain"]
    assert plt.get_fignums() == []


def test_words_of_a_figure_stay_inside_it_and_off_each_other() -> None:
    ax = drawn()
    figure = ax.figure
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in figure.texts]
    for box in boxes:
        assert box.x0 >= 0
        assert box.x1 <= figure.bbox.x1
    assert not any(one.overlaps(two) for i, one in enumerate(boxes) for two in boxes[i + 1 :])
    assert not any(box.overlaps(ax.get_tightbbox()) for box in boxes)
    assert anatomy(figure).alt == "One and three."
    plt.close(figure)


def test_briefing_writes_svg_png_and_caption(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GFMD_FIGURES", str(tmp_path / "staging"))
    save_figure(drawn(), "bars", caption="A caption.")
    assert sorted(path.name for path in (tmp_path / "staging").iterdir()) == ["bars.json", "bars.png", "bars.svg"]


def test_an_svg_carries_its_font_and_its_text_as_text() -> None:
    ax = drawn()
    ax.set_xlabel(ODD)
    svg = with_fonts(render(ax.figure, "svg")).decode()
    plt.close(ax.figure)
    assert "@font-face{font-family:Lato;font-weight:700" in svg
    texts = ["".join(element.itertext()) for element in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
    assert any(ODD.strip() in text for text in texts)


def test_files_are_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "a" / "file.csv"
    atomic_write(path, "old")
    atomic_write(path, "new")
    assert path.read_text() == "new"
    assert [item.name for item in path.parent.iterdir()] == ["file.csv"]
    (tmp_path / "plain").write_text("")
    with pytest.raises(GfmdError, match="cannot write file"):
        atomic_write(tmp_path / "plain" / "file", "x")


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_cell_is_written_that_a_spreadsheet_would_run(start: str) -> None:
    with pytest.raises(GfmdError, match="a spreadsheet would run it as a formula"):
        csv_text(pd.DataFrame({"text": [start]}))
    assert csv_text(pd.DataFrame({"number": [-1, -2.5]})) == "number\n-1\n-2.5\n"


def test_odd_names_come_out_as_themselves(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    atomic_write(path, csv_text(pd.DataFrame({"name": [ODD]})))
    with path.open(newline="", encoding="utf-8") as file:
        assert list(csv.reader(file))[1] == [ODD]


def test_every_figure_in_the_folder_has_its_caption_and_picture() -> None:
    with (ROOT / "figures" / "captions.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == CAPTION_COLUMNS
    names = {row["figure"] for row in rows}
    assert (
        names
        == {path.stem for path in (ROOT / "figures").glob("*.svg")}
        == {path.stem for path in (ROOT / "figures").glob("*.png")}
    )
    for row in rows:
        assert row["title"].endswith((".", "?")) or len(row["title"]) > 20, row
        assert all(row[column] for column in CAPTION_COLUMNS), row
        assert (ROOT / "notebooks" / row["notebook"]).is_file()
        assert any(character.isdigit() for character in row["alt"]), row["figure"]


def test_published_repr_is_what_nbval_compares() -> None:
    digest = hashlib.sha256(b"drawing").hexdigest()
    assert repr(Published("Title", "alt", b"", digest)) == f"Title\n[SVG sha256 {digest[:16]}]"
    assert os.environ.get("GFMD_FIGURES") is None
