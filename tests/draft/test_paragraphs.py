"""Numbered paragraphs: the public report's 104, other layouts, and what is refused."""

import hashlib
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gfmd_analysis import Dataset, GfmdError
from gfmd_analysis.draft.markup import count_words, fingerprint, normalise
from gfmd_analysis.draft.paragraphs import cut
from gfmd_analysis.draft.report import read_document
from tests.invented import invented_reports

SENTENCE = st.text(alphabet=string.ascii_lowercase + " ", min_size=1, max_size=80).map(
    lambda text: f"A{' '.join(text.split())}."
)


def texts(report: str) -> dict[int, str]:
    return {paragraph.number: paragraph.text for paragraph in cut(report).paragraphs}


@pytest.fixture(scope="module")
def public(report: Path) -> dict[int, str]:
    return texts(read_document(report).text)


def test_the_public_report_has_104_paragraphs_with_the_words_and_hashes_of_the_data(
    report: Path, data: Dataset
) -> None:
    found = cut(read_document(report).text).paragraphs
    assert [paragraph.number for paragraph in found] == list(range(1, 105))
    assert [fingerprint(paragraph.text) for paragraph in found] == list(
        zip(data.paragraphs["words"], data.paragraphs["sha256"], strict=True)
    )


def test_the_closing_attendance_line_is_no_paragraph(report: Path) -> None:
    text = read_document(report).text
    assert "180 delegates" not in cut(text).paragraphs[-1].text
    assert any("180 delegates" in line for line in cut(text).closing)


@pytest.mark.parametrize("number", [3, 14, 24, 32, 35, 39, 53, 57, 62, 69, 77, 90, 94])
def test_page_breaks_cut_no_paragraph_of_the_public_report(public: dict[int, str], number: int) -> None:
    text = public[number]
    assert text.endswith(".") and "http" not in text and "<sup>" not in text


@pytest.mark.parametrize(
    "mark", ["{}. ", "{}) ", "({}) ", "[{}] ", "§ {}. ", "**{}.** ", "{}\\. ", "Paragraph {}: ", "{}\t"]
)
def test_numbers_are_read_however_they_are_written(mark: str) -> None:
    text = "\n\n".join(mark.format(number) + f"Speaker {number} agreed." for number in (1, 2, 3))
    assert texts(text) == {number: f"Speaker {number} agreed." for number in (1, 2, 3)}


def test_a_paragraph_goes_on_over_a_page_break_a_rule_and_a_footnote() -> None:
    text = "1. It was said that\n\n---\n\n<sup>1</sup> See page 4. A note.\n\nmore is needed.<sup>1</sup>\n\n2. Next.[^2]\n\n[^2]: Another note.\n"
    assert texts(text) == {1: "It was said that more is needed.", 2: "Next."}


def test_bullets_letters_and_a_list_of_its_own_stay_inside_their_paragraph() -> None:
    text = "1. Questions:\n  - who?\n  - when?\n\n2. Four ways:\n  a. one;\n  b. two.\n\n3. Steps:\n\n1. go;\n2. see;\n3. report.\n\n4. End."
    assert texts(text) == {
        1: "Questions: who? when?", 2: "Four ways: a. one; b. two.", 3: "Steps: 1. go; 2. see; 3. report.", 4: "End."
    }  # fmt: skip


def test_a_numbered_agenda_is_not_taken_for_the_paragraphs() -> None:
    text = "Agenda\n\n1. Opening\n2. Debate\n3. Closing\n\nSummary\n\n1. Kenya opened.\n\n2. Ghana spoke.\n\n3. Kenya closed."
    assert texts(text) == {1: "Kenya opened.", 2: "Ghana spoke.", 3: "Kenya closed."}


def test_a_number_that_a_line_break_puts_first_opens_no_paragraph() -> None:
    text = "1. The committee met often in the course of the year and dealt with objective\n2. It then rose for the year.\n\n2. Done."
    assert texts(text)[2] == "Done."


def test_headings_and_unnumbered_lines_belong_to_no_paragraph() -> None:
    first, second = cut(
        "# Report\n\n1. One.\n\n**Discussion**\n\n*Chaired by Peru*\n\n2. Two.\n\nThe end came\n\nat noon."
    ).paragraphs
    assert first.matter == ("Report",)
    assert second.matter == ("Discussion", "Chaired by Peru")
    assert second.text == "Two."


