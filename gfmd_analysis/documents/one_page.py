"""A page on any objective, actor or constituency: what it said or what was said on it, and who stands where."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from gfmd_analysis.claims import profile
from gfmd_analysis.claims.selection import names
from gfmd_analysis.dataset.capacity import ACTS, spoken_as
from gfmd_analysis.dataset.tables import Dataset, rows_of
from gfmd_analysis.dataset.writing import atomic_write
from gfmd_analysis.documents.pdf import fits, fitted
from gfmd_analysis.documents.structure import (
    Block,
    abbreviations,
    bracket,
    caveat,
    cite,
    document,
    heading,
    limits,
    meetings_named,
    muted,
    paragraph,
    strong,
    words_of,
)
from gfmd_analysis.documents.word import to_docx
from gfmd_analysis.errors import NoDataError
from gfmd_analysis.quantities.wording import phrase
from gfmd_analysis.text import listing, when

ROOM = (9, 7, 5, 4, 3, 2)  # statements and items of a kind: as many as the page has room for


def brief(
    data: "Dataset",
    folder: str | Path = ".",
    *,
    objective: int | None = None,
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
        One of them: ``13``, ``"EGY"``, ``"youth"``.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    GfmdError
        For none or several of the three, or an unknown value; :class:`NoDataError` where the data hold nothing on it.
    """
    chosen = {"objective": objective, "actor": actor, "constituency": constituency}
    found = profile(data, objective=objective, actor=actor, constituency=constituency)
    rooms = (page_on(data, found, room, objective) for room in ROOM)
    page = next((page for page in rooms if fits(page)), None) or page_on(data, found, ROOM[-1], objective)
    told, content, pages = fitted(page, {})
    name = next(f"{kind}-{value}" for kind, value in chosen.items() if value is not None)
    paths = [Path(folder) / f"brief-{name}.{form}" for form in ("docx", "pdf")]
    for path, made in zip(paths, (to_docx(told, {}, pages), content), strict=True):
        atomic_write(path, made)
    return paths


def page_on(data: "Dataset", found: dict[str, Any], room: int, objective: int | None = None) -> dict[str, Any]:
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
    title = ". ".join([found["title"], *official])
    blocks: list[Block | None] = [
        paragraph(meetings_named(data), style="subtitle"),
        paragraph("An analyst’s brief, not a GFMD document", style="status"),
        paragraph(strong(f"{found['sentences'][0]}. "), *(f"{text}. " for text in found["sentences"][1:]))
        if found["sentences"]
        else None,
        *_statements(data, found, room, on_objective=bool(objective)),
        *_demands(data, found, room, on_objective=bool(objective)),
        *_sides(data, found, room),
        *_items("Challenges and opportunities", _challenges(data, found), room),
        *_items("Practices presented", _practices(data, found), room),
        *_items("Numbers", _numbers(data, found, on_objective=bool(objective)), room),
        *_items("Dates", _dates(found), room),
        heading("How this was made"),
        paragraph(caveat(data), style="note"),
        paragraph(limits(data), style="note"),
    ]
    if spelled := abbreviations(data, words_of({"blocks": [block for block in blocks if block]})):
        blocks.append(paragraph(f"Abbreviations. {'; '.join(spelled)}.", style="note"))
    return document(data, f"Brief: {title}", blocks, most=1)


def _items(title: str, items: Iterable[str], room: int) -> Iterator[Block]:
    """Set a section of one paragraph: its items in a row, and how many the page has no room for."""
    texts = list(dict.fromkeys(items))
    if texts:
        more = f" {len(texts) - room} more in the data." if len(texts) > room else ""
        yield paragraph(strong(f"{title}. "), "; ".join(texts[:room]) + f".{more}")


