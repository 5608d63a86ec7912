"""Which practices were presented: on which objective, of which kind, from where, by whom, and who carries them together."""

import pandas as pd

from gfmd_analysis.dataset.capacity import ACTS, Acts, spoken_as
from gfmd_analysis.dataset.memory import once
from gfmd_analysis.dataset.regions import place_name, region_name, regions_of
from gfmd_analysis.dataset.tables import Dataset, beside_objectives
from gfmd_analysis.practices.recommendations import codes, distinct, gathered, recommendation_table, spoken
from gfmd_analysis.practices.speaking import names_of

WORLD, NO_PLACE = "worldwide", "no place named"
APART = {"": NO_PLACE, "001": WORLD}  # by the codes that stand for a region
PARTS = {"lead": "leads", "partner": "partners", "recipient": "recipients"}


@once
def presented_practices(data: "Dataset", *, acts: Acts = ACTS) -> pd.DataFrame:
    """Join each presentation of a practice to who presented it, and where.

    Parameters
    ----------
    data
        A loaded dataset.
    acts
        In what capacity; ``None`` for all, introductions and summaries too.

    Returns
    -------
    DataFrame
        One row per practice, intervention and objective: ``practice``, ``kind``, ``objective`` (missing where it was
        told under none), ``intervention``, ``meeting``, ``paragraph``, ``section``, ``actor``, ``role``, ``act``,
        ``actor_name`` (short), ``actor_type``, ``constituency``.
    """
    told = spoken(data, data.practice_citations.merge(data.practices[["practice", "kind"]], on="practice"))
    first = ["practice", "kind", "objective"]
    table = told.loc[spoken_as(told, acts), [*first, *told.columns.drop(first)]]
    return table.sort_values(["practice", "meeting", "paragraph", "intervention", "objective"], ignore_index=True)


@once
def practice_table(data: "Dataset", *, acts: Acts = ACTS) -> pd.DataFrame:
    """Gather what was said of each practice.

    Returns
    -------
    DataFrame
        One row per practice that was presented in ``acts``, by code: ``practice``, ``name``, ``kind``, ``leads``,
        ``partners``, ``recipients``, ``places`` (tuples of names), ``summary``, ``objectives`` (tuple of int),
        ``presenters`` (tuple of names of the actors who presented it), ``constituencies`` (theirs), ``interventions``
        (tuple of codes), ``paragraphs`` (tuple of int), ``reported_by`` (tuple of names of those who spoke of it only
        in other acts), ``reported_in`` (tuple of paragraphs).
    """
    everything = presented_practices(data, acts=None)
    own = spoken_as(everything, acts)
    told, also = everything[own], everything[~own]
    table = data.practices[data.practices["practice"].isin(told["practice"])].sort_values("practice", ignore_index=True)
    names, practices = names_of(data, name="name"), table["practice"]
    for column in PARTS.values():
        table[column] = (
            table[column].map(lambda cell: tuple(names.get(code, code) for code in codes(cell))).astype("object")
        )
    table["places"] = table["places"].map(lambda cell: tuple(map(place_of, codes(cell)))).astype("object")
    table["objectives"] = gathered(practices, told, "practice", "objective", distinct)
    table["presenters"] = gathered(practices, told, "practice", "actor_name")
    table["constituencies"] = gathered(practices, told, "practice", "constituency")
    table["interventions"] = gathered(practices, told, "practice", "intervention")
    table["paragraphs"] = gathered(practices, told, "practice", "paragraph", distinct)
    others = also.merge(told[["practice", "actor_name"]], how="left_anti")
    table["reported_by"] = gathered(practices, others, "practice", "actor_name")
    table["reported_in"] = gathered(practices, also, "practice", "paragraph", distinct)
    return table


def place_of(code: str) -> str:
    """Name a place of a practice: a country, a region, the world; a name as it is."""
    return WORLD if code == "001" else place_name(code)


def practices_and_recommendations(data: "Dataset", *, acts: Acts = ACTS) -> pd.DataFrame:
    """Count practices and recommendations on each objective.

    Returns
    -------
    DataFrame
        One row per objective, all 23: ``objective``, ``objective_title``, ``objective_roundtable``, then Int64 counts
        of distinct ``practices``, ``presenters`` (actors), ``recommendations``, ``recommenders`` (actors).
    """
    told = presented_practices(data, acts=acts).dropna(subset="objective")
    asked = recommendation_table(data, acts=acts).explode("objectives").dropna(subset="objectives")
    by_practice = told.groupby(told["objective"].astype(int))
    by_call = asked.groupby(asked["objectives"].astype(int))
    counts = {
        "practices": by_practice["practice"].nunique(),
        "presenters": by_practice["actor"].nunique(),
        "recommendations": by_call["recommendation"].nunique(),
        "recommenders": by_call["actor"].nunique(),
    }
    return beside_objectives(pd.DataFrame(counts))


