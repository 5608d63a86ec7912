"""Another valid value for a cell, as an analyst's slip in a spreadsheet would bring."""

from datetime import date, timedelta
from random import Random

from gfmd_analysis.dataset.descriptor import Field, Table
from tests.torture.packages import Rows

FREE_TEXT_FROM = 100  # characters that a column without enum or pattern must hold to count as free text


def is_free_text(field: Field) -> bool:
    """Summaries, notes, titles: text that no rule and no count can hold."""
    bounded = field.enum or "pattern" in field.constraints or field.name == "partners"
    return field.type == "string" and not bounded and field.constraints["maxLength"] > FREE_TEXT_FROM


def another(table: Table, field: Field, place: int, now: str, content: dict[str, Rows], random: Random) -> str:
    """Find another value of the column's type, from its enum, its references or its other rows where it has any."""
    limits = field.constraints
    choices = set(field.enum)
    if field.type == "boolean":
        choices = {"true", "false"}
    if field.type == "date":
        return (date.fromisoformat(now or "2021-01-01") + timedelta(days=1)).isoformat()
    if field.type in {"integer", "number"}:
        number = float(now) if now else float(limits["minimum"])
        choices = {
            f"{value:.0f}"
            for value in (number - 1, number + 1, number * 2)
            if limits["minimum"] <= value <= limits["maximum"]
        }
    for key in table.foreign_keys:
        if field.name in key.columns and not field.enum and field.type == "string":
            target = content[key.table]
            column = target[0].index(key.references[key.columns.index(field.name)])
            choices = {row[column] for row in target[1:]}
    if not choices and is_free_text(field):
        return _other_word(now, [row[place] for row in content[table.name][1:] if row[place]], random)
    choices = choices or {row[place] for row in content[table.name][1:]}
    others = sorted(choices - {now, ""})
    return random.choice(others) if others else _other_form(now)


def _other_form(now: str) -> str:
    """Find another value of the same form where the column holds only one: the last digit or letter moves on."""
    last = now[-1:]
    moved = {"9": "0", "f": "0", "Z": "A", "z": "a"}.get(last) or chr(ord(last or "A") + 1)
    return now[:-1] + moved if now else "people"


def _other_word(now: str, column: list[str], random: Random) -> str:
    words = now.split(" ") if now else ["Remark"]
    others = sorted(
        {word for text in column for word in text.split(" ") if word.isalpha() and word.islower() and len(word) > 3}
        - set(words)
    )
    place = random.randrange(len(words))
    return " ".join([*words[:place], random.choice(others) if others else "other", *words[place + 1 :]])
