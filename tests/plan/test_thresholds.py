"""How many thresholds lie below a number, told by trees of comparisons."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest

from journeyman.bundle.audit import audit_ports
from journeyman.plan.graph import OUTPUT, Graph
from journeyman.plan.thresholds import express_below
from journeyman.table.columns import Columns

RANDOM = np.random.default_rng(np.random.PCG64(5))


def in_graph(thresholds: list[np.ndarray], numbers: np.ndarray) -> np.ndarray:
    width = numbers.shape[1]
    graph = Graph()
    wires = graph.inputs(Columns.of(rows=len(numbers), numbers=numbers, number_names=map(str, range(width))))
    content = graph.finish(wires, express_below(graph, wires.numbers, thresholds))
    audit_ports(content, {"numbers": ("float64", width)}, width)
    got: np.ndarray = onnxruntime.InferenceSession(content).run([OUTPUT], {"numbers": numbers})[0]
    return got


@pytest.mark.parametrize("counts", [(0,), (1,), (2, 0, 7), (1000, 3)])
def test_they_are_counted_whether_few_or_many_and_equal_ones_are_not_below(counts: tuple[int, ...]) -> None:
    thresholds = [np.sort(np.round(RANDOM.normal(size=count), 2)) for count in counts]
    numbers = np.round(RANDOM.normal(size=(400, len(counts))), 2)
    wanted = np.column_stack(
        [np.searchsorted(one, numbers[:, place], side="left") for place, one in enumerate(thresholds)]
    )
    assert np.array_equal(in_graph(thresholds, numbers), wanted)


def test_a_threshold_that_stands_twice_counts_twice() -> None:
    assert in_graph([np.array([1.0, 1.0, 2.0])], np.array([[1.0], [1.5], [9.0]])).ravel().tolist() == [0.0, 2.0, 3.0]
