"""What is in the data: the tables and their fingerprints, who spoke where, and where the two codings differed."""

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from gfmd_analysis.errors import GfmdError, NoDataError
from gfmd_analysis.exporting import csv_text
from gfmd_analysis.loading import require_columns
from gfmd_analysis.schema import contract
from gfmd_analysis.sentences import count, paragraphs

if TYPE_CHECKING:
    from gfmd_analysis.loading import Dataset

DIGITS = 12
DECISIONS = {
    "both": "no difference",
    "A": "coder A's code stands",
    "B": "coder B's code stands",
    "lead": "neither stands",
}


def fingerprint(table: pd.DataFrame) -> str:
    """Give the first twelve hex digits of the SHA-256 of a table's content.

    Parameters
    ----------
    table
        Any table; the order of its rows does not matter, every cell and the columns' names and order do.

    Returns
    -------
    str
        The same on every machine. Quote it with a number to say from which version of the data the number comes.

    Examples
    --------
    >>> fingerprint(pd.DataFrame({"objective": [1, 2]})) == fingerprint(pd.DataFrame({"objective": [2, 1]}))
    True
    """
    head, *lines = csv_text(table).splitlines()
    content = "\n".join([head, *sorted(lines)])
    return hashlib.sha256(content.encode()).hexdigest()[:DIGITS]


def inventory(data: "Dataset") -> pd.DataFrame:
    """List the tables of a dataset.

    Returns
    -------
    DataFrame
        One row per table in the contract's order: ``table``, ``rows``, ``columns`` (int), ``one row is`` and
        ``fingerprint`` (str).
    """
    agreed = contract()
    listed = [
        (name, len(table), len(table.columns), _row(agreed[name].description), fingerprint(table))
        for name, table in data.tables.items()
    ]
    return pd.DataFrame(listed, columns=["table", "rows", "columns", "one row is", "fingerprint"])


def _row(description: str) -> str:
    return description.removeprefix("One row is ").removesuffix(".")


def occasion(data: "Dataset") -> str:
    """Say for a figure's subtitle when the meeting or meetings took place and how many actors spoke there."""
    from babel.dates import format_date

    days = sorted(data.meetings["date"].dt.date)
    shown = list(dict.fromkeys(format_date(day, "d MMMM y", locale="en") for day in (days[0], days[-1])))
    several = f"{count(len(days), 'meeting')}, " if len(days) > 1 else ""
    return f"{several}{' to '.join(shown)}, {count(data.interventions['actor'].nunique(), 'speaker')}"


def report_titles(data: "Dataset") -> str:
    """Name the report for a source line, or how many reports there are."""
    titles = data.meetings["source"].tolist()
    return str(titles[0]) if len(titles) == 1 else f"summary reports of {count(len(titles), 'meeting')}"


def cited(data: "Dataset", numbers: Iterable[int]) -> str:
    """Name the report, or how many there are, with paragraphs, for a source line."""
    return f"{report_titles(data)}, {paragraphs(numbers)}"


def who_spoke(long: pd.DataFrame, by: str | list[str]) -> pd.DataFrame:
    """Count speakers, interventions and words by what the long table knows of an intervention.

    Parameters
    ----------
    long
        Tidy long table; each intervention is counted once, whatever it mentions.
    by
        Column or columns: ``section``, ``constituency``, ``role``, ``actor``, ``meeting`` and the like.

    Returns
    -------
    DataFrame
        One row per combination that occurs, in the columns' own order: the columns of ``by``, ``speakers``,
        ``interventions``, ``words`` (int).
    """
    columns = [by] if isinstance(by, str) else by
    require_columns(long, *columns, "intervention", "actor", "words")
    spoken = long.drop_duplicates("intervention")
    return (
        spoken.groupby(columns, observed=True, sort=True)
        .agg(speakers=("actor", "nunique"), interventions=("intervention", "size"), words=("words", "sum"))
        .astype(int)
        .reset_index()
    )


