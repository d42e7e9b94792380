"""A sum of tables, each over one column or two: what an additive model is, as arrays that one can read.

Applied by looking cells up, expressed as one balanced tree a term. The two are independent of each other, and the laws
hold them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from journeyman.learners.leaf_table import express_summed
from journeyman.learners.trees import Trees
from journeyman.plan.graph import Graph
from journeyman.plan.step import State
from journeyman.table.columns import Integers, Numbers

#: Every number is at most this; what is not is missing.
_LARGEST = float(np.finfo(np.float64).max)


@dataclass(frozen=True, kw_only=True)
class Term:
    """A table over one column, or over two.

    An axis with ``c`` cuts has ``c + 2`` cells: ``x <= cut 0``, then up to each next cut, then beyond the last, then
    missing. Cells of two axes lie row by row, the second axis running fastest.

    Shapes: ``columns`` one or two places of columns; ``cuts`` for each of them, rising; ``values`` (cells, outputs),
    whose mean over the training rows is 0; ``spread`` (cells, outputs), the standard error of each value; ``rows``
    (cells,), how many training rows lie in each.
    """

    columns: tuple[int, ...]
    cuts: tuple[Numbers, ...]
    values: Numbers
    spread: Numbers
    rows: Numbers

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many cells each axis has."""
        return tuple(len(one) + 2 for one in self.cuts)

    def cells(self, numbers: Numbers) -> Integers:
        """The cell of each row, (rows,)."""
        found = cells_along(self.cuts[0], numbers[:, self.columns[0]])
        if len(self.columns) > 1:
            found = found * self.sizes[1] + cells_along(self.cuts[1], numbers[:, self.columns[1]])
        return found


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Terms whose values are summed up with an intercept, (outputs,)."""

    terms: tuple[Term, ...]
    intercept: Numbers

    def state(self) -> State:
        """The terms as named arrays, behind one another."""
        terms, outputs = self.terms, len(self.intercept)
        none = np.zeros((0, outputs))
        return {
            "intercept": self.intercept,
            "axes": np.array([(*one.columns, -1)[:2] for one in terms], np.int64).reshape(len(terms), 2),
            "cut_counts": np.array([len(cuts) for one in terms for cuts in one.cuts], np.int64),
            "cuts": np.concatenate([np.zeros(0), *(cuts for one in terms for cuts in one.cuts)]),
            "values": np.concatenate([none, *(one.values for one in terms)]),
            "spread": np.concatenate([none, *(one.spread for one in terms)]),
            "rows": np.concatenate([np.zeros(0), *(one.rows for one in terms)]),
        }

    @classmethod
    def of(cls, state: State) -> Terms:
        """The terms of a state."""
        counts = iter(state["cut_counts"].tolist())
        cut, cell, found = 0, 0, []
        for axes in state["axes"].tolist():
            columns = tuple(one for one in axes if one >= 0)
            cuts = []
            for _ in columns:
                end = cut + next(counts)
                cuts.append(state["cuts"][cut:end])
                cut = end
            end = cell + int(np.prod([len(one) + 2 for one in cuts]))
            found.append(
                Term(
                    columns=columns,
                    cuts=tuple(cuts),
                    values=state["values"][cell:end],
                    spread=state["spread"][cell:end],
                    rows=state["rows"][cell:end],
                )
            )
            cell = end
        return cls(terms=tuple(found), intercept=state["intercept"])

    def score(self, numbers: Numbers) -> Numbers:
        """Intercept and values of each row's cells, (rows, outputs)."""
        score = np.tile(self.intercept, (len(numbers), 1))
        for one in self.terms:
            score += one.values[one.cells(numbers)]
        return score

    def express(self, graph: Graph, numbers: str) -> str:
        """The same as nodes: (N, outputs)."""
        values = np.concatenate([one.values for one in self.terms])
        starts = np.cumsum([0, *(len(one.values) for one in self.terms)]).tolist()
        if len(self.intercept) == 1:
            trees, none = _trees(self.terms, [values[:, 0]] * len(self.terms), starts), np.zeros((0, 1))
            score = express_summed(trees, none, graph, numbers)
        else:
            places = np.arange(len(values), dtype=np.float64)
            trees = _trees(self.terms, [places] * len(self.terms), starts, apart=True)
            score = express_summed(trees, values, graph, numbers)
        return graph.add("Add", score, graph.constant(self.intercept))


