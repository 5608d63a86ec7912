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

_RUN = "from gfmd_analysis.draft.limits import _child; _child()"


def read_within_limits(reader: str, path: Path, seconds: int = MOST_SECONDS, memory: int = MOST_MEMORY) -> Any:
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
    command = [sys.executable, "-W", "ignore", "-c", _RUN, reader, str(path), str(seconds), str(memory)]
    found = f"more than {memory / 1e9:.1f} GB of memory"
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, env=environment, check=False)
        said = done.stderr
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        found, said, answer = f"more than {seconds} s", error.stderr or b"", {}
    except ValueError:  # it ended without an answer
        answer = {}
    if "refused" in answer:
        raise GfmdError(answer["refused"])
    if "read" not in answer:
        places = re.findall(r"^(?:page|sheet) [^\r\n]*", said.decode(errors="replace"), re.MULTILINE)
        where = f", in {places[-1]}" if places else ""
        allowed = "a document that opens in seconds"
        raise GfmdError(f"{path.name}: found a file that takes {found} to read (a bomb?){where}; allowed: {allowed}")
    return answer["read"]


def _child() -> None:
    """Read within limits and print the answer as JSON."""
    module, function = sys.argv[1].split(":")
    path, seconds, memory = Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    with suppress(ImportError, ValueError, OSError):  # no such limits on this system: the parent's clock holds
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    try:
        answer = {"read": getattr(import_module(module), function)(path)}
    except GfmdError as error:
        answer = {"refused": str(error)}
    except MemoryError:
        os._exit(1)
    sys.stdout.write(json.dumps(answer))
