from __future__ import annotations

import numpy as np
import pytest

from journeyman.statistics.instances import compare_phases

DAYS = np.repeat(np.arange(210), 6)


def test_a_phase_that_comes_back_is_seen() -> None:
    values = 1.0 * (DAYS % 7 == 2) + np.random.default_rng(0).normal(size=len(DAYS))
    found = compare_phases(values, DAYS % 7, DAYS, 2, 4)
    assert found is not None
    assert found.p_value < 1e-6
    assert found.difference == pytest.approx(1.0, abs=3 * found.error)


def test_days_that_differ_as_wholes_are_seldom_a_season() -> None:
    random = np.random.default_rng(1)
    hits = 0
    for _ in range(200):
        values = random.normal(size=210)[DAYS] + 0.1 * random.normal(size=len(DAYS))
        found = compare_phases(values, DAYS % 7, DAYS, 2, 4)
        hits += found is not None and found.p_value < 0.05
    assert hits <= 20


def test_one_instance_is_no_evidence() -> None:
    assert compare_phases(np.arange(14.0), np.arange(14) % 7, np.arange(14) // 2 * 0 + np.arange(14), 2, 9) is None
    assert compare_phases(np.ones(len(DAYS)), DAYS % 7, DAYS, 2, 4) is None
