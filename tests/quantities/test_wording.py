"""Numbers in words: a bound is always said, rounding never sharpens it, and three languages have their own forms."""

from datetime import date
from decimal import Decimal

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gfmd_analysis import Dataset, GfmdError
from gfmd_analysis.figures.names import QUANTITIES, TEXTS
from gfmd_analysis.figures.quantities import fair_comparisons, initiative_timeline, reach_ladder, remittances_held
from gfmd_analysis.figures.style import anatomy
from gfmd_analysis.quantities.intervals import Measure, reported
from gfmd_analysis.quantities.metrics import initiatives, reach, remittance_levels, tidy
from gfmd_analysis.quantities.wording import BOUNDS, LANGUAGES, UNITS, number, period, phrase, span, words

NBSP, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
FRENCH, SPANISH = "dollars des États-Unis", "dólares estadounidenses"
KEY = "FOF-2021-11/"


@pytest.mark.parametrize(
    ("value", "unit", "bound", "english", "french", "spanish"),
    [
        (540e9, "USD", "exactly", "USD 540 billion", f"540 milliards de {FRENCH}", f"540 mil millones de {SPANISH}"),
        (6.4e6, "impressions", "over", "over 6.4 million impressions", "plus de 6,4 millions d’impressions",
         "más de 6,4 millones de impresiones"),
        (548.78e9, "USD", "about", "about USD 548.8 billion", f"environ 548,8 milliards de {FRENCH}",
         f"cerca de 548,8 mil millones de {SPANISH}"),
        (80, "percent", "almost", "almost 80%", f"près de 80{NBSP}%", f"casi 80{NBSP}%"),
        (80, "percent", "up_to", "up to 80%", f"jusqu’à 80{NBSP}%", f"hasta 80{NBSP}%"),
        (1.6, "percent", "exactly", "1.6%", f"1,6{NBSP}%", f"1,6{NBSP}%"),
        (88_000, "people", "exactly", "88,000 people", f"88{NARROW}000 personnes", "88.000 personas"),
        (1e6, "people", "at_least", "at least 1 million people", "au moins 1 million de personnes",
         "al menos 1 millón de personas"),
        (1.5e6, "people", "about", "about 1.5 million people", "environ 1,5 million de personnes",
         "cerca de 1,5 millones de personas"),
        (1e9, "people", "exactly", "1 billion people", "1 milliard de personnes", "mil millones de personas"),
        (1, "states", "exactly", "1 state", "1 État", "1 Estado"),
        (1, "USD", "exactly", "USD 1", "1 dollar des États-Unis", "1 dólar estadounidense"),
        (8, "initiatives", "exactly", "8 initiatives", "8 initiatives", "8 iniciativas"),
        (1.28e6, "impressions / month", "over", "over 1.2 million impressions per month",
         "plus de 1,2 million d’impressions par mois", "más de 1,2 millones de impresiones por mes"),
    ],
)  # fmt: skip
def test_forms_of_three_languages(value: float, unit: str, bound: str, english: str, french: str, spanish: str) -> None:
    assert [phrase(value, unit, bound, locale) for locale in LANGUAGES] == [english, french, spanish]


@given(st.floats(0.05, 9e14), st.sampled_from(["over", "at_least", "under", "at_most", "up_to"]))
def test_rounding_never_makes_a_claim_stronger(value: float, bound: str) -> None:
    text = phrase(value, "", bound).removeprefix(BOUNDS["en"][bound]).strip()
    digits, _, scale = text.replace(",", "").partition(" ")
    written = Decimal(digits) * {"": 1, "million": 10**6, "billion": 10**9, "trillion": 10**12}[scale]
    exact = Decimal(f"{value:.12g}")
    assert written <= exact if bound in ("over", "at_least") else written >= exact


@given(
    st.floats(0, 9e14),
    st.sampled_from([bound for bound in BOUNDS["en"] if bound != "exactly"]),
    st.sampled_from(LANGUAGES),
)
def test_a_bound_is_always_said(value: float, bound: str, locale: str) -> None:
    assert phrase(value, "people", bound, locale).startswith(BOUNDS[locale][bound])
    assert phrase(value, "people", "exactly", locale)[0].isdigit() or locale == "es"


