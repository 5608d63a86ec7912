"""Compute once: what was found in a dataset or a table stays with it, as long as it lives."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, TypeVar, cast

import pandas as pd

LARGE = 1_000_000  # characters of a file, cells of a table: of a larger one nothing is kept

Computing = TypeVar("Computing", bound=Callable[..., Any])


def once(function: Computing) -> Computing:
    """Let a function of a dataset or a table compute once for the same arguments; tables among them are those of last time.

    Of a dataset, each call gives a copy-on-write view of a table that was found; what was found in a table is not to be changed.
    """

    @wraps(function)
    def computed(data: Any, *others: Any, **options: Any) -> Any:
        given = [*others, *options.values()]
        tables = [value for value in given if isinstance(value, pd.DataFrame)]
        if any(isinstance(value, pd.DataFrame) and value.size > LARGE for value in (data, *tables)):
            return function(data, *others, **options)
        plain = (
            value if isinstance(value, Hashable) else tuple(value)
            for value in given
            if not isinstance(value, pd.DataFrame)
        )
        key, kept = (function, *options, *plain), vars(data).setdefault("_computed", {})
        before, found = kept.get(key, (None, None))
        if before is None or [*map(id, before)] != [*map(id, tables)]:
            found = function(data, *others, **options)
            kept[key] = tables, found
        return (
            found.copy(deep=False) if isinstance(found, pd.DataFrame) and not isinstance(data, pd.DataFrame) else found
        )

    return cast(Computing, computed)
