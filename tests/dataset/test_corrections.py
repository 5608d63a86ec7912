"""What a reader corrects is applied, refused in words where it cannot be, and comes back from a workbook."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from gfmd_analysis import GfmdError, load, validate
from gfmd_analysis.dataset.corrections import correct, take_back
from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, OPTIONAL, schema
from gfmd_analysis.errors import DataError
from tests.small_meeting import write_section

HEAD = "table,key,column,old,new,who,when,why\n"
KEY = "FOF-2021-11/067-IFAD / 20"


def record(package: Path, *rows: str) -> None:
    (package / "corrections.csv").write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """Copy the project's own data, without the corrections of readers."""
    copied = Path(shutil.copytree(DEFAULT_FOLDER, tmp_path / "data"))
    record(copied)
    return copied


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Write a section of the data: the logic of corrections needs no more, and a workbook of it is made in a fifth of the time."""
    return write_section(tmp_path / "data")


def test_a_cell_a_new_row_and_a_dropped_one(package: Path) -> None:
    before = load(package)
    dropped = before.ties.iloc[0]
    key = " / ".join(dropped.astype(str))
    added = '"{""intervention"": ""FOF-2021-11/067-IFAD"", ""objective"": ""3"", ""basis"": ""explicit"", ""engagement"": ""reference""}"'
    record(
        package,
        f"mentions,{KEY},engagement,substantive,passing,A reader,2026-11-25,Read again",
        f"ties,{key},,x,,A reader,2026-11-25,Not there",
        f"mentions,FOF-2021-11/067-IFAD / 3,,,{added},A reader,2026-11-25,Was missed",
    )
    after = load(package)
    assert len(after.mentions) == len(before.mentions) + 1
    assert len(after.ties) == len(before.ties) - 1
    rows = after.mentions.set_index(["intervention", "objective"])
    assert rows.loc[("FOF-2021-11/067-IFAD", 20), "engagement"] == "passing"
    assert rows.loc[("FOF-2021-11/067-IFAD", 3), "engagement"] == "reference"
    assert len(after.corrections) == 3
    assert load(package, corrected=False).mentions.equals(before.mentions)


REFUSED = {  # a cell of the record, what it would change, and what the data then are: each hides the next
    "the record": [
        (f"mentions,{KEY},engagement,substantive,passing,R,soon,w", "corrections.csv, row 2, column when: found 'soon'"),
        (f"mentions,{KEY},note,,passing,R,2026-11-25,", "row 3, column why: found an empty cell"),
    ],
    "what it changes": [
        ("sayings,x,y,a,b,R,2026-11-25,w", "row 2, column table: found 'sayings'; allowed: one of meetings"),
        (f"mentions,{KEY},engagement,passing,reference,R,2026-11-25,w", "row 3, column old: found 'passing'; allowed: what mentions.csv has there, 'substantive'"),
        ("mentions,FOF-2021-11/067-IFAD / 9,engagement,passing,reference,R,2026-11-25,w", "row 4, column key: found 'FOF-2021-11/067-IFAD / 9'; did you mean 'FOF-2021-11/067-IFAD / 20'? Allowed: a row of mentions.csv, by its key"),
        (f"mentions,{KEY},strength,passing,reference,R,2026-11-25,w", "row 5, column column: found 'strength'; allowed: basis, engagement, note"),
        (f'mentions,{KEY},,,"{{}}",R,2026-11-25,w', "row 6, column key: found 'FOF-2021-11/067-IFAD / 20' to add, which is there; allowed: a key that mentions.csv has not"),
        ("mentions,FOF-2021-11/067-IFAD / 9,,,soon,R,2026-11-25,w", 'allowed: the new row as {"column": "cell", …}'),
    ],
    "the data": [
        (f"mentions,{KEY},engagement,substantive,loud,R,2026-11-25,w", "corrections.csv, row 2, column new: found 'loud'; allowed: one of substantive, passing, reference (mentions.csv, engagement)"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("wrong", REFUSED.values(), ids=list(REFUSED))
def test_corrections_that_cannot_be_are_refused_at_their_own_rows(package: Path, wrong: list[tuple[str, str]]) -> None:
    record(package, *(row for row, _ in wrong))
    with pytest.raises(DataError) as refused:
        load(package)
    said = "\n".join(map(str, refused.value.problems))
    assert [says for _, says in wrong if says not in said] == [], said


Edit = Callable[[openpyxl.Workbook], object]


WORKBOOKS: dict[tuple[bytes, ...], bytes] = {}  # by what was in the package


def edited(package: Path, edit: Edit) -> Path:
    path, now = package.parent / "correct.xlsx", tuple(file.read_bytes() for file in sorted(package.glob("*.csv")))
    path.unlink(missing_ok=True)
    if now not in WORKBOOKS:
        correct(path, package)
        WORKBOOKS[now] = path.read_bytes()
    path.write_bytes(WORKBOOKS[now])
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return path


def row_of(sheet: "openpyxl.worksheet.worksheet.Worksheet", *key: str) -> int:
    return next(
        row[0].row for row in sheet.iter_rows(min_row=2) if tuple(str(cell.value) for cell in row[: len(key)]) == key
    )


def test_edits_of_a_workbook_come_back_as_corrections(whole: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        mentions, quantities, practices = book["mentions"], book["quantities"], book["practices"]
        row = row_of(mentions, "FOF-2021-11/067-IFAD", "20")
        mentions.cell(row, 4).value = "passing"
        mentions.cell(row, len(schema()["mentions"].columns) + 1).value = "A clause only"
        mentions.append(["FOF-2021-11/067-IFAD", 3, "explicit", "reference", None])
        names = schema()["quantities"].columns
        number = next(
            row[0].row for row in quantities.iter_rows(min_row=2) if row[names.index("value")].value == "540000000000"
        )
        quantities.cell(number, names.index("value") + 1).value = 530_000_000_000
        practices.cell(2, 2).value = "Another name"

    told = take_back(edited(whole, edit), "A reader", "Read again", whole)
    assert len(told) == 4
    after = load(whole)
    assert set(after.corrections["table"]) == {"mentions", "quantities", "practices"}
    rows = after.corrections.set_index(["table", "column"])
    assert rows.loc[("mentions", "engagement"), "why"] == "A clause only"
    assert rows.loc[("quantities", "value"), ["old", "new", "why"]].tolist() == [
        "540000000000",
        "530000000000",
        "Read again",
    ]
    assert 530_000_000_000 in after.quantities["value"].tolist()
    assert (
        after.mentions.set_index(["intervention", "objective"]).loc[("FOF-2021-11/067-IFAD", 3), "basis"] == "explicit"
    )


def test_a_workbook_begins_with_what_each_column_holds_and_has_heads_that_speak(package: Path) -> None:
    first, *sheets = openpyxl.load_workbook(edited(package, lambda book: None)).worksheets
    told = {(row[0].value, row[1].value): row[2].value for row in first.iter_rows()}
    assert first.title == "How to"
    for sheet in sheets:
        heads = [cell.value for cell in sheet[1]]
        assert heads[-1] == "Why"
        assert all(head[0].isupper() and "_" not in head for head in heads)
        assert all(told[sheet.title, head] for head in heads[:-1])


def test_a_workbook_with_the_names_of_the_data_as_heads_is_taken_and_other_heads_are_not(package: Path) -> None:
    def named(book: openpyxl.Workbook) -> None:
        for place, column in enumerate(schema()["quantities"].columns, start=1):
            book["quantities"].cell(1, place).value = column

    def turned(book: openpyxl.Workbook) -> None:
        book["quantities"].cell(1, 1).value = "Key"

    assert take_back(edited(package, named), "A reader", "", package) == []
    with pytest.raises(
        DataError, match="sheet quantities, row 1: found 'Key' in place of 'Quantity'; allowed: Quantity, "
    ):
        take_back(edited(package, turned), "A reader", "", package)


def test_an_untouched_workbook_brings_no_correction_and_a_reverted_one_goes(package: Path) -> None:
    def turn(value: str) -> Edit:
        def edit(book: openpyxl.Workbook) -> None:
            book["mentions"].cell(row_of(book["mentions"], "FOF-2021-11/067-IFAD", "20"), 4).value = value

        return edit

    take_back(edited(package, turn("passing")), "A reader", "Read again", package)
    kept = load(package).corrections
    assert take_back(edited(package, lambda book: None), "Another", "twice", package) == []
    pd.testing.assert_frame_equal(load(package).corrections, kept)
    take_back(edited(package, turn("substantive")), "A reader", "as it was", package)
    assert load(package).corrections.empty


def test_a_workbook_from_before_a_correction_does_not_undo_it(package: Path) -> None:
    old = edited(package, lambda book: None).rename(package.parent / "old.xlsx")
    record(package, f"mentions,{KEY},engagement,substantive,passing,Another,2026-11-25,Read again")
    with pytest.raises(GfmdError, match=rf"written before corrections.csv last changed, without .*{KEY}; allowed: one"):
        take_back(old, "A reader", "why", package)
    assert len(load(package).corrections) == 1
    with pytest.raises(GfmdError, match=r"old\.xlsx exists; to take its edits back, add --who"):
        correct(old, package)


def test_what_would_break_the_data_or_has_no_reason_is_not_written(package: Path, tmp_path: Path) -> None:
    def loud(book: openpyxl.Workbook) -> None:
        book["mentions"].cell(2, 4).value = "loud"

    def passing(book: openpyxl.Workbook) -> None:
        book["mentions"].cell(2, 4).value = "passing"

    before = (package / "corrections.csv").read_bytes()
    with pytest.raises(DataError, match="found 'loud'; allowed: one of substantive"):
        take_back(edited(package, loud), "A reader", "why not", package)
    with pytest.raises(DataError, match="sheet mentions, row 2, column why: found an empty cell; allowed: a reason"):
        take_back(edited(package, passing), "A reader", "", package)
    (tmp_path / "no.xlsx").write_text("no workbook")
    with pytest.raises(GfmdError, match="found no workbook"):
        take_back(tmp_path / "no.xlsx", "A reader", "why", package)
    assert (package / "corrections.csv").read_bytes() == before
    assert validate(package) == []


ADDED = {"intervention": "FOF-2021-11/067-IFAD", "basis": "explicit", "engagement": "reference"}


def test_numbers_in_added_rows_are_the_same_as_their_texts_and_added_rows_can_be_corrected(package: Path) -> None:
    spoken = ADDED["intervention"]
    rows = [f"mentions,{spoken} / 12,engagement,reference,passing,A reader,2026-11-25,A clause"]  # before its row
    for number in ("12", 3, 9.0):
        new = json.dumps(ADDED | {"objective": number, "note": None}).replace('"', '""')
        rows.append(f'mentions,{spoken} / {int(number)},,,"{new}",A reader,2026-11-25,Was missed')
    record(package, *rows)
    found = load(package).mentions.set_index(["intervention", "objective"])
    assert [found.loc[(spoken, number), "engagement"] for number in (12, 3, 9)] == ["passing", *["reference"] * 2]
    assert found.loc[[(spoken, number) for number in (12, 3, 9)], "note"].isna().all()


def cited_practice(package: Path) -> tuple[str, list[str]]:
    cited = pd.read_csv(package / "practice_citations.csv", dtype="str", keep_default_na=False)
    practice = cited["practice"].value_counts().index[0]
    return practice, [" / ".join(row).strip() for row in cited[cited["practice"] == practice].itertuples(index=False)]


def test_what_names_a_dropped_row_is_told(package: Path) -> None:
    practice, citations = cited_practice(package)
    record(package, f"practices,{practice},,x,,A reader,2026-11-25,Not a practice")
    with pytest.raises(DataError) as refused:
        load(package)
    told = str(refused.value)
    assert f"corrections.csv, row 2, column key: found '{practice}' dropped, which {len(citations)} rows" in told
    assert all(f"practice_citations.csv: {citation}" in told for citation in citations)


def test_a_practice_deleted_in_the_workbook_takes_its_citations_with_it(package: Path) -> None:
    practice, citations = cited_practice(package)

    def delete(book: openpyxl.Workbook) -> None:
        book["practices"].delete_rows(row_of(book["practices"], practice))

    told = take_back(edited(package, delete), "A reader", "Not a practice", package)
    assert len(told) == 1 + len(citations)
    assert any(line.startswith(f"practices, {practice}: row dropped (name ") for line in told)
    for citation in citations:
        assert f"practice_citations, {citation}: row dropped, as it goes with practices, {practice}" in told
    after = load(package)
    assert practice not in set(after.practices["practice"]) | set(after.practice_citations["practice"])


def test_what_is_wrong_in_a_workbook_is_named_by_sheet_and_row(package: Path) -> None:
    """All at once, each with the row that it would have in corrections.csv."""
    spoken = load(package).interventions["actor"].iloc[0]

    def break_it(book: openpyxl.Workbook) -> None:
        mentions = book["mentions"]
        mentions.cell(row_of(mentions, "FOF-2021-11/067-IFAD", "20"), 4).value = "substantiv"
        mentions.append(["FOF-2021-11/067-IFAD", 24, "explicit", "reference", None])
        book["actors"].delete_rows(row_of(book["actors"], spoken))

    def only_cells(book: openpyxl.Workbook) -> None:
        break_it(book)
        book["actors"].append([spoken, *["x"] * 8])

    with pytest.raises(DataError) as refused:
        take_back(edited(package, break_it), "A reader", "why not", package)
    assert f"sheet actors, column actor: found '{spoken}' dropped, which " in str(refused.value)
    path = edited(package, only_cells)
    sheet = openpyxl.load_workbook(path)["mentions"]
    with pytest.raises(DataError) as refused:
        take_back(path, "A reader", "why not", package)
    for said in (
        f"sheet mentions, row {row_of(sheet, 'FOF-2021-11/067-IFAD', '20')}, column engagement: found 'substantiv'; did you mean 'substantive'? Allowed: one of",
        f"sheet mentions, row {sheet.max_row}, column objective: found '24'; allowed: a whole number from 1 to 23 (mentions.csv, objective) (row ",
        " of corrections.csv)",
    ):
        assert said in str(refused.value)


def test_a_corrected_correction_holds_the_first_old_and_the_last_new(package: Path) -> None:
    for value in ("passing", "reference"):

        def edit(book: openpyxl.Workbook, value: str = value) -> None:
            book["mentions"].cell(row_of(book["mentions"], "FOF-2021-11/067-IFAD", "20"), 4).value = value

        (told,) = take_back(edited(package, edit), "A reader", "Read again", package)
        assert told == f"mentions, {KEY}: engagement 'substantive' → '{value}'"
    (row,) = load(package).corrections.itertuples()
    assert (row.old, row.new) == ("substantive", "reference")


def test_a_workbook_of_another_form_is_refused_and_a_missing_place_named(package: Path) -> None:
    def renamed(book: openpyxl.Workbook) -> None:
        book["mentions"].cell(1, 2).value = "goal"

    def doubled(book: openpyxl.Workbook) -> None:
        book["mentions"].append([cell.value for cell in book["mentions"][2]])

    with pytest.raises(DataError, match="sheet mentions, row 1: found 'Goal' in place of 'Objective'"):
        take_back(edited(package, renamed), "A reader", "why", package)
    with pytest.raises(DataError, match=r"sheet mentions, row \d+, column intervention, objective: .* a second time"):
        take_back(edited(package, doubled), "A reader", "why", package)
    with pytest.raises(GfmdError, match="found 2 data folders in use; allowed: one"):
        correct(package.parent / "new.xlsx", package, package)
    (package / "corrections.csv").unlink()
    with pytest.raises(DataError, match=r"corrections\.csv: found no readable file"):
        correct(package.parent / "new.xlsx", package)


def test_a_row_is_not_added_under_the_key_of_another(package: Path) -> None:
    new = json.dumps(ADDED | {"objective": 12}).replace('"', '""')
    record(package, f'mentions,FOF-2021-11/067-IFAD / 11,,,"{new}",A reader,2026-11-25,Was missed')
    with pytest.raises(
        DataError, match=r"for the row 'FOF-2021-11/067-IFAD / 12'; .*allowed: the key of the row in new"
    ):
        load(package)


def test_a_package_may_lack_what_not_every_meeting_has(package: Path) -> None:
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    left = [each for each in descriptor["resources"] if each["name"] not in OPTIONAL]
    (package / "datapackage.json").write_text(json.dumps(descriptor | {"resources": left}), encoding="utf-8")
    assert validate(package) == []
    assert {name: len(load(package).require(name)) for name in OPTIONAL} == dict.fromkeys(OPTIONAL, 0)
