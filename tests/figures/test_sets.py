"""The nine figures fit their paper in three languages, say what the tables say, and are the same on every run."""

import hashlib
import inspect
import re
import time

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.text import Text

import gfmd_analysis.figures as figures
from gfmd_analysis import Dataset, GfmdError, NoDataError
from gfmd_analysis.coverage.counts import taken_up
from gfmd_analysis.coverage.uncertainty import rank_intervals
from gfmd_analysis.dataset.tables import rows_of
from gfmd_analysis.figures._files import render, settle
from gfmd_analysis.figures._legibility import _texts, faults
from gfmd_analysis.figures._lettering import TEXT_SIZE
from gfmd_analysis.figures.sets import BRIEFING
from gfmd_analysis.figures.style import SHORT_ALT, TITLE_LINES, TITLE_SIZE, cm, words_of
from gfmd_analysis.networks.edges import edge_table
from gfmd_analysis.networks.null_models import pair_tests
from gfmd_analysis.networks.stated import stated_links
from gfmd_analysis.quantities.metrics import remittance_levels
from gfmd_analysis.quantities.wording import phrase

LOCALES = ("en", "fr", "es")
BY_OBJECTIVE = ("coverage", "constituencies_objectives", "speakers_objectives", "actor_objective_network")
ON_MENTIONS = (*BY_OBJECTIVE, "practices_by_region")
every = pytest.mark.parametrize("name", BRIEFING)


PLAIN = "A title, so that no finding is computed"
DRAWN: dict[tuple[str, int, str, str], Figure] = {}


def table_of(name: str, data: Dataset) -> pd.DataFrame:
    return BRIEFING[name][1](data, set(range(1, 24)))[0]


def drawn(name: str, data: Dataset, locale: str = "en", **selection: object) -> Figure:
    """Draw a figure with its finding and lay it out, once for all tests that look at it and change nothing."""
    key = (name, id(data), locale, str(selection))
    if key not in DRAWN:
        DRAWN[key] = figures.draw(name, data, locale=locale, **selection).figure
        settle(DRAWN[key])
    return DRAWN[key]


DIGESTS: dict[tuple[str, int], str] = {}


def digest(name: str, data: Dataset) -> str:
    """Draw a figure under a title of one's own and take the sum of its SVG, once for each dataset."""
    if (name, id(data)) not in DIGESTS:
        ax = figures.draw(name, data, title=PLAIN)
        DIGESTS[name, id(data)] = hashlib.sha256(render(ax.figure, "svg")).hexdigest()
        plt.close(ax.figure)
    return DIGESTS[name, id(data)]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_description_says_the_same_decline_as_the_picture(locale: str, whole: Dataset) -> None:
    levels = remittance_levels(whole.quantities).set_index("level")
    rates = [phrase(row.stated, row.unit, row.bound, locale) for row in rows_of(levels.loc[["decline", "growth"]])]
    told = words_of(drawn("remittances", whole, locale)).description
    assert all(rate in told for rate in rates), told


@pytest.mark.parametrize("locale", LOCALES)
@every
def test_a_figure_fits_its_paper_and_can_be_read(name: str, locale: str, whole: Dataset) -> None:
    figure = drawn(name, whole, locale)
    assert figure.get_figwidth() == pytest.approx(cm(16))
    assert figure.get_figheight() <= cm(15 if name in BY_OBJECTIVE else 11) + 1e-9
    assert min(text.get_fontsize() for text in _texts(figure) if text.get_text()) >= TEXT_SIZE
    assert not faults(figure)
    words = words_of(figure)
    assert words.title[-1] in ".?!…" and not words.title.endswith("..")
    assert 20 < len(words.alt) <= SHORT_ALT
    assert words.alt.endswith((".", "?", "!"))
    assert len([text for text in figure.texts if text.get_fontsize() == TITLE_SIZE]) <= TITLE_LINES
    assert any(character.isdigit() for character in words.description)
    assert words.subtitle and words.source and words.locale == locale


@pytest.mark.parametrize("form", ["svg", "pdf"])
@every
def test_a_figure_has_the_same_bytes_on_every_run_in_every_format(name: str, form: str, whole: Dataset) -> None:
    again = figures.draw(name, whole).figure
    settle(again)
    assert render(again, form) == render(drawn(name, whole), form)


@every
def test_another_language_is_another_figure_and_its_own_words_are_not_english(name: str, whole: Dataset) -> None:
    english, spanish = (words_of(drawn(name, whole, locale)) for locale in ("en", "es"))
    assert english.note != spanish.note
    assert english.subtitle != spanish.subtitle


