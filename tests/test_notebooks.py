"""The notebooks are clean, executed, short, and nbval really sees a changed number and a changed figure."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

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
