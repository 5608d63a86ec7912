"""Who asks whom for what, and how broadly each call is carried."""

from typing import Any

import numpy as np
import pandas as pd

from gfmd_analysis.dataset.objectives import OBJECTIVES
from gfmd_analysis.dataset.tables import LEADING_ROLES, Dataset, require_columns
from gfmd_analysis.errors import GfmdError

THRESHOLD = 0.4

ASKERS = ("constituency", "actor_type", "actor", "actor_name", "role", "section", "meeting")


def asks(data: "Dataset") -> pd.DataFrame:
    """Join each recommendation to who made it, and where.

    Parameters
    ----------
    data
        A loaded dataset.

    Returns
    -------
    DataFrame
        One row per recommendation, in the order of the report: ``recommendation``, ``intervention``, ``meeting``,
        ``paragraph``, ``section``, ``actor``, ``actor_name`` (short), ``actor_type``, ``constituency``, ``role``,
        ``addressee``, ``kind``, ``text``, ``objectives`` (tuple of int, empty where none is named).
    """
    named = data.recommendation_objectives.groupby("recommendation")["objective"]
    objectives = {code: tuple(sorted(int(number) for number in column)) for code, column in named}
    spoken = data.interventions[["intervention", "meeting", "paragraph", "section", "actor", "role"]]
    actors = data.actors[["actor", "short_name", "actor_type", "constituency"]].rename(
        columns={"short_name": "actor_name"}
    )
    table = (
        spoken.merge(actors, on="actor", validate="many_to_one")
        .merge(data.recommendations, on="intervention", validate="one_to_many")
        .sort_values(["meeting", "paragraph", "intervention", "recommendation"], key=_by_number, ignore_index=True)
    )
    table["objectives"] = [objectives.get(code, ()) for code in table["recommendation"]]
    return table[["recommendation", *(name for name in table.columns if name != "recommendation")]]


def _by_number(column: pd.Series) -> pd.Series:
    """Sort R10 after R9."""
    if column.name != "recommendation":
        return column
    return column.str.replace(r"-R(\d+)$", lambda found: f"-R{int(found[1]):06d}", regex=True)


def recommendations_by_addressee(
    asked: pd.DataFrame, rows: str = "constituency", columns: str = "addressee"
) -> pd.DataFrame:
    """Cross who asks with who is asked, or with what is asked for.

    Parameters
    ----------
    asked
        What :func:`asks` gives, whole or selected.
    rows
        ``constituency``, ``actor_type``, ``actor``, ``actor_name``, ``role``, ``section`` or ``meeting``.
    columns
        ``addressee`` or ``kind``.

    Returns
    -------
    DataFrame
        Int64 counts of recommendations; rows and columns fall by their totals.

    Raises
    ------
    GfmdError
        For other rows or columns.
    """
    for what, value, allowed in (("rows", rows, ASKERS), ("columns", columns, ("addressee", "kind"))):
        if value not in allowed:
            raise GfmdError(f"{what}: found {value!r}; allowed: {', '.join(allowed)}")
    require_columns(asked, rows, columns, "recommendation")
    table = asked.pivot_table("recommendation", rows, columns, aggfunc="nunique", fill_value=0, observed=True)
    table = table[table.sum().sort_values(ascending=False, kind="stable").index]
    table = table.loc[table.sum(axis=1).sort_values(ascending=False, kind="stable").index].astype("Int64")
    return table.rename_axis(index=rows, columns=columns)


