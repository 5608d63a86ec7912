"""Texts that are cut off or lie on one another are found, whoever drew the figure; those that are clear are not."""

import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from gfmd_analysis.figures._legibility import faults


def figure(**how: object) -> tuple[Figure, plt.Axes]:
    drawn, ax = plt.subplots(figsize=(5, 4), **how)
    return drawn, ax


def found(drawn: Figure) -> str:
    drawn.draw_without_rendering()
    return "; ".join(faults(drawn))


def test_a_plain_figure_of_anybody_has_no_fault() -> None:
    drawn, ax = figure(layout="constrained")
    ax.bar(["one", "two", "three"], [1, 2, 3])
    ax.set(title="Title", xlabel="What", ylabel="How many")
    ax.legend(handles=[plt.Line2D([], [], label="A line")])
    assert found(drawn) == ""


@pytest.mark.parametrize(("x", "edge"), [(-0.3, "left"), (0.9, "right")])
def test_a_text_beyond_the_paper_is_cut_off(x: float, edge: str) -> None:
    drawn, _ = figure()
    drawn.text(x, 0.5, "a text that is somewhat long")
    assert found(drawn) == f"“a text that is somewhat long” is cut off at the {edge} edge"


def test_a_text_that_fits_by_a_hair_is_cut_off_in_the_font_of_another_program() -> None:
    drawn, ax = figure()
    ax.set_axis_off()
    text = drawn.text(0, 0.5, "x" * 40)
    drawn.draw_without_rendering()
    drawn.set_figwidth(drawn.get_figwidth() * text.get_window_extent().x1 / drawn.bbox.x1 * 1.02)
    assert "right edge" in found(drawn)
    assert not faults(drawn, room=1)


def test_a_text_that_its_axes_clip_is_cut_off() -> None:
    drawn, ax = figure()
    ax.text(0.98, 0.5, "clipped", clip_on=True)
    assert "edge of its axes" in found(drawn)


def test_texts_on_one_another_overlap_and_hidden_ones_do_not() -> None:
    drawn, ax = figure()
    ax.text(0.3, 0.5, "first of two")
    other = ax.text(0.32, 0.51, "second of two")
    assert found(drawn) == "“first of two” and “second of two” overlap"
    other.set_visible(False)
    assert found(drawn) == ""


def test_ticks_that_crowd_overlap_unless_they_are_slanted() -> None:
    drawn, ax = figure(layout="constrained")
    names = [f"a category {i}" for i in range(8)]
    ax.bar(names, range(8))
    assert "overlap" in found(drawn)
    ax.tick_params(axis="x", rotation=45)
    assert found(drawn) == ""
    ax.tick_params(axis="x", rotation=90)
    assert found(drawn) == ""


def test_ticks_beyond_the_limits_and_hidden_axes_are_not_there() -> None:
    drawn, ax = figure()
    ax.set_xticks([0, 0.001, 5], ["near", "very near", "far"])
    ax.set_xlim(4, 6)
    assert found(drawn) == ""
    ax.set_xlim(-1, 1)
    assert "near" in found(drawn)
    ax.set_axis_off()
    assert found(drawn) == ""
