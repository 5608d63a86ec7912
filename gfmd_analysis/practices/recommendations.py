"""What speakers want: recommendations, the demands that several share, where they differ, and what stands in the way.

What a chair or facilitator sums up is the session's: it is counted for no speaker, and stands beside what speakers ask
for in their own name.
"""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

import pandas as pd

from gfmd_analysis.dataset.capacity import ACTS, Acts, spoken_as
from gfmd_analysis.dataset.memory import once
from gfmd_analysis.dataset.objectives import split_numbers
from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.practices.speaking import names_of, speakers_named, voice_names, voices

SPOKEN = ["intervention", "meeting", "paragraph", "section", "actor", "role", "act"]


@once
def _where(data: "Dataset") -> pd.DataFrame:
    actors = data.actors[["actor", "short_name", "actor_type", "constituency"]]
    return data.interventions[SPOKEN].merge(actors.rename(columns={"short_name": "actor_name"}), on="actor")


def spoken(data: "Dataset", table: pd.DataFrame) -> pd.DataFrame:
    """Join a table of what was said to who said it, where and in what capacity, in the order of the report.

    Returns
    -------
    DataFrame
        The rows of ``table`` (which has a column ``intervention``) with ``meeting``, ``paragraph``, ``section``,
        ``actor``, ``role``, ``act``, ``actor_name`` (short), ``actor_type``, ``constituency`` before its own columns.
    """
    joined = _where(data).merge(table, on="intervention", validate="one_to_many")
    return joined.sort_values(["meeting", "paragraph", "intervention"], kind="stable", ignore_index=True)


@once
def recommendation_table(data: "Dataset", *, acts: Acts = ACTS) -> pd.DataFrame:
    """Join each recommendation to who made it, and where.

    Parameters
    ----------
    data
        A loaded dataset.
    acts
        In what capacity it was said; ``None`` for all, introductions and summaries too.

    Returns
    -------
    DataFrame
        One row per recommendation, in the order of the report: ``recommendation``, ``intervention``, ``meeting``,
        ``paragraph``, ``section``, ``actor``, ``role``, ``act``, ``actor_name`` (short, in brackets after a body that it
        speaks for), ``actor_type``, ``constituency``, ``addressee``, ``kind``, ``text``, ``objectives`` (tuple of int, empty where none is named).
    """
    table, key = spoken(data, data.recommendations), "recommendation"
    table["objectives"] = gathered(table[key], data.recommendation_objectives, key, "objective", distinct)
    table["actor_name"] = table["intervention"].map(speakers_named(data)).astype("str")
    return table.loc[spoken_as(table, acts), [key, *table.columns.drop(key)]].reset_index(drop=True)


@once
def supporters(data: "Dataset") -> pd.DataFrame:
    """List who stands behind each consolidated recommendation, and who only reports it.

    Returns
    -------
    DataFrame
        One row per demand and actor: ``consolidated``, ``actor``, ``actor_name`` (short), ``constituency`` (of the body that
        it speaks for, where it does so throughout), ``strength`` (``asks`` where the actor asks outright once, else ``welcomes``; ``reports`` where it speaks of the demand only
        in introductions or summaries), ``turn`` (the first in which it does so; a joint talk is one turn of each of its
        speakers), ``interventions`` (tuple of codes), ``paragraphs`` (tuple of int).
    """
    turns = data.interventions[["intervention", "turn", "on_behalf_of"]]
    said = recommendation_table(data, acts=None).merge(data.consolidation, on="recommendation").merge(turns)
    bodies = data.actors.set_index("actor")[["short_name", "constituency"]].astype("str")
    said["actor_name"] = said["actor"].map(bodies["short_name"])
    said["for_body"] = said["on_behalf_of"].map(lambda cell: (codes(cell) or ("",))[0])
    said["constituency"] = said["for_body"].map(bodies["constituency"]).fillna(said["constituency"].astype("str"))
    said["strength"] = said["strength"].astype("str").where(spoken_as(said), "reports")
    said["weight"] = said["strength"].map({"asks": 0, "welcomes": 1, "reports": 2})
    keys = ["consolidated", "actor"]
    own = said.groupby(keys, observed=True)["weight"].transform("min") < 2
    said = said[own == (said["weight"] < 2)].sort_values(["weight", "for_body"], kind="stable")
    said["pair"] = list(zip(said["consolidated"], said["actor"], strict=True))
    table = said.drop_duplicates("pair").sort_values(keys, ignore_index=True)
    for column in ("intervention", "paragraph"):
        table[f"{column}s"] = gathered(table["pair"], said, "pair", column, distinct)
    return table[[*keys, "actor_name", "constituency", "strength", "turn", "interventions", "paragraphs"]]


