"""Two meetings loaded as one are compared; one alone says that it is alone."""

import os
from pathlib import Path

import pandas as pd
import pytest

from gfmd_analysis import Dataset, GfmdError, NoDataError, load
from gfmd_analysis.coverage.counts import attendance, coverage_by_meeting, coverage_matrix
from gfmd_analysis.coverage.uncertainty import share_change
from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER
from gfmd_analysis.dataset.reliability import intercoder_agreement
from gfmd_analysis.errors import DataError
from tests.synthetic import write_meetings

OURS, OTHER = "FOF-2021-11", "FOF-2022-01"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return load(DEFAULT_FOLDER, write_meetings(tmp_path_factory.mktemp("second") / "data", 1, 60, first_year=2022))


def test_two_folders_load_as_one(two: Dataset, data: Dataset) -> None:
    assert two.meetings["meeting"].tolist() == [OURS, OTHER]
    assert len(two.objectives) == 23
    assert len(two.mentions) == len(data.mentions) + 120
    ours = two.long().query("meeting == @OURS").reset_index(drop=True)
    pd.testing.assert_frame_equal(ours, data.long(), check_dtype=False, check_categorical=False)


def test_the_environment_names_the_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    other = write_meetings(tmp_path / "data", 2, 30, first_year=2023)
    monkeypatch.setenv("GFMD_DATA", f"{DEFAULT_FOLDER}{os.pathsep}{other}")
    assert len(load().meetings) == 3
    monkeypatch.setenv("GFMD_DATA", str(other))
    assert len(load().meetings) == 2


def test_two_meetings_may_say_the_same(tmp_path: Path) -> None:
    one, other = (write_meetings(tmp_path / str(year), 1, 60, first_year=year) for year in (2022, 2023))
    said, table = (pd.read_csv(each / "interventions.csv", dtype="str", keep_default_na=False) for each in (one, other))
    again = said[said["actor"] == table.loc[0, "actor"]].iloc[0]
    table.loc[0, "summary"] = again["summary"]
    table.to_csv(other / "interventions.csv", index=False, lineterminator="\n")
    assert len(load(one, other).interventions) == len(said) + len(table)


def test_the_same_meeting_twice_is_refused() -> None:
    with pytest.raises(DataError, match="a second time; allowed: each key once"):
        load(DEFAULT_FOLDER, DEFAULT_FOLDER)


def test_coverage_per_meeting_adds_up(two: Dataset) -> None:
    table = coverage_by_meeting(two.long())
    assert table.groupby("meeting")["share"].sum().round(9).tolist() == [1, 1]
    assert (
        table.groupby("objective", observed=True)["interventions"].sum().tolist()
        == coverage_matrix(two.long(), rows="meeting", count="intervention").sum().tolist()
    )


def test_change_is_zero_against_itself_and_turns_its_sign(two: Dataset) -> None:
    long = two.long()
    assert (share_change(long, OURS, OURS)["change"] == 0).all()
    assert not share_change(long, OURS, OURS)["clear"].any()
    there, back = share_change(long, OURS, OTHER), share_change(long, OTHER, OURS)
    pd.testing.assert_series_equal(there["change"], -back["change"])
    assert (there["low"] <= there["high"]).all()
    assert there["change"].sum() == pytest.approx(0, abs=1e-9)


def test_an_unknown_meeting_is_one_clear_error(two: Dataset) -> None:
    with pytest.raises(
        GfmdError, match="found 'FOF-1999-01'; allowed: a meeting with mentions: FOF-2021-11, FOF-2022-01"
    ):
        share_change(two.long(), OURS, "FOF-1999-01")


def test_who_came_and_went(two: Dataset) -> None:
    table = attendance(two.long()).set_index("actor")
    assert table.loc["IFAD", OURS]
    assert table[OURS].sum() == 28


def test_a_relative_folder_is_found_from_the_notebooks_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DEFAULT_FOLDER.parent / "notebooks")
    monkeypatch.setenv("GFMD_DATA", "data")
    assert load().meetings["meeting"].tolist() == [OURS]


def test_the_environment_names_the_meeting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GFMD_DATA", str(write_meetings(tmp_path / "data", 3, 30, first_year=2023)))
    monkeypatch.setenv("GFMD_MEETING", "FOF-2023-02")
    one = load()
    assert one.meetings["meeting"].tolist() == ["FOF-2023-02"]
    assert len(one.mentions) == 60
    monkeypatch.setenv("GFMD_MEETING", "FOF-2023-03, FOF-2023-01")
    assert load().meetings["meeting"].tolist() == ["FOF-2023-01", "FOF-2023-03"]
    monkeypatch.setenv("GFMD_MEETING", "FOF-1999-01")
    with pytest.raises(NoDataError, match=r"FOF-1999-01 is not in the data in use; there: FOF-2023-01, FOF-2023-02"):
        load()
    by_folder = load(DEFAULT_FOLDER)  # the environment speaks only where no folder is given
    assert by_folder.meetings["meeting"].tolist() == [OURS]


def test_only_one_meeting_of_two_is_that_meeting(two: Dataset, data: Dataset) -> None:
    ours = two.only(OURS)
    for name, table in data.tables.items():
        pd.testing.assert_frame_equal(ours.tables[name], table, check_categorical=False, obj=name)
    other = two.only(OTHER)
    assert set(other.mentions["intervention"].str[:11]) == {OTHER}
    assert other.practices.empty
    assert other.recommendations.empty
    pd.testing.assert_frame_equal(two.only(OURS, OTHER).long(), two.long())


def test_the_record_of_the_codings_stays_whichever_folder_is_named_first(tmp_path: Path, data: Dataset) -> None:
    other = write_meetings(tmp_path / "data", 1, 30, first_year=2023)
    both = load(other, DEFAULT_FOLDER)
    assert list(both.tables) == list(data.tables)
    pd.testing.assert_frame_equal(intercoder_agreement(both), intercoder_agreement(data))
