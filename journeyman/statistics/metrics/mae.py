"""MAE: mean absolute error."""

from __future__ import annotations

import numpy as np

from journeyman.statistics.metrics.metric import Metric, mean_of
from journeyman.table.columns import Numbers


def _part(truth: Numbers, answer: Numbers, weights: Numbers) -> tuple[float, Numbers]:
    return mean_of(np.abs(truth - answer[:, 0]), weights)


METRIC = Metric(name="mae", tasks=("regression",), greater_is_better=False, needs="value", part=_part)
