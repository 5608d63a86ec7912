"""Claims: what stands against them is found, absence gives way to any row, and thin data leave them out."""

import re
import string

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gfmd_analysis import Dataset, GfmdError, claims
from gfmd_analysis.claims.evidence import REGISTERED
from gfmd_analysis.claims.selection import constituency
from gfmd_analysis.coverage.counts import coverage_table, taken_up
from gfmd_analysis.coverage.least import least_discussed, rank_sensitivity
from gfmd_analysis.dataset.capacity import spoken_as
from gfmd_analysis.dataset.tables import rows_of
from gfmd_analysis.text import LOCALES, number_word
from tests.small_meeting import ROWS, small_meeting

EMPTY = ("mentions", "practices", "practice_citations", "recommendations", "recommendation_objectives", "consolidation")
NAMES = [finding.__name__ for finding in REGISTERED]


@pytest.fixture(scope="module")
def small() -> Dataset:
    return small_meeting()


@pytest.fixture(scope="module")
def register(data: Dataset) -> pd.DataFrame:
    return claims.register(data)


def with_rows(**more: str) -> Dataset:
    """Make the invented meeting with a row more in some tables."""
    return small_meeting(**{name: (*ROWS[name], row) for name, row in more.items()})


def paragraphs(cell: str) -> set[int]:
    return {int(part) for part in cell.split("; ") if part}


def test_every_claim_is_a_sentence_with_all_its_places_filled(register: pd.DataFrame) -> None:
    assert register["key"].is_unique
    assert register["kind"].isin(["presence", "rank", "absence", "count", "robust"]).all()
    for text in register["text"]:
        assert not [name for _, name, _, _ in string.Formatter().parse(text) if name], text
        assert text[0].isupper() and not text.endswith("."), text
        assert "nan" not in text.lower().split()


def test_paragraphs_are_of_the_report(data: Dataset, register: pd.DataFrame) -> None:
    known = set(data.paragraphs["paragraph"].astype(int))
    for column in ("paragraphs_for", "paragraphs_against"):
        for cell in register[column]:
            assert paragraphs(cell) <= known


def test_a_subset_holds_or_fails_and_never_both(register: pd.DataFrame) -> None:
    for row in register.itertuples():
        assert not set(row.holds.split("; ")) & set(row.fails.split("; ")) - {""}
    robust = register[register["fails"].ne("")]
    assert robust["fails"].str.contains("with introductions and summaries|trace").any()  # some fail by what is added


def test_where_findings_hold_is_what_counting_every_subset_by_itself_gives(data: Dataset) -> None:
    least = least_discussed(data.long())["objective"].tolist()

    def headline(rows: pd.DataFrame, *, reading: str, acts: tuple[str, ...]) -> dict[str, object]:
        cells = taken_up(rows, reading=reading, acts=acts)
        speakers = cells.groupby("objective", observed=False)["actor"].nunique()
        reach = cells.groupby("actor", observed=True)[["objective", "objective_roundtable"]].nunique()
        turns = rows[spoken_as(rows, acts)].groupby("actor", observed=True)["turn"].nunique()
        return {
            "one_speaker": frozenset(speakers.index[speakers == 1]),
            "widest_speaker": frozenset(reach.index[reach["objective"] == reach["objective"].max()]),
            "brokers": frozenset(reach.index[reach["objective_roundtable"] == reach["objective_roundtable"].max()]),
            "most_turns": frozenset(turns.index[turns == turns.max()]),
            "others": frozenset(cells.loc[cells["constituency"] != "states", "objective"]),
            "states": frozenset(cells.loc[cells["constituency"] == "states", "objective"]),
            "lower": speakers[least].max() < speakers.drop(least).min(),
        }

    found = rank_sensitivity(data.long(), headline)
    base = found.loc["all", "subject"]
    told = {"fewest_speakers": found["lower"].astype(bool)}
    told |= {name: found[name] == base[name] for name in ("widest_speaker", "brokers", "most_turns")}
    told["one_speaker"] = found["one_speaker"].map(base["one_speaker"].__le__)
    told["states_and_others"] = found["states"].map((base["others"] - base["states"]).isdisjoint)
    for name, holds in told.items():
        claim = getattr(claims, name)(data)
        assert claim and set(claim.holds) == {", ".join(view) for view in holds.index[holds]}, name
        assert set(claim.fails) == {", ".join(view) for view in holds.index[~holds]}, name
    assert f"in {number_word(int(found['lower'].sum()))} of these ways" in claims.stays_least(data).text


def test_what_the_states_did_not_take_up_is_said(small: Dataset) -> None:
    before = claims.states_and_others(small)
    assert before is not None and "touched" not in before.text and "objectives 13 and 16" in before.text


