"""Always the same answer."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from journeyman.learners.learner import Candidate, Learner, Problem, answer_names
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State
from journeyman.plan.target import Target
from journeyman.table.columns import Columns


class Constant(Learner):
    """Always the same answer: class shares, or the mean.

    The floor under every model: what cannot beat it has learnt nothing. Columns are not looked at, so missing and
    unseen cells change nothing.
    """

    @classmethod
    def candidates(cls, problem: Problem) -> Iterator[Candidate]:
        """Always on the board."""
        yield Candidate(name="always the same answer", learner=cls(), floor=True, weight=0, seconds_per_million=0.001)

    def fit(self, columns: Columns, target: Target) -> State:
        """Weighted class shares, or the weighted mean."""
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
