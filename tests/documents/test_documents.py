"""The documents of a briefing: cited, said once, laid out, accessible, the same on every run, on thin data too."""

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE as IMAGE

from gfmd_analysis import Dataset, GfmdError, NoDataError
from gfmd_analysis.claims import profile
from gfmd_analysis.documents.briefing import write_documents
from gfmd_analysis.documents.input_report import draft_report
from gfmd_analysis.documents.messages import key_messages
from gfmd_analysis.documents.numbered_recommendations import number_recommendations
from gfmd_analysis.documents.one_page import brief as one_page
from gfmd_analysis.documents.one_page import pages_on
from gfmd_analysis.documents.opening import gallery_page
from gfmd_analysis.documents.pdf import FILLED, rendered
from gfmd_analysis.documents.statements import homes, repeats
from gfmd_analysis.documents.structure import paragraph, short_document, words_of
from gfmd_analysis.documents.workbook import ROOM, sheets, to_xlsx, widths_of
from gfmd_analysis.figures.captions import Caption
from gfmd_analysis.practices.recommendations import codes, consolidated_recommendations, milestones, supporters
from tests.small_meeting import ROWS, small_meeting

LANGUAGES = {"brief": "en-GB", "brief-fr": "fr-FR", "brief-es": "es-ES", "input-report-draft": "en-GB"}
CITATION = re.compile(r"\[((?:[A-Z0-9-]+ )?[\d, –;A-Z-]+)\]")
FORMS = ["pdf", pytest.param("docx", marks=pytest.mark.long)]
MOST_WORDS, MOST_LINES, HANDFUL = 6500, 8, 12
HOSTILE = (
    '<b>& "quotes" {{ title }} {% endif %} </w:t>',
    "=HYPERLINK(1)+cmd",
    "مدينة صفاقس",
    "#let x = *bold* _it_ $y$",
    "Ab" * 150,
)


@pytest.fixture(scope="module")
def report(data: Dataset) -> dict[str, Any]:
    return draft_report(data)