def distinct(values: Iterable[Any]) -> tuple[Any, ...]:
    """Keep each value once, in order."""
    return tuple(sorted(set(values)))


@once
def consolidated_recommendations(data: "Dataset") -> pd.DataFrame:
    """Rank the demands that speakers share by how many stand behind each; who ask together in one talk count once.

    Returns
    -------
    DataFrame
        One row per demand, most supporters first, then most constituencies: ``consolidated``, ``text``, ``addressee``,
        ``related`` (tuple of interventions near to it that neither ask nor welcome), ``objectives`` (tuple of int, those of supporters;
        those of summaries where nobody supports it), ``supporters`` (Int64, who ask for or welcome it in their own name; a joint
        talk once), ``asks``, ``welcomes`` (of these; Int64), ``constituencies`` (tuple), ``actors`` (tuple of codes), ``voices``
        (tuple, as many as supporters) and ``actor_names`` (tuple of their names), ``reported_by`` (tuple of names of those who only report it in the chair), ``recommendations``
        (tuple), ``interventions`` and ``paragraphs`` (tuples, of supporters), ``reported_in`` (tuple of paragraphs).
    """
    behind = supporters(data)
    own, reports = behind[behind["strength"] != "reports"], behind[behind["strength"] == "reports"]
    said = recommendation_table(data, acts=None).merge(data.consolidation, on="recommendation")
    named, reported = said[spoken_as(said)], said[~spoken_as(said)]
    table = data.consolidated_recommendations[["consolidated", "text", "addressee", "related"]]

    def each(rows: pd.DataFrame, column: str, how: Gathering = distinct) -> pd.Series:
        return gathered(table["consolidated"], rows, "consolidated", column, how)

    there, interventions = set(data.interventions["intervention"]), each(own, "interventions")
    speaking = interventions.map(lambda codes: tuple(voice for voice, _ in voices(data, codes)))
    asks, welcomes = (own[own["strength"] == strength] for strength in ("asks", "welcomes"))
    columns = {
        "related": table["related"].map(lambda cell: tuple(code for code in codes(cell) if code in there)),
        "objectives": each(named, "objectives").where(
            table["consolidated"].isin(named["consolidated"]), each(said, "objectives")
        ),
        "supporters": each(own, "turn").map(len),
        "asks": each(asks, "turn").map(len),
        "welcomes": each(welcomes, "turn").map(len),
        "constituencies": each(own, "constituency"),
        "actors": each(own, "actor", tuple),
        "voices": speaking,
        "actor_names": speaking.map(lambda voices: tuple(voice_names(voices))),
        "reported_by": each(reports, "actor_name", tuple),
        "recommendations": each(said, "recommendation", tuple),
        "interventions": interventions,
        "paragraphs": each(own, "paragraphs"),
        "reported_in": each(reported, "paragraph"),
    }
    table = table.assign(**columns, broad=columns["constituencies"].map(len))
    order = ["supporters", "broad", "asks", "consolidated"]
    table = table.sort_values(order, ascending=[False, False, False, True], ignore_index=True).drop(columns="broad")
    return table.astype(dict.fromkeys(("supporters", "asks", "welcomes"), "Int64"))


