"""Everything known on one objective, one actor or one constituency: tables and sentences for a page."""

from typing import Any

import pandas as pd

from gfmd_analysis.claims.evidence import Part, numbers_of, of
from gfmd_analysis.claims.selection import constituency as constituency_name
from gfmd_analysis.claims.selection import narrow, scope
from gfmd_analysis.coverage.least import listed_objectives
from gfmd_analysis.dataset.capacity import spoken_as
from gfmd_analysis.dataset.objectives import OBJECTIVES
from gfmd_analysis.dataset.tables import Dataset, rows_of
from gfmd_analysis.errors import GfmdError
from gfmd_analysis.practices import recommendations
from gfmd_analysis.practices.catalogue import practice_table
from gfmd_analysis.text import N_, NN_, listing, sentence


def profile(
    data: "Dataset",
    *,
    objective: int | None = None,
    actor: str | None = None,
    constituency: str | None = None,
    locale: str = "en",
) -> dict[str, Any]:
    """Gather everything known on one objective, actor or constituency.

    Parameters
    ----------
    data
        A loaded dataset.
    objective, actor, constituency
        One of them: a number, a code of an actor, a code of a constituency.
    locale
        Language of title and sentences.

    Returns
    -------
    dict
        ``title`` and ``sentences`` (list of str, without full stops), then DataFrames: ``mentions`` (rows of the long
        table in all acts, with summaries), ``interventions``, ``practices``, ``recommendations``, ``consolidated``
        (demands that it has a part in), ``differences`` (subjects on which it stands on a side; for an objective those of
        which every side speaks to it), ``challenges``, ``milestones`` (its own dates; empty for an objective),
        ``quantities``.

    Raises
    ------
    GfmdError
        For none or several of the three, or an unknown value.
    """
    chosen = {"objective": objective, "actor": actor, "constituency": constituency}
    selection: dict[str, Any] = {name: value for name, value in chosen.items() if value is not None}
    if len(selection) != 1:
        raise GfmdError(f"found {len(selection)} of objective, actor and constituency; allowed: one")
    part = narrow(data, **selection)
    if objective is not None and len(part.objectives) != 1:
        raise GfmdError(f"objective: found {objective!r}; allowed: one")
    long, calls = part.long(), recommendations.recommendation_table(part, acts=None)
    demands, sides = recommendations.consolidated_recommendations(data), recommendations.differences(data)
    dates = recommendations.milestones(data)
    inside = set(part.interventions["intervention"])
    shared = [bool(set(codes) & set(calls["recommendation"])) for codes in demands["recommendations"]]
    stands = pd.Series([bool(set(codes) & inside) for codes in sides["interventions"]], sides.index, dtype=bool)
    by_subject = stands.groupby(sides["difference"])
    kept = by_subject.transform("all") if objective is not None else by_subject.transform("any")
    bodies = set(part.interventions["actor"]) if objective is None else set()
    whose = [bool(set(str(cell).split(";")) & bodies) for cell in dates["body"]]
    title = scope(data, locale=locale, **selection)
    return {
        "title": title,
        "sentences": _on_speakers(Part(part, locale), demands, title, constituency)
        if objective is None
        else _on_objective(Part(data, locale), numbers_of(part.objectives)[0]),
        "mentions": long[long["objective"].notna()].reset_index(drop=True),
        "interventions": part.interventions,
        "practices": practice_table(part, acts=None),
        "recommendations": calls,
        "consolidated": demands[shared].reset_index(drop=True),
        "differences": sides[kept.astype(bool)].reset_index(drop=True),
        "challenges": recommendations.challenges(part, acts=None),
        "milestones": dates[whose].reset_index(drop=True),
        "quantities": part.quantities,
    }


