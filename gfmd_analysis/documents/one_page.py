"""A page on any objective, actor or constituency: what it said or what was said on it, and who stands where."""

import re
from collections.abc import Iterable, Iterator, Sized
from pathlib import Path
from typing import Any

import pandas as pd

from gfmd_analysis.claims import profile
from gfmd_analysis.dataset.capacity import ACTS
from gfmd_analysis.dataset.selecting import codes_of
from gfmd_analysis.dataset.tables import Dataset, rows_of
from gfmd_analysis.dataset.writing import atomic_write
from gfmd_analysis.documents.pdf import rendered
from gfmd_analysis.documents.structure import (
    Block,
    Document,
    behind,
    bracket,
    cite,
    heading,
    muted,
    paragraph,
    short_document,
    strong,
)
from gfmd_analysis.errors import GfmdError, NoDataError
from gfmd_analysis.figures.names import inside
from gfmd_analysis.practices.speaking import talks
from gfmd_analysis.quantities.wording import phrase
from gfmd_analysis.text import listing, number_word, sentence, when

SEVERAL = ("States", "Intergovernmental bodies", "Mayors", "Others")  # all else is one
ROOM = (9, 7, 5, 4, 3, 2)  # statements and items of a kind: as many as the page has room for


def brief(
    data: "Dataset",
    folder: str | Path = ".",
    *,
    objective: int | str | None = None,
    actor: str | None = None,
    constituency: str | None = None,
) -> list[Path]:
    """Write a page on an objective, an actor or a constituency, as Word and as PDF.

    Parameters
    ----------
    data
        A loaded dataset.
    folder
        Where to; ``brief-objective-13.docx`` and ``.pdf``.
    objective, actor, constituency
        One of them, by code or name as :func:`gfmd_analysis.select` takes it: ``13``, ``"EGY"``, ``"youth"``.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    GfmdError
        For none or several of the three, or an unknown value; :class:`NoDataError` where the data hold nothing on it.
    """
    if isinstance(folder, int):
        raise GfmdError(f"brief: found {folder} in place of the folder; name it: objective={folder}")
    number = None if objective is None else int(codes_of(data.long(), "objective", objective)[0])
    chosen: dict[str, Any] = {"objective": number, "actor": actor, "constituency": constituency}
    pages = pages_on(data, profile(data, **chosen), number)
    name = next(f"brief-{kind}-{value}" for kind, value in chosen.items() if value is not None)
    made = rendered(name, next(pages), {}, pages)
    for file, content in made.items():
        atomic_write(Path(folder) / file, content)
    return [Path(folder) / file for file in made]


