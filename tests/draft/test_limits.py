"""A document that would swell or hang is stopped, in a sentence, and the place is named."""

import sys
import time
import zlib
from pathlib import Path

import openpyxl
import pytest
import typst

from gfmd_analysis import GfmdError
from gfmd_analysis.draft.adoption import read_sheets
from gfmd_analysis.draft.limits import read_within_limits
from gfmd_analysis.draft.paragraphs import cut
from gfmd_analysis.draft.report import read_document


def pdf_bomb(path: Path, size: int) -> Path:
    """Write a PDF of a few kB whose page's content unpacks to ``size`` bytes."""
    part, once = b"(a) Tj " * 1_000_000, zlib.compressobj(9)
    first, again = (once.compress(part) + once.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    times, check = size // len(part), 1
    for _ in range(times):
        check = zlib.adler32(part, check)
    packed = zlib.compress(first + again * (times - 1) + b"\3\0" + check.to_bytes(4, "big"), 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n" % len(packed) + packed + b"\nendstream",
    ]  # fmt: skip
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n" % number + each + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = (
        b"xref\n0 5\n0000000000 65535 f \n"
        + table
        + b"trailer\n<</Root 1 0 R/Size 5>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    )
    path.write_bytes(body + end)
    return path


def test_a_pdf_bomb_is_stopped(tmp_path: Path) -> None:
    bomb = pdf_bomb(tmp_path / "bomb.pdf", 400_000_000)
    assert bomb.stat().st_size < 20_000
    limit = r"0\.3 GB of memory" if sys.platform == "linux" else ""  # others may lack the limit, and the clock ends it
    with pytest.raises(GfmdError, match=rf"bomb\.pdf: found a file that takes more than {limit}.*page 1; allowed: "):
        read_within_limits("gfmd_analysis.draft.pdf:read_pdf", bomb, seconds=20, memory=300_000_000)


def test_time_is_limited(tmp_path: Path) -> None:
    (tmp_path / "slow.docx").write_bytes(b"")
    start = time.monotonic()
    with pytest.raises(GfmdError, match=r"more than 0\.2 s"):
        read_within_limits("tests.draft.test_limits:asleep", tmp_path / "slow.docx", seconds=0.2)
    assert time.monotonic() - start < 20


def asleep(path: Path) -> None:
    time.sleep(60)


@pytest.mark.parametrize("part", ["[", "*a", " ", "9", "&amp;", "a. ", "("])
def test_a_long_line_is_read_in_seconds_and_one_that_is_longer_is_refused(tmp_path: Path, part: str) -> None:
    path = tmp_path / "long.md"
    path.write_text("1. The Chair opened it.\n\n2. " + part * 8_000, encoding="utf-8")
    began = time.process_time()
    cut(read_document(path).text)
    assert time.process_time() - began < 3
    path.write_text("1. " + part * 110_000, encoding="utf-8")
    with pytest.raises(GfmdError, match=r"long\.md: found a line of [\d,]+ characters; allowed: "):
        read_document(path)


def test_a_cell_far_away_is_refused_and_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "meeting"
    book.active["XFD1048576"] = "x"
    book.save(tmp_path / "review.xlsx")
    with pytest.raises(GfmdError, match="XFD1048576, far outside the table"):
        read_sheets(tmp_path / "review.xlsx")


SENTENCE = "wells and canals were dug by hand in every spring that had been dry until the workers of the harbour came"
WORDS = SENTENCE.split()


def spoken(most: int) -> list[str]:
    return [
        f"{n}. {WORDS[n % 21].title()} {WORDS[n * 5 % 21]}: objective {n} needs {' '.join(WORDS[n * 3 % 21 :] + WORDS[: n * 7 % 21])}."
        for n in range(1, most)
    ]


def pdf_of(source: str, folder: Path) -> Path:
    (folder / "report.typ").write_text(source, encoding="utf-8")
    typst.compile(str(folder / "report.typ"), output=str(folder / "report.pdf"))
    return folder / "report.pdf"


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("width", [1, 2, 3, 4])
@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_columns_are_read_one_after_the_other(tmp_path: Path, width: int, paper: str) -> None:
    if (width, paper) == (4, "a5"):
        pytest.skip("columns of two words are none")
    source = f'#set page(paper: "{paper}", columns: {width}, header: [A/C.3/SR.4])\n#set par(justify: true)\n#set text(lang: "en")\n'
    found = cut(read_document(pdf_of(source + "\n\n".join(spoken(21)), tmp_path)).text).paragraphs
    assert [f"{each.number}. {each.text}" for each in found] == spoken(21)


@pytest.mark.usefixtures("in_process")
def test_a_line_across_the_columns_is_read_once_and_before_them(tmp_path: Path) -> None:
    across = "The harbour of the north and its workers: a report of a day of talks on wells"
    head = f'#set page(columns: 2)\n#set text(hyphenate: false)\n#place(top, scope: "parent", float: true)[{across}]\n'
    read = read_document(pdf_of(head + "\n\n".join(spoken(31)), tmp_path)).text
    assert read.split() == " ".join([across, *spoken(31)]).split()
