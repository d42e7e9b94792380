"""The combinators: a plan is a tree of steps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, Step, below, within
from journeyman.plan.target import Target
from journeyman.table.columns import Columns, Integers


class Chain(Step):
    """One step after another."""

    steps: tuple[Step, ...]

    def fit(self, columns: Columns, target: Target) -> State:
        """Fit each step on what the steps before it made of the training rows; the last is not applied."""
        state: dict[str, np.ndarray] = {}
        for place, step in enumerate(self.steps):
            if place == len(self.steps) - 1:
                learnt = step.fit(columns, target)
            else:
                learnt, columns = step.fit_apply(columns, target)
            state.update(below(learnt, str(place)))
        return state

    def fit_apply(self, columns: Columns, target: Target) -> tuple[State, Columns]:
        """As `fit`, and the training rows as the last step gives them."""
        state: dict[str, np.ndarray] = {}
        for place, step in enumerate(self.steps):
            learnt, columns = step.fit_apply(columns, target)
            state.update(below(learnt, str(place)))
        return state, columns

    def apply(self, state: State, columns: Columns) -> Columns:
        """Apply each step to what the one before it gave."""
        for place, step in enumerate(self.steps):
            columns = step.apply(within(state, str(place)), columns)
        return columns

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Write each step behind the one before it."""
        for place, step in enumerate(self.steps):
            wires = step.express(within(state, str(place)), graph, wires)
        return wires


class Each(Step):
    """A step on some columns only; the others pass unchanged, before what the step gives."""

    #: Not named "step": that key holds the address when a plan is data.
    inner: Step
    columns: tuple[str, ...]

    def fit(self, columns: Columns, target: Target) -> State:
        """Fit on the chosen columns."""
        return below(self.inner.fit(columns.select(self.columns), target), "inner")

    def fit_apply(self, columns: Columns, target: Target) -> tuple[State, Columns]:
        """Fit on the chosen columns and put them behind the others."""
        state, changed = self.inner.fit_apply(columns.select(self.columns), target)
        return below(state, "inner"), columns.without(self.columns).beside(changed)

    def apply(self, state: State, columns: Columns) -> Columns:
        """Apply to the chosen columns."""
        changed = self.inner.apply(within(state, "inner"), columns.select(self.columns))
        return columns.without(self.columns).beside(changed)

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Write the step behind the chosen columns."""
        rest = graph.select(wires, [name for name in wires.names if name not in set(self.columns)])
        changed = self.inner.express(within(state, "inner"), graph, graph.select(wires, self.columns))
        return graph.beside(rest, changed)


class Thin(Step):
    """A plan fitted on at most so many rows, evenly spread, where more would cost more than they bring."""

    inner: Step
    rows: int

    def fit(self, columns: Columns, target: Target) -> State:
        """Fit the inner plan on the rows that stay."""
        if columns.rows > self.rows:
            stay = np.unique(np.linspace(0, columns.rows - 1, self.rows).astype(np.int64))
            columns, target = columns.take(stay), target.take(stay)
        return below(self.inner.fit(columns, target), "inner")

    def apply(self, state: State, columns: Columns) -> Columns:
        """Apply the inner plan to all rows."""
        return self.inner.apply(within(state, "inner"), columns)

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Write the inner plan."""
        return self.inner.express(within(state, "inner"), graph, wires)


class Halved(Step):
    """A plan fitted on half of the rows: what it would be, had there been no more.

    The half is drawn at random, classes in their shares, and whole groups stay together. Other plans draw the same.
    """

    inner: Step

    @staticmethod
    def stay(target: Target) -> Integers:
        """Positions of the rows that stay, in their order; one group alone stays whole."""
        half = target.encoding_folds(2)
        return half.scored(0) if len(half.usable) == 2 else np.arange(len(target))

    def fit(self, columns: Columns, target: Target) -> State:
        """Fit the inner plan on the rows that stay."""
        rows = self.stay(target)
        return below(self.inner.fit(columns.take(rows), target.take(rows)), "inner")

    def apply(self, state: State, columns: Columns) -> Columns:
        """Apply the inner plan to all rows."""
        return self.inner.apply(within(state, "inner"), columns)

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Write the inner plan."""
        return self.inner.express(within(state, "inner"), graph, wires)


class Blend(Step):
    """The weighted mean of several plans' answers. Weights are positive and sum to 1."""

    members: tuple[Step, ...]
    weights: tuple[float, ...]

    def fit(self, columns: Columns, target: Target) -> State:
        """Fit each member on the same rows."""
        state: dict[str, np.ndarray] = {}
        for place, member in enumerate(self.members):
            state.update(below(member.fit(columns, target), str(place)))
        return state

    def apply(self, state: State, columns: Columns) -> Columns:
        """The weighted mean of the members' numbers."""
        answers = [member.apply(within(state, str(place)), columns) for place, member in enumerate(self.members)]
        mean = np.zeros_like(answers[0].numbers)
        for answer, weight in zip(answers, self.weights, strict=True):
            mean = mean + answer.numbers * weight
        return replace(answers[0], numbers=mean)

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Write every member, and the mean of their numbers."""
        total = ""
        last = wires
        for place, (member, weight) in enumerate(zip(self.members, self.weights, strict=True)):
            last = member.express(within(state, str(place)), graph, wires)
            part = graph.add("Mul", last.numbers, graph.constant(weight))
            total = graph.add("Add", total, part) if total else part
        return graph.with_numbers(last, total, last.number_names)
