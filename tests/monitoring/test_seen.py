from __future__ import annotations

import numpy as np

from journeyman.monitoring.seen import News, news_of, row_hashes
from journeyman.table.columns import Strings


def hashes(numbers: list[float]) -> np.ndarray:
    return row_hashes({"a": np.array(numbers), "b": [f"w{one}" for one in numbers]}, ["a", "b"], len(numbers))


def known(*flags: int) -> np.ndarray:
    return np.array(flags, np.bool_)


def after(counted: list[News], numbers: list[float], flags: np.ndarray) -> News:
    return news_of([one.entry for one in counted], hashes(numbers), flags)


def test_the_same_batch_counts_once() -> None:
    first = after([], [1, 2, 3], known(0, 0, 0))
    assert first.rows.all()
    again = after([first], [1, 2, 3], known(0, 0, 0))
    assert not again.rows.any()
    assert again.replaces == 0


def test_outcomes_that_come_later_count_once_each() -> None:
    first = after([], [1, 2, 3], known(1, 0, 0))
    assert first.outcomes.tolist() == [True, False, False]
    second = after([first], [1, 2, 3], known(1, 1, 0))
    assert second.outcomes.tolist() == [False, True, False]
    assert second.entry["new"] == 3
    # What was known is not forgotten where a later file lacks it.
    third = after([second], [1, 2, 3], known(0, 0, 1))
    assert third.outcomes.tolist() == [False, False, True]
    assert not after([third], [1, 2, 3], known(1, 1, 1)).outcomes.any()


def test_a_file_that_grew_counts_from_where_it_grew() -> None:
    first = after([], [1, 2], known(1, 0))
    grown = after([first], [1, 2, 3, 4], known(1, 1, 0, 0))
    assert grown.rows.tolist() == [False, False, True, True]
    assert grown.outcomes.tolist() == [False, True, False, False]
    assert grown.replaces is None
    assert grown.entry["new"] == 2
    assert after([first, grown], [1, 2, 3, 4, 5], known(0, 0, 0, 0, 0)).rows.tolist() == [False] * 4 + [True]


def test_other_rows_are_another_batch() -> None:
    first = after([], [1, 2], known(0, 0))
    assert after([first], [2, 1], known(0, 0)).rows.all()
    assert after([first], [1, 2.5], known(0, 0)).rows.all()


def test_equal_cells_have_equal_numbers_however_they_are_held() -> None:
    words = ["x", "y", "x"]
    one = row_hashes({"a": Strings.of(words)}, ["a"], 3)
    other = row_hashes({"a": np.array(words, dtype=object)}, ["a", "not there"], 3)
    assert np.array_equal(one, other)
    assert one[0] == one[2] != one[1]
    zeros = row_hashes({"a": np.array([0.0, -0.0, np.nan, -np.nan])}, ["a"], 4)
    assert zeros[0] == zeros[1]
    assert zeros[2] == zeros[3]


def test_cells_that_change_columns_are_other_rows() -> None:
    one = row_hashes({"a": ["x"], "b": ["y"]}, ["a", "b"], 1)
    assert one != row_hashes({"a": ["y"], "b": ["x"]}, ["a", "b"], 1)
