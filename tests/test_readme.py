"""What the README tells an analyst to type works, and what it points to is there."""

import ast
import json
import re
from pathlib import Path

import pandas as pd
import pytest
import yaml

import gfmd_analysis as ga
from gfmd_analysis import Dataset
from gfmd_analysis.documents.notebooks import read_notebook
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
ABOUT_DATA = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
RECIPES = ROOT / "notebooks" / "recipes.ipynb"


def test_the_five_lines_run_and_answer(data: Dataset, monkeypatch, capsys) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len([line for line in code.splitlines() if line.strip()]) <= 5
    monkeypatch.chdir(ROOT)
    exec(code, {})
    shown = capsys.readouterr().out
    fewest = ga.least_discussed(ga.select(data.long(), constituency="states", not_={"role": "troika"}))
    for title in fewest["objective_title"]:
        assert str(title)[:12] in shown


@pytest.mark.parametrize("page", ["README.md", "data/README.md", "figures/README.md"])
def test_links_lead_somewhere(page: str) -> None:
    path = ROOT / page
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    missing = [
        target for target in targets if not target.startswith("https://") and not (path.parent / target).exists()
    ]
    assert missing == []


@pytest.mark.parametrize(
    "name", sorted({*re.findall(r"`((?:figures|data|notebooks|tests|gfmd_analysis)/[\w./-]*)`", README + ABOUT_DATA)})
)
def test_what_it_names_is_there(name: str) -> None:
    assert (ROOT / name).exists(), name


@pytest.mark.parametrize("name", sorted({*re.findall(r"`(\w[\w/]*\.csv)`", ABOUT_DATA)}))
def test_tables_that_the_datas_page_names_are_there(name: str) -> None:
    assert (ROOT / "data" / name).exists() or (ROOT / "data" / "coding" / name).exists(), name


def test_its_findings_are_the_registers_word_for_word(data: Dataset) -> None:
    found = {f"- {text}." for text in ga.claims.register(data)["text"]}
    listed = README.split("**What it finds**")[1].split("**In a hurry?**")[0]
    told = [line for line in listed.splitlines() if line.startswith("- ")]
    assert len(told) >= 3
    assert [line for line in told if line not in found] == [], "take the sentence from figures/claims.csv"


def test_its_numbers_are_the_datas(data: Dataset) -> None:
    assert f"has {len(data.paragraphs)} numbered" in " ".join(README.split())
    (fewer,) = map(int, re.findall(r"from fewer than (\d+) speakers", README))
    assert fewer - 10 < ga.taken_up(data.long())["actor"].nunique() < fewer


def test_the_changes_since_version_1_are_counted_rightly() -> None:
    changed = pd.read_csv(ROOT / "data" / "coding" / "changes_from_version_1.csv")
    told = " ".join(ABOUT_DATA.split())
    assert f"{len(changed)} in all, of which {changed['version_1'].isna().sum()} are new" in told


def test_citation_file_is_yaml_and_of_this_version() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["version"] == ga.__version__
    assert pd.Timestamp(cited["date-released"]) > pd.Timestamp("2021-11-18")


def test_the_commands_are_there() -> None:
    makefile, cli = ((ROOT / name).read_text(encoding="utf-8") for name in ("Makefile", "gfmd_analysis/cli.py"))
    for command in {*re.findall(r"`make (\w+)`", README)}:
        assert re.search(rf"^{command}:", makefile, re.MULTILINE), command
    for command in {*re.findall(r"(?:gfmd|run\.py) ([a-z]+)\b", README)}:
        assert re.search(rf"^def {command}\(", cli, re.MULTILINE), command
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert f"conda activate {environment['name']}" in README


def cells(path: Path) -> list[str]:
    return [cell.source for cell in read_notebook(path).cells if cell.cell_type == "code"]


def test_there_are_fourteen_recipes_each_a_few_lines() -> None:
    headed = re.findall(r"## (\d+)\. ", "\n".join(cell.source for cell in read_notebook(RECIPES).cells))
    assert headed == [str(number) for number in range(1, 15)]
    lines = [
        len([line for line in cell.splitlines() if line and not line.startswith(("import", "from"))])
        for cell in cells(RECIPES)[1:]
    ]
    assert len(lines) == 14
    assert sum(count <= 3 for count in lines) >= 11
    assert max(lines) <= 9


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_what_a_notebook_takes_from_the_face_is_there(path: Path) -> None:
    for cell in cells(path):
        for node in ast.walk(ast.parse(cell)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "ga":
                assert node.attr in ga.__all__, f"ga.{node.attr}"
            if isinstance(node, ast.FunctionDef):
                pytest.fail(f"{node.name}: a function that a second notebook could want belongs in the package")


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("0*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_begins_with_a_question_and_its_answer(path: Path) -> None:
    title, head = json.loads(path.read_text(encoding="utf-8"))["cells"][:2]
    assert "".join(title["source"]).startswith("# ")
    assert "".join(title["source"]).endswith("?")
    assert head["metadata"]["jupyter"]["source_hidden"] is True
    assert "text/markdown" in head["outputs"][0]["data"], "the first thing that it shows is the answer in words"


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("0*.ipynb")), ids=lambda path: path.stem)
def test_no_sentence_is_assembled_in_a_notebook(path: Path) -> None:
    for cell in cells(path):
        assert "Markdown(" not in cell
        assert not re.search(r"f\"\"\"|f'''", cell)
