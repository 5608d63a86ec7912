"""A notebook's answer: findings as sentences, with paragraphs for and against; findings on the coding itself."""

from pathlib import Path

import pandas as pd

from gfmd_analysis import Dataset, claims, load
from gfmd_analysis.claims import Claim, answer


def test_each_finding_is_a_line_with_its_paragraphs() -> None:
    one = Claim("a", "Objective 9 drew *one* speaker", "count", "subject", "all", (3, 4, 5, 9), (24,))
    two = Claim("b", "Two meetings", "count", "subject", "all", ("M-1 3", "M-2 4"))
    assert str(answer(one, None, two).data).splitlines() == [
        r"- **Objective 9 drew \*one\* speaker** (paras. 3–5 and 9; but see para. 24).",
        "- **Two meetings** (M-1 3 and M-2 4).",
    ]


def test_paragraphs_that_a_finding_cites_itself_are_not_cited_again() -> None:
    one = Claim("a", "It fell (as IFAD says, para. 67)", "count", "subject", "all", (67,), (24,))
    other = Claim("b", "It fell (para. 67)", "count", "subject", "all", (6,))
    third = Claim("c", "None but the chair (paras. 24 and 25)", "count", "subject", "all", (), (24, 25))
    assert str(answer(one, other, third).data).splitlines() == [
        "- **It fell (as IFAD says, para. 67)** (but see para. 24).",
        "- **It fell (para. 67)** (para. 6).",
        "- **None but the chair (paras. 24 and 25)**.",
    ]


def test_where_there_is_none_it_says_so() -> None:
    assert str(answer(None).data) == "*The data in use carry no finding on this.*"


def test_the_coding_is_told_with_its_caveat(data: Dataset) -> None:
    coded, agreed = claims.coded(data), claims.agreement(data)
    assert coded and str(int((data.mentions["basis"] == "inferred").sum())) in coded.text
    assert agreed and "language model" in agreed.text


def test_corrections_are_counted(package: Path) -> None:
    row = pd.read_csv(package / "mentions.csv").iloc[0]
    other = {"substantive": "passing", "passing": "substantive", "reference": "passing"}[str(row["engagement"])]
    cells = [
        "mentions",
        f"{row['intervention']} / {row['objective']}",
        "engagement",
        row["engagement"],
        other,
        "A. Reader",
        "2026-11-25",
        "read again",
    ]
    with (package / "corrections.csv").open("a", encoding="utf-8") as file:
        file.write(pd.DataFrame([cells]).to_csv(index=False, header=False, lineterminator="\n"))
    found = claims.corrected(load(package))
    assert found
    assert found.text.startswith("Readers have corrected")
    assert "one cell or row" in found.text
