"""Arithmetic of doubles and of whole numbers is the graph's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

ROWS = np.array([[1.5, -2.0], [0.0, 7.25], [-3.5, 0.5], [1e5, -1e-5]])
DATES = np.array([[0], [86_399_999_999], [1_700_000_000_123_000], [-62_135_596_800_000_000]])
HOUR = 3_600_000_000


@pytest.mark.parametrize("name", ["Add", "Sub", "Mul", "Div", "Max", "Min"])
def test_of_two_columns(name: str, agrees: Callable[..., float]) -> None:
    def build(graph: Any, wires: Any) -> str:
        first, second = (graph.pick(wires.numbers, [place], 2) for place in (0, 1))
        return str(graph.add(name, first, second))

    assert agrees(build, ROWS) < 1e-12


@pytest.mark.parametrize("name", ["Add", "Sub", "Mul", "Div"])
def test_with_a_constant_on_either_side(name: str, agrees: Callable[..., float]) -> None:
    for constant in (0.0, -2.5):
        if not (name == "Div" and constant == 0.0):
            assert agrees(lambda g, w, c=constant: g.add(name, w.numbers, g.constant(c)), ROWS) < 1e-12
        if name != "Div":
            assert agrees(lambda g, w, c=constant: g.add(name, g.constant(c), w.numbers), ROWS) < 1e-12


@pytest.mark.parametrize("name", ["Abs", "Neg"])
def test_of_one(name: str, agrees: Callable[..., float]) -> None:
    assert agrees(lambda g, w: g.add(name, w.numbers), ROWS) < 1e-12
    whole = agrees(
        lambda g, w: g.add("Cast", g.add(name, g.add("Div", w.dates, g.constant([HOUR], np.int64))), to=11), dates=DATES
    )
    assert whole == 0.0


def test_clip_has_one_bound_or_two(agrees: Callable[..., float]) -> None:
    assert agrees(lambda g, w: g.add("Clip", w.numbers, g.constant(-1.0), g.constant(2.0)), ROWS) == 0.0
    assert agrees(lambda g, w: g.add("Clip", w.numbers, g.constant(0.25)), ROWS) == 0.0


def test_whole_numbers_are_divided_towards_zero(agrees: Callable[..., float]) -> None:
    def build(graph: Any, wires: Any) -> str:
        def whole(value: int) -> str:
            return str(graph.constant([value], np.int64))

        hours = graph.add("Div", wires.dates, whole(HOUR))
        parts = [
            hours,
            graph.add("Sub", graph.add("Mul", hours, whole(3)), whole(7)),
            graph.add("Mod", hours, whole(24)),
            graph.add("Mod", hours, whole(24), fmod=1),
            graph.add("Max", graph.add("Min", hours, whole(5)), whole(-5)),
        ]
        return str(graph.add("Cast", graph.join(*parts), to=11))

    assert agrees(build, dates=DATES) == 0.0
