"""Products of matrices and sums along axes are the graph's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.errors import InputError

ROWS = np.random.default_rng(4).normal(size=(5, 60))


def test_a_product_with_many_columns(agrees: Callable[..., float]) -> None:
    weights = np.random.default_rng(5).normal(size=(60, 3))
    weights[7] = 0.0
    assert agrees(lambda g, w: g.add("MatMul", w.numbers, g.constant(weights)), ROWS) < 1e-12


def test_indicators_of_a_word_are_one_lookup(agrees: Callable[..., float]) -> None:
    def build(graph: Any, wires: Any) -> str:
        table = np.vstack([np.eye(3), np.zeros((1, 3))])
        return str(
            graph.add(
                "MatMul", graph.lookup(wires.words, ["a", "b", "c"], table), graph.constant([[1.0], [2.0], [4.0]])
            )
        )

    assert agrees(build, words=[["c", "a", "x", "b"]]) == 0.0


@pytest.mark.parametrize("keep", [0, 1])
def test_sums_along_axes(keep: int, agrees: Callable[..., float]) -> None:
    def build(graph: Any, wires: Any) -> str:
        cube = graph.add("Reshape", wires.numbers, graph.constant([-1, 4, 15], np.int64))
        summed = graph.add("ReduceSum", cube, graph.constant([2], np.int64), keepdims=keep)
        return str(graph.add("Reshape", summed, graph.constant([-1, 4], np.int64)))

    assert agrees(build, ROWS) < 1e-12


def test_the_largest_of_a_row(agrees: Callable[..., float]) -> None:
    rows = ROWS[:, :7]
    assert agrees(lambda g, w: g.add("ReduceMax", w.numbers, g.constant([1], np.int64), keepdims=1), rows) == 0.0


def test_a_network_is_refused(agrees: Callable[..., float]) -> None:
    with pytest.raises(InputError, match="products of numbers"):
        agrees(lambda g, w: g.add("MatMul", w.numbers, g.constant(np.ones((60, 500)))), ROWS)
