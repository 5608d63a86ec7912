"""The palette can be told apart and read by everyone, and figures are drawn alike whatever fonts and backend a machine has."""

import itertools
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE
from matplotlib.colors import to_rgb
from matplotlib.font_manager import FontProperties, fontManager

import gfmd_analysis.figures as figures
from gfmd_analysis import Dataset
from gfmd_analysis.dataset.descriptor import schema
from gfmd_analysis.figures._lettering import FONTS, register_fonts
from gfmd_analysis.figures.display import show
from gfmd_analysis.figures.names import CONSTITUENCY_NAMES
from gfmd_analysis.figures.palette import (
    ACCENT,
    CONSTITUENCY_COLOURS,
    GREY,
    INK,
    MUTED,
    NUMBER,
    PALE,
    PASSING,
    READABLE,
    SUBJECT,
    contrast,
    on,
    readable,
    sequential,
)
from tests.torture.workshop import another_lato

SIGHTS = ("full", "deuteranomaly", "protanomaly", "tritanomaly")
BOLD, ITALIC = {"weight": "bold"}, {"style": "italic"}
SPEAKERS = {name: colour for name, colour in CONSTITUENCY_COLOURS.items() if name != "other"}
APART, JUST_APART, GREY_STEP = 10.0, 7.5, 15.0  # CAM02-UCS; two colours side by side are told apart from about 2


def seen(colour: object, sight: str) -> np.ndarray:
    space = "sRGB1" if sight == "full" else {"name": "sRGB1+CVD", "cvd_type": sight, "severity": 100}
    return np.clip(cspace_convert(to_rgb(colour), space, "sRGB1"), 0, 1)  # type: ignore[arg-type]


def lightness(colour: object) -> float:
    return float(cspace_convert(to_rgb(colour), "sRGB1", "CAM02-UCS")[0])  # type: ignore[arg-type]


@pytest.mark.parametrize("sight", SIGHTS)
def test_constituencies_can_be_told_apart(sight: str) -> None:
    for (one, first), (two, second) in itertools.combinations(CONSTITUENCY_COLOURS.items(), 2):
        wanted = APART if {one, two} <= set(SPEAKERS) else JUST_APART
        assert deltaE(seen(first, sight), seen(second, sight), input_space="sRGB1") >= wanted, (one, two)


@pytest.mark.parametrize("sight", SIGHTS)
def test_accent_ink_and_greys_can_be_told_apart(sight: str) -> None:
    for first, second in itertools.combinations((INK, MUTED, GREY, PALE, ACCENT), 2):
        assert deltaE(seen(first, sight), seen(second, sight), input_space="sRGB1") >= APART, (first, second)


@pytest.mark.parametrize(
    "neighbours",
    [
        (NUMBER, SUBJECT, PASSING),
        (NUMBER, ACCENT, GREY, PALE),
        (INK, ACCENT),
        (ACCENT, PASSING),
        (SUBJECT, "white"),
        (GREY, "white"),
    ],
    ids=str,
)
def test_colours_that_touch_in_a_figure_differ_in_grey(neighbours: tuple[str, ...]) -> None:
    for one, two in itertools.pairwise(neighbours):
        assert abs(lightness(one) - lightness(two)) >= GREY_STEP


@pytest.mark.parametrize("colour", [INK, MUTED, ACCENT, NUMBER])
def test_text_can_be_read_on_white(colour: str) -> None:
    assert contrast(colour) >= READABLE


def test_names_in_a_constituencys_colour_can_be_read() -> None:
    for name, colour in CONSTITUENCY_COLOURS.items():
        assert contrast(readable(colour)) >= READABLE, name


def test_numbers_in_the_cells_of_a_heat_map_can_be_read() -> None:
    for shade in np.linspace(0, 1, 21):
        colour = sequential()(shade)
        assert contrast(on(colour), colour) >= READABLE, shade


def test_every_constituency_of_the_contract_has_a_colour_and_a_name() -> None:
    agreed = next(field.enum for field in schema()["actors"].fields if field.name == "constituency")
    assert set(agreed) == set(CONSTITUENCY_COLOURS) == set(CONSTITUENCY_NAMES)
    assert len(set(CONSTITUENCY_COLOURS.values())) == len(agreed)


def test_the_bundled_font_goes_before_another_of_its_name_on_the_machine(tmp_path: Path, monkeypatch) -> None:
    another_lato(tmp_path)
    theirs = str(tmp_path / "Lato-Regular.ttf")
    monkeypatch.setattr(fontManager, "ttflist", [])
    fontManager.addfont(theirs)
    assert fontManager.findfont(FontProperties(family="Lato")) == theirs
    register_fonts.__wrapped__()
    found = [fontManager.findfont(FontProperties(family="Lato", **font)) for font in ({}, BOLD, ITALIC)]
    assert theirs in {entry.fname for entry in fontManager.ttflist}
    assert all("fontpkg_lato" in path for path in found)
    assert [Path(path).name for path in found] == list(FONTS)


def test_a_figure_has_the_same_places_whatever_the_backend(data: Dataset) -> None:
    drawn = (
        "import matplotlib\n"
        "matplotlib.use('svg')\n"
        "import gfmd_analysis as ga\n"
        "from gfmd_analysis.figures import draw\n"
        "from gfmd_analysis.figures.display import show\n"
        "print(show(draw('coverage', ga.load(), title='A title')).digest)"
    )
    other = subprocess.run([sys.executable, "-O", "-c", drawn], capture_output=True, text=True, check=True).stdout
    assert mpl.get_backend().casefold() == "agg"
    assert other.strip() == show(figures.draw("coverage", data, title="A title")).digest
