from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import spearmanr

from journeyman.statistics.rank_correlation import rank_correlation


def test_it_is_spearmans() -> None:
    random = np.random.default_rng(0)
    first = random.integers(0, 20, size=300).astype(float)
    second = first + 15 * random.normal(size=300)
    found, known = rank_correlation(first, second), spearmanr(first, second)
    assert found is not None
    assert found.value == pytest.approx(known.statistic)
    assert found.p_value == pytest.approx(known.pvalue, rel=1e-6)


def test_its_interval_holds_the_truth() -> None:
    random = np.random.default_rng(1)
    truth, held = 6 / np.pi * np.arcsin(0.5 / 2), 0
    for _ in range(300):
        first = random.normal(size=150)
        found = rank_correlation(first, 0.5 * first + np.sqrt(0.75) * random.normal(size=150))
        low, high = found.interval(0.9) if found else (0, 0)
        held += low <= truth <= high
    assert 0.86 <= held / 300 <= 0.95


def test_rows_of_one_unit_are_one_piece_of_evidence() -> None:
    random = np.random.default_rng(2)
    wrong = 0
    for _ in range(100):
        units = np.repeat(np.arange(30), 20)
        first, second = (random.normal(size=30)[units] + 0.01 * random.normal(size=600) for _ in range(2))
        found = rank_correlation(first, second, units)
        wrong += found is not None and found.p_value < 0.05
    assert wrong <= 14


def test_a_column_that_does_not_differ_goes_with_nothing() -> None:
    assert rank_correlation(np.ones(10), np.arange(10.0)) is None
    assert rank_correlation(np.arange(3.0), np.arange(3.0)) is None
