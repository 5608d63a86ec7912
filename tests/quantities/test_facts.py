"""Every number of the report, read apart from the data and paragraph by paragraph, is in the data, and nothing else."""

import re
from pathlib import Path

import pandas as pd
import pytest

from gfmd_analysis import Dataset
from gfmd_analysis.draft.paragraphs import read_paragraphs

CLOSING = 0  # the attendance line after the last paragraph
FACTS = [
    (CLOSING, 180, "people", "exactly"),
    (CLOSING, 81, "states", "exactly"),
    (CLOSING, 3, "mechanisms", "exactly"),
    (CLOSING, 25, "organisations", "exactly"),
    (11, 5, "meetings", "exactly"),
    (14, 9, "programmes", "exactly"),
    (14, 70_000_000, "USD", "exactly"),
    (14, 25, "countries", "exactly"),
    (18, 2, "states", "exactly"),
    (51, 150, "organisations", "exactly"),
    (51, 75, "countries", "exactly"),
    (51, 88_000, "people", "exactly"),
    (57, 1_000_000, "people", "at_least"),
    (58, 1_000_000, "people", "at_least"),
    (61, 1_000_000, "people", "at_least"),
    (65, 500_000, "people", "exactly"),
    (66, 20, "years", "over"),
    (66, 3, "centres", "exactly"),
    (66, 109, "centres", "exactly"),
    (67, 100_000_000, "families", "at_least"),
    (67, 20, "percent", "over"),
    (67, 540_000_000_000, "USD", "exactly"),
    (67, 1.6, "percent", "exactly"),
    (67, 2.6, "percent", "exactly"),
    (68, 6, "networks", "exactly"),
    (68, 6, "calls", "exactly"),
    (71, 50, "percent", "at_least"),
    (73, 80, "percent", "up_to"),
    (75, 3, "competitions", "exactly"),
    (77, 15, "priorities", "exactly"),
    (79, 6, "months", "exactly"),
    (83, 6_400_000, "impressions", "over"),
    (85, 1_800, "people", "over"),
    (85, 5_000_000, "people", "over"),
    (85, 100, "people", "over"),
    (86, 8, "initiatives", "exactly"),
    (86, 200_000, "people", "over"),
    (89, 4, "years", "exactly"),
    (91, 1, "years", "exactly"),
    (91, 2, "years", "exactly"),
    (94, 77, "states", "exactly"),
    (94, 72, "percent", "exactly"),
    (94, 80, "percent", "almost"),
    (95, 5, "mechanisms", "exactly"),
]
# what the numbers are about, who gave them and when they hold, as the report says
SPEAKERS = {
    11: "SWE", 14: "UNNM", 18: "CSM", 51: "MYCP", 57: "NGOCM", 58: "MFA", 61: "MYCP", 65: "PRT", 66: "PRT", 67: "IFAD",
    68: "IFAD", 71: "MM", 73: "FRA", 75: "BM", 77: "SEN", 79: "MEX", 83: "CAN", 85: "MYCP", 86: "MYCP", 89: "CSM",
    91: "ARE", 94: "SWE", 95: "EGY",
}  # fmt: skip
TOPICS = {
    CLOSING: "attendance",
    66: "local_services",
    67: "remittances",
    68: "remittances",
    83: "campaign",
    94: "survey",
}
PERIODS = {
    (67, 540_000_000_000): ("2020-01-01", "2020-12-31"),
    (67, 1.6): ("2020-01-01", "2020-12-31"),
    (67, 2.6): ("2021-01-01", "2021-12-31"),
    (83, 6_400_000): ("2021-03-01", "2021-07-31"),
    (51, 88_000): ("2020-01-01", "2020-12-31"),
    (CLOSING, 180): ("2021-11-18", "2021-11-18"),
}
PLACES = {(66, 109): ("PRT",), (65, 500_000): ("PRT",), (71, 50): ("TUN",), (68, 6): ("002",)}
FIGURE = re.compile(r"(?<![\d.,#/-])(\d[\d,]*(?:\.\d+)?)\s?(percent|%|million|billion)?")
SCALE = {"million": 10**6, "billion": 10**9}


