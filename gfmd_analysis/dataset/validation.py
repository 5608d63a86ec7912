"""Hold a data package against its schema, its keys and the cross-table rules: all problems at once."""

import inspect
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from gfmd_analysis.dataset.consistency import RULES
from gfmd_analysis.dataset.descriptor import JOINER, Field, ForeignKey, Frames, Schema, Table, matcher
from gfmd_analysis.dataset.memory import once
from gfmd_analysis.dataset.rules import Fault, Rule
from gfmd_analysis.errors import Problem, in_order, shown

MOST_MARKS = 3  # on one letter: Greek has three, Vietnamese two

PLAIN = (
    "plain text, with no space at its ends, no line break, no character that is invisible or a letter's other form (wide, "
    f"joined, mathematical), no word of two alphabets and no letter with more than {MOST_MARKS} marks"
)

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

NUMBERS = {
    "integer": ("a whole number", re.compile(r"-?(0|[1-9][0-9]{0,8})")),
    "number": ("a number (decimal point)", re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,12})?")),
}

NO_VALUE = re.compile(r"\b(nan|NaN|None|<NA>)\b")

LONGEST = 10_000

MOST_NAMED = 60  # values of a list in a message

MOST_OFFERED = 1_000  # rows of a table among whose keys the one that was meant is looked for

LATIN_END = 0x250

LOOK_ALIKE_FORMS = ("<wide>", "<narrow>", "<font>", "<small>", "<compat> 0020")  # the last: spaces, accents on nothing

STRUCK_THROUGH = 1  # Unicode's combining class of strokes over a letter

CONTROLS = re.compile(r"[\x00-\x1f\x7f]")  # of ASCII, a line break among them

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}

JOINERS = "\u200c\u200d"  # invisible, but the spelling of Persian and Hindi needs them inside words

Names = Sequence[str]

