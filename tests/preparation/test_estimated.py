from __future__ import annotations

import numpy as np
import onnxruntime

from journeyman.plan.graph import Graph
from journeyman.plan.target import Target
from journeyman.preparation.repair.estimated import Estimated, estimable
from journeyman.table.columns import Columns

ROWS = 400


def drawn() -> np.ndarray:
    """Two columns that say the same but for a scale, of which one misses cells, and one that says nothing."""
    random = np.random.default_rng(0)
    first = random.normal(size=ROWS)
    second = 1000 + 50 * first + random.normal(size=ROWS)
    numbers = np.column_stack([first, second, random.normal(size=ROWS)])
    numbers[::5, 1] = np.nan
    return numbers


def columns(numbers: np.ndarray) -> Columns:
    return Columns.of(rows=len(numbers), numbers=numbers, number_names=("first", "second", "third"))


def test_what_is_missing_becomes_what_the_others_say_and_a_flag_tells() -> None:
    numbers, step = drawn(), Estimated()
    state = step.fit(columns(numbers), Target(task="regression", values=np.zeros(ROWS)))
    filled = step.apply(state, columns(numbers))
    assert filled.number_names == ("first", "second", "third", "second is missing")
    gone = np.isnan(numbers[:, 1])
    assert np.array_equal(filled.numbers[:, 3], gone.astype(float))
    assert np.abs(filled.numbers[gone, 1] - (1000 + 50 * numbers[gone, 0])).max() < 5
    assert np.array_equal(filled.numbers[~gone, :3], numbers[~gone])


def test_the_graph_says_the_same_of_far_and_missing_numbers_and_stays_in_the_range() -> None:
    step = Estimated()
    state = step.fit(columns(drawn()), Target(task="regression", values=np.zeros(ROWS)))
    new = np.array([[1e308, np.nan, -1e308], [np.nan, np.nan, np.nan], [0.1, np.nan, 2.0], [0.1, 7.0, np.nan]])
    graph = Graph()
    start = graph.inputs(columns(new))
    end = step.express(state, graph, start)
    session = onnxruntime.InferenceSession(graph.finish(start, end.numbers))
    (got,) = session.run(None, {"numbers": new})
    wanted = step.apply(state, columns(new)).numbers
    assert np.array_equal(got, wanted, equal_nan=True)
    seen = drawn()[:, 1]
    assert np.nanmin(seen) <= wanted[0, 1] <= np.nanmax(seen)
    assert end.number_names == ("first", "second", "third", "second is missing")


def test_columns_without_enough_to_learn_from_are_left() -> None:
    numbers = drawn()
    assert estimable(numbers).tolist() == [1]
    numbers[:, 1] = np.nan
    numbers[:10, 1] = 1.0
    assert estimable(numbers).tolist() == []
    assert Estimated.worth_trying(columns(numbers)) == ()
    assert Estimated.worth_trying(columns(drawn())) == ("first", "second", "third")
