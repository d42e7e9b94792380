from __future__ import annotations

import numpy as np
import pytest

from journeyman.evaluation.ahead import Scale, ahead
from journeyman.statistics.measure import mean_measure
from journeyman.statistics.metrics.named import metric_named

NOTHING = np.zeros(200)


def test_stretches_that_differ_by_chance_alone_add_little() -> None:
    random = np.random.default_rng(0)
    fold = np.repeat(np.arange(5), 400)
    measure = mean_measure("payoff", [random.normal(size=2000)], np.ones(2000))
    low, high = np.quantile(ahead(NOTHING, measure, 0, fold), [0.025, 0.975])
    # The score of 400 rows has a standard error of 0.05.
    assert -0.25 < low < -0.05 < 0.05 < high < 0.25


def test_one_more_stretch_falls_among_what_is_added_as_often_as_said() -> None:
    random = np.random.default_rng(1)
    fold = np.repeat(np.arange(5), 200)
    inside = []
    for _ in range(300):
        levels = random.normal(size=6)
        values = levels[fold] + 0.01 * random.normal(size=1000)
        measure = mean_measure("payoff", [values], np.ones(1000))
        low, high = np.quantile(ahead(NOTHING + values.mean(), measure, 0, fold), [0.025, 0.975])
        inside.append(low <= levels[5] <= high)
    assert 0.91 <= np.mean(inside) <= 0.985


def test_what_moves_both_alike_does_not_move_their_difference() -> None:
    random = np.random.default_rng(2)
    fold = np.repeat(np.arange(4), 100)
    values = random.normal(size=4)[fold] + 0.01 * random.normal(size=400)
    measure = mean_measure("payoff", [values, values - 1], np.ones(400))
    assert ahead(NOTHING, measure, 0, fold, against=1).max() == pytest.approx(0, abs=1e-9)
    assert ahead(NOTHING, measure, 0, fold).max() > 0.1


def test_a_single_stretch_says_nothing_of_others() -> None:
    measure = mean_measure("payoff", [np.arange(10.0)], np.ones(10))
    assert not ahead(NOTHING, measure, 0, np.zeros(10, int)).any()


@pytest.mark.parametrize(
    ("levels", "name", "low", "high"),
    [
        ([0.2, 0.5, 0.9], "roc_auc", 0.0, 1.0),
        ([3.0, 1.0, 0.1], "rmse", 0.0, np.inf),
        ([0.9, -3, 0.2], "r2", -np.inf, 1),
        ([0.1, 2.0, 7.0], "log_loss", 0.0, 36.05),
    ],
)
def test_no_interval_goes_beyond_what_a_score_can_be(levels: list[float], name: str, low: float, high: float) -> None:
    fold = np.repeat(np.arange(3), 50)
    measure = mean_measure("score", [np.array(levels)[fold]], np.ones(150))
    scores = ahead(np.full(200, np.mean(levels)), measure, 0, fold, scale=Scale.of(metric_named(name)))
    assert np.ptp(scores) > 0.5
    assert low <= scores.min() < scores.max() <= high
    assert abs(np.median(scores) - np.mean(levels)) < 0.1


@pytest.mark.parametrize("name", ["roc_auc", "log_loss", "rmse"])
def test_a_larger_share_is_held_and_what_is_next_to_perfect_leads_nowhere_else(name: str) -> None:
    metric = metric_named(name)
    fold = np.repeat(np.arange(3), 50)
    levels = 1 - np.array([1e-12, 0.3, 0.1]) if metric.greater_is_better else np.array([1e-12, 0.3, 0.1])
    measure = mean_measure("score", [levels[fold]], np.ones(150))
    replays = np.random.default_rng(0).uniform(0.1, 0.2, 200)
    replays = 1 - replays if metric.greater_is_better else replays
    widths = []
    for share in (0.95, 0.99, 0.999):
        made = ahead(replays, measure, 0, fold, scale=Scale.of(metric), share=share)
        assert np.isfinite(made).all()
        assert made.min() >= 0
        assert made.max() <= (1 if metric.greater_is_better else metric.worst or np.inf)
        low, high = np.quantile(made, [0.4, 0.6])
        widths.append(high - low)
    assert widths[0] < widths[1] < widths[2]


def test_a_larger_share_is_held_as_student_has_it() -> None:
    random = np.random.default_rng(1)
    fold = np.repeat(np.arange(4), 50)
    inside = []
    for _ in range(600):
        levels = random.normal(size=5)
        measure = mean_measure("payoff", [levels[fold]], np.ones(200))
        made = ahead(NOTHING + levels[:4].mean(), measure, 0, fold, share=0.99)
        low, high = np.quantile(made, [0.025, 0.975])
        inside.append(low <= levels[4] <= high)
    # Normal quantiles would hold 0.97.
    assert 0.98 <= np.mean(inside) <= 1


@pytest.mark.parametrize("name", ["roc_auc", "rmse", "r2"])
def test_a_scale_leads_there_and_back(name: str) -> None:
    scale = Scale.of(metric_named(name))
    scores = np.array([0.1, 0.5, 0.93])
    np.testing.assert_allclose(scale.back(scale.to(scores)), scores)
