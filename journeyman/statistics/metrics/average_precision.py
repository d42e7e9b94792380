"""Average precision: mean precision at the rank of each row of the class; of several classes the plain mean."""

from __future__ import annotations

import numpy as np

from journeyman.statistics.metrics.metric import Metric, one_against_rest
from journeyman.table.columns import Numbers


def precision(is_class: Numbers, score: Numbers, weights: Numbers) -> tuple[float, Numbers]:
    """The average precision and each row's influence; rows of one score are taken together."""
    order = np.argsort(-score)
    ranked = score[order]
    total = float(weights @ is_class)
    if not 0 < total < weights.sum():
        return np.nan, np.zeros(len(score))
    new = np.concatenate([[True], ranked[1:] != ranked[:-1]])
    run, starts = new.cumsum() - 1, np.flatnonzero(new)
    hits = np.add.reduceat((weights * is_class)[order], starts)
    taken = np.add.reduceat(weights[order], starts).cumsum()
    # Runs of no weight at the head have taken nothing yet; they weigh nothing either.
    taken = np.where(taken > 0, taken, 1)
    precise = hits.cumsum() / taken
    value = float(hits @ precise) / total
    # A row counts through its own rank, and through the precision at every rank not above it.
    later = (hits / taken)[::-1].cumsum()[::-1]
    drag = (hits * precise / taken)[::-1].cumsum()[::-1]
    true = is_class[order]
    placed = true * (precise[run] - value) + true * later[run] - drag[run]
    influence = np.empty(len(score))
    influence[order] = placed * weights.sum() / total
    return value, influence


def _part(truth: Numbers, answer: Numbers, weights: Numbers) -> tuple[float, Numbers]:
    return one_against_rest(precision, truth, answer, weights)


METRIC = Metric(
    name="average_precision",
    tasks=("binary", "multiclass"),
    greater_is_better=True,
    worst=0.0,
    needs="probability",
    part=_part,
    ranks=True,
)
