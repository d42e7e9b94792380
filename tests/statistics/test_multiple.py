from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import false_discovery_control

from journeyman.statistics.multiple import benjamini_yekutieli, selected_confidence


def test_it_is_what_scipy_says() -> None:
    p_values = np.random.default_rng(0).uniform(size=60) ** 3
    assert benjamini_yekutieli(p_values) == pytest.approx(false_discovery_control(p_values, method="by"))
    assert benjamini_yekutieli(p_values, np.full(60, 1 / 60)) == pytest.approx(benjamini_yekutieli(p_values))
    assert len(benjamini_yekutieli(np.empty(0))) == 0


def test_a_larger_share_of_the_error_makes_it_easier() -> None:
    p_values = np.array([0.001, 0.5, 0.5, 0.5])
    assert benjamini_yekutieli(p_values, np.array([0.7, 0.1, 0.1, 0.1]))[0] < benjamini_yekutieli(p_values)[0]


def test_of_nothing_at_most_one_in_twenty_families_gives_anything() -> None:
    random = np.random.default_rng(1)
    shares = np.concatenate([np.full(10, 0.05), np.full(90, 0.5 / 90)])
    hits = [benjamini_yekutieli(random.uniform(size=100), shares).min() <= 0.05 for _ in range(800)]
    assert np.mean(hits) <= 0.05


def test_intervals_of_few_selected_are_wider() -> None:
    assert selected_confidence(0.05, 2, 100) == pytest.approx(0.999)
    assert selected_confidence(0.05, 0, 0) == 0.95
