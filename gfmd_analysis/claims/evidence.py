"""What a claim is, what stands for and against it, under which subsets it holds, and the register of all of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from functools import cached_property, wraps
from typing import Any

import pandas as pd
from babel.numbers import format_decimal

from gfmd_analysis.claims.selection import names, narrow, require_dataset, scope
from gfmd_analysis.coverage.counts import READINGS, taken_up
from gfmd_analysis.coverage.least import subsets
from gfmd_analysis.dataset.capacity import ACTS, Acts, spoken_as
from gfmd_analysis.dataset.memory import once
from gfmd_analysis.dataset.objectives import OBJECTIVES, split_numbers
from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.practices.recommendations import spoken
from gfmd_analysis.text import LOCALES, N_, listing, number_word, objectives, paras, sentence, translator

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
        Subsets and readings under which it holds and fails (:func:`gfmd_analysis.coverage.least.rank_sensitivity`);
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

    @property
    def long(self) -> pd.DataFrame:
        """The tidy long table."""
        return self.data.long()

    @cached_property
    def cells(self) -> pd.DataFrame:
        """The rows that count: by subject, in statements and updates."""
        return taken_up(self.long)

    @property
    def wide(self) -> pd.DataFrame:
        """Every trace of every objective (:func:`touches`)."""
        return touches(self.data)

    def gettext(self, message: str, numbers: Iterable[int] = (), /, **values: object) -> str:
        """Look a sentence up in the language, and fill its places."""
        return self._filled(translator(self.locale).gettext(message), numbers, values)

    def ngettext(self, one: str, many: str, number: int, numbers: Iterable[int] = (), /, **values: object) -> str:
        """Look a sentence up in the form for a number, where it has two, and fill its places."""
        _ = translator(self.locale)
        return self._filled(_.gettext(one) if one == many else _.ngettext(one, many, number), numbers, values)

    def _filled(self, message: str, numbers: Iterable[int], values: Mapping[str, object]) -> str:
        """Fill a sentence's places: objectives by number, counts in words, lists as the language joins them, rows by paragraph."""
        text = objectives(list(numbers), self.locale)
        bare = {name for name, value in values.items() if f"{{{name}:d}}" in message}  # a count that stays in figures
        words = {name: value if name in bare else self._worded(value) for name, value in values.items()}
        return message.format(objectives=text, Objectives=sentence(text), **words)

    def _worded(self, value: object) -> object:
        if isinstance(value, pd.DataFrame):
            return paras(value["paragraph"].dropna(), self.locale)
        if isinstance(value, list):
            return listing(value, self.locale)
        return number_word(value, self.locale) if isinstance(value, int) else value

    def names(self, actors: Iterable[object]) -> list[str]:
        """Name actors inside a sentence, each once."""
        return names(self.data, actors, self.locale)

    def claim(
        self,
        texts: Sequence[str],
        kind: str,
        own: pd.DataFrame | Iterable[object] = (),
        against: pd.DataFrame | Iterable[object] = (),
        *,
        reading: str = "subject",
        counted: str = SPEAKERS,
        test: Callable[[pd.DataFrame], Any] | None = None,
        chosen: Callable[..., pd.DataFrame] = taken_up,
    ) -> Claim:
        """Make a claim of interventions, or of rows, for and against; of its texts the first that is short enough is its short form.

        Its key is given where it is registered; a selection is said in the text, and in the short form where there is room.
        ``test`` is tried on the rows that count (``chosen``) under every subset and reading.
        """
        whole = [sentence(text) for text in texts]
        scoped = [f"{self.scope}. {text}" if self.scope else text for text in whole]
        places, against_it = cited(self.data, own), cited(self.data, against)
        marks = (
            {name: bool(test(cells)) for (by, name), cells in views(self.data).items() if by is chosen} if test else {}
        )
        holds, fails = (tuple(name for name, mark in marks.items() if mark == truth) for truth in (True, False))
        short = fitting(*scoped, *whole[1:])
        return Claim("", scoped[0], kind, reading, counted, places, against_it, holds, fails, short)


