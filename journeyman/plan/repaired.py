"""A plan behind a repair of its columns."""

from __future__ import annotations

from journeyman.plan.combine import Each
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, Step, below, within
from journeyman.plan.target import Target
from journeyman.table.columns import Columns


class Repaired(Step):
    """A plan fitted on columns that a repair has changed.

    Spellings are joined, say, far numbers taken for missing, or missing ones estimated.

    The repair learns from the very rows that the plan is fitted on, and is part of what is deployed. It is a choice
    like any other: a repair is a judgement, and whether it helps is for held-out rows to say, whose targets it never
    touches.

    Source of the idea: Li et al., CleanML: A Study for Evaluating the Impact of Data Cleaning on ML Classification
    Tasks, ICDE 2021, where cleaning that validation chose together with the model hardly ever did harm.
    """

    inner: Step
    repair: Step

    @property
    def in_words(self) -> str:
        """What the repair does, for people."""
        return (self.repair.inner if isinstance(self.repair, Each) else self.repair).answers

    def fit(self, columns: Columns, target: Target) -> State:
        """Fit the repair, then the plan on what it gives."""
        learnt, columns = self.repair.fit_apply(columns, target)
        return {**below(learnt, "repair"), **below(self.inner.fit(columns, target), "inner")}

    def apply(self, state: State, columns: Columns) -> Columns:
        """Repair, then apply the plan."""
        return self.inner.apply(within(state, "inner"), self.repair.apply(within(state, "repair"), columns))

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Write the repair, and the plan behind it."""
        wires = self.repair.express(within(state, "repair"), graph, wires)
        return self.inner.express(within(state, "inner"), graph, wires)
