"""Numbers less their mean, in standard deviations."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.table.columns import Columns


class Standard(Step):
    """Standard scores.

    For learners that weigh columns by their size. ``(x - mean) / sd`` of the training rows, held within ``limit``
    standard deviations so that one extreme number cannot carry a linear model away. A column that is constant in
    training has sd 1; missing stays missing.

    Parameters
    ----------
    limit : the largest score, in standard deviations
    """

    answers: ClassVar[str] = needs.LIKE_SCALES

    limit: float = 12.0

    def fit(self, columns: Columns, target: Target) -> State:
        """State: ``mean`` and ``sd``, each (numbers,) float64; 0 and 1 where nothing is there."""
        numbers = columns.numbers
        width = numbers.shape[1]
        there = ~np.isnan(numbers)
        count = there.sum(axis=0)
        largest = np.abs(numbers).max(axis=0, initial=0.0, where=there)
        # In units of the largest, so that neither sums nor squares can become infinite or vanish.
        unit = np.where(largest > 0, largest, 1.0)
        inside = np.where(there, numbers, 0.0) / unit
        divisor = np.maximum(count, 1)
        mean = inside.sum(axis=0) / divisor
        spread = np.sqrt((np.where(there, inside - mean, 0.0) ** 2).sum(axis=0) / divisor)
        low = numbers.min(axis=0, initial=np.inf, where=there)
        high = numbers.max(axis=0, initial=-np.inf, where=there)
        # Rounding gives the mean of equal numbers a last-bit error; a constant column must not be blown up by it.
        varies = (low < high) & (spread * unit > 0)
        return {
            "mean": np.where(count == 0, 0.0, np.where(low == high, low, mean * unit)).reshape(width),
            "sd": np.where(varies, spread * unit, 1.0).reshape(width),
        }

    def apply(self, state: State, columns: Columns) -> Columns:
        """Scale, and hold within the limit."""
        with np.errstate(over="ignore"):  # an infinite score is held within the limit like any other
            score = (columns.numbers - state["mean"]) / state["sd"]
        score = np.where(score > self.limit, self.limit, score)
        score = np.where(score < -self.limit, -self.limit, score)
        return columns.with_numbers(score, columns.number_names)

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Sub, Div, and comparisons instead of Clip, which says nothing of NaN."""
        if not wires.number_names:
            return wires
        score = graph.add("Sub", wires.numbers, graph.constant(state["mean"]))
        score = graph.add("Div", score, graph.constant(state["sd"]))
        high, low = graph.constant(self.limit), graph.constant(-self.limit)
        score = graph.add("Where", graph.add("Greater", score, high), high, score)
        score = graph.add("Where", graph.add("Less", score, low), low, score)
        return graph.with_numbers(wires, score, wires.number_names)
