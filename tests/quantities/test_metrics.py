"""Interval arithmetic keeps what was said: a bound only widens, a direction is never lost, units are never mixed."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gfmd_analysis import Dataset, GfmdError
from gfmd_analysis.figures.display import searchable
from gfmd_analysis.quantities.intervals import Measure, reported, rounded, significant_unit, written_unit
from gfmd_analysis.quantities.metrics import (
    comparable,
    dates_in,
    growth,
    initiatives,
    measure_of,
    months,
    raised,
    reach,
    remittance_levels,
    share,
    tidy,
    total,
)

BOUNDS = ("exactly", "about", "over", "up_to", "at_least", "almost", "at_most")
UPWARDS, DOWNWARDS = {"over", "at_least"}, {"under", "at_most"}
UNITS = ("USD", "percent", "people", "states", "impressions", "support centres", "")
KEY = "FOF-2021-11/067-Q"
amounts = st.floats(0.001, 1e13) | st.integers(1, 10**12).map(float)
printed = st.builds(lambda digits, scale: float(digits * 10**scale), st.integers(1, 9999), st.integers(0, 9))
bounded = st.builds(reported, amounts, st.sampled_from(BOUNDS), st.just("people"))
firm = st.sampled_from(["exactly", "about", "over", "at_least", "almost"])
positive = st.builds(reported, printed, firm, st.just("people"))


def inside(measure: Measure, fraction: float) -> float:
    """Give a number that the interval allows."""
    upper = measure.upper if math.isfinite(measure.upper) else measure.lower * 8 + 1
    return min(measure.lower + fraction * (upper - measure.lower), upper)


def holds(measure: Measure, number: float) -> bool:
    slack = 1e-9 * max(abs(number), 1e-300)
    return measure.lower - slack <= number <= measure.upper + slack


@given(amounts, st.sampled_from(BOUNDS), st.sampled_from(UNITS))
def test_a_reported_number_lies_in_its_interval_and_keeps_its_word(value: float, bound: str, unit: str) -> None:
    measure = reported(value, bound, unit)
    assert measure.lower <= value <= measure.upper
    assert measure.stated == value
    assert measure.bound in ({"at_most", "unknown"} if bound == "up_to" else {bound, "unknown"})
    assert measure.bound != "unknown" or (unit == "percent" and value == 100)


@given(bounded, bounded, st.floats(0, 1), st.floats(0, 1))
def test_sums_differences_and_products_hold_every_possible_result(
    one: Measure, two: Measure, here: float, there: float
) -> None:
    left, right = inside(one, here), inside(two, there)
    assert holds(one + two, left + right)
    assert (one - two).lower <= left - right + 1e-9 * (left + right)
    assert (one - two).upper >= left - right - 1e-9 * (left + right)
    assert holds(one * two, left * right)


@given(bounded, positive, st.floats(0, 1), st.floats(0, 1))
def test_ratios_hold_every_possible_result(one: Measure, two: Measure, here: float, there: float) -> None:
    assert holds(one / two, inside(one, here) / inside(two, there))


@given(bounded, bounded)
def test_a_sum_is_never_narrower_than_its_parts(one: Measure, two: Measure) -> None:
    both = one + two
    width = both.upper - both.lower
    assert width >= max(one.upper - one.lower, two.upper - two.lower) - 1e-9 * max(both.value, 1)


@given(bounded, bounded, bounded)
def test_order_does_not_matter(one: Measure, two: Measure, three: Measure) -> None:
    assert one + two == two + one
    assert one * two == two * one
    assert total(one, two, three).bound == total(three, one, two).bound
    assert total(one, two, three).lower == pytest.approx(total(three, one, two).lower)


@given(positive, positive)
def test_a_direction_is_never_lost(one: Measure, two: Measure) -> None:
    open_ends = [measure.bound in UPWARDS for measure in (one, two)]
    for result in (one + two, one * two):
        assert (result.bound in UPWARDS) == any(open_ends)
        assert (result.upper == math.inf) == any(open_ends)
        assert (result.bound == "exactly") == (one.bound == two.bound == "exactly")
    assert ((one - two).lower == -math.inf) == open_ends[1]
    assert (one / two).bound != "exactly" or one.bound == two.bound == "exactly"
    if open_ends == [False, True]:
        assert (one / two).bound in DOWNWARDS
    if open_ends == [True, True]:
        assert (one / two).bound == "unknown"


@given(positive, st.floats(0.1, 1000))
def test_exact_numbers_change_the_size_and_not_the_firmness(one: Measure, factor: float) -> None:
    assert (one * factor).bound == one.bound
    assert (one / factor).bound == one.bound
    assert (one * factor).closed == one.closed


def test_over_6_4_million_never_turns_into_6_4_million() -> None:
    over = reported(6_400_000, "over", "impressions")
    for derived in (
        over,
        over + over,
        over * 2,
        over / Measure(5, 4, 5, "months"),
        over - 1 * Measure(0, 0, 0, "impressions"),
    ):
        assert derived.bound == "over"
    assert (-over).bound == "under"
    assert (1 / over).bound == "under"
    assert (over / over).bound == "unknown"


@given(st.sampled_from(UNITS), st.sampled_from(UNITS))
def test_only_like_is_added_to_like(one: str, two: str) -> None:
    left, right = reported(7, "exactly", one), reported(3, "over", two)
    alike = one == two or {one, two} == {"percent", ""}  # a percentage is a number of parts
    if alike:
        assert (left + right).unit == one
        return
    for mix in (lambda: left + right, lambda: left - right, lambda: left.to(two), lambda: share(right, left)):
        with pytest.raises(GfmdError, match="measure different things"):
            mix()


def test_adding_dollars_to_percent_says_what_is_wrong() -> None:
    with pytest.raises(GfmdError, match="cannot add percent to USD"):
        reported(540e9, "exactly", "USD") + reported(1.6, "exactly", "percent")


def test_units_follow_the_arithmetic() -> None:
    rate = reported(12, "exactly", "people") / reported(3, "exactly", "months")
    assert (rate.value, rate.unit) == (4, "people / month")
    assert (rate * reported(2, "exactly", "years")).unit == "people"
    assert (rate * reported(2, "exactly", "years")).value == pytest.approx(96)
    assert (reported(50, "exactly", "percent") * reported(8, "exactly", "USD")).value == 4
    assert (rate / rate).unit == ""


@pytest.mark.parametrize("unit", ["3 people", "people!", "people ^ 2", "/"])
def test_what_is_no_unit_is_refused(unit: str) -> None:
    with pytest.raises(GfmdError, match="found the unit"):
        reported(1, "exactly", unit)


@pytest.mark.parametrize(
    ("value", "bound", "lower", "upper", "closed"),
    [
        (540e9, "exactly", 540e9, 540e9, "both"),
        (6.4e6, "over", 6.4e6, math.inf, "neither"),
        (50, "at_least", 50, math.inf, "left"),
        (80, "up_to", 0, 80, "both"),
        (80, "at_most", 0, 80, "both"),
        (80, "almost", 75, 80, "left"),
        (550e9, "about", 545e9, 555e9, "both"),
        (72, "about", 71.5, 72.5, "both"),
        (100, "about", 90, 110, "both"),
        (1_800, "about", 1_750, 1_850, "both"),
    ],
)
def test_intervals_of_the_bounds(value: float, bound: str, lower: float, upper: float, closed: str) -> None:
    measure = reported(value, bound, "people")
    assert (measure.lower, measure.upper, measure.closed) == (lower, upper, closed)


@pytest.mark.parametrize(("value", "bound"), [(-1, "exactly"), (math.inf, "over"), (math.nan, "about"), (5, "roughly")])
def test_what_is_no_quantity_is_refused(value: float, bound: str) -> None:
    with pytest.raises(GfmdError, match="found the"):
        reported(value, bound, "people")


def test_dividing_by_what_may_be_nought_is_refused() -> None:
    with pytest.raises(GfmdError, match="nought"):
        reported(1, "exactly", "people") / reported(80, "up_to", "people")


def test_the_last_digit_written_and_the_last_that_counts() -> None:
    assert [written_unit(value) for value in (540e9, 6.4e6, 1.6, 72, 80, 1_800)] == [1e9, 1e5, 0.1, 1, 1, 1]
    assert [significant_unit(value) for value in (540e9, 6.4e6, 1.6, 72, 80, 1_800)] == [1e10, 1e5, 0.1, 1, 10, 100]


def test_plain_money_percentages_and_whole_thousands_are_read_as_rounded() -> None:
    money = rounded(reported(540e9, "exactly", "USD"))
    assert (money.lower, money.upper, money.bound) == (539.5e9, 540.5e9, "about")
    youth = rounded(reported(88_000, "exactly", "people"))
    assert (youth.lower, youth.upper) == (87_500, 88_500)
    for measure in (reported(81, "exactly", "states"), reported(20, "over", "percent")):
        assert rounded(measure) == measure


def test_growth_and_fall_undo_each_other() -> None:
    before, after = reported(200, "exactly", "USD"), reported(150, "exactly", "USD")
    assert growth(before, after).value == pytest.approx(-25)
    assert (after / (1 + growth(before, after))).value == pytest.approx(200)
    assert growth(before, reported(300, "over", "USD")).bound == "over"


def test_a_share_has_one_denominator_and_is_at_most_all_of_it() -> None:
    whole = reported(200, "exactly", "people")
    assert share(reported(50, "exactly", "people"), whole).value == 25
    assert share(reported(50, "over", "people"), whole).upper == 100
    assert share(reported(50, "over", "people"), whole).bound == "over"
    assert share(reported(100, "over", "people"), reported(1_800, "over", "people")).bound == "unknown"
    with pytest.raises(GfmdError, match="allowed: a part"):
        share(reported(300, "exactly", "people"), whole)


def test_march_to_july_is_four_to_five_months() -> None:
    length = months(pd.Timestamp("2021-03-01"), pd.Timestamp("2021-07-31"))
    assert (length.lower, length.upper, length.unit) == (4, 5, "month")


@pytest.fixture(scope="module")
def levels(data: Dataset) -> pd.DataFrame:
    keys = {"total": KEY + "3", "fall": KEY + "4", "feared": KEY + "2", "rise": KEY + "5"}
    return remittance_levels(data.quantities, **keys).set_index("level")


def test_remittance_levels_follow_from_the_four_reported_numbers(levels: pd.DataFrame) -> None:
    in_billions = (levels.loc[["before", "feared", "actual", "after", "avoided"], "value"] / 1e9).round(1).tolist()
    assert in_billions == [548.8, 439.0, 540.0, 554.0, 101.0]
    assert levels["bound"].to_dict() == {
        "feared_fall": "over",
        "fall": "exactly",
        "rise": "exactly",
        "before": "about",
        "feared": "under",
        "actual": "exactly",
        "after": "about",
        "avoided": "over",
    }
    assert levels["year"].to_dict()["before"] == 2019


def test_the_world_banks_own_2019_figure_lies_within_the_implied_bounds(levels: pd.DataFrame) -> None:
    """Migration and Development Brief 34 (May 2021) puts 2019 at USD 548 billion; the report does not."""
    assert levels.loc["before", "lower"] <= 548e9 <= levels.loc["before", "upper"]


@given(st.floats(539.5e9, 540.5e9), st.floats(1.55, 1.65), st.floats(20.001, 60))
def test_no_rounding_and_no_feared_fall_breaks_the_avoided_loss(total: float, fall: float, feared: float) -> None:
    avoided = total - total / (1 - fall / 100) * (1 - feared / 100)
    assert avoided > 100.65e9


def test_reach_adds_nothing_up_and_says_no_more_than_is_known(data: Dataset) -> None:
    campaign = data.quantities.loc[data.quantities["paragraph"].isin([83, 85, 86])]
    table = reach(campaign, {"FOF-2021-11/085-Q3": "FOF-2021-11/085-Q1"}).set_index("quantity")
    assert len(table) == len(campaign)
    assert table["value"].is_monotonic_decreasing
    impressions = table.loc["FOF-2021-11/083-Q1"]
    assert (impressions["per_month"], impressions["per_month_bound"]) == (1_280_000, "over")
    assert table["per_month"].notna().sum() == 1
    assert table.loc["FOF-2021-11/085-Q3", "share_bound"] == "unknown"


def test_impressions_are_no_share_of_people(data: Dataset) -> None:
    with pytest.raises(GfmdError, match="measure different things"):
        reach(data.quantities, {"FOF-2021-11/083-Q1": "FOF-2021-11/085-Q2"})


def test_tidy_keeps_every_quantity_and_its_bound(data: Dataset) -> None:
    table = tidy(data.quantities)
    assert table[data.quantities.columns].equals(data.quantities)
    assert (table["lower"] <= table["value"]).all()
    assert (table["value"] <= table["upper"]).all()
    plain = table["bound"] == "exactly"
    assert (table.loc[plain, "lower"] == table.loc[plain, "upper"]).all()
    assert table.loc[~plain, "wording"].str.match(r"(about|over|up to|at least|almost|at most) ").all()


def test_like_is_set_beside_like(data: Dataset) -> None:
    numbers = data.quantities.set_index("quantity", drop=False)
    assert comparable(numbers.loc[[f"FOF-2021-11/000-Q{n}" for n in (2, 3, 4)]]) == "bodies"
    with pytest.raises(GfmdError, match="side by side"):
        comparable(numbers.loc[["FOF-2021-11/000-Q1", "FOF-2021-11/000-Q2"]])


def test_an_unknown_quantity_is_named(data: Dataset) -> None:
    with pytest.raises(GfmdError, match="999-Q1"):
        measure_of(data.quantities, "FOF-2021-11/999-Q1")


def test_dates_are_read_as_exactly_as_they_are_given() -> None:
    assert [tuple(day.date().isoformat() for day in span) for span in dates_in("in May 2020 and again in 2021")] == [
        ("2020-05-01", "2020-05-31"),
        ("2021-01-01", "2021-12-31"),
    ]
    assert dates_in("a programme against COVID-19, agenda of 2030s") == []
    assert len(dates_in("Forum 2021: the June 2021 edition")) == 1


def test_who_raised_remittances(data: Dataset) -> None:
    table = raised(data, word="remittance", objective=20)
    assert {59, 63, 67, 68, 96} <= set(table["paragraph"])
    assert set(table.loc[table["own"], "paragraph"]) == {63, 67, 68}
    assert set(table.loc[table["paragraph"].isin([67, 68]), "actor"]) == {"IFAD"}


def test_remittance_initiatives_in_time(data: Dataset) -> None:
    table = initiatives(data, word="remittance", objective=20)
    first = table.drop_duplicates("practice").set_index("practice")
    assert first.loc["REMITTANCES_IN_CRISIS", "start"] == pd.Timestamp("2020-05-01")
    assert first.loc["GFRID_2021", "start"] == pd.Timestamp("2021-06-01")
    assert "KHARTOUM_MEETING" not in first.index
    assert table["start"].dropna().is_monotonic_increasing or table["practice"].duplicated().any()


def test_the_searchable_table_is_the_same_each_time_and_escapes(data: Dataset) -> None:
    table = pd.DataFrame({"what": ["<script>", None], "value": [1.0, math.nan]})
    shown = searchable(table, "numbers").data
    assert shown == searchable(table, "numbers").data
    assert "<script>" not in shown
    assert "NaN" not in shown
    assert 'id="numbers"' in shown
    with pytest.raises(GfmdError, match="allowed: letters"):
        searchable(table, "a b")
