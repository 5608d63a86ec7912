"""The review workbook and its adoption: nothing lost, everything refused is listed by sheet, row and column."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from gfmd_analysis import Dataset, GfmdError, load
from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, schema
from gfmd_analysis.draft import adoption
from gfmd_analysis.draft.adoption import adopt
from gfmd_analysis.draft.known import rows_in_use
from gfmd_analysis.draft.review import review_workbook, tables_to_review
from gfmd_analysis.draft.tables import Coding, code_report
from gfmd_analysis.errors import DataError
from tests.invented import FOLDER

Edit = Callable[[openpyxl.Workbook], None]


@cache
def coding() -> Coding:
    text = (FOLDER / "speakers_list.md").read_text(encoding="utf-8")
    return code_report(text, known=rows_in_use())


@pytest.fixture(scope="module", autouse=True)
def read_here() -> Iterator[None]:
    """Read workbooks in this process: that another one reads them, within limits, is tested in test_limits.py."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adoption, "read_within_limits", lambda reader, path: adoption.read_sheets(path))
        yield


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("review") / "review.xlsx"
    path.write_bytes(review_workbook(coding()))
    return path


def place(sheet: openpyxl.worksheet.worksheet.Worksheet, column: str) -> int:
    return [cell.value for cell in sheet[1]].index(column) + 1


@cache
def accepted(fresh: Path) -> bytes:
    """Accept every row of a workbook."""
    book = openpyxl.load_workbook(fresh)
    for table in tables_to_review():
        sheet = book[table.name]
        column = place(sheet, "review")
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, column).value = "accepted"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def reviewed(fresh: Path, folder: Path, *edits: Edit) -> Path:
    """Write a copy in which every row is accepted and then something edited."""
    path = folder / "reviewed.xlsx"
    path.write_bytes(accepted(fresh))
    if edits:
        book = openpyxl.load_workbook(path)
        for edit in edits:
            edit(book)
        book.save(path)
    return path


def set_cell(sheet: str, row: int, column: str, value: object) -> Edit:
    def edit(book: openpyxl.Workbook) -> None:
        book[sheet].cell(row, place(book[sheet], column)).value = value

    return edit


def test_each_sheet_offers_the_schemas_lists(fresh: Path) -> None:
    book = openpyxl.load_workbook(fresh)
    for table in tables_to_review():
        sheet = book[table.name]
        offered = {
            str(each.sqref).split(":")[0].rstrip("0123456789"): each.formula1
            for each in sheet.data_validations.dataValidation
        }
        for field in table.fields:
            letter = openpyxl.utils.get_column_letter(place(sheet, field.name))
            if field.enum:
                assert offered[letter] == f'"{",".join(field.enum)}"'
        assert offered[openpyxl.utils.get_column_letter(place(sheet, "review"))] == '"draft,accepted,rejected"'


def test_the_passage_stands_beside_each_row(fresh: Path) -> None:
    book = openpyxl.load_workbook(fresh)
    for name in ("interventions", "mentions", "practice_citations", "quantities", "paragraphs"):
        sheet = book[name]
        passages = [sheet.cell(row, place(sheet, "passage")).value for row in range(2, sheet.max_row + 1)]
        closing = sum(not value for value in coding().tables["quantities"]["paragraph"]) if name == "quantities" else 0
        assert len(passages) == len(coding().tables[name])
        assert sum(not passage for passage in passages) == closing


