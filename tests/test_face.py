"""`import gfmd_analysis as ga` is cheap, and leads everywhere."""

import inspect
import subprocess
import sys

import pytest

import gfmd_analysis as ga
from tests.conftest import ROOT


@pytest.mark.parametrize("name", ga.__all__)
def test_each_name_of_the_face_is_there_and_says_what_it_is(name: str) -> None:
    found = getattr(ga, name)
    assert name in dir(ga)
    assert (inspect.getdoc(found) or "").strip(), f"ga.{name} has no docstring"


def test_the_face_is_as_long_as_a_menu_can_be() -> None:
    assert len(ga.__all__) <= 45


def test_a_measure_takes_the_dataset_for_its_table_and_says_what_to_pass_elsewhere(data: ga.Dataset) -> None:
    assert ga.coverage_table(data, reading="number").equals(ga.coverage_table(long=data.long(), reading="number"))
    assert ga.quantity_table(data).equals(ga.quantity_table(data.quantities))
    with pytest.raises(ga.GfmdError, match=r"edge_table: found the whole dataset; allowed: a table, such as data.long"):
        ga.edge_table(data)
    for call in (ga.claims.register, ga.figures.explorer, ga.practice_table, ga.claims.fewest_speakers):
        with pytest.raises(ga.GfmdError, match=r"found a DataFrame; allowed: the dataset, as ga.load"):
            call(data.long())
    with pytest.raises(TypeError, match="missing 1 required"):
        ga.coverage_table()
    assert next(iter(inspect.signature(ga.coverage_table).parameters)) == "long"


def test_the_gallery_offers_functions_and_not_their_files() -> None:
    drawn = [name for name in dir(ga.figures) if name in ga.figures.__all__]
    assert "coverage" in drawn
    for name in ga.figures.__all__:
        assert callable(getattr(ga.figures, name)), f"ga.figures.{name} is no function"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_of_ours"):
        ga.nothing_of_ours  # noqa: B018
    with pytest.raises(AttributeError, match=r"coverge_table; did you mean coverage_table\?"):
        ga.coverge_table  # noqa: B018
    for name, where in (("draw", "figures"), ("explorer", "figures"), ("answer", "claims"), ("register", "claims")):
        with pytest.raises(AttributeError, match=rf"did you mean ga.{where}.{name}\?"):
            getattr(ga, name)


@pytest.mark.parametrize("wrong", [42, None, "x", [1]])
def test_what_is_no_table_and_no_figure_is_told_at_once(wrong: object, data: ga.Dataset) -> None:
    found, axes = f"found {type(wrong).__name__}; allowed: ", "the axes of a figure, such as ga.figures.draw"
    with pytest.raises(ga.GfmdError, match=rf"coverage_table: {found}a table, such as data.long\(\), or the dataset"):
        ga.coverage_table(wrong)
    for call, allowed in ((ga.select, "a table"), (ga.edge_table, "a table"), (ga.show, axes)):
        with pytest.raises(ga.GfmdError, match=f"{call.__name__}: {found}{allowed}"):
            call(wrong)
    for given in (wrong, data, data.long()):
        with pytest.raises(ga.GfmdError, match=f"save_figure: found .*; allowed: {axes}"):
            ga.save_figure(given, "x")


def seconds(code: str) -> float:
    """Measure the processor time of statements in a Python of their own."""
    timed = f"import time\nstart = time.process_time()\n{code}\nprint(time.process_time() - start)"
    run = subprocess.run([sys.executable, "-c", timed], cwd=ROOT, capture_output=True, text=True, check=True)
    return float(run.stdout)


def test_importing_costs_no_more_than_pandas_and_a_tenth_of_a_second() -> None:
    tries = ((seconds("import gfmd_analysis as ga"), seconds("import pandas")) for _ in range(3))
    assert any(ours <= theirs + 0.1 for ours, theirs in tries)


def test_nothing_is_drawn_or_computed_with_before_it_is_used() -> None:
    code = "import sys, gfmd_analysis as ga; dir(ga); print([name for name in ('pandas', 'matplotlib', 'scipy', 'networkx', 'seaborn') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
