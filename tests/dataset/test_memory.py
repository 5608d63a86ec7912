"""What was read and computed before is not read and computed again, unless something changed."""

from pathlib import Path

import pandas as pd
import pytest

from gfmd_analysis import load, validate
from gfmd_analysis.dataset.memory import LARGE, once
from gfmd_analysis.practices.recommendations import recommendation_table
from tests.small_meeting import write_section


def test_a_package_is_read_again_where_a_cell_of_the_same_length_changed(package: Path) -> None:
    first = load(package)
    practices, name = package / "practices.csv", first.practices["name"][0]
    text = practices.read_text(encoding="utf-8")
    practices.write_text(text.replace(name, name.swapcase(), 1), encoding="utf-8")
    assert load(package).practices["name"][0] == name.swapcase() != first.practices["name"][0]


def test_what_is_done_to_loaded_tables_does_not_reach_who_loads_next(package: Path) -> None:
    data = load(package)
    long = data.long()
    data.tables["mentions"].loc[:, "note"] = "changed"
    assert not (load(package).mentions["note"] == "changed").any()
    assert load(package).long().equals(long)


def test_a_change_in_a_table_of_results_stays_in_it(package: Path) -> None:
    data = load(package)
    table = recommendation_table(data, acts=["summary"])
    table["text"] = ""
    again = recommendation_table(data, acts=["summary"])
    assert len(again) and (again["text"] != "").all()
    assert len(recommendation_table(data)) != len(again)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("actors.csv", "\nCAN,", "\nCAM,", "interventions.csv"),  # a key
        ("recommendation_objectives.csv", "-R1,", "-R9,", "recommendation_objectives.csv"),
        ("mentions.csv", "067-IFAD,20", "067-IFAD,19", "recommendation_objectives.csv"),  # a rule
        ("roundtables.csv", ",EGY,", ",FRA,", "interventions.csv"),
        ("coding/adjudication.csv", ",kept,", ",dropped,", "mentions.csv"),  # what was settled
        ("datapackage.json", '"maximum": 23', '"maximum": 22', "datapackage.json"),
    ],
)
def test_a_table_that_did_not_change_is_asked_again_where_another_did(
    package: Path, file: str, old: str, new: str, told: str
) -> None:
    path, whole = package / file, (package / file).read_text(encoding="utf-8")
    assert validate(package) == []
    path.write_text(whole.replace(old, new), encoding="utf-8")
    problems = validate(package)
    assert told in {problem.file for problem in problems}
    assert validate(package) == problems
    path.write_text(whole, encoding="utf-8")
    assert validate(package) == []


def test_packages_that_share_tables_are_told_apart(package: Path, tmp_path: Path) -> None:
    other = write_section(tmp_path / "section")
    both = [load(package), load(other), load(package), load(other)]
    assert [len(data.mentions) for data in both[:2]] == [len(data.mentions) for data in both[2:]]
    assert len(both[0].mentions) > len(both[1].mentions) > 0
    for name, table in both[0].tables.items():
        pd.testing.assert_frame_equal(table, both[2].tables[name])
    assert set(both[3].interventions["section"]) == {"RT3"}


def test_nothing_is_kept_of_a_large_table() -> None:
    asked = []

    @once
    def counted(table: pd.DataFrame) -> int:
        asked.append(len(table))
        return len(table)

    small, large = pd.DataFrame({"a": range(3)}), pd.DataFrame({"a": range(LARGE + 1)})
    assert [counted(small), counted(small), counted(large), counted(large)] == [3, 3, LARGE + 1, LARGE + 1]
    assert asked == [3, LARGE + 1, LARGE + 1]
