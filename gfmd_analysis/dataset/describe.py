"""What is in the data: the tables and their fingerprints, who spoke where, what was coded, and how the report is cited."""

import hashlib
from collections.abc import Iterable

import pandas as pd

from gfmd_analysis.dataset.descriptor import schema
from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.dataset.writing import csv_text
from gfmd_analysis.text import count, paras

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


def inventory(data: "Dataset") -> pd.DataFrame:
    """List the tables of a dataset.

    Returns
    -------
    DataFrame
        One row per table in the contract's order: ``table``, ``rows``, ``columns`` (int), ``one row is`` and
        ``fingerprint`` (str).
    """
    agreed = schema()
    listed = []
    for name, table in data.tables.items():
        told = agreed[name].description.removeprefix("One row is ").removesuffix(".") if name in agreed else name
        listed.append((name, len(table), len(table.columns), told, fingerprint(table)))
    return pd.DataFrame(listed, columns=["table", "rows", "columns", "one row is", "fingerprint"])


def sections(data: "Dataset") -> pd.DataFrame:
    """List the sections of the report with who led them and how long they are.

    Returns
    -------
    DataFrame
        One row per section in the report's order: ``meeting``, ``section``, ``title``, ``kind``, ``chair``, ``facilitator``,
        ``paragraphs`` and ``words`` (int).
    """
    groups = data.paragraphs.groupby(["meeting", "section"], as_index=False)
    length = groups.agg(paragraphs=("paragraph", "size"), words=("words", "sum"))
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
    is_inferred = (mentions["basis"] == "inferred") & (mentions["note"] != "")
    inferred = (" inferred: " + mentions["note"]).where(is_inferred, "")
    told = (mentions["objective"] + named + inferred).groupby(mentions["intervention"]).agg("; ".join)
    table = data.interventions.merge(data.actors[["actor", "short_name"]], on="actor", validate="many_to_one")
    table = table.assign(actor=table["short_name"], objectives=table["intervention"].map(told).fillna(""))
    columns = ["meeting", "paragraph", "actor", "role", "act", "summary", "objectives"]
    return table.sort_values(["meeting", "paragraph", "intervention"], ignore_index=True)[columns]


def source_line(data: "Dataset", numbers: Iterable[int] = (), *, locale: str = "en") -> str:
    """Word where a figure or a table comes from: the report, or how many there are, and its paragraphs.

    Parameters
    ----------
    data
        A loaded dataset.
    numbers
        Paragraphs; none for the whole report.
    locale
        ``en``, ``fr`` or ``es``, for the paragraphs; a report's title stays as it is.

    Returns
    -------
    str
        Such as "Meeting of the GFMD Friends of the Forum, …: Summary Report, paras. 53 and 61".
    """
    titles = data.meetings["source"].tolist()
    source = str(titles[0]) if len(titles) == 1 else f"summary reports of {count(len(titles), 'meeting')}"
    cited = list(numbers)
    return f"{source}, {paras(cited, locale)}" if cited else source
