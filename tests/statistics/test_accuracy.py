from __future__ import annotations

import numpy as np
import pytest
import sklearn.metrics

from journeyman.statistics.metrics.named import metric_named

METRIC = metric_named("accuracy")


@pytest.mark.parametrize("classes", [2, 4])
def test_is_sklearns(classes):
    random = np.random.default_rng(0)
    answer = random.dirichlet([1] * classes, 500)
    truth = random.integers(0, classes, 500).astype(float)
    weights = random.uniform(0, 2, 500)
    ours = METRIC.score(truth, answer[:, 1:] if classes == 2 else answer, weights)
    theirs = sklearn.metrics.accuracy_score(truth, answer.argmax(1), sample_weight=weights)
    assert ours == pytest.approx(theirs, rel=1e-12)