def _on_objective(part: Part, number: int) -> list[str]:
    """Say who took an objective up, who touched on it, who listed it, and who named no more than its number."""
    own, wide, lists = of(part.cells, [number]), of(part.wide, [number]), listed_objectives(part.data)
    others = wide[~wide["actor"].isin(own["actor"])]
    lists = lists[lists["objectives"].map(lambda members: number in members).astype("bool")]
    given = of(part.long[part.long["engagement"].eq("reference")], [number])
    given = given[~given["intervention"].isin([*lists["intervention"], *wide["intervention"]])]
    contested = set(part.data.ties.loc[part.data.ties["kind"] == "contests", "intervention"])

    def told(rows: pd.DataFrame, *messages: str) -> str:
        speakers = part.names(rows["actor"])
        words: dict[str, Any] = {"speakers": speakers, "paras": rows, "number": str(number), "n": len(speakers)}
        words["Speaker"] = sentence(listing(speakers, part.locale))
        return part.ngettext(messages[0], messages[-1], len(speakers), **words)

    if own.empty:
        nobody = N_("By our reading, no speaker made objective {number} a main subject of a statement or update")
        sentences = [told(own, nobody)]
    else:
        taken = NN_(
            "By our reading, objective {number} was taken up by {n} speaker: {speakers} ({paras})",
            "By our reading, objective {number} was taken up by {n} speakers: {speakers} ({paras})",
        )
        sentences = [told(own, *taken)]
    if not others.empty:
        message = N_("In passing, or as chair or facilitator, it was touched on by {speakers} ({paras})")
        sentences.append(told(others, message))
    for place, row in enumerate(rows_of(lists)):
        message = N_("{Speaker} names objective {number} among those that need attention ({paras})")
        if row.intervention in contested:
            message = N_(
                "{Speaker} noted that the discussion papers suggest not contributing to objective {number} ({paras})"
            )
        elif row.act == "summary" and row.role == "facilitator":
            message = N_(
                "The facilitator’s summary names the need for more consideration of objective {number} ({paras})"
            )
        sentences.append(told(lists.iloc[[place]], message))
    if not given.empty:
        message = N_("Its number alone, with nothing said on its subject, was named by {speakers} ({paras})")
        sentences.append(told(given, message))
    return sentences


def _on_speakers(part: Part, demands: pd.DataFrame, title: str, code: str | None) -> list[str]:
    """Say how often an actor or a constituency spoke, on what, and what it did not touch on."""
    own, floor = set(part.data.interventions["actor"]), spoken_as(part.long)
    spoken, led = (len(part.long[rows].drop_duplicates(["actor", "turn"])) for rows in (floor, ~floor))
    supported = sum(bool(own & set(actors)) for actors in demands["actors"])
    turns = NN_("{speaker} took the floor in {n} turn", "{speaker} took the floor in {n} turns")
    chaired = NN_(
        "{speaker} introduced or summed up in {n} turn as chair or facilitator",
        "{speaker} introduced or summed up in {n} turns as chair or facilitator",
    )
    backed = NN_(
        "{speaker} supported {n} consolidated recommendation", "{speaker} supported {n} consolidated recommendations"
    )

    def told(forms: tuple[str, str], many: int) -> list[str]:
        return [part.ngettext(*forms, many, speaker=title, n=many)] if many else []

    numbers, touched = numbers_of(part.cells), numbers_of(part.wide)
    sentences = [*told(turns, spoken), *told(chaired, led)]
    if numbers:
        message = N_("{speaker} took up, by our reading, {objectives} ({paras})")
        sentences.append(part.gettext(message, numbers, speaker=title, paras=part.cells))
    if only := [number for number in touched if number not in numbers]:
        message = N_("{speaker} touched on {objectives} in passing, or as chair or facilitator")
        sentences.append(part.gettext(message, only, speaker=title))
    missing = [int(number) for number in OBJECTIVES.categories if number not in touched]
    if missing and code and touched:
        message = N_("Nothing is recorded from {constituency} on {objectives}")
        sentences.append(part.gettext(message, missing, constituency=constituency_name(code, part.locale)))
    return [*sentences, *told(backed, supported)]