@pytest.mark.parametrize(
    "more",
    [
        {"mentions": "002-BBB|16|inferred|passing"},
        {"mentions": "001-AAA|16|inferred|passing"},
        {"practice_citations": "BRIDGE|002-BBB|16"},
        {"recommendation_objectives": "002-BBB-R1|16"},
        {"challenges": "002-BBB-C2|002-BBB|challenge|16|Cohesion is hard."},
    ],
    ids=["mention", "introduction", "practice", "recommendation", "challenge"],
)
def test_one_row_in_any_layer_is_said_of_the_states_that_did_not_take_it_up(more: dict[str, str]) -> None:
    after = claims.states_and_others(with_rows(**more))
    assert after is not None
    assert "16" in after.text.partition(";")[2] and "13" not in after.text.partition(";")[2]
    assert set(after.paragraphs_against) & {1, 2}


def test_a_number_that_is_only_listed_is_not_spoken_to(small: Dataset) -> None:
    wide = claims.touches(small)
    assert wide[(wide["actor"] == "DDD") & (wide["objective"].isin([8, 9]))].empty
    found = claims.only_listed(small)
    assert found is not None
    assert "objective 9" in found.text.lower() and "Belize" in found.text
    assert (found.paragraphs_for, found.paragraphs_against) == ((4,), (3, 5))


def test_what_only_the_chair_said_is_said_so_until_a_speaker_says_it(small: Dataset) -> None:
    assert claims.in_chair_only(small).text.startswith("Objective 12 ")
    assert claims.in_chair_only(with_rows(mentions="003-CCC|12|inferred|passing")) is None


def test_the_reader_of_the_draft_papers_does_not_count_as_the_one_who_raised_it(small: Dataset) -> None:
    found = claims.left_out(small)
    assert found is not None
    assert "8, 9 and 13" in found.text and "9 and 13" in found.text.partition(";")[2]
    assert "two other speakers" in found.text
    assert found.paragraphs_for == (4, 5, 6)
    assert claims.left_out(small_meeting(ties=())) is None


def test_most_is_more_than_half() -> None:
    rows = ROWS["practices"]
    assert "largest number" not in str(claims.practices_by_world_region(small_meeting()))
    more = (
        *rows[:1],
        "A|A|service|AAA|||TUN|x",
        "B|B|service|AAA|||TUN|x",
        "C|C|service|AAA|||ITA|x",
        "D|D|service|AAA|||BRA|x",
    )
    told = ("practice intervention objective", *(f"{code}|002-BBB|2" for code in "ABCD"))
    half = claims.practices_by_world_region(small_meeting(practices=more, practice_citations=told))
    assert half is not None and "four practices" in half.text and "largest number, two" in half.text
    most = claims.practices_by_world_region(small_meeting(practices=more[:4], practice_citations=told[:4]))
    assert most is not None and "most of the three practices" in most.text


def test_support_counts_speakers_and_not_summaries(small: Dataset) -> None:
    found = claims.converging(small)
    assert found is not None and "two speakers of two constituencies" in found.text
    assert found.paragraphs_for == (2, 3)
    assert found.paragraphs_against == ()
    table = small.consolidated_recommendations.assign(related="004-DDD;006-CCC")
    nearer = claims.converging(Dataset(dict(small.tables) | {"consolidated_recommendations": table}))
    assert nearer is not None and nearer.paragraphs_against == (4, 6)


def test_numbers_keep_their_precision_and_say_whose_they_are(small: Dataset) -> None:
    held, averted = claims.remittances_held(small), claims.remittances_averted(small)
    assert held is not None and averted is not None
    assert "over 10 per cent" in held.text and "%" not in held.text
    assert "about USD 41 billion" in averted.text  # 40.8 with more digits than "more than 10" bears
    assert "our calculation" in averted.text
    for found in (held, averted):
        assert "Aland data as Data reports them, para. 9" in found.text
    reached = claims.campaign_reached(small)
    assert reached is not None and "over 6.4 million" in reached.text and "9 million" not in reached.text


def test_what_is_due_says_when(small: Dataset) -> None:
    found = claims.due_next(small)
    assert found is not None and "by 31 March 2000" in found.text and "1999" not in found.text
    rows = (*ROWS["milestones"], "M4|M-2000-01|2|2000-01-15|2000-12-31|year|Later|AAA|due")
    more = claims.due_next(
        small_meeting(milestones=(*rows, "M5|M-2000-01|2|2000-01-01|2000-03-30|season|Vision|AAA|due"))
    )
    assert more is not None
    assert "fixed day" in more.text and more.text.endswith("Adoption of the report (by 31 March 2000)")
    loose = claims.due_next(
        small_meeting(milestones=(*rows[:1], "M4|M-2000-01|2|2000-01-15|2000-12-31|year|Later|AAA|due"))
    )
    assert loose is not None and "fixed" not in loose.text and loose.text.endswith("Later (later in 2000)")


