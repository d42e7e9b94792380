from __future__ import annotations

import numpy as np
import pytest

from journeyman.anomalies.course import DAY, Course, in_spreads, phase


def test_residuals_come_in_robust_deviations() -> None:
    values = np.append(np.random.default_rng(0).normal(5, 2, 5000), 1e6)
    assert np.median(in_spreads(values)) == pytest.approx(0.6745, abs=0.01)
    assert np.isfinite(in_spreads(np.array([1.0, 1, 1, 1, 5]))).all()
    assert in_spreads(np.ones(4)).max() == 0.0


def test_phases_are_parts_of_the_period_no_shorter_than_a_step() -> None:
    at = 3600.0 * np.arange(72)
    assert phase(at, DAY).tolist() == [*range(24)] * 3
    assert len(set(phase(np.arange(0, 5 * DAY, 60.0), DAY).tolist())) == 96
    assert set(phase(np.arange(5) * DAY, DAY).tolist()) == {0}


def test_windows_are_shares_of_the_series() -> None:
    course = Course(np.arange(1000.0), np.zeros(1000))
    assert course.window(0.02, 5) == 20
    assert course.window(0.001, 5) == 5
    assert course.spans == 999.0
    assert Course(np.empty(0), np.empty(0)).spans == 0.0
