"""Curves of straight lines, in columns and in the graph."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest

from journeyman.bundle.audit import audit_ports
from journeyman.plan.curves import Curves
from journeyman.plan.graph import OUTPUT, Graph
from journeyman.table.columns import Columns

RANDOM = np.random.default_rng(np.random.PCG64(3))


def curve(points: int) -> tuple[np.ndarray, np.ndarray]:
    return np.unique(RANDOM.normal(size=points)), RANDOM.normal(size=points)


def in_graph(curves: Curves, numbers: np.ndarray) -> np.ndarray:
    width = numbers.shape[1]
    graph = Graph()
    wires = graph.inputs(Columns.of(rows=len(numbers), numbers=numbers, number_names=map(str, range(width))))
    content = graph.finish(wires, curves.express(graph, wires.numbers))
    audit_ports(content, {"numbers": ("float64", width)}, width)
    got: np.ndarray = onnxruntime.InferenceSession(content).run([OUTPUT], {"numbers": numbers})[0]
    return got


def test_heights_are_those_of_numpys_interpolation_in_both_paths() -> None:
    pairs = [curve(points) for points in (1, 2, 3, 4, 7, 50, 200)]
    curves = Curves.from_state(Curves.of(pairs).state())
    numbers = RANDOM.normal(size=(500, len(pairs))) * 2
    for place, (points, _) in enumerate(pairs):
        numbers[: len(points), place] = points  # exactly on a point, and just beside it
        numbers[200 : 200 + len(points), place] = np.nextafter(points, -np.inf)
    wanted = np.column_stack([np.interp(numbers[:, place], *pair) for place, pair in enumerate(pairs)])
    assert np.abs(curves.apply(numbers) - wanted).max() < 1e-12
    assert np.array_equal(in_graph(curves, numbers), curves.apply(numbers))


def test_missing_stays_missing_and_extremes_stay_finite() -> None:
    largest = np.finfo(np.float64).max
    ends = (np.array([-largest, 0.0, 5e-324, largest]), np.array([-1.0, 0.0, 1.0, 2.0]))
    curves = Curves.of([ends, curve(9)])
    cells = np.array([np.nan, -largest, largest, 0.0, -0.0, 5e-324, 1e300, 1e-300])
    numbers = np.column_stack([cells, cells])
    done = curves.apply(numbers)
    assert np.isnan(done[0]).all()
    assert np.isfinite(done[1:]).all()
    assert done[[1, 2, 3, 5], 0].tolist() == [-1.0, 2.0, 0.0, 1.0]
    assert np.array_equal(in_graph(curves, numbers), done, equal_nan=True)


@pytest.mark.parametrize("rows", [0, 1, 40_000])
def test_any_number_of_rows(rows: int) -> None:
    curves = Curves.of([curve(20)])
    numbers = RANDOM.normal(size=(rows, 1))
    assert np.array_equal(in_graph(curves, numbers), curves.apply(numbers))


def test_more_columns_than_one_node_of_trees_takes() -> None:
    curves = Curves.of([curve(4) for _ in range(4100)])
    numbers = RANDOM.normal(size=(3, 4100))
    assert np.array_equal(in_graph(curves, numbers), curves.apply(numbers))
