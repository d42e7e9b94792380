"""R²: the share of the target's variance that is explained; below 0 where the mean would do better."""

from __future__ import annotations

import numpy as np

from journeyman.statistics.metrics.metric import Metric
from journeyman.table.columns import Numbers


def _part(truth: Numbers, answer: Numbers, weights: Numbers) -> tuple[float, Numbers]:
    if len(truth) < 2:
        return np.nan, np.zeros(len(truth))
    total = weights.sum()
    errors = (truth - answer[:, 0]) ** 2
    spread = (truth - weights @ truth / total) ** 2
    error, variance = float(weights @ errors), float(weights @ spread)
    if variance == 0:
        return (1.0 if error == 0 else 0.0), np.zeros(len(truth))
    ratio = error / variance
    return 1 - ratio, (ratio * spread - errors) * total / variance


def _for_many(scores: Numbers, rows: Numbers) -> Numbers:
    """A sample's own mean fits it best, so the variance about it is too small by one row's share."""
    return 1 - (1 - scores) * (1 - 1 / np.maximum(rows, 1))


METRIC = Metric(name="r2", tasks=("regression",), greater_is_better=True, needs="value", part=_part, for_many=_for_many)
