"""DuckDB: steps within each other, and none of their columns in the result."""

from __future__ import annotations

from typing import Any

from journeyman.deployment.sql.dialect import Step, dialects

DIALECT = dialects()["duckdb"]


def test_helping_columns_are_left_out(run_in: Any) -> None:
    steps = [Step((("jm_1", 't."x" + 1'),), ("jm_1",)), Step((("jm_2", 't."jm_1" * 2'),), ("jm_2",))]
    sql = DIALECT.statement(("rows",), steps, [("found", 't."jm_2"')])
    names, rows = run_in("duckdb", sql, 'CREATE TABLE rows AS SELECT 3 AS x, 4 AS "jm_ 1"')
    assert (names, rows) == (["x", "jm_ 1", "found"], [(3, 4, 8)])
    assert run_in("duckdb", DIALECT.statement(("rows",), [], [("a", "1")]), "CREATE TABLE rows AS SELECT 3 AS x")[
        1
    ] == [(3, 1)]


def test_operations_of_its_own(run_in: Any) -> None:
    array = DIALECT.entry(["1.5e0", "NULL", "2e0"], "i", "number")
    sql = f"SELECT {DIALECT.divided('-7', '2')}, {DIALECT.rest('-7', '3')}, {array} FROM (SELECT 3 AS i)"  # noqa: S608 - our own words
    assert run_in("duckdb", sql)[1] == [(-3, -1, 2.0)]
    texts = ["'1e3'", "'.5'", "'1_0'", "'x'", "'-2.'"]
    found = run_in("duckdb", f"SELECT {', '.join(map(DIALECT.number_of_text, texts))}")[1][0]
    assert found == (1000.0, 0.5, None, None, -2.0)
