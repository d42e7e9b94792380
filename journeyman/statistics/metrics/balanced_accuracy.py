"""Balanced accuracy: the mean over classes of the share of each class that is named right."""

from __future__ import annotations

import numpy as np

from journeyman.statistics.label_rule import LabelRule, chances_of, labels
from journeyman.statistics.metrics.metric import Metric
from journeyman.table.columns import Numbers

#: By so much the likelier of two that tie is preferred.
_TIE = 1e-9


def _part(truth: Numbers, answer: Numbers, weights: Numbers) -> tuple[float, Numbers]:
    true = truth.astype(np.int64)
    right = labels(answer) == true
    mass = np.bincount(true, weights)
    there = mass > 0
    scale = np.where(there, mass, 1)
    recall = np.bincount(true, weights * right) / scale
    count = int(there.sum())
    influence = weights.sum() / count * (right - recall[true]) / scale[true]
    return float(recall[there].sum() / count), influence


def _label_rule(answer: Numbers, weights: Numbers) -> LabelRule:
    """The class whose chance is largest beside its share: each row that is named right adds 1 over its class's rows."""
    shares = np.average(chances_of(answer), axis=0, weights=weights)
    if len(shares) == 2:
        # An answer that never varies ties; then the likelier class is named, however means are rounded.
        least = float(shares[1]) or 0.5
        return LabelRule.from_chance(least + (_TIE if least < 0.5 else -_TIE))
    # A class that is never expected is never named.
    scale = np.divide(1.0, shares, out=np.zeros_like(shares), where=shares > 0) + _TIE * (shares > 0)
    return LabelRule(tuple(scale.tolist()), (0.0,) * len(shares))


METRIC = Metric(
    name="balanced_accuracy",
    tasks=("binary", "multiclass"),
    greater_is_better=True,
    worst=0.0,
    needs="label",
    part=_part,
    label_rule=_label_rule,
)
