"""The documents of a briefing: complete, cited, accessible, the same on every run, and two pages where they say so."""

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pdfplumber
import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from gfmd_analysis import Dataset, GfmdError, load
from gfmd_analysis.dataset.schema import DEFAULT_FOLDER, dictionary
from gfmd_analysis.documents.input_report import input_report
from gfmd_analysis.documents.two_pages import FIGURES, brief
from gfmd_analysis.documents.word import TEMPLATES
from gfmd_analysis.documents.workbook import sheets, workbook
from gfmd_analysis.documents.write import write_documents
from gfmd_analysis.figures.display import Caption
from tests.synthetic import write_meetings

FILES = ("coverage-brief.docx", "coverage-brief.pdf", "input-report-draft.docx", "tables.xlsx")
SIZES = ((1600, 1680), (1600, 1080), (1600, 1100))
CITATION = re.compile(r"\[((?:[A-Z0-9-]+ )?[\d, –;A-Z-]+)\]")
HOSTILE = (
    '<b>& "quotes" {{ title }} {% endif %} </w:t>',
    "=HYPERLINK(1)+cmd",
    "مدينة صفاقس",
    "#let x = *bold* _it_ $y$",
    "Ab" * 150,
    "{%p for x in y %}",
)


def captions(folder: Path) -> list[Caption]:
    """Put pictures into a folder, as the notebooks leave them, and give their captions."""
    entries = []
    for place, ((name, *_), size) in enumerate(zip(FIGURES, SIZES, strict=True)):
        Image.new("RGB", size, "#DDDDDD").save(folder / f"{name}.png", dpi=(300, 300))
        entries.append(
            Caption(name, f"Finding {name}", f"What {name} shows. A note.", "", f"Alt of {name} & <all>", "01", place)
        )
    return entries