def test_how_it_was_coded_is_said() -> None:
    assert "alpha 0.80" in claims.caveat(0.8) and "person" in claims.caveat(0.8)


SELECTIONS = [
    *({"roundtable": f"RT{number}"} for number in range(1, 5)),
    *({"constituency": code} for code in ("states", "civil_society", "youth", "mayors", "business", "un_system")),
]


@pytest.mark.parametrize(
    ("selection", "locale"),
    [*(({}, locale) for locale in LOCALES), *((each, "en") for each in SELECTIONS)],
    ids=str,
)
def test_every_sentence_is_whole_and_has_a_short_form(data: Dataset, selection: dict[str, str], locale: str) -> None:
    for name in NAMES:
        found = getattr(claims, name)(data, locale=locale, **selection)
        if found is None:
            continue
        assert 0 < len(found.short) <= claims.LONGEST, (name, found.short)
        assert found.short[0].isupper() and found.short[-1] not in ",;:", found.short
        for text in (found.text, found.short):
            assert "…" not in text and not set("{}") & set(text), text
            assert text.count("(") == text.count(")"), text
            if locale == "en":
                assert not re.search(
                    r"\b(no|zero) (took|touched)|\b(passed over|add up|in the chair|one speakers)\b", text
                ), text
                assert not re.search(r"\b(of|the|or|in) [1-9] (of|objectives|speakers|turns)\b", text), text
                assert not re.search(r"[Oo]bjective \d+ (?!and)[^;.]*, \w+ each", text), text


def test_who_took_up_one_of_them_is_no_other(data: Dataset) -> None:
    long, found = data.long(), claims.one_speaker(data)
    assert found is not None
    counts = coverage_table(long).set_index("objective")["speakers"]
    alone = [int(number) for number in counts.index[counts == 1]]
    wide, own = claims.touches(data), taken_up(long)
    inside = set(own.loc[own["objective"].isin(alone), "actor"])
    others = set(wide.loc[wide["objective"].isin(alone), "actor"]) - inside
    assert f"{number_word(len(others))} others" in found.text


def test_constituencies_that_tie_are_named_together(data: Dataset) -> None:
    for number in range(1, 5):
        part = claims.narrow(data, roundtable=f"RT{number}")
        counts = taken_up(part.long()).groupby("constituency", observed=True)["objective"].nunique()
        found = claims.constituencies_compared(part)
        assert found is not None
        for many in sorted(set(counts), reverse=True)[:3]:
            named = [
                constituency(str(code)) in found.text.replace("Civil", "civil") for code in counts.index[counts == many]
            ]
            assert all(named), (found.text, counts)


def test_a_challenge_is_narrowed_to_the_objectives_that_were_chosen(data: Dataset) -> None:
    chosen = {"13", "20"}
    whole, part = data.challenges, claims.narrow(data, objective=[13, 20]).challenges
    assert not part.empty
    for row in rows_of(part):
        before = whole.loc[whole["challenge"] == row.challenge, "objectives"].iloc[0]
        assert row.objectives.split(";") == [number for number in before.split(";") if number in chosen]


def test_what_a_page_says_of_lists_is_what_the_report_says(data: Dataset) -> None:
    told = {number: claims.profile(data, objective=number)["sentences"] for number in (9, 13, 15, 16)}
    assert not [text for texts in told.values() for text in texts if "passed over" in text or "in the chair" in text]
    for number, name in ((15, "Egypt"), (16, "France")):
        assert any(name in text and "number alone" in text for text in told[number])


def test_a_selection_is_said_and_heeded(small: Dataset) -> None:
    found = claims.most_shared(small, constituency="civil_society")
    assert found is None  # one actor shares with nobody
    floor = claims.most_turns(small, section="RT3")
    assert floor is None or floor.text.startswith("Roundtable 3. ")
    some = claims.one_speaker(small, roundtable="RT1")
    assert (
        some is not None
        and some.text.startswith("Objectives of roundtable 1. ")
        and "objective 2 drew one speaker" in some.text
    )
    with pytest.raises(GfmdError, match="RT9"):
        claims.one_speaker(small, roundtable="RT9")
    with pytest.raises(GfmdError, match="nowhere"):
        claims.one_speaker(small, constituency="nowhere")


def test_chance_says_what_can_be_shown_and_no_more() -> None:
    pairs = pd.DataFrame(
        {
            "objective_a": [1, 2],
            "objective_b": [3, 4],
            "shared": [3, 3],
            "expected": [1.0, 2.0],
            "p_adjusted": [0.01, 0.4],
        }
    )
    assert "one share" in claims.chance(pairs).text and "1 with 3" in claims.chance(pairs).text
    assert "none can be shown" in claims.chance(pairs.assign(p_adjusted=1.0)).text
    nets = pd.DataFrame({"measure": ["modularity"], "observed": [0.3], "expected": [0.2], "p_adjusted": [0.17]})
    assert "cannot be told from chance" in claims.grouping(nets).text
    assert claims.grouping(nets.head(0)) is None


