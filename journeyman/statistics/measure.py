"""One number about candidates on any rows, with each row's influence: a metric over their answers, or a mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from journeyman.statistics.metrics.metric import InFolds, Metric
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


#: Answers that have been sorted before, by the identity of their array.
Sorted = dict[int, InFolds]


def metric_measure(
    metric: Metric,
    truth: Numbers,
    answers: Sequence[Numbers],
    weights: Numbers,
    fold: Integers,
    known: Sorted | None = None,
) -> Measure:
    """A metric of candidates' out-of-fold answers; one that ranks rows is taken within folds and averaged.

    Shapes: ``truth``, ``weights``, ``fold`` (rows,); ``answers`` one (rows, outputs) a candidate. ``known`` holds what
    has been sorted before; whoever gives it keeps those arrays as long.
    """
    own: Sorted = {}
    # Folds by their order, as the scores within them are.
    place = (np.bincount(fold) > 0).cumsum()[fold] - 1 if metric.in_folds is not None and len(fold) else fold

    def pooled(candidate: int, rows: Integers, weights: Numbers) -> tuple[float, Numbers]:
        return metric.measure(truth[rows], answers[candidate][rows], weights)

    def within(candidate: int, rows: Integers, weights: Numbers) -> tuple[float, Numbers]:
        answer = answers[candidate]
        if metric.in_folds is None or answer.shape[1] > 1 or not len(rows):
            return _within_folds(metric, truth[rows], answer[rows], weights, fold[rows])
        found = (known or {}).get(id(answer)) or own.get(id(answer))
        if found is None:
            if not np.isfinite(answer).all():
                return _within_folds(metric, truth[rows], answer[rows], weights, fold[rows])
            found = own[id(answer)] = metric.in_folds(truth, answer[:, 0], fold)
        return _within_folds_at_once(found, truth, place, rows, weights)

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


def sorted_answers(metric: Metric, truth: Numbers, answers: Sequence[Numbers], fold: Integers) -> Sorted:
    """Answers sorted for a metric that asks for it, for `metric_measure`."""
    if metric.in_folds is None:
        return {}
    fit = (one for one in answers if one.shape[1] == 1 and len(one) and np.isfinite(one).all())
    return {id(one): metric.in_folds(truth, one[:, 0], fold) for one in fit}


def _within_folds_at_once(
    found: InFolds, truth: Numbers, place: Integers, rows: Integers, weights: Numbers
) -> tuple[float, Numbers]:
    """The same as `_within_folds`, of two classes; ``place`` (rows,) says which fold a row is in, without gaps."""
    whole = np.zeros(len(truth))
    whole[rows] = weights
    scores, part = found.under(whole)
    totals = np.bincount(place, whole)
    ones = np.bincount(place, whole * truth)
    share = ones / np.maximum(totals, 1e-300)
    same = share**2 + (1 - share) ** 2
    mass = np.where(np.isnan(scores), 0.0, totals * (1 - same))
    if not mass.sum() > 0:
        return np.nan, np.zeros(len(rows))
    known = np.where(np.isnan(scores), 0.0, scores)
    mean = float((known * mass).sum() / mass.sum())
    own = place[rows]
    more = 1 + same[own] - 2 * np.where(truth[rows] > 0, share[own], 1 - share[own])
    each = np.nan_to_num(part[rows]) / np.maximum(totals[own], 1e-300) * mass[own] + more * (known - mean)[own]
    return mean, np.where(mass[own] > 0, each, 0.0) * weights.sum() / mass.sum()


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
