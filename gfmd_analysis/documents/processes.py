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

import psutil

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
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(place, os.W_OK):
            break
    names = {
        "IPYTHONDIR": "ipython",
        "JUPYTER_CONFIG_DIR": "jupyter",
        "JUPYTER_DATA_DIR": "jupyter",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "MPLCONFIGDIR": "matplotlib",
    }
    return {variable: str(place / folder) for variable, folder in names.items()} | EVERYWHERE


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
    apart: dict[str, object] = (
        {"start_new_session": True} if os.name == "posix" else {"creationflags": 0x200}  # CREATE_NEW_PROCESS_GROUP
    )
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    process = subprocess.Popen(command, cwd=folder, env=os.environ | changes, stdin=subprocess.PIPE, **apart)  # type: ignore[call-overload]
    try:
        while True:
            with suppress(subprocess.TimeoutExpired):
                return int(process.wait(0.2))  # without a limit, Windows does not listen to Ctrl-C
    finally:
        if process.poll() is None:
            kill_tree(process.pid)
        signal.signal(signal.SIGTERM, before)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait while files are put in place: some milliseconds."""
    before = [(number, signal.signal(number, signal.SIG_IGN)) for number in (signal.SIGINT, signal.SIGTERM)]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def kill_tree(pid: int) -> None:
    """Kill a process and all that it started."""
    try:
        tree = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return
    for process in tree:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(tree, timeout=0.3)


def end_with_parent() -> None:
    """End this process as soon as the one that started it with :func:`run` has ended, even if that was killed."""

    def wait() -> None:
        while os.read(0, 1):
            pass
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
