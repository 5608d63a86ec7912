"""What the figures are tried on: the project's data, with invented rows where a figure needs a table that may be empty."""

from collections.abc import Iterator

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from gfmd_analysis import Dataset

MEETING = "FOF-2021-11"
DUE = (
    ("M1", 11, "2022-01-31", "2022-01-31", "day", "adoption of the input report", "GFMD"),
    ("M2", 13, "2022-05-10", "2022-05-13", "day", "the Forum meets", "UNGA"),
    ("M3", 14, "2022-02-01", "2022-02-28", "month", "release of the report of the Secretary-General", "UNSG"),
    ("M4", 9, "2021-06-01", "2022-06-30", "season", "support services until the middle of the year", "IOM"),
    ("M5", 83, "2022-01-01", "2022-12-31", "year", "a possible extension of the campaign", "GFMD"),
    ("M6", 14, None, None, "undated", "dialogues that prepare background notes for the roundtables", "UNNM"),
)
RATES = (
    ("Q1", 540e9, "USD", "exactly", "observed", "2020"),
    ("Q2", 1.6, "percent", "exactly", "observed", "2020"),
    ("Q3", 20, "percent", "over", "feared", "2020"),
    ("Q4", 2.6, "percent", "exactly", "forecast", "2021"),
)


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.fixture(scope="session")
def whole(data: Dataset) -> Dataset:
    """Give the data with invented dates due, shared demands and remittances, whatever the data hold of these."""
    tables = dict(data.tables)
    columns = ["milestone", "paragraph", "start", "end", "precision", "what", "body"]
    due = pd.DataFrame(DUE, columns=columns).assign(meeting=MEETING, kind="due")
    tables["milestones"] = due.astype({"start": "datetime64[s]", "end": "datetime64[s]"})
    rates = pd.DataFrame(RATES, columns=["quantity", "value", "unit", "bound", "status", "year"])
    rates = rates.assign(
        meeting=MEETING,
        paragraph=67,
        topic="remittances",
        what="flows of remittances, in the year",
        period_start=pd.to_datetime(rates["year"] + "-01-01"),
        period_end=pd.to_datetime(rates["year"] + "-12-31"),
    ).drop(columns="year")
    others = data.quantities[data.quantities["topic"] != "remittances"].astype("object")
    every = pd.concat([others, rates.astype("object")], ignore_index=True)
    tables["quantities"] = every.astype(
        {"value": "float64", "paragraph": "Int64", "period_start": "datetime64[s]", "period_end": "datetime64[s]"}
    )
    own = data.interventions.loc[data.interventions["act"] == "statement", "intervention"]
    asked = data.recommendations[data.recommendations["intervention"].isin(own)]["recommendation"].head(24)
    tables["consolidation"] = pd.DataFrame(
        {"recommendation": asked, "consolidated": [f"C{i // 4}" for i in range(len(asked))], "strength": "asks"}
    )
    text = "Give States more, and more flexible, regular pathways, for those who are displaced by disasters and climate as well"
    demands = {"consolidated": [f"C{i}" for i in range(6)], "text": [f"{text}, {i}." for i in range(6)]}
    tables["consolidated_recommendations"] = pd.DataFrame(demands).assign(addressee="all", related=pd.NA)
    return Dataset(tables)
