"""ROC AUC: how often a row of the class is ranked above a row of the rest; of several classes the plain mean."""

from __future__ import annotations

import numpy as np

from journeyman.statistics.metrics.metric import Metric, one_against_rest
from journeyman.table.columns import Numbers


def area(is_class: Numbers, score: Numbers, weights: Numbers) -> tuple[float, Numbers]:
    """The area and each row's influence, from the rows' placements among the other class; ties count half."""
    order = np.argsort(score)
    ranked = score[order]
    mass = weights[order]
    positive = mass * is_class[order]
    negative = mass - positive
    total_positive, total_negative = float(positive.sum()), float(negative.sum())
    if not (total_positive > 0 and total_negative > 0):
        return np.nan, np.zeros(len(score))
    below, under = negative.cumsum(), positive.cumsum()
    new = np.empty(len(ranked), np.bool_)
    new[:1] = True
    np.not_equal(ranked[1:], ranked[:-1], out=new[1:])
    if new.all():
        below -= negative / 2
        under -= positive / 2
    else:
        # Rows of one score share a place: the middle between what lies before them and what lies up to them.
        run = new.cumsum() - 1
        last = np.append(np.flatnonzero(new)[1:], len(ranked)) - 1
        below, under = (((ends := sums[last]) + np.concatenate([[0.0], ends[:-1]]))[run] / 2 for sums in (below, under))
    value = float(positive @ below) / (total_positive * total_negative)
    placed = np.where(
        is_class[order] > 0,
        (below / total_negative - value) / total_positive,
        ((total_positive - under) / total_positive - value) / total_negative,
    )
    influence = np.empty(len(score))
    influence[order] = placed * mass.sum()
    return value, influence


def _part(truth: Numbers, answer: Numbers, weights: Numbers) -> tuple[float, Numbers]:
    return one_against_rest(area, truth, answer, weights)


METRIC = Metric(
    name="roc_auc",
    tasks=("binary", "multiclass"),
    greater_is_better=True,
    needs="probability",
    part=_part,
    ranks=True,
)
