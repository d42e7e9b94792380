"""Out-of-fold answers compared in pairs, on the rows that were scored."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from journeyman.plan.target import Target
from journeyman.statistics.bbc import Bootstrap, make_units
from journeyman.statistics.folds import Folds
from journeyman.statistics.measure import metric_measure
from journeyman.statistics.metrics.metric import Metric
from journeyman.statistics.naming import Naming, named_in_folds
from journeyman.table.columns import Numbers


def naming_of(metric: Metric, target: Target, folds: Folds) -> Naming | None:
    """How a metric would have out-of-fold answers name classes; None where it has no rule for that."""
    if not target.classes:
        return None
    return Naming.of(metric, target.codes, target.weights, len(target.classes), folds)


def paired(answers: Sequence[Numbers], metric: Metric, target: Target, folds: Folds) -> tuple[Numbers, Numbers]:
    """Scores (k,), more being better, and the standard errors of their differences (k, k).

    Rows that belong together, or to one stretch of time where folds go forward, are one piece of evidence.

    Parameters
    ----------
    answers : k times (rows, outputs), of all rows; those that no fold scores are not looked at
    """
    rows = folds.all_scored
    seen = target.take(rows)
    weights = np.ones(len(rows)) if seen.weights is None else seen.weights
    order = seen.order if folds.kind == "forward" else None
    units = make_units(len(rows), groups=seen.groups, order=order, seed=target.seed)
    fold, naming = folds.number[rows], naming_of(metric, target, folds)
    named = [named_in_folds(naming, one[rows], weights, fold) for one in answers]
    measure = metric_measure(metric, seen.values, named, weights, fold)
    empty = Bootstrap(units, np.zeros((0, units.count), np.int64), exact=True)
    scores, errors = empty.whole(measure, range(len(answers)))
    return metric.sign * scores, errors