WRITTEN_BESIDE_LATIN = {"LATIN", "COMMON", "HAN", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"}  # Unicode TS 39, 5.2


def problems_in(schema: Schema, frames: Frames, rules: Sequence[Rule] = RULES) -> list[Problem]:
    """Check a package's tables, given as categoricals of text, column by column, then keys, then across tables.

    The cross-table ``rules`` (none for packages that are each right, and only share codes) are asked only where every cell is of its type: a rule on a broken cell would say the same twice.
    """
    problems = [problem for name, frame in frames.items() for problem in _alone(frame, schema[name])]
    for name, frame in frames.items():
        for key in schema[name].foreign_keys:
            if key.table in frames:
                problems += _orphans(frame, frames[key.table], schema[name], key)
    if not problems:
        texts = {name: as_text(frame) for name, frame in frames.items()}
        for rule in rules:
            names = _tables_of(rule, texts)
            for fault in _faults(*(texts[name] for name in names), rule=rule, names=names) if names else ():
                problems += _worded(schema, texts, *fault)
    return in_order(problems)


@once
def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Turn a table of categoricals of text into one of text."""
    return frame.astype("str")


def _tables_of(rule: Rule, there: Frames) -> tuple[str, ...]:
    """List the tables that a rule asks, which are its parameters; none where one is not there."""
    asked = inspect.getfullargspec(rule)
    others = [name for name in there if asked.varkw and name not in asked.args]
    return (*asked.args, *others) if set(asked.args) <= there.keys() else ()


@once
def _faults(*frames: pd.DataFrame, rule: Rule, names: tuple[str, ...]) -> list[Fault]:
    """Ask a rule about tables by name, leaving out what is nowhere wrong."""
    return [fault for fault in rule(**dict(zip(names, frames, strict=True))) if fault[1].any()]


def _worded(
    schema: Schema, texts: Frames, name: str, wrong: "pd.Series[bool]", column: str, told: str | pd.Series
) -> Iterator[Problem]:
    """Word what a rule finds, showing the cell of its column."""
    for row in wrong.index[wrong.to_numpy()]:
        allowed = told if isinstance(told, str) else NO_VALUE.sub("none that is there", str(told.loc[row]))
        found = shown(texts[name].loc[row, column]) if row else "rows missing"
        yield Problem(schema[name].path, int(row), column, found, allowed)


@once
def _alone(frame: pd.DataFrame, table: Table) -> list[Problem]:
    """Find what is wrong in a table without regard to others: its keys, and each distinct value, looked at once."""
    problems = doubled_keys(frame, table)
    for field in table.fields:
        cells = frame[field.name].cat
        distinct = cells.categories.tolist()
        for allowed, test in _tests(field):
            wrong = np.array([not test(value) for value in distinct], dtype=bool)
            for row, found in frame.loc[wrong[cells.codes], field.name].items() if wrong.any() else ():
                told = f"{allowed}{_odd_letters(found)}"
                problems.append(Problem(table.path, int(str(row)), field.name, shown(found), told, field.enum))
    return problems


def _tests(field: Field) -> Iterator[tuple[str, Callable[[str], bool]]]:
    """List what is allowed in a column, in words, with its test. An empty cell is only asked whether it may be empty."""
    limits = field.constraints
    if field.required:
        yield "a value (the column is required)", bool
    if field.enum:
        more = f" … ({len(field.enum):,} in all)" if len(field.enum) > MOST_NAMED else ""
        yield f"one of {', '.join(field.enum[:MOST_NAMED])}{more}", {"", *field.enum}.__contains__
    elif field.type in NUMBERS:
        kind, form = NUMBERS[field.type]
        low, high = limits.get("minimum", float("-inf")), limits.get("maximum", float("inf"))
        ends = {"minimum": f" from {low:,.16g}", "maximum": f" to {high:,.16g}"}
        span = "".join(words for end, words in ends.items() if end in limits)
        yield f"{kind}{span}", lambda value: not value or bool(form.fullmatch(value) and low <= float(value) <= high)
    elif field.type == "boolean":
        yield "true or false", {"", "true", "false"}.__contains__
    elif field.type == "date":
        yield "a date that exists, as YYYY-MM-DD", _is_date
    else:
        longest = limits.get("maxLength", LONGEST)
        yield f"at most {longest} characters", lambda value: len(value) <= longest
        no_formula = "text that no spreadsheet runs as a formula (not starting with = + - @ or a tab)"
        yield no_formula, lambda value: not value.startswith(FORMULA_STARTS)
        if "pattern" in limits:
            match = matcher(limits["pattern"])
            yield field.form, lambda value: not value or match(value)
        else:
            yield PLAIN, _is_plain


def _is_date(value: str) -> bool:
    try:
        return not value or date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_plain(value: str) -> bool:
    if value != value.strip() or CONTROLS.search(value):
        return False
    return value.isascii() or (value == unicodedata.normalize("NFC", value) and not _odd_letters(value))


def _odd_letters(value: str) -> str:
    """Name the first characters that nobody sees, that look like others or are heaped on a letter; empty where there are none."""
    if value.isascii():
        return ""
    value = value[:LONGEST]
    mixed = "".join(word for word in re.findall(r"[^\W\d_]+", value) if _mixes_alphabets(word))
    odd = [letter for at, letter in enumerate(value) if not (letter.isascii() or _is_written(value, at))]
    odd += [letter for letter in mixed if ord(letter) >= LATIN_END]
    for marked, heap in groupby(unicodedata.normalize("NFD", value), lambda each: bool(unicodedata.combining(each))):
        odd += [*heap][MOST_MARKS:] if marked else []
    named = [unicodedata.name(letter, f"U+{ord(letter):04X}").lower() for letter in dict.fromkeys(odd)]
    return f"; found in it: {', '.join(named[:3])}" if named else ""


def _is_written(text: str, place: int) -> bool:
    """Say whether a character is written in texts: a letter or mark that names on the internet may have, or a visible sign.

    RFC 5892 rules out letters of another form, fillers, selectors and unassigned ones, and says where joiners may stand.
    """
    import idna
    from idna.idnadata import codepoint_classes
    from idna.intranges import intranges_contain

    letter = text[place]
    if letter in JOINERS:
        return text[place + 1 : place + 2].isalpha() and idna.core.valid_contextj(text, place)
    if unicodedata.combining(letter) == STRUCK_THROUGH:
        return False
    category = unicodedata.category(letter)
    if ord(letter) > 255 and category[0] in "LMN":
        return all(intranges_contain(ord(small), codepoint_classes["PVALID"]) for small in letter.lower())
    formed = unicodedata.decomposition(letter).startswith(LOOK_ALIKE_FORMS)
    return category not in INVISIBLE and not formed and not (category in {"So", "Sk"} and ord(letter) > 255)


def _mixes_alphabets(word: str) -> bool:
    """Say whether a word holds letters that look like those of another alphabet in it (Unicode's table of confusables)."""
    if all(ord(letter) < LATIN_END for letter in word) or not any(ord(letter) < LATIN_END for letter in word):
        return False
    from confusable_homoglyphs.categories import unique_aliases
    from confusable_homoglyphs.confusables import is_dangerous

    return not unique_aliases(word) <= WRITTEN_BESIDE_LATIN and bool(is_dangerous(word))


def doubled_keys(frame: pd.DataFrame, table: Table) -> list[Problem]:
    """Find the rows whose primary key stands in a row before."""
    return _strange(table, frame, frame.duplicated([*table.key]), table.key, "each key once", told=" a second time")


@once
def _orphans(frame: pd.DataFrame, target: pd.DataFrame, table: Table, key: ForeignKey) -> list[Problem]:
    ours, theirs = (pd.MultiIndex.from_frame(each) for each in (frame[[*key.columns]], target[[*key.references]]))
    given = np.logical_and.reduce([frame[column] != "" for column in key.columns])
    known = [] if len(key.columns) > 1 or len(target) > MOST_OFFERED else list(target[key.references[0]])
    allowed = f"one that is in {key.table} ({', '.join(key.references)})"
    return _strange(table, frame, given & ~ours.isin(theirs), key.columns, allowed, known)


def _strange(
    table: Table, frame: pd.DataFrame, rows: Any, columns: Names, allowed: str, known: Names = (), told: str = ""
) -> list[Problem]:
    cells = frame.loc[rows, [*columns]].itertuples() if rows.any() else ()
    column = ", ".join(columns)
    return [Problem(table.path, row, column, shown(JOINER.join(key)) + told, allowed, known) for row, *key in cells]
