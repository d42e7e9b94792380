from __future__ import annotations

import numpy as np
import pytest

from journeyman.plan.target import Target
from journeyman.statistics.folds import make_folds
from journeyman.statistics.metrics.named import metric_named
from journeyman.trials.paired import paired


def test_scores_are_the_metric_with_more_being_better_and_errors_those_of_differences() -> None:
    random = np.random.default_rng(0)
    truth = random.normal(size=800)
    near, far = (truth + size * random.normal(size=800) for size in (0.1, 0.5))
    target = Target(task="regression", values=truth)
    folds = make_folds("random", 4, rows=800)
    metric = metric_named("mae")
    scores, errors = paired([near[:, None], far[:, None], far[:, None]], metric, target, folds)
    assert scores.tolist() == pytest.approx([-np.abs(near - truth).mean(), *[-np.abs(far - truth).mean()] * 2])
    gap = np.abs(far - truth) - np.abs(near - truth)
    assert errors[0, 1] == pytest.approx(gap.std() / np.sqrt(800), rel=0.02)
    assert errors[1, 2] == 0