def test_derived_numbers_are_rounded_outwards() -> None:
    assert words(Measure(101, 100.66, float("inf"), "people", "neither")) == "over 100.6 people"
    assert words(Measure(439, float("-inf"), 439.65, "people", "neither")) == "under 439.7 people"
    assert words(reported(100, "over", "people") / reported(1_800, "over", "people")) == "cannot be said"
    assert span(Measure(548.78e9, 547.99e9, 549.56e9, "USD")) == "547.9–549.6 billion"


def test_words_of_units_come_in_all_languages(data: Dataset) -> None:
    for unit in sorted(set(data.quantities["unit"]) - {"USD", "percent"}):
        assert set(UNITS[unit]) == set(LANGUAGES), unit
    for locale in LANGUAGES:
        assert not tidy(data.quantities, locale)["wording"].duplicated().all()
    assert phrase(3, "unheard of things") == "3 unheard of things"
    with pytest.raises(GfmdError, match="no fr words yet"):
        phrase(3, "unheard of things", locale="fr")


def test_texts_have_the_same_places_in_all_languages() -> None:
    for key, versions in TEXTS.items():
        places = {frozenset(part.split("}")[0] for part in text.split("{")[1:]) for text in versions.values()}
        assert len(places) == 1, key


def test_labels_belong_to_quantities(data: Dataset) -> None:
    keys = data.quantities["quantity"].str.partition("/")[2]
    assert set(QUANTITIES) <= set(keys)


@pytest.mark.parametrize("locale", ["de", "EN", "", "fr_FR"])
def test_another_language_is_refused(locale: str) -> None:
    with pytest.raises(GfmdError, match="allowed: en, fr, es"):
        number(1, locale)


def test_another_bound_is_refused() -> None:
    with pytest.raises(GfmdError, match="found the bound 'roughly'"):
        phrase(1, "people", "roughly")


def test_periods_are_as_coarse_as_they_are_given() -> None:
    thin = "\N{THIN SPACE}"
    assert period(date(2020, 1, 1), date(2020, 12, 31)) == "2020"
    assert period(date(2021, 3, 1), date(2021, 7, 31)) == f"March{thin}–{thin}July 2021"
    assert period(date(2021, 3, 1), date(2021, 7, 31), "es") == "marzo–julio de 2021"
    assert period(date(2021, 11, 18), date(2021, 11, 18), "fr") == "18 novembre 2021"
    assert period(pd.NaT, date(2018, 12, 31)) == "until 2018"
    assert period(pd.NaT, pd.NaT) == ""


@pytest.mark.parametrize("locale", LANGUAGES)
def test_figures_say_the_finding_in_each_language(data: Dataset, locale: str) -> None:
    numbers, meeting = data.quantities, pd.Timestamp(data.meetings["date"].iloc[0])
    levels = remittance_levels(
        numbers, **{name: f"{KEY}067-Q{n}" for name, n in (("total", 3), ("fall", 4), ("feared", 2), ("rise", 5))}
    )
    campaign = numbers.loc[numbers["paragraph"].isin([83, 85, 86])]
    drawn = {
        "held": remittances_held(levels, locale=locale),
        "ladder": reach_ladder(reach(campaign), locale=locale),
        "timeline": initiative_timeline(
            initiatives(data, word="remittance", objective=20), until=meeting, locale=locale
        ),
        "multiples": fair_comparisons(tidy(numbers, locale), {"": [f"{KEY}066-Q2", f"{KEY}066-Q3"]}, locale=locale),
    }
    told = {name: anatomy(axes.get_figure(root=True)) for name, axes in drawn.items()}
    assert phrase(100.6e9, "USD", "over", locale) in told["held"].title
    assert phrase(6.4e6, "impressions", "over", locale) in told["ladder"].title
    assert "67" in told["held"].source
    assert "59" in told["timeline"].source
    for name, words_of in told.items():
        assert words_of.title, name
        assert words_of.alt.startswith(words_of.title), name
        assert "nan" not in words_of.alt.lower().split(), name
    plt.close("all")
