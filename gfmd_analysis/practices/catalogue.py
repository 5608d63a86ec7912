"""Which practices were told: on which objective, of which kind, from where, by whom, and who carries them together."""

import pandas as pd

from gfmd_analysis.dataset.regions import place_name, region_name, regions_of
from gfmd_analysis.dataset.tables import Dataset, gcm_objectives
from gfmd_analysis.errors import GfmdError

NO_PLACE = "no place named"


def catalogue(data: "Dataset") -> pd.DataFrame:
    """Gather what was said of each practice.

    Parameters
    ----------
    data
        A loaded dataset.

    Returns
    -------
    DataFrame
        One row per practice, by code: ``practice``, ``name``, ``kind``, ``leads``,
        ``partners`` and ``places`` (tuples of names), ``summary``, ``objectives`` (tuple of int), ``presenters`` (tuple
        of names of the actors who told it), ``interventions`` (tuple of codes), ``paragraphs`` (tuple of int).
    """
    told = presented_practices(data)
    names = data.actors.set_index("actor")["name"].to_dict()
    tellings = {str(practice): rows for practice, rows in told.groupby("practice", sort=True)}
    table = data.practices.sort_values("practice", ignore_index=True)
    gathered: dict[str, list[object]] = {
        "leads": [tuple(names.get(code, code) for code in codes(text)) for text in table["leads"]],
        "partners": [tuple(names.get(code, code) for code in codes(text)) for text in table["partners"]],
        "places": [tuple(place_name(code) for code in codes(text)) for text in table["places"]],
    }
    for column, telling, integers in (
        ("objectives", "objective", True),
        ("presenters", "actor_name", False),
        ("interventions", "intervention", False),
        ("paragraphs", "paragraph", True),
    ):
        values = [tellings[practice][telling].dropna() for practice in table["practice"]]
        gathered[column] = [
            tuple(sorted({int(v) for v in column})) if integers else tuple(dict.fromkeys(column)) for column in values
        ]
    return table.assign(**{name: pd.Series(values, dtype="object") for name, values in gathered.items()})


def presented_practices(data: "Dataset") -> pd.DataFrame:
    """Join each telling of a practice to who told it, and where.

    Returns
    -------
    DataFrame
        One row per practice, intervention and objective: the columns of ``practice_citations`` with ``kind``,
        ``meeting``, ``paragraph``, ``section``, ``actor``, ``actor_name`` (short), ``constituency``, ``role``.
    """
    spoken = data.interventions[["intervention", "meeting", "paragraph", "section", "actor", "role"]]
    actors = data.actors[["actor", "short_name", "constituency"]].rename(columns={"short_name": "actor_name"})
    return (
        data.practice_citations.merge(data.practices[["practice", "kind"]], on="practice", validate="many_to_one")
        .merge(spoken, on="intervention", validate="many_to_one")
        .merge(actors, on="actor", validate="many_to_one")
        .sort_values(["practice", "meeting", "paragraph", "intervention", "objective"], ignore_index=True)
    )


def codes(text: object) -> list[str]:
    """Split a cell of codes or names (``AU;SIDA;SWE``); none where it is missing."""
    return text.split(";") if isinstance(text, str) and text else []


def practices_against_recommendations(data: "Dataset") -> pd.DataFrame:
    """Count practices and recommendations on each objective.

    Returns
    -------
    DataFrame
        One row per objective, all 23: ``objective``, ``objective_title``, ``objective_roundtable``, then Int64 counts
        of distinct ``practices``, ``practice_actors`` (who told them), ``recommendations``, ``asking_actors``.
    """
    told = presented_practices(data)
    asked = data.recommendation_objectives.merge(data.recommendations[["recommendation", "intervention"]])
    asked = asked.merge(data.interventions[["intervention", "actor"]])
    counts = {
        "practices": told.groupby("objective", observed=False)["practice"].nunique(),
        "practice_actors": told.groupby("objective", observed=False)["actor"].nunique(),
        "recommendations": asked.groupby("objective", observed=False)["recommendation"].nunique(),
        "asking_actors": asked.groupby("objective", observed=False)["actor"].nunique(),
    }
    return gcm_objectives().join(pd.DataFrame(counts).astype("Int64"), on="objective")


def one_sided(table: pd.DataFrame) -> dict[str, list[int]]:
    """Find the objectives that have one of the two and not the other.

    Parameters
    ----------
    table
        What :func:`practices_against_recommendations` gives.

    Returns
    -------
    dict
        Objectives under ``practices only``, ``recommendations only`` and ``neither``.
    """
    practice, asked = table["practices"] > 0, table["recommendations"] > 0
    cases = {
        "practices only": practice & ~asked,
        "recommendations only": asked & ~practice,
        "neither": ~practice & ~asked,
    }
    return {case: sorted(int(number) for number in table.loc[rows, "objective"]) for case, rows in cases.items()}


