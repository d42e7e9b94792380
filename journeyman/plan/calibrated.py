"""A plan whose answers are calibrated by answers that it gave to rows it had not seen."""

from __future__ import annotations

import numpy as np

from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, Step, below, within
from journeyman.plan.target import Target
from journeyman.table.columns import Columns, Numbers


class Calibrated(Step):
    """A plan, and a calibrator of its answers.

    The calibrator learns from out-of-fold answers: those to rows that it was fitted on would look too sure. `fit`
    makes them itself, with as many fits as ``folds``; a search that has them already calls `fit_calibrator`.
    """

    inner: Step
    calibrator: Step
    folds: int = 5

    def fit(self, columns: Columns, target: Target) -> State:
        """Fit the plan in each fold for out-of-fold answers, the calibrator on these, then the plan on all rows."""
        folds = target.folds(self.folds)
        answers = np.full((columns.rows, target.outputs), np.nan)
        for fold in folds.usable:
            training, judged = folds.training(fold), folds.scored(fold)
            state = self.inner.fit(columns.take(training), target.take(training))
            answers[judged] = self.inner.apply(state, columns.take(judged)).numbers
        return self.joined(self.inner.fit(columns, target), self.fit_calibrator(answers, target))

    def fit_calibrator(self, answers: Numbers, target: Target) -> State:
        """The calibrator's state, from out-of-fold answers (rows, outputs); rows without one (NaN) stay out."""
        there = np.flatnonzero(np.isfinite(answers).all(axis=1))
        return self.calibrator.fit(_as_columns(answers[there]), target.take(there))

    def calibrate(self, calibrator: State, answers: Numbers) -> Numbers:
        """Answers (rows, outputs), calibrated by the calibrator's state."""
        return self.calibrator.apply(calibrator, _as_columns(answers)).numbers

    def joined(self, inner: State, calibrator: State) -> State:
        """The state of the whole, from those of its two parts."""
        return {**below(inner, "inner"), **below(calibrator, "calibrator")}

    def apply(self, state: State, columns: Columns) -> Columns:
        """Answer, then calibrate."""
        answers = self.inner.apply(within(state, "inner"), columns)
        return self.calibrator.apply(within(state, "calibrator"), answers)

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Both, one behind the other."""
        answers = self.inner.express(within(state, "inner"), graph, wires)
        return self.calibrator.express(within(state, "calibrator"), graph, answers)


def _as_columns(answers: Numbers) -> Columns:
    names = tuple(f"answer.{place}" for place in range(answers.shape[1]))
    return Columns.of(rows=len(answers), numbers=answers, number_names=names)
