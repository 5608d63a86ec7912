"""Give the bodies and practices of a draft the codes and rows that the data in use have for them already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

import pandas as pd

from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, Table, schema
from gfmd_analysis.dataset.reading import folders_in_use, read_table
from gfmd_analysis.draft.actors import Gazetteer, coded, known_bodies
from gfmd_analysis.draft.speakers import Speech

Tables = dict[str, pd.DataFrame]


def contract() -> dict[str, Table]:
    """Return the contract's tables that a meeting's data hold: all but those on how coders agree."""
    return {name: table for name, table in schema().items() if not name.startswith("coding_")}


@cache
def objectives_of_the_compact() -> pd.DataFrame:
    """Load the 23 objectives, which are the same for every meeting, as text."""
    table = schema()["objectives"]
    return read_table(DEFAULT_FOLDER / table.path, table)


def rows_in_use() -> Tables:
    """Load the actors and practices of the data in use (``GFMD_DATA``, else the project's own) as text."""
    found = {}
    for table in (schema()["actors"], schema()["practices"]):
        rows = [read_table(folder / table.path, table) for folder in folders_in_use()]
        found[table.name] = pd.concat(rows, ignore_index=True).drop_duplicates(table.key)
    return found


def with_known_codes(spoken: Sequence[Speech], gazetteer: Gazetteer, known: pd.DataFrame) -> list[Speech]:
    """Recode who speaks: the known code for a known name, a free one where another body has the drafted code.

    Parameters
    ----------
    spoken
        As :func:`gfmd_analysis.draft.speakers.speeches` returns them.
    gazetteer
        The report's bodies, which are recoded as well.
    known
        Rows of ``actors`` that are coded already.
    """
    names = {name.casefold(): code for column in ("short_name", "name") for name, code in zip(known[column], known["actor"], strict=True)}  # fmt: skip
    foreign = set(known["actor"]) - set(known_bodies())
    drafted = {code for speech in spoken for code in (speech.actor, *speech.behalf)}
    codes = {code: code for code in drafted}
    for code in sorted(drafted & set(gazetteer.bodies)):
        body = gazetteer.bodies[code]
        free = coded(code, drafted | set(known["actor"])) if code in foreign else code
        new = names.get(body.name.casefold(), free)
        if new not in codes.values():
            codes[code] = new
            gazetteer.bodies[new] = replace(body, code=new)
    return [
        replace(each, actor=codes[each.actor], behalf=tuple(codes[code] for code in each.behalf)) for each in spoken
    ]


def rows_named(tables: Mapping[str, pd.DataFrame], known: Mapping[str, pd.DataFrame]) -> Tables:
    """Take over the known rows of what a draft names: cited practices, actors, and the bodies to which these refer."""
    practices = _united(known["practices"], tables["practice_citations"]["practice"], tables["practices"])
    actors = _united(known["actors"], tables["actors"]["actor"], tables["actors"])
    named = {code for column in ("leads", "partners") for text in practices[column] for code in text.split(";")}
    while not (named := {*named, *actors["member_of"]} & set(known["actors"]["actor"])) <= set(actors["actor"]):
        actors = _united(known["actors"], named, actors)
    return {"actors": actors, "practices": practices}


def _united(known: pd.DataFrame, named: Iterable[str], drafted: pd.DataFrame) -> pd.DataFrame:
    """Join the known rows of the codes named, which stand in the first column, and the drafted rows of other codes."""
    key = known.columns[0]
    taken = known[known[key].isin(list(named))]
    new = drafted[~drafted[key].isin(taken[key])]
    return pd.concat([taken, new], ignore_index=True).sort_values(key, ignore_index=True).astype("str")