@pytest.mark.parametrize("name", ON_MENTIONS)
def test_a_figure_of_a_selection_says_so_and_draws_less(name: str, whole: Dataset) -> None:
    part = drawn(name, whole, section="RT3")
    assert "oundtable 3" in f"{words_of(part).title} {words_of(part).subtitle}"
    assert len(words_of(part).description) < len(words_of(drawn(name, whole)).description)
    assert len(part.findobj(Artist)) < len(drawn(name, whole).findobj(Artist))
    assert not faults(part)


@pytest.mark.parametrize(
    "selection",
    [{"objective": 13}, {"constituency": "states"}, {"actor": "EGY"}, {"section": "RT1"}, {"roundtable": "RT4"}],
    ids=str,
)
def test_any_objective_constituency_and_speaker_can_be_drawn(selection: dict[str, object], whole: Dataset) -> None:
    for name in BY_OBJECTIVE:
        figure = drawn(name, whole, **selection)
        assert not faults(figure), name
        words = words_of(figure)
        assert 20 < len(words.alt) <= SHORT_ALT
        assert "…" not in words.alt


def test_a_roundtables_figure_tells_its_own_objectives_alone(whole: Dataset) -> None:
    owned = whole.objectives.loc[whole.objectives["roundtable"] == "RT2", "objective"].astype(int)
    words = words_of(drawn("coverage", whole, roundtable="RT2"))
    told = [int(part.split()[0]) for part in words.description.split(". ")]
    assert told == sorted(owned)


def test_without_a_finding_the_title_says_what_is_shown_and_for_whom(whole: Dataset) -> None:
    ax = figures.coverage(table_of("coverage", whole), scope="Youth")
    assert words_of(ax.figure).title.startswith("Youth. ")
    assert words_of(ax.figure).subtitle == ""


def test_constituencies_are_told_by_marks_as_well_as_colours(whole: Dataset) -> None:
    (ax,) = drawn("actor_objective_network", whole).axes
    handles = ax.get_legend().legend_handles
    assert len({str(handle.get_marker()) for handle in handles}) == len(handles) > 2


def test_a_figure_of_one_objective_shows_no_gap_of_another(whole: Dataset) -> None:
    for name in BY_OBJECTIVE[:3]:
        (ax,) = drawn(name, whole, objective=13).axes
        assert [label.get_text().split()[0] for label in ax.get_yticklabels()] == ["13"], name


@pytest.fixture(scope="module")
def shuffled(whole: Dataset) -> Dataset:
    return Dataset({name: table.sample(frac=1, random_state=3) for name, table in whole.tables.items()})


@every
def test_the_same_data_in_another_order_give_the_same_figure(name: str, whole: Dataset, shuffled: Dataset) -> None:
    assert digest(name, shuffled) == digest(name, whole)


def rows_shown(name: str, data: Dataset, locale: str) -> int:
    told = words_of(drawn(name, data, locale)).description
    return len(re.findall(r"\b[Pp]\w+\. \d", told))  # each row cites its paragraphs


def test_every_language_shows_the_same_dates(data: Dataset) -> None:
    assert len({rows_shown("road_to_imrf", data, locale) for locale in LOCALES}) == 1


@pytest.mark.parametrize("locale", LOCALES)
def test_demands_with_equal_support_are_shown_together(locale: str, data: Dataset) -> None:
    support = [number for number in table_of("shared_recommendations", data)["supporters"] if number > 1]
    shown = rows_shown("shared_recommendations", data, locale)
    assert len({*support[: shown + 1]}) == 1 or support[shown - 1 : shown] != support[shown : shown + 1]


@pytest.fixture(scope="module")
def recoded(whole: Dataset) -> Dataset:
    mentions = whole.mentions.copy()
    mentions.loc[(mentions["objective"] == 15) & (mentions["engagement"] == "substantive"), "engagement"] = "passing"
    return Dataset(dict(whole.tables) | {"mentions": mentions})


@pytest.mark.parametrize("name", BY_OBJECTIVE)
def test_a_mention_that_is_recoded_is_seen(name: str, whole: Dataset, recoded: Dataset) -> None:
    assert digest(name, recoded) != digest(name, whole)


def test_a_title_of_ones_own_stands_in_its_place_and_the_file_keeps_its_settings(whole: Dataset) -> None:
    before = dict(mpl.rcParams)
    ax = figures.draw("coverage", whole, title="What I make of it")
    assert words_of(ax.figure).title == "What I make of it"
    assert dict(mpl.rcParams) == before


@every
def test_a_figure_can_be_drawn_on_axes_that_are_given(name: str, whole: Dataset) -> None:
    table, context, _ = BRIEFING[name][1](whole, set(range(1, 24)))
    _, ax = plt.subplots(figsize=(8, 8), layout="constrained")
    assert getattr(figures, name)(table, **context, ax=ax) is ax


