"""What a draft is unsure of is shown in the workbook, and what was left to be written is counted when it is adopted."""

import io
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from gfmd_analysis import GfmdError, load
from gfmd_analysis.draft import adoption, grammar, language
from gfmd_analysis.draft.adoption import adopt
from gfmd_analysis.draft.review import review_workbook, tables_to_review
from gfmd_analysis.draft.tables import code_report
from gfmd_analysis.errors import DataError
from tests.invented import drafted

TEXT = """# Meeting on canals

Vienna, 7 June 2028

1. Peru said that objective 6 came first and asked for 12 boats.

2. It went on.

3. One delegation doubted objective 7.

4. The canals were long.
"""


@cache
def workbook() -> bytes:
    return review_workbook(drafted(TEXT))


@pytest.fixture
def book(in_process: None) -> openpyxl.Workbook:
    """Open a fresh workbook."""
    return openpyxl.load_workbook(io.BytesIO(workbook()))


def column(sheet: openpyxl.worksheet.worksheet.Worksheet, name: str) -> int:
    return [cell.value for cell in sheet[1]].index(name) + 1


def accepted(book: openpyxl.Workbook, path: Path) -> Path:
    for table in tables_to_review():
        sheet = book[table.name]
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, column(sheet, "review")).value = "accepted"
    book.save(path)
    return path


def test_carried_speakers_are_marked_coloured_and_can_be_filtered(book: openpyxl.Workbook) -> None:
    sheet = book["interventions"]
    place = column(sheet, "speaker")
    assert [sheet.cell(row, place).value for row in range(2, 6)] == ["certain", "carried", "certain", "carried"]
    assert sheet.auto_filter.ref.endswith("5") and len(sheet.conditional_formatting) == 1
    assert column(sheet, "passage") == place + 1
    guide = [cell.value for cell in book["guide"]["A"] if cell.value]
    assert any(line.startswith("Read 4 paragraphs") for line in guide)


def test_nobody_is_no_actor_and_what_is_left_is_counted(book: openpyxl.Workbook, tmp_path: Path) -> None:
    said = adopt(accepted(book, tmp_path / "reviewed.xlsx"), tmp_path / "data")
    assert "2 interventions whose speaker is to be named (rows 4, 5), left out" in said
    assert "1 quantities to be worded" in said and "1 place to be added" in said
    data = load(tmp_path / "data")
    assert set(data.actors["actor"]) == {"PER"}
    assert set(data.interventions["actor"]) == {"PER"}


def test_nobody_is_no_actor_where_what_it_said_was_rejected(book: openpyxl.Workbook, tmp_path: Path) -> None:
    path = accepted(book, tmp_path / "reviewed.xlsx")
    for name in ("interventions", "mentions"):
        sheet = book[name]
        for row in range(2, sheet.max_row + 1):
            if "UNNAMED" in str(sheet.cell(row, 1).value):
                sheet.cell(row, column(sheet, "review")).value = "rejected"
    book.save(path)
    assert "to be named" not in adopt(path, tmp_path / "data")
    assert set(load(tmp_path / "data").actors["actor"]) == {"PER"}


def test_the_words_of_nobody_stay_in_their_paragraph() -> None:
    spoken = drafted(f"{TEXT}\n5. One delegation doubted objective 7. Peru asked for boats. Ghana agreed.\n").tables
    frames, left = adoption._without_nobody(dict(spoken))
    kept, before = frames["interventions"], spoken["interventions"]
    assert (
        set(before.loc[before["paragraph"] == "5", "actor"]) == {"UNNAMED", "PER", "GHA"}
        and "3 interventions" in left[0]
    )
    words = [each[each["paragraph"] == "5"]["words"].astype(int) for each in (before, kept)]
    assert words[0].sum() == words[1].sum() and words[1].tolist() == [words[0].iloc[:2].sum(), words[0].iloc[2]]


def test_what_is_struck_out_is_not_taken(book: openpyxl.Workbook, tmp_path: Path) -> None:
    sheet = book["interventions"]
    sheet.cell(2, column(sheet, "role")).font = Font(strike=True)
    with pytest.raises(DataError, match="sheet interventions, row 2, column role: found an empty cell"):
        adopt(accepted(book, tmp_path / "reviewed.xlsx"), tmp_path / "data")


def test_an_error_of_excel_is_refused(book: openpyxl.Workbook, tmp_path: Path) -> None:
    book["quantities"].cell(2, column(book["quantities"], "note")).value = "#N/A"
    with pytest.raises(DataError, match="column note: found '#N/A'; allowed: a value"):
        adopt(accepted(book, tmp_path / "reviewed.xlsx"), tmp_path / "data")


def test_a_language_without_its_parser_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(language.MODELS, "es", "no_such_model")
    monkeypatch.setattr(grammar, "load_model", language.load_model.__wrapped__)  # the models that are loaded stay
    text = (
        "7 de junio de 2028\n\n" + "El representante de Panamá dijo que los costes de la migración son muy altos. " * 4
    )
    with pytest.raises(
        GfmdError,
        match=r"in Spanish and nothing that reads it; allowed: after \S*python\S* -m pip install --no-deps 'es-core",
    ):
        code_report(text)
