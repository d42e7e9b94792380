"""Graphs are compiled as far as the answer hangs on them; what cannot be said is refused with its reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.bundle.operators import OPERATORS
from journeyman.deployment.sql.compile import shelf
from journeyman.errors import InputError
from journeyman.table.columns import MOST_TERMS, TERM_END


def test_the_shelf_holds_operators_that_a_graph_may_use() -> None:
    assert set(shelf()) <= set(OPERATORS)
    assert {"Add", "Where", "TreeEnsemble", "Gather", "Softmax"} <= set(shelf())
    assert "StringSplit" not in shelf()


def split(graph: Any, wires: Any) -> str:
    pieces = graph.add("StringSplit", wires.words, delimiter=TERM_END, maxsplit=MOST_TERMS - 1)
    places = graph.add(
        "LabelEncoder", pieces, domain="ai.onnx.ml", keys_strings=["a"], values_int64s=[0], default_int64=1
    )
    rows = graph.add("Gather", graph.constant([[1.0], [0.0]]), places, axis=0)
    return str(graph.add("ReduceSum", rows, graph.constant([1, 2], np.int64), keepdims=0))


def test_texts_are_refused(agrees: Callable[..., float]) -> None:
    with pytest.raises(InputError, match="bags of terms") as caught:
        agrees(split, words=[["a", "b"]])
    assert "--ignore" in caught.value.remedy


def test_what_the_answer_does_not_hang_on_may_be_anything(agrees: Callable[..., float]) -> None:
    def build(graph: Any, wires: Any) -> str:
        split(graph, wires)
        return str(graph.add("Mul", wires.numbers, graph.constant(2.0)))

    assert agrees(build, np.array([[1.0], [np.nan]]), words=[["a", "b"]]) == 0.0


def test_what_has_no_name_on_the_shelf_is_refused(agrees: Callable[..., float]) -> None:
    with pytest.raises(InputError, match="operator Pow"):
        agrees(lambda g, w: g.add("Pow", w.numbers, g.constant(2.0)), np.ones((2, 1)))
