"""One number about candidates on any rows, with each row's influence: a metric over their answers, or a mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from journeyman.statistics.metrics.metric import Metric
from journeyman.table.columns import Integers, Numbers


@dataclass(frozen=True)
class Measure:
    """A number that can be told of each of several candidates, on any of the same rows.

    Parameters
    ----------
    name : of the number
    sign : 1 where more is better, −1 where less is
    weights : (rows,) the rows' weights
    part : (candidate, rows (n,), weights of those rows (n,)) → the number and each row's influence (n,), as in
        `journeyman.statistics.metrics.metric.Metric`
    for_many : as there
    """

    name: str
    sign: int
    weights: Numbers
    part: Callable[[int, Integers, Numbers], tuple[float, Numbers]]
    for_many: Callable[[Numbers, Numbers], Numbers] | None = None


def metric_measure(
    metric: Metric, truth: Numbers, answers: Sequence[Numbers], weights: Numbers, fold: Integers
) -> Measure:
    """A metric of candidates' out-of-fold answers; one that ranks rows is taken within folds and averaged.

    Shapes: ``truth``, ``weights``, ``fold`` (rows,); ``answers`` one (rows, outputs) a candidate.
    """

    def pooled(candidate: int, rows: Integers, weights: Numbers) -> tuple[float, Numbers]:
        return metric.measure(truth[rows], answers[candidate][rows], weights)

    def within(candidate: int, rows: Integers, weights: Numbers) -> tuple[float, Numbers]:
        return _within_folds(metric, truth[rows], answers[candidate][rows], weights, fold[rows])

    return Measure(metric.name, metric.sign, weights, within if metric.ranks else pooled, metric.for_many)


def mean_measure(name: str, values: Sequence[Numbers], weights: Numbers) -> Measure:
    """The weighted mean of a value of each row, more being better. ``values`` is one (rows,) a candidate."""

    def part(candidate: int, rows: Integers, weights: Numbers) -> tuple[float, Numbers]:
        total = weights.sum()
        if not total > 0:
            return np.nan, np.zeros(len(rows))
        chosen = values[candidate][rows]
        mean = float(weights @ chosen / total)
        return mean, chosen - mean

    return Measure(name, 1, weights, part)


def _within_folds(
    metric: Metric, truth: Numbers, answer: Numbers, weights: Numbers, fold: Integers
) -> tuple[float, Numbers]:
    """The mean over folds, each counting for its rows times how mixed its classes are: the pairs it can compare."""
    influence = np.zeros(len(truth))
    found = []
    for one in np.flatnonzero(np.bincount(fold)):
        rows = np.flatnonzero(fold == one)
        score, part = metric.measure(truth[rows], answer[rows], weights[rows])
        if not np.isnan(score):
            total = float(weights[rows].sum())
            classes = truth[rows].astype(np.int64)
            shares = np.bincount(classes, weights[rows]) / total
            same = float(shares @ shares)
            # By how much the fold counts, and by how much more if a row weighed more.
            found.append((rows, score, part / total, total * (1 - same), 1 + same - 2 * shares[classes]))
    whole = sum(mass for _, _, _, mass, _ in found)
    if not whole > 0:
        return np.nan, influence
    mean = sum(score * mass for _, score, _, mass, _ in found) / whole
    for rows, score, part, mass, more in found:
        influence[rows] = (part * mass + more * (score - mean)) * weights.sum() / whole
    return float(mean), influence
