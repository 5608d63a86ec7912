"""The notebooks are clean, executed, short, and nbval really sees a changed number and a changed figure."""

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbval import plugin
from PIL import Image

from gfmd_analysis import GfmdError
from gfmd_analysis.documents.notebooks import execute, kernel, notebooks_in
from tests import red
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


@pytest.fixture(scope="module")
def another(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write another meeting: no practices, recommendations, numbers or second coding, as a draft adopted in a hurry is."""
    return write_meetings(tmp_path_factory.mktemp("another") / "data", 1, 40, first_year=2023)


@pytest.fixture(scope="module")
def manager() -> Iterator[Any]:
    """Hold one kernel for the tests that run cells, as a build does for its notebooks."""
    with kernel() as held:
        yield held


def change_number_and_picture(cells: list[Any]) -> None:
    cells[1].source = cells[1].source.replace("red", "blue") + "\nprint('another hash')"
    for output in cells[2].outputs:
        output["data"] = {kind: shown.replace("online", "hybrid") for kind, shown in output["data"].items()}


def clear(cells: list[Any]) -> None:
    for cell in cells:
        cell.outputs, cell.execution_count = [], None


@pytest.fixture(scope="module")
def said(manager: Any, another: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, str]:
    """Check three copies of a notebook of a number, a picture and a table as ``gfmd test`` does: as it ran, changed and cleared.

    In this process, and in the kernel that is here already: to start others took four seconds. The data in use are another meeting's.
    """
    cells = [
        "import pandas as pd\nmeetings = pd.DataFrame({'mode': ['online']})\nlen(meetings)",
        "from IPython.display import display\nfrom PIL import Image\ndisplay(Image.new('RGB', (9, 9), 'red'))",
        "meetings",
    ]
    folder = tmp_path_factory.mktemp("notebooks")
    stored = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    text = execute(stored, folder / "untouched.ipynb", manager)
    for name, change in (("untouched", list), ("changed", change_number_and_picture), ("cleared", clear)):
        notebook = nbformat.reads(text, as_version=4)
        change(notebook.cells)
        nbformat.write(notebook, folder / f"{name}.ipynb")
    lent = plugin.RunningKernel.__new__(plugin.RunningKernel)
    lent.km, lent.kc = manager, manager.client()
    lent.kc.start_channels()
    lent._ensure_iopub_up()
    lent.stop = lent.kc.stop_channels
    without = [part for name in ("cacheprovider", "xdist", "faulthandler") for part in ("-p", f"no:{name}")]
    options = ["-rA", "-q", "--capture=no", "--override-ini=addopts=", *without, "-p", "tests.red"]
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()) as told:
        patch.setenv("GFMD_DATA", str(another))
        patch.setattr(red, "PICTURES", ROOT / "differences of tests")
        patch.setattr(plugin, "RunningKernel", lambda *_, **__: lent)
        for method in ("setup", "teardown"):  # which red changes: they are put back
            patch.setattr(plugin.IPyNbFile, method, getattr(plugin.IPyNbFile, method))
        code = pytest.main(["--nbval", "--nbval-current-env", *options, str(folder)])
    return code, told.getvalue()


def test_an_untouched_notebook_is_green(said: tuple[int, str]) -> None:
    assert re.findall(r"^(\w+) .*untouched\.ipynb::Cell (\d)", said[1], re.MULTILINE) == [
        ("PASSED", str(number)) for number in range(3)
    ]


def test_red_names_notebook_and_cell_as_jupyterlab_counts_it_with_old_and_new(said: tuple[int, str]) -> None:
    """And puts the pictures side by side."""
    code, text = said
    assert code == 1, text
    assert "changed.ipynb, cell [2] shows something else than is stored:" in text
    assert "changed.ipynb, cell [3] shows something else than is stored:" in text
    assert re.search(r"^  - 0 \| hybrid$", text, re.MULTILINE)  # the row of the table
    assert re.search(r"^  \+ 0 \| online$", text, re.MULTILINE)
    assert "Findings, as committed → now:" in text  # those of another meeting
    assert "Where what is new is right, store it: python run.py accept" in text
    (place,) = set(re.findall(r"Old and new picture: (.*)", text))
    with Image.open(ROOT / place) as sheet:
        assert [sheet.getpixel((x, 4)) for x in (4, sheet.width - 5)] == [(255, 0, 0), (0, 0, 255)]
    (ROOT / place).unlink()
    (ROOT / place).parent.rmdir()


def test_cleared_outputs_are_told_in_words(said: tuple[int, str]) -> None:
    assert "cleared.ipynb is stored without outputs (cleared?)" in said[1]


def ran(manager: Any, *cells: str) -> list[Any]:
    """Run cells as a briefing does; gives them as they then are."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    text = execute(notebook, ROOT / "notebooks" / "of_this_test.ipynb", manager)
    return list(nbformat.reads(text, as_version=4).cells)


def shown(cell: Any, kind: str = "text/plain") -> str:
    return "".join(output.get("data", {}).get(kind, "") for output in cell.outputs)


REFUSE = "from gfmd_analysis import NoDataError\ndef ask():\n    raise NoDataError('the data in use hold no practice')"


def test_what_the_data_do_not_hold_is_left_out_and_said_so(manager: Any) -> None:
    cells = ran(manager, REFUSE, "table = ask()", "table.head()", "1 + 1")
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
        (f"{REFUSE}\n---\nask()\n---\n1 / 0", "of_this_test.ipynb stops: ZeroDivisionError"),
    ],
    ids=["a name that nothing gave", "what the user can mend", "after a part that was left out"],
)
def test_every_other_error_stops_the_briefing(manager: Any, cell: str, said: str) -> None:
    with pytest.raises(GfmdError, match=said):
        ran(manager, *cell.split("\n---\n"))


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


@pytest.fixture(scope="module")
def lacking(manager: Any, another: Path) -> Iterator[Any]:
    """Hold the kernel with another meeting."""
    ran(manager, f"import os\nos.environ['GFMD_DATA'] = {str(another)!r}")
    yield manager
    ran(manager, "import os\ndel os.environ['GFMD_DATA']")


@pytest.mark.parametrize("name", ["00_dataset", "03_remittances_and_campaign", "04_practices_and_recommendations"])
def test_notebooks_say_what_another_meeting_lacks(name: str, lacking: Any) -> None:
    path = ROOT / "notebooks" / f"{name}.ipynb"
    text = execute(nbformat.read(path, as_version=4), path, lacking)
    assert "*Left out: " in text
    assert "Traceback" not in text
    assert not any(
        output.output_type == "error"
        for cell in nbformat.reads(text, as_version=4).cells
        for output in cell.get("outputs", [])
    )
