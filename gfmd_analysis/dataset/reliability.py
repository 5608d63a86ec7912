"""Measure how far coders agree, and list what they coded differently and how it was settled."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from gfmd_analysis.dataset.codings import NATURAL, side_by_side
from gfmd_analysis.dataset.descriptor import JOINER
from gfmd_analysis.dataset.memory import once
from gfmd_analysis.dataset.objectives import OBJECTIVES
from gfmd_analysis.dataset.tables import Dataset, require_columns
from gfmd_analysis.errors import GfmdError, NoDataError

MENTIONED = "objective mentioned (each of the 23 in each intervention)"

SPOKEN, ON_OBJECTIVE, NUMBER = ["intervention"], ["intervention", "objective"], ["paragraph", "value", "nth"]

PARAGRAPH = r"^(?:.*/)?(\d+)"  # in an intervention's code (FOF-2021-11/035-GHA), or a paragraph by itself

PAIR = ["recommendation_x", "recommendation_y"]  # both in one

LAYERS = (  # what is judged, in which table, of what, in which column (none: whether there is such a row)
    ("who speaks in a paragraph", "speakers", ["paragraph"], "actor"),
    ("role of an intervention", "interventions", SPOKEN, "role"),
    ("act of an intervention", "interventions", SPOKEN, "act"),
    ("where a turn begins", "interventions", SPOKEN, "turn"),
    (MENTIONED, "mentions", ON_OBJECTIVE, ""),
    ("objective taken up (substantive or not)", "taken_up", ON_OBJECTIVE, ""),
    ("basis of a mention", "mentions", ON_OBJECTIVE, "basis"),
    ("engagement of a mention", "mentions", ON_OBJECTIVE, "engagement"),
    ("numbers found in a paragraph that has any", "numbers", ["paragraph"], "value"),
    *((f"{column} of a number", "quantities", NUMBER, column) for column in ("bound", "status", "topic", "unit")),
    ("recommendation made on an objective, or on none", "recommended", ON_OBJECTIVE, ""),
    ("kind of recommendation made", "recommendations", ["intervention", "kind"], ""),
    ("addressee of recommendation made", "recommendations", ["intervention", "addressee"], ""),
    ("practice presented on an objective, or on none", "practice_citations", ON_OBJECTIVE, ""),
    ("challenge or opportunity named", "challenges", ["intervention", "kind"], ""),
    ("relation to a body stated", "ties", ["intervention", "to_actor"], ""),
    ("date or decision given", "milestones", ["paragraph", "kind"], ""),
    ("two recommendations are one demand", "together", PAIR, ""),
)

Codings = Mapping[str, pd.DataFrame]


def alpha(codes: pd.DataFrame) -> float:
    """Compute Krippendorff's alpha for nominal data.

    Parameters
    ----------
    codes
        One row per unit, one column per coder, any number of them; a missing value is a unit that the coder did not code.

    Returns
    -------
    float
        1 for full agreement, 0 for what chance would give; not a number where the codes show no variation at all.

    Notes
    -----
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: one less the ratio of observed to expected disagreement,
    over the units that two coders or more have coded.
    """
    numbers, distinct = pd.factorize(codes.astype("str").to_numpy().ravel())  # -1 where there is none
    table = (numbers.reshape(*codes.shape, 1) == np.arange(len(distinct))).sum(axis=1)  # how often a unit has each code
    table = table[table.sum(axis=1) > 1]
    coded, total = table.sum(axis=1), int(table.sum())
    observed = ((coded**2 - (table**2).sum(axis=1)) / (coded - 1)).sum() / total if total else 0
    expected = (total**2 - (table.sum(axis=0) ** 2).sum()) / (total * (total - 1)) if total else 0
    return float(1 - observed / expected) if expected else float("nan")


@once
def intercoder_agreement(data: "Dataset") -> pd.DataFrame:
    """Compute how far the coders agree, layer by layer.

    Parameters
    ----------
    data
        A dataset with the coders' folders (``coding/a``, ``coding/b``, …).

    Returns
    -------
    DataFrame
        One row per layer: ``what`` was judged (str), ``coders``, ``units``, ``differ`` (units coded differently; int), ``agree``
        (share, 0 to 1), ``alpha``; ``uncited_units`` and ``uncited_alpha`` the same over the paragraphs that the codebook does
        not cite (float64, missing where nothing varies).

    Raises
    ------
    NoDataError
        Where the report was not coded twice.
    """
    codings = _coded_twice(data)
    cited = set(data.tables["coding_examples"]["paragraph"]) if "coding_examples" in data.tables else set()
    rows = []
    for what, codes in _layers(codings):
        codes = codes[codes.notna().sum(axis=1) > 1]
        paragraphs = codes.index.get_level_values(0).astype("str").str.extract(PARAGRAPH, expand=False)
        uncited = codes[~paragraphs.astype("float64").isin(cited)]
        differ, coders = _differ(codes), codes.notna().any().sum()
        judged = len(codes), int(differ.sum()), float((~differ).mean()), alpha(codes)
        rows.append((what, coders, *judged, len(uncited), alpha(uncited)))
    columns = ["what", "coders", "units", "differ", "agree", "alpha", "uncited_units", "uncited_alpha"]
    return pd.DataFrame(rows, columns=columns)


def _differ(codes: pd.DataFrame) -> pd.Series:
    """Say of each unit whether two of the coders who coded it gave it different codes."""
    first = codes.bfill(axis=1).iloc[:, 0]
    return (codes.ne(first, axis=0) & codes.notna()).any(axis=1)


def _coded_twice(data: "Dataset") -> Codings:
    if not any(len(set(rows["coder"])) > 1 for rows in data.codings.values()):
        raise NoDataError("the report was not coded twice; allowed: a package with two coders' folders in coding/")
    return data.codings


def _layers(codings: Codings) -> Iterator[tuple[str, pd.DataFrame]]:
    """Set the codings of each layer side by side: a row per unit, a column per coder."""
    tables, numbers = _derived(codings), [str(number) for number in OBJECTIVES.categories]
    spoken = tables["speakers"]["paragraph"].astype(int).astype("str")
    places = {"intervention": sorted({*codings["interventions"]["intervention"]}), "paragraph": sorted({*spoken})}
    for what, name, key, column in LAYERS:
        if name in tables and column:
            yield what, side_by_side(tables[name], key, column)
        elif name in tables:
            found = sorted(tables[name][key[1]].unique())
            values = [*[""] * ("" in found), *numbers] if key[1] == "objective" else found
            yield what, _present(tables[name], key, places.get(key[0], found), values)


def _derived(codings: Codings) -> dict[str, pd.DataFrame]:
    """Add to the coders' tables those that layers are made of."""
    tables, mentions, spoken = dict(codings), codings["mentions"], codings["interventions"]
    paragraph = spoken["intervention"].str.extract(PARAGRAPH, expand=False)
    tables["speakers"] = _joined(spoken.assign(paragraph=paragraph), "actor")
    tables["taken_up"] = mentions[mentions["engagement"] == "substantive"]
    if "recommendations" in tables:
        objectives = tables["recommendations"]["objectives"].str.split(";")
        tables["recommended"] = tables["recommendations"].assign(objective=objectives).explode("objective")
    if "quantities" in tables:
        rows = tables["quantities"].assign(value=tables["quantities"]["value"].astype("float64"))
        tables["quantities"] = rows.assign(nth=rows.groupby(["coder", "paragraph", "value"]).cumcount())
        found = _joined(rows, "value").pivot(index="paragraph", columns="coder", values="value").fillna("")
        tables["numbers"] = found.melt(ignore_index=False).reset_index()  # who found none says so
    if "consolidation" in tables:
        tables["together"] = tables["consolidation"].merge(tables["consolidation"], on=["coder", "consolidated"])
    return tables


