"""Log loss: how surprised the answers were by what came true."""

from __future__ import annotations

import numpy as np

from journeyman.statistics.metrics.metric import Metric, chance_of_truth, mean_of
from journeyman.table.columns import Numbers

_SMALLEST = float(np.finfo(np.float64).eps)


def _part(truth: Numbers, answer: Numbers, weights: Numbers) -> tuple[float, Numbers]:
    chance = np.clip(chance_of_truth(truth, answer), _SMALLEST, 1 - _SMALLEST)
    return mean_of(-np.log(chance), weights)


METRIC = Metric(
    name="log_loss",
    tasks=("binary", "multiclass"),
    greater_is_better=False,
    needs="probability",
    part=_part,
    worst=-float(np.log(_SMALLEST)),
)
