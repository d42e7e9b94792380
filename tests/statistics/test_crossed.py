from __future__ import annotations

import numpy as np
import pytest

from journeyman.statistics.crossed import crossed

FIRST, SECOND = np.arange(1200) % 2 == 0, np.arange(1200) % 3 == 0


def test_the_difference_of_differences_is_what_it_says() -> None:
    random = np.random.default_rng(0)
    values = random.normal(size=1200) + 0.5 * FIRST - 0.3 * SECOND + 0.9 * (FIRST & SECOND)
    found = crossed(values, FIRST, SECOND, is_rate=False)
    assert found is not None
    assert found.value == pytest.approx(0.9, abs=0.3)
    low, high = found.interval(0.99)
    assert low < 0.9 < high
    assert sum(found.rows) == 1200


def test_of_nothing_few_are_found() -> None:
    random = np.random.default_rng(1)
    hits = 0
    for _ in range(200):
        values = random.normal(size=1200) + 0.8 * FIRST + 0.8 * SECOND
        found = crossed(values, FIRST, SECOND, is_rate=False)
        hits += found is not None and found.p_value < 0.05
    assert hits <= 18


def test_odds_that_multiply_are_no_interaction() -> None:
    """Two conditions that each raise the odds tenfold make more than their sum in rates, and nothing in odds."""
    random = np.random.default_rng(2)
    chance = 1 / (1 + np.exp(4.0 - 2.3 * FIRST - 2.3 * SECOND))
    values = (random.uniform(size=1200) < chance).astype(float)
    found = crossed(values, FIRST, SECOND, is_rate=True)
    assert found is None or found.p_value > 0.01


def test_a_cell_of_few_rows_is_not_judged() -> None:
    assert crossed(np.random.default_rng(3).normal(size=1200), FIRST, FIRST, is_rate=False) is None
