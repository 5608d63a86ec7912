"""Select rows of the tidy long table by codes or by names; the words that are left still add up."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, schema
from gfmd_analysis.dataset.objectives import OBJECTIVES
from gfmd_analysis.dataset.reading import read_table
from gfmd_analysis.dataset.tables import require_columns
from gfmd_analysis.errors import GfmdError, unknown

LEADING_ROLES = ("chair", "facilitator")

NAMED = {"actor": "actor_name", "objective": "objective_title"}  # a code -> the column of its name

Choice = str | int | Iterable[str] | Iterable[int] | None


def select(long: pd.DataFrame, *, not_: Mapping[str, Choice] | None = None, **columns: Choice) -> pd.DataFrame:
    """Keep the rows of a tidy long table that have the given values.

    Parameters
    ----------
    long
        Table of :meth:`Dataset.long`, or any table with the columns asked for.
    not_
        Column and value, or values, of the rows to leave out.
    **columns
        Column and value, or values, of the rows to keep: ``role="discussant"``, ``objective=[13, 20]``, ``actor="Egypt"``. An
        actor and an objective go by code, by short or by full name; ``RT3`` is ``Roundtable 3`` or ``3``, and capitals do not matter. ``None`` keeps all. Rows without
        an objective have no basis and no engagement and go when one of these is chosen. In a table with several to a cell
        (``objectives`` of a recommendation) ``objective=20`` keeps the rows that have it among theirs.

    Returns
    -------
    DataFrame
        The chosen rows with their index. Where an intervention's first row goes, its ``words_once`` stand in the first that
        stays.

    Raises
    ------
    GfmdError
        For a column that the table has not, or a value that the column does not know, naming the nearest.

    Examples
    --------
    >>> from gfmd_analysis import load
    >>> floor = select(load().long(), role="discussant", not_={"constituency": "states"})
    >>> sorted(floor["role"].unique())
    ['discussant']
    """
    if not isinstance(not_, Mapping | None):
        raise GfmdError(f"select, not_: found {not_!r}; allowed: a dict such as {{'role': 'troika'}}")
    keep = pd.Series(True, index=long.index)
    for wanted, chosen in ((True, columns), (False, not_ or {})):
        for column, choice in chosen.items():
            if choice is not None:
                keep &= _has(long, column, choice) == wanted
    return kept(long, keep)


def kept(long: pd.DataFrame, rows: "pd.Series[bool]") -> pd.DataFrame:
    """Keep rows of the long table; the words of an intervention stay with the first of its rows that is kept."""
    chosen = long[rows]
    if {"words_once", "intervention"} <= set(long.columns) and len(chosen) < len(long):
        first = ~chosen.duplicated("intervention")
        if chosen.loc[first, "words_once"].isna().any():
            said = long[["intervention", "words_once"]].dropna().set_index("intervention")["words_once"]
            words = chosen["intervention"].map(said[~said.index.duplicated()]).astype(long["words_once"].dtype)
            chosen = chosen.assign(words_once=words.where(first))
    return chosen


def _has(long: pd.DataFrame, column: str, choice: Choice) -> "pd.Series[bool]":
    """Say of each row whether its column has one of the values, each given as a code or a name."""
    if column not in long and f"{column}s" in long:
        cells = long[f"{column}s"]
        if pd.api.types.is_string_dtype(cells):  # "ARE;IDN", "5; 7 in passing"
            cells = cells.str.findall(r"(?:^|; ?)(\d+)") if column == "objective" else cells.str.split(";")
        each = cells.explode().dropna().to_frame(column)
        each = each.astype("int64").astype(OBJECTIVES) if column == "objective" else each
        return pd.Series(long.index.isin(each.index[_has(each, column, choice)]), index=long.index)
    codes = codes_of(long, column, choice)
    return long[column].isin(codes)


def codes_of(long: pd.DataFrame, column: str, choice: Choice) -> list[Any]:
    """Find the codes of values that are each given as a code or a name.

    Raises
    ------
    GfmdError
        For a column that the table has not, or a value that the column does not know, naming the nearest.
    """
    require_columns(long, column)
    codes, names = known_values(long[column]), _names(long, column)
    known = {_spelled(name): code for name, code in [*names.items(), *zip(codes, codes, strict=True)]}
    known |= {name[2:]: code for name, code in known.items() if re.fullmatch(r"rt\d", name)}
    values: list[Any] = [choice] if pd.api.types.is_scalar(choice) else list(choice)  # type: ignore[arg-type]
    strange = [value for value in values if _spelled(value) not in known]
    if strange and any(isinstance(code, tuple) for code in codes):
        raise GfmdError(f"{column}: found {choice!r}, and several to a cell; allowed: {column[:-1]}={choice!r}")
    if strange:
        raise unknown(column, strange, codes if str(strange[0]).isdecimal() else [*names, *codes])
    return [known[_spelled(value)] for value in values]


def _spelled(value: object) -> str:
    """Spell a code or name so that ``civil_society`` is ``Civil society``, and ``RT3`` is ``Roundtable 3``."""
    plain = " ".join(str(value).casefold().replace("_", " ").split())
    return re.sub(r"^(?:roundtable|rt) ?(?=\d)", "rt", plain)


def _names(long: pd.DataFrame, column: str) -> dict[str, Any]:
    """List the names by which a column's values go: in the table itself, short and in full."""
    if column not in NAMED:
        return {}
    pairs = long[[NAMED[column], column]].drop_duplicates().dropna() if NAMED[column] in long else pd.DataFrame()
    known = set(known_values(long[column]))  # also of bodies that are named and did not speak
    others = {name: code for name, code in _official_names(column).items() if code in known}
    return dict(pairs.itertuples(index=False)) | others


@lru_cache
def _official_names(column: str) -> dict[str, Any]:
    """Read how actors (in English) and objectives (in three languages) are called, short and in full."""
    table = schema()[f"{column}s"]
    rows = read_table(DEFAULT_FOLDER / table.path, table)
    rows = rows.astype({"objective": "int64"}) if column == "objective" else rows
    kinds = [kind for kind in rows.columns if "name" in kind or "title" in kind]
    named = rows.melt(column, kinds)
    return dict(zip(named["value"], named[column], strict=True))


def known_values(column: pd.Series) -> list[Any]:
    """List the values that a column may take: its categories, else what stands in it."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return list(column.cat.categories)
    return sorted(column.dropna().unique())


def without_chairs(long: pd.DataFrame) -> pd.DataFrame:
    """Leave out what chairs and facilitators said: they introduce and sum up their roundtable's objectives by office."""
    require_columns(long, "role")
    return long[~long["role"].isin(LEADING_ROLES)]
