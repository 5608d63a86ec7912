"""Compute once: what was found in a dataset or a table stays with it, as long as it lives."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, TypeVar, cast

import pandas as pd

LARGE = 1_000_000  # bytes of a file, cells of a table: of a larger one nothing is kept

Computing = TypeVar("Computing", bound=Callable[..., Any])


def once(function: Computing) -> Computing:
    """Let a function of a dataset or a table compute once for the same arguments; tables among them are those of last time.

    Of a dataset, each call gives a copy-on-write view of a table that was found; what was found in a table is not to be changed.
    """

    @wraps(function)
    def computed(data: Any, *others: Any, **options: Any) -> Any:
        of_table = isinstance(data, pd.DataFrame)
        tables = [value for value in others if isinstance(value, pd.DataFrame)]
        if any(table.size > LARGE for table in [*tables, *[data] * of_table]):
            return function(data, *others, **options)
        given = [*options.values(), *(value for value in others if not isinstance(value, pd.DataFrame))]
        key = function, *options, *(value if isinstance(value, Hashable) else tuple(value) for value in given)
        kept = vars(data).setdefault("_computed", {})
        before, found = kept.get(key, (None, None))
        if before is None or [*map(id, before)] != [*map(id, tables)]:
            found = function(data, *others, **options)
            kept[key] = tables, found
        return found.copy(deep=False) if isinstance(found, pd.DataFrame) and not of_table else found

    return cast(Computing, computed)
