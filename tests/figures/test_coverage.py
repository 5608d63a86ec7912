"""The figures say what the tables say, fit their paper, and change their hash when a number changes."""

import hashlib
from collections.abc import Callable

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.text import Text

from gfmd_analysis import Dataset, GfmdError, NoDataError
from gfmd_analysis.coverage import counts as measures
from gfmd_analysis.coverage import uncertainty
from gfmd_analysis.coverage.counts import compare_lists
from gfmd_analysis.dataset.citing import report_titles, scope_line
from gfmd_analysis.dataset.describe import speaker_counts
from gfmd_analysis.figures import coverage as certainty
from gfmd_analysis.figures import coverage as figures
from gfmd_analysis.figures.coverage import words_by_section
from gfmd_analysis.figures.display import render, save_figure
from gfmd_analysis.figures.style import anatomy, cm

SMALLEST = 8.0
LISTS = ("would be\nleft out", "needs\nmore")
Draw = Callable[[pd.DataFrame], Axes]


def lists_of(long: pd.DataFrame) -> pd.DataFrame:
    lists = dict(zip(LISTS, (measures.flagged(long, 53), measures.flagged(long, 61)), strict=True))
    return compare_lists(measures.coverage(long), lists)


def choices_of(long: pd.DataFrame) -> Axes:
    least = measures.least_discussed(measures.coverage(long))
    return certainty.ranks_under_choices(measures.rank_sensitivity(long, "actors"), least)


FIGURES: dict[str, Draw] = {
    "coverage_ranking": lambda long: figures.coverage_ranking(measures.coverage(long)),
    "by constituency": lambda long: figures.objective_matrix(measures.coverage_matrix(long), "constituency"),
    "by type": lambda long: figures.objective_matrix(measures.coverage_matrix(long, "actor_type"), "type of actor"),
    "attention_places": lambda long: figures.coverage_by_setting(measures.coverage_by_setting(long)),
    "lists_compared": lambda long: figures.lists_compared(lists_of(long), LISTS),
    "rank_intervals": lambda long: certainty.rank_intervals(uncertainty.rank_intervals(long, draws=300)),
    "even_attention": lambda long: certainty.uniform_attention(uncertainty.uniform_attention(long)),
    "ranks_under_choices": choices_of,
    "words_by_section": lambda long: words_by_section(speaker_counts(long, ["section", "constituency"])),
}
each_figure = pytest.mark.parametrize("draw", FIGURES.values(), ids=list(FIGURES))


@pytest.fixture(scope="module")
def long(data: Dataset) -> pd.DataFrame:
    return data.long()


@pytest.fixture(autouse=True)
def closed() -> object:
    yield
    plt.close("all")


def texts(ax: Axes) -> list[Text]:
    found = ax.figure.findobj(lambda artist: isinstance(artist, Text) and artist.get_visible() and artist.get_text())
    low, high = sorted(ax.get_xlim())
    beyond = {tick.label1 for tick in ax.xaxis.get_major_ticks() if not low <= tick.get_loc() <= high}  # never drawn
    return [text for text in found if text not in beyond]


def digest(ax: Axes) -> str:
    return hashlib.sha256(render(ax.figure, "svg")).hexdigest()


def said(ax: Axes) -> str:
    words = anatomy(ax.figure)
    return f"{words.title} {words.subtitle} {words.alt}"


@each_figure
def test_texts_are_large_enough_inside_the_paper_and_off_each_other(draw: Draw, long: pd.DataFrame) -> None:
    ax = draw(long)
    assert ax.figure.get_figwidth() == pytest.approx(cm(16))
    ax.figure.draw_without_rendering()
    shown = texts(ax)
    boxes = [text.get_window_extent() for text in shown]
    for text, box in zip(shown, boxes, strict=True):
        assert text.get_fontsize() >= SMALLEST, text
        assert box.x0 >= -0.5, text
        assert box.y0 >= -0.5, text
        assert box.x1 <= ax.figure.bbox.x1 + 0.5, text
        assert box.y1 <= ax.figure.bbox.y1 + 0.5, text
    for i, one in enumerate(boxes):
        for j, two in enumerate(boxes[i + 1 :], i + 1):
            across = min(one.x1, two.x1) - max(one.x0, two.x0)
            down = min(one.y1, two.y1) - max(one.y0, two.y0)
            assert across < 1 or down < 3, (shown[i].get_text(), shown[j].get_text())


def test_a_figure_can_be_one_of_several(long: pd.DataFrame) -> None:
    _, (left, right) = plt.subplots(1, 2, figsize=(12, 8), layout="constrained")
    assert figures.coverage_ranking(measures.coverage(long), ax=left) is left
    assert figures.coverage_by_setting(measures.coverage_by_setting(long), ax=right) is right


