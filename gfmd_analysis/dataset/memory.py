"""Remember what was read and computed: packages by the content of their files, tables by the dataset that they are of."""

import hashlib
from collections.abc import Callable, Hashable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import pandas as pd

from gfmd_analysis.dataset.descriptor import files_of
from gfmd_analysis.errors import GfmdError

Computing = TypeVar("Computing", bound=Callable[..., Any])


def content_of(folders: Iterable[Path]) -> object:
    """Sum up the files that packages are read from: the same where nothing was changed, of files that cannot be read never."""
    found = hashlib.sha256()
    try:
        for path in sorted(path for folder in folders for path in files_of(folder)):
            found.update(f"{path}\n".encode())
            with path.open("rb") as file:
                found.update(hashlib.file_digest(file, "sha256").digest())
    except (OSError, LookupError, TypeError, GfmdError):
        return object()
    return found.digest()


def once(function: Computing) -> Computing:
    """Let a function of the dataset compute once for the same arguments; of a table, each call gives a copy-on-write view."""

    @wraps(function)
    def computed(data: Any, **options: Any) -> Any:
        given = [value if isinstance(value, Hashable) else tuple(value) for value in options.values()]
        key = function, *options, *given
        if key not in data._computed:
            data._computed[key] = function(data, **options)
        found = data._computed[key]
        return found.copy(deep=False) if isinstance(found, pd.DataFrame) else found

    return cast(Computing, computed)
