"""Brier score: the squared distance of probabilities from what came true."""

from __future__ import annotations

import numpy as np

from journeyman.statistics.metrics.metric import Metric, chance_of_truth, mean_of
from journeyman.table.columns import Numbers


def _part(truth: Numbers, answer: Numbers, weights: Numbers) -> tuple[float, Numbers]:
    if answer.shape[1] == 1:
        return mean_of((truth - answer[:, 0]) ** 2, weights)
    # The sum over classes of (p − 1[class is true])², written without the table of indicators.
    losses = np.einsum("ij,ij->i", answer, answer) - 2 * chance_of_truth(truth, answer) + 1
    return mean_of(losses, weights)


METRIC = Metric(name="brier", tasks=("binary", "multiclass"), greater_is_better=False, needs="probability", part=_part)
