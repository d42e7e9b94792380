"""The calendar in whole numbers; its parts are held to the standard library's by ``test_date_parts``."""

from __future__ import annotations

import numpy as np
import onnxruntime

from journeyman.plan.graph import OUTPUT, Graph
from journeyman.preparation.dates.calendar import DAY, FIRST, LAST, Whole, calendar, has_time
from journeyman.table.columns import Columns


def test_arrays_and_wires_give_the_same() -> None:
    at = np.random.default_rng(np.random.PCG64(1)).integers(FIRST, LAST, (200, 1))
    at[:2, 0] = FIRST, LAST
    columns = Columns.of(rows=200, dates=at, date_names=["d"])
    graph = Graph()
    wires = graph.inputs(columns)
    parts = graph.join(*(part.wire for part in calendar(Whole(graph, wires.dates))))
    session = onnxruntime.InferenceSession(graph.finish(wires, graph.add("Cast", parts, to=11)))
    feeds = {"dates": at, "dates_missing": columns.dates_missing}
    got = session.run([OUTPUT], {one.name: feeds[one.name] for one in session.get_inputs()})[0]
    assert np.array_equal(got, np.hstack(calendar(at)))


def test_a_time_of_day_is_seen_only_where_a_date_is() -> None:
    dates = np.array([[DAY, DAY + 1, 1], [0, 0, 0]])
    missing = np.array([[False, False, True], [False, True, False]])
    columns = Columns.of(rows=2, dates=dates, dates_missing=missing, date_names=["a", "b", "c"])
    assert has_time(columns).tolist() == [False, True, False]
