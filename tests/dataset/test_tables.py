"""Rows are chosen by codes and names, tables of one's own go where the others go, and texts hold no letter that fools the eye."""

import json
import unicodedata
from pathlib import Path

import pandas as pd
import pytest

from gfmd_analysis import (
    Dataset,
    GfmdError,
    coded_interventions,
    consolidated_recommendations,
    load,
    recommendation_table,
    select,
    validate,
)
from gfmd_analysis.dataset.corrections import correct, take_back
from gfmd_analysis.dataset.describe import inventory
from tests.small_meeting import write_section
from tests.synthetic import write_meetings


@pytest.fixture(scope="module")
def long(data: Dataset) -> pd.DataFrame:
    return data.long()


def test_a_body_that_is_named_and_did_not_speak_has_no_rows(data: Dataset) -> None:
    silent = data.actors.loc[~data.actors["actor"].isin(data.interventions["actor"]), "name"]
    assert len(silent)
    assert all(select(data.long(), actor=name).empty for name in silent)


def test_rows_are_chosen_by_code_and_by_name(long: pd.DataFrame) -> None:
    by_code = select(long, actor="EGY")
    assert set(by_code["actor_name"]) == {"Egypt"}
    pd.testing.assert_frame_equal(select(long, actor="egypt"), by_code)
    two = select(long, actor=["Egypt", "FRA"], objective=[21, "Counter smuggling"])
    assert set(two["objective"]) <= {9, 21}
    assert set(two["actor"]) <= {"EGY", "FRA"}


def test_one_of_several_in_a_cell_is_chosen_by_its_name_in_the_singular(data: Dataset) -> None:
    demands = recommendation_table(data, acts=None)
    chosen = select(demands, objective=20)
    assert 0 < len(chosen) < len(demands)
    assert all(20 in numbers for numbers in chosen["objectives"])
    with pytest.raises(GfmdError, match="allowed: objective=20"):
        select(demands, objectives=20)
    rest = select(demands, not_={"objective": 20})
    assert not any(20 in numbers for numbers in rest["objectives"])
    assert len(chosen) + len(rest) == len(demands)


def test_names_and_numbers_choose_in_tables_that_have_codes_alone_or_lists_as_text(data: Dataset) -> None:
    for table, chosen in (
        (data.interventions, {"actor": ("EGY", "Egypt")}),
        (consolidated_recommendations(data), {"actor": ("EGY", "Egypt")}),
        (data.mentions, {"objective": (20, "Facilitate remittances", "Envois de fonds")}),
    ):
        ((column, spellings),) = chosen.items()
        by_code = select(table, **{column: spellings[0]})
        assert len(by_code)
        assert all(select(table, **{column: name}).equals(by_code) for name in spellings[1:])
    coded = select(coded_interventions(data), objective=20)
    assert set(coded["paragraph"]) == set(select(data.long(), objective=20)["paragraph"])
    named = data.challenges["objectives"].str.split(";").map(lambda numbers: "20" in numbers, na_action="ignore")
    assert set(select(data.challenges, objective=20).index) == set(data.challenges.index[named.fillna(False)])


def test_one_of_several_codes_in_a_text_is_chosen(data: Dataset) -> None:
    places = data.practices["places"].dropna()
    several = places[places.str.contains(";")].iloc[0]
    assert all(several in set(select(data.practices, place=code)["places"]) for code in several.split(";"))


def test_leaving_out_is_what_choosing_does_not_keep(long: pd.DataFrame) -> None:
    kept, left = select(long, role="discussant"), select(long, not_={"role": "discussant"})
    assert len(kept) + len(left) == len(long)
    assert set(kept.index).isdisjoint(left.index)
    assert len(select(long, objective=None, role=None)) == len(long)
    with pytest.raises(GfmdError, match="a dict such as"):
        select(long, not_="troika")  # type: ignore[arg-type]


