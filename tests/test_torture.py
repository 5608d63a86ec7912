"""The fast part of ``make torture``: broken folders, changes that mean nothing, and single cells, seeded."""

import shutil
from pathlib import Path
from random import Random

import pytest

from gfmd_analysis import load
from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, DESCRIPTOR
from gfmd_analysis.errors import DataError, Problem
from gfmd_analysis.figures.captions import Caption, gallery
from tests.torture.broken import accepted, breaking, in_words, meaningless, points_at, with_rows
from tests.torture.ledger import Outcome, closing_table, survivors
from tests.torture.packages import Change

SEED = 7


def together(changes: list[Change]) -> list[Change]:
    """Choose changes of different files, which one folder can bear; one of the descriptor stands alone."""
    alone = [change for change in changes if not change.file.endswith(".csv")]
    return alone[:1] or list({change.file: change for change in reversed(changes)}.values())


def pointed_at(changes: list[Change], folder: Path) -> list[Change]:
    """Break a copy of the package in several places; gives the changes at which the refusal points, in clear words."""
    shutil.copytree(DEFAULT_FOLDER, folder)
    for change in changes:
        change.make(folder)
    with pytest.raises(DataError) as refusal:
        load(folder)
    shutil.rmtree(folder)
    problems = refusal.value.problems
    assert all(map(in_words, problems))
    return [change for change in changes if any(points_at(problem, change) for problem in problems)]


def test_sixty_broken_folders_are_refused_at_the_right_place(tmp_path: Path) -> None:
    """Many files are broken at once; what a fault of another kind hides is tried again without that one."""
    kinds = {change.kind: change for change in Random(SEED).sample(breaking(), len(breaking()))}
    left = [*kinds.values(), *Random(SEED).sample(breaking(), max(0, 60 - len(kinds)))]
    assert len(left) >= 60
    while left:
        named = pointed_at(together(left), tmp_path / "package")
        assert named, together(left)
        left = [change for change in left if change not in named]


def test_there_are_a_thousand_ways_to_break_the_data_in_every_column() -> None:
    assert len(breaking()) >= 1000
    named = {(change.file, change.column) for change in breaking()}
    assert named >= {(table.path, column) for table in with_rows().values() for column in table.columns}


def test_changes_that_mean_nothing_change_no_byte_of_the_results(tmp_path: Path) -> None:
    """Each table in another style, the styles turned on from folder to folder, and the descriptor spelt anew each time."""
    styles: dict[str, list[Change]] = {}
    for change in meaningless():
        styles.setdefault(change.file, []).append(change)
    others = [*styles.pop(DESCRIPTOR), *(change for change in styles.pop("") if change.name != "all tables")]
    for turn, other in enumerate(others):
        chosen = [other, *(each[(place + 2 * turn) % len(each)] for place, each in enumerate(styles.values()))]
        made = Change("several", other.name, lambda copy, chosen=chosen: [change.make(copy) for change in chosen], "")
        assert survivors([accepted(made, tmp_path / "package")]) == []


@pytest.mark.parametrize(
    ("allowed", "clear"),
    [
        ("a whole number from 1 to 23", True),
        ("the code of an actor, such as EGY", True),
        ("nan", False),
        ("one of None, 2", False),
        ("[A-Z]{3}", False),
        (r"\d+", False),
        ("", False),
    ],
)
def test_a_message_in_words_names_no_missing_value_and_no_regular_expression(allowed: str, clear: bool) -> None:
    assert in_words(Problem("a.csv", 2, "b", "'nan [A-Z]'", allowed)) is clear


def test_the_table_counts_tried_caught_skipped_survived_and_seconds_by_kind() -> None:
    outcomes = [Outcome("a", "1", True, seconds=2), Outcome("b", "1", None), Outcome("a", "2", False, "why", 3)]
    table = closing_table(outcomes)
    assert table.to_dict("index") == {
        "a": {"tried": 2, "caught": 1, "skipped": 0, "survived": 1, "seconds": 5},
        "b": {"tried": 0, "caught": 0, "skipped": 1, "survived": 0, "seconds": 0},
        "all": {"tried": 2, "caught": 1, "skipped": 1, "survived": 1, "seconds": 5},
    }
    assert [outcome.trial for outcome in survivors(outcomes)] == ["2"]


def test_the_gallery_shows_odd_names_as_themselves() -> None:
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    from tests.torture.odd import ALL, _Page, broken_in

    page = _Page()
    page.feed(markdown2html_mistune(gallery([Caption("f", "en", *[name] * 6, "00.ipynb", 0) for name in ALL])))
    assert all(name in page.text for name in ALL)
    assert broken_in(page.text) == page.executed == []
