"""Which numbers are measures, and putting changed ones in their places."""

from __future__ import annotations

import numpy as np
import onnxruntime

from journeyman.plan.graph import OUTPUT, Graph
from journeyman.preparation.scale.some import express_replaced, is_measure, replaced
from journeyman.table.columns import Columns

COLUMNS = Columns.of(
    rows=4,
    numbers=np.array([[0.0, 1.0, 5.0, np.nan], [1.0, 2.0, 5.0, np.nan], [np.nan, 3.0, 5.0, np.nan], [1.0, 2, 5, 1]]),
    number_names=("two", "three", "one", "almost none"),
)


def test_measures_have_more_than_two_values_and_are_no_codes() -> None:
    assert is_measure(COLUMNS).tolist() == [False, True, False, False]
    coded = Columns.of(rows=4, numbers=COLUMNS.numbers, number_names=COLUMNS.number_names, code_names=("three",))
    assert not is_measure(coded).any()
    assert is_measure(COLUMNS.take([])).tolist() == [False] * 4


def test_changed_numbers_stand_where_they_stood() -> None:
    for places in ([2, 0], [1], [3, 1, 0, 2]):
        changed = COLUMNS.numbers[:, places] + 10
        wanted = replaced(COLUMNS.numbers, np.array(places), changed)
        assert np.array_equal(wanted[:, places], changed, equal_nan=True)
        graph = Graph()
        wires = graph.inputs(COLUMNS)
        some = graph.add("Add", graph.pick(wires.numbers, places, 4), graph.constant(10.0))
        end = express_replaced(graph, wires, np.array(places), some)
        session = onnxruntime.InferenceSession(graph.finish(wires, end.numbers))
        assert np.array_equal(session.run([OUTPUT], {"numbers": COLUMNS.numbers})[0], wanted, equal_nan=True)
