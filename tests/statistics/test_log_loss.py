from __future__ import annotations

import numpy as np
import pytest
import sklearn.metrics

from journeyman.statistics.metrics.named import metric_named

METRIC = metric_named("log_loss")


@pytest.mark.parametrize("classes", [2, 4])
def test_is_sklearns(classes):
    random = np.random.default_rng(0)
    answer = random.dirichlet([0.4] * classes, 500)
    truth = random.integers(0, classes, 500).astype(float)
    weights = random.uniform(0, 2, 500)
    ours = METRIC.score(truth, answer[:, 1:] if classes == 2 else answer, weights)
    theirs = sklearn.metrics.log_loss(truth, answer[:, 1] if classes == 2 else answer, sample_weight=weights)
    assert ours == pytest.approx(theirs, rel=1e-12)


def test_certain_and_wrong_is_bad_but_finite():
    assert METRIC.score(np.array([1.0, 0.0]), np.array([[0.0], [1.0]])) == pytest.approx(36.0436, abs=1e-3)
