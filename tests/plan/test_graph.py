"""Graphs: the same plan gives the same bytes, and look-ups do what they say."""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
import pytest

from journeyman.plan.graph import IR_VERSION, ML_OPSET, OPSET, OUTPUT, Graph
from journeyman.table.columns import MISSING_WORD, Columns, Strings

COLUMNS = Columns.of(
    rows=3,
    numbers=np.arange(9.0).reshape(3, 3),
    number_names=("a", "b", "c"),
    dates=np.array([[1], [2], [3]]),
    date_names=("d",),
    words=(Strings.of(["x", "y", MISSING_WORD]), Strings.of(["p", "p", "q"])),
    word_names=("v", "w"),
)
FEEDS = {
    "numbers": COLUMNS.numbers,
    "dates": COLUMNS.dates,
    "dates_missing": COLUMNS.dates_missing,
    "words": np.column_stack([one.cells() for one in COLUMNS.words]),
}


def run(graph: Graph, answer: str) -> np.ndarray:
    content = graph.finish(graph.inputs(COLUMNS), answer)
    result: np.ndarray = onnxruntime.InferenceSession(content).run([OUTPUT], FEEDS)[0]
    return result


def test_the_file_says_what_it_needs_and_has_named_inputs() -> None:
    graph = Graph()
    content = graph.finish(graph.inputs(COLUMNS), graph.add("Neg", "numbers"))
    model = onnx.load_from_string(content)
    assert {one.domain: one.version for one in model.opset_import} == {"": OPSET, "ai.onnx.ml": ML_OPSET}
    assert model.ir_version == IR_VERSION
    assert [one.name for one in model.graph.input] == ["numbers", "dates", "dates_missing", "words"]
    assert [one.name for one in model.graph.output] == ["answer"]


def test_same_nodes_same_bytes() -> None:
    def content() -> bytes:
        graph = Graph()
        found = graph.lookup(graph.pick("words", [0], 2), ["x"], np.array([[1.0], [2.0]]))
        return graph.finish(graph.inputs(COLUMNS), graph.add("Add", found, graph.constant([1.0])))

    assert content() == content()


def test_equal_constants_are_kept_once() -> None:
    graph = Graph()
    one = graph.constant([1.0, 2.0])
    assert graph.constant(np.array([1.0, 2.0])) == one
    others = {graph.constant([1.0, 2.0], np.float32), graph.constant([[1.0, 2.0]]), graph.constant([1, 2], np.int64)}
    assert len(others | {one}) == 4
    assert graph.constants[graph.constant(3.0)].shape == ()
    assert graph.constant(0.0) != graph.constant(-0.0)


def test_columns_are_picked_and_joined() -> None:
    graph = Graph()
    wires = graph.inputs(COLUMNS)
    assert graph.pick("numbers", [0, 1, 2], 3) == "numbers"
    assert graph.pick("numbers", [], 3) == ""
    some = graph.select(wires, ["c", "a", "w"])
    assert (some.number_names, some.date_names, some.word_names) == (("a", "c"), (), ("w",))
    assert (some.dates, some.dates_missing) == ("", "")
    rest = graph.select(wires, ["b", "d", "v"])
    both = graph.beside(rest, some)
    assert both.number_names == ("b", "a", "c")
    assert both.word_names == ("v", "w")
    assert np.array_equal(run(graph, both.numbers), COLUMNS.numbers[:, [1, 0, 2]])
    assert graph.join("", "x", "") == "x"
    assert graph.join() == ""


@pytest.mark.parametrize("levels", [["x"], ["y", MISSING_WORD], []])
def test_words_are_looked_up_and_the_last_row_is_for_all_others(levels: list[str]) -> None:
    graph = Graph()
    table = np.arange(2.0 * (len(levels) + 1)).reshape(-1, 2)
    found = run(graph, graph.lookup(graph.pick("words", [0], 2), levels, table))
    places = [levels.index(cell) if cell in levels else len(levels) for cell in COLUMNS.words[0].cells()]
    assert np.array_equal(found, table[places])


def test_a_graph_that_cannot_be_is_not_finished() -> None:
    graph = Graph()
    with pytest.raises(onnx.checker.ValidationError):
        graph.finish(graph.inputs(COLUMNS), graph.add("NoSuchOperator", "numbers"))
