"""What a claim is, what stands for and against it, under which subsets it holds, and the register of all of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from functools import cached_property, wraps
from typing import Any

import pandas as pd
from babel.numbers import format_decimal

from gfmd_analysis.coverage.counts import READINGS, subsets, taken_up
from gfmd_analysis.dataset.capacity import ACTS, Acts, spoken_as
from gfmd_analysis.dataset.objectives import OBJECTIVES, split_numbers
from gfmd_analysis.dataset.tables import Dataset, select
from gfmd_analysis.errors import GfmdError
from gfmd_analysis.practices.recommendations import spoken
from gfmd_analysis.text import LOCALES, N_, actor_name, listing, number_word, objectives, sentence, the, translator

SPEAKERS = "statements and updates, also those of chairs and facilitators; no presentations of objectives, no summaries"
SESSION = "statements, updates, introductions and summaries"
LONGEST = 125  # characters of a short form, as of an alternative text


@dataclass(frozen=True)
class Claim:
    """A finding in words, and what stands for and against it.

    Attributes
    ----------
    key
        Name of the function that words it.
    text
        The finding, without its full stop.
    kind
        ``presence``, ``rank``, ``absence``, ``count`` or ``robust``.
    reading, counted
        How mentions were read (``number``, ``subject``, ``trace``; ``reported`` for numbers), and whose words count.
    paragraphs_for, paragraphs_against
        Paragraphs that carry it, and those that a reader could hold against it; with the meeting where there are several.
    holds, fails
        Subsets and readings under which it holds and fails (:func:`gfmd_analysis.coverage.counts.rank_sensitivity`);
        empty where it does not rest on mentions.
    short
        The finding in a whole sentence of at most :data:`LONGEST` characters, for alternative texts.
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
    short: str = ""


@dataclass(frozen=True)
class Part:
    """The data that claims are about, their language and their selection, with what several claims need computed once."""

    data: Dataset
    locale: str = "en"
    scope: str = ""

    @cached_property
    def long(self) -> pd.DataFrame:
        """The tidy long table."""
        return self.data.long()

    @cached_property
    def cells(self) -> pd.DataFrame:
        """The rows that count: by subject, in statements and updates."""
        return taken_up(self.long)

    @cached_property
    def wide(self) -> pd.DataFrame:
        """Every trace of every objective (:func:`touches`)."""
        return touches(self.data)

    @cached_property
    def views(self) -> dict[tuple[Any, str], pd.DataFrame]:
        """The rows that count under every subset and reading, by what selects them (:func:`taken_up`, :func:`said`)."""
        parts = subsets(self.long[COUNTED]).items()
        return {
            (chosen, f"{subset}, {reading}"): chosen(rows, reading=reading, acts=acts)
            for subset, (rows, acts) in parts
            for reading in READINGS
            for chosen in (taken_up, said)
        }

    def gettext(self, message: str) -> str:
        """Look a message up in the language."""
        return str(translator(self.locale).gettext(message))

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Look a message up in the form for a number."""
        return str(translator(self.locale).ngettext(one, many, number))

    def fill(self, message: str, numbers: Iterable[int] = (), **values: object) -> str:
        """Fill a message's places: objectives by number, counts in words, lists as the language joins them."""
        text = objectives(list(numbers), self.locale)
        words = {
            name: number_word(value, self.locale)
            if isinstance(value, int)
            else listing(value, self.locale)
            if isinstance(value, list)
            else value
            for name, value in values.items()
        }
        return sentence(message.format(objectives=text, Objectives=sentence(text), **words))

    def names(self, actors: Iterable[object]) -> list[str]:
        """Name actors inside a sentence, each once."""
        return names(self.data, actors, self.locale)

    def claim(
        self,
        text: str,
        kind: str,
        own: Iterable[object] = (),
        against: Iterable[object] = (),
        *,
        short: Iterable[str] = (),
        paragraphs: tuple[int | str, ...] | None = None,
        reading: str = "subject",
        counted: str = SPEAKERS,
        test: Callable[[pd.DataFrame], Any] | None = None,
        chosen: Callable[..., pd.DataFrame] = taken_up,
    ) -> Claim:
        """Make a claim of interventions (or paragraphs) for and against, with the first of its short forms that fits.

        Its key is given where it is registered; a selection is said in the text, and in the short form where there is room.
        """
        held: dict[str, Any] = tried(self, test, chosen) if test else {}
        held["short"] = fitting(*(self.scoped(each) for each in (text, *short)), *short)
        known = cited(self.data, own) if paragraphs is None else paragraphs
        return Claim("", self.scoped(text), kind, reading, counted, known, cited(self.data, against), **held)

    def scoped(self, text: str) -> str:
        """Say the selection, if there is one, before a sentence."""
        return self.gettext("{scope}: {finding}").format(scope=self.scope, finding=text) if self.scope else text