def test_the_annex_can_be_read_too(whole: Dataset) -> None:
    edges = edge_table(taken_up(whole.long()))
    tested, links = pair_tests(edges, samples=50), stated_links(whole.objective_links, whole.interventions)
    for locale in LOCALES:
        for ax in (
            figures.rank_intervals(rank_intervals(whole.long(), draws=20), locale=locale),
            figures.objective_links(tested, links, locale=locale),
        ):
            settle(ax.figure)
            assert not faults(ax.figure)
            assert ax.figure.get_figheight() <= cm(15) + 1e-9


def test_nothing_to_draw_and_an_unknown_name_are_one_clear_error(whole: Dataset) -> None:
    with pytest.raises(GfmdError, match="did you mean 'coverage'"):
        figures.draw("covrage", whole)
    silent = whole.actors.loc[~whole.actors["actor"].isin(whole.interventions["actor"]), "actor"].iloc[0]
    with pytest.raises(NoDataError, match="nothing was said in this selection"):
        figures.draw("coverage", whole, actor=silent)
    with pytest.raises(GfmdError, match="no column"):
        figures.coverage(whole.actors)
    levels = table_of("actor_objective_network", whole)
    for draw in (figures.actor_objective_network, figures.speakers_objectives):
        with pytest.raises(NoDataError):
            draw(levels.iloc[:0])
    due = table_of("road_to_imrf", whole)
    with pytest.raises(NoDataError, match="no dated decision due"):
        figures.road_to_imrf(due[due["precision"] == "undated"])


def test_a_wrong_word_or_the_whole_dataset_is_answered_with_what_to_pass(whole: Dataset) -> None:
    table = table_of("coverage", whole)
    with pytest.raises(GfmdError, match="found 'titel'; did you mean 'title'"):
        figures.coverage(table, titel="x")  # type: ignore[call-arg]
    with pytest.raises(GfmdError, match=r"ga.figures.draw.'coverage', data"):
        figures.coverage(whole)  # type: ignore[arg-type]
    with pytest.raises(GfmdError, match="found a DataFrame; allowed: the dataset"):
        figures.draw("coverage", whole.long())


def test_a_sections_figure_shows_its_own_objectives_and_those_touched_there(whole: Dataset) -> None:
    there = whole.long()[lambda rows: rows["section"] == "RT3"]
    own = set(whole.objectives.loc[whole.objectives["roundtable"] == "RT3", "objective"].astype(int))
    named = set(there.loc[there["engagement"] != "reference", "objective"].dropna().astype(int))
    for name in BY_OBJECTIVE[:3]:
        (ax,) = drawn(name, whole, section="RT3").axes
        shown = {int(label.get_text().split()[0]) for label in ax.get_yticklabels()}
        assert own | named <= shown, name
        assert len(shown) < len(whole.objectives), name


def test_every_parameter_of_a_figure_is_told_and_the_last_five_are_the_same() -> None:
    for name in figures.__all__:
        function = getattr(figures, name)
        parameters = list(inspect.signature(function).parameters)
        told = inspect.getdoc(function) or ""
        assert all(
            f"\n{parameter}" in told or f", {parameter}" in told for parameter in parameters if parameter != "selection"
        ), name
        if name not in ("draw", "explorer"):
            assert parameters[-5:] == ["title", "scope", "source", "locale", "ax"], name
            assert function.__name__ == name


def test_the_network_shows_every_tie_and_no_chair(whole: Dataset) -> None:
    levels = table_of("actor_objective_network", whole)
    (ax,) = drawn("actor_objective_network", whole).axes
    own = levels[levels["level"].isin(["number", "subject"])]
    assert len(ax.patches) == len(own)
    written = {text.get_text().replace("\n", " ") for text in ax.findobj(Text)}
    assert set(own["actor_name"].astype(str)) <= written


def test_bars_of_coverage_are_as_long_as_the_counts(whole: Dataset) -> None:
    table, (ax,) = table_of("coverage", whole), drawn("coverage", whole).axes
    widths = sum(patch.get_width() for patch in ax.patches)
    assert widths == table[["by_number", "by_subject", "passing"]].to_numpy().sum()


def test_a_figure_is_drawn_in_less_than_two_seconds_on_a_slow_machine(whole: Dataset) -> None:
    drawn("coverage", whole)  # fonts are read, libraries imported
    started = time.process_time()
    ax = figures.coverage(table_of("coverage", whole))
    settle(ax.figure)
    for form in ("svg", "pdf"):
        render(ax.figure, form)
    assert time.process_time() - started < 2


def test_what_an_analyst_mistakes_is_answered_with_what_to_write(data: Dataset) -> None:
    with pytest.raises(GfmdError, match="did you mean locale='fr'"):
        figures.draw("coverage", data, language="fr")
    with pytest.raises(GfmdError, match="found a Dataset first; allowed: a name") as refused:
        figures.draw(data, "coverage")  # type: ignore[arg-type]
    assert len(str(refused.value)) < 150
