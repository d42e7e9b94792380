"""Balanced accuracy: the mean over classes of the share of each class that is named right."""

from __future__ import annotations

import numpy as np

from journeyman.statistics.metrics.metric import Metric, labels
from journeyman.table.columns import Numbers


def _part(truth: Numbers, answer: Numbers, weights: Numbers) -> tuple[float, Numbers]:
    true = truth.astype(np.int64)
    right = labels(answer) == true
    mass = np.bincount(true, weights)
    there = mass > 0
    recall = np.bincount(true, weights * right) / np.where(there, mass, 1)
    count = int(there.sum())
    influence = weights.sum() / count * (right - recall[true]) / mass[true]
    return float(recall[there].sum() / count), influence


METRIC = Metric(
    name="balanced_accuracy",
    tasks=("binary", "multiclass"),
    greater_is_better=True,
    worst=0.0,
    needs="label",
    part=_part,
)