def sections(data: "Dataset") -> pd.DataFrame:
    """List the sections of the report with who led them and how long they are.

    Returns
    -------
    DataFrame
        One row per section in the report's order: ``meeting``, ``section``, ``title``, ``kind``, ``chair``, ``facilitator``,
        ``paragraphs`` and ``words`` (int).
    """
    length = data.paragraphs.groupby(["meeting", "section"], as_index=False).agg(
        paragraphs=("paragraph", "size"), words=("words", "sum")
    )
    table = data.roundtables.merge(length, on=["meeting", "section"], how="left", validate="one_to_one")
    return table.sort_values(["meeting", "order"], ignore_index=True).drop(columns="order")


def evidence(data: "Dataset") -> pd.DataFrame:
    """List what was said, as it was coded, with the objectives and how each was mentioned.

    Returns
    -------
    DataFrame
        One row per intervention in the report's order: ``meeting``, ``paragraph`` (int), ``actor`` (short name), ``role``,
        ``summary`` and ``objectives`` (str: "5", "7 only named", "23 inferred: why").
    """
    mentions = data.mentions.astype("str").fillna("")
    named = mentions["engagement"].map({"reference": " only named", "substantive": ""})
    inferred = (
        mentions["note"].where(mentions["basis"] == "inferred", "").map(lambda why: f" inferred: {why}" if why else "")
    )
    told = (mentions["objective"] + named + inferred).groupby(mentions["intervention"]).agg("; ".join)
    table = data.interventions.merge(data.actors[["actor", "short_name"]], on="actor", validate="many_to_one")
    table = table.assign(actor=table["short_name"], objectives=table["intervention"].map(told).fillna(""))
    return table.sort_values(["meeting", "paragraph", "intervention"], ignore_index=True)[
        ["meeting", "paragraph", "actor", "role", "summary", "objectives"]
    ]


def named_ties(data: "Dataset") -> pd.DataFrame:
    """List the ties that speakers state to other bodies, those that did not speak included.

    Returns
    -------
    DataFrame
        As :func:`gfmd_analysis.stated.stated_ties`, with short names in ``from_actor`` and ``to_actor``.
    """
    from gfmd_analysis.stated import stated_ties

    names = data.actors.set_index("actor")["short_name"]
    ties = stated_ties(data.ties, data.interventions)
    return ties.assign(**{end: ties[end].map(names) for end in ("from_actor", "to_actor")})


def settled(data: "Dataset", what: str = "mentions") -> pd.DataFrame:
    """Give what the two coders coded differently, with what was settled and why.

    Parameters
    ----------
    data
        A dataset with the ``coding_*`` tables.
    what
        ``interventions``, ``mentions`` or ``quantities``.

    Returns
    -------
    DataFrame
        The rows of the table of both codings on which more than one code was given.

    Raises
    ------
    NoDataError
        For a dataset without a record of two codings.
    GfmdError
        For another ``what``.
    """
    both = _codings(data)
    if not both:
        raise NoDataError("no record of two codings; allowed: a dataset with coding/")
    if what not in both:
        raise GfmdError(f"no record of two codings of {what!r}; allowed: {', '.join(both)}")
    table = both[what]
    return table[table["decided"] != "both"].reset_index(drop=True)


def decisions(data: "Dataset") -> pd.DataFrame:
    """Count, for each thing that was coded twice, whose code stands.

    Returns
    -------
    DataFrame
        Index ``coded``; a column (int) for no difference, for either coder and for neither.
    """
    counted = {name: table["decided"].astype("str").value_counts() for name, table in _codings(data).items()}
    table = pd.DataFrame(counted).reindex(list(DECISIONS)).fillna(0).astype(int)
    return table.rename(index=DECISIONS).T.rename_axis(index="coded")


def _codings(data: "Dataset") -> dict[str, pd.DataFrame]:
    tables = {name: table for name, table in data.tables.items() if name.startswith("coding_") and "decided" in table}
    return {name.removeprefix("coding_"): table for name, table in tables.items()}