@runtime_checkable
class Readable(Protocol):
    """A learner whose state is a sum of terms."""

    def terms(self, state: State) -> Terms:
        """The terms; their columns are places among `names`."""

    def names(self, state: State) -> tuple[str, ...]:
        """The columns that it was given."""


def cells_along(cuts: Numbers, numbers: Numbers) -> Integers:
    """The cell of each number along an axis, (rows,)."""
    return np.where(np.isnan(numbers), len(cuts) + 1, np.searchsorted(cuts, numbers, side="left")).astype(np.int64)


class _Growing:
    """Splits and leaves in the making, children behind their parents."""

    def __init__(self) -> None:
        self.feature: list[int] = []
        self.threshold: list[float] = []
        self.sides: list[list[int]] = []
        self.leaves: list[float] = []

    def split(self, feature: int, threshold: float) -> int:
        self.feature.append(feature)
        self.threshold.append(threshold)
        self.sides.append([0, 0])
        return len(self.feature) - 1

    def leaf(self, value: float) -> int:
        self.leaves.append(value)
        return -len(self.leaves)

    def term(self, term: Term, values: Numbers) -> int:
        """The tree of a term, as a child: each leaf has the value of its cell."""
        return self._axis(term, 0, 0, values)

    def _axis(self, term: Term, axis: int, before: int, values: Numbers) -> int:
        """Missing to the right; all else to the left, where the cuts halve what is left of the axis."""
        size = term.sizes[axis]
        root = self.split(term.columns[axis], _LARGEST)
        below = [
            self._between(term, axis, before, values, 0, size - 2),
            self._cell(term, axis, before, values, size - 1),
        ]
        self.sides[root] = below
        return root

    def _between(self, term: Term, axis: int, before: int, values: Numbers, low: int, high: int) -> int:
        if low == high:
            return self._cell(term, axis, before, values, low)
        middle = (low + high) // 2
        place = self.split(term.columns[axis], float(term.cuts[axis][middle]))
        left = self._between(term, axis, before, values, low, middle)
        self.sides[place] = [left, self._between(term, axis, before, values, middle + 1, high)]
        return place

    def _cell(self, term: Term, axis: int, before: int, values: Numbers, cell: int) -> int:
        cell += before * term.sizes[axis]
        return self._axis(term, axis + 1, cell, values) if axis + 1 < len(term.columns) else self.leaf(values[cell])


def _trees(terms: Sequence[Term], values: Sequence[Numbers], starts: Sequence[int], *, apart: bool = False) -> Trees:
    """A tree a term; where they are kept ``apart``, each has an output of its own."""
    growing = _Growing()
    roots = [growing.term(term, own[start:]) for term, own, start in zip(terms, values, starts, strict=False)]
    sides = np.array(growing.sides, np.int64).reshape(-1, 2)
    splits, count = len(growing.feature), len(terms)
    none = np.zeros(splits, np.int64)
    return Trees(
        feature=np.array(growing.feature, np.int64),
        threshold=np.array(growing.threshold),
        is_set=none,
        missing_left=none,
        left=sides[:, 0],
        right=sides[:, 1],
        leaf_value=np.array(growing.leaves, np.float64),
        root=np.array(roots, np.int64),
        output=np.arange(count) if apart else np.zeros(count, np.int64),
        set_start=np.zeros(splits + 1, np.int64),
        set_values=np.zeros(0, np.int64),
        outputs=np.array([count if apart else 1]),
    )