Finding = Callable[[Part], Claim | None]
Worded = Callable[..., Claim | None]
REGISTERED: list[Finding] = []
COUNTED = [
    "intervention", "section", "role", "act", "turn", "actor", "constituency", "objective", "objective_roundtable", "basis", "engagement",
]  # fmt: skip


def registered(function: Finding) -> Worded:
    """Register a finding; a selection narrows the data and is said in the text."""

    @wraps(function)
    def worded(data: Dataset, *, locale: str = "en", **selection: Any) -> Claim | None:
        whole = Part(data, locale)
        part = Part(narrow(data, **selection), locale, scope(data, locale=locale, **selection)) if selection else whole
        found = function(part)
        return found and replace(found, key=function.__name__)

    REGISTERED.append(function)
    return worded


def register(data: "Dataset", *, locale: str = "en", more: Iterable[Claim | None] = ()) -> pd.DataFrame:
    """List every finding that the data carry.

    Parameters
    ----------
    data
        A loaded dataset.
    locale
        Language of the texts.
    more
        Claims that need a table that takes long to compute (:func:`chance`, :func:`grouping`, :func:`meetings_compared`).

    Returns
    -------
    DataFrame
        One row per claim: ``key``, ``text``, ``kind``, ``reading``, ``counted``, ``paragraphs_for``,
        ``paragraphs_against``, ``holds``, ``fails`` (text, parts separated by semicolons), ``short``.
    """
    part = Part(data, locale)
    worded = [(finding.__name__, finding(part)) for finding in REGISTERED]
    found = [*(replace(claim, key=key) for key, claim in worded if claim), *filter(None, more)]
    cells = [[getattr(claim, field.name) for field in fields(Claim)] for claim in found]
    rows = [["; ".join(map(str, cell)) if isinstance(cell, tuple) else cell for cell in row] for row in cells]
    return pd.DataFrame(rows, columns=[field.name for field in fields(Claim)], dtype="str")


def fitting(*texts: str) -> str:
    """Choose the first text that is no longer than :data:`LONGEST`; the last where none is."""
    return next((text for text in texts if len(text) <= LONGEST), texts[-1])


def caveat(alpha: float, *, coders: int = 2, locale: str = "en") -> str:
    """Say how the data were coded, which stands in every document that travels.

    Parameters
    ----------
    alpha
        Krippendorff's alpha of the codings (:func:`gfmd_analysis.dataset.reliability.intercoder_agreement`).
    coders
        How many codings there are.
    locale
        ``en``, ``fr`` or ``es``.
    """
    _ = translator(locale)
    message = _.gettext(
        "The report was coded by a language model, {n} times and blind (Krippendorff’s alpha {alpha}), and has not been "
        "re-coded by a person"
    )
    if coders == 2:
        message = _.gettext(
            "The report was coded by a language model, twice and blind (Krippendorff’s alpha {alpha}), and has not been "
            "re-coded by a person"
        )
    written = format_decimal(round(alpha, 2), format="0.00", locale=LOCALES[locale])
    return message.format(n=number_word(coders, locale), alpha=written)


def narrow(data: "Dataset", **selection: Any) -> "Dataset":
    """Keep what was said in a selection: the interventions, and of them only the chosen objectives.

    Parameters
    ----------
    data
        A loaded dataset.
    **selection
        As :func:`gfmd_analysis.select` takes it: ``section="RT2"``, ``constituency="states"``, ``actor="EGY"``,
        ``objective=13``; and ``roundtable="RT2"`` for the objectives of a roundtable, wherever they were spoken of.
    """
    if "roundtable" in selection:
        name = selection.pop("roundtable")
        chosen = data.objectives[data.objectives["roundtable"].isin([name] if isinstance(name, str) else list(name))]
        if chosen.empty:
            raise GfmdError(f"roundtable: found {name!r}; allowed: {', '.join(data.objectives['roundtable'].unique())}")
        selection["objective"] = sorted(chosen["objective"].astype(int))
    tables, rows = dict(data.tables), select(data.long(), **selection)
    spoken_there = data.interventions[data.interventions["intervention"].isin(rows["intervention"])]
    tables["interventions"] = spoken_there
    where = spoken_there[["meeting", "paragraph", "actor"]].drop_duplicates()
    tables["quantities"] = data.quantities.merge(where, on=["meeting", "paragraph", "actor"])
    tables["milestones"] = data.milestones.merge(where[["meeting", "paragraph"]].drop_duplicates())
    if "objective" in selection:
        tables["objectives"] = select(data.objectives, objective=selection["objective"])
        wanted = set(tables["objectives"]["objective"].astype(int))
        for name in ("mentions", "practice_citations", "recommendation_objectives"):
            tables[name] = tables[name][tables[name]["objective"].isin(list(wanted))]
        asked = tables["recommendation_objectives"]["recommendation"]
        tables["recommendations"] = data.recommendations[data.recommendations["recommendation"].isin(asked)]
        about = [
            ";".join(map(str, sorted(set(split_numbers(cell)) & wanted))) for cell in data.challenges["objectives"]
        ]
        challenges = data.challenges.assign(objectives=pd.Series(about, data.challenges.index, dtype="str"))
        tables["challenges"] = challenges[challenges["objectives"] != ""]
    return Dataset(tables).only(*data.meetings["meeting"])


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


