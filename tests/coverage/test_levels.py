"""The level of each speaker's mention agrees with the coverage table, and chairs' words stay the session's."""

import pandas as pd

from gfmd_analysis import Dataset
from gfmd_analysis.coverage.counts import coverage_table, taken_up
from gfmd_analysis.coverage.levels import mention_levels

LEVELS = {"number": "by_number", "subject": "by_subject", "passing": "passing", "chair": "in_chair"}


def test_levels_count_as_the_coverage_table_does(data: Dataset) -> None:
    long = data.long()
    levels, table = mention_levels(long), coverage_table(long).set_index("objective")
    for level, column in LEVELS.items():
        counted = levels[levels["level"] == level].groupby("objective")["actor"].nunique()
        assert counted.reindex(range(1, 24), fill_value=0).tolist() == table[column].astype(int).tolist(), level


def test_each_pair_stands_once_with_the_interventions_that_carry_it(data: Dataset) -> None:
    long = data.long()
    levels = mention_levels(long)
    assert not levels.duplicated(["actor", "objective"]).any()
    assert levels["taken_up"].sum() == len(taken_up(long))


def test_an_invented_speaker_is_read_at_the_strongest() -> None:
    rows = [
        ("statement", "inferred", "passing"),
        ("statement", "explicit", "substantive"),
        ("summary", "explicit", "substantive"),
    ]
    long = pd.DataFrame(rows, columns=["act", "basis", "engagement"]).assign(
        actor="A",
        actor_name="A",
        constituency="states",
        objective=5,
        objective_title="Five",
        objective_roundtable="RT1",
    )
    (row,) = mention_levels(long).itertuples()
    assert (row.level, row.taken_up, row.passing, row.chair) == ("number", 1, 1, 1)
    (row,) = mention_levels(long.iloc[2:]).itertuples()
    assert (row.level, row.taken_up, row.chair) == ("chair", 0, 1)
    assert mention_levels(long.assign(engagement="reference")).empty
