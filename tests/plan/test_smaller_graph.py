"""Graphs are made smaller, and answer as before; what every step and learner writes is held to it in the laws."""

from __future__ import annotations

import pkgutil

import numpy as np
import onnxruntime

from journeyman.plan import graph_passes
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.smaller_graph import passes, smaller, stage
from journeyman.table.columns import MISSING_WORD, Columns, Strings

ROWS = 50
RANDOM = np.random.default_rng(4)
COLUMNS = Columns.of(
    rows=ROWS,
    numbers=np.where(RANDOM.random((ROWS, 2)) < 0.2, np.nan, RANDOM.normal(size=(ROWS, 2))),
    number_names=("a", "b"),
    words=[Strings.of(RANDOM.choice(["x", "y", MISSING_WORD, "z"], ROWS).tolist()) for _ in range(3)],
    word_names=("u", "v", "w"),
)


def drawn() -> tuple[Graph, Wires, str]:
    """Two members of a blend, as they are expressed: each looks up words, fills, scales, and has its own link."""
    graph = Graph()
    start = graph.inputs(COLUMNS)
    total = ""
    for weight, levels in ((0.6, ["x", "y"]), (0.4, ["y", MISSING_WORD])):
        parts = []
        for place in range(3):
            told = {"keys_strings": levels, "values_int64s": [0, 1], "default_int64": 2}
            word = graph.pick(start.words, [place], 3)
            found = graph.add("LabelEncoder", word, domain="ai.onnx.ml", **told)
            parts.append(graph.add("Gather", graph.constant([0.5, weight, -1.0]), found, axis=0))
        numbers = graph.join(start.numbers, *parts)
        numbers = graph.add("Where", graph.add("IsNaN", numbers), graph.constant(weight), numbers)
        for limit in (5.0, 9.0):
            top = graph.constant(limit)
            numbers = graph.add("Where", graph.add("Greater", numbers, top), top, numbers)
            low = graph.constant(-limit)
            numbers = graph.add("Where", graph.add("Less", numbers, low), low, numbers)
        score = graph.add("MatMul", numbers, graph.constant(np.arange(5.0)[:, None] * weight))
        score = graph.add("Clip", score, graph.constant(-500.0), graph.constant(500.0))
        part = graph.add("Mul", graph.add("Sigmoid", score), graph.constant(weight))
        total = graph.add("Add", total, part) if total else part
    return graph, start, total


def answers(graph: Graph, start: Wires, answer: str, some: slice = slice(None)) -> np.ndarray:
    words = np.column_stack([one.cells() for one in COLUMNS.words])[some]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(graph.finish(start, answer), options)
    found: np.ndarray = session.run(None, {"numbers": COLUMNS.numbers[some], "words": words})[0]
    return found


def test_the_folder_is_the_registry() -> None:
    files = {one.name for one in pkgutil.iter_modules(graph_passes.__path__)}
    assert {one.__name__.rpartition(".")[2] for one in passes()} == files
    assert [stage(one) for one in passes()] == sorted(stage(one) for one in passes())
    assert all(callable(one.rewrite) and one.__doc__ for one in passes())


def test_the_answers_are_the_same_from_far_fewer_operations() -> None:
    graph, start, answer = drawn()
    made, its_answer = smaller(graph, start, answer)
    before, after = answers(graph, start, answer), answers(made, start, its_answer)
    assert np.abs(before - after).max() <= 1e-12
    assert len(np.unique(before)) > 20
    assert len(made.nodes) * 2 < len(graph.nodes)
    assert sum(node.operator == "LabelEncoder" for node in made.nodes) == 1


def test_one_row_has_the_same_bits_alone() -> None:
    graph, start, answer = drawn()
    made, its_answer = smaller(graph, start, answer)
    together = answers(made, start, its_answer)
    assert all(
        answers(made, start, its_answer, slice(at, at + 1)).tobytes() == together[at].tobytes() for at in range(9)
    )


def test_the_same_graph_gives_the_same_bytes_and_is_left_as_it_is() -> None:
    graph, start, answer = drawn()
    before = graph.finish(start, answer)
    first, second = (smaller(*drawn()) for _ in range(2))
    assert first[0].finish(start, first[1]) == second[0].finish(start, second[1])
    smaller(graph, start, answer)
    assert graph.finish(start, answer) == before


def test_what_is_as_small_as_can_be_stays() -> None:
    graph, start, answer = drawn()
    made, its_answer = smaller(graph, start, answer)
    again, last = smaller(made, start, its_answer)
    assert again.finish(start, last) == made.finish(start, its_answer)
