"""Agreement of the codings: against published values of the coefficient, and against what was settled."""

import math
import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gfmd_analysis import Dataset, GfmdError, load
from gfmd_analysis.dataset.describe import coded_interventions, fingerprint, inventory, sections
from gfmd_analysis.dataset.reliability import MENTIONED, adjudicated, adjudication, alpha, intercoder_agreement
from gfmd_analysis.errors import DataError
from gfmd_analysis.networks.stated import named_ties

CODES = st.lists(st.tuples(*[st.sampled_from("abc")] * 3), min_size=2, max_size=30)


def observers(*codes: str) -> pd.DataFrame:
    """Set observers beside each other: one letter a unit, a dot where none was given."""
    return pd.DataFrame({number: list(row) for number, row in enumerate(codes)}).replace(".", None)


@pytest.mark.parametrize(
    ("codes", "value"),
    [
        (("0100000010", "1110010000"), 0.095),  # A: binary data, two observers
        (("aabbdcccedda", "babbbccceddd"), 0.692),  # B: nominal data, two observers
        (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),  # C: four observers, missing data
    ],
)
def test_alpha_of_krippendorffs_own_examples(codes: tuple[str, ...], value: float) -> None:
    """Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, examples A, B and C."""
    assert alpha(observers(*codes)) == pytest.approx(value, abs=0.0005)


@given(codes=CODES)
def test_alpha_does_not_care_who_is_first_nor_what_codes_are_called(codes: list[tuple[str, str, str]]) -> None:
    table = pd.DataFrame(codes)
    value = alpha(table)
    assert alpha(table[[2, 0, 1]]) == pytest.approx(value, nan_ok=True)
    assert alpha(table.replace({"a": "z", "b": "y", "c": "x"})) == pytest.approx(value, nan_ok=True)
    assert math.isnan(value) or value <= 1 + 1e-12
    same = table.assign(**{"1": table[0], "2": table[0]})[[0, "1", "2"]]
    assert math.isnan(alpha(same)) or alpha(same) == pytest.approx(1)


def test_codes_without_variation_or_without_a_second_coder_have_no_alpha() -> None:
    assert math.isnan(alpha(observers("aaa", "aaa")))
    assert math.isnan(alpha(observers("ab.", "..b")))


def test_every_layer_is_compared_also_over_what_the_codebook_does_not_cite(data: Dataset) -> None:
    compared = intercoder_agreement(data)
    assert compared["what"].is_unique
    assert compared["agree"].between(0, 1).all()
    assert (compared["alpha"].dropna() <= 1).all()
    assert (compared["uncited_units"] < compared["units"]).all()
    assert (compared["coders"] == data.codings["mentions"]["coder"].nunique()).all()
    spoken = data.codings["interventions"]["intervention"].nunique()
    assert compared.set_index("what").loc[MENTIONED, "units"] == 23 * spoken


def test_a_third_coders_folder_is_taken(package: Path, data: Dataset) -> None:
    shutil.copytree(package / "coding" / "a", package / "coding" / "c")
    (package / "coding" / "c" / "ties.csv").unlink()
    three = intercoder_agreement(load(package)).set_index("what")
    two = intercoder_agreement(data).set_index("what")
    assert three.loc[MENTIONED, "coders"] == two.loc[MENTIONED, "coders"] + 1
    assert three.loc[MENTIONED, "alpha"] >= two.loc[MENTIONED, "alpha"]
    ties = "relation to a body stated"
    assert three.loc[ties, ["coders", "alpha"]].equals(two.loc[ties, ["coders", "alpha"]])


def test_two_consolidations_are_compared_pair_by_pair(package: Path) -> None:
    for coder, groups in (("a", "112"), ("b", "122")):
        rows = "".join(f"R{number},C{group}\n" for number, group in enumerate(groups))
        (package / "coding" / coder / "consolidation.csv").write_text(f"recommendation,consolidated\n{rows}")
    told = intercoder_agreement(load(package)).set_index("what").loc["two recommendations are one demand"]
    assert (told["units"], told["differ"]) == (3, 2)


def test_a_coders_file_without_a_column_is_named(package: Path) -> None:
    path = package / "coding" / "b" / "mentions.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("engagement", "strength", 1), encoding="utf-8")
    with pytest.raises(DataError, match=r"coding/b/mentions.csv, row 1: found no column engagement"):
        load(package)


def test_differences_are_told_with_who_stands(data: Dataset) -> None:
    for what in ("interventions", "mentions", "ties", "objective_links"):
        differing = adjudicated(data, what)
        assert not differing.duplicated(["key", "column"]).any()
        both = differing[differing["column"] != ""]
        assert (both["a"] != both["b"]).all()
        stands = differing[differing["stands"] == "a"]
        assert (stands["a"].fillna("") == stands["settled"].fillna("")).all()
    assert adjudication(data)["differ"].tolist() == [len(adjudicated(data, what)) for what in adjudication(data).index]


def test_a_dataset_without_codings_says_so(data: Dataset) -> None:
    bare = Dataset(data.tables)
    for ask in (intercoder_agreement, adjudicated):
        with pytest.raises(GfmdError, match=r"allowed: a package with two coders"):
            ask(bare)
    with pytest.raises(GfmdError, match="found 'practices'; allowed: interventions, mentions"):
        adjudicated(data, "practices")
    assert adjudication(bare).empty


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


def test_coded_interventions_name_every_mention(data: Dataset) -> None:
    told = coded_interventions(data)
    assert sorted(told["summary"]) == sorted(data.interventions["summary"])
    assert told["objectives"].str.count(r"(?:^|(?<=; ))\d+(?= |;|$)").sum() >= len(data.mentions)
    assert told["objectives"].str.count(" only named").sum() >= (data.mentions["engagement"] == "reference").sum()
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
