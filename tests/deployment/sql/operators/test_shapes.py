"""What moves cells leaves them as they are; casts cut and compare as the graph's do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.errors import InputError

ROWS = np.array([[1.0, -2.7, 3.5, 0.0], [5.2, 6.0, -7.9, 8.0]])


def test_cells_move(agrees: Callable[..., float]) -> None:
    def build(graph: Any, wires: Any) -> str:
        def ints(*values: int) -> str:
            return str(graph.constant(list(values), np.int64))

        cube = graph.add("Reshape", wires.numbers, ints(0, 2, 2))
        wide = graph.add("Unsqueeze", cube, ints(1))
        flat = graph.add("Reshape", graph.add("Squeeze", wide, ints(1)), ints(-1, 4))
        return str(graph.add("Identity", graph.join(flat, wires.numbers)))

    assert agrees(build, ROWS) == 0.0


def test_casts(agrees: Callable[..., float]) -> None:
    def build(graph: Any, wires: Any) -> str:
        held = graph.add("Clip", wires.numbers, graph.constant(-9.0), graph.constant(9.0))
        whole = graph.add("Cast", graph.add("Cast", held, to=7), to=11)
        truth = graph.add("Cast", graph.add("Cast", graph.add("Less", held, graph.constant(1.0)), to=7), to=11)
        return str(graph.join(whole, truth))

    assert agrees(build, ROWS) == 0.0


def test_short_floats_are_refused(agrees: Callable[..., float]) -> None:
    def build(graph: Any, wires: Any) -> str:
        return str(graph.add("Cast", graph.add("Cast", wires.numbers, to=1), to=11))

    with pytest.raises(InputError, match="float32"):
        agrees(build, ROWS)
