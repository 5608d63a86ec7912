"""Give a draft the codes and rows that the data in use already have, so that meetings can be loaded as one."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from gfmd_analysis.bodies import known_bodies
from gfmd_analysis.draft_tables import Coding
from gfmd_analysis.loading import folders_in_use
from gfmd_analysis.reading import read_table
from gfmd_analysis.schema import contract

SHARED = ("actors", "practices")
ACTOR_COLUMNS = {
    "roundtables": ("chair", "facilitator"),
    "interventions": ("actor",),
    "practices": ("lead",),
    "quantities": ("actor",),
}
INTERVENTION_COLUMNS = {
    "interventions": ("intervention", "turn"),
    "mentions": ("intervention",),
    "practice_citations": ("intervention",),
}
Tables = dict[str, pd.DataFrame]


def rows_in_use() -> Tables:
    """Give the actors and practices of the data in use (``GFMD_DATA``, else the project's own) as text."""
    found: dict[str, list[pd.DataFrame]] = {name: [] for name in SHARED}
    for folder in folders_in_use():
        for name in SHARED:
            found[name].append(read_table(folder / contract()[name].path, contract()[name]))
    return {
        name: pd.concat(frames, ignore_index=True).drop_duplicates(contract()[name].key)
        for name, frames in found.items()
    }


def with_known_rows(coding: Coding, known: Mapping[str, pd.DataFrame]) -> Coding:
    """Recode the bodies and practices of a draft that are already known by name, and take over their rows.

    Parameters
    ----------
    coding
        A draft.
    known
        ``actors`` and ``practices`` as :func:`rows_in_use` gives them.

    Returns
    -------
    Coding
        The draft with known codes and rows, and with the rows to which these refer (members of, leads, partners).
    """
    actors = _recoded(coding.tables["actors"], known["actors"], "actor")
    practices = _recoded(coding.tables["practices"], known["practices"], "practice")
    tables = {name: table.copy() for name, table in coding.tables.items()}
    for name, columns in ACTOR_COLUMNS.items():
        for column in columns:
            tables[name][column] = tables[name][column].map(lambda code: actors.get(code, code)).astype("str")
    for name, columns in INTERVENTION_COLUMNS.items():
        for column in columns:
            tables[name][column] = tables[name][column].map(lambda code: _spoken_by(code, actors)).astype("str")
    citations = tables["practice_citations"]
    citations["practice"] = citations["practice"].map(lambda code: practices.get(code, code)).astype("str")
    tables["practices"] = _with_rows(tables["practices"], known["practices"], "practice", practices)
    tables["actors"] = _with_rows(tables["actors"], known["actors"], "actor", actors)
    tables["actors"] = _with_those_named(tables["actors"], tables["practices"], known["actors"])
    return replace(
        coding,
        tables=tables,
        passages={_spoken_by(code, actors): text for code, text in coding.passages.items()},
        scores={(_spoken_by(code, actors), objective): score for (code, objective), score in coding.scores.items()},
    )


def _spoken_by(intervention: str, actors: Mapping[str, str]) -> str:
    """Give an intervention's code with its actor recoded."""
    place, slash, rest = intervention.rpartition("/")
    number, dash, actor = rest.partition("-")
    return f"{place}{slash}{number}{dash}{actors.get(actor, actor)}"


def _recoded(drafted: pd.DataFrame, known: pd.DataFrame, key: str) -> dict[str, str]:
    """Map a drafted code to the known one of the same name, else to a free one where another body or practice has it."""
    names = [column for column in ("short_name", "name") if column in known]
    by_name = {name.casefold(): code for column in names for name, code in zip(known[column], known[key], strict=True)}
    official = set(known_bodies()) if key == "actor" else set()
    taken = set(known[key]) | set(drafted[key])
    recoded: dict[str, str] = {}
    for code, name in zip(drafted[key], drafted["name"], strict=True):
        new = by_name.get(name.casefold(), code)
        if new == code and code in set(known[key]) - official and name.casefold() not in by_name:
            new = next(each for each in (f"{code[:21]}_{i}" for i in range(2, 99)) if each not in taken)
        if new == code or (new not in set(drafted[key]) and new not in recoded.values()):
            recoded[code] = new
    return recoded


def _with_rows(drafted: pd.DataFrame, known: pd.DataFrame, key: str, recoded: Mapping[str, str]) -> pd.DataFrame:
    """Take over the known rows, recode the others."""
    drafted = drafted.assign(**{key: drafted[key].map(lambda code: recoded.get(code, code))})
    old = known[known[key].isin(drafted[key])]
    new = drafted[~drafted[key].isin(old[key])]
    return pd.concat([old, new], ignore_index=True).sort_values(key, ignore_index=True).astype("str")


def _with_those_named(actors: pd.DataFrame, practices: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Add the known bodies to which the rows refer, and those to which these refer."""
    while True:
        named = (
            set(actors["member_of"])
            | set(practices["lead"])
            | {part for text in practices["partners"] for part in text.split(";")}
        )
        more = known[known["actor"].isin(named - set(actors["actor"]))]
        if more.empty:
            return actors.sort_values("actor", ignore_index=True)
        actors = pd.concat([actors, more], ignore_index=True).astype("str")
