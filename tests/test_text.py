"""Words that sentences share: paragraphs, dates and articles, as the United Nations write them."""

import pandas as pd
import pytest

from gfmd_analysis import GfmdError
from gfmd_analysis.text import paras, the, translator, when


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
    assert the("Philippines", "fr") == "Philippines"


def test_another_language_is_refused() -> None:
    with pytest.raises(GfmdError, match="allowed: en, fr, es"):
        translator("de")
