"""RMSE: root of the mean squared error."""

from __future__ import annotations

import math

from journeyman.statistics.metrics.metric import Metric, mean_of
from journeyman.table.columns import Numbers


def root_mean(losses: Numbers, weights: Numbers) -> tuple[float, Numbers]:
    """The part of a metric that is the root of a mean over rows."""
    mean, influence = mean_of(losses, weights)
    root = math.sqrt(mean)
    return root, influence / (2 * root) if root > 0 else influence


def _part(truth: Numbers, answer: Numbers, weights: Numbers) -> tuple[float, Numbers]:
    return root_mean((truth - answer[:, 0]) ** 2, weights)


METRIC = Metric(name="rmse", tasks=("regression",), greater_is_better=False, needs="value", part=_part)
