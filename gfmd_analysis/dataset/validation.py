"""Hold a data package against its schema (with pandera), its keys and the cross-table rules: all problems at once."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from gfmd_analysis.dataset.consistency import RULES
from gfmd_analysis.dataset.rules import Rule
from gfmd_analysis.dataset.schema import JOINER, Field, ForeignKey, Table
from gfmd_analysis.errors import Problem, shown

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,12})?")

INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,8})")

LONGEST = 10_000

LOOK_ALIKE_SCRIPTS = {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}

LOOK_ALIKE_FORMS = ("<wide>", "<narrow>", "<font>")

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}

JOINERS = "\u200c\u200d"  # invisible, but the spelling of Persian and Hindi needs them; that of Latin letters does not

LATIN_JOINED = re.compile(f"[A-Za-z\u00c0-\u024f][{JOINERS}]")

Frames = Mapping[str, pd.DataFrame]


def problems_in(schema: Mapping[str, Table], frames: Frames, rules: Sequence[Rule] = RULES) -> list[Problem]:
    """Check one package's tables, given as text, column by column, then keys, then across tables.

    The cross-table rules are asked only where every cell is of its type: a rule on a broken cell would say the same twice.
    """
    coded = {name: frame.astype("category") for name, frame in frames.items()}
    problems = [problem for name, frame in coded.items() for problem in _cell_problems(schema[name], frame)]
    problems += problems_between(schema, coded)
    if not problems:
        texts = {name: frame.astype("str") for name, frame in coded.items()}
        problems = [problem for rule in rules for problem in rule(schema, texts)]
    return sorted(set(problems))


def problems_between(schema: Mapping[str, Table], frames: Frames) -> list[Problem]:
    """Check primary and foreign keys of tables whose columns are categoricals of text."""
    problems: list[Problem] = []
    for name, frame in frames.items():
        table = schema[name]
        problems += _doubled_keys(table, frame)
        for key in table.foreign_keys:
            if key.table in frames:
                problems += _orphans(table, frame, key, frames[key.table])
    return problems


def _cell_problems(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    import pandera.errors

    try:
        _cell_schema(table).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases
        for column, check, found, row in zip(
            cases["column"], cases["check"], cases["failure_case"], cases["index"], strict=True
        ):
            yield Problem(table.path, int(row), str(column), shown(found) if found else "an empty cell", str(check))


@lru_cache(maxsize=64)
def _cell_schema(table: Table) -> Any:
    import pandera.pandas as pa

    columns = {
        field.name: pa.Column(
            None,
            [pa.Check(_on_distinct(test), error=allowed, n_failure_cases=None) for allowed, test in _tests(field)],
        )
        for field in table.fields
    }
    return pa.DataFrameSchema(columns)


def _on_distinct(test: Callable[[str], bool]) -> Callable[[pd.Series], pd.Series]:
    """Ask each distinct value once: a million rows hold few of them."""

    def check(values: pd.Series) -> pd.Series:
        passed = np.array([test(value) for value in values.cat.categories.tolist()], dtype=bool)
        return pd.Series(passed[values.cat.codes] if len(values) else passed, index=values.index)

    return check


def _tests(field: Field) -> Iterator[tuple[str, Callable[[str], bool]]]:
    """Give what is allowed in a column, in words, with its test. An empty cell is only asked whether it may be empty."""
    limits = field.constraints

    def unless_empty(test: Callable[[str], bool]) -> Callable[[str], bool]:
        return lambda value: value == "" or test(value)

    if field.required:
        yield "a value (the column is required)", lambda value: value != ""
    if field.enum:
        allowed = set(field.enum)
        yield f"one of {', '.join(field.enum)}", unless_empty(allowed.__contains__)
        return
    match field.type:
        case "integer" | "number":
            kind, form = (
                ("a whole number", INTEGER) if field.type == "integer" else ("a number with a decimal point", NUMBER)
            )
            low, high = limits.get("minimum", float("-inf")), limits.get("maximum", float("inf"))
            span = f" from {low:,} to {high:,}" if limits else ""
            yield (
                f"{kind}{span}",
                unless_empty(lambda value: form.fullmatch(value) is not None and low <= float(value) <= high),
            )
        case "boolean":
            yield "true or false", unless_empty({"true", "false"}.__contains__)
        case "date":
            yield "a date that exists, as YYYY-MM-DD", unless_empty(_is_date)
        case _:
            longest = limits.get("maxLength", LONGEST)
            yield f"at most {longest} characters", lambda value: len(value) <= longest
            yield (
                "text that no spreadsheet runs as a formula (not starting with = + - @ or a tab)",
                lambda value: not value.startswith(FORMULA_STARTS),
            )
            if "pattern" in limits:
                pattern = re.compile(limits["pattern"])
                yield f"the form {limits['pattern']}", unless_empty(lambda value: pattern.fullmatch(value) is not None)
            else:
                yield (
                    "text without control characters, invisible marks, line breaks, spaces at its ends, "
                    "letters of another form (wide, mathematical, accents apart), and words that mix alphabets",
                    _is_plain,
                )


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_plain(value: str) -> bool:
    if value.isascii():
        return value.isprintable() and value == value.strip()
    if value != value.strip() or value != unicodedata.normalize("NFC", value) or LATIN_JOINED.search(value):
        return False
    if any(unicodedata.category(c) in INVISIBLE and c not in JOINERS for c in value):
        return False
    if any(unicodedata.decomposition(c).startswith(LOOK_ALIKE_FORMS) for c in value):
        return False
    return not any(_mixes_alphabets(word) for word in re.findall(r"[^\W\d_]+", value))


def _mixes_alphabets(word: str) -> bool:
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in word if not letter.isascii()}
    scripts |= {"LATIN"} if any(letter.isascii() for letter in word) else set()
    return len(scripts) > 1 and bool(scripts & LOOK_ALIKE_SCRIPTS)


def _doubled_keys(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    key = list(table.key)
    doubled = frame.duplicated(key, keep="first")
    for row, values in zip(frame.index[doubled], frame.loc[doubled, key].itertuples(index=False), strict=True):
        yield Problem(
            table.path, int(row), ", ".join(key), f"{shown(JOINER.join(values))} a second time", "each key once"
        )


def _orphans(table: Table, frame: pd.DataFrame, key: ForeignKey, target: pd.DataFrame) -> Iterator[Problem]:
    columns = list(key.columns)
    given = np.logical_and.reduce([(frame[column] != "").to_numpy() for column in columns])
    ours, theirs = (
        _numbered(frame, columns, target, key.references),
        _numbered(target, key.references, target, key.references),
    )
    missing = given & ~(np.isin(ours, theirs) & (ours >= 0))
    for row, values in zip(frame.index[missing], frame.loc[missing, columns].itertuples(index=False), strict=True):
        yield Problem(
            table.path,
            int(row),
            ", ".join(columns),
            shown(JOINER.join(values)),
            f"one that is in {key.table} ({', '.join(key.references)})",
        )


def _numbered(
    frame: pd.DataFrame, columns: Sequence[str], target: pd.DataFrame, references: Sequence[str]
) -> np.ndarray:
    """Number the rows by the values that the target's columns know; -1 for any other."""
    number, strange = np.zeros(len(frame), dtype="int64"), np.zeros(len(frame), dtype=bool)
    for column, reference in zip(columns, references, strict=True):
        known = target[reference].cat.categories
        codes = known.get_indexer(frame[column].cat.categories)[frame[column].cat.codes] if len(frame) else number
        number, strange = number * max(len(known), 1) + codes, strange | (codes < 0)
    return np.where(strange, -1, number)
