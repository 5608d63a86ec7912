"""Words that sentences share: paragraphs, dates and articles, as the United Nations write them."""

import pandas as pd
import pytest

from gfmd_analysis import GfmdError
from gfmd_analysis.text import actor_name, alphabetical, clauses, listing, paras, territory, the, translator, when

NBSP = "\N{NO-BREAK SPACE}"


def test_paragraphs_are_cited_in_order_and_once() -> None:
    assert paras([67]) == "para. 67"
    assert paras([9, 7, 1, 2, 3, 9]) == "paras. 1–3, 7 and 9"


@pytest.mark.parametrize(
    ("start", "end", "precision", "said"),
    [
        (None, "2022-01-31", "day", "by 31 January 2022"),
        ("2022-05-09", "2022-05-09", "day", "9 May 2022"),
        ("2022-05-10", "2022-05-13", "day", "10–13 May 2022"),
        ("2022-02-01", "2022-02-28", "month", "February 2022"),
        ("2022-01-01", "2022-12-31", "year", "2022"),
        (None, "2022-07-31", "month", "by July 2022"),
        (None, None, "undated", "no date given"),
    ],
)
def test_a_date_is_said_as_exactly_as_it_is_known(start: str, end: str, precision: str, said: str) -> None:
    assert when(pd.Timestamp(start) if start else None, pd.Timestamp(end) if end else None, precision) == said


def test_states_and_bodies_have_the_article_that_english_gives_them() -> None:
    assert the("Philippines") == "the Philippines"
    assert the("Egypt") == "Egypt"
    assert the("GFMD Mayors Mechanism") == "the GFMD Mayors Mechanism"
    assert [the(name, "fr") for name in ("Philippines", "Égypte", "Sri Lanka")] == [
        "les Philippines",
        "l’Égypte",
        "Sri Lanka",
    ]
    assert [the(name, "es") for name in ("Senegal", "FIDA", "Egipto")] == ["el Senegal", "el FIDA", "Egipto"]


def test_names_are_those_of_the_united_nations() -> None:
    assert actor_name("KEN", "Kenya", "es") == "Kenya" and actor_name("EGY", "Egypt", "fr") == "Égypte"
    assert territory("039", "Southern Europe", "fr") == "Europe méridionale"


def test_lists_are_joined_and_sorted_as_the_language_does() -> None:
    assert (
        listing(["Francia", "Italia"], "es") == "Francia e Italia"
        and listing(["agua", "hielo"], "es") == "agua y hielo"
    )
    assert clauses(["a, b", "c"], "fr") == "a, b\N{NO-BREAK SPACE}; c" and clauses(["a, b", "c"]) == "a, b; c"
    assert sorted(["itungo", "États", "Espagne", "Kenya"], key=alphabetical) == ["Espagne", "États", "itungo", "Kenya"]


def test_intervals_of_dates_have_the_words_of_the_language() -> None:
    days = pd.Timestamp("2022-05-10"), pd.Timestamp("2022-05-13")
    said = [when(*days, "day", locale) for locale in ("en", "fr", "es")]
    assert said == ["10–13 May 2022", "10-13 mai 2022", "10 a 13 de mayo de 2022"]
    assert when(None, days[1], "day", "es") == f"a más tardar el 13{NBSP}de{NBSP}mayo de 2022"
    assert when(None, days[1], "month", "fr") == "d’ici à mai 2022"


def test_another_language_is_refused() -> None:
    with pytest.raises(GfmdError, match="allowed: en, fr, es"):
        translator("de")
    for named, code in (("French", "fr"), ("español", "es")):
        with pytest.raises(GfmdError, match=f"perhaps '{code}'"):
            translator(named)
