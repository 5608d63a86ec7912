"""A build works on a copy made at its start: what is saved meanwhile is not in it, is named, and stays."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gfmd_analysis import GfmdError
from gfmd_analysis.documents import processes
from gfmd_analysis.documents.changes import FINDINGS
from gfmd_analysis.documents.snapshot import build

Meanwhile = Callable[[Path], object]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with data, two notebooks and a package, none of which is real."""
    monkeypatch.setenv("GFMD_DATA", str(tmp_path / "data"))
    for name in ("data/t.csv", "notebooks/0.ipynb", "notebooks/1.ipynb", "gfmd_analysis/a.py", "figures/note.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("old", encoding="utf-8")
    return tmp_path


def building(monkeypatch: pytest.MonkeyPatch, meanwhile: Meanwhile) -> None:
    """Let a build draw one figure from its copy of a table and run its notebooks, while something else happens in the project."""

    def drawn(command: list[str], root: Path, **_: str) -> int:
        work = Path(command[3])
        meanwhile(root)
        for name in ("figures", "executed"):
            (work / name).mkdir()
        (work / "figures" / "a.svg").write_bytes((work / "data" / "t.csv").read_bytes())
        for notebook in (work / "notebooks").iterdir():
            (work / "executed" / notebook.name).write_text("new", encoding="utf-8")
        return 0

    monkeypatch.setattr(processes, "run", drawn)


def test_what_is_saved_meanwhile_is_not_in_it_is_named_and_stays(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = [project / "data" / "t.csv", project / "notebooks" / "1.ipynb"]
    building(monkeypatch, lambda root: [path.write_text("mine", encoding="utf-8") for path in saved])
    said = "\n".join(build(accept=True, root=project))
    assert (project / "figures" / "a.svg").read_text(encoding="utf-8") == "old"
    assert [path.read_text(encoding="utf-8") for path in saved] == ["mine", "mine"]
    assert (project / "notebooks" / "0.ipynb").read_text(encoding="utf-8") == "new"
    assert "Saved while this was built" in said
    assert all(path.name in said for path in saved)
    assert (project / "figures" / "note.txt").read_text(encoding="utf-8") == "old"
    assert not (project / ".gfmd" / "work").exists()


def test_a_second_build_is_refused_while_one_runs(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def another(root: Path) -> None:
        with pytest.raises(GfmdError, match="another build"):
            build(root=root)

    building(monkeypatch, another)
    build(root=project)
    assert (project / "figures" / "a.svg").is_file()


@pytest.mark.parametrize("end", [GfmdError("a notebook fails"), KeyboardInterrupt()])
def test_a_build_that_ends_early_changes_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch, end: BaseException
) -> None:
    def stop(root: Path) -> None:
        raise end

    building(monkeypatch, stop)
    with pytest.raises(type(end)):
        build(accept=True, root=project)
    left = {
        path.name: path.read_text(encoding="utf-8")
        for path in project.rglob("*")
        if path.suffix in {".csv", ".ipynb", ".svg"}
    }
    assert left == {"t.csv": "old", "0.ipynb": "old", "1.ipynb": "old"}
    assert not (project / ".gfmd" / "work").exists()


@pytest.mark.parametrize("accept", [False, True])
def test_where_findings_changed_it_says_what_still_shows_the_old_ones(
    accept: bool, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / FINDINGS).parent.mkdir(exist_ok=True)
    (project / FINDINGS).write_text("key,text\na,old\n", encoding="utf-8")

    def found(command: list[str], root: Path, **_: str) -> int:
        made = Path(command[3]) / FINDINGS
        made.parent.mkdir(parents=True)
        made.write_text("key,text\na,new\n", encoding="utf-8")
        (Path(command[3]) / "executed").mkdir()
        return 0

    monkeypatch.setattr(processes, "run", found)
    assert any("still show the findings as stored" in line for line in build(accept=accept, root=project)) is not accept


def test_where_the_environment_is_closed_settings_lie_among_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "var").touch()  # no folder can be made below it
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    folder = Path(processes.own_settings()["MPLCONFIGDIR"]).parent
    assert folder.is_dir() and not folder.is_relative_to(tmp_path)