@pytest.fixture(scope="module")
def briefing(data: Dataset, report: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("figures")
    with pytest.MonkeyPatch.context() as patch:  # not worded twice here; a second run elsewhere words it anew
        patch.setattr("gfmd_analysis.documents.briefing.draft_report", lambda _: report)
        write_documents(data, folder, locales=("en", "fr", "es"))
    return folder / "briefing"


def lines(path: Path) -> list[tuple[str, str]]:
    """Give the style and text of each paragraph."""
    document = Document(str(path))
    names = {style.style_id: style.name for style in document.styles}
    found = []
    for element in document.element.body.iter(qn("w:p")):
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        text = "".join(node.text or "" for node in element.iter(qn("w:t")))
        found.append((names.get(style.get(qn("w:val")), "") if style is not None else "Normal", text))
    return found


def cited(text: str) -> set[int]:
    """Give the paragraphs that a text cites in brackets, runs opened up."""
    numbers: set[int] = set()
    for group in CITATION.findall(text):
        for part in re.split(r"[,;] ?", group):
            first, _, last = part.rpartition(" ")[2].partition("–")
            numbers |= set(range(int(first), int(last or first) + 1))
    return numbers


def texts(told: dict[str, Any]) -> list[str]:
    """Give the paragraphs of a document, with their numbers."""
    blocks = [block for block in told["blocks"] if block["kind"] == "paragraph"]
    return [" ".join([block["number"], "".join(text for text, _ in block["parts"])]).strip() for block in blocks]


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_citation_of_the_documents_is_a_paragraph_in_the_data(name: str, briefing: Path, data: Dataset) -> None:
    known = set(data.interventions["paragraph"].astype(int))
    found = cited("\n".join(text for _, text in lines(briefing / f"{name}.docx")))
    assert found
    assert found <= known


def tail(summary: str) -> str:
    """Keep the end of a statement, which stands also where its speaker is not named again."""
    return summary[-60:]


def test_what_each_statement_says_stands_in_the_paragraph_that_it_cites(report: dict[str, Any], data: Dataset) -> None:
    said = data.interventions.set_index("summary")["paragraph"].to_dict()
    checked = 0
    for block in report["blocks"]:
        parts = [text for text, _ in block.get("parts", [])]
        for text, source in pairwise(parts):
            if found := {number for summary, number in said.items() if text.strip().endswith(tail(summary))}:
                assert cited(source) == found
                checked += 1
    assert checked == len(homes(data))


def test_a_speaker_is_named_once_in_a_paragraph_as_long_as_it_goes_on(report: dict[str, Any], data: Dataset) -> None:
    speakers = {tail(row.summary): row.actor for row in data.interventions.itertuples()}
    whole, pronouns = set(data.interventions["summary"]), 0
    for block in report["blocks"]:
        told = [text.strip() for text, _ in block.get("parts", [])]
        told = [text for text in told if tail(text) in speakers]
        for before, text in pairwise(told):
            goes_on = speakers[tail(before)] == speakers[tail(text)]
            assert goes_on == text.startswith("It ") == (text not in whole)
            pronouns += goes_on
        assert told[:1] == [text for text in told[:1] if text in whole]
    assert pronouns


def test_every_statement_on_an_objective_is_told_once_and_the_others_are_named(
    report: dict[str, Any], data: Dataset
) -> None:
    told, own = words_of(report), data.long()
    own = own[own["act"].isin(["statement", "update"])].drop_duplicates("intervention")
    left = next(text for text in texts(report) if "coded on no objective" in text)
    for row in own.itertuples():
        assert (
            told.count(tail(row.summary)) == (0 if row.objective != row.objective else 1)
            or row.engagement == "reference"
        )
        assert tail(row.summary) in told or row.paragraph in cited(left)


def test_a_statement_is_told_under_an_objective_that_it_takes_up(data: Dataset) -> None:
    mentions = data.mentions[data.mentions["engagement"] == "substantive"]
    taken = set(zip(mentions["intervention"], mentions["objective"].astype(int), strict=True))
    placed = {(code, number) for code, number in homes(data).items() if number}
    assert placed and placed <= taken
    assert homes(small_meeting())["002-BBB"] == 2  # of two that which it gives by number, though it asks on the other


def test_every_sentence_stands_once(report: dict[str, Any]) -> None:
    named = r"(?:related|session|welcomed by)[^:.]*: [^;]*"  # who stands behind a recommendation, no sentence
    prose = [re.sub(rf"{named}|(?:, (?:also )?for the [^\[;.]+)?\[[^\]]*\]\*?", "", text) for text in texts(report)]
    sentences = Counter(
        each.strip() for text in prose for each in re.split(r"(?<=[.:;]) ", text) if len(each.split()) > 6
    )
    assert [text for text, times in sentences.items() if times > 1 and not text.startswith("To ")] == []


def test_each_consolidated_recommendation_stands_once_under_its_number_with_all_its_supporters(
    report: dict[str, Any], data: Dataset
) -> None:
    numbered, entries = number_recommendations(data), texts(report)[-len(data.consolidated_recommendations) - 60 :]
    assert numbered["number"].tolist() == list(range(1, len(data.consolidated_recommendations) + 1))
    assert set(numbered["consolidated"]) == set(data.consolidated_recommendations["consolidated"])
    behind, names = supporters(data), data.actors.set_index("actor")[["name", "short_name"]]
    for row in numbered.itertuples():
        (entry,) = [text for text in entries if text.startswith(f"{row.number}. {row.text} ")]
        for who in behind[behind["consolidated"] == row.consolidated].itertuples():
            full, short = (re.escape(name.removeprefix("GFMD ")) for name in names.loc[who.actor])
            found = re.search(
                rf"(?:{full}|{short})(?:\)| with [^\[;]+)?((?:,? (?:also for the [^\[;]+)?\[[\d, –]+\])+)", entry
            )
            assert found, (entry, who.actor)
            assert cited(found[1]) == set(who.paragraphs)
            assert ("ession" in entry[: found.start()]) == (who.strength == "reports")
        assert ("alone" in entry) == (row.supporters == 0)


def test_views_near_a_recommendation_and_the_bodies_spoken_for_are_named(report: dict[str, Any], data: Dataset) -> None:
    paragraph_of = data.interventions.set_index("intervention")["paragraph"].to_dict()
    act_of = data.interventions.set_index("intervention")["act"].to_dict()
    entries, known = texts(report), data.actors.set_index("actor")["name"]
    behalf = data.interventions.set_index("intervention")["on_behalf_of"].dropna()
    for row in number_recommendations(data).itertuples():
        (entry,) = [text for text in entries if text.startswith(f"{row.number}. {row.text} ")]
        near = entry.partition("related")[2]
        assert cited(near) == {paragraph_of[code] for code in row.related}
        for place, act in (("presentation", "introduction"), ("summary", "summary")):
            told = cited(near.partition(f"in a {place}: ")[2].partition(";")[0])
            assert told == {paragraph_of[code] for code in row.related if act_of[code] == act}
        for body in {body for code in row.interventions if code in behalf for body in codes(behalf[code])}:
            assert re.search(rf"for the {re.escape(known[body])} \[|{re.escape(known[body])} \(", entry)


def test_a_difference_with_one_side_left_is_none() -> None:
    heads = ("Where speakers take different positions", "Where speakers differ in emphasis")
    both = small_meeting()
    assert any(head in words_of(draft_report(both)) for head in heads)
    one = Dataset(dict(both.tables) | {"difference_sides": both.difference_sides.head(1)})
    assert not any(head in words_of(draft_report(one)) for head in heads)


def test_each_side_of_an_open_difference_cites_who_stands_there(report: dict[str, Any], data: Dataset) -> None:
    paragraph_of, entries = data.interventions.set_index("intervention")["paragraph"].to_dict(), texts(report)
    wanted = data.differences[data.differences["kind"] == "open"].merge(data.difference_sides)
    for (_, side), rows in wanted.groupby(["difference", "side"], observed=True):
        (line,) = [text for text in entries if f" {side} (" in text]
        who = line.partition(f" {side} (")[2].partition(")")[0]
        assert cited(who) == {paragraph_of[code] for code in rows["intervention"]}


def test_what_several_ask_for_goes_before_what_one_asks_for(data: Dataset) -> None:
    for _, rows in number_recommendations(data).groupby("roundtable"):
        assert rows["supporters"].is_monotonic_decreasing


def test_international_partnerships_go_before_national_examples(report: dict[str, Any]) -> None:
    leads = ("International, regional or multi-country:", "National, local and other:")
    kinds = [lead for text in texts(report) for lead in leads if lead in text]
    assert kinds.count(leads[0]) >= 4
    assert kinds[0] == leads[0]
    assert (leads[1], leads[1]) not in pairwise(kinds)


def test_a_challenge_is_listed_or_its_statement_is_referred_to(report: dict[str, Any], data: Dataset) -> None:
    told, referred = texts(report), set()
    for line in told:
        found = re.match(r"(?:Others|They) are named in paragraphs? ([\d, –]+(?:and [\d–]+)?)", line)
        referred |= cited(f"[{found[1].replace(' and ', ', ')}]") if found else set()
    statements = data.interventions.set_index("intervention")["summary"]
    for row in data.challenges.itertuples():
        if any(row.text in text for text in told) or data.interventions.set_index("intervention")["act"][
            row.intervention
        ] not in ("statement", "update"):
            continue
        (place,) = [int(text.split(".")[0]) for text in told if tail(statements[row.intervention]) in text]
        assert place in referred
        assert repeats(row.text, statements[row.intervention])


@pytest.mark.parametrize("form", FORMS)
def test_the_cover_stands_apart(form: str, briefing: Path, data: Dataset) -> None:
    path = briefing / f"input-report-draft.{form}"
    cover, contents = (" ".join(found) for _, found in laid_out(path if form == "pdf" else by_office(path))[:2])
    assert "not a GFMD document" in cover
    assert "language model" in cover
    assert str(data.meetings["date"].max().year) in cover
    assert "Contents" in contents and "Contents" not in cover


def test_every_list_of_the_report_says_what_it_lists(report: dict[str, Any]) -> None:
    under = ""
    for block in report["blocks"]:
        under = block["text"] if block["kind"] == "heading" else under
        if under in ("Good practices", "Challenges and opportunities") and block.get("number"):
            assert block["parts"][0][1] == "strong", block


def test_the_two_parts_of_the_report_keep_to_their_length(report: dict[str, Any]) -> None:
    parts = words_of(report).partition("Part 1. ")[2]
    assert 1000 < len(re.findall(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*", parts)) <= MOST_WORDS


@cache
def laid_out(path: Path) -> list[tuple[float, list[str]]]:
    """Give of each page of a PDF how far down its text goes (of its height), and its lines."""
    pages, footer = [], 1.5 / 2.54 * 72
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            text, height = page.get_textpage(), page.get_height()
            found = [text.get_rect(place) for place in range(text.count_rects())]
            found += [image.get_bounds() for image in page.get_objects(filter=[IMAGE])]
            lowest = min(bottom for _, bottom, _, _ in found if bottom > footer)
            pages.append((1 - lowest / height, text.get_text_bounded(bottom=footer).splitlines()))
    return pages


def words_in(raw: bytes) -> str:
    with pypdfium2.PdfDocument(raw) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


@cache
def by_office(path: Path) -> Path:
    office = os.environ.get("GFMD_OFFICE") or shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not installed: Word pages were not counted")
    profile_folder = f"-env:UserInstallation={(path.parent / 'office').as_uri()}"
    order = [
        office,
        profile_folder,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(path.parent / "office"),
        str(path),
    ]
    subprocess.run(order, check=True, capture_output=True, timeout=300)
    return path.parent / "office" / f"{path.stem}.pdf"


@pytest.mark.parametrize("name", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_no_page_is_mostly_empty_and_a_brief_has_two(name: str, form: str, briefing: Path) -> None:
    path = briefing / f"{name}.{form}"
    pages = laid_out(path if form == "pdf" else by_office(path))
    assert min(filled for filled, _ in pages) * 100 >= FILLED
    assert name == "input-report-draft" or len(pages) == 2


def test_no_paragraph_is_longer_than_eight_lines(report: dict[str, Any], briefing: Path) -> None:
    lengths = sorted(len(line) for _, found in laid_out(briefing / "input-report-draft.pdf") for line in found)
    full = lengths[len(lengths) * 3 // 4]
    assert [text for text in texts(report)[3:] if len(text) > MOST_LINES * full] == []


def test_the_contents_hold_the_pages_of_the_pdf(briefing: Path, report: dict[str, Any]) -> None:
    found = lines(briefing / "input-report-draft.docx")
    headings = [text for style, text in found if style in ("Heading 1", "Heading 2")]
    entries = [text for style, text in found if style in ("TOC 1", "TOC 2")]
    pages = laid_out(briefing / "input-report-draft.pdf")
    for entry, text in zip(entries, headings, strict=True):
        assert entry.startswith(text)
        assert text in pages[int(entry.removeprefix(text)) - 1][1]
    body = Document(str(briefing / "input-report-draft.docx")).element.body
    assert [node.text.split()[0] for node in body.iter(qn("w:instrText"))][:1] == ["TOC"]
    kinds = [node.get(qn("w:fldCharType")) for node in body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") >= 1
    marks = [node.get(qn("w:name")) for node in body.iter(qn("w:bookmarkStart"))]
    assert len(marks) == len(set(marks))
    assert {node.get(qn("w:anchor")) for node in body.iter(qn("w:hyperlink"))} <= set(marks)


@pytest.mark.parametrize("name", LANGUAGES)
def test_word_and_pdf_say_the_same_and_are_accessible(name: str, briefing: Path, data: Dataset) -> None:
    document, raw = Document(str(briefing / f"{name}.docx")), (briefing / f"{name}.pdf").read_bytes()
    properties = document.core_properties
    assert (properties.language, properties.created.date()) == (LANGUAGES[name], data.meetings["date"].iloc[0].date())
    assert properties.title == lines(briefing / f"{name}.docx")[0][1]
    assert properties.author
    assert {node.get(qn("w:val")) for node in document.styles.element.iter(qn("w:lang"))} == {LANGUAGES[name]}
    footer = "".join(node.text or "" for node in document.sections[0].footer._element.iter(qn("w:instrText")))
    assert footer.split() == ["PAGE", "NUMPAGES"]
    drawings = list(
        document.element.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    )
    assert len(drawings) == (2 if name.startswith("brief") else 0)
    assert all(re.search(r"\d", node.get("descr")) and len(node.get("descr")) > 125 for node in drawings)
    assert b"pdfuaid" in raw
    assert b"/StructTreeRoot" in raw
    with pypdfium2.PdfDocument(raw) as pdf:
        told = pdf.get_metadata_dict()
    assert (told["Title"], told["CreationDate"]) == (properties.title, "")
    assert re.search(rf"/Lang ?\({LANGUAGES[name][:2]}".encode(), raw)
    letters = re.sub(r"\W", "", words_in(raw))
    for _, text in lines(briefing / f"{name}.docx")[1:]:
        assert all(re.sub(r"\W", "", part) in letters for part in re.findall(r"\w+ \w+", text)[:3])


@pytest.mark.parametrize("locale", ["en", "fr", "es"])
def test_each_message_has_a_handful_of_paragraphs_and_says_what_follows(locale: str, data: Dataset) -> None:
    found = list(key_messages(data, locale=locale))
    assert len(found) == 5
    for message in found:
        assert 1 <= len(cited(" ".join(message["items"]))) <= HANDFUL
        assert message["follows"]
    due = milestones(data, kind="due").dropna(subset=["start", "end"], how="all")
    listed = [item for item in found[-1]["items"] if locale == "en"]  # nothing nearer than a listed date is left out
    assert all(what in item for what, item in zip(due["what"], listed, strict=False))


def test_a_message_follows_the_data() -> None:
    settled = small_meeting(differences=("difference what kind", "D1|How detention ends|emphasis"), milestones=())
    leads, all_leads = ([message["lead"] for message in key_messages(told)] for told in (settled, small_meeting()))
    assert set(leads) < set(all_leads) and len(leads) == len(all_leads) - 2  # nothing is open, nothing is due
    items = [item for message in key_messages(settled) for item in message["items"]]
    assert {2, 3} in [cited(item) for item in items if "Belize" in item and "Civic Council" in item]  # asks, welcomes


@pytest.mark.parametrize(
    ("name", "abbreviations"),
    [("brief", ("GFMD", "IOM")), ("brief-fr", ("FMMD", "OIM")), ("brief-es", ("FMMD", "OIM"))],
)
def test_an_abbreviation_is_spelled_out_where_it_is_first_used(
    name: str, abbreviations: tuple[str, ...], briefing: Path
) -> None:
    text = " ".join(text for _, text in lines(briefing / f"{name}.docx"))
    for short in abbreviations:
        assert re.search(rf"\b{short}\b", text).start() == text.index(f"({short})") + 1  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["brief", "brief-fr", "brief-es", "input-report-draft"])
def test_what_travels_says_how_it_was_coded(name: str, briefing: Path) -> None:
    text = " ".join(text for _, text in lines(briefing / f"{name}.docx")).lower()
    assert re.search(r"language model|modèle de langage|modelo de lenguaje", text)
    assert re.search(r"0[.,]\d\d", text)
    assert "independent" not in text


def test_the_page_of_the_figures_begins_with_messages_and_the_figures_that_carry_them(data: Dataset) -> None:
    made = [
        Caption(name, "en", f"Title {name}.", "", "", "", "", "", "01", place)
        for place, name in enumerate(("campaign", "coverage", "road_to_imrf", "shared_recommendations"))
    ]
    page = gallery_page(data, made)
    order = [
        page.index(text) for text in ("\n1. **", "\n5. **", "(coverage.png)", "(road_to_imrf.png)", "(campaign.png)")
    ]
    assert order == sorted(order)
    assert page.count("(coverage.png)") == 1


KINDS = ("objective", "actor", "constituency")


def one_page_holds(data: Dataset, folder: Path, **of: Any) -> None:
    """Hold a page against what the data have on its subject: one sheet, how it was coded, and paragraphs of its own."""
    written = one_page(data, folder, **of)
    assert [path.suffix for path in written] == [".docx", ".pdf"]
    ((_, found),) = laid_out(written[1])
    whole = "\n".join(found)
    assert "language model" in whole
    named = profile(data, **of)["interventions"]
    told = cited("\n".join(text for style, text in lines(written[0]) if style != "Note"))
    assert told <= set(data.interventions["paragraph"].astype(int))
    assert told & set(named["paragraph"].astype(int))


def by_how_much_is_said(data: Dataset, kind: str) -> list[Any]:
    """List the objectives, actors or constituencies on which anything was said, those with the fewest rows first."""
    counts = data.long()[kind].value_counts().sort_index().sort_values(kind="stable")
    return counts.index[counts > 0].tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_the_emptiest_and_the_fullest_page_hold_what_they_must(kind: str, data: Dataset, tmp_path: Path) -> None:
    values = by_how_much_is_said(data, kind)
    for value in (values[0], values[-1]):
        one_page_holds(data, tmp_path, **{kind: value})


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_any_objective_actor_or_constituency_has_a_page(kind: str, data: Dataset, tmp_path: Path) -> None:
    for value in by_how_much_is_said(data, kind):
        one_page_holds(data, tmp_path, **{kind: value})


def test_a_page_on_nothing_says_so(data: Dataset, tmp_path: Path) -> None:
    with pytest.raises(GfmdError):
        one_page(data, tmp_path)
    with pytest.raises(GfmdError):
        one_page(data, tmp_path, actor="Nobody")
    silent = next(code for code in data.actors["actor"] if code not in set(data.interventions["actor"]))
    with pytest.raises(NoDataError):
        one_page(data, tmp_path, actor=silent)
    assert list(tmp_path.iterdir()) == []


def hostile() -> Dataset:
    """Give a meeting with names and texts that a document must show and never run."""
    places = range(len(HOSTILE))
    asked = ("002-BBB-R1", "003-CCC-R1", "006-CCC-R1", "007-EEE-R1", "002-BBB-R1")
    data, changed = (
        small_meeting(
            practices=("practice name kind leads places", *(f"P{n}|x|service|EEE|" for n in places)),
            practice_citations=("practice intervention objective", *(f"P{n}|008-EEE|16" for n in places)),
            consolidated_recommendations=("consolidated text addressee related", *(f"C{n}|x|gfmd|" for n in places)),
            consolidation=("recommendation consolidated strength", *(f"{asked[n]}|C{n}|asks" for n in places)),
        ),
        {},
    )
    for name, column in (("practices", "name"), ("consolidated_recommendations", "text"), ("actors", "name")):
        table = data.tables[name].copy()
        table[column] = [f"{HOSTILE[place % len(HOSTILE)]} {place}" for place in range(len(table))]
        changed[name] = table
    changed["actors"]["short_name"] = changed["actors"]["name"]
    changed["meetings"] = data.meetings.assign(title=HOSTILE[0])
    return Dataset({**data.tables, **changed}, data.codings)


def test_hostile_names_come_out_as_themselves(tmp_path: Path) -> None:
    harmful = hostile()
    files = rendered("report", draft_report(harmful), {}) | {"tables.xlsx": to_xlsx(harmful)}
    for name, made in files.items():
        (tmp_path / name).write_bytes(made)
    text = "\n".join(line for _, line in lines(tmp_path / "report.docx"))
    asked = harmful.consolidated_recommendations["text"]
    assert [value for value in asked if value not in text] == []
    assert HOSTILE[0] in text
    assert HOSTILE[0] in words_in(files["report.pdf"])
    written = {
        cell.value
        for sheet in openpyxl.load_workbook(tmp_path / "tables.xlsx")
        for row in sheet.iter_rows()
        for cell in row
    }
    assert set(asked) | set(harmful.practices["name"]) <= written
    assert formulas(tmp_path / "tables.xlsx") == []


def formulas(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as book:
        return [name for name in book.namelist() if re.search(rb"<f[ >]|<hyperlink", book.read(name))]


def test_the_workbook_speaks_and_is_ready_for_print(briefing: Path, data: Dataset) -> None:
    book, made = openpyxl.load_workbook(briefing / "tables.xlsx"), sheets(data)
    assert formulas(briefing / "tables.xlsx") == []
    assert book.properties.created.date() == data.meetings["date"].iloc[0].date()
    assert book.sheetnames == ["About", *made]
    first = " ".join(str(cell.value) for row in book["About"].iter_rows() for cell in row if cell.value)
    assert "language model" in first
    for name, (_, table) in made.items():
        sheet = book[name]
        assert (sheet.max_row, sheet.max_column) == (len(table) + 1, len(table.columns))
        assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.fitToHeight) == ("B2", "$1:$1", 0)
        assert sheet.oddFooter.right.text
        assert sum(widths_of(table)) <= 1.1 * ROOM  # wider pages shrink below eight points
        cells = {cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
        assert [cell for cell in cells if "_" in cell or re.fullmatch(r"[0-9a-f]{8,}", cell)] == []
    titles = {cell.value for cell in book["Coverage"]["B"]}
    assert set(data.objectives["short_title"]) <= titles


def test_a_second_run_in_another_place_gives_the_same_bytes(briefing: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from gfmd_analysis import load; from gfmd_analysis.documents.briefing import write_documents;"
        "write_documents(load(), Path(sys.argv[1]), locales=('fr', 'es', 'en'))"
    )
    other = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    other.pop("GFMD_DATA", None)
    root = Path(__file__).resolve().parent.parent.parent
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, cwd=root, env=other, timeout=300)
    made, before = (sorted(path.name for path in folder.iterdir()) for folder in (tmp_path / "briefing", briefing))
    assert made == before
    for name in made:
        assert (tmp_path / "briefing" / name).read_bytes() == (briefing / name).read_bytes(), name


def thin(name: str) -> Dataset:
    """Make data that lack something that the documents tell of."""
    match name:
        case "one speaker":
            one = [row for row in ROWS["interventions"] if "BBB" in row or "act turn" in row]
            mentions = [row for row in ROWS["mentions"] if "BBB" in row or "basis" in row]
            empty = dict.fromkeys(
                ["practices", "practice_citations", "recommendations", "recommendation_objectives", "consolidated_recommendations", "consolidation", "differences", "difference_sides", "challenges", "milestones", "quantities", "ties"], ()
            )  # fmt: skip
            return small_meeting(interventions=tuple(one), mentions=tuple(mentions), **empty)
        case "no number, no consolidation":
            without = ("quantities", "milestones", "consolidation", "consolidated_recommendations", "differences")
            return small_meeting(**dict.fromkeys([*without, "difference_sides"], ()))
        case _:
            return small_meeting()


@pytest.mark.parametrize("name", ["small", "one speaker", "no number, no consolidation"])
def test_thin_data_make_documents_that_leave_out_what_there_is_not(name: str, tmp_path: Path) -> None:
    data = thin(name)
    if name == "one speaker":  # what is laid out for it and for more is, as for the meeting itself
        write_documents(data, tmp_path)
        text = " ".join(text for _, text in lines(tmp_path / "briefing" / "input-report-draft.docx"))
        assert [style for style, _ in lines(tmp_path / "briefing" / "brief.docx")].count("Caption") == 1  # of coverage
    else:
        text = words_of(draft_report(data))
    assert not re.search(r"\bnan\b|None|<NA>|\[\]", text)
    assert ("Part 2. Recommendations" in text) == bool(len(data.consolidated_recommendations) or len(data.differences))
    for number in (5, 13):
        try:
            assert next(pages_on(data, profile(data, objective=number), number))
        except NoDataError:
            continue


def test_several_meetings_are_cited_by_meeting() -> None:
    meetings = (*ROWS["meetings"], "M-2000-02|Invented again|2000-02-15|Second report")
    later = (*ROWS["interventions"], "101-BBB|M-2000-02|1|RT1|BBB|discussant|statement|101-BBB|60|Asked again.")
    mentions = (*ROWS["mentions"], "101-BBB|2|explicit|substantive")
    several = small_meeting(meetings=meetings, interventions=later, mentions=mentions)
    told = words_of(draft_report(several))
    assert "Asked again. [M-2000-02 1]" in told
    assert re.search(r"\[M-2000-01 \d+\]", told)
    assert not re.search(r"\[\d+\]", told)
    assert to_xlsx(several)
    assert len(consolidated_recommendations(several)) == len(number_recommendations(several))


def test_a_document_without_alt_text_is_refused() -> None:
    told = {
        **dict.fromkeys(("title", "running", "subject", "author", "contents", "figure"), "x"),
        "date": "2000-01-01", "locale": "en", "footer": ["", "", ""], "long": False, "size": 9, "most": 1,
        "blocks": [{"kind": "figure", "picture": "p", "width": 1, "height": 1, "caption": "", "alt": None}, paragraph("x")],
    }  # fmt: skip
    with pytest.raises(Exception, match="alt"):
        rendered("x", told, {"p": _dot()})


def _dot() -> bytes:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "png")
    return buffer.getvalue()


def test_a_page_on_an_objective_is_named_by_its_official_title(tmp_path: Path) -> None:
    data = small_meeting()
    official = data.objectives.set_index(data.objectives["objective"].astype(int))
    word, _ = one_page(data, tmp_path, objective=official.loc[13, "short_title"])
    assert word.name == "brief-objective-13.docx"
    assert lines(word)[0][1] == f"Objective 13: {official.loc[13, 'title']}"
    with pytest.raises(GfmdError, match="name it: objective=13"):
        one_page(data, 13)  # type: ignore[arg-type]


def test_a_page_on_an_objective_tells_what_was_mainly_on_it() -> None:
    data = small_meeting()
    whole, passing = (words_of(next(pages_on(data, profile(data, objective=number), number))) for number in (13, 8))
    assert "Spoke of detention. [6]" in whole
    assert "Spoke of detention." not in passing


def test_every_page_of_the_input_report_says_that_it_is_no_document_of_the_forum(report: dict[str, Any]) -> None:
    assert report["running"].startswith(report["title"])
    assert "not a GFMD document" in report["running"]


def test_the_footer_of_a_page_on_any_objective_is_one_line(data: Dataset) -> None:
    title = "Objective 12: " + "Strengthen certainty and predictability in migration procedures " * 2
    assert short_document(data, title, [], most=1)["running"] == "Objective 12"
    assert short_document(data, title[:60], [], most=1)["running"] == title[:60]


@pytest.mark.parametrize("locale", ["fr", "es"])
def test_what_the_brief_takes_from_the_data_has_words_in_its_language(data: Dataset, locale: str) -> None:
    if len(data.tables["corrections"]):
        pytest.skip("a reader's correction is printed as it was written")
    told = " ".join(" ".join([message["lead"], *message["items"]]) for message in key_messages(data, locale=locale))
    texts = {*data.consolidated_recommendations["text"], *data.differences["what"], *data.milestones["what"]}
    texts |= set(data.difference_sides["side"])
    assert [text for text in sorted(texts) if text.rstrip(".")[1:] in told and " " in text] == []
