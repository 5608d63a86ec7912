"""How far two independent codings agree: Krippendorff's alpha, from the library of that name."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from gfmd_analysis.errors import NoDataError
from gfmd_analysis.loading import OBJECTIVES

if TYPE_CHECKING:
    from gfmd_analysis.loading import Dataset


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


def agreement(data: "Dataset") -> pd.DataFrame:
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
    """Give the alpha of whether an objective is mentioned, from the table of :func:`agreement`."""
    return float(compared.loc[compared["what"].str.startswith("objective mentioned"), "alpha"].iloc[0])


def how_sure(data: "Dataset") -> str:
    """Say in a sentence or two how far two codings agree and how much is inferred."""
    inferred = f"{100 * (data.mentions['basis'] == 'inferred').mean():.0f} percent of mentions are inferred: every finding is also given without them."
    if "coding_mentions" not in data.tables:
        return f"This coding was not done twice, so that nothing says how far a second reader would agree. {inferred}"
    compared = agreement(data)
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
