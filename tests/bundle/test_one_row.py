from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from journeyman.bundle import one_row
from journeyman.bundle.background import Background
from journeyman.bundle.one_row import answer_seconds, graph_seconds, typical_rows
from journeyman.errors import BundleError
from journeyman.plan.graph import Graph
from journeyman.table.columns import Columns
from journeyman.table.schema import Column

COLUMNS = (
    Column(name="age", kind="number", low=18.0, high=90.0),
    Column(name="city", kind="category", levels=("Oslo", "Bergen")),
    Column(name="since", kind="date", low=0, high=10**15, date_format="iso"),
    Column(name="here", kind="flag"),
)


def test_typical_rows_hold_every_column_and_nothing_missing_or_strange() -> None:
    rows = typical_rows(COLUMNS, count=20)
    assert len(rows) == 20
    assert all(set(row) == {"age", "city", "since", "here"} for row in rows)
    assert all(18 <= row["age"] <= 90 and row["city"] in ("Oslo", "Bergen") for row in rows)
    assert len({row["age"] for row in rows}) > 2, "the same row again and again would be answered from the cache"


def test_what_is_known_of_a_column_is_more_typical_than_the_middle_of_its_range() -> None:
    cells = {"age": (30.0, None, 31.0), "city": ("Bergen",), "since": (86_400_000_000,), "here": (1.0, 0.0)}
    rows = typical_rows(COLUMNS, Background(cells), 20)
    assert {row["age"] for row in rows} == {30.0, 31.0}
    assert {row["city"] for row in rows} == {"Bergen"}
    assert {row["since"] for row in rows} == {"1970-01-02T00:00"}
    assert {row["here"] for row in rows} == {True, False}


class Clock:
    """A clock that goes on only where somebody says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def perf_counter(self) -> float:
        return self.now


def test_what_others_take_beside_us_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, answered = Clock(), 0
    monkeypatch.setattr(one_row, "time", clock)

    def answer(row: object) -> None:
        nonlocal answered
        answered += 1
        # In the first two of eight rounds something else has the machine; single answers are slow now and then.
        is_busy, is_outlier = answered < 2 * one_row.ANSWERS, answered % 10 == 0
        clock.now += 1e-3 * (3 if is_busy else 1) * (50 if is_outlier else 1)

    assert one_row._measured(answer, [{}], 1.5) == pytest.approx(1e-3)


def graph_of(width: int, squares: int) -> tuple[bytes, Columns]:
    columns = Columns.of(rows=16, numbers=np.ones((16, width)), number_names=tuple(map(str, range(width))))
    graph = Graph()
    start = graph.inputs(columns)
    wire = graph.zeros(start)
    for _ in range(squares):
        wire = graph.add("Sigmoid", graph.add("Add", wire, graph.pick(start.numbers, [0], width)))
    return graph.finish(start, wire), columns


def test_a_larger_graph_takes_longer() -> None:
    small, large = (graph_seconds(*graph_of(3, size), 1) for size in (1, 400))
    assert 0 < small < large < 0.1


def test_a_graph_that_is_none_is_refused() -> None:
    _, columns = graph_of(1, 1)
    with pytest.raises(BundleError):
        graph_seconds(b"no graph", columns, 1)


def test_a_model_is_measured_as_it_answers(written: Callable[[str], Path]) -> None:
    import journeyman as jm

    model: Any = jm.load(written("binary"))
    assert 1e-6 < answer_seconds(model) < 0.05
