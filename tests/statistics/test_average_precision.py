from __future__ import annotations

import numpy as np
import pytest
import sklearn.metrics

from journeyman.statistics.metrics.named import metric_named

METRIC = metric_named("average_precision")


@pytest.mark.parametrize("decimals", [1, 12])
def test_is_sklearns_with_ties_and_without(decimals):
    random = np.random.default_rng(0)
    answer = random.uniform(size=(500, 1)).round(decimals)
    truth = (random.uniform(size=500) < answer[:, 0] ** 3).astype(float)
    weights = random.uniform(0, 2, 500)
    theirs = sklearn.metrics.average_precision_score(truth, answer[:, 0], sample_weight=weights)
    assert METRIC.score(truth, answer, weights) == pytest.approx(theirs, rel=1e-12)


def test_several_classes_are_each_against_the_rest():
    random = np.random.default_rng(0)
    answer = random.dirichlet((1, 1, 1), 300)
    truth = (answer.cumsum(1) < random.uniform(size=(300, 1))).sum(1).clip(0, 2).astype(float)
    theirs = sklearn.metrics.average_precision_score(np.eye(3)[truth.astype(int)], answer, average="macro")
    assert METRIC.score(truth, answer) == pytest.approx(theirs, rel=1e-12)
