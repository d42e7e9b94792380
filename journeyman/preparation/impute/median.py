"""Missing numbers become the median, and a column says that they were missing."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.graph import DOUBLE, Graph, Wires
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.preparation.impute.missing_flags import flag_name
from journeyman.table.columns import Columns, Numbers


class Median(Step):
    """Medians for missing numbers.

    For learners that take no missing numbers. A missing number becomes the training median of its column (0 where
    training held none but missing ones). Columns in which training rows missed any get a 0/1 column beside them,
    ``"<name> is missing"``, unless they have one already. Where training missed none, a missing number is the median
    and leaves no other trace.

    Parameters
    ----------
    flags : whether to add the 0/1 columns
    """

    answers: ClassVar[str] = needs.NOTHING_MISSING

    flags: bool = True

    def fit(self, columns: Columns, target: Target) -> State:
        """State: ``median`` (numbers,) float64, ``flagged`` places of the columns that get a 0/1 column, int64."""
        missed = np.flatnonzero(np.isnan(columns.numbers).any(axis=0)).tolist() if self.flags else []
        taken = set(columns.names)
        flagged = [place for place in missed if flag_name(columns.number_names[place]) not in taken]
        return {"median": medians(columns.numbers), "flagged": np.array(flagged, np.int64)}

    def apply(self, state: State, columns: Columns) -> Columns:
        """Fill, and put the 0/1 columns behind."""
        missing = np.isnan(columns.numbers)
        filled = np.where(missing, state["median"], columns.numbers)
        flags = missing[:, state["flagged"]].astype(np.float64)
        return columns.with_numbers(np.hstack([filled, flags]), self._names(state, columns.number_names))

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """IsNaN, Where, and the flags as numbers."""
        if not wires.number_names:
            return wires
        missing = graph.add("IsNaN", wires.numbers)
        filled = graph.add("Where", missing, graph.constant(state["median"]), wires.numbers)
        flags = ""
        if len(state["flagged"]):
            some = graph.pick(missing, state["flagged"].tolist(), len(wires.number_names))
            flags = graph.add("Cast", some, to=DOUBLE)
        return graph.with_numbers(wires, graph.join(filled, flags), self._names(state, wires.number_names))

    def _names(self, state: State, names: tuple[str, ...]) -> tuple[str, ...]:
        return names + tuple(flag_name(names[place]) for place in state["flagged"].tolist())


def medians(numbers: Numbers) -> Numbers:
    """The median of what is there in each column, (rows, columns) → (columns,); 0 where nothing is.

    >>> medians(np.array([[1.0, np.nan], [4.0, np.nan], [np.nan, np.nan]])).tolist()
    [2.5, 0.0]
    """
    if not numbers.size:
        return np.zeros(numbers.shape[1])
    ordered = np.sort(numbers, axis=0)  # NaN goes last
    there = (~np.isnan(numbers)).sum(axis=0)
    places = np.arange(numbers.shape[1])
    low = ordered[np.maximum(there - 1, 0) // 2, places]
    high = ordered[np.minimum(there // 2, len(ordered) - 1), places]
    # Halves first: the sum of two numbers near the largest double would be infinite.
    middle = np.where(low == high, low, low * 0.5 + high * 0.5)
    return np.where(there > 0, middle, 0.0)