@each_figure
def test_a_changed_number_gives_another_hash(draw: Draw, long: pd.DataFrame) -> None:
    changed = long[~((long["objective"] == 12) & (long["actor"] == "EGY"))].copy()
    changed.loc[changed["section"] == "closing", "words_once"] += 1
    assert digest(draw(changed)) != digest(draw(long))


@pytest.mark.parametrize("name", ["by type", "lists_compared", "rank_intervals"])
def test_the_same_data_in_another_order_give_the_same_hash(name: str, long: pd.DataFrame) -> None:
    assert digest(FIGURES[name](long.sample(frac=1, random_state=5))) == digest(FIGURES[name](long))


@pytest.mark.parametrize(("name", "seen"), [("coverage_ranking", True), ("lists_compared", True), ("by type", False)])
def test_one_engagement_recoded_is_seen_where_it_counts(name: str, seen: bool, long: pd.DataFrame) -> None:
    recoded = long.copy()
    recoded.loc[recoded["objective"] == 12, "engagement"] = "reference"
    assert (digest(FIGURES[name](long)) != digest(FIGURES[name](recoded))) == seen


def test_the_hash_is_the_one_that_a_notebook_shows(long: pd.DataFrame) -> None:
    ranking = FIGURES["coverage_ranking"]
    settled = ranking(long)
    settled.figure.draw_without_rendering()
    settled.figure.set_layout_engine(None)
    first = digest(settled)
    assert save_figure(ranking(long), "x").digest == first
    assert first[:16] in repr(save_figure(ranking(long), "x"))


@each_figure
def test_a_meeting_where_one_actor_spoke_can_be_drawn_and_no_setting_changes(draw: Draw, long: pd.DataFrame) -> None:
    before = dict(mpl.rcParams)
    few = long[long["actor"] == "EGY"]
    if draw is FIGURES["lists_compared"]:
        with pytest.raises(NoDataError, match="no list of objectives"):
            draw(few)
        few = few.dropna(subset=["objective"]).assign(engagement="reference", paragraph=53)
    assert said(draw(few))
    assert dict(mpl.rcParams) == before
    assert len(plt.get_fignums()) == 1


def test_titles_are_the_findings(long: pd.DataFrame) -> None:
    expected = {
        "coverage_ranking": "Objective 9 was only named, never spoken to; objectives 3, 4, 8, 12 and 14",
        "by constituency": "mentioned none of objectives 3, 4, 8, 9, 10, 11 and 14",
        "lists_compared": "Neither list names objectives 3, 4 and 12",
        "rank_intervals": "Objectives 3, 4 and 9 are among the eight objectives least discussed",
        "even_attention": "why objectives 3 and 12 got so little and objectives 15 and 23 so much",
        "ranks_under_choices": "Objectives 3, 4, 9 and 12 stay among the eight objectives least mentioned",
    }
    for name, finding in expected.items():
        assert finding in said(FIGURES[name](long)), name


def test_titles_follow_the_data_and_not_the_meeting(long: pd.DataFrame) -> None:
    silent = long[long["objective"] != 9]
    assert "Objective 9 was not mentioned" in said(FIGURES["coverage_ranking"](silent))
    nobody = pd.concat([long, long.assign(actor=long["actor"] + "2", intervention=long["intervention"] + "2")])
    assert "Every" not in said(FIGURES["coverage_ranking"](nobody))
    assert "by one actor" not in said(FIGURES["coverage_ranking"](nobody))


def test_the_matrix_prints_every_count_and_the_totals(long: pd.DataFrame) -> None:
    matrix = measures.coverage_matrix(long)
    ax = figures.objective_matrix(matrix, "constituency")
    inside = [int(text.get_text()) for text in ax.texts]
    assert sorted(inside) == sorted(
        [
            *(int(value) for value in matrix.to_numpy().ravel() if value),
            *matrix.sum(),
            *matrix.sum(axis=1),
            matrix.to_numpy().sum(),
        ]
    )


def test_a_table_of_another_kind_is_refused(long: pd.DataFrame) -> None:
    for draw in (
        figures.coverage_ranking,
        figures.coverage_by_setting,
        certainty.rank_intervals,
        certainty.uniform_attention,
    ):
        with pytest.raises(GfmdError, match="the table has no column"):
            draw(long[["actor"]])


def test_occasion_and_source_name_the_meeting(data: Dataset) -> None:
    assert scope_line(data) == "18 November 2021, 28 speakers"
    assert report_titles(data).startswith("Meeting of the GFMD Friends of the Forum, 18 November 2021")
