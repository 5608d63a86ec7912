"""What was read and computed before is not read and computed again, unless something changed."""

from pathlib import Path

from gfmd_analysis import load
from gfmd_analysis.practices.recommendations import recommendation_table


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
