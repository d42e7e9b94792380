"""Bounds hold for every row, whatever its cells."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import onnxruntime
import pytest

from journeyman.learners.trees import only_leaves
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.known_values import FLOAT, WHOLE, Known, anything, of_constant
from journeyman.plan.rewriting import Rewriting, rewritten
from journeyman.table.columns import Columns, Strings

ROWS = 200
RANDOM = np.random.default_rng(2)
NUMBERS = np.where(
    RANDOM.random((ROWS, 3)) < 0.2, np.nan, RANDOM.choice([1e308, -1e308, 0.0, -0.0, 1.5, -2.5], (ROWS, 3))
)
COLUMNS = Columns.of(
    rows=ROWS,
    numbers=NUMBERS,
    number_names=("a", "b", "c"),
    dates=RANDOM.integers(-(2**60), 2**60, (ROWS, 1)),
    date_names=("d",),
    words=[Strings.of(RANDOM.choice(["x", "y", "other"], ROWS).tolist())],
    word_names=("w",),
)


def filled(graph: Graph, wire: str) -> str:
    return graph.add("Where", graph.add("IsNaN", wire), graph.constant([0.5, -0.5, 3.0]), wire)


def clipped(graph: Graph, wire: str) -> str:
    return graph.add("Clip", filled(graph, wire), graph.constant(-2.0), graph.constant(3.0))


def held(graph: Graph, wire: str) -> str:
    high, low = graph.constant(2.0), graph.constant(-1.0)
    wire = graph.add("Where", graph.add("Greater", wire, high), high, wire)
    return graph.add("Where", graph.add("Less", wire, low), low, wire)


def code(graph: Graph, start: Wires) -> str:
    told = {"keys_strings": ["x", "y"], "values_int64s": [2, 0], "default_int64": 1}
    return graph.add("LabelEncoder", start.words, domain="ai.onnx.ml", **told)


def days(graph: Graph, start: Wires) -> str:
    return graph.add(
        "Div", graph.add("Max", start.dates, graph.constant([-100], np.int64)), graph.constant([7], np.int64)
    )


Draw = Callable[[Graph, Wires], str]
DRAWN: dict[str, Draw] = {
    "held": lambda graph, start: held(graph, start.numbers),
    "filled": lambda graph, start: filled(graph, start.numbers),
    "square": lambda graph, start: graph.add("Mul", *[clipped(graph, start.numbers)] * 2),
    "quotient": lambda graph, start: graph.add("Div", clipped(graph, start.numbers), graph.constant([3.0, -0.1, 7.0])),
    "by nothing": lambda graph, start: graph.add("Div", graph.constant(1.0), clipped(graph, start.numbers)),
    "overflow": lambda graph, start: graph.add("Mul", filled(graph, start.numbers), graph.constant(1e9)),
    "difference": lambda graph, start: graph.add("Sub", clipped(graph, start.numbers), filled(graph, start.numbers)),
    "root": lambda graph, start: graph.add("Sqrt", clipped(graph, start.numbers)),
    "log": lambda graph, start: graph.add("Log", graph.add("Abs", clipped(graph, start.numbers))),
    "exp": lambda graph, start: graph.add("Exp", clipped(graph, start.numbers)),
    "sigmoid": lambda graph, start: graph.add("Sigmoid", start.numbers),
    "softmax": lambda graph, start: graph.add("Softmax", clipped(graph, start.numbers), axis=1),
    "rounded": lambda graph, start: graph.add("Round", clipped(graph, start.numbers)),
    "negative": lambda graph, start: graph.add("Neg", held(graph, start.numbers)),
    "picked": lambda graph, start: graph.pick(held(graph, start.numbers), [2, 0, 2], 3),
    "joined": lambda graph, start: graph.join(held(graph, start.numbers), start.numbers),
    "product": lambda graph, start: graph.add(
        "MatMul", clipped(graph, start.numbers), graph.constant([[1.0, -2.0], [0.5, 3.0], [-7.0, 0.0]])
    ),
    "sum": lambda graph, start: graph.add("ReduceSum", clipped(graph, start.numbers), graph.constant([1], np.int64)),
    "most": lambda graph, start: graph.add("ReduceMax", clipped(graph, start.numbers), graph.constant([1], np.int64)),
    "looked up": lambda graph, start: graph.add(
        "Gather", graph.constant([0.5, np.nan, -3.0, 99.0]), code(graph, start), axis=0
    ),
    "places": lambda graph, start: graph.add("Cast", code(graph, start), to=11),
    "days": lambda graph, start: graph.add("Cast", days(graph, start), to=11),
    "remainder": lambda graph, start: graph.add(
        "Cast", graph.add("Mod", days(graph, start), graph.constant([5], np.int64)), to=11
    ),
    "wrapped": lambda graph, start: graph.add(
        "Cast", graph.add("Mul", start.dates, graph.constant([1000], np.int64)), to=11
    ),
    "leaves": lambda graph, start: only_leaves(np.array([2.0, -1.0])).express(graph, start.numbers),
}


def looked_at(draw: Draw) -> tuple[Known | None, np.ndarray]:
    """What is known of a tensor, and what it is."""
    graph = Graph()
    start = graph.inputs(COLUMNS)
    answer = draw(graph, start)
    made, its_answer, _ = rewritten(graph, start, answer, lambda node, new: None)
    if not isinstance(made, Rewriting):
        raise TypeError("a graph that was not rewritten")
    words = np.column_stack([one.cells() for one in COLUMNS.words])
    feeds = {"numbers": NUMBERS, "dates": COLUMNS.dates, "dates_missing": COLUMNS.dates_missing, "words": words}
    return made.known(its_answer), onnxruntime.InferenceSession(graph.finish(start, answer)).run(None, feeds)[0]


@pytest.mark.parametrize("name", DRAWN)
def test_no_number_is_beyond_its_bounds_and_none_is_missing_where_it_may_not(name: str) -> None:
    known, found = looked_at(DRAWN[name])
    assert known is not None
    assert known.width == found.shape[1]
    gone = np.isnan(found)
    assert not (gone & ~known.missing).any()
    assert (gone | ((found >= known.low) & (found <= known.high))).all()


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("held", -1.0, 2.0), ("sigmoid", 0.0, 1.0), ("square", 0.0, 9.0), ("remainder", 0.0, 5.0), ("places", 0.0, 2.0)],
)
def test_bounds_are_near(name: str, low: float, high: float) -> None:
    known, _ = looked_at(DRAWN[name])
    assert known is not None
    assert (known.low == low).all()
    assert (known.high == high).all()


def test_a_constant_is_known_and_what_is_always_missing_bounds_nothing() -> None:
    known = of_constant(np.array([1.0, np.nan]))
    assert known is not None
    assert known.low.tolist() == [1.0, np.inf]
    assert known.missing.tolist() == [False, True]
    assert of_constant(np.zeros((3, 2))) is None
    assert of_constant(np.array(["x"], dtype=object)) is None
    assert not anything(2).is_bounded
    assert anything(2, WHOLE).is_whole
    assert anything(2).kind == FLOAT
    assert not anything(1, WHOLE).missing.any()
