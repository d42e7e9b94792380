"""A plan fitted on the newest rows only: what was true long ago may be true no more."""

from __future__ import annotations

import math

import numpy as np

from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, Step, below, within
from journeyman.plan.target import Target
from journeyman.statistics.metrics.metric import chance_of_truth
from journeyman.table.columns import Columns, Integers, Numbers

#: So many rows are kept at least, and so many of each class that there is.
FEWEST_ROWS, FEWEST_OF_A_CLASS = 100, 5
#: Windows among which one is found, widest first; the newest rows by which it is found, as a share of all; and by how
#: many standard errors a narrower one must be better than all rows before it.
FOUND_AMONG, NEWEST, ERRORS = (1 / 2, 1 / 4, 1 / 8), 0.06, 1.64


class Recent(Step):
    """A plan fitted on the newest share of the rows.

    What is new is said by the target's order; rows of one time stay together, so a few more may be kept. Where rows
    have no order all of them are kept. Few rows, or a class that would be gone, make the window wider.

    With a ``judge``, a quick plan, the share is found among the rows that are fitted: the very newest of them judge
    fits of the judge on those before, all or fewer, and the window that does best beyond noise is taken, the newest
    rows included. So before anything has changed every row is kept, and afterwards those of before can be left out.

    It is a choice like any other: whether less is more is for held-out rows to say.

    Source of the idea: Bifet and Gavaldà, Learning from time-changing data with adaptive windowing, SDM 2007; here
    with a few fixed windows, judged forward in time.
    """

    inner: Step
    share: float = 1.0
    judge: Step | None = None

    def stay(self, columns: Columns, target: Target) -> Integers:
        """Positions of the rows that are kept, in their order."""
        if target.order is None or not len(target):
            return np.arange(len(target))
        return newest(target, self.share if self.judge is None else found_share(self.judge, columns, target))

    def fit(self, columns: Columns, target: Target) -> State:
        """Fit the inner plan on the rows that are kept."""
        rows = self.stay(columns, target)
        return below(self.inner.fit(columns.take(rows), target.take(rows)), "inner")

    def apply(self, state: State, columns: Columns) -> Columns:
        """Apply the inner plan to all rows."""
        return self.inner.apply(within(state, "inner"), columns)

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Write the inner plan."""
        return self.inner.express(within(state, "inner"), graph, wires)


def newest(target: Target, share: float) -> Integers:
    """Positions of the newest rows, about such a share of them, in their order."""
    rows, order = len(target), target.order
    if order is None:
        return np.arange(rows)
    ordered = np.sort(order)[::-1]
    while share < 1:
        count = min(rows, max(FEWEST_ROWS, math.ceil(share * rows)))
        kept = np.flatnonzero(order >= ordered[count - 1])
        if not target.classes or _has_all(target, kept):
            return kept
        share *= 2
    return np.arange(rows)


def found_share(judge: Step, columns: Columns, target: Target) -> float:
    """The share of the newest rows that is best learnt from, by the very newest of them; 1 where fewer do no better."""
    judging = newest(target, NEWEST)
    before = np.setdiff1d(np.arange(len(target)), judging)
    if len(before) < 4 * FEWEST_ROWS:
        return 1.0
    past, truth = target.take(before), target.take(judging)

    def losses(share: float) -> Numbers:
        rows = before[newest(past, share)]
        state = judge.fit(columns.take(rows), target.take(rows))
        answers = judge.apply(state, columns.take(judging)).numbers
        if target.task == "regression":
            return np.asarray((answers[:, 0] - truth.values) ** 2)
        return -np.log(np.maximum(chance_of_truth(truth.values, answers), 1e-15))

    weights = np.ones(len(judging)) if truth.weights is None else truth.weights
    least, best, everything = 0.0, 1.0, losses(1.0)
    for share in FOUND_AMONG:
        gains = everything - losses(share)
        mean = float(np.average(gains, weights=weights))
        error = float(np.sqrt(((weights * (gains - mean)) ** 2).sum())) / float(weights.sum())
        if mean > ERRORS * error and mean > least:
            least, best = mean, share
    return best


def _has_all(target: Target, kept: Integers) -> bool:
    """Whether each class has some of the rows kept, or all that it has at all."""
    count = len(target.classes)
    there, left = np.bincount(target.codes, minlength=count), np.bincount(target.codes[kept], minlength=count)
    return bool((left >= np.minimum(there, FEWEST_OF_A_CLASS)).all())
