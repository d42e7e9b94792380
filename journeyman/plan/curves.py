"""Curves made of straight lines, one a column and held at their ends: in columns and, digit for digit, in the graph.

Which line a number falls on is told by a tree of comparisons, so that a block of any width costs a few steps a cell
and no tensor grows with the number of points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from journeyman.plan.graph import INT64, Graph
from journeyman.plan.step import State
from journeyman.plan.thresholds import express_below
from journeyman.table.columns import Integers, Numbers

_LARGEST = float(np.finfo(np.float64).max)
#: Rows whose numbers of one column stay near the processor.
_BLOCK = 16_384


@dataclass(frozen=True)
class Curves:
    """One curve a column.

    Shapes: ``points`` and ``heights``, finite, the curves behind one another, the points of a curve strictly rising;
    ``counts`` (columns,) int64, how many points each curve has, at least 1. Missing stays missing.
    """

    points: Numbers
    heights: Numbers
    counts: Integers

    @classmethod
    def of(cls, curves: Sequence[tuple[Numbers, Numbers]]) -> Curves:
        """Curves from pairs of points and heights."""
        points = np.concatenate([np.zeros(0), *(one for one, _ in curves)])
        heights = np.concatenate([np.zeros(0), *(one for _, one in curves)])
        return cls(points, heights, np.array([len(one) for one, _ in curves], np.int64))

    def state(self) -> dict[str, np.ndarray]:
        """The arrays by name."""
        return {"points": self.points, "heights": self.heights, "counts": self.counts}

    @classmethod
    def from_state(cls, state: State) -> Curves:
        """The curves of a state."""
        return cls(state["points"], state["heights"], state["counts"])

    def apply(self, numbers: Numbers) -> Numbers:
        """Heights above some numbers, (rows, columns)."""
        height = np.empty(numbers.shape)
        for first in range(0, len(numbers), _BLOCK):
            rows = slice(first, first + _BLOCK)
            for place in range(numbers.shape[1]):
                height[rows, place] = self._apply_one(place, numbers[rows, place])
        return height

    def _apply_one(self, place: int, numbers: Numbers) -> Numbers:
        points = self.points[self._ends[place] - self.counts[place] : self._ends[place]]
        last = self._line_ends[place]
        inside = np.clip(numbers, points[0], points[-1])
        # A missing number sorts behind all others: it falls on the last line, and is missing there.
        found = np.searchsorted(points[1:-1], inside) + (last - self._line_counts[place])
        left, span, low, rise = (one.take(found) for one in self._lines)
        with np.errstate(over="ignore"):  # an infinite distance is held within the line's span
            return np.asarray(low + np.minimum(inside - left, span) / span * rise)

    def express(self, graph: Graph, numbers: str) -> str:
        """The same as nodes: trees give each number's line, tables the line's ends."""
        low, high = self.points[self._ends - self.counts], self.points[self._ends - 1]
        missing = graph.add("IsNaN", numbers)
        held = graph.add("Where", missing, graph.constant(0.0), numbers)
        held = graph.add("Min", graph.add("Max", held, graph.constant(low)), graph.constant(high))
        found = graph.add("Cast", self._express_places(graph, held), to=INT64)
        found = graph.add("Add", found, graph.constant(self._line_ends - self._line_counts, np.int64))
        left, span, start, rise = (graph.add("Gather", graph.constant(one), found, axis=0) for one in self._lines)
        along = graph.add("Div", graph.add("Min", graph.add("Sub", held, left), span), span)
        height = graph.add("Add", start, graph.add("Mul", along, rise))
        return graph.add("Where", missing, graph.constant(np.nan), height)

    @cached_property
    def _line_counts(self) -> Integers:
        """A curve of one point has one line, a flat one."""
        return np.maximum(self.counts - 1, 1)

    @cached_property
    def _ends(self) -> Integers:
        return np.cumsum(self.counts)

    @cached_property
    def _line_ends(self) -> Integers:
        return np.cumsum(self._line_counts)

    @cached_property
    def _lines(self) -> Numbers:
        """Where each line begins, how far it goes, at what height it begins and how far it rises: (4, lines)."""
        is_last = np.zeros(len(self.points), bool)
        is_last[self._ends - 1] = self.counts > 1
        left, right = np.flatnonzero(~is_last), np.minimum(np.flatnonzero(~is_last) + 1, len(self.points) - 1)
        single = np.repeat(self.counts == 1, self._line_counts)
        with np.errstate(over="ignore"):
            span = np.minimum(self.points[right] - self.points[left], _LARGEST)
        span = np.where(single, 1.0, span)
        rise = np.where(single, 0.0, self.heights[right] - self.heights[left])
        return np.vstack([self.points[left], span, self.heights[left], rise])

    def _express_places(self, graph: Graph, numbers: str) -> str:
        """How many inner points of its curve lie below each number, as float64."""
        inner = [self.points[end - count + 1 : end - 1] for end, count in zip(self._ends, self.counts, strict=True)]
        return express_below(graph, numbers, inner)
