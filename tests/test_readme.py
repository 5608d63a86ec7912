"""What the README tells an analyst to type works, and what it points to is there."""

import re
import subprocess
import sys

import pandas as pd
import pytest
import yaml

from gfmd_analysis import Dataset
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_five_lines_run_and_answer(data: Dataset) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len([line for line in code.splitlines() if line.strip()]) <= 5
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert re.search(r"^9 +0$", done.stdout, re.MULTILINE), done.stdout


@pytest.mark.parametrize("page", ["README.md", "data/README.md", "figures/README.md"])
def test_links_lead_somewhere(page: str) -> None:
    path = ROOT / page
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    missing = [
        target for target in targets if not target.startswith("https://") and not (path.parent / target).exists()
    ]
    assert missing == []


@pytest.mark.parametrize("name", re.findall(r"`(figures/briefing/[\w.-]+)`", README))
def test_documents_that_it_names_are_there(name: str) -> None:
    assert list(ROOT.glob(f"{name}*")), name


def test_its_numbers_are_the_datas(data: Dataset) -> None:
    assert f"has {len(data.paragraphs)} numbered" in " ".join(README.split())
    assert f"One meeting, {data.interventions['actor'].nunique()} speakers" in README


def test_citation_file_is_yaml_and_of_this_version() -> None:
    from gfmd_analysis import __version__

    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["version"] == __version__
    assert pd.Timestamp(cited["date-released"]) > pd.Timestamp("2021-11-18")


def test_make_knows_the_commands() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in re.findall(r"make (\w+)", README):
        assert re.search(rf"^{command}:", makefile, re.MULTILINE), command
