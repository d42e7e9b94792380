from __future__ import annotations

import numpy as np
import pytest
import sklearn.metrics

from journeyman.statistics.metrics.named import metric_named

METRIC = metric_named("poisson_deviance")


@pytest.mark.parametrize("shift", [0.0, 1e4])
def test_is_sklearns(shift):
    random = np.random.default_rng(0)
    answer = random.uniform(0.1, 6, (500, 1)) + shift
    truth = random.poisson(answer[:, 0] - shift).astype(float) + shift
    weights = random.uniform(0, 2, 500)
    theirs = sklearn.metrics.mean_poisson_deviance(truth, answer[:, 0], sample_weight=weights)
    assert METRIC.score(truth, answer, weights) == pytest.approx(theirs, rel=1e-12)


def test_no_events():
    assert METRIC.score(np.zeros(2), np.zeros((2, 1))) == pytest.approx(0, abs=1e-9)
    assert np.isnan(METRIC.score(np.array([-0.5, 1.0]), np.ones((2, 1))))
