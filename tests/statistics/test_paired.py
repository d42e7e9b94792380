from __future__ import annotations

import numpy as np
import pytest

from journeyman.statistics.paired import difference


def test_a_clear_difference_is_bounded_away_from_nothing() -> None:
    random = np.random.default_rng(0)
    found = difference(random.normal(0.5, 1, 400), np.arange(400))
    assert 0.3 < found.low < found.value < found.high < 0.7
    assert found.units == 400


def test_no_difference_is_called_one_in_no_more_than_the_promised_share_also_where_it_is_skewed() -> None:
    wrong = 0
    for seed in range(60):
        random = np.random.default_rng(seed)
        skewed = random.exponential(1.0, 150) * (random.random(150) < 0.3) - 0.3
        wrong += difference(skewed, np.arange(150), seed=seed).low > 0
    assert wrong <= 8


def test_rows_of_one_unit_are_one_piece_of_evidence() -> None:
    random = np.random.default_rng(1)
    per_unit = random.normal(0.2, 1, 30)
    rows = np.repeat(per_unit, 20)
    alone = difference(rows, np.arange(600))
    together = difference(rows, np.repeat(np.arange(30), 20))
    assert together.units == 30
    assert together.low < alone.low
    assert together.value == alone.value == pytest.approx(rows.mean())


def test_one_unit_bounds_nothing_and_equal_differences_leave_no_doubt() -> None:
    assert difference(np.ones(5), np.zeros(5, np.int64)).low == -np.inf
    assert difference(np.full(5, 2.0), np.arange(5)).low == 2.0


def test_the_same_rows_give_the_same_bounds() -> None:
    values = np.random.default_rng(3).normal(size=200)
    assert difference(values, np.arange(200)) == difference(values, np.arange(200))
