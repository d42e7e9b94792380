from __future__ import annotations

from collections.abc import Callable

from journeyman.brief.brief import Brief
from journeyman.checks.wide import look
from journeyman.table.table import Table


def test_more_columns_than_rows_are_told(table_of: Callable[..., Table]) -> None:
    cells = {f"c{place}": range(60) for place in range(61)}
    found = look(table_of({**cells, "y": range(60)}), Brief(predict="y"))
    assert found is not None
    assert (found.code, found.severity, found.numbers["columns"]) == ("wide", "warning", 61)
    assert look(table_of({f"c{place}": range(61) for place in range(61)}), Brief()) is None
    assert look(table_of({f"c{place}": range(5) for place in range(8)}), Brief()) is None