@pytest.mark.parametrize(
    ("text", "wanted", "said"),
    [
        ("One.\n\nTwo.", {1: "One.", 2: "Two."}, "numbers no paragraphs"),
        ("3. Late.\n\n4. Later.", {3: "Late.", 4: "Later."}, "no paragraph has the number 1 to 2"),
        ("1. One.\n\n2. Two.\n\n4. Four.", {1: "One.", 2: "Two.", 4: "Four."}, "no paragraph has the number 3"),
        ("1. One.\n\n2. Two.\n\n2. More.\n\n3. End.", {1: "One.", 2: "Two.", 3: "More.", 4: "End."}, "more than once"),
        ("1. One.\n\nTwo.\n\n3. Three.", {1: "One.", 2: "Two.", 3: "Three."}, "took the missing number"),
        ("## A\n\n1. One.\n\n2. Two.\n\n## B\n\n1. Three.", {1: "One.", 2: "Two.", 3: "Three."}, "more than once"),
        (
            "| No. | Who | What |\n|---|---|---|\n| 1 | Kenya | Yes. |\n| 2 | Peru | No. |",
            {1: "Kenya: Yes.", 2: "Peru: No."},
            "",
        ),
        (
            "999. A.\n\n1000. B.\n\n1001. C.",
            {999: "A.", 1000: "B.", 1001: "C."},
            "no paragraph has the number 1 to 998",
        ),
        (
            "1. A.\n\n2. B.\n\n1,001. C.\n\n1,002. D.",
            {1: "A.", 2: "B.", 1001: "C.", 1002: "D."},
            "the number 3 to 1000",
        ),
        ("(1) A.\n\n(2) B.\n\n(3001) C.\n\n(3002) D.", {1: "A.", 2: "B.", 3001: "C.", 3002: "D."}, "3 to 3000"),
        ("1. A.\n\n1001. B.\n\n2. C.", {1: "A. 1001. B.", 2: "C."}, ""),
        ("1001.The end.\n\n1002.No.", {1001: "The end.", 1002: "No."}, "no paragraph has the number"),
    ],
)
def test_numbers_that_are_missing_doubled_or_begin_anew_are_read_and_said(
    text: str, wanted: dict[int, str], said: str
) -> None:
    assert texts(text) == wanted
    assert said in " ".join(cut(text).notes)


def test_disorder_and_emptiness_are_refused() -> None:
    for text in ("1. One.\n\n3. Three.\n\n2. Two.\n\n4. Four.", ""):
        with pytest.raises(GfmdError, match="allowed: "):
            cut(text)


@given(
    st.lists(
        st.sampled_from(
            [
                "1. Kenya said so.",
                "2. Peru.",
                "## Part",
                "Plain words here.",
                "[1] A note.",
                "| A | b c |",
                "* item one",
                "**Peru**",
                "So.[1]",
            ]
        ),
        max_size=12,
    ),
    st.sampled_from(["\n", "\n\n"]),
)
def test_no_word_is_lost(lines: list[str], gap: str) -> None:
    try:
        found = cut(gap.join(lines))
    except GfmdError:
        return
    assert found.words == found.read + sum(each.words for each in found.left_out)


def test_entities_in_entities_take_no_time() -> None:
    assert normalise("&" + "amp;" * 100_000 + "lt;") == "<"
    assert count_words("[" * 5_000 + "a" + "](b)" * 5_000) > 0


@given(st.lists(SENTENCE, min_size=1, max_size=12), st.sampled_from(["\n", "\n\n", "\n\n\n"]))
def test_whatever_is_numbered_is_found_again(sentences: list[str], gap: str) -> None:
    text = gap.join(f"{number}. {sentence}" for number, sentence in enumerate(sentences, start=1))
    assert [paragraph.text for paragraph in cut(text).paragraphs] == [normalise(sentence) for sentence in sentences]


@given(st.text())
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.lists(st.text(alphabet=string.ascii_letters, min_size=1), min_size=1))
def test_a_fingerprint_does_not_depend_on_markup_or_white_space(words: list[str]) -> None:
    plain = " ".join(words)
    marked = "\n ".join(f"**{word}**" for word in words) + "<sup>3</sup>"
    assert fingerprint(plain) == fingerprint(marked) == (len(words), hashlib.sha256(plain.encode()).hexdigest())


def test_normalising_follows_its_rule() -> None:
    text = "The [Task Force](https://x.org/a_(b)) said: *yes* to #ItTakesACommunity – e\u0301 &amp; café¹ <https://x.org> snake_case"
    assert normalise(text) == "The Task Force said: yes to #ItTakesACommunity – é & café snake_case"


@pytest.mark.parametrize(("name", "text", "coded"), [pytest.param(*each, id=each[0]) for each in invented_reports()])
def test_invented_reports_of_other_layouts_are_cut_right(name: str, text: str, coded: dict) -> None:
    found = [(str(paragraph.number), fingerprint(paragraph.text)[1]) for paragraph in cut(text).paragraphs]
    assert found == list(zip(coded["paragraphs"]["paragraph"], coded["paragraphs"]["sha256"], strict=True))
