from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from journeyman.statistics.measure import mean_measure, metric_measure
from journeyman.statistics.metrics.named import metric_named


def board(rows=200, seed=0):
    random = np.random.default_rng(seed)
    answer = random.uniform(0.01, 0.99, (rows, 1))
    truth = (random.uniform(size=rows) < answer[:, 0]).astype(float)
    return truth, answer, random.uniform(0.5, 2, rows), np.arange(rows) % 4


def test_a_ranking_is_not_hurt_by_folds_whose_models_differ_in_level():
    truth, answer, weights, fold = board()
    lifted = answer + fold[:, None]
    every = np.arange(len(truth))
    both = metric_measure(metric_named("roc_auc"), truth, [answer, lifted], weights, fold)
    level, moved = (both.part(one, every, weights)[0] for one in (0, 1))
    assert level == pytest.approx(moved)
    assert metric_named("roc_auc").score(truth, lifted) < level - 0.1


def test_a_ranking_within_folds_is_the_mean_over_folds():
    truth, answer, _, fold = board(4000)
    measure = metric_measure(metric_named("roc_auc"), truth, [answer], np.ones(4000), fold)
    each = [metric_named("roc_auc").score(truth[fold == one], answer[fold == one]) for one in range(4)]
    assert measure.part(0, np.arange(4000), np.ones(4000))[0] == pytest.approx(np.mean(each), abs=1e-4)


@pytest.mark.parametrize("name", ["roc_auc", "average_precision", "log_loss"])
def test_influence_predicts_what_leaving_a_row_out_does(name):
    truth, answer, weights, fold = board()
    measure = metric_measure(metric_named(name), truth, [answer], weights, fold)
    every = np.arange(len(truth))
    score, influence = measure.part(0, every, weights)
    changes = [measure.part(0, np.delete(every, row), np.delete(weights, row))[0] - score for row in range(len(truth))]
    assert np.corrcoef(changes, -weights * influence / weights.sum())[0, 1] > 0.98


def test_folds_of_one_class_are_left_out():
    truth, answer, weights, fold = board()
    truth[fold == 1] = 0
    measure = metric_measure(metric_named("roc_auc"), truth, [answer], weights, fold)
    rows = np.flatnonzero(fold != 1)
    assert measure.part(0, np.arange(200), weights)[0] == pytest.approx(measure.part(0, rows, weights[rows])[0])
    assert np.isnan(measure.part(0, np.flatnonzero(fold == 1), weights[fold == 1])[0])


def test_mean_of_values():
    measure = mean_measure("payoff", [np.array([1.0, 2.0, 6.0])], np.array([1.0, 1.0, 2.0]))
    score, influence = measure.part(0, np.array([0, 2]), np.array([1.0, 2.0]))
    assert score == pytest.approx(13 / 3)
    np.testing.assert_allclose(influence, [1 - 13 / 3, 6 - 13 / 3])
    assert np.isnan(measure.part(0, np.empty(0, np.int64), np.empty(0))[0])


@pytest.mark.parametrize("ties", [False, True])
def test_areas_within_all_folds_at_once_are_those_of_each_fold_alone(ties: bool) -> None:
    random = np.random.default_rng(np.random.PCG64(4))
    rows = 240
    truth = (random.random(rows) < 0.3).astype(float)
    # Of folds 1, 4 and 6; one has no row of the class.
    fold = np.array([1, 4, 6])[random.integers(0, 3, rows)]
    truth[fold == 4] = 0.0
    answer = random.integers(0, 6, (rows, 1)) / 5.0 if ties else random.random((rows, 1))
    metric = metric_named("roc_auc")
    at_once = metric_measure(metric, truth, [answer], np.ones(rows), fold)
    alone = metric_measure(replace(metric, in_folds=None), truth, [answer], np.ones(rows), fold)
    for some in (np.arange(rows), np.flatnonzero(random.random(rows) < 0.5), np.flatnonzero(fold == 6)):
        weights = random.integers(1, 4, len(some)).astype(float)
        one, other = (measure.part(0, some, weights) for measure in (at_once, alone))
        assert one[0] == pytest.approx(other[0], rel=1e-12)
        np.testing.assert_allclose(one[1], other[1], atol=1e-12)
    nothing = at_once.part(0, np.flatnonzero(fold == 4), np.ones(int((fold == 4).sum())))
    assert np.isnan(nothing[0])
    assert not nothing[1].any()


def test_answers_that_are_missing_have_no_area() -> None:
    truth, fold = np.array([0.0, 1.0, 0.0, 1.0]), np.zeros(4, np.int64)
    answer = np.array([[0.1], [np.nan], [0.3], [0.4]])
    measure = metric_measure(metric_named("roc_auc"), truth, [answer], np.ones(4), fold)
    assert np.isnan(measure.part(0, np.arange(4), np.ones(4))[0])
    assert measure.part(0, np.array([0, 2, 3]), np.ones(3))[0] == 1.0
