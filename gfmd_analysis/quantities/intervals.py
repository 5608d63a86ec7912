"""Arithmetic with numbers that are only known within bounds: a direction is never lost, units are never mixed.

A reported number is a closed, half-open or open interval with the reading that was printed. "Over 6.4 million" is
``(6.4 million, inf)``, so whatever is computed from it stays open upwards. The rules are those of interval arithmetic
(Moore, Kearfott and Cloud 2009, *Introduction to Interval Analysis*, SIAM, chapter 2, open ends, ``0 * inf = 0``).
An expression that uses a number twice gives wider bounds than it must: write it so that each number stands once.
"""

import math
import re
from dataclasses import dataclass

from gfmd_analysis.errors import GfmdError, require_known

# by whether the lower and the upper end belong to it
CLOSED = {(False, False): "neither", (False, True): "right", (True, False): "left", (True, True): "both"}

UNIT = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*(?: [*/] [A-Za-z]+(?: [A-Za-z]+)*)*|1 / [A-Za-z ]+|")

SINGULAR = {"months": "month", "years": "year"}  # after "per"

PARTS = {("percent", ""): 0.01, ("", "percent"): 100.0}  # a percentage is a number of parts

NARROW = 0.1  # "about" and "almost" allow a tenth of the number, as :func:`reported` reads them

End = tuple[float, bool]  # where the interval ends, and whether the end belongs to it


