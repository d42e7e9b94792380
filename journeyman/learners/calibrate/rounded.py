"""Answers in the steps that a target is counted in: visits, grades, stars."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from journeyman.learners.calibrator import Calibrator
from journeyman.learners.learner import answer_names
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State
from journeyman.plan.target import Target, Task
from journeyman.table.columns import Columns, Numbers

#: A target of more steps than this is a quantity: steps are too small for rounding to matter.
_MOST_STEPS = 1000
#: Values are multiples of a step when they are this near to them, as a share of the step.
_EXACT = 1e-6
#: So large a share of the values are multiples of the step: a grade of 2.5 may stand among whole ones.
_NEARLY_ALL = 0.99
#: So many of the smallest gaps between values may be the step.
_GAPS = 10
#: Shares of a step by which answers may be moved before they are rounded.
_SHIFTS = np.array([0.0, -0.1, 0.1, -0.2, 0.2, -0.3, 0.3, -0.4, 0.4])
#: Means of whole numbers lie exactly between two steps; where the last bits differ they are to be rounded alike.
_ASIDE = 1.2345e-7


class Rounded(Calibrator):
    """Numbers rounded to the steps that the target is counted in, moved up or down before by a share of a step.

    The answer of least absolute error is a median, and of a target that is counted in steps the median is one of them;
    a mean of several models lies between. A shift is taken only where its gain beside none is more than its standard
    error: answers to counts, say, are mostly too high where most of them are 0.
    """

    tasks: ClassVar[tuple[Task, ...]] = ("regression",)
    words: ClassVar[str] = "rounded"

    @classmethod
    def suits(cls, target: Target, metric: str) -> bool:
        """Where absolute errors judge a target of steps."""
        return metric == "mae" and target.task in cls.tasks and _step(target.values)[1] > 0

    def fit(self, columns: Columns, target: Target) -> State:
        """State: ``start``, ``step`` and ``shift`` (in steps), (1,) each; a step of 0 leaves answers as they are."""
        start, step = _step(target.values)
        shift = _shift(columns.numbers[:, 0], target, start, step) if step > 0 else 0.0
        return {"start": np.array([start]), "step": np.array([step]), "shift": np.array([shift])}

    def apply(self, state: State, columns: Columns) -> Columns:
        """The nearest step."""
        start, step, shift = (float(state[name][0]) for name in ("start", "step", "shift"))
        answers = _rounded(columns.numbers, start, step, shift) if step > 0 else columns.numbers
        return Columns.of(rows=columns.rows, numbers=answers, number_names=answer_names(1))

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """The same as nodes."""
        start, step, shift = (float(state[name][0]) for name in ("start", "step", "shift"))
        if not step > 0:
            return graph.with_numbers(wires, wires.numbers, answer_names(1))
        steps = graph.add("Div", graph.add("Sub", wires.numbers, graph.constant(start)), graph.constant(step))
        whole = graph.add("Round", graph.add("Add", steps, graph.constant(shift + _ASIDE)))
        answers = graph.add("Add", graph.add("Mul", whole, graph.constant(step)), graph.constant(start))
        return graph.with_numbers(wires, answers, answer_names(1))


def _rounded(answers: Numbers, start: float, step: float, shift: float) -> Numbers:
    return np.round((answers - start) / step + (shift + _ASIDE)) * step + start


def _step(values: Numbers) -> tuple[float, float]:
    """A value from which the steps are counted, and their size: the largest at which nearly all values are; 0 where
    there is none, or where there would be too many.
    """
    different, counts = np.unique(values, return_counts=True)
    if len(different) < 2:
        return 0.0, 0.0
    start = float(different[counts.argmax()])
    gaps = np.unique(np.diff(different))[:_GAPS]
    for step in gaps[gaps >= np.ptp(different) / _MOST_STEPS][::-1].tolist():
        places = (different - start) / step
        is_step = np.abs(places - np.round(places)) <= _EXACT
        if counts[is_step].sum() >= _NEARLY_ALL * len(values):
            return start, step
    return 0.0, 0.0


def _shift(answers: Numbers, target: Target, start: float, step: float) -> float:
    """The share of a step by which answers are best moved, or 0 where none is better beyond its standard error."""
    weights = np.ones(len(target)) if target.weights is None else target.weights
    if not weights.sum() > 0:
        return 0.0
    losses = [np.abs(_rounded(answers, start, step, float(one)) - target.values) for one in _SHIFTS]
    best = int(np.argmin([weights @ one for one in losses]))
    gains = losses[0] - losses[best]
    mean = float(weights @ gains / weights.sum())
    error = float(np.sqrt((weights**2) @ (gains - mean) ** 2) / weights.sum())
    return float(_SHIFTS[best]) if mean > error else 0.0
