"""The fast part of ``make torture``: broken folders, changes that mean nothing, and single cells, seeded."""

from pathlib import Path
from random import Random

import pytest

from gfmd_analysis import DataError, load
from gfmd_analysis.figures.captions import Caption, gallery
from tests.torture.broken import accepted, breaking, meaningless, refused, with_rows
from tests.torture.ledger import survivors

SEED = 7


def test_sixty_broken_folders_are_refused_at_the_right_place(tmp_path: Path) -> None:
    kinds = {change.kind: change for change in Random(SEED).sample(breaking(), len(breaking()))}
    chosen = [*kinds.values(), *Random(SEED).sample(breaking(), max(0, 60 - len(kinds)))]
    assert len(chosen) >= 60
    assert survivors(refused(change, tmp_path / "package") for change in chosen) == []


def test_there_are_a_thousand_ways_to_break_the_data_in_every_column() -> None:
    assert len(breaking()) >= 1000
    named = {(change.file, change.column) for change in breaking()}
    assert named >= {(table.path, column) for table in with_rows().values() for column in table.columns}


def test_changes_that_mean_nothing_change_no_byte_of_the_results(tmp_path: Path) -> None:
    chosen = [change for change in meaningless() if change.name == "all tables" or "descriptor" in change.kind]
    assert survivors(accepted(change, tmp_path / "package") for change in chosen) == []


@pytest.mark.parametrize(
    ("file", "before", "after", "says"),
    [
        ("actors.csv", "FRA,France", "FRA,Fr\u200bance", "invisible marks"),
        ("actors.csv", "FRA,France", "FRA,Ｆrance", "letters of another form"),
        (
            "datapackage.json",
            '"encoding": "utf-8"',
            '"encoding": "latin-1"',
            "found encoding 'latin-1'; allowed: encoding utf-8",
        ),
    ],
)
def test_what_torture_found(package: Path, file: str, before: str, after: str, says: str) -> None:
    path = package / file
    path.write_text(path.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
    with pytest.raises(DataError) as refusal:
        load(package)
    assert says in str(refusal.value)


def test_the_gallery_shows_odd_names_as_themselves() -> None:
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    from tests.torture.odd import ALL, _Page, broken_in

    page = _Page()
    page.feed(markdown2html_mistune(gallery([Caption("f", "en", *[name] * 6, "00.ipynb", 0) for name in ALL])))
    assert all(name in page.text for name in ALL)
    assert broken_in(page.text) == page.executed == []
