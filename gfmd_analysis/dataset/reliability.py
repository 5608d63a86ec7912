"""What is in the data: the tables and their fingerprints, who spoke where, and where the two codings differed."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping

import numpy as np
import pandas as pd

from gfmd_analysis.dataset.objectives import OBJECTIVES
from gfmd_analysis.dataset.tables import Dataset, require_columns
from gfmd_analysis.errors import GfmdError, NoDataError

DECISIONS = {
    "both": "no difference",
    "A": "coder A's code stands",
    "B": "coder B's code stands",
    "lead": "neither stands",
}


def adjudicated(data: "Dataset", what: str = "mentions") -> pd.DataFrame:
    """Give what the two coders coded differently, with what was settled and why.

    Parameters
    ----------
    data
        A dataset with the ``coding_*`` tables.
    what
        ``interventions``, ``mentions`` or ``quantities``.

    Returns
    -------
    DataFrame
        The rows of the table of both codings on which more than one code was given.

    Raises
    ------
    NoDataError
        For a dataset without a record of two codings.
    GfmdError
        For another ``what``.
    """
    both = _codings(data)
    if not both:
        raise NoDataError("no record of two codings; allowed: a dataset with coding/")
    if what not in both:
        raise GfmdError(f"no record of two codings of {what!r}; allowed: {', '.join(both)}")
    table = both[what]
    return table[table["decided"] != "both"].reset_index(drop=True)


def adjudication(data: "Dataset") -> pd.DataFrame:
    """Count, for each thing that was coded twice, whose code stands.

    Returns
    -------
    DataFrame
        Index ``coded``; a column (int) for no difference, for either coder and for neither.
    """
    counted = {name: table["decided"].astype("str").value_counts() for name, table in _codings(data).items()}
    table = pd.DataFrame(counted).reindex(list(DECISIONS)).fillna(0).astype(int)
    return table.rename(index=DECISIONS).T.rename_axis(index="coded")


def _codings(data: "Dataset") -> dict[str, pd.DataFrame]:
    tables = {name: table for name, table in data.tables.items() if name.startswith("coding_") and "decided" in table}
    return {name.removeprefix("coding_"): table for name, table in tables.items()}


def alpha(first: pd.Series, second: pd.Series) -> float:
    """Give Krippendorff's nominal alpha of two codings of the same units.

    Parameters
    ----------
    first, second
        Codes, aligned; a missing code is one that the coder did not give.

    Returns
    -------
    float
        1 for full agreement, 0 for what chance would give; not a number where the units show no variation at all.

    Notes
    -----
    Krippendorff (2019), Content Analysis, 4th ed., ch. 12.
    """
    import krippendorff

    codes = pd.concat([first, second]).astype("str")
    labels = {label: number for number, label in enumerate(sorted(codes.dropna().unique()))}
    table = np.array(
        [column.astype("str").map(labels).to_numpy(dtype=float, na_value=np.nan) for column in (first, second)]
    )
    if len(labels) < 2:
        return float("nan")
    return float(krippendorff.alpha(reliability_data=table, level_of_measurement="nominal"))


def intercoder_agreement(data: "Dataset") -> pd.DataFrame:
    """Compare the two codings of interventions, mentions and quantities.

    Parameters
    ----------
    data
        A dataset with the ``coding_*`` tables.

    Returns
    -------
    DataFrame
        ``what`` was judged, ``units``, ``differ`` (units coded differently), ``agree`` (share, 0 to 1), ``alpha``
        (missing where there is no chance model: numbers that neither coder found cannot be counted).

    Raises
    ------
    NoDataError
        Where the dataset has no record of two codings.
    """
    if "coding_mentions" not in data.tables:
        raise NoDataError("the dataset has no coding/ tables; allowed: a package with both codings")
    spoken, mentions, numbers = data.coding_interventions, data.coding_mentions, data.coding_quantities
    cells = pd.MultiIndex.from_product(
        [spoken["intervention"].unique(), OBJECTIVES.categories], names=["intervention", "objective"]
    )
    grid = (
        mentions.assign(objective=mentions["objective"].astype("Int64"))
        .set_index(["intervention", "objective"])
        .reindex(cells)
    )
    both = mentions.dropna(subset=["basis_a", "basis_b"])
    shared = numbers.dropna(subset=["value_a", "value_b"])
    rows = [
        _compared("who speaks in a paragraph, in which role", spoken["role_a"], spoken["role_b"]),
        _compared("where a turn begins", spoken["turn_a"], spoken["turn_b"]),
        _compared(
            "objective mentioned (each of the 23 in each intervention)",
            grid["basis_a"].notna(),
            grid["basis_b"].notna(),
        ),
        _compared("basis of a mention (explicit, inferred)", both["basis_a"], both["basis_b"]),
        _compared("engagement of a mention (substantive, reference)", both["engagement_a"], both["engagement_b"]),
        _compared("number found", numbers["value_a"].notna(), numbers["value_b"].notna()) | {"alpha": float("nan")},
        _compared("bound of a number", shared["bound_a"], shared["bound_b"]),
        _compared("topic of a number", shared["topic_a"], shared["topic_b"]),
        _compared("unit of a number", shared["unit_a"], shared["unit_b"]),
    ]
    return pd.DataFrame(rows)


def alpha_of_mentions(compared: pd.DataFrame) -> float:
    """Give the alpha of whether an objective is mentioned, from the table of :func:`intercoder_agreement`."""
    return float(compared.loc[compared["what"].str.startswith("objective mentioned"), "alpha"].iloc[0])


def how_sure(data: "Dataset") -> str:
    """Say in a sentence or two how far two codings agree and how much is inferred."""
    inferred = f"{100 * (data.mentions['basis'] == 'inferred').mean():.0f} percent of mentions are inferred: every finding is also given without them."
    if "coding_mentions" not in data.tables:
        return f"This coding was not done twice, so that nothing says how far a second reader would agree. {inferred}"
    compared = intercoder_agreement(data)
    once = data.interventions.loc[
        ~data.interventions["intervention"].isin(data.coding_interventions["intervention"]), "meeting"
    ].unique()
    part = f" ({', '.join(once)} {'was' if len(once) == 1 else 'were'} coded once only)" if len(once) else ""
    return (
        f"Two blind codings agree with Krippendorff's alpha of {compared['alpha'].min():.2f} or more on everything that has one{part}; "
        f"on whether an objective is mentioned it is {alpha_of_mentions(compared):.2f}. {inferred}"
    )


def _compared(what: str, first: pd.Series, second: pd.Series) -> dict[str, object]:
    same = first.astype("str").fillna("") == second.astype("str").fillna("")
    return {
        "what": what,
        "units": len(first),
        "differ": int((~same).sum()),
        "agree": float(same.mean()),
        "alpha": alpha(first, second),
    }


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


def scored(counts: pd.DataFrame) -> pd.DataFrame:
    """Add precision, recall and F1 to counts.

    Parameters
    ----------
    counts
        ``drafted``, ``coded`` and ``agreed`` (counts) in any table.

    Returns
    -------
    DataFrame
        The same with ``precision``, ``recall``, ``f1`` (float64, 0 to 1, three digits); where there was nothing to find and nothing
        was found all three are 1.
    """
    require_columns(counts, "drafted", "coded", "agreed")
    drafted, coded, agreed = (counts[name].astype("float64") for name in ("drafted", "coded", "agreed"))
    scores = {
        "precision": (agreed / drafted).where(drafted > 0, (coded == 0).astype("float64")),
        "recall": (agreed / coded).where(coded > 0, 1.0),
        "f1": (2 * agreed / (drafted + coded)).where(drafted + coded > 0, 1.0),
    }
    return counts.assign(**{name: score.round(3) for name, score in scores.items()})


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
