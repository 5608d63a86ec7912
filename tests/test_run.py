"""``run.py``: the environment knows where, with which Python and from what it was made, and is made by one at a time."""

import ast
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT


def run_py_of(root: Path) -> ModuleType:
    """Load ``run.py`` as it lies in a folder."""
    spec = importlib.util.spec_from_file_location("run_of_a_test", root / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a folder with what ``run.py`` reads, and an environment that it takes for made."""
    root = tmp_path / "project"
    root.mkdir()
    for name in ("run.py", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, root)
    run = run_py_of(root)
    run.PYTHON.parent.mkdir(parents=True)
    run.PYTHON.write_text("")
    run.MARK.write_text(json.dumps({**run.wanted(), "with": sys.executable}))
    assert run.ready()
    return root


def test_it_needs_nothing_but_the_standard_library() -> None:
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"))
    names = {
        (node.module if isinstance(node, ast.ImportFrom) else alias.name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert names <= sys.stdlib_module_names


def test_a_copied_or_moved_environment_is_made_anew(project: Path) -> None:
    copy = Path(shutil.copytree(project, project.with_name("copy")))
    assert not run_py_of(copy).ready()
    moved = project.rename(project.with_name("moved"))
    assert not run_py_of(moved).ready()


def test_the_python_of_a_copied_environment_finds_the_copys_package(project: Path) -> None:
    packages = project / ".venv" / "lib" / "python3" / "site-packages"
    packages.mkdir(parents=True)
    (packages / "gfmd_analysis.pth").write_text(f"{project}\n")
    run_py_of(project).point_here()
    (project / "gfmd_analysis").mkdir()
    (project / "gfmd_analysis" / "__init__.py").write_text("")
    copy = Path(shutil.copytree(project, project.with_name("copie d'été")))
    ask = (
        "import site, sys; site.addsitedir(sys.argv[1]); import gfmd_analysis; print(ascii(gfmd_analysis.__path__[0]))"
    )
    for root in (project, copy):
        place = str(packages.relative_to(project))
        done = subprocess.run(
            [sys.executable, "-S", "-c", ask, str(root / place)],
            capture_output=True,
            text=True,
            check=True,
            env={},
            cwd=project.anchor,
        )
        assert Path(ast.literal_eval(done.stdout)).resolve() == (root / "gfmd_analysis").resolve()


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements.lock"])
def test_an_environment_of_other_packages_is_made_anew(project: Path, name: str) -> None:
    (project / name).write_text("other")
    assert not run_py_of(project).ready()


def test_an_environment_whose_python_is_gone_or_not_the_one_named_is_made_anew(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_py_of(project)
    monkeypatch.setenv("PYTHON", "/another/python3")
    assert not run.ready()
    monkeypatch.delenv("PYTHON")
    run.PYTHON.unlink()
    assert not run.ready()


def test_two_makings_wait_for_each_other(project: Path) -> None:
    run = run_py_of(project)
    run.MARK.unlink()
    code = "import run; run.make = lambda: run.MARK.write_text('{}'); run.run = lambda a: print('made'); run.main()"
    with run.alone():
        second = subprocess.Popen(
            [sys.executable, "-c", code], cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert second.stderr is not None
        assert "waiting for it" in second.stderr.readline()
        assert second.poll() is None
    said, _ = second.communicate(timeout=20)
    assert said.strip() == "made"


def test_a_python_that_is_too_old_is_refused_in_words(project: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHON": str(tmp_path / "python2")}
    (project / ".venv" / ".ready").unlink()
    done = subprocess.run(
        [sys.executable, "run.py", "test"], cwd=project, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "no Python 3.11 or newer was found" in done.stderr
    assert "Traceback" not in done.stderr


def test_make_and_run_py_know_the_same_commands() -> None:
    run = run_py_of(ROOT)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    from gfmd_analysis.cli import app

    of_gfmd = {command.callback.__name__ for command in app.registered_commands if command.callback}
    targets = set(
        next(line for line in makefile.splitlines() if line.endswith("lock:") and " test " in line)[:-1].split()
    )
    assert targets <= of_gfmd | set(run.COMMANDS) | {"lock"}
    assert targets >= {"briefing", "test", "lab", "report", "accept", "torture", "bench", "lock"}
