"""Poisson deviance: for counts; answers must be above 0, others count as next to 0."""

from __future__ import annotations

import numpy as np

from journeyman.statistics.metrics.metric import Metric, mean_of
from journeyman.table.columns import Numbers

_SMALLEST = 1e-12


def _part(truth: Numbers, answer: Numbers, weights: Numbers) -> tuple[float, Numbers]:
    if truth.min() < 0:
        return np.nan, np.zeros(len(truth))
    rate = np.maximum(answer[:, 0], _SMALLEST)
    logs = truth * np.log(np.where(truth > 0, truth / rate, 1))
    return mean_of(2 * (logs - truth + rate), weights)


METRIC = Metric(name="poisson_deviance", tasks=("regression",), greater_is_better=False, needs="value", part=_part)
