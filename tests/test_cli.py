"""``gfmd`` works on the copy that it belongs to, and what goes wrong is said in one message."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from gfmd_analysis import GfmdError, cli
from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, schema
from gfmd_analysis.dataset.writing import write_package
from gfmd_analysis.documents.processes import run
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    read = {"dtype": "str", "keep_default_na": False}
    return {name: pd.read_csv(DEFAULT_FOLDER / schema()[name].path, **read) for name in ("meetings", "roundtables")}


def said_at_the_end(monkeypatch: pytest.MonkeyPatch, folder: Path, *arguments: str) -> object:
    """Call ``gfmd`` in a folder; gives its exit code, which is a text where it says why it ends."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", [str(ROOT / "gfmd"), *arguments])
    with pytest.raises(SystemExit) as end:
        cli.main()
    return end.value.code


def test_a_copy_is_refused_by_the_gfmd_of_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gfmd_analysis").mkdir()
    shutil.copy(ROOT / "gfmd_analysis" / "cli.py", tmp_path / "gfmd_analysis")
    (tmp_path / "notebooks").mkdir()
    for folder in (tmp_path, tmp_path / "notebooks"):
        said = str(said_at_the_end(monkeypatch, folder, "validate"))
        assert str(ROOT) in said
        assert str(tmp_path) in said
    assert said_at_the_end(monkeypatch, tmp_path.parent, "--help") == 0


def test_a_copied_command_is_refused_wherever_it_is_called(tmp_path: Path) -> None:
    copy, elsewhere = tmp_path / "copy", tmp_path / "elsewhere"
    for folder in (copy / "gfmd_analysis", copy / ".venv" / "bin", elsewhere):
        folder.mkdir(parents=True)
    shutil.copy(ROOT / "gfmd_analysis" / "cli.py", copy / "gfmd_analysis")
    script = copy / ".venv" / "bin" / "gfmd"  # as pip writes it: it names the Python that it was made for
    script.write_text("import sys\nfrom gfmd_analysis.cli import main\nsys.exit(main())\n")
    command, environment = [sys.executable, "-P", str(script), "validate"], {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=elsewhere, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert str(copy) in done.stderr
    assert "run.py" in done.stderr


def target(kind: str, folder: Path) -> Path:
    match kind:
        case "link that leads nowhere":
            (folder / "link").symlink_to(folder / "nowhere")
            return folder / "link"
        case "a file":
            (folder / "file").write_text("mine")
            return folder / "file"
        case "below a file":
            (folder / "file").write_text("mine")
            return folder / "file" / "below"
        case "a full folder":
            (folder / "file").write_text("mine")
            return folder
        case _:
            return folder / ("x" * 300)


@pytest.mark.parametrize("kind", ["link that leads nowhere", "a file", "below a file", "a full folder", "300 letters"])
def test_a_target_that_cannot_be_is_refused_in_words(
    kind: str, tmp_path: Path, tables: dict[str, pd.DataFrame]
) -> None:
    with pytest.raises(GfmdError, match=r"allowed: a (new or an empty )?folder"):
        write_package(target(kind, tmp_path), tables, "Title")
    assert all(path.read_text() == "mine" for path in tmp_path.iterdir() if path.is_file())


def test_the_working_folder_and_a_linked_one_are_written_into(
    tmp_path: Path, tables: dict[str, pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    write_package(Path(), tables, "Title")
    assert Path("datapackage.json").is_file()  # the shell still stands in this folder, not in one that was replaced
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    write_package(tmp_path / "link", tables, "Title")
    for folder in ("here", "elsewhere"):
        names = {path.name for path in (tmp_path / folder).iterdir()}
        assert names == {"datapackage.json", "meetings.csv", "roundtables.csv"}
    assert (tmp_path / "link").is_symlink()


def test_a_terminal_without_our_letters_gets_the_message_all_the_same(package: Path) -> None:
    path = package / "meetings.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",hybrid,", ",→é,", 1), encoding="utf-8")
    changes = {"PYTHONIOENCODING": "cp1252", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "gfmd_analysis.cli", "validate", str(package)]
    done = subprocess.run(command, env={**os.environ, **changes}, capture_output=True, check=False)
    assert done.returncode == 1
    assert "column mode: found '?é'" in done.stdout.decode("cp1252")
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="sends signals as only POSIX can")
def test_ctrl_c_ends_a_command_and_all_that_it_started_within_two_seconds(tmp_path: Path) -> None:
    child = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); open('started', 'w'); time.sleep(60)"
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"  # a shell's background job is deaf to it
    code = f"{heard}; import sys; from pathlib import Path; from gfmd_analysis.documents.processes import run; run([sys.executable, '-c', {child!r}], Path({str(tmp_path)!r}))"
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 20
    while not (tmp_path / "started").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    import psutil

    below = psutil.Process(process.pid).children(recursive=True)
    assert len(below) == 2
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    process.wait(10)
    assert time.monotonic() - began < 2
    assert all(not each.is_running() or each.status() == psutil.STATUS_ZOMBIE for each in below)


def test_a_commands_exit_code_comes_back(tmp_path: Path) -> None:
    assert run([sys.executable, "-c", "import os; raise SystemExit(int(os.environ['CODE']))"], tmp_path, CODE="3") == 3


def test_the_lab_trusts_what_it_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from nbformat.sign import NotebookNotary

    from gfmd_analysis.documents import processes
    from gfmd_analysis.documents.notebooks import notebooks_in, read_notebook

    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(processes, "run", lambda *_, **__: 0)
    with pytest.raises(cli.typer.Exit):
        cli.lab()
    notebooks = notebooks_in(ROOT / "notebooks")
    assert notebooks
    assert all(NotebookNotary(data_dir=str(tmp_path)).check_signature(read_notebook(path)) for path in notebooks)
