"""Single cells that are told."""

from __future__ import annotations

from datetime import date, time

from journeyman.sources.excel.choosing import Chosen
from journeyman.sources.excel.columns import columns_of
from journeyman.sources.excel.grid import Grid
from journeyman.sources.excel.sheet_marks import Marks
from journeyman.sources.excel.tables import tables_on
from journeyman.sources.excel.told_cells import findings_of_cells
from journeyman.sources.excel.workbook import Sheet
from journeyman.table.finding import Finding

ROWS: list[list[object]] = [
    ["day", "x"],
    [date(2024, 1, 1), 1],
    [time(), None],
    [date(2024, 1, 3), 3],
    [None, 4],
]


def told(marks: Marks, merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()) -> dict[str, Finding]:
    grid = Grid(ROWS, left=1, merged=merged)
    (table,) = tables_on(grid)
    columns, _ = columns_of(grid, table)
    chosen = Chosen(sheet=Sheet("Data", True), grid=grid, table=table, marks=marks)
    return {one.code: one for one in findings_of_cells(chosen, columns, ["Day", "X"])}


def test_only_cells_of_the_table_are_told() -> None:
    marks = Marks(without_result=((2, 2), (0, 1), (2, 9)), errors={(3, 2): "#REF!", (99, 2): "#N/A"})
    found = told(marks)
    assert found["formula_no_value"].numbers == {"count": 1, "cells": ["C3"]}
    assert found["formula_no_value"].columns == ("X",)
    assert found["error_cells"].numbers["examples"] == [[4, "#REF!", ""]]
    assert found["error_cells"].rows == (2,)


def test_zeros_among_dates_and_merged_rows_are_told() -> None:
    found = told(Marks(), merged=(((3, 1), (4, 1)),))
    assert found["date_invalid"].numbers["cells"] == ["B3"]
    assert found["merged_cells"].numbers["cells"] == ["B4:B5"]
    assert found["merged_cells"].severity == "info"
