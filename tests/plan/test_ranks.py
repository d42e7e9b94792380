"""Normal scores of ranks."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from journeyman.plan.ranks import rank_curve


def test_few_distinct_numbers_are_all_there_with_their_middle_ranks() -> None:
    points, heights = rank_curve(np.array([3.0, 1.0, 1.0, 2.0]), 200)
    assert points.tolist() == [1.0, 2.0, 3.0]
    assert heights == pytest.approx(norm.ppf([0.25, 0.625, 0.875]))


def test_many_are_thinned_and_frequent_ones_and_the_ends_stay() -> None:
    numbers = np.concatenate([np.arange(10_000.0), np.full(500, 77.5)])
    points, heights = rank_curve(numbers, 50)
    assert len(points) <= 50
    assert {0.0, 77.5, 9999.0} <= set(points.tolist())
    assert (np.diff(points) > 0).all()
    assert (np.diff(heights) > 0).all()


def test_zero_has_one_sign() -> None:
    points, _ = rank_curve(np.array([-0.0, -0.0]), 10)
    assert not np.signbit(points).any()
