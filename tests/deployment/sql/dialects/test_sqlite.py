"""SQLite: the table's columns join by the number of the row, and thresholds are exact."""

from __future__ import annotations

import sqlite3
from typing import Any

import numpy as np

from journeyman.deployment.sql.dialect import Step, dialects

DIALECT = dialects()["sqlite"]


def test_rows_come_back_with_their_own_columns(run_in: Any) -> None:
    steps = [Step((("jm_1", 't."x" + 1'),), ("jm_1",)), Step((("jm_2", 't."jm_1" * 2'),), ("jm_2",))]
    sql = DIALECT.statement(("rows",), steps, [("found", 't."jm_2"')])
    names, rows = run_in(
        "sqlite",
        sql,
        "CREATE TABLE rows (x, y); INSERT INTO rows VALUES (1, 'a'), (2, 'b'); DELETE FROM rows WHERE x = 0",
    )
    assert (names, rows) == (["x", "y", "found"], [(1, "a", 4), (2, "b", 6)])


def test_a_step_is_computed_once_a_row() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE rows (x)")
    connection.execute("INSERT INTO rows VALUES (1), (2), (3)")
    asked: list[int] = []
    connection.create_function("watched", 1, lambda value: asked.append(value) or value)  # type: ignore[func-returns-value]  # append gives None
    steps = [Step((("a", "watched(t.x)"),), ("a",)), Step((("b", "t.a + t.a"), ("c", "t.a * 2")), ("b", "c"))]
    connection.execute(DIALECT.statement(("rows",), steps, [("d", "t.b + t.c + t.b")])).fetchall()
    connection.close()
    assert asked == [1, 2, 3]


def test_thresholds_are_exact(run_in: Any) -> None:
    random = np.random.default_rng(3)
    numbers = (random.normal(size=2000) * 10.0 ** random.integers(-3, 5, 2000)).tolist()
    found = [
        run_in("sqlite", f"SELECT {', '.join(map(DIALECT.threshold, numbers[at : at + 500]))}")[1][0]
        for at in range(0, 2000, 500)
    ]
    assert [one for row in found for one in row] == numbers
    assert DIALECT.threshold(0.25) == "0.25"


def test_runs_of_blanks(run_in: Any) -> None:
    text = DIALECT.single_spaced(DIALECT.text("a \t b\u00a0 c"))
    assert run_in("sqlite", f"SELECT {text}")[1] == [("a b c",)]