def placed_practices(data: "Dataset", *, acts: Acts = ACTS) -> pd.DataFrame:
    """Find the M49 region and sub-region of each place where a practice is carried out.

    Returns
    -------
    DataFrame
        One row per practice and place: ``practice``, ``places`` (all of its codes), ``place``, ``region``, ``subregion`` (codes;
        001 for the world, empty where none is named), ``country`` (its name; empty where the place is none).
    """
    told = set(presented_practices(data, acts=acts)["practice"])
    practices = data.practices.loc[data.practices["practice"].isin(told), ["practice", "places"]]
    placed = practices.assign(place=practices["places"].map(lambda cell: codes(cell) or ("",))).explode("place")
    regions = [("001", "001") if place == "001" else regions_of(place) for place in placed["place"]]
    placed["region"], placed["subregion"] = [region for region, _ in regions], [subregion for _, subregion in regions]
    return placed.assign(country=[place_of(place) if place.isalpha() else "" for place in placed["place"]])


def practices_by_region(data: "Dataset", *, acts: Acts = ACTS) -> pd.DataFrame:
    """Count practices by the M49 region and sub-region of the places where they are carried out.

    Returns
    -------
    DataFrame
        ``region``, ``region_name``, ``in_region`` (Int64, distinct practices of the region), ``subregion``,
        ``subregion_name``, ``practices`` (Int64, distinct; one with places in two sub-regions is in both), ``countries``
        (tuple of names). Regions fall by ``in_region``. A practice of a whole region has it as sub-region too; those of
        the world (:data:`WORLD`, code 001) and those without a place (:data:`NO_PLACE`, empty code) come last.
    """
    placed = placed_practices(data, acts=acts)
    placed["in_region"] = placed.groupby("region")["practice"].transform("nunique")
    grouped = placed.groupby(["region", "in_region", "subregion"])
    counts = grouped["practice"].nunique().astype("Int64").reset_index(name="practices").astype({"in_region": "Int64"})
    counts["countries"] = [distinct(set(names) - {""}) for _, names in grouped["country"]]
    for place, level in ((1, "region"), (4, "subregion")):
        counts.insert(place, f"{level}_name", [APART.get(code) or region_name(code) for code in counts[level]])
    order = ["last", "in_region", "region", "practices", "subregion"]
    counts = counts.assign(last=counts["region"].isin(list(APART)))
    counts = counts.sort_values(order, ascending=[True, False, True, False, True], ignore_index=True)
    return counts.drop(columns="last")


def partnerships(data: "Dataset", *, acts: Acts = ACTS) -> pd.DataFrame:
    """List the bodies that carry a practice together, and who receives it.

    Returns
    -------
    DataFrame
        One row per practice and body, of practices that two bodies or more lead or take part in: ``practice``,
        ``name``, ``body`` (code, or the name of a body that is no actor), ``body_name`` (short), ``part`` (``lead``,
        ``partner``, ``recipient``: a recipient carries nothing). An edge list of practices and bodies, to project.
    """
    told = set(presented_practices(data, acts=acts)["practice"])
    practices = data.practices[data.practices["practice"].isin(told)]
    rows = [
        (row.practice, row.name, body, part)
        for row in practices.itertuples(index=False)
        for part, column in PARTS.items()
        for body in codes(getattr(row, column))
    ]
    table = pd.DataFrame(rows, columns=["practice", "name", "body", "part"]).drop_duplicates(["practice", "body"])
    carriers = table[table["part"] != "recipient"].groupby("practice")["body"].nunique()
    table = table[table["practice"].map(carriers).fillna(0) > 1]
    names = names_of(data)
    table.insert(3, "body_name", [names.get(code, code) for code in table["body"]])
    return table.sort_values(["practice", "part", "body"], kind="stable", ignore_index=True)


def partners_of(edges: pd.DataFrame) -> pd.DataFrame:
    """Count each body's shared practices, and the bodies that it shares them with.

    Parameters
    ----------
    edges
        What :func:`partnerships` returns; recipients are left out.

    Returns
    -------
    DataFrame
        ``body``, ``body_name``, then Int64 ``practices`` (carried with others), ``led`` (of these), ``partners``
        (distinct bodies), most practices first.
    """
    carried = edges[edges["part"] != "recipient"]
    pairs = carried.merge(carried[["practice", "body"]], on="practice", suffixes=("", "_other"))
    pairs = pairs[pairs["body"] != pairs["body_other"]]
    grouped = pairs.groupby(["body", "body_name"])
    led = pairs[pairs["part"] == "lead"].groupby(["body", "body_name"])["practice"].nunique()
    counts = {"practices": grouped["practice"].nunique(), "led": led, "partners": grouped["body_other"].nunique()}
    table = pd.DataFrame(counts).fillna(0).astype("Int64").reset_index()
    return table.sort_values(["practices", "partners", "body"], ascending=[False, False, True], ignore_index=True)