def built(data: Dataset, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    write_documents(data, captions(folder), folder)
    return folder / "briefing"


@pytest.fixture(scope="module")
def briefing(data: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(data, tmp_path_factory.mktemp("figures"))


def lines(path: Path) -> list[tuple[str, str]]:
    """Give the style and text of each paragraph, those of tables too."""
    document = Document(str(path))
    names = {style.style_id: style.name for style in document.styles}
    found = []
    for paragraph in document.element.body.iter(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        text = "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
        found.append((names.get(style.get(qn("w:val")), "") if style is not None else "Normal", text))
    return found


def source_line(text: str) -> set[int]:
    """Give the paragraphs that a text cites in brackets, runs opened up."""
    numbers: set[int] = set()
    for group in CITATION.findall(text):
        for part in re.split(r"[,;] ?", group):
            first, _, last = part.partition("–")
            numbers |= set(range(int(first), int(last or first) + 1))
    return numbers


def topics(path: Path) -> Iterator[tuple[str, int | None, list[tuple[str, str]]]]:
    """Give each topic of the report: part, objective (none where it has none), and its lines."""
    part, objective, body = "", None, []
    for style, text in lines(path):
        if style in ("Heading 1", "Heading 2", "Heading 3"):
            yield part, objective, body
            number = re.match(r"Objective (\d+)\. ", text) if style == "Heading 3" else None
            part, objective, body = (text if style == "Heading 1" else part), int(number[1]) if number else None, []
        else:
            body.append((style, text))
    yield part, objective, body


def lacking(path: Path, data: Dataset) -> list[str]:
    """Name what the draft input report lacks of the data: statement, mention, practice or recommendation."""
    report = [(part[:6], objective, "\n".join(text for _, text in body)) for part, objective, body in topics(path)]
    names = data.actors.set_index("actor")["name"]
    spoken = data.interventions.set_index("intervention")
    missing = []

    def seek(what: str, part: str, objective: object, pattern: str) -> None:
        wanted = None if objective != objective or objective is None else int(str(objective))
        if not any(
            title == part and number == wanted and re.search(pattern, text, re.M) for title, number, text in report
        ):
            missing.append(f"{what} under objective {wanted}")

    for row in data.long().itertuples():
        name, said = re.escape(names[row.actor]), re.escape(spoken.loc[row.intervention, "summary"])
        line = rf"^{name}( \(\w+\))?: {said}.* \[{row.paragraph}\]"
        only = rf"^Only named by .*?{name} \[(?:[^\]]*\D)?{row.paragraph}\D"
        seek(row.intervention, "Part 1", row.objective, only if row.engagement == "reference" else line)
    practices = data.practices.set_index("practice")
    for row in data.practice_citations.itertuples():
        name, summary = (re.escape(practices.loc[row.practice, column]) for column in ("name", "summary"))
        seek(row.practice, "Part 1", row.objective, rf"^{name} \(.*\): {summary} \[[\d, –]+\]$")
    asked = data.recommendations.merge(data.recommendation_objectives, how="left").merge(
        data.interventions, on="intervention"
    )
    for row in asked.itertuples():
        where, by = re.escape(row.text) + rf" \[{row.paragraph}\]$", re.escape(names[row.actor])
        seek(row.recommendation, "Part 2", row.objective, rf"(?:^|^Also, {by}: ){where}(?:\n.*)*?\nAsked by .*{by}")
    return missing


def test_the_report_holds_every_statement_practice_and_recommendation_under_its_objective(
    briefing: Path, data: Dataset
) -> None:
    assert lacking(briefing / "input-report-draft.docx", data) == []


@pytest.mark.parametrize("table", ["recommendations", "practice_citations", "mentions"])
def test_what_the_report_lacks_would_be_seen(briefing: Path, data: Dataset, table: str) -> None:
    more = data.tables[table].iloc[[0]]
    other = 11 if table != "recommendations" else None
    changed = more.assign(objective=other).astype(data.tables[table].dtypes) if other else more.assign(text="Stop.")
    assert lacking(briefing / "input-report-draft.docx", Dataset({**data.tables, table: changed})) != []


def test_every_citation_of_the_documents_is_a_paragraph_in_the_data(briefing: Path, data: Dataset) -> None:
    known = set(data.interventions["paragraph"].astype(int))
    for name in ("coverage-brief.docx", "input-report-draft.docx"):
        assert source_line("\n".join(text for _, text in lines(briefing / name))) <= known
    items = [
        (style, text)
        for style, text in lines(briefing / "input-report-draft.docx")
        if style in ("List Bullet", "List Number")
    ]
    assert [text for _, text in items if not re.search(r"\[[\d, –]+\]\*?\s*$", text)] == []
    messages = [text for style, text in lines(briefing / "coverage-brief.docx") if style == "List Bullet"]
    assert len(messages) == 5
    assert all(source_line(text) for text in messages)


def test_what_each_line_says_stands_in_the_paragraph_that_it_cites(briefing: Path, data: Dataset) -> None:
    said: dict[str, set[int]] = {}
    for text, number in data.interventions[["summary", "paragraph"]].itertuples(index=False):
        said.setdefault(text, set()).add(number)
    checked = 0
    for _, text in lines(briefing / "input-report-draft.docx"):
        for summary, numbers in said.items():
            if f": {summary}" in text:
                assert source_line(text) <= numbers
                checked += 1
    assert checked >= len(data.interventions)


def test_the_key_messages_are_computed(data: Dataset, briefing: Path) -> None:
    words = brief(data, captions(briefing.parent))
    text = " ".join(f"{message['lead']} {message['text']}" for message in words["messages"])
    for fact in (
        "97 practices",
        "158 recommendations",
        "73 of 158",
        "Objectives 9 and 22 have",
        "objectives 3 and 12 have",
    ):
        assert fact in text
    fewer = Dataset(
        {**data.tables, "practices": data.practices.iloc[1:], "practice_citations": data.practice_citations.iloc[2:]}
    )
    assert "96 practices" in brief(fewer, captions(briefing.parent))["messages"][3]["lead"]


def test_no_number_is_typed_into_a_template() -> None:
    for name in ("coverage-brief.docx", "input-report.docx"):
        shown = [
            re.sub(r"\{[{%].*?[%}]\}", "", text)
            for style, text in lines(Path(str(TEMPLATES / name)))
            if style != "Caption"
        ]
        assert not [text for text in shown if re.search(r"\d", text)]


def test_an_office_can_put_its_own_letterhead(
    data: Dataset, briefing: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = Path(shutil.copytree(str(TEMPLATES), tmp_path / "templates"))
    document = Document(str(own / "coverage-brief.docx"))
    document.sections[0].header.paragraphs[0].text = "Office of the Regional Coordinator"
    document.save(str(own / "coverage-brief.docx"))
    monkeypatch.setattr("gfmd_analysis.documents.word.TEMPLATES", own)
    place = built(data, tmp_path / "figures")
    assert "Regional Coordinator" in Document(str(place / "coverage-brief.docx")).sections[0].header.paragraphs[0].text


def test_the_contents_list_every_part_and_chapter(briefing: Path) -> None:
    document = Document(str(briefing / "input-report-draft.docx"))
    found = lines(briefing / "input-report-draft.docx")
    headings = [text for style, text in found if style in ("Heading 1", "Heading 2")]
    assert [text for style, text in found if style in ("TOC 1", "TOC 2")] == headings
    body = document.element.body
    assert [node.text.split()[0] for node in body.iter(qn("w:instrText"))][:1] == ["TOC"]
    kinds = [node.get(qn("w:fldCharType")) for node in body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") >= 2
    marks = [node.get(qn("w:name")) for node in body.iter(qn("w:bookmarkStart"))]
    assert len(marks) == len(set(marks))
    assert {node.get(qn("w:anchor")) for node in body.iter(qn("w:hyperlink"))} <= set(marks)


def test_word_documents_are_accessible(briefing: Path, data: Dataset) -> None:
    for name in ("coverage-brief.docx", "input-report-draft.docx"):
        document = Document(str(briefing / name))
        properties = document.core_properties
        assert (properties.language, properties.created.date()) == ("en-GB", data.meetings["date"].iloc[0].date())
        assert properties.title == lines(briefing / name)[0][1]
        assert {node.get(qn("w:val")) for node in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
        footer = "".join(node.text or "" for node in document.sections[0].footer._element.iter(qn("w:instrText")))
        assert footer.split() == ["PAGE", "NUMPAGES"]
        for table in document.tables:
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    body = Document(str(briefing / "coverage-brief.docx")).element.body
    pictures = list(body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"))
    assert [node.get("descr") for node in pictures] == [f"Alt of {name} & <all>" for name, *_ in FIGURES]
    numbered = [text for style, text in lines(briefing / "coverage-brief.docx") if style == "Caption"]
    assert [text.split(".")[0] for text in numbered] == ["Figure 1", "Figure 2", "Figure 3"]
    assert [node.text.split()[0] for node in body.iter(qn("w:instrText"))] == ["SEQ"] * 3


def test_the_pdf_has_two_pages_and_says_that_it_is_accessible(briefing: Path) -> None:
    raw = (briefing / "coverage-brief.pdf").read_bytes()
    assert b"pdfuaid" in raw
    assert b"/StructTreeRoot" in raw
    with pdfplumber.open(io.BytesIO(raw)) as pdf:
        assert len(pdf.pages) == 2
        assert "CreationDate" not in pdf.metadata
        assert pdf.metadata["Title"] == "Who spoke to which GCM objective: coverage brief"
        assert "Method and limits" in pdf.pages[1].extract_text()


@pytest.mark.skipif(
    "GFMD_OFFICE" not in os.environ, reason="set GFMD_OFFICE to the path of soffice to count Word pages"
)
def test_the_word_brief_has_two_pages(briefing: Path, tmp_path: Path) -> None:
    office = [os.environ["GFMD_OFFICE"], "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*office, str(briefing / "coverage-brief.docx")], check=True, capture_output=True, timeout=120)
    with pdfplumber.open(tmp_path / "coverage-brief.pdf") as pdf:
        assert len(pdf.pages) == 2


def test_a_missing_figure_stops_the_build_with_one_message(data: Dataset, tmp_path: Path) -> None:
    with pytest.raises(
        GfmdError, match=r"no figure lists_compared or rank_intervals.*there are: coverage_ranking, practices"
    ):
        write_documents(data, [entry for entry in captions(tmp_path) if entry.figure != "lists_compared"], tmp_path)
    entries = captions(tmp_path)
    (tmp_path / "coverage_ranking.png").unlink()
    with pytest.raises(GfmdError, match=r"no picture coverage_ranking\.png"):
        write_documents(data, entries, tmp_path)


def hostile(data: Dataset) -> Dataset:
    """Give the data with names and texts that a document must show and never run."""

    def rewrite(table: str, column: str) -> Callable[[Dataset], Dataset]:
        frame = data.tables[table].copy()
        frame[column] = [f"{HOSTILE[i % len(HOSTILE)]} {i}" for i in range(len(frame))]
        return frame

    changed = {
        name: rewrite(name, column)
        for name, column in (("practices", "name"), ("recommendations", "text"), ("actors", "name"))
    }
    changed["actors"]["short_name"] = changed["actors"]["name"]
    changed["meetings"] = data.meetings.assign(title=HOSTILE[0])
    return Dataset({**data.tables, **changed})


def test_hostile_names_come_out_as_themselves(data: Dataset, tmp_path: Path) -> None:
    harmful = hostile(data)
    place = built(harmful, tmp_path / "figures")
    text = "\n".join(line for _, line in lines(place / "input-report-draft.docx"))
    for table, column in (("practices", "name"), ("recommendations", "text")):
        assert [value for value in harmful.tables[table][column] if value not in text] == []
    assert HOSTILE[0] in lines(place / "coverage-brief.docx")[1][1]
    with pdfplumber.open(place / "coverage-brief.pdf") as pdf:
        assert HOSTILE[0] in pdf.pages[0].extract_text()
    written = {
        cell.value
        for row in openpyxl.load_workbook(place / "tables.xlsx")["data_practices"].iter_rows()
        for cell in row
    }
    assert set(harmful.practices["name"]) <= written
    assert formulas(place / "tables.xlsx") == []


def formulas(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as book:
        return [name for name in book.namelist() if re.search(rb"<f[ >]|<hyperlink", book.read(name))]


def test_the_workbook_holds_every_table_with_filters_and_frozen_headers(briefing: Path, data: Dataset) -> None:
    book = openpyxl.load_workbook(briefing / "tables.xlsx")
    assert formulas(briefing / "tables.xlsx") == []
    assert book.properties.created.date() == data.meetings["date"].iloc[0].date()
    for name, (_, table) in sheets(data).items():
        sheet = book[name]
        assert (sheet.max_row, sheet.max_column) == (len(table) + 1, len(table.columns))
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
    told = {(row[0].value, row[1].value) for row in book["dictionary"].iter_rows(min_row=2)}
    there = {
        (name.removeprefix("data_"), cell.value)
        for name in book.sheetnames
        if name.startswith("data_")
        for cell in book[name][1]
    }
    assert told == there
    assert all(book["guide"].cell(row, 2).value for row in range(2, len(book.sheetnames) + 1))
    words = dictionary()
    assert len(told) == (~words["table"].str.startswith("coding_")).sum()
    tidy = book["tidy"]
    heads = [cell.value for cell in tidy[1]]
    column = [tidy.cell(row, heads.index("objective") + 1).value for row in range(2, tidy.max_row + 1)]
    assert column == [None if value != value else value for value in data.long()["objective"].astype(object)]


def test_a_second_run_in_another_place_and_language_gives_the_same_bytes(briefing: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from gfmd_analysis import load; from tests.documents.test_documents import built;"
        "built(load(), Path(sys.argv[1]))"
    )
    other = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    other.pop("GFMD_DATA", None)
    place = tmp_path / "again"
    root = Path(__file__).resolve().parent.parent
    subprocess.run([sys.executable, "-c", code, str(place)], check=True, cwd=root, env=other, timeout=120)
    digests = [
        {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
        for folder in (briefing, place / "briefing")
    ]
    assert digests[0] == digests[1]


def test_several_meetings_without_practices_are_cited_by_meeting(tmp_path: Path) -> None:
    several = load(DEFAULT_FOLDER, write_meetings(tmp_path / "more", 2, 40))
    place = built(several, tmp_path / "figures")
    text = "\n".join(line for _, line in lines(place / "input-report-draft.docx"))
    assert "[FOF-2021-11 1]" in text
    silent = Dataset(
        {
            **several.tables,
            **{
                name: several.tables[name].head(0)
                for name in ("practices", "practice_citations", "recommendations", "recommendation_objectives")
            },
        }
    )
    words = input_report(silent)
    assert words["part_two"]["chapters"][-1]["topics"] == []
    assert len(words["annex"]["objectives"]) == 23
    assert len(brief(silent, captions(place.parent))["messages"]) == 3
    assert workbook(silent, silent.meetings["date"].max())


def test_a_meeting_without_practices_and_recommendations_makes_documents_too(tmp_path: Path) -> None:
    other = load(write_meetings(tmp_path / "data", 1, 40, first_year=2023))
    place = built(other, tmp_path / "figures")
    leads = [text for style, text in lines(place / "coverage-brief.docx") if style == "List Bullet"]
    assert len(leads) == 3
    assert not any("practice" in text or "recommendation" in text for text in leads)
    assert (place / "input-report-draft.docx").is_file()
    assert openpyxl.load_workbook(place / "tables.xlsx")["data_mentions"].max_row == 81


def test_what_a_meeting_lacks_has_another_figure_in_its_place(data: Dataset, tmp_path: Path) -> None:
    instead = [
        Caption(names[-1], "Finding", "What it shows.", "", "Alt", "01", place) for place, names in enumerate(FIGURES)
    ]
    assert [figure["name"] for figure in brief(data, instead)["figures"]] == [names[-1] for names in FIGURES]
    with pytest.raises(
        GfmdError, match="no figure practices_and_recommendations or coverage_by_setting for the coverage brief"
    ):
        brief(data, instead[:-1])
