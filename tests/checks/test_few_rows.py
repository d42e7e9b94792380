from __future__ import annotations

from collections.abc import Callable

from journeyman.brief.brief import Brief
from journeyman.checks.few_rows import look
from journeyman.table.finding import Finding, Skip
from journeyman.table.table import Table


def test_few_rows_with_a_target_are_told_and_many_are_not(table_of: Callable[..., Table]) -> None:
    target = [1.0] * 100 + [None] * 300
    found = look(table_of({"x": range(400), "y": target}), Brief(predict="y"))
    assert isinstance(found, Finding)
    assert found.severity == "info"
    assert "±10 points" in found.message
    assert look(table_of({"x": range(400), "y": range(400)}), Brief(predict="y")) is None
    assert isinstance(look(table_of({"x": range(4)}), Brief()), Skip)
