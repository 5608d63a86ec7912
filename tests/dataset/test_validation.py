"""Broken data are refused with one clear message each; changes that mean nothing are not."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from gfmd_analysis import Dataset, load, validate
from gfmd_analysis.cli import app
from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, schema
from gfmd_analysis.dataset.objectives import IMRF_ROUNDTABLES
from gfmd_analysis.errors import MOST_SHOWN, DataError, shown

Change = Callable[[str], str]


def edit(package: Path, file: str, change: Change, encoding: str = "utf-8") -> None:
    path = package / file
    path.write_bytes(change(path.read_text(encoding="utf-8")).encode(encoding))


def line(prefix: str, new: str | None) -> Change:
    """Replace the line that begins so, or take it away."""

    def change(text: str) -> str:
        lines = text.splitlines()
        found = [number for number, row in enumerate(lines) if row.startswith(prefix)]
        assert found, prefix
        lines[found[0] : found[0] + 1] = [] if new is None else [new]
        return "\n".join(lines) + "\n"

    return change


def test_the_projects_own_data_are_valid() -> None:
    assert validate(DEFAULT_FOLDER) == []


WRONG: dict[
    str, list[tuple[str, Change, str]]
] = {  # what keeps a table from being read hides its cells, wrong cells hide the rules
    "no table": [
        (
            "recommendations.csv",
            lambda text: text.replace("\n", ",x\n", 1),
            "recommendations.csv, row 1: found columns unknown 'x'",
        ),
        ("ties.csv", lambda text: text[: len(text) // 2], "ties.csv, row"),
        (
            "paragraphs.csv",
            lambda text: text.replace("FOF-2021-11,50,", "FOF-2021-11,50\x00,"),
            "row 51, column paragraph: found a NUL character",
        ),
    ],
    "no table either": [
        ("ties.csv", lambda text: text.replace(",", "|"), "ties.csv, row 1: found columns missing 'intervention'"),
        (
            "practices.csv",
            lambda text: text.replace("PAISD,", "PAISD," + "x" * 200_000, 1),
            "found a cell of over 131,072 characters",
        ),
    ],
    "cells and keys": [
        (
            "actors.csv",
            line("CAN,", None),
            "interventions.csv, row 85, column actor: found 'CAN'; allowed: one that is in actors (actor)",
        ),
        (
            "mentions.csv",
            line("FOF-2021-11/067-IFAD,20", "FOF-2021-11/067-IFAD,24,explicit,substantive,"),
            "column objective: found '24'; allowed: a whole number from 1 to 23",
        ),
        (
            "mentions.csv",
            lambda text: text + text.splitlines()[1] + "\n",
            "column intervention, objective: found 'FOF-2021-11/012-SWE / 23' a second time; allowed: each key once",
        ),
        (
            "quantities.csv",
            lambda text: text.replace("540000000000", "540 bn"),
            "column value: found '540 bn'; allowed: a number (decimal point) from 0 to 1,000,000,000,000,000",
        ),
        (
            "meetings.csv",
            lambda text: text.replace("2021-11-18", "2021-11-31", 1),
            "column date: found '2021-11-31'; allowed: a date that exists",
        ),
        (
            "practices.csv",
            lambda text: text.replace("PAISD,", "PAISD,=HYPERLINK(1) ", 1),
            "allowed: text that no spreadsheet runs as a formula",
        ),
        (
            "actors.csv",
            lambda text: text.replace("FRA,France", "FRA,Fr\u0430nce"),
            "; found in it: cyrillic small letter a",
        ),
        (
            "actors.csv",
            lambda text: text.replace("SEN,Senegal", 'SEN,"S\u00e9n\u00e9gal\nx"'),
            r"column name: found 'S\xe9n\xe9gal\nx'; allowed: plain text",
        ),
    ],
    "rules": [
        (
            "actors.csv",
            line("EGY,", "EGY,Egypt,Egypt,state,states,EGY,142,015,false,"),
            "column m49_region: found '142'; allowed: the UN M49 code for the country, or the region of the sub-region (002)",
        ),
        (
            "coding/draft_quality.csv",
            line("FOF-2021-11,actors,", "FOF-2021-11,actors,105,104,105,0.9"),
            "row 4, column agreed: found '105'; allowed: at most what is in both (104)",
        ),
        (
            "interventions.csv",
            lambda text: text.replace(",RT1,", ",RT2,", 1),
            "column section: found 'RT2'; allowed: the paragraph's section (RT1)",
        ),
        (
            "objectives.csv",
            lambda text: text.replace("20,RT3", "20,RT4"),
            "row 21, column roundtable: found 'RT4'; allowed: RT3",
        ),
        (
            "quantities.csv",
            lambda text: text.replace("540000000000,USD,exactly", "540000000000,percent,exactly"),
            "allowed: a percentage of at most 100",
        ),
        (
            "interventions.csv",
            lambda text: text.replace(",EC;EEAS,", ",EC;NOBODY,"),
            "column on_behalf_of: found 'EC;NOBODY'; allowed: codes that are in actors.csv, separated by ;",
        ),
        (
            "practices.csv",
            line("ADD,", "ADD,Abu Dhabi Dialogue,platform,ADD,ARE,,EGY;ZZZ,A process of the Abu Dhabi Dialogue."),
            "column places: found 'EGY;ZZZ'; allowed: ISO 3166-1 alpha-3 or UN M49 codes that exist",
        ),
        (
            "consolidated_recommendations.csv",
            lambda text: text.replace(",member_states,\n", ",member_states,FOF-2021-11/001-XXX\n", 1),
            "column related: found 'FOF-2021-11/001-XXX'; allowed: codes that are in interventions.csv",
        ),
    ],
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=list(WRONG))
def test_each_thing_wrong_is_named_with_file_row_column_found_and_allowed(
    package: Path, wrong: list[tuple[str, Change, str]]
) -> None:
    for file, change, _ in wrong:
        edit(package, file, change)
    with pytest.raises(DataError) as refused:
        load(package)
    said = "\n".join(map(str, refused.value.problems))
    assert [says for _, _, says in wrong if says not in said] == [], said


@pytest.mark.parametrize(
    ("encoding", "says"),
    [
        (
            "mac-roman",
            "which is neither UTF-8 nor a letter of Windows-1252; allowed: UTF-8 (in Excel: Save as, CSV UTF-8)",
        ),
        ("utf-16", "found UTF-16 text"),
    ],
)
def test_encodings_that_would_have_to_be_guessed_are_refused(package: Path, encoding: str, says: str) -> None:
    edit(package, "actors.csv", lambda text: text, encoding)
    assert [says in str(problem) for problem in validate(package)] == [True]


SPREADSHEETS: dict[str, tuple[Change, str]] = {  # more of them in test_torture.py
    "semicolons, byte-order mark, CRLF, truths in French": (lambda text: "\ufeff" + as_csv(in_french(text), ";").replace("\n", "\r\n"), "utf-8"),
    "Windows-1252, regions as numbers": (lambda text: re.sub(r"(?<=,)0+(?=\d+,)", "", text), "cp1252"),
    "tabs, whole numbers with a point": (lambda text: as_csv(re.sub(r"(?m)(?<=,)(\d+)(?=,[A-Z]{3},|,opening|,exactly|,substantive)", r"\1.0", text), "\t"), "utf-8"),
}  # fmt: skip


def in_french(text: str) -> str:
    return text.replace(",true,", ",VRAI,", 1).replace(",false,", ",FAUX,")  # two spellings of one truth in a column


def as_csv(text: str, separator: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(csv.reader(io.StringIO(text)))
    return out.getvalue()


@pytest.mark.parametrize(("change", "encoding"), SPREADSHEETS.values(), ids=list(SPREADSHEETS))
def test_what_spreadsheets_write_is_read(package: Path, change: Change, encoding: str) -> None:
    before = load(package)
    for name in ("actors", "interventions", "mentions", "quantities", "practices"):
        edit(package, f"{name}.csv", change, encoding)
    for name, table in load(package).tables.items():
        pd.testing.assert_frame_equal(table, before.tables[name])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2021-11-18", "18/11/2021"),
        (",1.6,", ',"1,6",'),
        ("540000000000", "5.4E+11"),
        ("540000000000", "540,000,000,000"),
    ],
)
def test_what_a_spreadsheet_made_ambiguous_is_refused_with_its_cell(package: Path, before: str, after: str) -> None:
    edit(
        package,
        "quantities.csv",
        lambda text: text.replace(before, after if "," not in after or '"' in after else f'"{after}"'),
    )
    columns = {problem.column for problem in validate(package)}
    assert columns and columns <= {"value", "period_start", "period_end"}


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed here")
def test_all_tables_opened_and_saved_in_libreoffice_are_the_same(package: Path, data: Dataset, tmp_path: Path) -> None:
    tables = [package / table.path for table in schema().values()]
    home = f"-env:UserInstallation=file://{tmp_path / 'office'}"
    for folder in {path.parent for path in tables}:
        names = [str(path) for path in tables if path.parent == folder]
        utf8 = "Text - txt - csv (StarCalc):44,34,76,1"
        order = ["soffice", home, "--headless", f"--infilter={utf8}", "--convert-to", f"csv:{utf8}", "--outdir"]
        subprocess.run(
            [*order, str(tmp_path / "saved" / folder.name), *names], check=True, capture_output=True, timeout=300
        )
        for name in names:
            shutil.copy(tmp_path / "saved" / folder.name / Path(name).name, name)
    for name, table in load(package).tables.items():
        pd.testing.assert_frame_equal(table, data.tables[name])


def test_a_missing_file_and_a_missing_folder(package: Path, tmp_path: Path) -> None:
    (package / "ties.csv").unlink()
    assert [str(problem) for problem in validate(package)] == [
        "ties.csv: found no readable file (No such file or directory); allowed: a plain file for every table of datapackage.json"
    ]
    assert "datapackage.json" in str(validate(tmp_path / "nowhere")[0])


def test_all_problems_come_at_once(package: Path) -> None:
    edit(
        package,
        "mentions.csv",
        lambda text: text.replace(",23,explicit", ",24,explicit").replace(
            "inferred,substantive", "guessed,substantive", 1
        ),
    )
    edit(package, "actors.csv", line("FRA,", None))
    problems = validate(package)
    assert {problem.file for problem in problems} >= {"mentions.csv", "ties.csv", "interventions.csv"}
    assert {problem.found for problem in problems} >= {"'24'", "'guessed'", "'FRA'"}


@pytest.mark.parametrize(
    ("name", "path"),
    [("leaves the folder", "../ties.csv"), ("is absolute", "/etc/hostname"), ("is too long", "a" * 300)],
)
def test_a_path_that_leaves_the_folder(package: Path, name: str, path: str) -> None:
    edit(package, "datapackage.json", lambda text: text.replace('"ties.csv"', f'"{path}"'))
    assert f"found path {shown(path)}; allowed: a plain file inside the package's folder, not a link" in str(
        validate(package)[0]
    ), name


def test_a_link_is_not_followed(package: Path, tmp_path: Path) -> None:
    (package / "ties.csv").rename(tmp_path / "elsewhere.csv")
    (package / "ties.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert "not a link" in str(validate(package)[0])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_not_waited_for(package: Path) -> None:
    for name in ("ties.csv", "datapackage.json"):
        (package / name).unlink()
        os.mkfifo(package / name)
        assert [name in str(problem) and problem.found == "no plain file" for problem in validate(package)] == [True]


SWOLLEN = 300_000  # a time that grew with the square would be minutes


@pytest.mark.parametrize(
    "swollen",
    [
        lambda text: ",".join(map(str, range(SWOLLEN))) + "\n",
        lambda text: text + "x," * SWOLLEN + "\n",
        lambda text: text.splitlines()[0] + "\n" * SWOLLEN + text.splitlines()[1] + "\n",
        lambda text: text + '"' + text * 3,
    ],
    ids=["a header of many columns", "a row of many cells", "many empty lines", "a quote left open"],
)
def test_a_file_that_swells_is_refused_in_seconds_and_in_few_words(package: Path, swollen: Change) -> None:
    edit(package, "ties.csv", swollen)
    began = time.process_time()
    problems = validate(package)
    assert time.process_time() - began < 5
    assert {problem.file for problem in problems} == {"ties.csv"}
    assert len(problems) <= MOST_SHOWN
    assert len(str(DataError(problems))) < 50_000


def test_thirty_thousand_orphans_are_told_in_seconds(package: Path) -> None:
    rows = "".join(f"FOF-2021-11/104-Q{number},1,explicit,substantive,\n" for number in range(30_000))
    edit(package, "mentions.csv", lambda text: text.splitlines()[0] + "\n" + rows)
    began = time.process_time()
    said = str(DataError(validate(package)))
    assert time.process_time() - began < 2
    assert said.endswith(" more")


def test_a_schema_that_allows_more_than_the_contract_is_refused(package: Path) -> None:
    edit(package, "datapackage.json", lambda text: text.replace('"maximum": 23', '"maximum": 24'))
    assert "allowed: the contract's schema for this table" in str(validate(package)[0])


DESCRIPTORS: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a list": (lambda whole: [whole], "found a JSON list; allowed: a JSON object"),
    "another type": (
        lambda whole: field_of(whole).update(type="text") or whole,
        "of type 'text'; allowed: one of string",
    ),
    "two columns of one name": (
        lambda whole: field_of(whole).update(name="meeting") or whole,
        "allowed: each column once",
    ),
    "a draft": (
        lambda whole: field_of(whole).update(name="review") or whole,
        "found a draft: tables with a column review",
    ),
}


def field_of(descriptor: dict[str, Any]) -> dict[str, Any]:
    field: dict[str, Any] = descriptor["resources"][0]["schema"]["fields"][1]
    return field


@pytest.mark.parametrize("wrong", DESCRIPTORS.values(), ids=list(DESCRIPTORS))
def test_a_descriptor_of_another_form_is_refused(package: Path, wrong: tuple[Callable[..., object], str]) -> None:
    change, says = wrong
    path = package / "datapackage.json"
    path.write_text(json.dumps(change(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")
    with pytest.raises(DataError, match=says):
        load(package)


def test_the_command_exits_1_without_a_traceback(package: Path) -> None:
    edit(package, "mentions.csv", lambda text: text.replace("explicit", "implied", 1))
    done = CliRunner().invoke(app, ["validate", str(package)])
    assert (done.exit_code, type(done.exception)) == (1, SystemExit)
    assert "column basis: found 'implied'; allowed: one of explicit, inferred" in done.stdout


def test_frictionless_itself_finds_the_package_valid() -> None:
    from frictionless import Package

    outcome = Package(str(DEFAULT_FOLDER / "datapackage.json")).validate()
    assert outcome.valid, outcome.flatten(["title", "rowNumber", "fieldName", "note"])


def test_every_column_is_described_and_every_text_limited() -> None:
    for table in schema().values():
        for column in table.fields:
            assert column.description, (table.name, column.name)
            assert column.type != "string" or column.enum or "maxLength" in column.constraints, (
                table.name,
                column.name,
            )


def test_the_roundtables_share_out_the_23_objectives() -> None:
    assert sorted(number for numbers in IMRF_ROUNDTABLES.values() for number in numbers) == list(range(1, 24))


@pytest.mark.parametrize("file", ["coding/adjudication.csv", "coding/a/mentions.csv", "mentions.csv"])
def test_a_header_that_stands_twice_is_refused(package: Path, file: str) -> None:
    edit(package, file, lambda text: text + text.splitlines()[0] + "\n")
    row = len((package / file).read_text(encoding="utf-8").splitlines())
    with pytest.raises(DataError) as refused:
        load(package)
    assert f"{file}, row {row}: found the header a second time" in str(refused.value)


@pytest.mark.parametrize("place", [b"Egypt", b"EGY", b"The "])
@pytest.mark.parametrize("file", ["coding/adjudication.csv", "interventions.csv", "ties.csv"])
def test_half_a_letter_is_no_letter(package: Path, file: str, place: bytes) -> None:
    raw = (package / file).read_bytes()
    where = raw.find(place, raw.index(b"\n"))
    if where < 0:
        pytest.skip("the text is not in this file")
    (package / file).write_bytes(raw[: where + 3] + b"\xc3" + raw[where + 3 :])
    with pytest.raises(DataError) as refused:
        load(package)
    row = raw[:where].count(b"\n") + 1
    assert f"{file}, row {row}, column " in str(refused.value)
    assert "found byte 0xc3, which is neither UTF-8 nor a letter of Windows-1252" in str(refused.value)
