from __future__ import annotations

import numpy as np
import pytest
import sklearn.metrics

from journeyman.statistics.metrics.named import metric_named

METRIC = metric_named("f1")


@pytest.mark.parametrize("classes", [2, 4])
def test_is_sklearns(classes):
    random = np.random.default_rng(0)
    answer = random.dirichlet([1] * classes, 500)
    truth = random.integers(0, classes, 500).astype(float)
    weights = random.uniform(0, 2, 500)
    ours = METRIC.score(truth, answer[:, 1:] if classes == 2 else answer, weights)
    average = "binary" if classes == 2 else "macro"
    theirs = sklearn.metrics.f1_score(truth, answer.argmax(1), sample_weight=weights, average=average)
    assert ours == pytest.approx(theirs, rel=1e-12)


def test_none_of_the_class_and_none_named_so_is_zero():
    assert METRIC.score(np.zeros(4), np.full((4, 1), 0.1)) == 0.0