def test_a_table_is_found_by_name_in_brackets_too(data: Dataset) -> None:
    pd.testing.assert_frame_equal(data["practices"], data.practices)


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"actor": "Egipt"}, "actor: found 'Egipt'; did you mean 'Egypt'? Allowed: "),
        ({"objective": 24}, "objective: found 24; allowed: 1 to 23"),
        ({"engagement": "substantiv"}, "did you mean 'substantive'? Allowed: substantive, passing, reference"),
        ({"section": "opning"}, "section: found 'opning'; did you mean 'opening'? Allowed: opening"),
        ({"section": "the road to the IMRF"}, "did you mean 'imrf_road'? Allowed: opening"),
        ({"roundtable": "Roundtable 9"}, "roundtable: found 'Roundtable 9'; allowed: RT1, RT2, RT3, RT4"),
        ({"objective": "remittances"}, "did you mean 'Facilitate remittances'? Allowed: "),
        ({"objective_title": "Save live"}, "did you mean 'Save lives'? Allowed: "),
        ({"role": "speaker of the house"}, "allowed: troika, presenter, chair"),
        ({"colour": "red"}, "no column colour; it has: intervention"),
        ({"sectoin": "RT3"}, "no column sectoin; did you mean 'section'? It has: intervention"),
    ],
)
def test_an_unknown_value_is_answered_with_the_nearest(long: pd.DataFrame, chosen: dict[str, str], says: str) -> None:
    for ask in (lambda: select(long, **chosen), lambda: select(long, not_=chosen)):
        with pytest.raises(GfmdError) as refused:
            ask()
        assert says in str(refused.value)


@pytest.mark.parametrize(
    ("column", "code", "spellings"),
    [
        ("section", "RT3", ["rt3", "RT 3", "Roundtable 3", "roundtable3", "3"]),
        ("constituency", "civil_society", ["Civil society", "civil  society"]),
        ("section", "gfmd_gcm", ["GFMD GCM"]),
    ],
)
def test_a_code_may_be_spelled_as_tables_show_it(
    long: pd.DataFrame, column: str, code: str, spellings: list[str]
) -> None:
    expected = long[long[column] == code]
    assert len(expected)
    for spelling in spellings:
        pd.testing.assert_frame_equal(select(long, **{column: spelling}), expected)


def own_table(package: Path, fields: list[dict[str, object]], rows: str, **more: object) -> None:
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    schema = {"fields": fields, "primaryKey": [fields[0]["name"]], **more}
    descriptor["resources"].append({"name": "own", "path": "own.csv", "schema": schema})
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    head = ",".join(str(field["name"]) for field in fields)
    (package / "own.csv").write_text(f"{head}\n{rows}", encoding="utf-8")


def test_a_table_of_ones_own_is_loaded_listed_and_kept_to_its_meeting(package: Path) -> None:
    key = {"fields": ["meeting"], "reference": {"resource": "meetings", "fields": ["meeting"]}}
    own_table(
        package,
        [{"name": "seat"}, {"name": "meeting"}, {"name": "held", "type": "date"}, {"name": "share", "type": "number"}],
        "A,FOF-2021-11,2021-11-18,0.5\nB,,,\n",
        foreignKeys=[key],
    )
    data = load(package)
    assert data.own["share"].sum() == 0.5
    assert inventory(data).set_index("table").loc["own", "rows"] == 2
    assert len(data.only("FOF-2021-11").own) == 1


@pytest.mark.parametrize(
    "limits",
    [{"enum": ["a", "a"]}, {"enum": ["a", ""]}, {"pattern": "("}, {"pattern": r"(a)\1"}, {"minimum": float("nan")}],
)
def test_a_table_of_ones_own_that_could_not_be_held_to_is_refused(package: Path, limits: dict[str, object]) -> None:
    own_table(package, [{"name": "seat", "constraints": limits}], "a\n")
    assert any("column 'seat' with" in str(problem) for problem in validate(package))


@pytest.mark.parametrize("pattern", ["(a+)+$", "((a+))+", "(a|a)*$", "a*a*a*a*a*a*a*a*a*b", "(([a-z])+.)+[A-Z]"])
def test_no_pattern_of_a_column_takes_longer_than_its_cell_is_long(package: Path, pattern: str) -> None:
    own_table(package, [{"name": "seat", "constraints": {"pattern": pattern}}], "a" * 60 + "!\n")
    (problem,) = validate(package)
    assert (problem.file, problem.row, problem.column) == ("own.csv", 2, "seat")
    assert pattern not in str(problem)


