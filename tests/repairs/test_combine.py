from __future__ import annotations

import numpy as np
import pytest

from journeyman.repairs.combine import combine
from journeyman.repairs.grid import Grid, Written
from journeyman.repairs.rule import Doubts
from journeyman.table.columns import Strings

GRID = Grid(3, {"a": Written("a", Strings.of(["x", "y", "z"])), "b": Written("b", Strings.of(["1", "2", "3"]))})


def doubts(detector: str, column: str, rows: list[int], strength: float, after: str | None, sure: float) -> Doubts:
    many = len(rows)
    return Doubts(
        detector, column, np.array(rows), np.full(many, strength), np.array([after] * many, object),
        np.full(many, sure), np.array([detector] * many, object),
    )  # fmt: skip


def test_doubts_add_up_and_the_surest_repair_stands() -> None:
    found = combine(GRID, [doubts("one", "a", [0, 1], 0.6, "p", 0.5), doubts("two", "a", [1, 2], 0.5, "q", 0.9)])
    (only,) = found
    assert only.rows.tolist() == [0, 1, 2]
    assert only.strength == pytest.approx([0.6, 0.8, 0.5])
    assert only.after.tolist() == ["p", "q", "q"]
    assert only.detector.tolist() == ["one", "one", "two"]


def test_columns_stand_in_the_order_of_the_table() -> None:
    found = combine(GRID, [doubts("one", "b", [0], 0.6, None, 0.0), doubts("one", "a", [0], 0.6, None, 0.0)])
    assert [one.column for one in found] == ["a", "b"]
    assert combine(GRID, []) == []
