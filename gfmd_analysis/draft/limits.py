"""Run a reader of foreign files in a child process that may take only so much time and memory."""

import json
import os
import re
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from gfmd_analysis.errors import GfmdError

MOST_SECONDS = 120

MOST_MEMORY = 1_500_000_000

_RUN = "import sys; from gfmd_analysis.draft.limits import _child; _child(*sys.argv[1:])"


def read_within_limits(reader: str, path: Path, seconds: float = MOST_SECONDS, memory: int = MOST_MEMORY) -> Any:
    """Call a reader on a file in a child process.

    Parameters
    ----------
    reader
        ``module:function`` of this room; it takes a path and returns what JSON can hold. It may print where it is
        (``page 3``) to standard error.
    path
        File to read.
    seconds, memory
        Most time (s) and, where the system can limit it, most address space (bytes).

    Raises
    ------
    GfmdError
        What the reader refuses; or that it took too long or too much memory, and where.
    """
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-W", "ignore", "-c", _RUN, reader, str(path), str(memory)]
    found = f"more than {memory / 1e9:.1f} GB of memory"
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, env=environment, check=False)
        said = done.stderr
        answer = json.loads(done.stdout)
    except ValueError:  # it ended without an answer, or within it
        answer = {}
    except subprocess.TimeoutExpired as error:
        found, said, answer = f"more than {seconds} s", error.stderr or b"", {}
    if "refused" in answer:
        raise GfmdError(answer["refused"])
    if "read" not in answer:
        places = re.findall(r"^(?:page|sheet) [^\r\n]*", said.decode(errors="replace"), re.MULTILINE)
        where = f", in {places[-1]}" if places else ""
        allowed = "a document that opens in seconds"
        raise GfmdError(f"{path.name}: found a file that takes {found} to read (a bomb?){where}; allowed: {allowed}")
    return answer["read"]


def _child(reader: str, path: str, memory: str) -> None:
    """Read within the limit of memory and print the answer as JSON; the parent's clock holds the time."""
    with suppress(ImportError, ValueError, OSError):  # no such limit on this system
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    module, function = reader.split(":")
    try:
        answer = {"read": getattr(import_module(module), function)(Path(path))}
    except GfmdError as error:
        answer = {"refused": str(error)}
    sys.stdout.write(json.dumps(answer))