def test_tables_of_ones_own_go_into_the_workbook_for_corrections_and_beside_another_packages(tmp_path: Path) -> None:
    package = write_section(tmp_path / "section")
    own_table(package, [{"name": "why", "example": ["x"]}, {"name": "index", "type": "date"}], "A,\n")
    correct(tmp_path / "edit.xlsx", package)
    assert take_back(tmp_path / "edit.xlsx", "me", "", package) == []
    other = write_meetings(tmp_path / "other", 1, 60)
    own_table(other, [{"name": "why"}], "B\n")
    assert load(package, other).own["why"].tolist() == ["A", "B"]


NAMES = ["", " ", "n" * 32, "long", "Own", "'own", "own'", "History", "history", "a/b", "own:", "ACTORS"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_no_sheet_or_attribute_can_have_is_refused(package: Path, name: str) -> None:
    own_table(package, [{"name": "seat"}], "A\n")
    path = package / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"name": "own"', f'"name": "{name}"'), encoding="utf-8")
    assert {problem.column for problem in validate(package)} == {name}


def test_the_longest_name_of_a_table_goes_through_the_workbook(tmp_path: Path) -> None:
    package = write_section(tmp_path / "section")
    own_table(package, [{"name": "seat"}], "A\n")
    path, name = package / "datapackage.json", "n" * 31
    path.write_text(path.read_text(encoding="utf-8").replace('"name": "own"', f'"name": "{name}"'), encoding="utf-8")
    correct(tmp_path / "edit.xlsx", package)
    assert take_back(tmp_path / "edit.xlsx", "me", "", package) == []


def with_letters(package: Path, letters: list[str]) -> list[int]:
    """Add letters to what a milestone says, one of them each; gives the rows, as a spreadsheet numbers them."""
    path = package / "milestones.csv"
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    assert len(letters) <= len(table)
    table.loc[: len(letters) - 1, "what"] += [f" {letter}" for letter in letters]
    table.to_csv(path, index=False, lineterminator="\n")
    return list(range(2, len(letters) + 2))


def test_letters_that_fool_the_eye_are_refused(package: Path) -> None:
    letters = ["Fr\u0430nce", "Fra\u200bnce", "Fra\u3164nce", "Fra\u2800nce", "Fra\u034fnce", "Fra\ufe0fnce", "Fra\ufffdnce", "France\u200d", "Fra\u200dnce", "\ufb01nal", "\uff26rance", "\U0001d405rance", "Fra\u0302\u0303\u0304\u0305nce", "CΟVID", "a\u2028b", "Fra\u0336nce", "a\u2003b", "e\u00b4", "\U0001f3fb"]  # fmt: skip
    rows = with_letters(package, letters)
    assert [(problem.row, problem.column) for problem in validate(package)] == [(row, "what") for row in rows]


def test_letters_of_many_languages_are_taken(package: Path) -> None:
    letters = ["São Paulo", "Türkiye", "Łódź", "n.º 5", "नमस्ते क्\u200dष", "می\u200cخواهم", "Москва", "日本JICA", "שלום", "20 °C – “so” …", "Việt Nam", unicodedata.normalize("NFD", "Việt Nam"), "ὦ", "שַּׁבָּת", "ที่นี่", "བསྒྲུབས", "ကြွေး"]  # fmt: skip
    with_letters(package, letters)
    assert validate(package) == []


@pytest.mark.parametrize("chosen", [{"objective": 23}, {"engagement": "passing"}, {"actor": "United Arab Emirates"}, {"basis": "explicit"}])  # fmt: skip
def test_the_words_of_what_was_chosen_add_up(long: pd.DataFrame, chosen: dict[str, object]) -> None:
    rows = select(long, **chosen)  # type: ignore[arg-type]
    said = long.dropna(subset="words_once").set_index("intervention")["words_once"]
    assert rows["words_once"].sum() == said[rows["intervention"].unique()].sum() > 0
    assert rows["words_once"].notna().sum() == rows["intervention"].nunique()
    twice = select(rows, not_={"objective": range(1, 13)})
    assert twice["words_once"].sum() == said[twice["intervention"].unique()].sum()


def test_a_body_goes_by_its_full_name(long: pd.DataFrame) -> None:
    for name, code in (("United Arab Emirates", "ARE"), ("International Organization for Migration", "IOM")):
        assert set(select(long, actor=name)["actor"]) == {code}
