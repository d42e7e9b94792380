"""Comparisons and choices are the graph's, with what is missing as well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

ROWS = np.array([[1.0, 2.0], [2.0, 2.0], [np.nan, 1.0], [3.0, np.nan], [np.nan, np.nan], [-1e300, 1e300]])


@pytest.mark.parametrize("name", ["Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual"])
def test_comparisons(name: str, agrees: Callable[..., float]) -> None:
    def build(graph: Any, wires: Any) -> str:
        first, second = (graph.pick(wires.numbers, [place], 2) for place in (0, 1))
        truth = graph.add(name, first, second)
        odd = graph.add("And", graph.add("Not", truth), graph.add("Or", truth, graph.add("IsNaN", first)))
        return str(graph.add("Cast", graph.join(truth, odd), to=11))

    assert agrees(build, ROWS) == 0.0


def test_one_of_two(agrees: Callable[..., float]) -> None:
    def build(graph: Any, wires: Any) -> str:
        high, low = graph.constant(1.5), graph.constant(-2.0)
        held = graph.add("Where", graph.add("Greater", wires.numbers, high), high, wires.numbers)
        held = graph.add("Where", graph.add("Less", held, low), low, held)
        inside = graph.add("Less", graph.add("Abs", wires.numbers), graph.constant(2.5))
        fenced = graph.add("Where", inside, wires.numbers, graph.constant(np.nan))
        filled = graph.add("Where", graph.add("IsNaN", wires.numbers), graph.constant(0.25), wires.numbers)
        return str(graph.join(held, fenced, filled))

    assert agrees(build, ROWS) == 0.0


def test_what_is_held_is_known_to_be(agrees: Callable[..., float]) -> None:
    def build(graph: Any, wires: Any) -> str:
        high, low = graph.constant(9.0), graph.constant(-9.0)
        held = graph.add("Where", graph.add("Greater", wires.numbers, high), high, wires.numbers)
        held = graph.add("Where", graph.add("Less", held, low), low, held)
        # Without bounds a whole number could not be made of it.
        filled = graph.add("Where", graph.add("IsNaN", held), graph.constant(0.0), held)
        return str(graph.add("Cast", graph.add("Cast", filled, to=7), to=11))

    assert agrees(build, ROWS) == 0.0
