"""Reports as text, Word and PDF give the same paragraphs; every bad file is refused with one clear message."""

import zipfile
from pathlib import Path

import docx
import pytest
import typst
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from gfmd_analysis import GfmdError
from gfmd_analysis.draft.paragraphs import cut
from gfmd_analysis.draft.report import LARGEST_FILE, read_document

SPOKEN = [
    "Kenya opened the meeting and welcomed all 40 delegations to a long day of work on the objectives of the Compact in the "
    "region, which it had prepared with its neighbours and with civil society over the past year.",
    "Ghana said that training centres in two regions help young people to find work at home, and that the cooperation of "
    "transnational employers, who know the market, makes the difference between a paper and a job.",
    "IOM noted both.",
]
LOCKED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 1/R 2/P -4/O<" + b"00" * 32 + b">/U<" + b"11" * 32 + b">>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]/Size 4>>\n%%EOF"
)


def numbers_and_texts(path: Path) -> list[tuple[int, str]]:
    return [(paragraph.number, paragraph.text) for paragraph in cut(read_document(path).text).paragraphs]


def word_report(path: Path) -> Path:
    document = docx.Document()
    document.add_heading("Report of the meeting")
    for heading, text in zip(("Opening", "Discussion", ""), SPOKEN, strict=True):
        if heading:
            document.add_paragraph().add_run(heading).bold = True
        document.add_paragraph(text, style="List Number")
    document.save(str(path))
    return path


def pdf_report(path: Path) -> Path:
    parts = [
        '#set page(paper: "a5", height: 9cm, header: [Report of the meeting], numbering: "1 / 1")',
        "#set par(justify: true)", "#set super(typographic: false)", "= Report of the meeting", "*Opening*",
        f"1. {SPOKEN[0]}#footnote[A note of 12 words that stands below the text and is no part of it.]", "*Discussion*",
        f"2. {SPOKEN[1]}", f"3. {SPOKEN[2]}",
    ]  # fmt: skip
    source = path.with_suffix(".typ")
    source.write_text("\n\n".join(parts), encoding="utf-8")
    typst.compile(str(source), output=str(path))
    return path


def test_word_numbers_that_are_not_in_the_text_are_counted(tmp_path: Path) -> None:
    assert numbers_and_texts(word_report(tmp_path / "report.docx")) == list(enumerate(SPOKEN, start=1))


def test_a_pdf_gives_its_text_without_headers_page_numbers_and_footnotes(tmp_path: Path) -> None:
    assert numbers_and_texts(pdf_report(tmp_path / "report.pdf")) == list(enumerate(SPOKEN, start=1))


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("name", ["report.docx", "report.pdf"])
def test_headings_survive(tmp_path: Path, name: str) -> None:
    make = word_report if name.endswith("docx") else pdf_report
    found = cut(read_document(make(tmp_path / name)).text).paragraphs
    assert [paragraph.matter[-1:] for paragraph in found] == [("Opening",), ("Discussion",), ()]


@pytest.mark.usefixtures("in_process")
def test_the_public_report_reads_the_same_from_word(report: Path, tmp_path: Path) -> None:
    wanted = cut(read_document(report).text).paragraphs
    document = docx.Document()
    for paragraph in wanted:
        for line in paragraph.matter:
            document.add_paragraph().add_run(line).bold = True
        document.add_paragraph(paragraph.text, style="List Number")
    document.save(str(tmp_path / "report.docx"))
    assert [text for _, text in numbers_and_texts(tmp_path / "report.docx")] == [paragraph.text for paragraph in wanted]


def refused(path: Path, *said: str) -> None:
    with pytest.raises(GfmdError) as error:
        read_document(path)
    message = str(error.value)
    assert "\n" not in message and message.startswith(f"{path.name}: found ") and "; allowed: " in message
    assert all(each in message for each in said), message


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("latin.txt", "1. Caf\u00e9.\n2. No.\n".encode("latin-1"), "byte 0xe9 in line 1"),
        ("wide.txt", "1. One.".encode("utf-16"), "UTF-16"),
        ("bytes.md", b"1. One\0two.", "no text"),
        ("empty.txt", b"", "an empty file"),
        ("sheet.odt", b"1. One.", "ending '.odt'"),
        ("broken.pdf", b"%PDF-1.4 nothing more", "damaged PDF"),
        ("text.pdf", b"1. One.", "damaged PDF"),
        ("locked.pdf", LOCKED, "a PDF with a password"),
        ("broken.docx", b"PK\x03\x04 nothing more", "no readable .docx"),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a file with a password"),
    ],
)
def test_unreadable_files_are_refused(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    refused(path, said)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    refused(tmp_path / "absent.md", "no such file")
    (tmp_path / "folder.md").mkdir()
    refused(tmp_path / "folder.md", "a folder")


@pytest.mark.parametrize("name", ["large.txt", "large.docx", "large.pdf"])
def test_a_file_of_200_mb_is_refused_by_its_size_before_it_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(200_000_000)
    refused(path, "200 MB", f"at most {LARGEST_FILE // 1_000_000} MB")


def test_a_scan_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "scan.typ"
    source.write_text("#rect(width: 100%, height: 90%)\n#pagebreak()\n#circle(radius: 2cm)", encoding="utf-8")
    typst.compile(str(source), output=str(tmp_path / "scan.pdf"))
    refused(tmp_path / "scan.pdf", "2 pages with next to no text", "OCR")


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("tag", ["w:ins", "w:del", "w:moveFrom"])
def test_tracked_changes_are_refused(tmp_path: Path, tag: str) -> None:
    path = word_report(tmp_path / "report.docx")
    document = docx.Document(str(path))
    change = OxmlElement(tag)
    change.set(qn("w:author"), "A. Nalyst")
    document.paragraphs[2]._p.append(change)
    document.save(str(path))
    refused(path, "1 tracked change")


def packed(path: Path, member: str, size: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, b"\0" * size)
    return path


def test_a_zip_bomb_is_refused_unopened(tmp_path: Path) -> None:
    refused(packed(tmp_path / "bomb.docx", "word/document.xml", 30_000_000), "a zip bomb?")


@pytest.mark.usefixtures("in_process")
def test_a_part_that_leaves_the_archive_is_refused(tmp_path: Path) -> None:
    refused(packed(tmp_path / "out.docx", "../outside.xml", 10), "leaves the file")


@pytest.mark.usefixtures("in_process")
def test_a_word_file_with_broken_marks_is_refused(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph().add_run("1. Kenya spoke.").bold = True
    document.element.body.find(f".//{qn('w:b')}").set(qn("w:val"), "perhaps")
    document.save(str(tmp_path / "odd.docx"))
    refused(tmp_path / "odd.docx", "a damaged Word file")


@pytest.mark.usefixtures("in_process")
def test_a_word_file_without_a_document_is_refused(tmp_path: Path) -> None:
    refused(packed(tmp_path / "other.docx", "hello.txt", 10), "a damaged Word file")