def _joined(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Join what each coder has in a paragraph, in order."""
    groups = rows.sort_values(column).groupby(["coder", "paragraph"])[column]
    return groups.agg(lambda values: ";".join(map(str, values))).reset_index()


def _present(rows: pd.DataFrame, key: list[str], *cells: list[str]) -> pd.DataFrame:
    """Say for each cell of a grid whether each coder has a row there."""
    grid = pd.MultiIndex.from_product(cells, names=key)
    if key == PAIR:
        grid = grid[grid.get_level_values(0) < grid.get_level_values(1)]
    coded = {coder: grid.isin(pd.MultiIndex.from_frame(part[key])) for coder, part in rows.groupby("coder")}
    return pd.DataFrame(coded, index=grid)


def adjudicated(data: "Dataset", what: str = "mentions") -> pd.DataFrame:
    """List what the coders coded differently, with what was settled and why.

    Parameters
    ----------
    data
        A dataset with the coders' folders.
    what
        ``interventions``, ``mentions``, ``ties`` or ``objective_links``.

    Returns
    -------
    DataFrame
        One row per cell that differs, all ``str``: ``key`` (the row's, joined by " / "), ``column`` (empty: the row itself, coded
        ``kept`` or missing), a column for each coder, ``settled`` (what the data hold), ``stands`` (whose code that is; ``neither``)
        and ``reason``.

    Raises
    ------
    NoDataError
        Where the report was not coded twice.
    GfmdError
        For another ``what``.
    """
    codings = _coded_twice(data)
    if what not in NATURAL or what not in codings:
        raise GfmdError(f"found {what!r}; allowed: {', '.join(name for name in NATURAL if name in codings)}")
    key, columns = NATURAL[what]
    rows = codings[what].assign(key=codings[what][key].agg(JOINER.join, axis=1), kept="kept")
    held = data.tables[what].astype("str").fillna("").assign(kept="kept")
    held = held.set_index(held[key].agg(JOINER.join, axis=1))
    parts = []
    for column in ("kept", *columns):
        codes = side_by_side(rows, ["key"], column)
        codes = codes[codes.isna().any(axis=1) if column == "kept" else _differ(codes)]
        settled = held[column].reindex(codes.index)
        same = codes.eq(settled, axis=0) | codes.isna().mul(settled.isna(), axis=0)
        stands = [", ".join(codes.columns[row]) or "neither" for row in same.to_numpy(dtype=bool)]
        coded = codes.assign(column="" if column == "kept" else column, settled=settled)
        parts.append(coded.assign(stands=pd.array(stands, dtype="str")).reset_index())
    found = pd.concat(parts, ignore_index=True).sort_values(["key", "column"], ignore_index=True)
    settlement = data.tables.get("coding_adjudication", pd.DataFrame(columns=["table", "key", "column", "reason"]))
    why = settlement.loc[settlement["table"] == what, ["key", "column", "reason"]].astype("str").fillna("")
    order = ["key", "column", *codes.columns, "settled", "stands", "reason"]
    return found.merge(why, on=["key", "column"], how="left").rename_axis(columns=None)[order]


def adjudication(data: "Dataset") -> pd.DataFrame:
    """Count, for each table that was coded twice, whose code stands where the coders differ.

    Returns
    -------
    DataFrame
        Index ``coded`` (table); columns ``differ`` and whose code stands (int).
    """
    stands = {name: adjudicated(data, name)["stands"] for name in NATURAL if name in data.codings}
    counted = {name: {"differ": len(whose), **whose.value_counts()} for name, whose in stands.items()}
    return pd.DataFrame(counted).fillna(0).astype(int).T.rename_axis(index="coded")


def alpha_of_mentions(compared: pd.DataFrame) -> float:
    """Look up the alpha of whether an objective is mentioned in the table of :func:`intercoder_agreement`."""
    return float(compared.loc[compared["what"] == MENTIONED, "alpha"].iloc[0])


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
