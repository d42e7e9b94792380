from __future__ import annotations

from collections.abc import Callable

from journeyman.brief.brief import Brief
from journeyman.checks.missing_target import look
from journeyman.table.finding import Finding, Skip
from journeyman.table.table import Table


def test_rows_without_a_target_are_counted(table_of: Callable[..., Table]) -> None:
    table = table_of({"x": range(200), "y": [None if place % 5 == 0 else "no" for place in range(200)]})
    found = look(table, Brief(predict="y"))
    assert isinstance(found, Finding)
    assert (found.code, found.numbers["missing"], found.rows[:3]) == ("target_missing_values", 40, (0, 5, 10))
    assert "40 rows of 200 (20 %)" in found.message


def test_nothing_is_said_where_nothing_is_missing_or_no_target_is_named(table_of: Callable[..., Table]) -> None:
    table = table_of({"y": range(20)})
    assert look(table, Brief(predict="y")) is None
    assert isinstance(look(table, Brief()), Skip)
