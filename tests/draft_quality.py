"""Compare a draft with the coding of the same report, part by part."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping

import pandas as pd

from gfmd_analysis.dataset.reliability import scored
from gfmd_analysis.dataset.tables import require_columns

PARTS = (
    "paragraphs",
    "sections",
    "actors",
    "roles",
    "explicit mentions",
    "inferred mentions",
    "quantities",
    "quantities with bound",
)

Tables = Mapping[str, pd.DataFrame]


def draft_quality(draft: Tables, coded: Tables) -> pd.DataFrame:
    """Compare a draft with the coding of the same report.

    Parameters
    ----------
    draft, coded
        ``paragraphs``, ``interventions``, ``mentions``, ``quantities`` and ``actors`` of the data contract, of one meeting.

    Returns
    -------
    DataFrame
        One row a part: ``part``; ``drafted``, ``coded`` and ``agreed`` (counts, int64); ``precision``, ``recall`` and ``f1`` (float64,
        0 to 1; F1 is the harmonic mean of both, van Rijsbergen 1979). A paragraph agrees in number and text, a section and
        an actor in the paragraph, a mention in intervention and objective, a quantity in paragraph and value. Bodies agree by
        code or by name.

    Raises
    ------
    GfmdError
        Where a table lacks a column.
    """
    drafted, settled = _units(draft, _names(coded["actors"])), _units(coded, {})
    rows = []
    for part in PARTS:
        ours, theirs = Counter(drafted[part]), Counter(settled[part])
        agreed = sum((ours & theirs).values())
        rows.append((part, sum(ours.values()), sum(theirs.values()), agreed))
    return scored(pd.DataFrame(rows, columns=["part", "drafted", "coded", "agreed"]))


def _names(actors: pd.DataFrame) -> dict[str, str]:
    """Give the settled code of every name, so that a body unknown to the draft is recognised by its name."""
    require_columns(actors, "actor", "name", "short_name")
    return {
        str(name).casefold(): str(code)
        for column in ("short_name", "name")
        for name, code in zip(actors[column], actors["actor"], strict=True)
    }


def _units(tables: Tables, names: Mapping[str, str]) -> dict[str, Iterable[Hashable]]:
    """Give what is compared, part by part."""
    paragraphs, spoken, mentions, quantities = (
        tables[name] for name in ("paragraphs", "interventions", "mentions", "quantities")
    )
    require_columns(paragraphs, "paragraph", "section", "sha256")
    require_columns(spoken, "intervention", "paragraph", "actor", "role")
    require_columns(mentions, "intervention", "objective", "basis")
    require_columns(quantities, "paragraph", "value", "bound")
    own = {
        code: names.get(str(name).casefold(), code)
        for code, name in zip(tables["actors"]["actor"], tables["actors"]["name"], strict=True)
    }
    number = pd.to_numeric(spoken["paragraph"]).astype(int)
    actor = spoken["actor"].map(lambda code: own.get(code, code)).astype(str)
    place = dict(zip(spoken["intervention"], zip(number, actor, strict=True), strict=True))
    named = [
        (place[code], int(objective), str(basis))
        for code, objective, basis in mentions[["intervention", "objective", "basis"]].itertuples(index=False)
    ]
    where = pd.to_numeric(quantities["paragraph"].replace("", None)).fillna(0).astype(int)
    value = pd.to_numeric(quantities["value"]).astype(float)
    numbers = pd.to_numeric(paragraphs["paragraph"]).astype(int)
    return {
        "paragraphs": list(zip(numbers, paragraphs["sha256"].astype(str), strict=True)),
        "sections": list(zip(numbers, paragraphs["section"].astype(str), strict=True)),
        "actors": list(zip(number, actor, strict=True)),
        "roles": list(zip(number, actor, spoken["role"].astype(str), strict=True)),
        "explicit mentions": [
            (intervention, objective) for intervention, objective, basis in named if basis == "explicit"
        ],
        "inferred mentions": [
            (intervention, objective) for intervention, objective, basis in named if basis == "inferred"
        ],
        "quantities": list(zip(where, value, strict=True)),
        "quantities with bound": list(zip(where, value, quantities["bound"].astype(str), strict=True)),
    }
