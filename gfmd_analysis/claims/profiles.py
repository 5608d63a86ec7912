"""Everything known on one objective, one actor or one constituency: tables and sentences for a page."""

from typing import Any

import pandas as pd

from gfmd_analysis.claims.evidence import constituency as constituency_name
from gfmd_analysis.claims.evidence import names, narrow, numbers_of, of, scope, touches
from gfmd_analysis.coverage.counts import speaker_counts, taken_up
from gfmd_analysis.coverage.least import listed_objectives
from gfmd_analysis.dataset.objectives import OBJECTIVES
from gfmd_analysis.dataset.tables import Dataset, rows_of
from gfmd_analysis.errors import GfmdError
from gfmd_analysis.practices.catalogue import practice_table
from gfmd_analysis.practices.recommendations import (
    challenges,
    consolidated_recommendations,
    differences,
    milestones,
    recommendation_table,
)
from gfmd_analysis.text import listing, number_word, objectives, paras, sentence, translator


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
    if objective is not None:
        if str(objective) not in map(str, range(1, 24)):
            raise GfmdError(f"objective: found {objective!r}; allowed: one of 1 to 23")
        objective = int(objective)
    chosen = {"objective": objective, "actor": actor, "constituency": constituency}
    selection = {name: value for name, value in chosen.items() if value is not None}
    if len(selection) != 1:
        raise GfmdError(f"found {len(selection)} of objective, actor and constituency; allowed: one")
    part = narrow(data, **selection)
    long, calls = part.long(), recommendation_table(part, acts=None)
    demands, sides, dates = consolidated_recommendations(data), differences(data), milestones(data)
    inside = set(part.interventions["intervention"])
    shared = [bool(set(codes) & set(calls["recommendation"])) for codes in demands["recommendations"]]
    stands = pd.Series([bool(set(codes) & inside) for codes in sides["interventions"]], sides.index, dtype=bool)
    by_subject = stands.groupby(sides["difference"])
    kept = by_subject.transform("all") if objective is not None else by_subject.transform("any")
    bodies = set(part.interventions["actor"]) if objective is None else set()
    whose = [bool(set(str(cell).split(";")) & bodies) for cell in dates["body"]]
    title = scope(data, locale=locale, **selection)
    if objective is not None:
        sentences = _on_objective(data, objective, locale)
    else:
        sentences = _on_speakers(part, long, demands, title, constituency, locale)
    return {
        "title": title,
        "sentences": sentences,
        "mentions": long[long["objective"].notna()].reset_index(drop=True),
        "interventions": part.interventions,
        "practices": practice_table(part, acts=None),
        "recommendations": calls,
        "consolidated": demands[shared].reset_index(drop=True),
        "differences": sides[kept.astype(bool)].reset_index(drop=True),
        "challenges": challenges(part, acts=None),
        "milestones": dates[whose].reset_index(drop=True),
        "quantities": part.quantities,
    }


def _on_objective(data: Dataset, number: int, locale: str) -> list[str]:
    """Say who took an objective up, who touched on it, who listed it, and who named no more than its number."""
    _, long, wide = translator(locale), data.long(), of(touches(data), [number])
    own = of(taken_up(long), [number])
    others = wide[~wide["actor"].isin(own["actor"])]
    sentences = []
    if own.empty:
        sentences.append(
            _.gettext(
                "By our reading, no speaker made objective {number} a main subject of a statement or update"
            ).format(number=number)
        )
    else:
        who, many = listing(names(data, own["actor"], locale), locale), own["actor"].nunique()
        message = _.ngettext(
            "By our reading, objective {number} was taken up by {n} speaker: {speakers} ({paras})",
            "By our reading, objective {number} was taken up by {n} speakers: {speakers} ({paras})",
            many,
        )
        words = {
            "number": number,
            "n": number_word(many, locale),
            "speakers": who,
            "paras": paras(own["paragraph"], locale),
        }
        sentences.append(message.format(**words))
    if not others.empty:
        message = _.gettext("In passing, or as chair or facilitator, it was touched on by {speakers} ({paras})")
        who = listing(names(data, others["actor"], locale), locale)
        sentences.append(message.format(speakers=who, paras=paras(others["paragraph"], locale)))
    lists = listed_objectives(data)
    lists = lists[lists["objectives"].map(lambda members: number in members).astype("bool")]
    contested = set(data.ties.loc[data.ties["kind"] == "contests", "intervention"])
    for row in rows_of(lists):
        if row.intervention in contested:
            message = _.gettext(
                "{Speaker} noted that the discussion papers suggest not contributing to objective {number} ({paras})"
            )
        elif row.act == "summary" and row.role == "facilitator":
            message = _.gettext("The facilitator’s summary asks for more consideration of objective {number} ({paras})")
        else:
            message = _.gettext("{Speaker} names objective {number} among those that need attention ({paras})")
        speaker = sentence(listing(names(data, [row.actor], locale), locale))
        sentences.append(message.format(Speaker=speaker, number=number, paras=paras([row.paragraph], locale)))
    given = long[long["engagement"].eq("reference") & long["objective"].eq(number)]
    given = given[~given["intervention"].isin([*lists["intervention"], *wide["intervention"]])]
    if not given.empty:
        message = _.gettext("Its number alone, with nothing said on its subject, was named by {speakers} ({paras})")
        who = listing(names(data, given["actor"], locale), locale)
        sentences.append(message.format(speakers=who, paras=paras(given["paragraph"], locale)))
    return sentences


def _on_speakers(
    part: Dataset, long: pd.DataFrame, demands: pd.DataFrame, title: str, code: str | None, locale: str
) -> list[str]:
    """Say how often an actor or a constituency spoke, on what, and what it did not touch on."""
    _, table, rows = translator(locale), speaker_counts(long), taken_up(long)
    turns, chair = int(table["turns"].sum()), int(table["turns_in_chair"].sum())
    sentences = []
    if turns:
        message = _.ngettext("{speaker} took the floor in {n} turn", "{speaker} took the floor in {n} turns", turns)
        sentences.append(message.format(speaker=title, n=number_word(turns, locale)))
    if chair:
        message = _.ngettext(
            "{speaker} introduced or summed up in {n} turn as chair or facilitator",
            "{speaker} introduced or summed up in {n} turns as chair or facilitator",
            chair,
        )
        sentences.append(message.format(speaker=title, n=number_word(chair, locale)))
    if not rows.empty:
        message = _.gettext("{speaker} took up, by our reading, {objectives} ({paras})")
        numbers = objectives(numbers_of(rows), locale)
        sentences.append(message.format(speaker=title, objectives=numbers, paras=paras(rows["paragraph"], locale)))
    touched = set(touches(part)["objective"])
    only = sorted(touched - set(numbers_of(rows)))
    if only:
        message = _.gettext("{speaker} touched on {objectives} in passing, or as chair or facilitator")
        sentences.append(message.format(speaker=title, objectives=objectives(only, locale)))
    missing = [int(number) for number in OBJECTIVES.categories if number not in touched]
    if missing and code and touched:
        message = _.gettext("Nothing is recorded from {constituency} on {objectives}")
        name = constituency_name(code, locale)
        sentences.append(message.format(constituency=name, objectives=objectives(missing, locale)))
    own = set(part.interventions["actor"])
    many = sum(bool(own & set(actors)) for actors in demands["actors"])
    if many:
        message = _.ngettext(
            "{speaker} supported {n} consolidated recommendation",
            "{speaker} supported {n} consolidated recommendations",
            many,
        )
        sentences.append(message.format(speaker=title, n=number_word(many, locale)))
    return sentences