def practices_by(data: "Dataset", what: str) -> pd.DataFrame:
    """Cross the kinds of practice with who told them.

    Parameters
    ----------
    data
        A loaded dataset.
    what
        Column of the telling: ``constituency``, ``actor_name``, ``section``, ``role``, ``objective`` or ``meeting``.

    Returns
    -------
    DataFrame
        Int64 counts of distinct practices; index the ten kinds, columns the values that occur, ``all`` last (a practice
        told by two is one there, so that it may be less than the sum). Rows fall by ``all``.

    Raises
    ------
    GfmdError
        For another column.
    """
    allowed = ("constituency", "actor_name", "section", "role", "objective", "meeting")
    if what not in allowed:
        raise GfmdError(f"what: found {what!r}; allowed: {', '.join(allowed)}")
    told = presented_practices(data)
    table = told.pivot_table("practice", "kind", what, aggfunc="nunique", fill_value=0, observed=True)
    table["all"] = told.groupby("kind", observed=True)["practice"].nunique()
    table = table.reindex(told["kind"].cat.categories, fill_value=0).astype("Int64")
    return table.rename_axis(index="kind", columns=what).sort_values("all", ascending=False, kind="stable")


def practices_by_presenter(data: "Dataset") -> pd.DataFrame:
    """Count the practices that each actor told.

    Returns
    -------
    DataFrame
        ``actor``, ``actor_name``, ``constituency``, ``practices``, ``own`` (of these, how many it leads or takes part
        in), most first.
    """
    told = presented_practices(data).drop_duplicates(["practice", "actor"])
    bodies = data.practices[["practice", "leads", "partners"]].itertuples(index=False)
    carriers = {practice: {*codes(leads), *codes(partners)} for practice, leads, partners in bodies}
    mine = [actor in carriers[practice] for practice, actor in zip(told["practice"], told["actor"], strict=True)]
    counted = told.assign(own=mine).groupby(["actor", "actor_name", "constituency"], observed=True)
    table = counted.agg(practices=("practice", "nunique"), own=("own", "sum")).astype("Int64").reset_index()
    return table.sort_values(["practices", "actor"], ascending=[False, True], kind="stable", ignore_index=True)


def practices_by_region(data: "Dataset") -> pd.DataFrame:
    """Count practices by the M49 region and sub-region of the places where they are carried out.

    Returns
    -------
    DataFrame
        ``region``, ``region_name``, ``subregion``, ``subregion_name``, ``practices`` (Int64, distinct; one with places
        in two sub-regions is in both), ``countries`` (tuple of names). A practice of a whole region has it as
        sub-region too; one without a place is counted under an empty code, :data:`NO_PLACE`, last.
    """
    table = data.practices[["practice", "places"]]
    rows = [
        (practice, *regions_of(place), place_name(place) if place.isalpha() else "")
        for practice, places in table.itertuples(index=False)
        for place in codes(places) or [""]
    ]
    placed = pd.DataFrame(rows, columns=["practice", "region", "subregion", "country"])
    grouped = placed.groupby(["region", "subregion"], as_index=False)
    counts = grouped.agg(
        practices=("practice", "nunique"), countries=("country", lambda names: tuple(sorted(set(names) - {""})))
    )
    counts.insert(1, "region_name", counts["region"].map(lambda code: region_name(code) or NO_PLACE))
    counts.insert(3, "subregion_name", counts["subregion"].map(lambda code: region_name(code) or NO_PLACE))
    total = placed.groupby("region")["practice"].nunique()
    order = counts.assign(unplaced=counts["region"] == "", total=counts["region"].map(total))
    order = order.sort_values(
        ["unplaced", "total", "region", "practices", "subregion"], ascending=[True, False, True, False, True]
    )
    return order.drop(columns=["unplaced", "total"]).astype({"practices": "Int64"}).reset_index(drop=True)


def partnerships(data: "Dataset") -> pd.DataFrame:
    """List who leads a practice with whom.

    Parameters
    ----------
    data
        A loaded dataset.

    Returns
    -------
    DataFrame
        One row per practice and partner: ``practice``, ``lead`` (missing where the partners carry it together or the
        report names none), ``partner`` (codes; the name of a body that is no actor), ``places`` (as in the data).
    """
    table = data.practices[["practice", "leads", "partners", "places"]]
    table = table.assign(lead=table["leads"].str.split(";")).explode("lead", ignore_index=True)
    table = table.assign(partner=table["partners"].str.split(";")).explode("partner", ignore_index=True)
    return table.loc[table["partner"].notna(), ["practice", "lead", "partner", "places"]].reset_index(drop=True)


def partners_of(edges: pd.DataFrame) -> pd.DataFrame:
    """Count each body's shared practices, and the bodies that it shares them with.

    Parameters
    ----------
    edges
        What :func:`partnerships` gives.

    Returns
    -------
    DataFrame
        ``actor``, ``practices`` (carried with others), ``led`` (of these), ``partners`` (Int64), most practices first.
    """
    leads = edges[["practice", "lead"]].dropna().drop_duplicates().rename(columns={"lead": "actor"})
    bodies = pd.concat([leads.assign(led=1), edges[["practice", "partner"]].rename(columns={"partner": "actor"})])
    pairs = bodies.merge(bodies[["practice", "actor"]], on="practice", suffixes=("", "_other"))
    pairs = pairs[pairs["actor"] != pairs["actor_other"]]
    grouped = pairs.groupby("actor")
    led = pairs.dropna(subset="led").groupby("actor")["practice"].nunique()
    counts = {"practices": grouped["practice"].nunique(), "led": led, "partners": grouped["actor_other"].nunique()}
    table = pd.DataFrame(counts).fillna(0).astype("Int64").rename_axis("actor").reset_index()
    return table.sort_values(["practices", "partners", "actor"], ascending=[False, False, True], ignore_index=True)
