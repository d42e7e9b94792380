from __future__ import annotations

import numpy as np
import onnxruntime
import pytest

from journeyman.learners import leaf_table
from journeyman.learners.trees import Trees
from journeyman.plan.graph import Graph
from journeyman.table.columns import Columns

#: Two trees: one asks whether the first number is at most 0, the other is one leaf.
TREES = Trees(
    feature=np.array([0]), threshold=np.array([0.0]), is_set=np.array([0]), missing_left=np.array([1]),
    left=np.array([-1]), right=np.array([-2]), leaf_value=np.array([0.0, 1.0, 2.0]), root=np.array([0, -3]),
    output=np.array([0, 1]), set_start=np.zeros(2, np.int64), set_values=np.zeros(0, np.int64), outputs=np.array([2]),
)  # fmt: skip
TABLE = np.array([[1.0, 10.0, 100.0], [2.0, 20.0, 200.0], [0.5, 0.5, 0.5]])
ROWS = np.array([[-1.0], [1.0], [np.nan]])
WANTED = TABLE[[0, 1, 0]] + 0.5


def test_rows_of_the_table_are_summed(monkeypatch: pytest.MonkeyPatch) -> None:
    np.testing.assert_array_equal(leaf_table.summed(TREES, TABLE, ROWS), WANTED)
    monkeypatch.setattr(leaf_table, "_CELLS_AT_A_TIME", 1)
    np.testing.assert_array_equal(leaf_table.summed(TREES, TABLE, ROWS), WANTED)
    assert leaf_table.summed(TREES, TABLE, ROWS[:0]).shape == (0, 3)


def test_the_graph_does_the_same() -> None:
    graph = Graph()
    wires = graph.inputs(Columns.of(rows=0, numbers=np.empty((0, 1)), number_names=("x",)))
    content = graph.finish(wires, leaf_table.express_summed(TREES, TABLE, graph, wires.numbers))
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    np.testing.assert_array_equal(session.run(None, {"numbers": ROWS})[0], WANTED)


def test_without_a_table_the_leaves_have_their_own_numbers() -> None:
    none = np.zeros((0, 0))
    np.testing.assert_array_equal(leaf_table.summed(TREES, none, ROWS), [[0.0, 2.0], [1.0, 2.0], [0.0, 2.0]])
    graph = Graph()
    wires = graph.inputs(Columns.of(rows=0, numbers=np.empty((0, 1)), number_names=("x",)))
    content = graph.finish(wires, leaf_table.express_summed(TREES, none, graph, wires.numbers))
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    np.testing.assert_array_equal(session.run(None, {"numbers": ROWS})[0], [[0.0, 2.0], [1.0, 2.0], [0.0, 2.0]])
