"""The draft coding: what it finds in our report and in invented ones, and the package that it writes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gfmd_analysis import Dataset, GfmdError, load
from gfmd_analysis.cli import main
from gfmd_analysis.dataset.descriptor import schema
from gfmd_analysis.dataset.validation import problems_in
from gfmd_analysis.draft.actors import Gazetteer
from gfmd_analysis.draft.known import rows_in_use
from gfmd_analysis.draft.language import language_of
from gfmd_analysis.draft.mentions import explicit_mentions
from gfmd_analysis.draft.paragraphs import cut
from gfmd_analysis.draft.quantities import amounts
from gfmd_analysis.draft.report import read_document
from gfmd_analysis.draft.review import WORKBOOK, draft
from gfmd_analysis.draft.suggestions import named_practices, suggest_objectives
from gfmd_analysis.draft.tables import code_report
from gfmd_analysis.errors import DataError, Problem
from tests.bench_draft import TARGETS, against_invented, against_ours
from tests.draft_quality import draft_quality
from tests.invented import FOLDER, drafted, invented_reports

FRENCH, HEADINGS = FOLDER / "francais.md", FOLDER / "names_as_headings.md"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("the action points of objective 5 (d) state", [5]),
        ("on objectives 4, 8 and 13", [4, 8, 13]),
        ("in particular GCM Objective 23", [23]),
        ("Objectives 14–16", [14, 15, 16]),
        ("objectives 5 to 7 and 18", [5, 6, 7, 18]),
        ("between objective 7 on risks and objective 5 and 15", [5, 7, 15]),
        ("Objectives 2, 5 as well as to a lesser extent 21 and 23", [2, 5, 21, 23]),
        ("objective 18 (f) and 18 (g), objective twenty-three", [18, 23]),
        ("les objectifs 9 et 10, puis l'objectif n° 7", [7, 9, 10]),
        ("under objective 5, 12 countries reported", [5]),
        ("on objectives 5 and 6, 12 countries reported", [5, 6]),
        ("sur les objectifs 14 et 22, un accord a été signé", [14, 22]),
        ("SDG target 10.7, objective 10.7, objective 2019, objectives 24 and 99", []),
        ("the objectives of this session; 5 objectives", []),
    ],
)
def test_objectives_named_by_number(text: str, wanted: list[int]) -> None:
    assert list(explicit_mentions(text)) == wanted


@given(st.lists(st.integers(1, 23), min_size=1, max_size=6, unique=True))
def test_every_list_of_objectives_is_read_whole(numbers: list[int]) -> None:
    text = (
        f"objectives {', '.join(map(str, numbers[:-1]))} and {numbers[-1]} matter"
        if len(numbers) > 1
        else f"objective {numbers[0]} matters"
    )
    assert explicit_mentions(text).keys() == set(numbers)


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("more than 1,200 workers from 14 countries", "en", [(1200, "people", "over"), (14, "countries", "exactly")]),
        ("USD 540 billion, or 1.6 percent less", "en", [(540e9, "USD", "exactly"), (1.6, "percent", "exactly")]),
        (
            "half a million people; hundreds of millions of families; those millions of workers",
            "en",
            [(5e5, "people", "exactly")],
        ),
        (
            "up to thirty scholarships and at least six clinics",
            "en",
            [(30, "scholarships", "up_to"), (6, "clinics", "at_least")],
        ),
        ("fewer than 5 per cent, almost 80 percent", "en", [(5, "percent", "at_most"), (80, "percent", "almost")]),
        ("over the next six months; every four years; a one or two-year cycle", "en", []),
        ("for over 20 years", "en", [(20, "years", "over")]),
        ("10 to 15 percent", "en", [(10, "percent", "exactly"), (15, "percent", "exactly")]),
        (
            "On 10-13 May 2022, COP 26, the 2030 Agenda, target 10.7, Roundtable 1, paragraph 12, G20, COVID-19",
            "en",
            [],
        ),
        ("four pillars: a) work, b) rest; the three mechanisms; on objectives 5 and 6", "en", []),
        (
            "plus de 1 200 travailleurs et 2,5 millions d'euros",
            "fr",
            [(1200, "people", "over"), (2.5e6, "EUR", "exactly")],
        ),
        ("près de soixante-dix maires, 8 pour cent", "fr", [(70, "maires", "almost"), (8, "percent", "exactly")]),
    ],
)
def test_numbers_that_measure_something(text: str, language: str, wanted: list[tuple[float, str, str]]) -> None:
    assert [(amount.value, amount.unit, amount.bound) for amount in amounts(text, language)] == wanted


@given(st.integers(1, 10**9).filter(lambda number: not 1900 <= number <= 2100))
def test_every_count_is_read_with_its_value(number: int) -> None:
    assert [amount.value for amount in amounts(f"They reached {number:,} villages.")] == [number]


@pytest.mark.parametrize(
    ("name", "code"),
    [("the UAE", "ARE"), ("ÉGYPTE", "EGY"), ("Les Philippines", "PHL"), ("la Côte d’Ivoire", "CIV"), ("Emirats arabes unis", "ARE"),
     ("United Republic of Tanzania", "TZA"), ("OIM", "IOM"), ("civil society", "CSM"), ("Atlantis", "")],
)  # fmt: skip
def test_states_and_bodies_are_known_by_their_names(name: str, code: str) -> None:
    assert Gazetteer().code(name) == code


def test_a_body_that_a_report_abbreviates_is_one_body() -> None:
    lexicon = Gazetteer("The Coastal Workers Guild (CWG) spoke. Later CWG agreed.")
    assert lexicon.introduce("CWG") == lexicon.introduce("the Coastal Workers Guild") == "CWG"


def test_the_draft_of_the_public_report_reaches_its_targets(report: Path) -> None:
    found = against_ours(report).set_index("part")["f1"]
    assert {part: found[part] for part, least in TARGETS.items() if found[part] < least} == {}


@pytest.mark.parametrize("blind", [False, True])
def test_drafts_of_invented_reports_reach_the_targets_too(blind: bool) -> None:
    found = against_invented(blind=blind).set_index("part")["f1"]
    assert {part: found[part] for part, least in TARGETS.items() if found[part] < least} == {}


def found_in(tables: dict[str, pd.DataFrame]) -> list[Problem]:
    coded = {name: frame.astype("category") for name, frame in tables.items()}
    return problems_in({name: schema()[name] for name in coded}, coded)


@pytest.mark.parametrize(("name", "text", "coded"), [pytest.param(*each, id=each[0]) for each in invented_reports()])
def test_a_draft_keeps_the_contract(name: str, text: str, coded: dict) -> None:
    tables = drafted(text).tables
    assert found_in(tables) == []


def test_a_coding_agrees_with_itself_and_a_lost_mention_costs_recall() -> None:
    tables = drafted(FRENCH.read_text(encoding="utf-8")).tables
    assert (draft_quality(tables, tables)["f1"] == 1).all()
    explicit = tables["mentions"]["basis"] == "explicit"
    fewer = draft_quality({**tables, "mentions": tables["mentions"].drop(explicit.idxmax())}, tables).set_index("part")
    assert fewer.loc["explicit mentions", "precision"] == 1
    assert fewer.loc["explicit mentions", "recall"] == pytest.approx(1 - 1 / explicit.sum(), abs=0.001)


def test_a_subject_that_is_not_named_is_suggested_with_score_and_reason() -> None:
    passages = [
        "Remittances and the cost of money transfers fell.",
        "La reconnaissance des compétences et des diplômes.",
        "Thank you.",
    ]
    money, skills, nothing = suggest_objectives(passages)
    assert (money[0].objective, skills[0].objective, nothing) == (20, 18, [])
    assert 0 < money[0].score <= 1 and "remittances" in money[0].reason


def test_named_initiatives_are_candidate_practices() -> None:
    text = "Through the Coastal Skills Fund and the campaign #WeArrive, and the Guidelines on Fair Hiring, jobs came."
    assert list(named_practices(text).items()) == [
        ("Coastal Skills Fund", "fund"), ("#WeArrive", "campaign"), ("Guidelines on Fair Hiring", "guideline")
    ]  # fmt: skip


def test_languages_are_told_apart() -> None:
    assert {language_of(text) for name, text, _ in invented_reports() if name != "francais.md"} == {"en"}
    assert language_of(FRENCH.read_text(encoding="utf-8")) == "fr"


@pytest.fixture(scope="module")
def headings(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("headings") / "out"
    return folder, draft(HEADINGS, folder)


@pytest.fixture(scope="module")
def french(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("french") / "out"
    draft(FRENCH, folder, "FOF-2030-02")
    return folder


def test_the_draft_is_a_data_package_with_draft_on_every_row(headings: tuple[Path, str]) -> None:
    from frictionless import Package

    folder, said = headings
    assert "9 paragraphs" in said and "9 interventions" in said
    assert Package(str(folder / "datapackage.json")).validate().valid
    for path in folder.glob("*.csv"):
        assert set(pd.read_csv(path, dtype=str)["review"]) <= {"draft"}
    names = {resource["name"] for resource in json.loads((folder / "datapackage.json").read_text())["resources"]}
    assert names == {name for name in schema() if not name.startswith("coding_")}
    assert WORKBOOK in (folder / ".gitignore").read_text()


def test_no_sentence_of_the_report_goes_into_the_package(french: Path) -> None:
    tables = "\n".join(path.read_text(encoding="utf-8") for path in french.glob("*.csv"))
    for paragraph in cut(read_document(FRENCH).text).paragraphs:
        words = paragraph.text.split()
        assert not [i for i in range(len(words) - 6) if " ".join(words[i : i + 6]) in tables]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("# Meeting, 3 May 2022", "found no paragraph"),
        ("1. Kenya spoke.", "found no date"),
        ("5 May 2022\n\n1. One.\n\n3. Three.\n\n2. Two.\n\n4. Four.", "paragraph 3"),
        (
            "5. Mai 2022\n\n" + "Kenia sagte, dass die Kosten zu hoch sind und die Migranten das nicht tragen. " * 5,
            "in German",
        ),
    ],
)
def test_nothing_is_written_for_a_report_that_cannot_be_drafted(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "report.md").write_text(content, encoding="utf-8")
    with pytest.raises(GfmdError, match=said):
        draft(tmp_path / "report.md", tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["report.md"]


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / WORKBOOK).write_text("an analyst's week")
    with pytest.raises(GfmdError, match="allowed: a new or an empty folder"):
        draft(FRENCH, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [WORKBOOK]


def test_a_meeting_without_a_date_can_be_given_its_code() -> None:
    tables = code_report("1. Kenya said no.", "FOF-2030-02").tables
    assert list(tables["interventions"]["intervention"]) == ["FOF-2030-02/001-KEN"]
    with pytest.raises(GfmdError, match="FOF-2022-05"):
        code_report("1. Kenya said no.", "next year")


@pytest.mark.parametrize(
    ("front", "day"),
    [
        ("Recalling resolution 71/280 of 6 April 2017\n\nMeeting on wells, 7 June 2028", "2028-06-07"),
        ("On 31 February 2028\n\nMeeting on wells, 7 and 8 June 2028", "2028-06-07"),
        ("Réunion sur les puits, 1er juin 2028", "2028-06-01"),
        ("Meeting on wells, June 7-9, 2028", "2028-06-07"),
        ("date: 2028-06-07", "2028-06-07"),
    ],
)
def test_the_date_is_the_meetings_own(front: str, day: str) -> None:
    assert code_report(f"{front}\n\n1. Kenya said no.").tables["meetings"]["date"].tolist() == [day]


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("Roundtable 2, chaired by Peru", "RT2"),
        ("Table ronde n° trois", "RT3"),
        ("Objectives 2, 5, 6, 12 and 18", "RT1"),
        ("Objective 5: pathways", "opening"),
        ("Closing", "opening"),  # nothing has been opened yet: a title that says so is another's
        ("The road to the IMRF", "imrf_road"),
    ],
)
def test_headings_open_sections(heading: str, section: str) -> None:
    tables = code_report(f"Meeting on wells, 7 June 2028\n\n**{heading}**\n\n1. Ghana spoke.").tables
    assert tables["roundtables"]["section"].tolist() == [section]


def test_a_section_has_one_chair() -> None:
    text = "Meeting on wells, 7 June 2028\n\n**Roundtable 2, chaired by Peru**\n\n1. The Chair opened.\n\n**Roundtable 2, chaired by Fiji**\n\n2. The Chair went on."
    tables = code_report(text).tables
    assert tables["roundtables"]["chair"].tolist() == ["PER"]
    assert tables["interventions"][["actor", "role"]].to_numpy().tolist() == [["PER", "chair"], ["FJI", "discussant"]]


def test_a_code_with_a_suffix_dates_the_meeting() -> None:
    assert code_report("1. Kenya said no.", "FOF-2030-02-B").tables["meetings"]["date"].tolist() == ["2030-02-01"]


def test_the_draft_is_the_same_on_every_run(headings: tuple[Path, str], tmp_path: Path) -> None:
    code = "import sys; from gfmd_analysis.draft.review import draft; draft(sys.argv[1], sys.argv[2])"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", code, str(HEADINGS), str(tmp_path / "there")], env=environment, check=True)
    for path in sorted(headings[0].iterdir()):
        assert path.read_bytes() == (tmp_path / "there" / path.name).read_bytes(), path.name


def test_known_bodies_keep_their_codes_and_rows(data: Dataset) -> None:
    text = (
        "5 May 2022\n\n1. Portugal spoke.\n\n2. Migrant Forum in Asia agreed.\n\n3. The Coastal Workers Guild agreed."
    )
    coding = code_report(text, known=rows_in_use())
    assert list(coding.tables["interventions"]["actor"]) == ["PRT", "MFA", "COASTAL_WORKERS_GUILD"]
    assert set(coding.passages) >= set(coding.tables["interventions"]["intervention"])
    kept = coding.tables["actors"].set_index("actor")
    assert kept.loc["PRT", "gcm_champion"] == "true"
    assert found_in(coding.tables) == []


def test_a_draft_is_not_taken_for_a_coding(french: Path) -> None:
    assert pd.read_csv(french / "meetings.csv")["meeting"].tolist() == ["FOF-2030-02"]
    with pytest.raises(DataError, match=r"found a draft: .*gfmd adopt review.xlsx FOLDER"):
        load(french)


def test_the_command_says_in_one_line_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ended(meeting: str) -> object:
        monkeypatch.setattr(sys, "argv", ["gfmd", "draft", str(FRENCH), str(tmp_path / "out"), "--meeting", meeting])
        with pytest.raises(SystemExit) as end:
            main()
        return end.value.code

    assert ended("next year") == "meeting: found 'next year'; allowed: a code such as FOF-2022-05"
    assert not (tmp_path / "out").exists()
    assert ended("FOF-2030-02") == 0
    said = capsys.readouterr().out
    assert said.startswith("Drafted ") and "gfmd adopt" in said
