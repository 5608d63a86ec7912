"""The notebooks are clean, executed, short, and nbval really sees a changed number and a changed figure."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from PIL import Image

from gfmd_analysis import GfmdError
from gfmd_analysis.documents.notebooks import execute, kernel, notebooks_in
from tests.conftest import ROOT
from tests.synthetic import write_meetings

NOTEBOOKS = [
    path for path in notebooks_in(ROOT / "notebooks") if path.name[0].isdigit() or path.stem == "recipes"
]  # not the user's own


def code_cells(path: Path) -> list[dict[str, Any]]:
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]


def text(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_executed_short_and_plain(path: Path) -> None:
    cells = code_cells(path)
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    assert len(cells) < 25
    for cell in cells:
        source = text(cell)
        assert source.count("\n") < 12, source
        assert not re.search(r"sys\.path|filterwarnings|simplefilter|;\s*$", source), source
        assert not re.search(r"^\s*#\s*(import|from|\w+\s*=|\w+\()", source, re.MULTILINE), (
            f"commented-out code: {source}"
        )
        assert not any(
            output["output_type"] == "error" or output.get("name") == "stderr" for output in cell["outputs"]
        ), source
    assert "load(" in text(cells[0])
    assert "import" in text(cells[0])


def test_the_projects_own_notebooks_are_linted() -> None:
    for command in (["check"], ["format", "--check"]):
        options = ["--no-cache", *map(str, NOTEBOOKS)]
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, *options], cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_picture_has_alt_text_and_its_hash(path: Path) -> None:
    pictures = [
        output for cell in code_cells(path) for output in cell["outputs"] if "image/png" in output.get("data", {})
    ]
    assert pictures or path.stem in (
        "00_dataset",
        "05_meetings_compared",
    )  # tables; nothing to compare with one meeting
    for output in pictures:
        assert output["metadata"]["image/png"]["alt"]
        assert "[SVG sha256 " in "".join(output["data"]["text/plain"])


def nbval(path: Path, **environment: str) -> tuple[int, str]:
    """Run the cells of a notebook against its outputs, as ``gfmd test`` does."""
    options = ["-q", "-p", "tests.red", "-p", "no:cacheprovider", "-p", "no:xdist", "--override-ini=addopts="]
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", *options, str(path)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def stored_with(notebook: Path, change: Callable[[list[Any]], object]) -> Path:
    """Change what a notebook has stored."""
    content = nbformat.read(notebook, as_version=4)
    change([cell for cell in content.cells if cell.cell_type == "code"])
    nbformat.write(content, notebook)
    return notebook


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Give a notebook of three cells, as it ran: a number, a picture with its hash, a table."""
    drawn = "from IPython.display import display\nfrom PIL import Image\ndisplay(Image.new('RGB', (9, 9), {!r}))"
    cells = [
        "from gfmd_analysis import load\nload().mentions['objective'].nunique()",
        drawn.format("red"),
        "load().meetings",
    ]
    path = tmp_path / "small.ipynb"
    with kernel() as manager:
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        path.write_text(execute(notebook, path, manager), encoding="utf-8")
    return path


def test_an_untouched_notebook_is_green(small: Path) -> None:
    code, said = nbval(small)
    assert code == 0, said


def test_red_names_notebook_and_cell_as_jupyterlab_counts_it_with_old_and_new(small: Path, package: Path) -> None:
    """And puts the pictures side by side."""

    def draw_another(cells: list[Any]) -> None:
        cells[1].source = cells[1].source.replace("red", "blue") + "\nprint('another hash')"

    meetings = package / "meetings.csv"
    meetings.write_text(meetings.read_text(encoding="utf-8").replace("online", "hybrid"), encoding="utf-8")
    code, said = nbval(stored_with(small, draw_another), GFMD_DATA=str(package))
    assert code == 1, said
    assert "small.ipynb, cell [3] shows something else than is stored:" in said
    assert re.search(r"^  - .*online", said, re.MULTILINE)
    assert re.search(r"^  \+ .*hybrid", said, re.MULTILINE)
    assert "accept" in said
    (place,) = set(re.findall(r"Old and new picture: (.*)", said))
    with Image.open(ROOT / place) as sheet:
        assert [sheet.getpixel((x, 4)) for x in (4, sheet.width - 5)] == [(255, 0, 0), (0, 0, 255)]
    (ROOT / place).unlink()