def thin(data: Dataset) -> dict[str, Dataset]:
    """Make data of which much is missing."""
    none = {
        name: data.tables[name].head(0) for name in data.tables if name not in ("meetings", "objectives", "roundtables")
    }
    listed = data.mentions.assign(
        engagement=data.mentions["engagement"].where(data.mentions["engagement"].isna(), "reference")
    )
    return {
        "nothing said": Dataset({**data.tables, **none}),
        "no mention": Dataset({**data.tables, "mentions": data.mentions.head(0)}),
        "interventions alone": Dataset(
            {**data.tables, **{n: t for n, t in none.items() if n not in ("interventions", "actors")}}
        ),
        "one speaker": claims.narrow(data, actor=data.interventions["actor"].iloc[0]),
        "one objective": claims.narrow(data, objective=5),
        "no number": Dataset({**data.tables, "quantities": data.quantities.head(0)}),
        "listed only": Dataset({**data.tables, "mentions": listed}),
    }


def test_thin_data_leave_claims_out_and_never_stop(small: Dataset) -> None:
    for name, part in thin(small).items():
        table = claims.register(part)
        assert set(table["key"]) <= set(NAMES), name
        if name == "nothing said":
            assert table.empty


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), share=st.floats(0.02, 0.6))
def test_claims_of_one_speaker_agree_with_the_table_whatever_the_data(data: Dataset, seed: int, share: float) -> None:
    part = Dataset({**data.tables, "mentions": data.mentions.sample(frac=share, random_state=seed)})
    table = coverage_table(part.long()).set_index("objective")["speakers"]
    found, alone = claims.one_speaker(part), table.index[table == 1].tolist()
    assert (found is None) == (not alone)
    if found:
        where = taken_up(part.long())
        assert set(found.paragraphs_for) == set(where.loc[where["objective"].isin(alone), "paragraph"].astype(int))


def test_all_languages_word_the_same_claims(small: Dataset) -> None:
    tables = [claims.register(small, locale=locale) for locale in LOCALES]
    assert len({tuple(table["key"]) for table in tables}) == 1
    assert not any(table["text"].str.contains(r"[{}]").any() for table in tables)


def test_every_objective_actor_and_constituency_has_its_page(data: Dataset, small: Dataset) -> None:
    for each, numbers in ((data, (5, 12)), (small, (1, 5, 12, 13, 23))):
        for number in numbers:
            page = claims.profile(each, objective=number)
            assert page["sentences"] and page["mentions"]["objective"].isin([number]).all()
        for actor in each.interventions["actor"].unique()[:3]:
            page = claims.profile(each, actor=actor)
            assert set(page["interventions"]["actor"]) == {actor}
            assert set(page["recommendations"]["actor"]) <= {actor}
    for code in small.actors["constituency"].dropna().unique():
        assert claims.profile(small, constituency=code)["title"]


def test_a_page_holds_demands_differences_and_dates_of_its_own(small: Dataset) -> None:
    five, belize = claims.profile(small, objective=5), claims.profile(small, actor="BBB")
    assert five["consolidated"]["consolidated"].tolist() == ["C01"]
    assert five["differences"].empty and five["milestones"].empty
    assert claims.profile(small, objective=13)["differences"]["side"].tolist() == ["at once", "step by step"]
    assert belize["milestones"]["milestone"].tolist() == ["M2"]
    with pytest.raises(GfmdError, match="allowed: one"):
        claims.profile(small, objective=5, actor="BBB")


@pytest.mark.parametrize("locale", ["en", "fr", "es"])
def test_a_selection_is_named_alike_by_code_and_by_name(data: Dataset, locale: str) -> None:
    alike = (
        ({"section": "RT3"}, {"section": "Roundtable 3"}),
        ({"roundtable": "RT2"}, {"roundtable": "roundtable 2"}),
        ({"constituency": "civil_society"}, {"constituency": "Civil society"}),
        ({"actor": "EGY"}, {"actor": "Egypt"}),
        ({"objective": 8}, {"objective": "Save lives"}),
    )
    for code, spelled in alike:
        assert claims.scope(data, locale=locale, **code) == claims.scope(data, locale=locale, **spelled)
        if locale == "en":  # what is narrowed alike is said alike in any language, if its scope is
            assert claims.most_shared(data, **code) == claims.most_shared(data, **spelled)


def test_a_page_is_on_one_objective(data: Dataset) -> None:
    with pytest.raises(GfmdError, match=r"found \[4, 5\]; allowed: one"):
        claims.profile(data, objective=[4, 5])  # type: ignore[arg-type]
