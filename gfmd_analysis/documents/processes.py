"""Start programs with settings of our own, and end them with everything that they started."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

from gfmd_analysis.errors import DataError, GfmdError

EVERYWHERE = {  # by the user's language letters join in other ways (Turkish: no "fi"), and figures differ
    "LC_ALL": "C.UTF-8",
    "PYTHONUTF8": "1",
    "PYTHONDONTWRITEBYTECODE": "",  # else every process compiles the package again
}


def own_settings() -> dict[str, str]:
    """Name settings folders of our own, so that nothing of the user's IPython, Jupyter or matplotlib enters the results.

    Returns
    -------
    dict of str to str
        Environment variables; the folders lie in the Python environment, or, where that is closed, among temporary files.
    """
    for place in (Path(sys.prefix, "var", "gfmd"), Path(tempfile.gettempdir(), f"gfmd-{os.environ.get('USER', '')}")):
        with suppress(OSError):
            place.mkdir(parents=True, exist_ok=True)
        if place.is_dir() and os.access(place, os.W_OK):
            break
    names = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "MPLCONFIGDIR")
    return {name: str(place / name.lower()) for name in names} | EVERYWHERE


def run(command: Sequence[str], folder: Path, **changes: str) -> int:
    """Run a program in a folder until it ends or is interrupted.

    Parameters
    ----------
    command
        The program and its arguments.
    folder
        Where it works.
    **changes
        Environment variables that it gets besides.

    Returns
    -------
    int
        Its exit code.

    Raises
    ------
    KeyboardInterrupt
        On Ctrl-C or SIGTERM; the program and all that it started are then killed.
    """
    of_windows = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    apart: Any = {"stdin": subprocess.PIPE, "start_new_session": True, "creationflags": of_windows}
    with signals(signal.default_int_handler, signal.SIGTERM):
        process = subprocess.Popen(command, cwd=folder, env=os.environ | changes, **apart)
        try:
            while True:
                with suppress(subprocess.TimeoutExpired):
                    return int(process.wait(0.2))  # without a limit, Windows does not listen to Ctrl-C
        finally:
            if process.poll() is None:
                kill_tree(process.pid)


@contextmanager
def signals(handler: Any, *numbers: int) -> Iterator[None]:
    """Handle signals otherwise for a while."""
    before = [(number, signal.signal(number, handler)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def kill_tree(pid: int) -> None:
    """Kill a process and all that it started."""
    with suppress(psutil.NoSuchProcess):
        tree = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        for process in tree:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(tree, timeout=0.3)


@contextmanager
def in_words(work: Path) -> Iterator[None]:
    """End the program in words where a build fails; paths below its working folder are told as they are in the project."""
    try:
        yield
    except DataError as problems:
        sys.exit(str(problems).replace(f"{work}{os.sep}", ""))
    except (GfmdError, OSError) as problem:
        sys.exit(f"Not built: {problem}. Nothing was changed in figures/.")


def end_with_parent() -> None:
    """End this process as soon as the one that started it with :func:`run` has ended, even if that was killed."""

    def wait() -> None:
        os.read(0, 1)  # until there is nothing more to come
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