@dataclass(frozen=True)
class Measure:
    """A number with its reading, its bounds and its unit.

    Attributes
    ----------
    value
        The number as printed, or computed from the printed ones; always within the bounds.
    lower, upper
        The ends of the interval in which it surely lies; minus or plus infinity where nothing is known.
    unit
        ``USD``, ``percent``, a plural noun, a ratio such as ``people / month``, or empty for a pure number.
    closed
        Which ends belong to the interval, in pandas' words: both, left, right, neither.

    Examples
    --------
    >>> from gfmd_analysis.quantities.intervals import reported
    >>> over = reported(6_400_000, "over", "impressions")
    >>> months = Measure(5, 4, 5, "months")
    >>> rate = over / months
    >>> rate.bound, rate.lower, rate.unit
    ('over', 1280000.0, 'impressions / month')
    """

    value: float
    lower: float
    upper: float
    unit: str = ""
    closed: str = "both"

    def __post_init__(self) -> None:
        """Refuse what is no interval."""
        if not (math.isfinite(self.value) and self.lower <= self.value <= self.upper):
            raise GfmdError(f"{self.value} does not lie between {self.lower} and {self.upper}")
        if not UNIT.fullmatch(self.unit):
            allowed = "USD, percent, a plural noun, or a ratio such as 'people / month'"
            raise GfmdError(f"found the unit '{self.unit}'; allowed: {allowed}")
        object.__setattr__(self, "closed", CLOSED[self.low[1], self.high[1]])

    @property
    def low(self) -> End:
        """The lower end and whether it belongs to the interval; infinity never does."""
        return self.lower, self.closed in ("both", "left") and math.isfinite(self.lower)

    @property
    def high(self) -> End:
        """The upper end and whether it belongs to the interval."""
        return self.upper, self.closed in ("both", "right") and math.isfinite(self.upper)

    @property
    def bound(self) -> str:
        """How firm the number is: a word of the data, or ``under``, ``between``, ``unknown`` for what arithmetic adds.

        The word never allows less than the interval does: ``about`` and ``almost`` only where it is narrow.
        """
        percent = self.unit == "percent"
        floor, ceiling = self.lower in (0, -math.inf) or (percent and self.lower == -100), self.upper == math.inf
        margin = NARROW * abs(self.value) * (1 + 1e-12)
        close = self.value - self.lower <= margin and self.upper - self.value <= margin
        if self.lower == self.upper:
            return "exactly"
        if floor and (ceiling or (percent and self.upper == 100)):
            return "unknown"
        if ceiling or (self.value == self.lower and not floor):
            return "at_least" if self.low[1] else "over"
        if close and self.value == self.upper and self.value > 0 and not self.high[1]:
            return "almost"
        if floor or self.value == self.upper:
            return "at_most" if self.high[1] else "under"
        return "about" if close else "between"

    @property
    def stated(self) -> float:
        """The number that may be written after the bound: "over" states the lower end, "under" the upper one."""
        if self.bound in ("over", "at_least"):
            return self.lower
        return self.upper if self.bound in ("under", "at_most") else self.value

    def to(self, unit: str) -> "Measure":
        """Convert to another unit of the same dimension.

        Raises
        ------
        GfmdError
            Where the dimensions differ: USD are never turned into percent.
        """
        if unit != self.unit and (self.unit, unit) not in PARTS:
            here, there = self.unit or "a pure number", unit or "a pure number"
            raise GfmdError(f"cannot set {here} against {there}: they measure different things; allowed: one unit")
        factor = PARTS.get((self.unit, unit), 1.0)
        return Measure(self.value * factor, self.lower * factor, self.upper * factor, unit, self.closed)

    def __add__(self, other: "Measure | float") -> "Measure":
        """Add two numbers of one unit."""
        right = _number(other).to(self.unit)
        closed = CLOSED[self.low[1] and right.low[1], self.high[1] and right.high[1]]
        ends = self.lower + right.lower, self.upper + right.upper
        return Measure(self.value + right.value, *ends, self.unit, closed)

    def __sub__(self, other: "Measure | float") -> "Measure":
        """Subtract a number of the same unit."""
        return self + -_number(other)

    def __neg__(self) -> "Measure":
        """Turn the interval round."""
        return Measure(-self.value, -self.upper, -self.lower, self.unit, CLOSED[self.high[1], self.low[1]])

    def __mul__(self, other: "Measure | float") -> "Measure":
        """Multiply; percent become parts of one."""
        left, right = _plain(self), _plain(_number(other))
        ends = [_product(one, two) for one in (left.low, left.high) for two in (right.low, right.high)]
        unit = " * ".join(sorted(filter(None, (left.unit, right.unit))))
        return _spanned(left.value * right.value, ends, unit)

    def __truediv__(self, other: "Measure | float") -> "Measure":
        """Divide; the unit becomes a ratio.

        Raises
        ------
        GfmdError
            Where the divisor may be nought.
        """
        left, right = _plain(self), _plain(_number(other))
        if right.lower <= 0 <= right.upper:
            span = f"{right.lower:g} to {right.upper:g} {right.unit}".rstrip()
            raise GfmdError(f"cannot divide by a number that may be nought: {span}; allowed: one of one sign")
        ends = [_quotient(one, two) for one in (left.low, left.high) for two in (right.low, right.high)]
        ratio = f"{left.unit or 1} / {SINGULAR.get(right.unit, right.unit)}" if right.unit else left.unit
        return _spanned(left.value / right.value, ends, "" if left.unit == right.unit else ratio)

    __radd__ = __add__
    __rmul__ = __mul__

    def __rtruediv__(self, other: float) -> "Measure":
        """Divide a pure number by this."""
        return _number(other) / self

    def __rsub__(self, other: float) -> "Measure":
        """Subtract from a pure number, as in one minus a share."""
        return _number(other) - self


def _number(other: "Measure | float") -> Measure:
    return other if isinstance(other, Measure) else Measure(other, other, other)


def _plain(measure: Measure) -> Measure:
    return measure.to("") if measure.unit == "percent" else measure


def _product(one: End, two: End) -> End:
    if 0 in (one[0], two[0]):
        return 0.0, any(end[0] == 0 and end[1] for end in (one, two))
    return one[0] * two[0], one[1] and two[1]


def _quotient(one: End, two: End) -> End:
    if one[0] == 0 or math.isinf(two[0]):
        return 0.0, one[0] == 0 and one[1]
    return one[0] / two[0], one[1] and two[1]


