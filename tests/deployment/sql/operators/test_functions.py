"""Functions of one number are the graph's, and chances add up."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

ROWS = np.array([[0.5, 2.0, 30.0], [1e-9, 700.0, 3.5], [2.5, 0.1, 1.5]])


@pytest.mark.parametrize("name", ["Exp", "Floor", "Log", "Round", "Sigmoid", "Sqrt", "Tanh"])
def test_of_one(name: str, agrees: Callable[..., float]) -> None:
    assert agrees(lambda g, w: g.add(name, w.numbers), ROWS) < 1e-12


def test_softmax_of_scores_far_apart(agrees: Callable[..., float]) -> None:
    scores = np.array([[0.0, 1.0, -1.0], [1e5, -1e5, 0.0], [700.0, 699.0, -800.0]])
    assert agrees(lambda g, w: g.add("Softmax", w.numbers, axis=1), scores) < 1e-12
