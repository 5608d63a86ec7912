"""The notebooks are clean, executed, short, and nbval really sees a changed number and a changed figure."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from gfmd_analysis import GfmdError
from gfmd_analysis.documents.briefing import execute
from tests.conftest import ROOT
from tests.synthetic import write_meetings

NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))


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


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_picture_has_alt_text_and_its_hash(path: Path) -> None:
    pictures = [
        output for cell in code_cells(path) for output in cell["outputs"] if "image/png" in output.get("data", {})
    ]
    assert pictures
    for output in pictures:
        assert output["metadata"]["image/png"]["alt"]
        assert "[SVG sha256 " in "".join(output["data"]["text/plain"])


def nbval(path: Path, **environment: str) -> tuple[int, str]:
    import os

    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "--nbval-current-env",
        "-q",
        "-x",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "--override-ini=addopts=",
        path.name,
    ]
    done = subprocess.run(
        command, cwd=path.parent, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    return Path(shutil.copy(ROOT / "notebooks" / "01_coverage_gaps.ipynb", tmp_path))


def test_a_changed_number_in_the_data_makes_nbval_fail(notebook: Path, package: Path) -> None:
    mentions = package / "mentions.csv"
    mentions.write_text(
        mentions.read_text(encoding="utf-8").replace(
            "FOF-2021-11/024-EGY,12,explicit,substantive", "FOF-2021-11/024-EGY,12,explicit,reference"
        ),
        encoding="utf-8",
    )
    code, said = nbval(notebook, GFMD_DATA=str(package))
    assert code == 1, said


def test_a_changed_picture_makes_nbval_fail(notebook: Path) -> None:
    stored = notebook.read_text(encoding="utf-8")
    digest = re.findall(r"SVG sha256 ([0-9a-f]{16})", stored)[0]
    notebook.write_text(stored.replace(digest, "0" * 16, 1), encoding="utf-8")
    code, said = nbval(notebook)
    assert code == 1, said
    assert digest in said


def ran(*cells: str) -> list[str]:
    """Run cells as a briefing does; gives what each shows."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    text = execute(notebook, ROOT / "notebooks" / "of_this_test.ipynb")
    return [
        "".join(output.get("data", {}).get("text/markdown", "") for output in cell.outputs)
        for cell in nbformat.reads(text, as_version=4).cells
    ]


def test_what_the_data_do_not_hold_is_left_out_and_said_so() -> None:
    refuse = (
        "from gfmd_analysis import NoDataError\ndef ask():\n    raise NoDataError('the data in use hold no practice')\n"
    )
    shown = ran(refuse, "table = ask()", "table.head()", "1 + 1")
    assert shown == [
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
def test_every_other_error_stops_the_briefing(cell: str, said: str) -> None:
    with pytest.raises(GfmdError, match=said):
        ran("1", cell)


@pytest.mark.parametrize("name", ["00_dataset", "03_remittances_and_campaign", "04_practices_and_recommendations"])
def test_notebooks_say_what_another_meeting_lacks(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A meeting without practices, recommendations, numbers or a second coding, as a draft adopted in a hurry is."""
    monkeypatch.setenv("GFMD_DATA", str(write_meetings(tmp_path / "data", 1, 40, first_year=2023)))
    path = ROOT / "notebooks" / f"{name}.ipynb"
    text = execute(nbformat.read(path, as_version=4), path)
    assert "*Left out: " in text
    assert "Traceback" not in text
    assert not any(
        output.output_type == "error"
        for cell in nbformat.reads(text, as_version=4).cells
        for output in cell.get("outputs", [])
    )
