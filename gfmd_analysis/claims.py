"""Every finding that is printed, worded once: with the reading it rests on, the paragraphs for it and those against it.

A claim is a function of the data. An absence is held against the widest reading (:func:`touches`) and refuses to be
worded, or says its reading, where a row stands against it. What the data do not hold, and what is no news, is left out:
the function returns ``None``. :func:`register` lists all of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from functools import wraps
from typing import Any

import pandas as pd

from gfmd_analysis.coverage.counts import (
    least_discussed,
    listed_objectives,
    rank_sensitivity,
    split_numbers,
    taken_up,
)
from gfmd_analysis.dataset.objectives import OBJECTIVES
from gfmd_analysis.dataset.regions import regions_of
from gfmd_analysis.dataset.tables import Dataset, rows_of, select
from gfmd_analysis.practices.catalogue import NO_PLACE, WORLD, practices_by_region, presented_practices
from gfmd_analysis.practices.recommendations import codes, consolidated_recommendations, spoken
from gfmd_analysis.text import listing, number_word, objectives, sentence, the, translator

SPEAKERS, SESSION = "statements and updates", "statements, updates, introductions and summaries"


@dataclass(frozen=True)
class Claim:
    """A finding in words, and what stands for and against it.

    Attributes
    ----------
    key
        Name of the function that words it.
    text
        The sentence, without its full stop.
    kind
        ``presence``, ``rank``, ``absence``, ``count`` or ``robust``.
    reading, counted
        How mentions were read (``number``, ``subject``, ``trace``), and whose.
    paragraphs_for, paragraphs_against
        Paragraphs that carry it, and those that a reader could hold against it; with the meeting where there are several.
    holds, fails
        Subsets and readings under which it holds and fails (:func:`gfmd_analysis.coverage.counts.rank_sensitivity`);
        empty where it does not rest on mentions.
    """

    key: str
    text: str
    kind: str
    reading: str
    counted: str
    paragraphs_for: tuple[int | str, ...] = ()
    paragraphs_against: tuple[int | str, ...] = ()
    holds: tuple[str, ...] = ()
    fails: tuple[str, ...] = ()


Finding = Callable[[Dataset, pd.DataFrame, str], Claim | None]
REGISTERED: dict[str, Callable[..., Claim | None]] = {}


def _claim(function: Finding) -> Callable[..., Claim | None]:
    """Register a finding; it takes the data, a locale and a selection, and a selection is said in the text."""

    @wraps(function)
    def worded(data: Dataset, *, locale: str = "en", **selection: Any) -> Claim | None:
        part = narrow(data, **selection) if selection else data
        found = function(part, part.long(), locale)
        if found is None or not selection:
            return found
        scoped = translator(locale).gettext("{scope}: {finding}")
        return replace(found, text=scoped.format(scope=scope(data, locale=locale, **selection), finding=found.text))

    REGISTERED[function.__name__] = worded
    return worded


def narrow(data: "Dataset", **selection: Any) -> "Dataset":
    """Keep what was said in a selection: the interventions, and of them only the chosen objectives.

    Parameters
    ----------
    data
        A loaded dataset.
    **selection
        As :func:`gfmd_analysis.select` takes it: ``section="RT2"``, ``constituency="states"``, ``actor="EGY"``,
        ``objective=13``.
    """
    rows = select(data.long(), **selection)
    tables = dict(data.tables)
    tables["interventions"] = data.interventions[data.interventions["intervention"].isin(rows["intervention"])]
    if "objective" in selection:
        wanted = rows["objective"].unique()
        for name in ("mentions", "practice_citations", "recommendation_objectives"):
            tables[name] = tables[name][tables[name]["objective"].isin(wanted)]
        asked = tables["recommendation_objectives"]["recommendation"]
        tables["recommendations"] = data.recommendations[data.recommendations["recommendation"].isin(asked)]
        about = [bool(set(split_numbers(cell)) & set(map(int, wanted))) for cell in data.challenges["objectives"]]
        tables["challenges"] = data.challenges[about]
    return Dataset(tables).only(*data.meetings["meeting"])


def scope(data: "Dataset", *, locale: str = "en", **selection: Any) -> str:
    """Name a selection for a title: ``Roundtable 2``, ``States``, ``Egypt``, ``Objective 13``."""
    _ = translator(locale)
    parts = []
    for column, value in selection.items():
        values: list[Any] = [value] if isinstance(value, str | int) else list(value)
        if column == "objective":
            parts.append(objectives(values, locale))
        elif column == "actor":
            parts.append(listing(_names(data, values, locale), locale))
        elif column == "section":
            number = [str(value).removeprefix("RT") for value in values]
            parts.append(
                _.ngettext("roundtable {list}", "roundtables {list}", len(values)).format(list=listing(number, locale))
            )
        else:
            parts.append(listing([constituency(str(value), locale) for value in values], locale))
    return sentence(", ".join(parts))


def N_(message: str) -> str:  # noqa: N802
    """Mark a message for the catalogues."""
    return message


CONSTITUENCIES = {
    "states": N_("States"),
    "intergovernmental": N_("intergovernmental bodies"),
    "un_system": N_("the UN system"),
    "civil_society": N_("civil society"),
    "business": N_("business"),
    "mayors": N_("mayors"),
    "youth": N_("youth"),
    "other": N_("others"),
}


def constituency(code: str, locale: str = "en") -> str:
    """Name a constituency inside a sentence."""
    return translator(locale).gettext(CONSTITUENCIES.get(code, code.replace("_", " ")))


def _names(data: "Dataset", actors: Iterable[str], locale: str) -> list[str]:
    names = data.actors.set_index("actor")["name"]
    return [the(str(names.get(actor, actor)), locale) for actor in dict.fromkeys(actors)]


def touches(data: "Dataset") -> pd.DataFrame:
    """Gather every trace of every objective: the widest reading, which alone carries "nobody", "only" and "none".

    Returns
    -------
    DataFrame
        One row per intervention and objective that is mentioned in any engagement but a bare listing, or has a
        practice, a recommendation, a challenge or an opportunity, in whatever act: ``intervention``, ``meeting``,
        ``paragraph``, ``section``, ``actor``, ``role``, ``act``, ``actor_name``, ``actor_type``, ``constituency``,
        ``objective`` (int). What a speaker only lists in an intervention is left out, in whatever table it stands.
    """
    pair = ["intervention", "objective"]
    named = data.challenges[["intervention", "objectives"]]
    named = named.assign(objective=named["objectives"].map(split_numbers)).explode("objective")
    asked = data.recommendations[["recommendation", "intervention"]].merge(data.recommendation_objectives)
    layers = [data.mentions[pair], data.practice_citations[pair], asked[pair], named[pair]]
    every = pd.concat([layer.astype("object") for layer in layers]).dropna().drop_duplicates()
    listed = data.mentions.loc[data.mentions["engagement"] == "reference", pair].astype("object").assign(listed=True)
    every = every.merge(listed, on=pair, how="left")
    every = every.loc[every["listed"].isna(), pair].astype({"intervention": "str", "objective": "int64"})
    return spoken(data, every)


def _cited(data: "Dataset", interventions: Iterable[object]) -> tuple[int | str, ...]:
    """Find the paragraphs of interventions, in order; with the meeting where there are several."""
    chosen = data.interventions[data.interventions["intervention"].isin(list(interventions))]
    places = sorted({(str(row.meeting), int(row.paragraph)) for row in rows_of(chosen)})
    return tuple(f"{meeting} {number}" if len(data.meetings) > 1 else number for meeting, number in places)


def _tried(long: pd.DataFrame, test: Callable[[pd.DataFrame], bool]) -> dict[str, tuple[str, ...]]:
    """Try a finding on the rows that count under every subset and reading."""
    table = rank_sensitivity(long, lambda rows, **how: {"holds": bool(test(taken_up(rows, **how)))})
    names = [f"{subset}, {reading}" for subset, reading in table.index]
    marks = table["holds"].astype(bool).tolist()
    return {
        "holds": tuple(name for name, mark in zip(names, marks, strict=True) if mark),
        "fails": tuple(name for name, mark in zip(names, marks, strict=True) if not mark),
    }


def _speakers(cells: pd.DataFrame) -> "pd.Series[int]":
    """Count the distinct actors of each objective, all 23."""
    counts = cells.groupby("objective", observed=True)["actor"].nunique()
    return counts.reindex(OBJECTIVES.categories, fill_value=0).astype(int)


def _of(table: pd.DataFrame, numbers: Iterable[int]) -> pd.DataFrame:
    return table[table["objective"].astype("Int64").isin(list(numbers))]


@_claim
def fewest_speakers(data: Dataset, long: pd.DataFrame, locale: str) -> Claim | None:
    """Say which objectives the fewest speakers took up: the one definition of least discussed."""
    least = least_discussed(long)
    if least.empty or not least["touched"].sum() + taken_up(long)["actor"].nunique():
        return None
    _, numbers, most = translator(locale), sorted(least["objective"].astype(int)), int(least["speakers"].max())
    words = {"objectives": sentence(objectives(numbers, locale)), "n": number_word(most, locale)}
    if most == 0:
        text = _.gettext("No speaker took {objectives} for a main subject").format(
            objectives=objectives(numbers, locale)
        )
    elif least["speakers"].min() == most:
        text = _.gettext("{objectives} drew the fewest speakers, {n} each").format(**words)
    elif least["speakers"].min() > 0:
        text = _.gettext("{objectives} drew the fewest speakers, {n} each or fewer").format(**words)
    else:
        text = _.gettext(
            "{objectives} drew the fewest speakers, at most {n} each where introductions and summaries are not counted"
        ).format(**words)
    counted = _of(taken_up(long), numbers)
    wider = _of(touches(data), numbers)
    rest = [number for number in OBJECTIVES.categories if number not in numbers]
    return Claim(
        "fewest_speakers",
        text,
        "rank",
        "subject",
        SPEAKERS,
        _cited(data, counted["intervention"]),
        _cited(data, set(wider["intervention"]) - set(counted["intervention"])),
        **_tried(long, lambda cells: _speakers(cells)[numbers].max() < _speakers(cells)[rest].min()),
    )


@_claim
def one_speaker(data: Dataset, long: pd.DataFrame, locale: str) -> Claim | None:
    """Say which objectives one speaker alone took up, and how many more touched on them."""
    counts = _speakers(taken_up(long))
    numbers = [int(number) for number in counts.index[counts == 1]]
    if not numbers:
        return None
    _, counted, wider = translator(locale), _of(taken_up(long), numbers), _of(touches(data), numbers)
    pairs = set(zip(counted["actor"], counted["objective"].astype(int), strict=True))
    others = wider[[pair not in pairs for pair in zip(wider["actor"], wider["objective"], strict=True)]]
    words = {"objectives": sentence(objectives(numbers, locale)), "n": number_word(others["actor"].nunique(), locale)}
    if others.empty:
        text = _.ngettext("{objectives} drew one speaker", "{objectives} drew one speaker each", len(numbers)).format(
            **words
        )
    elif len(numbers) == 1:
        text = _.ngettext(
            "{objectives} drew one speaker; {n} other touched on it in passing or in the chair",
            "{objectives} drew one speaker; {n} others touched on it in passing or in the chair",
            others["actor"].nunique(),
        ).format(**words)
    else:
        text = _.ngettext(
            "{objectives} drew one speaker each; {n} other touched on one of them in passing or in the chair",
            "{objectives} drew one speaker each; {n} others touched on one or more of them in passing or in the chair",
            others["actor"].nunique(),
        ).format(**words)
    return Claim(
        "one_speaker",
        text,
        "count",
        "subject",
        SPEAKERS,
        _cited(data, counted["intervention"]),
        _cited(data, others["intervention"]),
        **_tried(long, lambda cells: bool((_speakers(cells)[numbers] == 1).all())),
    )


@_claim
def only_listed(data: Dataset, long: pd.DataFrame, locale: str) -> Claim | None:
    """Say which objectives were only listed under their number, and who spoke to their subject all the same."""
    _, given = translator(locale), long[long["basis"].eq("explicit")]
    numbers = sorted(set(given["objective"].dropna().astype(int)) - set(_said(given)["objective"].astype(int)))
    if not numbers:
        return None
    sentences, wider = [], touches(data)
    for number in numbers:
        own = _of(taken_up(long), [number])
        speakers = _names(data, own["actor"].astype("str"), locale)
        others = len(set(_of(wider, [number])["actor"]) - set(own["actor"].astype("str")))
        if speakers and others:
            message = _.ngettext(
                "Under its number, objective {number} was only listed; its subject was taken up by {speakers}, and {n} other "
                "touched on it",
                "Under its number, objective {number} was only listed; its subject was taken up by {speakers}, and {n} others "
                "touched on it",
                others,
            )
        elif speakers:
            message = _.gettext(
                "Under its number, objective {number} was only listed; its subject was taken up by {speakers}"
            )
        elif others:
            message = _.ngettext(
                "Under its number, objective {number} was only listed; {n} speaker touched on its subject",
                "Under its number, objective {number} was only listed; {n} speakers touched on its subject",
                others,
            )
        else:
            message = _.gettext("Objective {number} was only listed, and nothing was said on its subject")
        words = {"number": number, "speakers": listing(speakers, locale), "n": number_word(others, locale)}
        sentences.append(message.format(**words))
    listed = _of(given, numbers)
    return Claim(
        "only_listed",
        ". ".join(sentences),
        "absence",
        "number",
        SESSION,
        _cited(data, listed["intervention"]),
        _cited(data, _of(wider, numbers)["intervention"]),
    )


def _said(rows: pd.DataFrame) -> pd.DataFrame:
    return taken_up(rows, reading="trace", acts=None)


@_claim
def left_out(data: Dataset, long: pd.DataFrame, locale: str) -> Claim | None:
    """Say which objectives a speaker says that the draft papers leave out, although speakers took them up.

    The speaker is one who contests a text (a tie of that kind) and lists objectives that are passed over.
    """
    lists, ties = listed_objectives(data), data.ties
    if ties.empty or lists.empty:
        return None
    lists = lists[lists["intervention"].isin(ties.loc[ties["kind"] == "contests", "intervention"])]
    if lists.empty:
        return None
    _, (numbers, reader) = translator(locale), lists[["objectives", "actor"]].iloc[0]
    counted = _of(taken_up(long), numbers)
    counted = counted[counted["intervention"] != lists["intervention"].iloc[0]]
    raised = sorted(set(counted["objective"].astype(int)))
    if not raised:
        return None
    words = {
        "objectives": objectives(list(numbers), locale),
        "reader": listing(_names(data, [reader], locale), locale),
        "raised": listing(raised, locale),
        "n": number_word(counted["actor"].nunique(), locale),
    }
    message = (
        _.ngettext(
            "The draft papers, as {reader} read them, would leave out {objectives}; {n} speaker took them up all the same",
            "The draft papers, as {reader} read them, would leave out {objectives}; {n} speakers took up one or more of them "
            "all the same",
            counted["actor"].nunique(),
        )
        if raised == list(numbers)
        else _.ngettext(
            "The draft papers, as {reader} read them, would leave out {objectives}; {n} speaker took up {raised} all the same",
            "The draft papers, as {reader} read them, would leave out {objectives}; {n} speakers took up one or more of "
            "{raised} all the same",
            counted["actor"].nunique(),
        )
    )
    return Claim(
        "left_out",
        message.format(**words),
        "presence",
        "subject",
        SPEAKERS,
        _cited(data, [*lists["intervention"], *counted["intervention"]]),
        (),
        **_tried(long, lambda cells: set(raised) <= set(cells["objective"].astype(int))),
    )


@_claim
def converging(data: Dataset, long: pd.DataFrame, locale: str) -> Claim | None:
    """Say what most speakers ask for: the consolidated recommendation with most supporters."""
    demands = consolidated_recommendations(data)
    if demands.empty or demands["supporters"].iloc[0] < 2:
        return None
    top, number = demands.iloc[0], int(demands["supporters"].iloc[0])
    _, broad = translator(locale), len(top["constituencies"])
    message = (
        _.gettext("The demand with the largest support, by {n} speakers of {k} constituencies: {text}")
        if broad > 1
        else _.gettext("The demand with the largest support, by {n} speakers of one constituency: {text}")
    )
    text = str(top["text"]).rstrip(".")
    words = {"n": number_word(number, locale), "k": number_word(broad, locale), "text": text[:1].lower() + text[1:]}
    return Claim(
        "converging",
        message.format(**words),
        "rank",
        "subject",
        SPEAKERS,
        _cited(data, top["interventions"]),
        (),
    )


@_claim
def practices_by_world_region(data: Dataset, long: pd.DataFrame, locale: str) -> Claim | None:
    """Say in which region the practices are carried out; "most" only where it is more than half."""
    table = practices_by_region(data)
    table = table[~table["region_name"].isin([NO_PLACE, WORLD])].drop_duplicates("region")
    if len(table) < 2:
        return None
    _, top, second = translator(locale), table.iloc[0], table.iloc[1]
    told = set(presented_practices(data)["practice"])
    placed = data.practices[data.practices["practice"].isin(told)]
    regions = placed["places"].map(lambda cell: {regions_of(code)[0] for code in codes(cell)} - {""})
    total, number = int((regions.map(len) > 0).sum()), int(top["in_region"])
    if number == second["in_region"]:
        return None
    message = (
        _.gettext("Most of the {total} practices that are tied to a country or region are carried out in {region}: {n}")
        if 2 * number > total
        else _.gettext(
            "Of the {total} practices that are tied to a country or region, the largest number, {n}, are carried out in {region}"
        )
    )
    inside = placed.loc[[top["region"] in found for found in regions], "practice"]
    told_in = data.practice_citations[data.practice_citations["practice"].isin(inside)]["intervention"]
    words = {"total": number_word(total, locale), "n": number_word(number, locale), "region": top["region_name"]}
    return Claim(
        "practices_by_world_region", message.format(**words), "rank", "subject", SPEAKERS, _cited(data, told_in)
    )


def register(data: "Dataset", *, locale: str = "en") -> pd.DataFrame:
    """List every finding that the data carry.

    Returns
    -------
    DataFrame
        One row per claim: ``key``, ``text``, ``kind``, ``reading``, ``counted``, ``paragraphs_for``,
        ``paragraphs_against``, ``holds``, ``fails`` (text, parts separated by semicolons).
    """
    found = [claim for worded in REGISTERED.values() if (claim := worded(data, locale=locale)) is not None]
    columns = [field.name for field in fields(Claim)]
    rows = [
        ["; ".join(map(str, value)) if isinstance(value := getattr(claim, name), tuple) else value for name in columns]
        for claim in found
    ]
    return pd.DataFrame(rows, columns=columns).astype("str")
