"""Numbers in words: a bound is always said, rounding never sharpens it, and three languages have their own forms."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gfmd_analysis import Dataset, GfmdError
from gfmd_analysis.quantities.intervals import Measure, reported
from gfmd_analysis.quantities.metrics import quantity_table
from gfmd_analysis.quantities.wording import BOUNDS, number, period, phrase, significant, words
from gfmd_analysis.text import LOCALES, translator

NBSP, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
SINGLE = [bound for bound in BOUNDS if bound != "between"]


@pytest.mark.parametrize(
    ("value", "unit", "bound", "english", "french", "spanish"),
    [
        (540e9, "USD", "exactly", "USD 540 billion", "540 milliards de dollars", "540.000 millones de dólares"),
        (6.4e6, "impressions", "over", "over 6.4 million impressions", "plus de 6,4 millions d’impressions",
         "más de 6,4 millones de impresiones"),
        (548.78e9, "USD", "about", "about USD 548.8 billion", "environ 548,8 milliards de dollars",
         "alrededor de 548.780 millones de dólares"),
        (80, "percent", "almost", "almost 80%", f"près de 80{NBSP}%", f"casi 80{NBSP}%"),
        (80, "percent", "up_to", "up to 80%", f"jusqu’à 80{NBSP}%", f"hasta 80{NBSP}%"),
        (1.6, "percent", "exactly", "1.6%", f"1,6{NBSP}%", f"1,6{NBSP}%"),
        (88_000, "people", "exactly", "88,000 people", f"88{NARROW}000 personnes", "88.000 personas"),
        (1e6, "people", "at_least", "at least 1 million people", "au moins 1 million de personnes",
         "al menos 1 millón de personas"),
        (1.5e6, "people", "about", "about 1.5 million people", "environ 1,5 million de personnes",
         "alrededor de 1,5 millones de personas"),
        (1e9, "people", "exactly", "1 billion people", "1 milliard de personnes", "1.000 millones de personas"),
        (1, "states", "exactly", "1 State", "1 État", "1 Estado"),
        (1, "USD", "exactly", "USD 1", "1 dollar", "1 dólar"),
        (8, "initiatives", "exactly", "8 initiatives", "8 initiatives", "8 iniciativas"),
        (1.28e6, "impressions / month", "over", "over 1.2 million impressions per month",
         "plus de 1,2 million d’impressions par mois", "más de 1,2 millones de impresiones por mes"),
    ],
)  # fmt: skip
def test_forms_of_three_languages(value: float, unit: str, bound: str, english: str, french: str, spanish: str) -> None:
    assert [phrase(value, unit, bound, locale) for locale in LOCALES] == [english, french, spanish]


@given(st.floats(0.05, 9e14), st.sampled_from(["over", "at_least", "under", "at_most", "up_to"]))
def test_rounding_never_makes_a_claim_stronger(value: float, bound: str) -> None:
    text = phrase(value, "", bound).removeprefix(BOUNDS[bound].partition("{")[0])
    digits, _, scale = text.replace(",", "").partition(" ")
    written = Decimal(digits) * {"": 1, "million": 10**6, "billion": 10**9, "trillion": 10**12}[scale]
    exact = Decimal(f"{value:.12g}")
    assert written <= exact if bound in ("over", "at_least") else written >= exact


@given(st.floats(0, 9e14), st.sampled_from(SINGLE), st.sampled_from(list(LOCALES)))
def test_a_bound_is_always_said(value: float, bound: str, locale: str) -> None:
    said = translator(locale).gettext(BOUNDS[bound]).partition("{")[0]
    assert phrase(value, "people", bound, locale).startswith(said)
    assert said or bound == "exactly"


def test_derived_numbers_are_rounded_outwards() -> None:
    assert words(Measure(101, 100.66, float("inf"), "people", "neither")) == "over 100.6 people"
    assert words(Measure(439, float("-inf"), 439.65, "people", "neither")) == "under 439.7 people"
    assert words(reported(100, "over", "people") / reported(1_800, "over", "people")) == "not available"
    assert words(Measure(30, 25, 80, "people", "left")) == "between 25 and 80 people"


def test_nouns_of_the_data_come_in_all_languages_and_others_stand_as_they_are(data: Dataset) -> None:
    for locale in LOCALES:
        table = quantity_table(data.quantities, locale=locale)
        assert table["wording"].str.contains(r"\d").all()
        assert phrase(3, "unheard of things", locale=locale) == "3 unheard of things"


def test_a_sign_on_figures_and_words_in_text() -> None:
    assert [phrase(2.6, "percent", locale=locale, spelled=True) for locale in LOCALES] == [
        "2.6 per cent",
        "2,6\xa0%",
        f"un 2,6{NBSP}%",
    ]


def test_a_derived_number_bears_no_more_digits_than_its_source() -> None:
    assert phrase(significant(100.98e9), "USD", "about") == "about USD 100 billion"
    assert significant(148) == 150
    assert significant(0.0234) == 0.023


@pytest.mark.parametrize("locale", ["de", "EN", "", "fr_FR"])
def test_another_language_is_refused(locale: str) -> None:
    with pytest.raises(GfmdError, match="allowed: en, fr, es"):
        number(1, locale)


def test_another_bound_is_refused() -> None:
    with pytest.raises(GfmdError, match="bound: found 'roughly'"):
        phrase(1, "people", "roughly")


def test_periods_are_as_coarse_as_they_are_given() -> None:
    thin = "\N{THIN SPACE}"
    assert period(date(2020, 1, 1), date(2020, 12, 31)) == "2020"
    assert period(date(2021, 3, 1), date(2021, 7, 31)) == f"March{thin}–{thin}July 2021"
    assert period(date(2021, 3, 1), date(2021, 7, 31), "es") == "marzo a julio de 2021"
    assert period(date(2021, 11, 18), date(2021, 11, 18), "fr") == f"18{NBSP}novembre 2021"
    assert period(pd.NaT, date(2018, 12, 31)) == "until 2018"
    assert period(pd.NaT, pd.NaT) == ""
