"""Nothing that Windows or macOS lack: file names, path lengths, letters' case, imports, line ends."""

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import ROOT

FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')
DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}
LONGEST = 200  # of 260, so that 60 are left for the folder that the project lies in
POSIX_ONLY = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "termios", "tty", "syslog", "readline"}
POSIX_CALLS = {
    "os": {"fork", "killpg", "setsid", "mkfifo", "getuid", "geteuid", "chown", "uname", "getpgid", "execve"},
    "signal": {"SIGKILL", "SIGALRM", "alarm", "SIGHUP", "SIGUSR1"},
}


def tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("no git history here")
    return done.stdout.decode().strip("\0").split("\0")


def test_every_file_has_a_name_that_windows_takes() -> None:
    parts = {part for path in tracked() for part in Path(path).parts}
    assert [part for part in parts if FORBIDDEN.search(part) or part.split(".")[0].lower() in DEVICES] == []
    assert [path for path in tracked() if len(path) > LONGEST] == []
    assert [name for name, times in Counter(path.lower() for path in tracked()).items() if times > 1] == []


@pytest.mark.parametrize(
    "path", [ROOT / "run.py", *sorted((ROOT / "gfmd_analysis").rglob("*.py"))], ids=lambda p: p.stem
)
def test_no_module_or_call_that_only_posix_has_without_a_fallback(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.Try)
        or (isinstance(node, ast.If | ast.IfExp) and "os.name" in ast.unparse(node.test))
        or (isinstance(node, ast.With) and "suppress(ImportError" in ast.unparse(node.items[0]))
        for inner in ast.walk(node)
    }
    for node in set(ast.walk(tree)) - guarded:
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = {alias.name for alias in node.names} if isinstance(node, ast.Import) else {node.module}
            assert not names & POSIX_ONLY, f"{path.name}, line {node.lineno}: {names & POSIX_ONLY}"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert node.attr not in POSIX_CALLS.get(node.value.id, set()), (
                f"{path.name}, line {node.lineno}: {node.attr}"
            )


@pytest.mark.long
def test_a_clone_made_on_windows_has_the_same_bytes_and_works_in_an_odd_folder(tmp_path: Path) -> None:
    files = tracked()
    clone = tmp_path / "Büro d'été 100% (1)"
    options = ["-c", "core.autocrlf=true", "-c", "core.eol=crlf"]
    subprocess.run(["git", *options, "clone", "--quiet", f"file://{ROOT}", str(clone)], check=True, capture_output=True)
    changed = subprocess.run(
        ["git", "diff", "--name-only", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    here = {path for path in files if (ROOT / path).is_file()} - set(changed.stdout.split("\n"))
    there = {path for path in here if (clone / path).is_file()}
    assert [path for path in there if (clone / path).read_bytes() != (ROOT / path).read_bytes()] == []
    done = subprocess.run(
        [sys.executable, "-m", "gfmd_analysis.cli", "validate"], cwd=clone, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
