"""Tables as they are read: names for codes, nothing cut, sides that hold where style sheets are stripped."""

import re

import pandas as pd
import pytest

from gfmd_analysis import (
    Dataset,
    GfmdError,
    consolidated_recommendations,
    coverage_matrix,
    practice_table,
    quantity_table,
    readable,
    show,
)
from gfmd_analysis.figures.tables import table_html

LONG = "A demand that is longer than the fifty characters at which pandas cuts its cells off"


def test_codes_are_named_lists_joined_and_missing_cells_empty() -> None:
    table = pd.DataFrame(
        {
            "constituency": ["civil_society", "states"],
            "paragraphs": [(53, 54, 55), (9,)],
            "actor_names": [("Egypt", "Sweden"), ()],
            "least": [True, False],
            "value": [2.0, None],
            "upper": [float("inf"), 1.5],
            "start": [pd.Timestamp("2022-05-09"), pd.NaT],
        }
    )
    assert readable(table, constituency="Who").to_dict("records") == [
        {
            "Who": "Civil society",
            "Paragraphs": "53–55",
            "Speakers": "Egypt, Sweden",
            "Least": "yes",
            "Value": 2,
            "Upper": "open",
            "Start": "2022-05-09",
        },
        {"Who": "States", "Paragraphs": "9", "Speakers": "", "Least": "", "Value": "", "Upper": 1.5, "Start": ""},
    ]


def test_a_matrix_is_read_with_the_numbers_of_the_objectives_as_heads(data: Dataset) -> None:
    matrix = coverage_matrix(data.long())
    shown = readable(matrix)
    assert list(shown) == ["Constituency", *map(str, range(1, 24))]
    assert shown.drop(columns="Constituency").to_numpy().tolist() == matrix.to_numpy().tolist()
    assert shown["Constituency"].tolist()[0] == "States"
    assert list(readable(matrix, "constituency", "13", constituency="Who")) == ["Who", "13"]
    assert readable(pd.DataFrame({13: [True]})).to_dict("list") == {"13": ["yes"]}


def test_free_text_is_left_as_it_is() -> None:
    text = "The law_or_policy of 2 States; not_a_code"
    assert readable(pd.DataFrame({"summary": [text], "kind": ["law_or_policy"]})).iloc[0].tolist() == [
        text,
        "Law or policy",
    ]


def test_no_code_is_left_in_the_tables_that_the_notebooks_show(data: Dataset) -> None:
    codes = {
        *data.actors["constituency"].astype(str),
        *data.practices["kind"].astype(str),
        *data.recommendations["addressee"].astype(str),
    }
    codes = {code for code in codes if "_" in code}
    for table in (practice_table(data), consolidated_recommendations(data), quantity_table(data.quantities)):
        shown = readable(table.drop(columns=[column for column in table if column in ("practice", "interventions")]))
        cells = {str(cell) for column in shown for cell in shown[column]}
        assert not [cell for cell in cells if cell in codes]


def test_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(GfmdError, match="nowhere"):
        readable(pd.DataFrame({"a": [1]}), "nowhere")
    with pytest.raises(GfmdError, match="found 'demands'; did you mean 'demand'"):
        readable(pd.DataFrame({"demand": [1]}), demands="Asked")


def test_a_table_is_shown_whole_text_left_and_numbers_right() -> None:
    html = str(show(pd.DataFrame({"text": [LONG], "n": [12]})).data)
    assert LONG in html
    sides = re.findall(r"<(?:td|th) style=\"text-align: (\w+)", html)
    assert sides == ["left", "right", "left", "right"]
    assert "<style" not in html
    assert "<b>" not in str(show(pd.DataFrame({"text": ["<b>bold</b>"]})).data)


def test_a_dollar_sign_is_a_dollar_sign_and_markup_is_text() -> None:
    html = show(pd.DataFrame({"a": ["$x_1$ <b>"]})).data
    assert "$x_1$ &lt;b&gt;" in html
    assert re.search(r'<table[^>]* class="[^"]*\bmathjax_ignore\b', html)


def test_numbers_of_any_kind_stand_at_the_right() -> None:
    table = pd.DataFrame({"turns": pd.array([5, None], dtype="Int64"), "name": ["a", "b"]})
    page = str(show(readable(table)).data)
    assert re.findall(r'<td style="text-align: (\w+)', page) == ["right", "left"] * 2


def test_another_language_is_refused_with_what_there_is_instead() -> None:
    with pytest.raises(GfmdError, match="found a locale; allowed: heads of your own"):
        readable(pd.DataFrame({"speakers": [1]}), locale="fr")


def test_a_date_of_which_the_year_is_known_is_a_year() -> None:
    days = pd.to_datetime(["2020-01-01", "2022-05-01", "2022-01-31", None])
    table = pd.DataFrame({"start": days, "precision": ["year", "month", "day", "undated"]})
    assert readable(table, "start")["Start"].tolist() == ["2020", "2022-05", "2022-01-31", ""]


def test_each_column_has_one_head() -> None:
    table = pd.DataFrame({"speaker": ["a"], "act": ["b"], "n": [1]}).pivot(index="speaker", columns="act", values="n")
    assert re.findall("<th[^>]*>(.*?)</th>", table_html(table)) == ["speaker", "b"]


def test_two_columns_of_one_head_are_both_shown_and_columns_come_as_a_list_too(whole: Dataset) -> None:
    long = whole.long()
    assert len(readable(long).columns) == len(long.columns)
    assert readable(long, ["paragraph", "summary"]).equals(readable(long, "paragraph", "summary"))
