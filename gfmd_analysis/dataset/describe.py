"""What is in the data: the tables and their fingerprints, who spoke where, and where the two codings differed."""

import hashlib

import pandas as pd

from gfmd_analysis.dataset.descriptor import schema
from gfmd_analysis.dataset.tables import Dataset, require_columns
from gfmd_analysis.dataset.writing import cell_text, csv_text

DIGITS = 12


def fingerprint(table: pd.DataFrame) -> str:
    """Compute the first twelve hex digits of the SHA-256 of a table's content.

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


def broken_facts(data: "Dataset") -> pd.DataFrame:
    """List the facts of the report (``facts.csv``) that the data do not hold.

    Returns
    -------
    DataFrame
        One row per fact that fails, all ``str``: ``fact``, ``says`` (the fact in words), ``expected`` and ``found``.
    """
    failing = []
    for fact, name, rows, column, expected, says in data.facts.astype("str").fillna("").itertuples(index=False):
        table = data.require(name)
        for part in filter(None, rows.split(";")):
            where, _, value = part.partition("=")
            table = table[table[where].map(cell_text).astype("str").fillna("") == value]
        cells = set(table[column].map(cell_text)) if column else {str(len(table))}
        found = {value for cell in cells if isinstance(cell, str) for value in cell.split(";") if value}
        if found != set(filter(None, expected.split(";"))):
            failing.append((fact, says, expected, ";".join(sorted(found))))
    return pd.DataFrame(failing, columns=["fact", "says", "expected", "found"])


def inventory(data: "Dataset") -> pd.DataFrame:
    """List the tables of a dataset.

    Returns
    -------
    DataFrame
        One row per table in the contract's order: ``table``, ``rows``, ``columns`` (int), ``one row is`` and
        ``fingerprint`` (str).
    """
    agreed = schema()
    listed = [
        (
            name,
            len(table),
            len(table.columns),
            _row(agreed[name].description if name in agreed else name),
            fingerprint(table),
        )
        for name, table in data.tables.items()
    ]
    return pd.DataFrame(listed, columns=["table", "rows", "columns", "one row is", "fingerprint"])


def _row(description: str) -> str:
    return description.removeprefix("One row is ").removesuffix(".")


def speaker_counts(long: pd.DataFrame, by: str | list[str]) -> pd.DataFrame:
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
    require_columns(long, *columns, "intervention", "actor", "words_once")
    spoken = long.drop_duplicates("intervention")
    return (
        spoken.groupby(columns, observed=True, sort=True)
        .agg(speakers=("actor", "nunique"), interventions=("intervention", "size"), words=("words_once", "sum"))
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


def coded_interventions(data: "Dataset") -> pd.DataFrame:
    """List what was said, as it was coded, with the objectives and how each was mentioned.

    Returns
    -------
    DataFrame
        One row per intervention in the report's order: ``meeting``, ``paragraph`` (int), ``actor`` (short name), ``role``,
        ``act``, ``summary`` and ``objectives`` (str: "5", "7 only named", "23 inferred: why").
    """
    mentions = data.mentions.astype("str").fillna("")
    named = mentions["engagement"].map({"reference": " only named", "passing": " in passing", "substantive": ""})
    inferred = (
        mentions["note"].where(mentions["basis"] == "inferred", "").map(lambda why: f" inferred: {why}" if why else "")
    )
    told = (mentions["objective"] + named + inferred).groupby(mentions["intervention"]).agg("; ".join)
    table = data.interventions.merge(data.actors[["actor", "short_name"]], on="actor", validate="many_to_one")
    table = table.assign(actor=table["short_name"], objectives=table["intervention"].map(told).fillna(""))
    return table.sort_values(["meeting", "paragraph", "intervention"], ignore_index=True)[
        ["meeting", "paragraph", "actor", "role", "act", "summary", "objectives"]
    ]
