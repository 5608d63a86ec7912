"""Interval arithmetic keeps what was said: a bound only widens, a direction is never lost, units are never mixed."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gfmd_analysis import Dataset, GfmdError, NoDataError
from gfmd_analysis.quantities.intervals import Measure, reported, rounded, significant_unit, written_unit
from gfmd_analysis.quantities.metrics import campaign_reach, measure_of, quantity_table, remittance_levels
from tests.small_meeting import small_meeting

BOUNDS = ("exactly", "about", "over", "up_to", "at_least", "almost", "at_most")
UPWARDS, DOWNWARDS = {"over", "at_least"}, {"under", "at_most"}
UNITS = ("USD", "percent", "people", "states", "impressions", "support centres", "")
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
    assert (one + two + three).bound == (three + one + two).bound
    assert (one + two + three).lower == pytest.approx((three + one + two).lower)


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
    assert (Measure(1, 1, 1) / over).bound == "under"
    assert (over / over).bound == "unknown"


@given(st.sampled_from(UNITS), st.sampled_from(UNITS))
def test_only_like_is_added_to_like(one: str, two: str) -> None:
    left, right = reported(7, "exactly", one), reported(3, "over", two)
    alike = one == two or {one, two} == {"percent", ""}  # a percentage is a number of parts
    if alike:
        assert (left + right).unit == one
        return
    for mix in (
        lambda: left + right,
        lambda: left - right,
        lambda: left.to(two),
    ):
        with pytest.raises(GfmdError, match="measure different things"):
            mix()


def test_adding_dollars_to_percent_says_what_is_wrong() -> None:
    with pytest.raises(GfmdError, match="cannot set percent against USD"):
        reported(540e9, "exactly", "USD") + reported(1.6, "exactly", "percent")


def test_units_follow_the_arithmetic() -> None:
    rate = reported(12, "exactly", "people") / reported(3, "exactly", "months")
    assert (rate.value, rate.unit) == (4, "people / month")
    assert (reported(1, "exactly", "") / reported(4, "exactly", "months")).unit == "1 / month"
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
    with pytest.raises(GfmdError, match="found"):
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


@pytest.fixture(scope="module")
def levels() -> pd.DataFrame:
    return remittance_levels(small_meeting().quantities).set_index("level")


def test_remittance_levels_follow_from_the_four_reported_numbers(levels: pd.DataFrame) -> None:
    """500 billion after a decline of 2 per cent, where more than 10 were projected; growth of 3 expected."""
    before = 500e9 / 0.98
    assert levels.loc["before", "value"] == pytest.approx(before)
    assert levels.loc["projected", "value"] == pytest.approx(before * 0.9)
    assert levels.loc["averted", "value"] == pytest.approx(500e9 - before * 0.9)
    assert levels.loc["expected", "value"] == pytest.approx(515e9)
    assert levels["bound"].to_dict() == {
        "projected_decline": "over",
        "decline": "exactly",
        "growth": "exactly",
        "before": "about",
        "projected": "under",
        "actual": "exactly",
        "expected": "about",
        "averted": "over",
    }
    assert levels.loc[["before", "actual", "expected"], "year"].tolist() == [1998, 1999, 2000]
    assert levels["quantity"].dropna().tolist() == ["Q3", "Q2", "Q4", "Q1"]


@given(st.floats(499.5e9, 500.5e9), st.floats(1.5, 2.5), st.floats(10.001, 60))
def test_no_rounding_and_no_projection_breaks_the_decline_averted(
    levels: pd.DataFrame, total: float, fall: float, projected: float
) -> None:
    averted = total - total / (1 - fall / 100) * (1 - projected / 100)
    assert averted >= levels.loc["averted", "lower"]


def test_what_is_not_there_is_said(data: Dataset) -> None:
    with pytest.raises(NoDataError, match="no remittance total"):
        remittance_levels(data.quantities.head(0))
    with pytest.raises(NoDataError, match="no number on a campaign"):
        campaign_reach(data.quantities.head(0))


def test_a_target_is_no_reach_and_nothing_is_added_up(data: Dataset) -> None:
    assert campaign_reach(small_meeting().quantities)["quantity"].tolist() == ["Q5"]
    table = campaign_reach(data.quantities)
    campaign = data.quantities[data.quantities["topic"] == "campaign"]
    assert set(table["quantity"]) <= set(campaign["quantity"])
    assert table["value"].is_monotonic_decreasing


def test_the_table_keeps_every_quantity_and_its_bound(data: Dataset) -> None:
    table = quantity_table(data.quantities)
    assert table[data.quantities.columns].equals(data.quantities)
    assert (table["lower"] <= table["value"]).all()
    assert (table["value"] <= table["upper"]).all()
    plain = table["bound"] == "exactly"
    assert (table.loc[plain, "lower"] == table.loc[plain, "upper"]).all()
    assert table.loc[~plain, "wording"].str.match(r"(about|over|up to|at least|almost|at most) ").all()


def test_an_unknown_quantity_is_named(data: Dataset) -> None:
    with pytest.raises(GfmdError, match="999-Q1"):
        measure_of(data.quantities, "FOF-2021-11/999-Q1")


POSSIBLE = {  # what a word allows to be true, of a number v that it stands before
    "exactly": lambda v: (v, v),
    "over": lambda v: (v, math.inf),
    "at_least": lambda v: (v, math.inf),
    "under": lambda v: (-math.inf, v),
    "at_most": lambda v: (-math.inf, v),
    "about": lambda v: (v - 0.1001 * abs(v), v + 0.1001 * abs(v)),
    "almost": lambda v: (v - 0.1001 * abs(v), v),
    "unknown": lambda v: (-math.inf, math.inf),
}


@given(
    st.floats(-1e6, 1e6), st.floats(0, 1e6), st.floats(0, 1e6), st.sampled_from(["both", "left", "right", "neither"])
)
def test_a_word_never_says_more_than_the_interval(value: float, below: float, above: float, closed: str) -> None:
    measure = Measure(value, value - below, value + above, "people", closed)
    if measure.bound == "between":
        low, high = measure.lower, measure.upper
    else:
        low, high = POSSIBLE[measure.bound](measure.stated)
    assert low <= measure.lower
    assert measure.upper <= high or (measure.bound in ("about", "almost") and measure.upper <= high + 1e-9 * abs(high))


@pytest.mark.parametrize(
    ("measure", "bound"),
    [
        (Measure(-20, -100, -20, "percent", "neither"), "under"),
        (Measure(30, 25, 80, "people", "left"), "between"),
        (Measure(30, 29, 31, "people"), "about"),
        (reported(80, "almost", "percent"), "almost"),
    ],
)
def test_bounds_of_derived_numbers(measure: Measure, bound: str) -> None:
    assert measure.bound == bound
