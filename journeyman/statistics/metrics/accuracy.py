"""Accuracy: the share of rows whose class is named right."""

from __future__ import annotations

import numpy as np

from journeyman.statistics.label_rule import labels
from journeyman.statistics.metrics.metric import Metric, mean_of
from journeyman.table.columns import Numbers


def _part(truth: Numbers, answer: Numbers, weights: Numbers) -> tuple[float, Numbers]:
    return mean_of((labels(answer) == truth).astype(np.float64), weights)


METRIC = Metric(
    name="accuracy", tasks=("binary", "multiclass"), greater_is_better=True, worst=0.0, needs="label", part=_part
)
