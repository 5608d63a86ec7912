"""The ways in which a cell can be wrong, read from its column's schema."""

from collections.abc import Iterator
from random import Random

from gfmd_analysis.dataset.descriptor import Field, Table
from tests.torture.packages import Change, Rows, as_csv, rows_of, with_cell, writes

HUGE = b"x" * 10_000_000
LOOK_ALIKES = str.maketrans("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ")  # Latin to Cyrillic
ORPHANS = {  # codes of the right form that no table has
    "meeting": "XYZ-1999-01",
    "paragraph": "9998",
    "actor": "QQQ_NOBODY",
    "practice": "QQQ_NOTHING",
    "intervention": "FOF-2021-11/104-QQQ",
    "recommendation": "FOF-2021-11/104-QQQ-R1",
}
JOINERS = "\u200c\u200d"
INVISIBLE = (  # Hangul and Khmer fillers, blank Braille, grapheme joiner, selectors, tags, marks of direction, replacement and no characters
    "\u3164\uffa0\u115f\u17b4\u2800\u034f\ufe0f\U000e0100\U000e0041\ufffd\ufffc\uffff\ufdd0\u00ad\u061c\u180e\u200b\u200e\u202e\u2028\u2060\u2062\u2066\ufeff\ufff9\U0001d173\ue000"
)
OTHER_FORMS = (  # ligatures, wide, mathematical, circled, raised, Roman, Arabic presentation forms, heaped accents, letters struck through
    "\ufb01", "\ufb00", "\ufb06", "\u0133", "\uff26", "\U0001d405", "\u24d0", "\u02b0", "\u2163", "\ufefb", "a\u0302\u0303\u0304\u0305", "a\u0336", "\u3000x", "\u2003x",
)  # fmt: skip


def wrong_cells(table: Table, field: Field, now: str) -> Iterator[tuple[str, str]]:
    """Give kinds of wrong and what the cell would then hold, from what it holds now."""
    limits = field.constraints
    text = now or "x"
    if field.required:
        yield "missing value", ""
    yield "control character", f"{text}\x07"
    yield "line break in a cell", f"{text}\nx"
    yield "space at an end", f" {text}"
    yield "space at an end", f"{text}\N{NO-BREAK SPACE}"
    for letter in INVISIBLE:
        yield "invisible letters", f"{text[:1]}{letter}{text[1:]}"
    yield from (("joiner at a word's end", f"{text}{joiner}") for joiner in JOINERS)
    yield from (("letters of another form", f"{text}{form}") for form in OTHER_FORMS)
    lookalike = text[:1] + text[1:].translate(LOOK_ALIKES)
    if lookalike != text:
        yield "look-alike letters", lookalike
    for start in ("=", "+", "-", "@"):
        yield "formula", f'{start}HYPERLINK("x")'
    if field.type == "string" and not field.enum:
        yield "too long", "x" * (limits["maxLength"] + 1)
    if "pattern" in limits:
        yield "wrong form", f"{text} X!"
        yield "wrong form", text.swapcase() if text.swapcase() != text else f"{text}X"
    if field.enum:
        yield "value outside the enum", "something_else"
        yield "value outside the enum", text.swapcase()
        yield "value outside the enum", f"{field.enum[0]} {field.enum[-1]}"
    if field.type in {"integer", "number"}:
        for found in ("NaN", "nan", "NULL", "None", "N/A", "#REF!"):
            yield "not a number (NaN)", found
        for found in ("inf", "Infinity", "1e999"):
            yield "infinity", found
        for found in ("many", "1,000", "1 000", "1e2", "0x10", "007", "٣", "½", "1_0", "3,5"):
            yield "wrong type", found
        yield "out of range", str(int(limits["minimum"]) - 1)
        yield "out of range", str(int(limits["maximum"]) + 1)
    if field.type == "boolean":
        for found in ("1", "yes", "oui", "NaN"):
            yield "wrong type", found
    if field.type == "date":
        for found in ("2021-11-31", "2021-02-29", "2021-13-01", "0000-01-01", "2021-00-10"):
            yield "date that does not exist", found
        for found in ("18/11/2021", "44518", "2021-11-18T00:00:00", "20211118", "2021-W46-4", "٢٠٢١-١١-١٨", "NaT"):
            yield "wrong type", found
    for key in table.foreign_keys:
        for name, reference in zip(key.columns, key.references, strict=True):
            if name == field.name and reference in ORPHANS:
                yield "orphan", ORPHANS[reference]


def broken_cells(tables: dict[str, Table], random: Random) -> Iterator[Change]:
    """For every column of every table: each way to be wrong, in a seeded row."""
    for table in tables.values():
        rows = rows_of(table)
        for place, field in enumerate(table.fields):
            filled = [number for number in range(1, len(rows)) if rows[number][place]] or [1]
            for kind, value in wrong_cells(table, field, rows[random.choice(filled)][place]):
                row = random.choice(filled)
                yield _in_cell(table, rows, row, place, kind, value)
            yield from _broken_bytes(table, rows, random.choice(filled), place)


def _in_cell(table: Table, rows: Rows, row: int, place: int, kind: str, value: str) -> Change:
    column = table.columns[place]
    change = writes(table.path, lambda: as_csv(with_cell(rows, row, place, value)))
    return Change(kind, f"{table.path}, row {row + 1}, {column}: {value[:40]!r}", change, table.path, row + 1, column)


def _broken_bytes(table: Table, rows: Rows, row: int, place: int) -> Iterator[Change]:
    """What is wrong below the level of text: bytes that a CSV reader or a decoder stumbles over."""
    column, marked = table.columns[place], "@@here@@"

    def with_bytes(found: bytes) -> bytes:
        text = as_csv(with_cell(rows, row, place, rows[row][place] + marked))
        return text.encode().replace(marked.encode(), found)

    for kind, found in (
        ("NUL", b"\0"),
        ("neither UTF-8 nor Windows-1252", b"\x81"),
        ("neither UTF-8 nor Windows-1252", b"Fran\x9d"),
        ("half a letter", "€".encode()[:2]),
        ("surrogate", b"\xed\xa0\x80"),
        ("10 MB cell", HUGE),
    ):
        make = writes(table.path, lambda found=found: with_bytes(found))
        yield Change(kind, f"{table.path}, row {row + 1}, {column}", make, table.path, row + 1, column)


def doubled_keys(tables: dict[str, Table], random: Random) -> Iterator[Change]:
    """For every table: a row a second time at the end."""
    for table in tables.values():
        rows = rows_of(table)
        for row in random.sample(range(1, len(rows)), min(4, len(rows) - 1)):
            change = writes(table.path, as_csv([*rows, rows[row]]))
            yield Change(
                "duplicate key", f"{table.path}, row {row + 1} again", change, table.path, len(rows) + 1, table.key[0]
            )
