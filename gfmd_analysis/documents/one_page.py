"""A page on any objective, actor or constituency: what it said or what was said on it, and who stands where."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from gfmd_analysis.claims import profile
from gfmd_analysis.dataset.capacity import spoken_as
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
    chosen = {"objective": number, "actor": actor, "constituency": constituency}
    found = profile(data, objective=number, actor=actor, constituency=constituency)
    name = next(f"brief-{kind}-{value}" for kind, value in chosen.items() if value is not None)
    pages = (page_on(data, found, room, number) for room in ROOM)
    made = rendered(name, next(pages), {}, pages)
    for file, content in made.items():
        atomic_write(Path(folder) / file, content)
    return [Path(folder) / file for file in made]


def page_on(data: "Dataset", found: dict[str, Any], room: int, objective: int | None = None) -> Document:
    """Word a page.

    Parameters
    ----------
    data
        A loaded dataset.
    found
        What :func:`gfmd_analysis.claims.profile` returns.
    room
        Statements, and items of each kind, that the page has room for; what is beyond is counted.
    objective
        Where the profile is of an objective: which one.

    Returns
    -------
    dict
        A document, as :func:`gfmd_analysis.documents.structure.document` puts it together. What the data do not hold is
        left out.

    Raises
    ------
    NoDataError
        Where the data hold nothing on it.
    """
    if found["interventions"].empty:
        raise NoDataError(f"nothing in the data on {found['title']}")
    official = data.objectives.loc[data.objectives["objective"].astype(int) == (objective or 0), "title"]
    first, *more = (f"{text}. " for text in found["sentences"])
    it = "They" if found["title"] in SEVERAL else "It"
    more = [re.sub(rf"^{re.escape(found['title'])} ", f"{it} ", text) for text in more]
    said = _said(found, on_objective=bool(objective))
    rows = {
        "Practices presented": _practices(data, found),
        "Numbers": _numbers(data, found, on_objective=bool(objective)),
        "Dates": _dates(found),
    }
    blocks = [
        paragraph(strong(first), *more),
        *_section("What was said", _statements(data, said), room, cite(data, said["intervention"].iloc[room:])),
        *_section("What is asked for", _demands(data, found, on_objective=bool(objective)), room),
        *_section("Where speakers differ", _sides(data, found["differences"]), max(1, room // 3)),
        *_row("Challenges and opportunities", _challenges(data, found), room, ". "),
        *(block for title, items in rows.items() for block in _row(title, items, room)),
    ]
    title = ": ".join([found["title"], *official]) if objective else f"Brief: {found['title']}"
    return short_document(data, title, blocks, most=1)


def _section(title: str, entries: Iterable[Block], room: int, rest: str = "tables.xlsx") -> list[Block]:
    """Set entries under a heading, and say how many the page has no room for; nothing where there are none."""
    kept = list(entries)
    more = [paragraph(muted(f"Not shown: {number_word(len(kept) - room)}, in {rest}."))] if len(kept) > room else []
    return [heading(title), *kept[:room], *more] if kept else []


def _row(title: str, items: Iterable[str], room: int, between: str = "; ") -> Iterator[Block]:
    """Set a section of one paragraph: its items in a row, and how many the page has no room for."""
    texts = list(dict.fromkeys(items))
    if texts:
        more = f" Not shown: {number_word(len(texts) - room)}, in tables.xlsx." if len(texts) > room else ""
        yield paragraph(strong(f"{title}. "), f"{sentence(between.join(texts[:room]))}.{more}")


def _said(found: dict[str, Any], *, on_objective: bool) -> pd.DataFrame:
    """Select what is set as said, statements before chairs' words; of an objective where it is a main subject."""
    rows: pd.DataFrame = found["interventions"]
    if on_objective:
        main = found["mentions"]["engagement"] == "substantive"
        rows = rows[rows["intervention"].isin(found["mentions"].loc[main, "intervention"])]
    own = spoken_as(rows)
    return pd.concat([rows[own], rows[~own]])


def _statements(data: "Dataset", rows: pd.DataFrame) -> Iterator[Block]:
    for row in rows_of(rows):
        yield paragraph(f"{row.summary} ", muted(_cited(data, [row.intervention])))


def _demands(data: "Dataset", found: dict[str, Any], *, on_objective: bool) -> Iterator[Block]:
    """Set the consolidated recommendations, with who stands behind them."""
    own = set(found["interventions"]["actor"])
    for row in rows_of(found["consolidated"]):
        if not on_objective and not own & set(row.actors):
            continue
        who = f"only in a summary, {listing(row.reported_by)} {bracket(row.reported_in)}"
        if row.actors:
            who = behind(data, row.actors, row.interventions)
        yield paragraph(f"{row.text.rstrip('.')} ", muted(f"({who})."), number="–")


def _sides(data: "Dataset", table: pd.DataFrame) -> Iterator[Block]:
    """Set the subjects on which it stands on a side, and who stands on the others."""
    for what, rows in table.groupby("what", sort=False, observed=True):
        sides = "; ".join(f"{row.side} ({behind(data, row.actors, row.interventions)})" for row in rows_of(rows))
        yield paragraph(f"{str(what).partition(':')[0].rstrip('.')}: {sides}.", number="–")


def _challenges(data: "Dataset", found: dict[str, Any]) -> Iterator[str]:
    for row in rows_of(found["challenges"]):
        yield f"{row.text.rstrip('.')} {_cited(data, [row.intervention])}"


def _practices(data: "Dataset", found: dict[str, Any]) -> Iterator[str]:
    for row in rows_of(found["practices"]):
        yield f"{row.name} {_cited(data, row.interventions)}"


def _cited(data: "Dataset", interventions: Iterable[str]) -> str:
    """Cite interventions, and say so where all of them were made in the chair."""
    said = data.interventions[data.interventions["intervention"].isin(list(interventions))]
    return f"{cite(data, interventions)}{'' if spoken_as(said).any() else ' (in the chair)'}"


def _numbers(data: "Dataset", found: dict[str, Any], *, on_objective: bool) -> Iterator[str]:
    table = found["quantities"]
    if on_objective:  # only what was said on this objective alone
        spoken = data.mentions[data.mentions["engagement"] == "substantive"].merge(
            data.interventions[["intervention", "paragraph", "actor", "meeting"]]
        )
        alone = spoken.drop_duplicates("intervention", keep=False)
        table = table.merge(alone[["meeting", "paragraph", "actor"]].drop_duplicates())
    for row in rows_of(table):
        status = "" if row.status == "observed" else f" ({inside(row.status)})"
        number = phrase(float(row.value), str(row.unit), str(row.bound), spelled=True)
        yield f"{row.what}: {number}{status} {bracket([row.paragraph])}"


def _dates(found: dict[str, Any]) -> Iterator[str]:
    for row in rows_of(found["milestones"]):
        if row.kind != "past":
            yield f"{row.what}, {when(row.start, row.end, str(row.precision))} {bracket([row.paragraph])}"