def similarity(texts: pd.Series) -> np.ndarray:
    """Compare texts by the words that they share, rare ones counting more.

    Parameters
    ----------
    texts
        Recommendations in English.

    Returns
    -------
    ndarray
        Cosines of TF-IDF vectors (sublinear counts, English stop words), 0 to 1, texts by texts.

    Notes
    -----
    Salton and Buckley (1988), Term-weighting approaches in automatic text retrieval.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    try:
        vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts.tolist())
    except ValueError:  # no text has a word that counts
        return np.eye(len(texts))
    return np.asarray((vectors @ vectors.T).toarray())


def merge_similar(asked: pd.DataFrame, threshold: float = THRESHOLD) -> pd.DataFrame:
    """Bring together, within each objective, what several actors call for; nothing is dropped.

    Parameters
    ----------
    asked
        What :func:`asks` gives.
    threshold
        Cosine (:func:`similarity`) that every two texts of a merged recommendation reach. At 0.4 each of the seven
        pairs that merge in the November 2021 data is one demand in two wordings (read one by one); below it the first
        that is arguable comes at 0.398 and the first that is wrong at 0.357. A lower threshold would merge more and
        err; a missed pair costs the reader one line.

    Returns
    -------
    DataFrame
        One row per objective and merged recommendation; one with two objectives is under each. In the Compact's order,
        those without an objective last, and within it by evidence. ``objective`` (missing for none), ``text`` (the
        first in the report); tuples with an entry for each recommendation: ``texts``, ``recommendations``,
        ``interventions``; tuples with an entry for each actor: ``actors``, ``actor_names``, ``constituencies``; tuples
        of what occurs: ``paragraphs``, ``addressees``, ``kinds``; Int64 counts: ``number_of_actors``, ``number_of_constituencies``,
        ``number_of_paragraphs``, ``floor`` (actors who spoke neither as chair nor as facilitator, and so did not only
        sum up what others had said).

    Raises
    ------
    GfmdError
        For a threshold that is not above 0 and at most 1.

    Notes
    -----
    Complete linkage: no chain of half-similar texts can grow. Two calls by one actor are never merged, since merging is
    to show who agrees with whom.
    """
    if not 0 < threshold <= 1:
        raise GfmdError(f"threshold: found {threshold}; allowed: above 0, at most 1")
    require_columns(asked, "recommendation", "text", "actor", "objectives")
    rows = asked.reset_index(drop=True)
    cosines = similarity(rows["text"])
    groups: list[tuple[int | None, list[int]]] = []
    for objective in [*OBJECTIVES.categories, None]:
        members = [i for i, named in enumerate(rows["objectives"]) if (objective in named if objective else not named)]
        groups += [(objective, group) for group in _grouped(members, rows["actor"], cosines, threshold)]
    spoken = list(rows.itertuples(index=False))
    evidence = [(objective, *_evidence([spoken[i] for i in group])) for objective, group in groups]
    table = pd.DataFrame(evidence, columns=["objective", *EVIDENCE])
    table = table.astype({"objective": OBJECTIVES, **dict.fromkeys(COUNTS, "Int64")})
    order = ["objective", *COUNTS[:3]]
    return table.sort_values(order, ascending=[True, False, False, False], kind="stable", ignore_index=True)


COUNTS = ("number_of_actors", "number_of_constituencies", "number_of_paragraphs", "floor")

OCCURRING = {
    "actors": "actor",
    "actor_names": "actor_name",
    "constituencies": "constituency",
    "addressees": "addressee",
}

EVIDENCE = ("text", "texts", "recommendations", "interventions", "paragraphs", *OCCURRING, "kinds", *COUNTS)


def _grouped(members: list[int], actors: pd.Series, cosines: np.ndarray, threshold: float) -> list[list[int]]:
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if len(members) < 2:
        return [members] if members else []
    speakers = actors.loc[members].to_numpy(dtype=object)
    distances = np.clip(1 - cosines[np.ix_(members, members)], 0, None)
    distances[speakers[:, None] == speakers[None, :]] = 2
    np.fill_diagonal(distances, 0)
    labels = fcluster(linkage(squareform(distances, checks=False), "complete"), 1 - threshold, "distance")
    found: dict[int, list[int]] = {}
    for member, label in zip(members, labels, strict=True):
        found.setdefault(int(label), []).append(member)
    return list(found.values())


def _evidence(group: list[Any]) -> tuple[object, ...]:
    speakers = {row.actor: row for row in reversed(group)}
    ordered = [speakers[actor] for actor in dict.fromkeys(row.actor for row in group)]
    places = {(row.meeting, int(row.paragraph)) for row in group}
    return (
        group[0].text,
        tuple(row.text for row in group),
        tuple(row.recommendation for row in group),
        tuple(row.intervention for row in group),
        tuple(sorted({paragraph for _, paragraph in places})),
        tuple(row.actor for row in ordered),
        tuple(row.actor_name for row in ordered),
        tuple(row.constituency for row in ordered),
        tuple(dict.fromkeys(row.addressee for row in group)),
        tuple(dict.fromkeys(row.kind for row in group)),
        len(ordered),
        len({row.constituency for row in ordered}),
        len(places),
        len({row.actor for row in group if row.role not in LEADING_ROLES}),
    )
