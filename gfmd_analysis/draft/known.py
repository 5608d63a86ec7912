"""Give the bodies and practices of a draft the codes and rows that the data in use have for them already."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from gfmd_analysis.dataset.descriptor import schema
from gfmd_analysis.dataset.reading import folders_in_use, read_table
from gfmd_analysis.draft.actors import Gazetteer, coded, known_bodies
from gfmd_analysis.draft.speakers import Speech

Tables = dict[str, pd.DataFrame]


def rows_in_use() -> Tables:
    """Load the actors and practices of the data in use (``GFMD_DATA``, else the project's own) as text."""
    return {
        name: pd.concat(
            [read_table(folder / table.path, table) for folder in folders_in_use()], ignore_index=True
        ).drop_duplicates(table.key)
        for name, table in schema().items()
        if name in ("actors", "practices")
    }


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
    drafted = {code for speech in spoken for code in (speech.actor, *speech.behalf)}
    foreign = set(known["actor"]) - set(known_bodies())
    recoded = {code: code for code in drafted}
    for code in sorted(drafted & set(gazetteer.bodies)):
        body = gazetteer.bodies[code]
        new = names.get(body.name.casefold()) or (
            coded(code, drafted | set(known["actor"])) if code in foreign else code
        )
        if new == code or new not in recoded.values():
            recoded[code] = new
            gazetteer.bodies[new] = replace(body, code=new)
    return [
        replace(speech, actor=recoded[speech.actor], behalf=tuple(recoded[code] for code in speech.behalf))
        for speech in spoken
    ]


def rows_named(tables: Mapping[str, pd.DataFrame], known: Mapping[str, pd.DataFrame]) -> Tables:
    """Take over the known rows of what a draft names: cited practices, actors, and the bodies to which these refer."""
    cited = tables["practice_citations"]["practice"]
    practices = _united(known["practices"][known["practices"]["practice"].isin(cited)], tables["practices"], "practice")
    actors = _united(
        known["actors"][known["actors"]["actor"].isin(tables["actors"]["actor"])], tables["actors"], "actor"
    )
    named = {code for column in ("leads", "partners") for text in practices[column] for code in text.split(";")}
    while True:
        named |= set(actors["member_of"])
        more = known["actors"][known["actors"]["actor"].isin(named - set(actors["actor"]))]
        if more.empty:
            return {"actors": actors, "practices": practices}
        actors = _united(more, actors, "actor")


def _united(known: pd.DataFrame, drafted: pd.DataFrame, key: str) -> pd.DataFrame:
    new = drafted[~drafted[key].isin(known[key])]
    return pd.concat([known, new], ignore_index=True).sort_values(key, ignore_index=True).astype("str")
