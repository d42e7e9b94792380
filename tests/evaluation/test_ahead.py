from __future__ import annotations

import numpy as np
import pytest

from journeyman.evaluation.ahead import waves
from journeyman.statistics.measure import mean_measure

REPLAYS = 200


def test_stretches_that_differ_by_chance_alone_add_nothing_or_little() -> None:
    random = np.random.default_rng(0)
    fold = np.repeat(np.arange(5), 400)
    measure = mean_measure("payoff", [random.normal(size=2000)], np.ones(2000))
    assert abs(waves(measure, 0, fold, REPLAYS)).max() < 0.3


def test_one_more_stretch_falls_among_what_is_added_as_often_as_said() -> None:
    random = np.random.default_rng(1)
    fold = np.repeat(np.arange(5), 200)
    inside = []
    for _ in range(300):
        levels = random.normal(size=6)
        values = levels[fold] + 0.01 * random.normal(size=1000)
        measure = mean_measure("payoff", [values], np.ones(1000))
        low, high = np.quantile(values.mean() + waves(measure, 0, fold, REPLAYS), [0.025, 0.975])
        inside.append(low <= levels[5] <= high)
    assert 0.91 <= np.mean(inside) <= 0.985


def test_what_moves_both_alike_does_not_move_their_difference() -> None:
    random = np.random.default_rng(2)
    fold = np.repeat(np.arange(4), 100)
    values = random.normal(size=4)[fold] + 0.01 * random.normal(size=400)
    measure = mean_measure("payoff", [values, values - 1], np.ones(400))
    assert waves(measure, 0, fold, REPLAYS, against=1).max() == pytest.approx(0, abs=1e-9)
    assert waves(measure, 0, fold, REPLAYS).max() > 0.1


def test_a_single_stretch_says_nothing_of_others() -> None:
    measure = mean_measure("payoff", [np.arange(10.0)], np.ones(10))
    assert not waves(measure, 0, np.zeros(10, int), REPLAYS).any()
