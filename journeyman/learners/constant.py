"""Always the same answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from journeyman.learners.learner import Candidate, Learner, Problem, answer_names
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State
from journeyman.plan.target import Target
from journeyman.table.columns import Columns


class Constant(Learner):
    """Always the same answer: class shares, or the mean; the median where ``loss`` is ``"absolute"``.

    The floor under every model: what cannot beat it has learnt nothing. Columns are not looked at, so missing and
    unseen cells change nothing.
    """

    keeps_direction: ClassVar[bool] = True

    loss: str = ""

    @classmethod
    def candidates(cls, problem: Problem) -> Iterator[Candidate]:
        """Always on the board."""
        learner = cls(loss="absolute" if problem.metric == "mae" else "")
        yield Candidate(name="always the same answer", learner=learner, floor=True, weight=0, seconds_per_million=0.001)

    def fit(self, columns: Columns, target: Target) -> State:
        """Weighted class shares, mean or median."""
        if self.loss == "absolute" and target.task == "regression" and len(target):
            return {"answer": np.array([_median(target)])}
        return {"answer": target.mean()}

    def apply(self, state: State, columns: Columns) -> Columns:
        """The same numbers in every row."""
        answer = state["answer"]
        return Columns.of(
            rows=columns.rows,
            numbers=np.repeat(answer[None, :], columns.rows, axis=0),
            number_names=answer_names(len(answer)),
        )

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """A zero for every row, and the answer added."""
        answer = graph.add("Add", graph.zeros(wires), graph.constant(state["answer"][None, :]))
        return Wires(answer, answer_names(len(state["answer"])), "", "", (), "", ())


def _median(target: Target) -> float:
    """The weighted median: half of the weight is at most it."""
    order = np.argsort(target.values, kind="stable")
    weights = np.ones(len(target)) if target.weights is None else target.weights[order]
    sums = weights.cumsum()
    below, above = np.searchsorted(sums, sums[-1] / 2, side="left"), np.searchsorted(sums, sums[-1] / 2, side="right")
    middle = target.values[order][[min(below, len(order) - 1), min(above, len(order) - 1)]]
    return float(middle.mean())
