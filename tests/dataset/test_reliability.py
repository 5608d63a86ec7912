"""Agreement of the two codings: against published values of the coefficient, and against what was settled."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gfmd_analysis import Dataset, GfmdError
from gfmd_analysis.dataset.describe import coded_interventions, fingerprint, inventory, sections, speaker_counts
from gfmd_analysis.dataset.objectives import IMRF_ROUNDTABLES
from gfmd_analysis.dataset.reliability import adjudicated, adjudication, alpha, intercoder_agreement
from gfmd_analysis.networks.stated import named_ties

CODES = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=30)


def test_alpha_of_krippendorffs_two_coders() -> None:
    """Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, B: nominal data, two observers, 0.692."""
    first = pd.Series(list("aabbdcccedda"))
    second = pd.Series(list("babbbccceddd"))
    assert alpha(first, second) == pytest.approx(0.692, abs=0.0005)


def test_alpha_of_binary_data() -> None:
    """The same, A: binary data, two observers, 0.095."""
    first, second = pd.Series([0, 1, 0, 0, 0, 0, 0, 0, 1, 0]), pd.Series([1, 1, 1, 0, 0, 1, 0, 0, 0, 0])
    assert alpha(first, second) == pytest.approx(0.095, abs=0.0005)


@given(codes=CODES)
def test_alpha_does_not_care_who_is_first_nor_what_codes_are_called(codes: list[tuple[str, str]]) -> None:
    first, second = (pd.Series(column) for column in zip(*codes, strict=True))
    value = alpha(first, second)
    assert alpha(second, first) == pytest.approx(value, nan_ok=True)
    names = {"a": "z", "b": "y", "c": "x"}
    assert alpha(first.map(names), second.map(names)) == pytest.approx(value, nan_ok=True)
    assert math.isnan(value) or value <= 1 + 1e-12
    assert math.isnan(alpha(first, first)) or alpha(first, first) == pytest.approx(1)


def test_codes_without_variation_have_no_alpha() -> None:
    assert math.isnan(alpha(pd.Series(["a", "a"]), pd.Series(["a", "a"])))


def test_the_two_codings_agree_beyond_the_customary_bar(data: Dataset) -> None:
    compared = intercoder_agreement(data).set_index("what")
    assert (compared["alpha"].dropna() > 0.8).all()
    assert compared["agree"].between(0, 1).all()
    assert compared.filter(like="number found", axis=0)["alpha"].isna().all()
    assert compared.filter(like="objective mentioned", axis=0)["units"].tolist() == [23 * len(data.interventions)]


def test_every_difference_was_settled_and_says_why(data: Dataset) -> None:
    for what in ("interventions", "mentions", "quantities"):
        differing = adjudicated(data, what)
        assert set(differing["decided"].astype(str)) <= {"A", "B", "lead"}
        assert "reason" not in differing or differing["reason"].notna().all()
    told = intercoder_agreement(data).set_index("what")["differ"]
    mentions = told.filter(regex="objective mentioned|basis|engagement").sum()
    assert mentions >= len(adjudicated(data, "mentions")) > 0


def test_the_settled_coding_is_the_published_one(data: Dataset) -> None:
    kept = data.coding_mentions.dropna(subset="basis").set_index(["intervention", "objective"]).sort_index()
    published = data.mentions.set_index(["intervention", "objective"]).sort_index()
    assert kept[["basis", "engagement"]].astype(str).equals(published[["basis", "engagement"]].astype(str))


def test_what_decided_stands(data: Dataset) -> None:
    coded = data.coding_mentions
    for coder, suffix in (("A", "_a"), ("B", "_b"), ("both", "_a"), ("both", "_b")):
        rows = coded[coded["decided"] == coder].astype(object).fillna("")
        for column in ("basis", "engagement"):
            assert (rows[column] == rows[column + suffix]).all(), (coder, column)


def test_a_dataset_without_codings_says_so(data: Dataset) -> None:
    bare = Dataset({name: table for name, table in data.tables.items() if not name.startswith("coding_")})
    for ask in (intercoder_agreement, adjudicated):
        with pytest.raises(GfmdError, match=r"allowed: a (package|dataset) with"):
            ask(bare)
    with pytest.raises(GfmdError, match="allowed: interventions, mentions, quantities"):
        adjudicated(data, "ties")
    assert adjudication(bare).empty


def test_decisions_add_up(data: Dataset) -> None:
    assert adjudication(data).sum(axis=1).to_dict() == {
        name.removeprefix("coding_"): len(table) for name, table in data.tables.items() if "decided" in table
    }


def test_any_changed_cell_changes_the_fingerprint_and_row_order_does_not(data: Dataset) -> None:
    table = data.mentions
    mark = fingerprint(table)
    assert mark == fingerprint(table.sample(frac=1, random_state=3))
    for column, value in (("objective", 22), ("engagement", "reference"), ("note", "another reason")):
        changed = table.copy()
        assert changed.loc[0, column] is pd.NA or changed.loc[0, column] != value
        changed.loc[0, column] = value
        assert fingerprint(changed) != mark, column
    assert fingerprint(table.iloc[1:]) != mark
    assert fingerprint(table.rename(columns={"note": "remark"})) != mark


def test_the_inventory_lists_every_table_with_what_a_row_is(data: Dataset) -> None:
    listed = inventory(data)
    assert listed["table"].tolist() == list(data.tables)
    assert listed["rows"].tolist() == [len(table) for table in data.tables.values()]
    assert listed["fingerprint"].str.fullmatch("[0-9a-f]{12}").all()
    assert listed["fingerprint"].is_unique
    assert (listed["one row is"].str.len() > 8).all()


def test_speaker_counts_counts_each_intervention_once(data: Dataset) -> None:
    for by in ("section", "role", ["section", "constituency"]):
        counted = speaker_counts(data.long(), by)
        assert counted["interventions"].sum() == len(data.interventions)
        assert counted["words"].sum() == data.interventions["words"].sum()
    chairs = speaker_counts(data.long(), "role").set_index("role")
    assert chairs.loc["chair", "speakers"] == chairs.loc["facilitator", "speakers"] == len(IMRF_ROUNDTABLES)


def test_the_evidence_names_every_intervention_with_its_mentions(data: Dataset) -> None:
    told = coded_interventions(data)
    assert (
        told["summary"].tolist()
        == data.interventions.sort_values(["meeting", "paragraph", "intervention"])["summary"].tolist()
    )
    assert told["objectives"].str.count(r"(?:^|(?<=; ))\d+(?= |;|$)").sum() >= len(data.mentions)
    (egypt,) = told.loc[(told["paragraph"] == 24) & (told["actor"] == "Egypt"), "objectives"]
    assert egypt == "12"
    listed = told.loc[told["paragraph"] == 53, "objectives"].iloc[0]
    assert "8 only named" in listed and "14 only named" in listed
    assert told["objectives"].str.count(" inferred: ").sum() == (data.mentions["basis"] == "inferred").sum()


def test_sections_hold_all_paragraphs_and_words(data: Dataset) -> None:
    table = sections(data)
    assert table["paragraphs"].sum() == len(data.paragraphs) == 104
    assert table["words"].sum() == data.paragraphs["words"].sum()
    assert table.set_index("section").loc["RT2", "facilitator"] == "MYCP"
    assert table["section"].tolist() == data.roundtables.sort_values("order")["section"].tolist()


def test_stated_ties_have_the_names_of_bodies(data: Dataset) -> None:
    ties = named_ties(data)
    assert ties["times"].sum() == len(data.ties)
    assert set(ties["from_actor"]) | set(ties["to_actor"]) <= set(data.actors["short_name"])
