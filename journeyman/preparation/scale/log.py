"""Skewed numbers go on a logarithmic scale."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.preparation.scale.some import express_replaced, is_measure, replaced
from journeyman.table.columns import Columns, Numbers

#: No number is more than this many times its column's scale; its logarithm is 690.
_MOST = 1e300
#: Skewness is told from no more rows than this, evenly spread.
_ROWS = 50_000


class Log(Step):
    """Logarithms of skewed numbers.

    For linear models and networks, which a few very large numbers would lead. A column whose skewness in training is
    beyond ``skewness`` (to either side) becomes ``sign(x) log(1 + |x| / scale)``, if that at least halves its
    skewness; ``scale`` is the median of what is not 0 in it, without sign. Others stay as they are, and so do level
    codes and columns of two values. Missing stays missing.

    Parameters
    ----------
    skewness : from which skewness (third standardised moment) on a column is changed
    """

    answers: ClassVar[str] = needs.SKEW_EVENED

    skewness: float = 2.0

    def fit(self, columns: Columns, target: Target) -> State:
        """State: ``skewed`` places of the columns that change, int64; their ``scale``, float64."""
        if columns.rows > _ROWS:
            columns = columns.take(np.linspace(0, columns.rows - 1, _ROWS).astype(np.int64))
        measure = np.flatnonzero(is_measure(columns))
        before = np.abs(_skewness(columns.numbers[:, measure]))
        places = measure[before > self.skewness]
        numbers = columns.numbers[:, places]
        scale = _scale(numbers)
        evened = np.abs(_skewness(_evened(numbers, scale))) < 0.5 * before[before > self.skewness]
        return {"skewed": places[evened], "scale": scale[evened]}

    def apply(self, state: State, columns: Columns) -> Columns:
        """Change the skewed ones."""
        if not len(state["skewed"]):
            return columns
        changed = _evened(columns.numbers[:, state["skewed"]], state["scale"])
        return columns.with_numbers(replaced(columns.numbers, state["skewed"], changed), columns.number_names)

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Abs, Div, Log, and the sign."""
        some = graph.pick(wires.numbers, state["skewed"].tolist(), len(wires.number_names))
        if not some:
            return wires
        times, most = graph.add("Div", graph.add("Abs", some), graph.constant(state["scale"])), graph.constant(_MOST)
        times = graph.add("Where", graph.add("Greater", times, most), most, times)
        size = graph.add("Log", graph.add("Add", times, graph.constant(1.0)))
        # Not Sign: what it gives for missing numbers is not said.
        negative = graph.add("Less", some, graph.constant(0.0))
        changed = graph.add("Where", negative, graph.add("Neg", size), size)
        return express_replaced(graph, wires, state["skewed"], changed)


def _evened(numbers: Numbers, scale: Numbers) -> Numbers:
    with np.errstate(over="ignore"):  # held at once
        times = np.minimum(np.abs(numbers) / scale, _MOST)
    return np.copysign(np.log(times + 1.0), numbers)


def _scale(numbers: Numbers) -> Numbers:
    """The median size of what is not 0 in each column."""
    sizes = np.sort(np.where(numbers == 0, np.nan, np.abs(numbers)), axis=0)  # NaN goes last
    counts = (~np.isnan(sizes)).sum(axis=0)
    return sizes[np.maximum(counts - 1, 0) // 2, np.arange(numbers.shape[1])] if len(sizes) else np.ones(0)


def _skewness(numbers: Numbers) -> Numbers:
    """The third standardised moment of what is there in each column; 0 where nothing varies."""
    there = ~np.isnan(numbers)
    largest = np.abs(numbers).max(axis=0, initial=0.0, where=there)
    # In units of the largest, so that no power becomes infinite.
    inside = np.where(there, numbers, 0.0) / np.where(largest > 0, largest, 1.0)
    count = np.maximum(there.sum(axis=0), 1)
    away = np.where(there, inside - inside.sum(axis=0) / count, 0.0)
    spread = np.sqrt((away**2).sum(axis=0) / count)
    away /= np.where(spread > 0, spread, 1.0)
    return np.asarray((away**3).sum(axis=0) / count)