def _statements(data: "Dataset", found: dict[str, Any], room: int, *, on_objective: bool) -> Iterator[Block]:
    """Set what was said in reported speech, statements before chairs' words, main subjects before asides."""
    rows = found["interventions"]
    if on_objective:
        main = set(found["mentions"].loc[found["mentions"]["engagement"] == "substantive", "intervention"])
        rows = rows[rows["intervention"].isin(main)]
    own = spoken_as(rows, ACTS)
    rows = pd.concat([rows[own], rows[~own]])
    if rows.empty:
        return
    yield heading("What was said")
    for row in rows_of(rows.head(room)):
        chair = "" if row.act in ACTS else " (in the chair)"
        yield paragraph(f"{row.summary} ", muted(f"{cite(data, [row.intervention])}{chair}"))
    if len(rows) > room:
        yield paragraph(muted(f"{len(rows) - room} more in {cite(data, rows['intervention'].tail(-room))}."))


def _demands(data: "Dataset", found: dict[str, Any], room: int, *, on_objective: bool) -> Iterator[Block]:
    """Set the consolidated recommendations, with who stands behind them."""
    rows = found["consolidated"]
    if not on_objective:
        own = set(found["interventions"]["actor"])
        rows = rows[pd.Series([bool(own & set(actors)) for actors in rows["actors"]], rows.index, dtype=bool)]
    if rows.empty:
        return
    yield heading("What is asked for")
    for row in rows_of(rows.head(room)):
        if row.actors:
            behind = f"{listing(names(data, row.actors, 'en'))} {cite(data, row.interventions)}"
        else:
            behind = f"in the chair alone, {listing(row.reported_by)} {bracket(row.reported_in)}"
        yield paragraph(f"{row.text} ", muted(f"({behind})"), number="–")
    if len(rows) > room:
        yield paragraph(muted(f"{len(rows) - room} more in the data."))


def _sides(data: "Dataset", found: dict[str, Any], room: int) -> Iterator[Block]:
    """Set the subjects on which it stands on a side, and who stands on the others."""
    table = found["differences"]
    groups = list(table.groupby("what", sort=False, observed=True))
    if not groups:
        return
    yield heading("Where speakers differ")
    for what, rows in groups[: max(1, room // 3)]:
        sides = [
            f"{row.side} ({listing(names(data, row.actors, 'en'))} {cite(data, row.interventions)})"
            for row in rows_of(rows)
        ]
        yield paragraph(f"{str(what).partition(':')[0].rstrip('.')}: {'; '.join(sides)}.", number="–")
    if len(groups) > max(1, room // 3):
        yield paragraph(muted(f"{len(groups) - max(1, room // 3)} more in the data."))


def _challenges(data: "Dataset", found: dict[str, Any]) -> Iterator[str]:
    for row in rows_of(found["challenges"]):
        yield f"{row.text.rstrip('.')} {_cited(data, [row.intervention])}"


def _practices(data: "Dataset", found: dict[str, Any]) -> Iterator[str]:
    for row in rows_of(found["practices"]):
        yield f"{row.name} {_cited(data, row.interventions)}"


def _cited(data: "Dataset", interventions: Iterable[str]) -> str:
    """Cite interventions, and say so where all of them were made in the chair."""
    said = data.interventions[data.interventions["intervention"].isin(list(interventions))]
    return f"{cite(data, interventions)}{'' if spoken_as(said, ACTS).any() else ' (in the chair)'}"


def _numbers(data: "Dataset", found: dict[str, Any], *, on_objective: bool) -> Iterator[str]:
    table = found["quantities"]
    if on_objective:  # only what was said on this objective alone
        spoken = data.mentions[data.mentions["engagement"] == "substantive"].merge(
            data.interventions[["intervention", "paragraph", "actor", "meeting"]]
        )
        alone = spoken.drop_duplicates("intervention", keep=False)
        table = table.merge(alone[["meeting", "paragraph", "actor"]].drop_duplicates())
    for row in rows_of(table):
        status = "" if row.status == "observed" else f" ({row.status})"
        number = phrase(float(row.value), str(row.unit), str(row.bound), spelled=True)
        yield f"{row.what}: {number}{status} {bracket([row.paragraph])}"


def _dates(found: dict[str, Any]) -> Iterator[str]:
    for row in rows_of(found["milestones"]):
        if row.kind != "past":
            yield f"{row.what}, {when(row.start, row.end, str(row.precision))} {bracket([row.paragraph])}"
