"""A table on a sheet."""

from __future__ import annotations

from journeyman.sources.excel.table_model import SheetTable


def test_extent_and_size() -> None:
    table = SheetTable(header=(2, 3), body=(4, 7), left=1, right=3, names=("a", "b", "c"), kinds=("text",) * 3)
    assert (table.first, table.last, table.size) == (2, 7, 6)
