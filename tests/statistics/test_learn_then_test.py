from __future__ import annotations

import numpy as np
import pytest

from journeyman.statistics.learn_then_test import (
    binomial_p_value,
    bounds,
    cases_needed,
    clustered_p_value,
    fewest_cases,
    passed,
)


def test_p_values_are_those_of_the_binomial_tail() -> None:
    assert binomial_p_value(0, 10, 0.1) == pytest.approx(0.9**10)
    assert binomial_p_value(1, 10, 0.1) == pytest.approx(0.9**10 + 10 * 0.1 * 0.9**9)
    assert binomial_p_value(10, 10, 0.1) == pytest.approx(1.0)


def test_at_the_limit_a_p_value_is_below_the_level_no_more_often_than_the_level() -> None:
    random = np.random.default_rng(1)
    wrong = random.binomial(300, 0.1, 4000)
    assert np.mean([binomial_p_value(int(one), 300, 0.1) <= 0.05 for one in wrong]) <= 0.06


def test_rows_that_belong_together_do_not_count_as_many() -> None:
    random = np.random.default_rng(2)
    units = np.repeat(np.arange(200), 5)
    alarms = plain = 0
    for _ in range(400):
        wrong = np.repeat(random.random(200) < 0.1, 5)
        used = np.ones(1000, np.bool_)
        alarms += clustered_p_value(wrong, used, units, 0.1) <= 0.05
        plain += binomial_p_value(int(wrong.sum()), 1000, 0.1) <= 0.05
    assert alarms / 400 <= 0.05
    assert plain / 400 > 0.1, "counting rows as if they were independent would promise too much"


def test_single_rows_in_units_can_still_pass() -> None:
    wrong = np.zeros(400, np.bool_)
    assert clustered_p_value(wrong, np.ones(400, np.bool_), np.arange(400), 0.05) < 1e-4
    assert clustered_p_value(wrong, np.zeros(400, np.bool_), np.arange(400), 0.05) == 1.0


def test_a_sequence_ends_at_the_first_that_fails() -> None:
    assert passed([0.01, 0.2, 0.001], 0.05) == 1
    assert passed([0.2, 0.001], 0.05) == 0
    assert passed([], 0.05) == 0


def test_fewer_cases_than_the_fewest_show_nothing() -> None:
    count = fewest_cases(0.02, 0.05)
    assert binomial_p_value(0, count, 0.02) <= 0.05 < binomial_p_value(0, count - 1, 0.02)


def test_bounds_are_exact() -> None:
    low, high = bounds(5, 100, 0.05)
    assert binomial_p_value(5, 100, high) == pytest.approx(0.025, abs=1e-6)
    assert 1 - binomial_p_value(4, 100, low) == pytest.approx(0.025, abs=1e-6)
    assert bounds(7, 7, 0.05)[1] == 1.0


def test_as_many_cases_as_are_said_to_be_needed_are_mostly_enough() -> None:
    needed = cases_needed(0.02, 0.5, 0.05, 0.05)
    assert needed is not None
    random = np.random.default_rng(3)
    cases = needed // 2
    power = np.mean([binomial_p_value(int(one), cases, 0.05) <= 0.05 for one in random.binomial(cases, 0.02, 2000)])
    assert 0.75 < power < 0.95
    assert cases_needed(0.05, 0.5, 0.05, 0.05) is None
    assert cases_needed(0.0499, 0.5, 0.05, 0.05) is None or cases_needed(0.0499, 0.5, 0.05, 0.05) > 10**5
