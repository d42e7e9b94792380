"""What one row takes in the graph of a fitted candidate, above the graph that always answers the same.

With a clock, or counted from what the graph is made of, where no clock may decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np

from journeyman.bundle.one_row import graph_seconds
from journeyman.bundle.write import express
from journeyman.errors import BundleError, PlanError
from journeyman.learners.constant import Constant
from journeyman.plan.step import State, Step
from journeyman.table.columns import Columns, Numbers
from journeyman.trials.shared import TrainingData

#: With a clock, or counted, so that nothing depends on the machine and its load.
Way = Literal["measured", "counted"]
#: Rows of which some are timed.
_ROWS = 64
#: Seconds of what a graph is made of, for one row, fitted to what graphs of all learners took on one machine
#: (`benchmarks/one_row.py`): a node, a tree, a level of a tree, a cell of a matrix that is multiplied. And of what
#: stands around the graph: any row, and each of its columns.
NODE, TREE, LEVEL, CELL = 4.3e-7, 5e-10, 6.5e-9, 3.6e-10
ROW, COLUMN = 1.8e-5, 1.2e-6
_MATRICES = frozenset({"MatMul", "Gemm"})


@dataclass(frozen=True)
class RowLimit:
    """How many seconds a graph may take for one row, above one that always answers the same, and how that is found."""

    seconds: float
    way: Way


class RowTimer:
    """Says how long the graphs of fitted plans take for one row of a table."""

    def __init__(self, data: TrainingData) -> None:
        self._data = data

    def time(self, plan: Step, state: State, way: str) -> Numbers:
        """Seconds above those of the graph that always answers the same, and the number of trees, (2,).

        Infinite where a plan cannot be expressed, as a teacher cannot.
        """
        try:
            graph = express(plan, state, self._data.columns)
            least = self._least_counted if way == "counted" else self._least_measured
            seconds = counted_seconds(graph) if way == "counted" else self._measured(graph)
            return np.array([max(seconds - least, 0.0), parts_of(graph)["trees"]])
        except (BundleError, PlanError):
            return np.array([np.inf, 0.0])

    @cached_property
    def _least(self) -> bytes:
        plan, data = Constant(), self._data
        return express(plan, plan.fit(data.columns, data.target), data.columns)

    @cached_property
    def _least_measured(self) -> float:
        return self._measured(self._least)

    @cached_property
    def _least_counted(self) -> float:
        return counted_seconds(self._least)

    @cached_property
    def _some(self) -> Columns:
        rows = self._data.columns.rows
        return self._data.columns.take(np.unique(np.linspace(0, rows - 1, min(rows, _ROWS)).astype(np.int64)))

    def _measured(self, graph: bytes) -> float:
        return graph_seconds(graph, self._some, self._data.target.outputs)


def counted_seconds(graph: bytes) -> float:
    """Seconds that a graph would take for one row on the machine where its parts were priced.

    The same graph has the same price everywhere and at any load. It tells fast from slow, not microseconds.
    """
    parts = parts_of(graph)
    prices = {"nodes": NODE, "trees": TREE, "levels": LEVEL, "cells": CELL}
    return sum(price * parts[name] for name, price in prices.items())


def around_seconds(columns: int) -> float:
    """What stands around the graph, counted: seconds for one row of so many columns."""
    return ROW + COLUMN * columns


def parts_of(graph: bytes) -> dict[str, float]:
    """What a graph is made of: nodes, trees, levels that a row goes down in them, cells of matrices."""
    import onnx

    model = onnx.load_from_string(graph).graph
    held = {one.name: int(np.prod(one.dims)) for one in model.initializer}
    found = dict.fromkeys(("nodes", "trees", "levels", "cells"), 0.0)
    for node in model.node:
        found["nodes"] += 1
        if node.op_type == "Cast" and node.input[0] in held:
            # Weights of networks are kept in float32, and cast once and for all.
            held[node.output[0]] = held[node.input[0]]
            found["nodes"] -= 1
        if node.op_type == "TreeEnsemble":
            trees, levels = _trees(node)
            found["trees"] += trees
            found["levels"] += levels
        elif node.op_type in _MATRICES:
            found["cells"] += sum(held.get(name, 0) for name in node.input)
    return found


def _trees(node: Any) -> tuple[int, float]:
    """The number of trees of a node, and the levels that a row goes down in all of them, about."""
    roots = splits = 0
    for one in node.attribute:
        if one.name == "tree_roots":
            roots = len(one.ints)
        elif one.name == "nodes_featureids":
            splits = len(one.ints)
    return roots, roots * float(np.log2(1 + splits / roots)) if roots else 0.0
