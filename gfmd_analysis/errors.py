"""What is said when something is wrong: one clear message, all problems at once, with the value that was perhaps meant."""

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import attrgetter

LONGEST_SHOWN = 60

MOST_SHOWN = 200

LONGEST_CODE = 3  # any two codes of countries look alike

MOST_LISTED = 25  # of the values that are allowed


class GfmdError(ValueError):
    """Something that the user can mend; the message says what was found and what is allowed.

    Shown without a traceback on the command line and in notebooks.
    """

    def _render_traceback_(self) -> list[str]:
        """IPython asks the exception itself how it wants to be shown."""
        return [str(self)]


class NoDataError(GfmdError):
    """The data in use hold none of what a figure or a sentence is about; a briefing goes on without it and says so."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in the data: where, what was found, what is allowed.

    ``row`` is the row as a spreadsheet numbers it (the header is row 1); 0 where the problem is the whole file's. Of the
    values ``known`` the nearest is offered. ``cell`` is the column that is wrong in a row that a correction adds.
    """

    file: str
    row: int
    column: str
    found: str
    allowed: str
    known: Collection[str] = field(default=(), compare=False, repr=False)
    cell: str = field(default="", compare=False, repr=False)

    def __str__(self) -> str:
        """Name the place, then what was found and what is allowed."""
        place = [self.file, *[f"row {self.row}"] * bool(self.row), *[f"column {self.column}"] * bool(self.column)]
        return f"{', '.join(place)}: {refusal(self.found, self.allowed, self.known)}"


class DataError(GfmdError):
    """The data are not as the schema and the cross-table rules say; ``problems`` lists everything that is wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(in_order(problems))
        super().__init__(self.problems)

    def __str__(self) -> str:
        """All problems, one a line, cut only where a broken file would give thousands."""
        many = len(self.problems)
        lines = [f"{many} problem{'s' * (many != 1)} in the data:", *map("- {}".format, self.problems[:MOST_SHOWN])]
        return "\n".join([*lines, *[f"- and {many - MOST_SHOWN} more"] * (many > MOST_SHOWN)])


@contextmanager
def collected(problems: list[Problem]) -> Iterator[None]:
    """Go on where data are found to be wrong, and add what is wrong to the problems."""
    try:
        yield
    except DataError as error:
        problems += error.problems


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems by file, row and column, each once; those that are sorted already cost next to nothing."""
    return sorted(dict.fromkeys(problems), key=attrgetter("file", "row", "column", "found", "allowed"))


def shown(value: object) -> str:
    """Quote a cell's content for a message: made printable, cut to a length that can be read, or called an empty cell."""
    if value == "":
        return "an empty cell"
    text = f"'{value}'" if str(value).isprintable() else ascii(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}… ({len(str(value)):,} characters)"


def refusal(found: str, allowed: str, known: Iterable[str] = ()) -> str:
    """Word what was found and what is allowed; where it is nearly one of the values known, ask whether that was meant.

    Examples
    --------
    >>> refusal("'substantiv'", "substantive or passing", ["substantive", "passing"])
    "found 'substantiv'; did you mean 'substantive'? Allowed: substantive or passing"
    """
    near = nearest(found.strip("'"), known)
    return f"found {found}; {near}{'A' if near else 'a'}llowed: {allowed}"


def nearest(found: str, known: Iterable[str]) -> str:
    """Ask whether that of the values known was meant which is spelled like what was found, or which has all its long words.

    Examples
    --------
    >>> nearest("remittances", ["Invest in skills", "Facilitate remittances"])
    "did you mean 'Facilitate remittances'? "
    """
    spelled = {value.casefold(): value for value in known if len(value) > LONGEST_CODE}
    near = difflib.get_close_matches(found.casefold(), spelled, n=1, cutoff=0.7)
    words = {word for word in _words(found) if len(word) > LONGEST_CODE}
    near = near or [value for value in spelled if words and words <= _words(value)][:1]
    return f"did you mean '{spelled[near[0]]}'? " if near else ""


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.casefold()))


def unknown(what: str, values: Iterable[object], known: Sequence[object]) -> GfmdError:
    """Make the error for values of a parameter that are none of those known."""
    texts = [str(value) for value in known]
    listed = ", ".join(texts[:MOST_LISTED]) + f" and {len(texts) - MOST_LISTED} more" * (len(texts) > MOST_LISTED)
    if known and list(known) == list(range(1, len(known) + 1)):
        listed, texts = f"1 to {len(known)}", []
    return GfmdError(f"{what}: {refusal(', '.join(map(repr, values)), listed, texts)}")


def require_known(what: str, values: Iterable[object], allowed: Iterable[object]) -> None:
    """Refuse an unknown value of a parameter.

    Raises
    ------
    GfmdError
        Naming what was found and what is allowed.
    """
    known = list(allowed)
    if strange := [value for value in values if value not in known]:
        raise unknown(what, strange, known)