@once
def views(data: Dataset) -> dict[tuple[Any, str], pd.DataFrame]:
    """Select the rows that count under every subset and reading, by what selects them (:func:`taken_up`, :func:`said`)."""
    parts = subsets(data.long()[COUNTED]).items()
    return {
        (chosen, f"{subset}, {reading}"): chosen(rows, reading=reading, acts=acts)
        for subset, (rows, acts) in parts
        for reading in READINGS
        for chosen in (taken_up, said)
    }


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
        require_dataset(function.__name__, data)
        part = narrow(data, **selection) if selection else data
        found = function(Part(part, locale, scope(data, locale=locale, **selection)))
        return found and replace(found, key=function.__name__)

    REGISTERED.append(function)
    return worded


def register(data: "Dataset", *, locale: str = "en") -> pd.DataFrame:
    """List every finding that the data carry.

    Parameters
    ----------
    data
        A loaded dataset.
    locale
        Language of the texts.

    Returns
    -------
    DataFrame
        One row per claim: ``key``, ``text``, ``kind``, ``reading``, ``counted``, ``paragraphs_for``,
        ``paragraphs_against``, ``holds``, ``fails`` (text, parts separated by semicolons), ``short``.
    """
    require_dataset("register", data)
    part = Part(data, locale)
    worded = [(finding.__name__, finding(part)) for finding in REGISTERED]
    found = [replace(claim, key=key) for key, claim in worded if claim]
    rows = [
        ["; ".join(map(str, cell)) if isinstance(cell, tuple) else cell for cell in astuple(each)] for each in found
    ]
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
    message = N_(
        "The report was coded by a language model, {n} times and blind (Krippendorff’s alpha {alpha} on which objectives are "
        "mentioned), and has not been re-coded by a person"
    )
    if coders == 2:
        message = N_(
            "The report was coded by a language model, twice and blind (Krippendorff’s alpha {alpha} on which objectives are "
            "mentioned), and has not been re-coded by a person"
        )
    written = format_decimal(round(alpha, 2), format="0.00", locale=LOCALES[locale])
    return translator(locale).gettext(message).format(n=number_word(coders, locale), alpha=written)


@once
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
    every = every[every["listed"].isna()].drop(columns="listed")
    return spoken(data, every.astype({"intervention": "str", "objective": "int64"}))


def cited(data: "Dataset", found: pd.DataFrame | Iterable[object]) -> tuple[int | str, ...]:
    """Find the paragraphs of the rows of a table, or of interventions, in order; with the meeting where there are several."""
    rows = found if isinstance(found, pd.DataFrame) else pd.DataFrame({"intervention": list(found)})
    if "paragraph" not in rows:
        rows = data.interventions[data.interventions["intervention"].isin(list(rows["intervention"]))]
    rows, several = rows.dropna(subset="paragraph"), len(data.meetings) > 1
    pairs = {(str(meeting), int(number)) for meeting, number in zip(rows["meeting"], rows["paragraph"], strict=True)}
    return tuple(f"{meeting} {number}" if several else number for meeting, number in sorted(pairs))


def said(rows: pd.DataFrame, *, reading: str = "trace", acts: Acts = ACTS) -> pd.DataFrame:
    """Select what was said in some acts, whatever the reading: turns do not hang on mentions."""
    return rows[spoken_as(rows, acts)]


def speakers(cells: pd.DataFrame, among: Iterable[int] = OBJECTIVES.categories) -> "pd.Series[int]":
    """Count the distinct actors of each objective, nought where there is none."""
    counts = Counter(number for number, _ in {*zip(cells["objective"], cells["actor"], strict=True)})
    return pd.Series({number: counts[number] for number in among}, dtype="int64")


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
