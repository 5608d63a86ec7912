"""What a claim is, what stands for and against it, under which subsets it holds, and the register of all of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from functools import wraps
from typing import Any

import numpy as np
import pandas as pd
from babel.numbers import format_decimal

from gfmd_analysis.claims.selection import names, narrow, require_dataset, scope
from gfmd_analysis.coverage.counts import READINGS, crossed, taken_up
from gfmd_analysis.coverage.least import subsets
from gfmd_analysis.dataset.capacity import spoken_as
from gfmd_analysis.dataset.memory import once
from gfmd_analysis.dataset.objectives import split_numbers
from gfmd_analysis.dataset.selecting import select
from gfmd_analysis.dataset.tables import Dataset, rows_of
from gfmd_analysis.practices.recommendations import spoken
from gfmd_analysis.practices.speaking import talks
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
    reading: str = "subject"
    counted: str = SPEAKERS
    paragraphs_for: tuple[int | str, ...] = ()
    paragraphs_against: tuple[int | str, ...] = ()
    holds: tuple[str, ...] = ()
    fails: tuple[str, ...] = ()
    short: str = ""


@dataclass(frozen=True)
class Part:
    """The data that a claim is about, its language, its selection and its name, with what several claims need."""

    data: Dataset
    locale: str = "en"
    scope: str = ""
    key: str = ""

    @property
    def long(self) -> pd.DataFrame:
        """The tidy long table."""
        return self.data.long()

    @property
    def cells(self) -> pd.DataFrame:
        """The rows that count: by subject, in statements and updates."""
        return counting(self.data)

    @property
    def wide(self) -> pd.DataFrame:
        """Every trace of every objective (:func:`touches`)."""
        return touches(self.data)

    @property
    def counts(self) -> pd.DataFrame:
        """The speakers on each objective of the selection, in every view (:func:`in_views`)."""
        return in_views(self.data)[numbers_of(self.data.objectives)]

    @property
    def base(self) -> "pd.Series[int]":
        """The speakers on each objective of the selection, as :func:`taken_up` counts by default."""
        return self.counts.T[BASE]

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
        held: "pd.Series[bool] | None" = None,
    ) -> Claim:
        """Make a claim of interventions, or of rows, for and against; of its texts the first that is short enough is its short form.

        A selection is said in the text, and in the short form where there is room. ``held`` says in which of the
        :func:`views` it holds.
        """
        whole = [sentence(text) for text in texts]
        scoped = [f"{self.scope}. {text}" if self.scope else text for text in whole]
        places, against_it = cited(self.data, own), cited(self.data, against)
        holds, fails = ((), ()) if held is None else (tuple(marked(marks)) for marks in (held, ~held))
        short = fitting(*scoped, *whole[1:])
        return Claim(self.key, scoped[0], kind, reading, counted, places, against_it, holds, fails, short)


@once
def counting(data: Dataset) -> pd.DataFrame:
    """Select the rows that count, as :func:`taken_up` does by default."""
    return taken_up(data.long())


@once
def views(data: Dataset, *, floor: bool = False) -> pd.DataFrame:
    """Stack the rows that count under every subset and reading, which ``view`` names; with ``floor`` all that was said.

    Turns on the floor do not hang on mentions, so that they are the same in every reading.
    """
    long = data.long().drop(columns="words_once")
    read = {reading: long if floor else taken_up(long, reading=reading, acts=None) for reading in READINGS}
    said = {name: rows.index[spoken_as(rows, acts)] for name, (rows, acts) in subsets(long).items()}
    found = {f"{name}, {how}": own.intersection(rows.index) for name, own in said.items() for how, rows in read.items()}
    view = np.repeat(pd.Categorical(list(found), list(found)), [len(rows) for rows in found.values()])
    return long.loc[np.concatenate(list(found.values()))].assign(view=view)


@once
def in_views(data: Dataset, *, by: str = "objective", what: str = "actor", **only: Any) -> pd.DataFrame:
    """Count the distinct values of one column for each of another (in columns), in every view (in rows) or a selection of it.

    Turns are those on the floor. The row :data:`BASE` has what :func:`taken_up` selects by default.
    """
    return crossed(select(views(data, floor=what == "turn"), **only), "view", by, what)


def leading(data: Dataset, by: str, what: str) -> tuple["pd.Series[int]", list[Any], "pd.Series[bool]"]:
    """Find who has the largest number: the numbers of all that have any, who leads, and the views in which nobody else does."""
    counts = in_views(data, by=by, what=what)
    base, largest = counts.T[BASE], counts.eq(counts.max(axis=1), axis=0) & (counts > 0)
    top = marked(largest.T[BASE])
    return base[base > 0], top, largest.eq(counts.columns.isin(top)).all(axis=1)


BASE = f"all, {READINGS[1]}"
Worded = Callable[..., Claim | None]
REGISTERED: list[Worded] = []


def registered(function: Callable[[Part], Claim | None]) -> Worded:
    """Register a finding; a selection narrows the data and is said in the text."""

    @wraps(function)
    def worded(data: Dataset, *, locale: str = "en", **selection: Any) -> Claim | None:
        require_dataset(function.__name__, data)
        part = narrow(data, **selection) if selection else data
        return function(Part(part, locale, scope(data, locale=locale, **selection), function.__name__))

    REGISTERED.append(worded)
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
    found = [astuple(claim) for worded in REGISTERED if (claim := worded(data, locale=locale))]
    table = pd.DataFrame(found, columns=[field.name for field in fields(Claim)])
    return table.map(lambda cell: "; ".join(map(str, cell)) if isinstance(cell, tuple) else cell).astype("str")


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
    listed = data.mentions.loc[data.mentions["engagement"] == "reference", pair].astype("object")
    every = every.merge(listed, how="left_anti")
    return spoken(data, every.astype({"intervention": "str", "objective": "int64"}))


def cited(data: "Dataset", found: pd.DataFrame | Iterable[Any]) -> tuple[int | str, ...]:
    """Find the paragraphs of a table, of rows or of interventions, each once and in order; with the meeting where there are several."""
    each: Iterable[Any] = found
    if isinstance(found, pd.DataFrame):
        each = rows_of(found[["meeting", "paragraph"]].dropna())
    rows = (talks(data)[one] if isinstance(one, str) else one for one in each)
    places, several = {(str(row.meeting), int(row.paragraph)) for row in rows}, len(data.meetings) > 1
    return tuple(f"{meeting} {number}" if several else number for meeting, number in sorted(places))


def marked(marks: "pd.Series[bool]") -> list[Any]:
    """List the places that are marked."""
    return list(marks.index[marks])


def of(table: pd.DataFrame, numbers: Iterable[int]) -> pd.DataFrame:
    """Keep the rows of some objectives."""
    return table[table["objective"].isin(list(numbers))]


def numbers_of(table: pd.DataFrame) -> list[int]:
    """List the objectives that occur in a table, in the Compact's order."""
    return sorted(set(table["objective"].dropna().astype(int)))