def pages_on(data: "Dataset", found: dict[str, Any], objective: int | None = None) -> Iterator[Document]:
    """Word a page, then shorter versions of it: what is beyond the room for it is counted.

    Parameters
    ----------
    data
        A loaded dataset.
    found
        What :func:`gfmd_analysis.claims.profile` returns.
    objective
        Where the profile is of an objective: which one.

    Yields
    ------
    dict
        A document, as :func:`gfmd_analysis.documents.structure.document` puts it together. What the data do not hold is
        left out.

    Raises
    ------
    NoDataError
        Where the data hold nothing on it.
    """
    if found["interventions"].empty:
        raise NoDataError(f"nothing was said in this selection: {found['title']}")
    first, *more = (f"{text}. " for text in found["sentences"])
    it = "They" if found["title"] in SEVERAL else "It"
    more = [re.sub(rf"^{re.escape(found['title'])} ", f"{it} ", text) for text in more]
    official = data.objectives.set_index("objective")["title"].get(objective)
    title = f"{found['title']}: {official}" if official else f"Brief: {found['title']}"
    said = sorted(rows_of(found["interventions"]), key=lambda row: row.act not in ACTS)  # chairs' words come last
    if objective:
        main = set(found["mentions"].loc[found["mentions"]["engagement"] == "substantive", "intervention"])
        said = [row for row in said if row.intervention in main]
    statements = [paragraph(f"{row.summary} ", muted(_cited(data, [row.intervention]))) for row in said]
    demands, sides = _demands(data, found, objective), _sides(data, found["differences"])
    hindered = [f"{row.text.rstrip('.')} {_cited(data, [row.intervention])}" for row in rows_of(found["challenges"])]
    practices = [f"{row.name} {_cited(data, row.interventions)}" for row in rows_of(found["practices"])]
    numbers = _numbers(data, found["quantities"], objective)
    ahead = [row for row in rows_of(found["milestones"]) if row.kind != "past"]
    dates = [f"{row.what}, {when(row.start, row.end, row.precision)} {bracket([row.paragraph])}" for row in ahead]
    for room in ROOM:
        blocks = [
            paragraph(strong(first), *more),
            *_section("What was said", statements, room, cite(data, [row.intervention for row in said[room:]])),
            *_section("What is asked for", demands, room),
            *_section("Where speakers differ", sides, max(1, room // 3)),
            *_row("Challenges and opportunities", hindered, room, ". "),
            *_row("Practices presented", practices, room),
            *_row("Numbers", numbers, room),
            *_row("Dates", dates, room),
        ]
        yield short_document(data, title, blocks, most=1)


def _section(title: str, entries: list[Block], room: int, rest: str = "tables.xlsx") -> list[Block]:
    """Set entries under a heading, and say how many the page has no room for; nothing where there are none."""
    more = [paragraph(muted(left))] if (left := _left(entries, room, rest)) else []
    return [heading(title), *entries[:room], *more] if entries else []


def _row(title: str, items: list[str], room: int, between: str = "; ") -> list[Block]:
    """Set a section of one paragraph: its items in a row, and how many the page has no room for."""
    texts = list(dict.fromkeys(items))
    told = f"{sentence(between.join(texts[:room]))}. {_left(texts, room)}".rstrip()
    return [paragraph(strong(f"{title}. "), told)] if texts else []


def _left(entries: Sized, room: int, rest: str = "tables.xlsx") -> str:
    left = len(entries) - room
    return f"Not shown: {number_word(left)}, in {rest}." if left > 0 else ""


def _demands(data: "Dataset", found: dict[str, Any], objective: int | None) -> list[Block]:
    """Set the consolidated recommendations, with who stands behind them."""
    own, blocks = set(found["interventions"]["actor"]), []
    for row in rows_of(found["consolidated"]):
        if objective or own & set(row.actors):
            who = f"only in a summary, {listing(row.reported_by)} {bracket(row.reported_in)}"
            who = behind(data, row.actors, row.interventions) if row.actors else who
            blocks.append(paragraph(f"{row.text.rstrip('.')} ", muted(f"({who})."), number="–"))
    return blocks


def _sides(data: "Dataset", table: pd.DataFrame) -> list[Block]:
    """Set the subjects on which it stands on a side, and who stands on the others."""
    blocks = []
    for what, rows in table.groupby("what", sort=False, observed=True):
        sides = "; ".join(f"{row.side} ({behind(data, row.actors, row.interventions)})" for row in rows_of(rows))
        blocks.append(paragraph(f"{str(what).partition(':')[0].rstrip('.')}: {sides}.", number="–"))
    return blocks


def _cited(data: "Dataset", interventions: Iterable[str]) -> str:
    """Cite interventions, and say so where all of them were made in the chair."""
    codes = list(interventions)
    own = any(talks(data)[code].act in ACTS for code in codes)
    return f"{cite(data, codes)}{'' if own else ' (in the chair)'}"


def _numbers(data: "Dataset", table: pd.DataFrame, objective: int | None) -> list[str]:
    """Tell the numbers with their units; of an objective those that were said on it alone."""
    rows = rows_of(table)
    if objective:
        main = data.mentions.loc[data.mentions["engagement"] == "substantive", "intervention"]
        alone = [talks(data)[code] for code in main.drop_duplicates(keep=False)]
        known = {(talk.meeting, talk.paragraph, talk.actor) for talk in alone}
        rows = [row for row in rows if (row.meeting, row.paragraph, row.actor) in known]
    texts = []
    for row in rows:
        status = "" if row.status == "observed" else f" ({inside(row.status)})"
        number = phrase(float(row.value), str(row.unit), str(row.bound), spelled=True)
        texts.append(f"{row.what}: {number}{status} {bracket([row.paragraph])}")
    return texts
