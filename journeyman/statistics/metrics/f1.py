"""F1: harmonic mean of precision and recall of the positive class; of several classes the plain mean."""

from __future__ import annotations

import numpy as np

from journeyman.statistics.metrics.metric import Metric, labels
from journeyman.table.columns import Numbers


def _part(truth: Numbers, answer: Numbers, weights: Numbers) -> tuple[float, Numbers]:
    count = max(answer.shape[1], 2)
    true, named = truth.astype(np.int64), labels(answer)
    right = true == named
    # F1 of a class is 2·hits / (rows of the class + rows named so); 0 where both are none.
    both = np.bincount(true, weights, count) + np.bincount(named, weights, count)
    hits = np.bincount(true[right], weights[right], count)
    scale = np.where(both > 0, both, 1)
    each = 2 * hits / scale
    counted = both > 0
    if answer.shape[1] == 1:
        counted = np.array([False, True])
    shares = counted / counted.sum() / scale
    influence = weights.sum() * (2 * right * shares[true] - (each * shares)[true] - (each * shares)[named])
    return float(each[counted].mean()), influence


METRIC = Metric(name="f1", tasks=("binary", "multiclass"), greater_is_better=True, worst=0.0, needs="label", part=_part)
