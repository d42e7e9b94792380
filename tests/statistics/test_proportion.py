from __future__ import annotations

import numpy as np
import pytest

from journeyman.statistics.proportion import proportion


def test_single_rows_have_wilsons_interval():
    found = proportion(np.arange(20) < 18, np.ones(20), np.arange(20))
    assert found == pytest.approx((0.9, 0.699, 0.972, 20), abs=1e-3)


def test_nobody_and_everybody():
    assert proportion(np.ones(50, bool), np.ones(50), np.arange(50)) == pytest.approx((1.0, 0.929, 1.0, 50), abs=1e-3)
    assert proportion(np.zeros(50, bool), np.ones(50), np.arange(50)) == pytest.approx((0.0, 0.0, 0.071, 50), abs=1e-3)


def test_no_rows_and_no_weight_have_no_share():
    assert np.isnan(proportion(np.empty(0, bool), np.empty(0), np.empty(0, np.int64)).value)
    assert np.isnan(proportion(np.ones(3, bool), np.zeros(3), np.arange(3)).low)


def test_weights_count():
    found = proportion(np.array([True, False]), np.array([3.0, 1.0]), np.arange(2))
    assert found.value == 0.75


def test_the_interval_holds_the_truth_where_units_differ():
    random = np.random.default_rng(0)
    holds = {"clusters": 0, "rows": 0}
    for _ in range(500):
        chance = np.repeat(random.beta(9, 1, 60), 20)
        hits = random.random(1200) < chance
        for name, units in (("clusters", np.repeat(np.arange(60), 20)), ("rows", np.arange(1200))):
            found = proportion(hits, np.ones(1200), units)
            holds[name] += found.low <= 0.9 <= found.high
    assert holds["clusters"] >= 460
    assert holds["rows"] < 420


def test_more_confidence_is_wider():
    hits, weights, units = np.arange(100) < 90, np.ones(100), np.arange(100)
    one, other = proportion(hits, weights, units, 0.95), proportion(hits, weights, units, 0.999)
    assert other.low < one.low < one.high < other.high
