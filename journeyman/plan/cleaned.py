"""A plan fitted without rows whose targets are likely wrong."""

from __future__ import annotations

import numpy as np

from journeyman.plan.graph import Graph, Wires
from journeyman.plan.opinions import doubts_by, opinions_of
from journeyman.plan.step import State, Step, below, within
from journeyman.plan.target import Target
from journeyman.statistics.doubts import Doubts
from journeyman.table.columns import Columns, Integers

#: At most this share of the rows is left out, and at most this share of a class; with fewer rows, none is.
MOST_LEFT_OUT, MOST_OF_A_CLASS, FEWEST_ROWS = 0.2, 0.5, 100


class Cleaned(Step):
    """A plan fitted without rows whose targets another, quick plan does not believe.

    The quick plan, the judge, answers each row out of inner folds of the very rows that are fitted on, and, of classes,
    once more after it has seen them all; no row that judges the model has a say. Labels are doubted by the log-odds of
    both together, numbers where they are very far from their answers (`journeyman.statistics.doubts`). Weights, groups
    and times stay with the rows that are kept.

    It is a choice like any other: rows that are hard are doubted too, and without them answers become too sure. Whether
    it helps is for held-out rows to say, none of which is ever left out.
    """

    inner: Step
    judge: Step
    folds: int = 3

    def stay(self, columns: Columns, target: Target) -> Integers:
        """Positions of the rows that are kept, in their order."""
        rows = len(target)
        if rows < FEWEST_ROWS:
            return np.arange(rows)
        opinions = opinions_of([self.judge], columns, target, self.folds)
        if not opinions.are_whole:
            return np.arange(rows)
        return _kept(doubts_by(target, opinions), target)

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


def _kept(doubts: Doubts, target: Target) -> Integers:
    """All rows but those doubted most, as long as enough are left, of each class too."""
    rows = len(target)
    worst = np.flatnonzero(doubts.doubted)
    worst = worst[np.argsort(-doubts.strength[worst], kind="stable")][: int(MOST_LEFT_OUT * rows)]
    if target.classes:
        allowed = (MOST_OF_A_CLASS * np.bincount(target.codes, minlength=len(target.classes))).astype(np.int64)
        by_class = (worst[target.codes[worst] == code] for code in range(len(target.classes)))
        worst = np.concatenate([those[:most] for those, most in zip(by_class, allowed.tolist(), strict=True)])
    kept = np.ones(rows, np.bool_)
    kept[worst] = False
    return np.flatnonzero(kept)