def scope(data: "Dataset", *, locale: str = "en", **selection: Any) -> str:
    """Name a selection for a title: ``Roundtable 2``, ``States``, ``Egypt``, ``Objective 13``."""
    _, parts = translator(locale), []
    for column, value in selection.items():
        values: list[Any] = [value] if isinstance(value, str | int) else list(value)
        if column == "objective":
            parts.append(objectives(values, locale))
        elif column == "roundtable":
            numbers = listing([str(name).removeprefix("RT") for name in values], locale)
            parts.append(
                _.ngettext("objectives of roundtable {list}", "objectives of roundtables {list}", len(values)).format(
                    list=numbers
                )
            )
        elif column == "actor":
            parts.append(listing(names(data, values, locale), locale))
        elif column == "section" and all(str(section).startswith("RT") for section in values):
            numbers = listing([str(section).removeprefix("RT") for section in values], locale)
            parts.append(_.ngettext("roundtable {list}", "roundtables {list}", len(values)).format(list=numbers))
        else:
            parts.append(listing([constituency(str(code), locale) for code in values], locale))
    return sentence(", ".join(parts))


def constituency(code: str, locale: str = "en") -> str:
    """Name a constituency inside a sentence."""
    return translator(locale).gettext(CONSTITUENCIES.get(code, code.replace("_", " ")))


def names(data: "Dataset", actors: Iterable[object], locale: str) -> list[str]:
    """Name actors inside a sentence, each once."""
    known = data.actors.set_index("actor")["name"].to_dict()
    distinct = dict.fromkeys(map(str, actors))
    return [the(actor_name(actor, str(known.get(actor, actor)), locale), locale) for actor in distinct]


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


def cited(data: "Dataset", interventions: Iterable[object]) -> tuple[int | str, ...]:
    """Find the paragraphs of interventions, in order; with the meeting where there are several."""
    every = data.interventions
    return places(data, every.loc[every["intervention"].isin(list(interventions)), ["meeting", "paragraph"]])


def places(data: "Dataset", rows: pd.DataFrame) -> tuple[int | str, ...]:
    """Find the paragraphs of the rows of a table, in order; with the meeting where there are several."""
    pairs = zip(rows["meeting"], rows["paragraph"], strict=True)
    found = sorted({(str(meeting), int(number)) for meeting, number in pairs if pd.notna(number)})
    return tuple(f"{meeting} {number}" if len(data.meetings) > 1 else number for meeting, number in found)


def said(rows: pd.DataFrame, *, reading: str = "trace", acts: Acts = ACTS) -> pd.DataFrame:
    """Select what was said in some acts, whatever the reading: turns do not hang on mentions."""
    return rows[spoken_as(rows, acts)]


def tried(
    part: Part, test: Callable[[pd.DataFrame], Any], chosen: Callable[..., pd.DataFrame] = taken_up
) -> dict[str, tuple[str, ...]]:
    """Try a finding on the rows that count under every subset and reading; gives a claim's ``holds`` and ``fails``."""
    marks = {name: bool(test(cells)) for (by, name), cells in part.views.items() if by is chosen}
    return {
        word: tuple(name for name, mark in marks.items() if mark == truth)
        for word, truth in (("holds", True), ("fails", False))
    }


def speakers(cells: pd.DataFrame, among: Iterable[int] = OBJECTIVES.categories) -> "pd.Series[int]":
    """Count the distinct actors of each objective, nought where there is none."""
    counts = cells.groupby("objective", observed=True)["actor"].nunique()
    return counts.reindex(list(among), fill_value=0).astype(int)


def leaders(rows: pd.DataFrame, by: str, what: str = "objective") -> list[str]:
    """Find who has the largest number of distinct objectives (or turns, or roundtables); none where nobody has any."""
    counts = rows.groupby(by, observed=True)[what].nunique()
    return [str(name) for name in counts.index[(counts == counts.max()) & (counts > 0)]]


def of(table: pd.DataFrame, numbers: Iterable[int]) -> pd.DataFrame:
    """Keep the rows of some objectives."""
    return table[table["objective"].isin(list(numbers))]


def numbers_of(table: pd.DataFrame) -> list[int]:
    """List the objectives that occur in a table, in the Compact's order."""
    return sorted(set(table["objective"].dropna().astype(int)))
