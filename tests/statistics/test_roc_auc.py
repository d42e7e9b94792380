from __future__ import annotations

import numpy as np
import pytest
import sklearn.metrics

from journeyman.statistics.metrics.named import metric_named

METRIC = metric_named("roc_auc")


@pytest.mark.parametrize("decimals", [1, 12])
def test_is_sklearns_with_ties_and_without(decimals):
    random = np.random.default_rng(0)
    answer = random.uniform(size=(500, 1)).round(decimals)
    truth = (random.uniform(size=500) < answer[:, 0]).astype(float)
    weights = random.uniform(0, 2, 500)
    theirs = sklearn.metrics.roc_auc_score(truth, answer[:, 0], sample_weight=weights)
    assert METRIC.score(truth, answer, weights) == pytest.approx(theirs, rel=1e-12)


def test_several_classes_are_each_against_the_rest():
    random = np.random.default_rng(0)
    answer = random.dirichlet((1, 1, 1), 300)
    truth = (answer.cumsum(1) < random.uniform(size=(300, 1))).sum(1).clip(0, 2).astype(float)
    theirs = sklearn.metrics.roc_auc_score(truth, answer, multi_class="ovr", average="macro")
    assert METRIC.score(truth, answer) == pytest.approx(theirs, rel=1e-12)


def test_one_class_has_no_area():
    assert np.isnan(METRIC.score(np.ones(5), np.linspace(0, 1, 5)[:, None]))


def test_always_the_same_answer_is_one_half():
    assert METRIC.score(np.array([0.0, 1.0, 1.0]), np.full((3, 1), 0.3)) == 0.5
