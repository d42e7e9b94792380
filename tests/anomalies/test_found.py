from __future__ import annotations

import numpy as np

from journeyman.anomalies.found import Anomalies, StrangeCell, StrangeRow

CELL = StrangeCell(column="age", holds="455", why="far out, or rare")
FOUND = Anomalies(
    origin="people.csv",
    looked_at=3,
    columns=("age",),
    rows=np.array([10, 11, 12]),
    scores=np.array([1.0, 20.0, 3.0]),
    beyond=1,
    strange=(StrangeRow(row=11, score=20.0, cells=(CELL,)),),
)


def test_it_says_which_rows_and_why_counted_from_one() -> None:
    assert "1 of 3 rows" in repr(FOUND)
    assert "row 12: age is 455 (far out, or rare)" in repr(FOUND)
    assert "no single cell" in StrangeRow(row=0, score=9.0).told()


def test_the_strangest_come_first_beyond_chance_or_not() -> None:
    assert FOUND.strangest(2).tolist() == [11, 12]


def test_as_data_rows_count_from_nought() -> None:
    assert FOUND.as_data()["strange"][0]["row"] == 11
    assert FOUND.as_data()["beyond"] == 1


def test_too_few_rows_are_said() -> None:
    nothing = Anomalies(origin="x", looked_at=0, rows=np.arange(3), scores=np.zeros(3))
    assert "too few rows" in repr(nothing)
