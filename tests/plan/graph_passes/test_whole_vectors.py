from __future__ import annotations

import numpy as np
import onnxruntime
import pytest

from journeyman.plan.graph import OUTPUT, VECTOR, Graph
from journeyman.plan.graph_passes import whole_vectors as under_test
from journeyman.plan.rewriting import rewritten
from journeyman.table.columns import Columns

RANDOM = np.random.default_rng(0)


def session(width: int, operator: str, *, bound: float, passed: bool) -> onnxruntime.InferenceSession:
    columns = Columns.of(rows=1, numbers=np.zeros((1, width)), number_names=[f"n{one}" for one in range(width)])
    graph = Graph()
    start = graph.inputs(columns)
    held = graph.add("Where", graph.add("IsNaN", start.numbers), graph.constant(0.0), start.numbers)
    held = graph.add("Clip", held, graph.constant(0.1 if operator == "Log" else -bound), graph.constant(bound))
    settings = {"axis": 1} if operator == "Softmax" else {}
    answer = graph.add(operator, held, **settings)
    for _ in range(2 if passed else 0):
        graph, answer, _ = rewritten(graph, start, answer, under_test.rewrite)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(graph.finish(start, answer), options)


@pytest.mark.parametrize("bound", [5.0, 1e6])
@pytest.mark.parametrize("operator", ["Exp", "Log", "Sigmoid", "Tanh", "Softmax"])
@pytest.mark.parametrize("width", [1, 3, 9])
def test_a_row_alone_has_the_bits_that_it_has_among_others(width: int, operator: str, bound: float) -> None:
    if operator == "Exp":
        bound = min(bound, 500.0)
    rows = RANDOM.normal(size=(37, width)) * 3
    plain, filled = (session(width, operator, bound=bound, passed=one) for one in (False, True))
    together = filled.run([OUTPUT], {"numbers": rows})[0]
    alone = np.concatenate([filled.run([OUTPUT], {"numbers": row[None]})[0] for row in rows])
    assert together.tobytes() == alone.tobytes()
    assert together.shape == rows.shape
    assert np.allclose(together, plain.run([OUTPUT], {"numbers": rows})[0], rtol=1e-13, atol=1e-300)


def test_whole_vectors_stay_as_they_are() -> None:
    columns = Columns.of(rows=1, numbers=np.zeros((1, VECTOR)), number_names=[f"n{one}" for one in range(VECTOR)])
    graph = Graph()
    start = graph.inputs(columns)
    made, _, changed = rewritten(graph, start, graph.add("Exp", start.numbers), under_test.rewrite)
    assert not changed
    assert [node.operator for node in made.nodes] == ["Exp"]
