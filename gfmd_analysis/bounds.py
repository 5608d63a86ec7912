"""From a number as it was reported, with its bound, to the interval in which it lies."""

import math

from gfmd_analysis.errors import GfmdError
from gfmd_analysis.intervals import Closed, Measure


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
    shapes: dict[str, tuple[float, float, Closed]] = {
        "exactly": (value, value, "both"),
        "over": (value, math.inf, "neither"),
        "at_least": (value, math.inf, "left"),
        "up_to": (0, value, "both"),
        "at_most": (0, value, "both"),
        "about": (value - margin, value + margin, "both"),
        "almost": (value - margin, value, "left"),
    }
    if bound not in shapes:
        raise GfmdError(f"found the bound '{bound}'; allowed: {', '.join(shapes)}")
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
