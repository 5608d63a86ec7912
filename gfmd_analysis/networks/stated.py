"""Ties that stand in the report: what speakers state about other bodies, and which objectives they link."""

import pandas as pd

from gfmd_analysis.dataset.tables import Dataset, require_columns
from gfmd_analysis.text import spans


def named_ties(data: Dataset) -> pd.DataFrame:
    """Gather the ties that speakers state to other bodies, those that did not speak included: one row per speaker, body and kind.

    Returns
    -------
    DataFrame
        ``from_actor``, ``to_actor`` (short names), ``kind`` (supports, echoes, thanks, partners, contests), ``times``
        (Int64, interventions that say so), ``paragraphs`` (text, as cited), sorted by the actors' codes.
    """
    names = data.actors.set_index("actor")["short_name"]
    spoken = _spoken(data.ties, data.interventions).rename(columns={"actor": "from_actor"})
    ties = _gathered(spoken, ["from_actor", "to_actor", "kind"])
    return ties.assign(**{end: ties[end].map(names) for end in ("from_actor", "to_actor")})


def stated_links(objective_links: pd.DataFrame, interventions: pd.DataFrame) -> pd.DataFrame:
    """Gather the links that speakers state between two objectives, one row per pair.

    Parameters
    ----------
    objective_links
        ``data.objective_links``: ``intervention``, ``objective_a``, ``objective_b``.
    interventions
        ``data.interventions``.

    Returns
    -------
    DataFrame
        ``objective_a`` and ``objective_b`` (Int64, the smaller first), ``actors`` (text, who says so, in order),
        ``times`` (Int64, interventions), ``paragraphs`` (text), sorted.
    """
    require_columns(objective_links, "intervention", "objective_a", "objective_b")
    spoken = _spoken(objective_links, interventions)
    ends = spoken[["objective_a", "objective_b"]].astype("Int64")
    spoken = spoken.assign(objective_a=ends.min(axis=1), objective_b=ends.max(axis=1))
    keys = ["objective_a", "objective_b"]
    links = _gathered(spoken, keys)
    actors = spoken.groupby(keys)["actor"].agg(lambda codes: ", ".join(dict.fromkeys(codes)))
    links.insert(2, "actors", actors.to_numpy())
    return links


def _spoken(table: pd.DataFrame, interventions: pd.DataFrame) -> pd.DataFrame:
    require_columns(interventions, "intervention", "actor", "paragraph")
    speakers = interventions[["intervention", "actor", "paragraph"]]
    return table.merge(speakers, on="intervention", how="left", validate="many_to_one").sort_values("paragraph")


def _gathered(spoken: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    groups = spoken.groupby(keys, observed=True, sort=True)
    gathered = groups["intervention"].nunique().astype("Int64").rename("times").to_frame()
    return gathered.assign(paragraphs=groups["paragraph"].agg(spans)).reset_index()
