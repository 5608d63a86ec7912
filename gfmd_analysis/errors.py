"""What is said when something is wrong: one clear message, all problems at once."""

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_SHOWN = 60

MOST_SHOWN = 200


class GfmdError(ValueError):
    """Something that the user can mend; the message says what was found and what is allowed.

    Shown without a traceback on the command line and in notebooks.
    """

    def _render_traceback_(self) -> list[str]:
        """IPython asks the exception itself how it wants to be shown."""
        return [str(self)]


class NoDataError(GfmdError):
    """The data in use hold none of what a figure or a sentence is about; a briefing goes on without it and says so."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in the data: where, what was found, what is allowed.

    ``row`` is the row as a spreadsheet numbers it (the header is row 1); 0 where the problem is the whole file's.
    """

    file: str
    row: int
    column: str
    found: str
    allowed: str

    def __str__(self) -> str:
        """Name the place, then what was found and what is allowed."""
        place = ", ".join(
            [self.file, *([f"row {self.row}"] if self.row else []), *([f"column {self.column}"] * bool(self.column))]
        )
        return f"{place}: found {self.found}; allowed: {self.allowed}"


class DataError(GfmdError):
    """The data are not as the schema and the cross-table rules say; ``problems`` lists everything that is wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(self.problems)

    def __str__(self) -> str:
        """All problems, one a line, cut only where a broken file would give thousands."""
        many = len(self.problems)
        lines = [
            f"{many} problem{'s' * (many != 1)} in the data:",
            *(f"- {problem}" for problem in self.problems[:MOST_SHOWN]),
        ]
        if many > MOST_SHOWN:
            lines.append(f"- and {many - MOST_SHOWN} more")
        return "\n".join(lines)


def shown(value: object) -> str:
    """Give a cell's content for a message: quoted, made printable, cut to a length that can be read."""
    text = ascii(value) if any(not c.isprintable() for c in str(value)) else f"'{value}'"
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}… ({len(str(value)):,} characters)"