def _spanned(value: float, ends: list[End], unit: str) -> Measure:
    """Take the interval that the ends span."""
    lower, upper = min(end for end, _ in ends), max(end for end, _ in ends)
    closed = CLOSED[(lower, True) in ends, (upper, True) in ends]
    return Measure(min(max(value, lower), upper), lower, upper, unit, closed)


def written_unit(value: float) -> float:
    """Give the place of the last digit that is written: ``0.1`` for 1.6, a thousand million for 540 billion, else 1.

    Numbers of a million and more are written with a scale word, so "540 billion" is written to the billion and
    "6.4 million" to a tenth of a million; smaller numbers are written in full, so 72 is written to the unit.
    """
    scale = next((scale for scale in (1e12, 1e9, 1e6) if abs(value) >= scale), 1.0)
    decimals = f"{value / scale:.9f}".rstrip("0").split(".")[1]
    return float(scale / 10 ** len(decimals))


def significant_unit(value: float) -> float:
    """Give the place of the last digit that is not nought: 10 for 80, 100 for 1,800, 100,000 for 6.4 million."""
    unit = written_unit(value)
    while value and round(value / unit) % 10 == 0:
        unit *= 10
    return unit


def reported(value: float, bound: str, unit: str) -> Measure:
    """Turn a number of the report and its bound into an interval.

    ===========  ==========================  ==================================================================
    bound        interval                    reading
    ===========  ==========================  ==================================================================
    exactly      ``[v, v]``                  as printed (see :func:`rounded` for money and percent)
    over         ``(v, inf)``                more than v
    at_least     ``[v, inf)``                v or more
    up_to        ``[0, v]``                  v or less; what is counted is never negative
    at_most      ``[0, v]``                  v or less
    about        ``[v - t, v + t]``          whatever is rounded to v
    almost       ``[v - t, v)``              whatever is rounded up to v
    ===========  ==========================  ==================================================================

    The tolerance *t* is half of the place of the last digit that is not nought, and a tenth of the number at most:
    "almost 80 percent" lies between 75 and 80, "about 100" between 90 and 110. Who says "about" has rounded, and people
    round to that digit (Krifka 2007, *Approximate interpretation of number words*); the tenth keeps 1, 100 or a
    million, where a single digit is not nought, from standing for anything up to half as much again.

    Raises
    ------
    GfmdError
        For another bound, or a negative or infinite value.

    Examples
    --------
    >>> almost = reported(80, "almost", "percent")
    >>> almost.lower, almost.upper, almost.closed
    (75.0, 80, 'left')
    """
    if not (math.isfinite(value) and value >= 0):
        raise GfmdError(f"found the value {value}; allowed: a number of nought or more")
    margin = min(significant_unit(value) / 2, value / 10)
    shapes = {
        "exactly": (value, value, "both"),
        "over": (value, math.inf, "neither"),
        "at_least": (value, math.inf, "left"),
        "up_to": (0, value, "both"),
        "at_most": (0, value, "both"),
        "about": (value - margin, value + margin, "both"),
        "almost": (value - margin, value, "left"),
    }
    require_known("bound", [bound], shapes)
    lower, upper, closed = shapes[bound]
    return Measure(value, lower, upper, unit, closed)


def rounded(measure: Measure) -> Measure:
    """Read a plain number as what it is when nobody can have counted it to the last unit: rounded.

    Money and percentages count as rounded to their last written digit: USD 540 billion becomes 539.5 to 540.5 billion,
    1.6 percent becomes 1.55 to 1.65. Whole thousands of anything else count as said with "about": 88,000 people become
    87,500 to 88,500. Smaller counts (81 states) and numbers that carry a bound already stay as they are. Use it before
    deriving a number from others.
    """
    if measure.bound != "exactly" or not measure.value:
        return measure
    if measure.unit in ("USD", "percent"):
        margin = written_unit(measure.value) / 2
        return Measure(measure.value, measure.value - margin, measure.value + margin, measure.unit)
    return reported(measure.value, "about", measure.unit) if measure.value % 1000 == 0 else measure
