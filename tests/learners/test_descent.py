from __future__ import annotations

import numpy as np
import pytest

from journeyman.learners.descent import LEAST, SLOPES, SQUARES, Descent


def one(*values: float) -> np.ndarray:
    return np.array(values, np.float32)


def test_steps_are_those_of_adam() -> None:
    descent = Descent([one(1.0, -2.0), one(3.0)], speeds=[1.0, 1.0], shrinks=[False, False], decay=0.0)
    random = np.random.default_rng(0)
    value, mean, square = np.array([1.0, -2.0, 3.0]), np.zeros(3), np.zeros(3)
    for step in range(1, 6):
        slope = random.normal(size=3)
        descent.slopes[0][...], descent.slopes[1][...] = slope[:2], slope[2:]
        descent.step(0.1)
        mean = SLOPES * mean + (1 - SLOPES) * slope
        square = SQUARES * square + (1 - SQUARES) * slope**2
        value -= 0.1 * mean / (1 - SLOPES**step) / (np.sqrt(square / (1 - SQUARES**step)) + LEAST)
        np.testing.assert_allclose(np.concatenate(descent.values), value, rtol=1e-5)


def test_what_is_hurried_moves_farther_and_what_shrinks_is_drawn_to_0() -> None:
    descent = Descent([one(1.0), one(1.0), one(1.0)], speeds=[1.0, 5.0, 1.0], shrinks=[False, False, True], decay=2.0)
    for slope in descent.slopes:
        slope[...] = 1.0
    descent.step(0.01)
    plain, hurried, shrunk = (float(value[0]) for value in descent.values)
    assert plain == pytest.approx(0.99, abs=1e-5)
    assert hurried == pytest.approx(0.95, abs=1e-5)
    assert shrunk == pytest.approx(0.98 - 0.01, abs=1e-5)


def test_what_it_begins_with_stays_as_it_was_and_no_slope_is_no_step() -> None:
    begin = one(1.0, 2.0)
    descent = Descent([begin], speeds=[1.0], shrinks=[False], decay=0.0)
    descent.step(0.5)
    assert descent.values[0].tolist() == [1.0, 2.0]
    descent.slopes[0][...] = 1.0
    descent.step(0.5)
    assert begin.tolist() == [1.0, 2.0]
    assert descent.values[0].max() < 2.0
