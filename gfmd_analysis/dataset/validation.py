"""Hold a data package against its schema, its keys and the cross-table rules: all problems at once."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from gfmd_analysis.dataset.consistency import RULES
from gfmd_analysis.dataset.descriptor import JOINER, Field, ForeignKey, Table, matcher
from gfmd_analysis.dataset.rules import Rule
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

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}

JOINERS = "\u200c\u200d"  # invisible, but the spelling of Persian and Hindi needs them inside words

WRITTEN_BESIDE_LATIN = {"LATIN", "COMMON", "HAN", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"}  # Unicode TS 39, 5.2

Frames = Mapping[str, pd.DataFrame]

Test = tuple[Callable[[str], bool], Callable[[list[str]], bool]]  # of one value; of all, quickly


def problems_in(schema: Mapping[str, Table], frames: Frames, rules: Sequence[Rule] = RULES) -> list[Problem]:
    """Check one package's tables, given as categoricals of text, column by column, then keys, then across tables.

    The cross-table rules are asked only where every cell is of its type: a rule on a broken cell would say the same twice.
    """
    problems = [problem for name, frame in frames.items() for problem in _cell_problems(schema[name], frame)]
    problems += problems_between(schema, frames)
    if not problems:
        texts = {name: frame.astype("str") for name, frame in frames.items()}
        problems = [problem for rule in rules for fault in rule(texts) for problem in _faulty(schema, texts, *fault)]
    return in_order(problems)


def _faulty(
    schema: Mapping[str, Table], frames: Frames, name: str, wrong: "pd.Series[bool]", column: str, told: str | pd.Series
) -> Iterator[Problem]:
    """Word what a rule finds, showing the cell of its column."""
    for row in wrong.index[wrong.to_numpy()]:
        allowed = told if isinstance(told, str) else NO_VALUE.sub("none that is there", str(told.loc[row]))
        found = shown(frames[name].loc[row, column]) if row else "rows missing"
        yield Problem(schema[name].path, int(row), column, found, allowed)


def problems_between(schema: Mapping[str, Table], frames: Frames) -> list[Problem]:
    """Check primary and foreign keys of tables whose columns are categoricals of text."""
    problems: list[Problem] = []
    for name, frame in frames.items():
        table = schema[name]
        problems += doubled_keys(table, frame)
        for key in table.foreign_keys:
            if key.table in frames:
                problems += _orphans(table, frame, key, frames[key.table])
    return problems


def _cell_problems(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    """Ask each distinct value once, and all of them at once first: a million rows hold few, and most are as they should be."""
    for field in table.fields:
        cells = frame[field.name].cat
        distinct = np.asarray(cells.categories, dtype=object).tolist()
        for allowed, (one, all_at_once) in _tests(field):
            if not all_at_once(distinct):
                wrong = np.array([not one(value) for value in distinct], dtype=bool)[cells.codes]
                for row, found in frame.loc[wrong, field.name].items():
                    told = f"{allowed}{_odd_letters(found)}"
                    yield Problem(table.path, int(str(row)), field.name, shown(found), told, field.enum)


def _tests(field: Field) -> Iterator[tuple[str, Test]]:
    """List what is allowed in a column, in words, with its test. An empty cell is only asked whether it may be empty."""
    limits = field.constraints

    def each(test: Callable[[str], bool]) -> Test:
        def unless_empty(value: str) -> bool:
            return value == "" or test(value)

        return unless_empty, lambda values: all(map(unless_empty, values))

    if field.required:
        yield "a value (the column is required)", (bool, all)
    if field.enum:
        more = f" … ({len(field.enum):,} in all)" if len(field.enum) > MOST_NAMED else ""
        yield f"one of {', '.join(field.enum[:MOST_NAMED])}{more}", each(set(field.enum).__contains__)
        return
    match field.type:
        case "integer" | "number":
            kind, form = NUMBERS[field.type]
            low, high = limits.get("minimum", float("-inf")), limits.get("maximum", float("inf"))
            ends = {"minimum": f" from {low:,.16g}", "maximum": f" to {high:,.16g}"}
            span = "".join(words for end, words in ends.items() if end in limits)
            yield f"{kind}{span}", each(lambda value: form.fullmatch(value) is not None and low <= float(value) <= high)
        case "boolean":
            yield "true or false", each({"true", "false"}.__contains__)
        case "date":
            yield "a date that exists, as YYYY-MM-DD", each(_is_date)
        case _:
            longest = limits.get("maxLength", LONGEST)
            short = lambda value: len(value) <= longest, lambda values: max(map(len, values), default=0) <= longest
            yield f"at most {longest} characters", short
            no_formula = "text that no spreadsheet runs as a formula (not starting with = + - @ or a tab)"
            yield no_formula, (_is_inert, _are_inert)
            if "pattern" in limits:
                yield field.form, each(matcher(limits["pattern"]))
            else:
                yield PLAIN, (_is_plain, _are_plain)


def _is_inert(value: str) -> bool:
    return not value.startswith(FORMULA_STARTS)


def _are_inert(values: list[str]) -> bool:
    return {value[:1] for value in values}.isdisjoint(FORMULA_STARTS)


def _are_plain(values: list[str]) -> bool:
    """Say quickly whether all texts are plain for having nothing but visible ASCII letters and single blanks inside."""
    text = "|".join(values)
    return text.isascii() and text.isprintable() and "| " not in text and " |" not in text and text == text.strip()


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_plain(value: str) -> bool:
    if value.isascii():
        return value.isprintable() and value == value.strip()
    return value == value.strip() and value == unicodedata.normalize("NFC", value) and not _odd_letters(value)


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


def doubled_keys(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    """Find the rows whose primary key stands in a row before."""
    key = list(table.key)
    yield from _strange(table, frame, frame.duplicated(key).to_numpy(), key, "each key once", told=" a second time")


def _orphans(table: Table, frame: pd.DataFrame, key: ForeignKey, target: pd.DataFrame) -> Iterator[Problem]:
    columns = list(key.columns)
    given = np.logical_and.reduce([(frame[column] != "").to_numpy() for column in columns])
    ours = _numbered(frame, columns, target, key.references)
    theirs = _numbered(target, key.references, target, key.references)
    known = [] if len(columns) > 1 or len(target) > MOST_OFFERED else list(target[key.references[0]])
    allowed = f"one that is in {key.table} ({', '.join(key.references)})"
    yield from _strange(table, frame, given & ~(np.isin(ours, theirs) & (ours >= 0)), columns, allowed, known)


def _strange(
    table: Table, frame: pd.DataFrame, rows: Any, columns: list[str], allowed: str, known: Any = (), told: str = ""
) -> Iterator[Problem]:
    for row, *cells in frame.loc[rows, columns].itertuples() if rows.any() else ():
        yield Problem(table.path, int(row), ", ".join(columns), shown(JOINER.join(cells)) + told, allowed, known)


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