@pytest.fixture(scope="module")
def coded(data: Dataset) -> pd.DataFrame:
    numbers = data.quantities
    assert numbers["quantity"].is_unique
    return numbers.assign(
        paragraph=numbers["paragraph"].fillna(CLOSING).astype(int), bound=numbers["bound"].astype(str)
    )


def named(fact: tuple[int, float, str, str]) -> str:
    return " ".join(map(str, fact))


@pytest.mark.parametrize("fact", FACTS, ids=named)
def test_a_number_of_the_report_is_in_the_data(fact: tuple[int, float, str, str], coded: pd.DataFrame) -> None:
    paragraph, value, unit, bound = fact
    found = coded.loc[(coded["paragraph"] == paragraph) & (coded["value"] == value) & (coded["unit"] == unit)]
    assert len(found) == FACTS.count(fact), (
        f"paragraph {paragraph}: {value} {unit} stands {len(found)} times in the data"
    )
    assert set(found["bound"]) == {bound}


def test_the_data_hold_no_other_number(coded: pd.DataFrame) -> None:
    rows = coded[["paragraph", "value", "unit", "bound"]].itertuples(index=False, name=None)
    assert sorted(rows) == sorted((place, float(value), unit, bound) for place, value, unit, bound in FACTS)


def test_speakers_and_topics(coded: pd.DataFrame) -> None:
    spoken = coded.loc[coded["paragraph"] != CLOSING]
    assert spoken.groupby("paragraph")["actor"].unique().map(list).to_dict() == {p: [a] for p, a in SPEAKERS.items()}
    assert coded.loc[coded["paragraph"] == CLOSING, "actor"].isna().all()
    for paragraph, topic in TOPICS.items():
        assert set(coded.loc[coded["paragraph"] == paragraph, "topic"]) == {topic}


@pytest.mark.parametrize(("fact", "wanted"), (PERIODS | PLACES).items())
def test_periods_and_places(fact: tuple[int, float], wanted: tuple[str, ...], coded: pd.DataFrame) -> None:
    found = coded.loc[(coded["paragraph"] == fact[0]) & (coded["value"] == fact[1])]
    columns = ["period_start", "period_end"] if len(wanted) == 2 else ["place"]
    assert len(found)
    for row in found[columns].astype(str).itertuples(index=False, name=None):
        assert row == wanted


def test_the_world_bank_is_named_for_its_estimates(coded: pd.DataFrame) -> None:
    estimates = coded.loc[(coded["paragraph"] == 67) & coded["unit"].isin(["USD", "percent"])]
    assert set(estimates["estimate_by"]) == {"WB"}


def test_what_a_number_counts_is_said(coded: pd.DataFrame) -> None:
    words = {
        (67, 20): "forecast",
        (67, 1.6): "decline",
        (67, 2.6): "growth",
        (14, 70_000_000): "target",
        (66, 3): "national",
    }
    for (paragraph, value), word in words.items():
        found = coded.loc[(coded["paragraph"] == paragraph) & (coded["value"] == value), "what"]
        assert found.str.contains(word).all(), f"paragraph {paragraph}: {value}"


def test_no_percentage_and_no_large_figure_of_the_report_is_left_out(report: Path, coded: pd.DataFrame) -> None:
    """Recount by machine what can be: every percentage, million and billion, every figure with a thousands comma."""
    recounted = []
    for paragraph in read_paragraphs(report.read_text(encoding="utf-8")):
        for digits, scale in FIGURE.findall(paragraph.text):
            if scale or re.search(r"\d,\d{3}", digits):
                recounted.append((paragraph.number, float(digits.rstrip(",").replace(",", "")) * SCALE.get(scale, 1)))
    assert len(recounted) >= 14
    assert set(recounted) <= set(coded[["paragraph", "value"]].itertuples(index=False, name=None))
