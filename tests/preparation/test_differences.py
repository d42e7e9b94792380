"""Days between dates."""

from __future__ import annotations

import numpy as np

from journeyman.plan.target import Target
from journeyman.preparation.dates.calendar import DAY
from journeyman.preparation.dates.differences import Differences
from journeyman.table.columns import Columns

TARGET = Target(task="regression", values=np.zeros(1))


def columns(dates: list[list[float]]) -> Columns:
    """Columns of days since 1970; NaN is missing."""
    days = np.array(dates)
    at = np.where(np.isnan(days), 0, days * DAY).astype(np.int64)
    names = [f"d{place}" for place in range(days.shape[1])]
    return Columns.of(rows=len(days), dates=at, dates_missing=np.isnan(days), date_names=names)


def test_days_from_the_first_to_the_second() -> None:
    given = columns([[1, 3.5], [4, 2], [np.nan, 2], [1, np.nan]])
    _, done = Differences().fit_apply(given, TARGET)
    assert done.number_names == ("d0 to d1",)
    assert done.date_names == ("d0", "d1")
    assert done.numbers[:2, 0].tolist() == [2.5, -2.0]
    assert np.isnan(done.numbers[2:]).all()


def test_pairs_that_never_vary_are_left_out() -> None:
    given = columns([[1, 3, 9], [2, 4, 1]])
    assert Differences().fit(given, TARGET)["pairs"].tolist() == [[0, 2], [1, 2]]
    assert Differences().fit(columns([[1], [2]]), TARGET)["pairs"].shape == (0, 2)


def test_the_pairs_with_the_fewest_missing_stay() -> None:
    days = np.random.default_rng(np.random.PCG64(2)).integers(0, 999, (50, 8)).astype(float)
    days[:10, :3] = np.nan
    pairs = Differences(most=12).fit(columns(days.tolist()), TARGET)["pairs"].tolist()
    assert len(pairs) == 12
    assert all([first, second] in pairs for first in range(3, 8) for second in range(first + 1, 8))


def test_the_longest_times_are_held_inside_the_calendar() -> None:
    ends = np.array([[np.iinfo(np.int64).min, np.iinfo(np.int64).max]])
    given = Columns.of(rows=1, dates=ends, date_names=["a", "b"])
    done = Differences().apply({"pairs": np.array([[0, 1]])}, given)
    assert 3_652_058 < done.numbers[0, 0] < 3_652_060
