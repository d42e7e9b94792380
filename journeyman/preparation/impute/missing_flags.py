"""Beside each number with missing cells, a column that says where."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.graph import DOUBLE, Graph, Wires
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.table.columns import Columns


class MissingFlags(Step):
    """Flags for missing numbers.

    For learners that lose sight of missing numbers once they are filled. Columns in which training rows missed some,
    but not all, get a 0/1 column ``"<name> is missing"`` behind the numbers; the numbers stay as they are. Where
    training missed none, or all, a missing number leaves no trace here.
    """

    answers: ClassVar[str] = needs.MISSING_FLAGGED

    def fit(self, columns: Columns, target: Target) -> State:
        """State: ``flagged`` places of the columns that get a 0/1 column, int64."""
        missing = np.isnan(columns.numbers)
        flagged = np.flatnonzero(missing.any(axis=0) & ~missing.all(axis=0))
        taken = set(columns.names)
        new = [place for place in flagged.tolist() if flag_name(columns.number_names[place]) not in taken]
        return {"flagged": np.array(new, np.int64)}

    def apply(self, state: State, columns: Columns) -> Columns:
        """Put the 0/1 columns behind."""
        flags = np.isnan(columns.numbers[:, state["flagged"]]).astype(np.float64)
        return columns.with_numbers(np.hstack([columns.numbers, flags]), _names(state, columns.number_names))

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """IsNaN of some columns, as numbers."""
        some = graph.pick(wires.numbers, state["flagged"].tolist(), len(wires.number_names))
        if not some:
            return wires
        flags = graph.add("Cast", graph.add("IsNaN", some), to=DOUBLE)
        return graph.with_numbers(wires, graph.join(wires.numbers, flags), _names(state, wires.number_names))


def flag_name(name: str) -> str:
    """The name of the column that says where another is missing."""
    return f"{name} is missing"


def _names(state: State, names: tuple[str, ...]) -> tuple[str, ...]:
    return names + tuple(flag_name(names[place]) for place in state["flagged"].tolist())