def test_cleared_outputs_are_told_in_words(small: Path) -> None:
    def clear(cells: list[Any]) -> None:
        for cell in cells:
            cell.outputs, cell.execution_count = [], None

    code, said = nbval(stored_with(small, clear))
    assert code == 1
    assert "small.ipynb is stored without outputs (cleared?)" in said


@pytest.fixture(scope="module")
def manager() -> Iterator[Any]:
    """Hold one kernel for the tests that run cells, as a build does for its notebooks."""
    with kernel() as held:
        yield held


def ran(manager: Any, *cells: str) -> list[Any]:
    """Run cells as a briefing does; gives them as they then are."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    text = execute(notebook, ROOT / "notebooks" / "of_this_test.ipynb", manager)
    return list(nbformat.reads(text, as_version=4).cells)


def shown(cell: Any, kind: str = "text/plain") -> str:
    return "".join(output.get("data", {}).get(kind, "") for output in cell.outputs)


def test_what_the_data_do_not_hold_is_left_out_and_said_so(manager: Any) -> None:
    refuse = (
        "from gfmd_analysis import NoDataError\ndef ask():\n    raise NoDataError('the data in use hold no practice')\n"
    )
    cells = ran(manager, refuse, "table = ask()", "table.head()", "1 + 1")
    assert [shown(cell, "text/markdown") for cell in cells] == [
        "",
        "*Left out: the data in use hold no practice.*",
        "*Left out: this needs a part above that was left out.*",
        "",
    ]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("missing_name", "of_this_test.ipynb stops: NameError"),
        ("from gfmd_analysis import GfmdError\nraise GfmdError('wrong')", "of_this_test.ipynb stops: GfmdError: wrong"),
        ("1 / 0", "of_this_test.ipynb stops: ZeroDivisionError"),
    ],
)
def test_every_other_error_stops_the_briefing(manager: Any, cell: str, said: str) -> None:
    with pytest.raises(GfmdError, match=said):
        ran(manager, "1", cell)


def test_a_kernel_that_is_used_again_is_as_a_new_one(manager: Any) -> None:
    ran(
        manager,
        "import pandas as pd, matplotlib as mpl, os\nx = 1\npd.set_option('display.max_rows', 3)\nmpl.rcParams['lines.linewidth'] = 40",
        "import matplotlib.pyplot as plt\nfigure = plt.figure()\nos.chdir('/')\nNone",
        "_ = x",
    )
    asked = "import pandas as pd, matplotlib.pyplot as plt, os\n(pd.get_option('display.max_rows'), plt.rcParams['lines.linewidth'], plt.get_fignums(), os.getcwd(), 'x' in globals())"
    (cell,) = ran(manager, asked)
    assert shown(cell) == f"(60, 1.5, [], {str(ROOT / 'notebooks')!r}, False)"
    assert cell.execution_count == cell.outputs[0].execution_count == 1


@pytest.mark.parametrize("name", ["00_dataset", "03_remittances_and_campaign", "04_practices_and_recommendations"])
def test_notebooks_say_what_another_meeting_lacks(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A meeting without practices, recommendations, numbers or a second coding, as a draft adopted in a hurry is."""
    monkeypatch.setenv("GFMD_DATA", str(write_meetings(tmp_path / "data", 1, 40, first_year=2023)))
    path = ROOT / "notebooks" / f"{name}.ipynb"
    with kernel() as manager:
        text = execute(nbformat.read(path, as_version=4), path, manager)
    assert "*Left out: " in text
    assert "Traceback" not in text
    assert not any(
        output.output_type == "error"
        for cell in nbformat.reads(text, as_version=4).cells
        for output in cell.get("outputs", [])
    )
