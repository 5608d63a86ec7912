"""Who raised a subject, and with which initiatives, in the order of their dates."""

import calendar
import re
from typing import TYPE_CHECKING

import pandas as pd

from gfmd_analysis.loading import require_columns

if TYPE_CHECKING:
    from gfmd_analysis.loading import Dataset

MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
DATE = re.compile(rf"(?:\b({'|'.join(MONTHS)}) )?\b(20[0-9]{{2}})\b")


def dates_in(text: str) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """Read the months and years that a text names, each as its first and last day, in order and once each.

    A bare year is left out where the text also names a month of it.

    Examples
    --------
    >>> dates_in("launched in May 2020")
    [(Timestamp('2020-05-01 00:00:00'), Timestamp('2020-05-31 00:00:00'))]
    """
    named = {(int(year), MONTHS.get(month, 0)) for month, year in DATE.findall(text)}
    months = {year for year, month in named if month}
    spans = []
    for year, month in sorted(named):
        if month or year not in months:
            first = pd.Timestamp(year, month or 1, 1)
            spans.append((first, (first + pd.offsets.MonthEnd() if month else pd.Timestamp(year, 12, 31))))
    return spans


def raised(data: "Dataset", *, word: str, objective: int) -> pd.DataFrame:
    """List the interventions on a subject: those on its objective, and those whose summary names it.

    Parameters
    ----------
    data
        A loaded dataset.
    word
        A word of the subject, in lower case, e.g. ``remittance``.
    objective
        The GCM objective that is the subject's own.

    Returns
    -------
    DataFrame
        One row per intervention, in the order of the report: ``intervention``, ``paragraph``, ``actor`` (short name),
        ``role``, ``objectives`` (those that it speaks to, "21, 23"; empty where none), ``own`` (bool: the subject's own
        objective is among them) and ``summary``.
    """
    spoken = data.interventions.merge(data.actors[["actor", "short_name"]], on="actor", validate="many_to_one")
    mentions = data.mentions.sort_values(["intervention", "objective"])
    numbers = mentions.groupby("intervention")["objective"].agg(lambda own: ", ".join(map(str, own)))
    on_it = mentions.loc[mentions["objective"].astype("Int64") == objective, "intervention"]
    spoken = spoken.assign(
        actor=spoken["short_name"],
        objectives=spoken["intervention"].map(numbers).fillna(""),
        own=spoken["intervention"].isin(on_it),
    )
    chosen = spoken.loc[spoken["own"] | spoken["summary"].str.lower().str.contains(word, regex=False)]
    columns = ["intervention", "paragraph", "actor", "role", "objectives", "own", "summary"]
    return chosen.sort_values(["paragraph", "intervention"], ignore_index=True)[columns]


def initiatives(data: "Dataset", *, word: str, objective: int) -> pd.DataFrame:
    """List the practices on a subject with the dates that their own descriptions give.

    Parameters
    ----------
    data
        A loaded dataset.
    word, objective
        As in :func:`raised`; a practice counts where told for the objective, or where its name or summary has the word.

    Returns
    -------
    DataFrame
        One row per practice and date, dated ones first and in order: ``practice``, ``name``, ``kind``, ``lead`` (short
        name), ``start`` and ``end`` (datetime64, missing where the report gives no date), ``paragraphs`` ("59"),
        ``actors`` (short names of who told it) and ``objectives`` ("21, 23").
    """
    told = data.practice_citations.merge(data.interventions[["intervention", "paragraph", "actor"]], on="intervention")
    told = told.merge(data.actors[["actor", "short_name"]], on="actor")
    require_columns(told, "practice", "objective")

    def joined(column: str) -> "pd.Series[str]":
        distinct = told[["practice", column]].dropna().drop_duplicates().sort_values(["practice", column])
        return distinct.groupby("practice")[column].agg(lambda cells: ", ".join(map(str, cells)))

    practices = data.practices
    text = practices["name"] + ". " + practices["summary"]
    own = told.loc[told["objective"].astype("Int64") == objective, "practice"]
    chosen = practices.loc[practices["practice"].isin(own) | text.str.lower().str.contains(word, regex=False)]
    table = chosen.assign(
        paragraphs=chosen["practice"].map(joined("paragraph")).fillna(""),
        actors=chosen["practice"].map(joined("short_name")).fillna(""),
        objectives=chosen["practice"].map(joined("objective")).fillna(""),
        text=text,
        lead=chosen["lead"].map(data.actors.set_index("actor")["short_name"]).fillna(chosen["lead"]),
    )
    spans = [
        (key, *span) for key, words in zip(table["practice"], table["text"], strict=True) for span in dates_in(words)
    ]
    dated = pd.DataFrame(spans, columns=["practice", "start", "end"]).astype(
        {"start": "datetime64[s]", "end": "datetime64[s]"}
    )
    table = table.merge(dated, on="practice", how="left", validate="one_to_many")
    columns = ["practice", "name", "kind", "lead", "start", "end", "paragraphs", "actors", "objectives"]
    first = table.groupby("practice")["start"].transform("min")
    order = table.assign(first=first).sort_values(["first", "practice", "start"], na_position="last", ignore_index=True)
    return order[columns]
