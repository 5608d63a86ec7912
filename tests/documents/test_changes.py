"""What changed is said by key, old → new, against the last commit; nothing where nothing did."""

import json
import subprocess
from pathlib import Path

import pytest

from gfmd_analysis.documents.changes import MOST_SHOWN, WIDTH, changed_findings, changed_rows, rows_between, told

OLD = "key,other,text\na,1,one\nb,1,two\n"


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def committed(tmp_path: Path) -> Path:
    """Give a package of one table, committed, in a folder inside a repository."""
    folder = tmp_path / "repository" / "data"
    folder.mkdir(parents=True)
    resource = {"name": "t", "path": "t.csv", "schema": {"primaryKey": ["key", "other"]}}
    (folder / "datapackage.json").write_text(json.dumps({"resources": [resource]}))
    (folder / "t.csv").write_text(OLD)
    git(folder.parent, "init", "--quiet")
    git(folder.parent, "add", ".")
    git(folder.parent, "commit", "--quiet", "-m", "x")
    return folder


def test_rows_are_told_by_key_with_the_spreadsheets_row_number(committed: Path) -> None:
    assert changed_rows(committed) == []
    (committed / "t.csv").write_text("key,other,text\nb,1,second\nc,1,three\n")
    assert changed_rows(committed) == [
        "t.csv, row 2, b, 1: text two → second",
        "t.csv, row 3, c, 1: new",
        "t.csv, a, 1: gone",
    ]


@pytest.mark.parametrize(
    "same",
    [
        "key,other,text\nb,1,two\na,1,one\n",
        OLD.replace("\n", "\r\n"),
        "\ufeff" + OLD,
        OLD.replace(",", ";"),
        OLD.replace("one", '"one"'),
    ],
    ids=["other order", "CRLF", "byte-order mark", "semicolons", "quotes"],
)
def test_what_a_spreadsheet_does_to_a_file_is_no_change(committed: Path, same: str) -> None:
    (committed / "t.csv").write_text(same, encoding="utf-8", newline="")
    assert changed_rows(committed) == []


def test_a_new_and_a_lost_table_are_told(committed: Path) -> None:
    (committed / "own.csv").write_text("x\n1\n")
    (committed / "t.csv").unlink()
    assert changed_rows(committed) == ["own.csv, row 2, 1: new", "t.csv, a, 1: gone", "t.csv, b, 1: gone"]


def test_without_history_or_without_a_package_nothing_is_told(tmp_path: Path) -> None:
    assert changed_rows(tmp_path) == []
    assert changed_rows(tmp_path / "nowhere") == []


def test_exchanged_rows_and_a_moved_key_are_told() -> None:
    moved = "key,other,text\na,1,two\nb,1,one\n"
    assert rows_between(OLD, moved, ["key"]) == ["row 2, a: text one → two", "row 3, b: text two → one"]
    assert rows_between(OLD, OLD.replace("b,", "c,"), ["key"]) == ["row 3, c: new", "b: gone"]
    assert rows_between(OLD, OLD + "a,1,one\n", ["key"]) == ["row 4, a (again, row 4): new"]


def test_a_correction_is_told_by_what_it_corrects() -> None:
    head, dropped = "table,key,column,old,new,who,when,why\n", '"{""practice"": ""P"", ""name"": ""A fund""}"'
    rows = (
        f'mentions,A / 3,,,"{{}}",R,D,W\npractices,P,,{dropped},,R,D,W\nmentions,A / 4,basis,inferred,explicit,R,D,W\n'
    )
    assert rows_between(head, head + rows, ["table", "key", "column"]) == [
        "row 2, mentions, A / 3: row added",
        "row 3, practices, P: row dropped (name A fund)",
        "row 4, mentions, A / 4: basis 'inferred' → 'explicit'",
    ]


def test_of_a_long_text_the_words_that_differ_are_told() -> None:
    long = "One two three four five six seven eight nine ten"
    for new, said in (
        (long.replace("five", "5"), "… four five six … → … four 5 six …"),
        (long.replace(" five", ""), "… four five six … → … four six …"),
        (long + " more", "… ten → … ten more"),
        ("Then " + long, "One … → Then One …"),
        ("", f"{long} → (empty)"),
    ):
        rows = rows_between(f"key,text\na,{long}\n", f"key,text\na,{new}\n", ["key"])
        assert rows == [f"row 2, a: text {said}"]


def test_findings_are_told_old_to_new() -> None:
    old, new = "key,text\nleast,Six objectives\nlost,x\n", "key,text\nleast,Seven objectives\nadded,y\n"
    assert changed_findings(old, old) == []
    assert changed_findings(old, new) == [
        "least:\nSix objectives\n→ Seven objectives",
        "lost:\nx\n→ (none)",
        "added:\n(none)\n→ y",
    ]
    assert changed_findings("", "") == []


def test_each_entry_stands_on_lines_of_its_own_that_a_screen_holds() -> None:
    lines = told("Findings", ["least:\n" + "Six objectives " * 20 + "\n→ Seven", "most:\none\n→ two"])
    assert max(map(len, lines)) <= WIDTH
    assert lines[1] == "  least:"
    assert [line for line in lines if "→" in line] == ["    → Seven", "    → two"]


def test_a_list_is_cut_to_what_can_be_read_and_an_empty_one_is_silent() -> None:
    assert told("Title", []) == []
    assert told("Title", map(str, range(MOST_SHOWN + 5)))[-1] == "  and 5 more"
