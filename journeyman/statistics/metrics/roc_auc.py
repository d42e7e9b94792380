"""ROC AUC: how often a row of the class is ranked above a row of the rest; of several classes the plain mean."""

from __future__ import annotations

import numpy as np

from journeyman.statistics.metrics.metric import Metric, one_against_rest
from journeyman.table.columns import Integers, Numbers


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


class Areas:
    """The areas within folds of two classes' scores, under one set of weights after another: sorted only once.

    The same numbers as `area` of each fold's rows alone. Where a choice is replayed on hundreds of draws of the same
    rows, sorting anew takes most of the time.

    Parameters
    ----------
    is_class : (rows,) 1 for a row of the class, else 0
    score : (rows,) no NaN
    fold : (rows,) which fold a row is in
    """

    def __init__(self, is_class: Numbers, score: Numbers, fold: Integers) -> None:
        self.order = np.lexsort((score, fold))
        ranked, folds = score[self.order], fold[self.order]
        self.is_class = is_class[self.order]
        begins = np.append(True, folds[1:] != folds[:-1])
        self.starts = np.flatnonzero(begins)
        self.fold = begins.cumsum() - 1
        new = begins.copy()
        new[1:] |= ranked[1:] != ranked[:-1]
        # Rows of one score share a place: the middle between what lies before them and what lies up to them.
        self.first = np.flatnonzero(new)
        self.run = None if new.all() else new.cumsum() - 1

    def under(self, weights: Numbers) -> tuple[Numbers, Numbers]:
        """The area of each fold, (folds,) in their order, NaN without both classes; and the rows' influences, (rows,).

        A row of weight 0 counts as not being there.
        """
        mass = weights[self.order]
        positive = mass * self.is_class
        negative = mass - positive
        positives, negatives = (np.add.reduceat(one, self.starts) for one in (positive, negative))
        below, above = self._placed(negative, negatives), self._placed(positive, positives)
        with np.errstate(divide="ignore", invalid="ignore"):
            areas = np.add.reduceat(positive * below, self.starts) / (positives * negatives)
            value, total_positive, total_negative = (one[self.fold] for one in (areas, positives, negatives))
            placed = np.where(
                self.is_class > 0,
                (below / total_negative - value) / total_positive,
                ((total_positive - above) / total_positive - value) / total_negative,
            )
        influence = np.empty(len(mass))
        influence[self.order] = placed * (total_positive + total_negative)
        return areas, influence

    def _placed(self, mass: Numbers, totals: Numbers) -> Numbers:
        """What lies before each row in its fold, and half of what lies beside it."""
        before = np.concatenate([[0.0], totals.cumsum()[:-1]])[self.fold]
        if self.run is None:
            return np.asarray(mass.cumsum() - mass / 2 - before)
        beside = np.add.reduceat(mass, self.first)
        return np.asarray((beside.cumsum() - beside / 2)[self.run] - before)


def _part(truth: Numbers, answer: Numbers, weights: Numbers) -> tuple[float, Numbers]:
    return one_against_rest(area, truth, answer, weights)


METRIC = Metric(
    name="roc_auc",
    tasks=("binary", "multiclass"),
    greater_is_better=True,
    worst=0.0,
    needs="probability",
    part=_part,
    ranks=True,
    in_folds=Areas,
)
