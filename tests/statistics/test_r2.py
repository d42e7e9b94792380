from __future__ import annotations

import numpy as np
import pytest
import sklearn.metrics

from journeyman.statistics.metrics.named import metric_named

METRIC = metric_named("r2")


@pytest.mark.parametrize("shift", [0.0, 1e4])
def test_is_sklearns(shift):
    random = np.random.default_rng(0)
    answer = random.uniform(0.1, 6, (500, 1)) + shift
    truth = random.poisson(answer[:, 0] - shift).astype(float) + shift
    weights = random.uniform(0, 2, 500)
    theirs = sklearn.metrics.r2_score(truth, answer[:, 0], sample_weight=weights)
    assert METRIC.score(truth, answer, weights) == pytest.approx(theirs, rel=1e-12)


def test_constant_truth():
    assert METRIC.score(np.ones(4), np.ones((4, 1))) == 1.0
    assert METRIC.score(np.ones(4), np.zeros((4, 1))) == 0.0
    assert np.isnan(METRIC.score(np.ones(1), np.ones((1, 1))))