Gathering = Callable[[Iterable[Any]], tuple[Any, ...]]


def in_order(values: Iterable[Any]) -> tuple[Any, ...]:
    """Keep each value once, where it first stands."""
    return tuple(dict.fromkeys(values))


def gathered(keys: pd.Series, rows: pd.DataFrame, key: str, column: str, how: Gathering = in_order) -> pd.Series:
    """Gather for each key what stands in a column beside it, as tuples; where cells are tuples, their members."""
    found: dict[Any, list[Any]] = {}
    for code, cell in rows[[key, column]].dropna().astype("object").itertuples(index=False):
        found.setdefault(code, []).extend(cell if isinstance(cell, tuple) else [cell])
    return pd.Series([how(found.get(code, ())) for code in keys], keys.index, dtype="object")


def joined(cells: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
    """Put tuples together, each member once and in order."""
    return distinct(chain(*cells))


@once
def differences(data: "Dataset") -> pd.DataFrame:
    """List the subjects on which speakers take different positions or stress different sides, and who stands where.

    Returns
    -------
    DataFrame
        One row per subject and side: ``difference``, ``what``, ``kind`` (open, emphasis), ``side``, ``actors``,
        ``actor_names`` (of its voices), ``interventions``, ``paragraphs`` (tuples, in the order of the report).
    """
    sides = spoken(data, data.difference_sides)
    table = data.differences.merge(sides, on="difference")
    keys = ["difference", "what", "kind", "side"]
    grouped = table.groupby(keys, observed=True)
    found = grouped[["actor", "intervention", "paragraph"]].agg(in_order).add_suffix("s").reset_index()
    said = [tuple(voice_names(voice for voice, _ in voices(data, each))) for each in found["interventions"]]
    found.insert(len(keys) + 1, "actor_names", pd.Series(said, found.index, dtype="object"))
    return found


@once
def challenges(data: "Dataset", *, acts: Acts = ACTS) -> pd.DataFrame:
    """List what speakers name as standing in the way, and as a chance.

    Returns
    -------
    DataFrame
        One row per challenge or opportunity, in the order of the report: ``challenge``, ``kind``, ``text``,
        ``objectives`` (tuple of int), and who said it where, as in :func:`recommendation_table`.
    """
    table = spoken(data, data.challenges)
    table["objectives"] = pd.Series([split_numbers(cell) for cell in table["objectives"]], dtype="object")
    table["actor_name"] = table["intervention"].map(speakers_named(data)).astype("str")
    first = ["challenge", "kind", "text", "objectives"]
    return table.loc[spoken_as(table, acts), [*first, *table.columns.drop(first)]].reset_index(drop=True)


def milestones(data: "Dataset", *, kind: str | None = None) -> pd.DataFrame:
    """List dates, deadlines and decisions: what, whose and when.

    Parameters
    ----------
    data
        A loaded dataset.
    kind
        ``past``, ``ongoing`` or ``due`` on the day of the meeting; ``None`` for all.

    Returns
    -------
    DataFrame
        One row per milestone, in order of its end (its start where that is not known), undated ones last:
        ``milestone``, ``meeting``, ``paragraph``, ``start``, ``end`` (datetime64), ``precision``, ``what``, ``body``
        (as in the data), ``body_names`` (tuple of short names), ``kind``.
    """
    table = data.milestones
    names = names_of(data)
    bodies = [tuple(names.get(code, code) for code in codes(cell)) for cell in table["body"]]
    table = table.assign(body_names=pd.Series(bodies, dtype="object", index=table.index))
    if kind is not None:
        table = table[table["kind"] == kind]
    order = table.assign(last=table["end"].fillna(table["start"]))
    return order.sort_values(["last", "start", "milestone"], ignore_index=True).drop(columns="last")


def codes(cell: object) -> tuple[str, ...]:
    """Split a cell of codes or names (``AU;SIDA;SWE``); none where it is missing."""
    return tuple(cell.split(";")) if isinstance(cell, str) and cell else ()
