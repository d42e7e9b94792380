"""RMSLE: root of the mean squared error of log(1 + value); answers below 0 count as 0."""

from __future__ import annotations

import numpy as np

from journeyman.statistics.metrics.metric import Metric
from journeyman.statistics.metrics.rmse import root_mean
from journeyman.table.columns import Numbers


def _part(truth: Numbers, answer: Numbers, weights: Numbers) -> tuple[float, Numbers]:
    if truth.min() < 0:
        return np.nan, np.zeros(len(truth))
    return root_mean((np.log1p(truth) - np.log1p(np.maximum(answer[:, 0], 0))) ** 2, weights)


METRIC = Metric(name="rmsle", tasks=("regression",), greater_is_better=False, needs="value", part=_part)
