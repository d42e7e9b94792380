"""Laws of every metric on the shelf, found by walking."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.statistics.metrics.metric import chance_of_truth, labels
from journeyman.statistics.metrics.named import metrics


def sample(task, rows=60, seed=0, ties=False):
    random = np.random.default_rng(seed)
    weights = random.uniform(0.5, 2, rows)
    if task == "regression":
        return random.poisson(3, rows).astype(float), random.uniform(0.1, 6, (rows, 1)), weights
    if task == "binary":
        answer = random.uniform(0.01, 0.99, (rows, 1))
        truth = (random.uniform(size=rows) < answer[:, 0]).astype(float)
        return truth, answer.round(1).clip(0.05, 0.95) if ties else answer, weights
    answer = random.dirichlet((1, 1, 1), rows)
    return (answer.cumsum(1) < random.uniform(size=(rows, 1))).sum(1).clip(0, 2).astype(float), answer, weights


CASES = [
    (name, task, ties)
    for name, metric in sorted(metrics().items())
    for task in metric.tasks
    for ties in ((False, True) if task == "binary" else (False,))
]


@pytest.mark.parametrize(("name", "task", "ties"), CASES)
def test_influence_is_what_a_little_weight_does(name, task, ties):
    metric = metrics()[name]
    truth, answer, weights = sample(task, ties=ties)
    _, influence = metric.measure(truth, answer, weights)
    assert abs(weights @ influence) < 1e-9
    assert np.abs(influence).max() > 1e-3
    step = 1e-5
    for row in range(len(truth)):
        heavier, lighter = weights.copy(), weights.copy()
        heavier[row] += step
        lighter[row] -= step
        slope = (metric.score(truth, answer, heavier) - metric.score(truth, answer, lighter)) / (2 * step)
        assert slope * weights.sum() == pytest.approx(influence[row], abs=1e-6), row


@pytest.mark.parametrize(("name", "task", "ties"), CASES)
def test_weight_two_is_two_rows(name, task, ties):
    metric = metrics()[name]
    truth, answer, _ = sample(task, ties=ties)
    counts = np.random.default_rng(1).integers(0, 3, len(truth))
    rows = np.repeat(np.arange(len(truth)), counts)
    assert metric.score(truth, answer, counts.astype(float)) == pytest.approx(
        metric.score(truth[rows], answer[rows]), abs=1e-12
    )


@pytest.mark.parametrize(("name", "task", "ties"), CASES)
def test_order_of_rows_changes_nothing_and_inputs_are_kept(name, task, ties):
    metric = metrics()[name]
    truth, answer, weights = sample(task, ties=ties)
    kept = [one.copy() for one in (truth, answer, weights)]
    turned = np.random.default_rng(2).permutation(len(truth))
    assert metric.score(truth[turned], answer[turned], weights[turned]) == pytest.approx(
        metric.score(truth, answer, weights), abs=1e-12
    )
    for before, after in zip(kept, (truth, answer, weights), strict=True):
        np.testing.assert_array_equal(before, after)


@pytest.mark.parametrize(("name", "task", "ties"), CASES)
def test_where_there_is_nothing_to_tell_the_score_is_missing(name, task, ties):
    metric = metrics()[name]
    truth, answer, weights = sample(task)
    assert np.isnan(metric.score(truth[:0], answer[:0]))
    assert np.isnan(metric.score(truth, answer, weights * 0))
    broken = answer.copy()
    broken[3] = np.nan
    assert np.isnan(metric.score(truth, broken))


@pytest.mark.parametrize(("name", "task"), [case[:2] for case in CASES if not case[2]])
def test_direction_is_as_said(name, task):
    metric = metrics()[name]
    truth, answer, _ = sample(task)
    if task == "regression":
        best = np.maximum(truth, 1e-6)[:, None]
    elif task == "binary":
        best = truth[:, None]
    else:
        best = np.eye(3)[truth.astype(int)]
    assert metric.sign * metric.score(truth, best) > metric.sign * metric.score(truth, answer)


def test_labels_and_chances():
    np.testing.assert_array_equal(labels(np.array([[0.5], [0.49]])), [1, 0])
    np.testing.assert_array_equal(labels(np.array([[0.2, 0.3, 0.5]])), [2])
    np.testing.assert_allclose(chance_of_truth(np.array([1.0, 0.0]), np.array([[0.7], [0.7]])), [0.7, 0.3])