@pytest.fixture(scope="module")
def adopted(fresh: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Adopt a workbook with every row accepted."""
    folder = tmp_path_factory.mktemp("adopted")
    adopt(reviewed(fresh, folder), folder / "data")
    return folder / "data"


@pytest.fixture(scope="module")
def edited(fresh: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Dataset]:
    """Adopt a workbook with a row rejected, a row added, and numbers, dates and truths typed in a spreadsheet."""
    tie = {"intervention": "MEETING-2024-10/010-BM", "to_actor": "MYCP", "kind": "thanks", "review": "accepted"}
    edits = [set_cell("mentions", 3, "review", "rejected"), set_cell("meetings", 2, "date", datetime(2024, 10, 4))]
    edits += [set_cell("quantities", 3, "value", 12.0), set_cell("actors", 2, "gcm_champion", False)]
    edits += [set_cell("ties", 2, column, value) for column, value in tie.items()]
    folder = tmp_path_factory.mktemp("edited")
    return adopt(reviewed(fresh, folder, *edits), folder / "data"), load(folder / "data")


def test_all_that_is_accepted_is_adopted_and_loads(adopted: Path) -> None:
    data = load(adopted)
    for name, table in coding().tables.items():
        taken = data.tables[name].astype("str").fillna("")
        assert len(taken) == len(table), name
        key = list(schema()[name].key)
        assert set(map(tuple, taken[key].to_numpy())) == set(map(tuple, table[key].to_numpy())), name


def test_two_meetings_load_as_one(adopted: Path) -> None:
    both = load(adopted, DEFAULT_FOLDER)
    assert sorted(both.meetings["meeting"]) == ["FOF-2021-11", "MEETING-2024-10"]


def test_what_nobody_has_read_is_refused_and_nothing_written(fresh: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        adopt(fresh, tmp_path / "data")
    assert {problem.file for problem in error.value.problems} == {
        f"sheet {table.name}" for table in tables_to_review() if len(coding().tables[table.name])
    }
    assert all(problem.column == "review" and "'draft'" in problem.found for problem in error.value.problems)
    assert not list(tmp_path.iterdir())


def test_rejected_rows_are_left_out_and_named(edited: tuple[str, Dataset]) -> None:
    said, data = edited
    assert "left out: mentions rows 3." in said
    assert len(data.mentions) == len(coding().tables["mentions"]) - 1


def test_a_row_may_be_added(edited: tuple[str, Dataset]) -> None:
    assert edited[1].ties["to_actor"].tolist() == ["MYCP"]


REFUSED = (
    ("mentions", 4, "engagement", "loud", "'loud'"),
    ("mentions", 4, "objective", 24, "'24'"),
    ("quantities", 3, "value", "=1+1", "'=1+1'"),
    ("quantities", 4, "value", "many", "'many'"),
    ("interventions", 5, "role", None, "an empty cell"),
    ("interventions", 5, "actor", "NOBODY", "'NOBODY'"),
    ("meetings", 2, "date", "soon", "'soon'"),
    ("actors", 2, "name", "=HYPERLINK(1)", "'=HYPERLINK(1)'"),
)
UNDECIDED = (
    ("interventions", 5, "review", "perhaps", "'perhaps'"),
    ("interventions", 6, "review", None, "an empty cell"),
)


@pytest.mark.parametrize("wrong", [REFUSED, UNDECIDED], ids=["cells", "reviews"])
def test_all_refused_cells_are_named_at_once(
    fresh: Path, tmp_path: Path, wrong: tuple[tuple[str, int, str, object, str], ...]
) -> None:
    edits = [set_cell(*cell) for *cell, _ in wrong]
    with pytest.raises(DataError) as error:
        adopt(reviewed(fresh, tmp_path, *edits), tmp_path / "data")
    named = {(each.file, each.row, each.column, each.found) for each in error.value.problems}
    assert named == {(f"sheet {sheet}", row, column, found) for sheet, row, column, _, found in wrong}
    assert all(each.allowed for each in error.value.problems)
    assert not (tmp_path / "data").exists()


def remove_sheet(book: openpyxl.Workbook) -> None:
    del book["quantities"]


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (remove_sheet, "sheet quantities: found no such sheet"),
        (set_cell("mentions", 1, "basis", "ground"), "sheet mentions, row 1, column basis: found no such column"),
        (set_cell("mentions", 1, "note", "basis"), "sheet mentions, row 1, column basis: found the column twice"),
        (set_cell("mentions", 1, "score", "mood"), "sheet mentions, row 1, column mood: found a column of its own"),
    ],
)
def test_missing_sheets_and_columns_are_named(fresh: Path, tmp_path: Path, edit: Edit, said: str) -> None:
    with pytest.raises(DataError) as error:
        adopt(reviewed(fresh, tmp_path, edit), tmp_path / "data")
    assert said in str(error.value)


def test_numbers_dates_and_truths_typed_in_a_spreadsheet_are_understood(edited: tuple[str, Dataset]) -> None:
    data = edited[1]
    assert str(data.meetings["date"][0].date()) == "2024-10-04"
    assert data.quantities["value"][1] == 12
    assert not data.actors["gcm_champion"][0]


@pytest.mark.parametrize(
    ("name", "content"), [("review.csv", b"a,b"), ("review.xlsx", b"no archive"), ("absent.xlsx", None)]
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(GfmdError, match="allowed: "):
        adopt(tmp_path / name, tmp_path / "data")


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "review.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 30_000_000)
    with pytest.raises(GfmdError, match="zip bomb"):
        adopt(tmp_path / "review.xlsx", tmp_path / "data")


def test_an_adopted_folder_is_never_overwritten(adopted: Path) -> None:
    before = {path: path.read_bytes() for path in adopted.iterdir()}
    with pytest.raises(GfmdError, match="a new or an empty folder"):
        adopt(adopted.parent / "reviewed.xlsx", adopted)
    assert {path: path.read_bytes() for path in adopted.iterdir()} == before


def test_a_coding_without_rows_makes_a_workbook_too(tmp_path: Path) -> None:
    empty = replace(coding(), tables={name: table.iloc[:0] for name, table in coding().tables.items()})
    (tmp_path / "review.xlsx").write_bytes(review_workbook(empty))
    with pytest.raises(GfmdError, match="sheet meetings: found no accepted row"):
        adopt(tmp_path / "review.xlsx", tmp_path / "data")
