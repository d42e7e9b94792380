"""Numbers far from all others are taken for missing."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.table.columns import Columns, Numbers

#: A fence stands so many times the middle half's width beyond its ends.
WIDTHS = 5.0
#: Where more than this share of the numbers is beyond the fences, the tail is how the column is.
MOST_BEYOND = 0.01


class FarAsMissing(Step):
    """Far numbers taken for missing.

    For columns in which a few numbers cannot be: a point forgotten, a mark for "unknown". What lies beyond a fence,
    five widths of the middle half from its ends, is missing from then on. A column of which more than a hundredth is
    there, or whose middle half has no width, is left as it is, and so are level codes. Missing stays missing.

    Source: Tukey, Exploratory Data Analysis, 1977, with wider fences.
    """

    answers: ClassVar[str] = needs.FAR_NUMBERS_EMPTIED

    def fit(self, columns: Columns, target: Target) -> State:
        """State: ``low`` and ``high`` (numbers,), the fences; infinite where a column is left as it is."""
        low, high = fences(columns.numbers)
        for place, name in enumerate(columns.number_names):
            if name in columns.code_names:
                low[place], high[place] = -np.inf, np.inf
        return {"low": low, "high": high}

    def apply(self, state: State, columns: Columns) -> Columns:
        """Empty what is beyond."""
        beyond = (columns.numbers < state["low"]) | (columns.numbers > state["high"])
        return columns.with_numbers(np.where(beyond, np.nan, columns.numbers), columns.number_names)

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Comparisons with the fences, and Where."""
        if not np.isfinite(state["low"]).any():
            return wires
        # The largest double stands for no fence: a graph holds finite numbers only, and no number is beyond it.
        largest = np.finfo(np.float64).max
        low, high = (graph.constant(np.clip(state[name], -largest, largest)) for name in ("low", "high"))
        beyond = graph.add("Or", graph.add("Less", wires.numbers, low), graph.add("Greater", wires.numbers, high))
        emptied = graph.add("Where", beyond, graph.constant(np.nan), wires.numbers)
        return graph.with_numbers(wires, emptied, wires.number_names)

    @classmethod
    def worth_trying(cls, columns: Columns) -> tuple[str, ...]:
        """The number columns with something beyond their fences."""
        low, _ = fences(columns.numbers)
        named = zip(columns.number_names, np.isfinite(low).tolist(), strict=True)
        return tuple(name for name, is_fenced in named if is_fenced and name not in columns.code_names)


def fences(numbers: Numbers) -> tuple[Numbers, Numbers]:
    """The fences of each column, (rows, columns) → (columns,) twice; infinite where nothing, or too much, is beyond.

    >>> low, high = fences(np.array([[float(one)] for one in [*range(1, 200), 1e9]]))
    >>> (low < 0).tolist(), (high < 1e9).tolist()
    ([True], [True])
    """
    count = numbers.shape[1]
    low, high = np.full(count, -np.inf), np.full(count, np.inf)
    for place in range(count):
        there = numbers[:, place]
        there = there[~np.isnan(there)]
        if not len(there):
            continue
        first, third = np.quantile(there, [0.25, 0.75])
        with np.errstate(over="ignore"):
            width = third - first
            below, above = first - WIDTHS * width, third + WIDTHS * width
        beyond = float(np.mean((there < below) | (there > above)))
        if np.isfinite([below, above]).all() and width > 0 and 0 < beyond <= MOST_BEYOND:
            low[place], high[place] = below, above
    return low, high
