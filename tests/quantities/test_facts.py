"""Every percentage and every large figure of the report, recounted by machine, is in the data."""

import re
from pathlib import Path

from gfmd_analysis import Dataset
from gfmd_analysis.draft.paragraphs import cut

FIGURE = re.compile(r"(?<![\d.,#/-])(\d[\d,]*(?:\.\d+)?)\s?(percent|%|million|billion)?")
SCALE = {"million": 10**6, "billion": 10**9}


def test_no_percentage_and_no_large_figure_of_the_report_is_left_out(report: Path, data: Dataset) -> None:
    recounted = []
    for paragraph in cut(report.read_text(encoding="utf-8")).paragraphs:
        for digits, scale in FIGURE.findall(paragraph.text):
            if scale or re.search(r"\d,\d{3}", digits):
                recounted.append((paragraph.number, float(digits.rstrip(",").replace(",", "")) * SCALE.get(scale, 1)))
    assert len(recounted) >= 14
    coded = data.quantities[["paragraph", "value"]].dropna().astype({"paragraph": int})
    assert set(recounted) <= set(coded.itertuples(index=False, name=None))


def test_a_target_or_a_projection_is_no_result(data: Dataset) -> None:
    """What was hoped for or feared is marked so, or the figures of what happened would count it."""
    said = data.quantities["what"].str.contains(r"\btarget|\bfirst projected|\binitially predicted", case=False)
    assert not data.quantities.loc[said, "status"].isin(["observed", "estimated"]).any()
