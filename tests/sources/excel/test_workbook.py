"""Sheets as grids, and the parts that hold them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from journeyman.errors import SourceError
from journeyman.sources.excel import workbook
from journeyman.sources.excel.grid import HOLE
from journeyman.sources.excel.package import open_package
from journeyman.sources.excel.sheet_marks import Marks
from journeyman.sources.excel.workbook import grid_of, marks_on, open_workbook, range_of_table

Write = Callable[..., Path]


def test_sheets_are_found_with_their_parts(write: Write) -> None:
    def change(book: Any) -> None:
        book["A"].title = "Q1 & <Q2>"
        book["B"].sheet_state = "veryHidden"

    path = write([["x"]], [["=1+1"]], change=change)
    with open_workbook(path, open_package(path, "b"), "b") as book:
        first, second = book.sheets
        assert (first.name, first.is_visible, first.part) == ("Q1 & <Q2>", True, "xl/worksheets/sheet1.xml")
        assert not second.is_visible
        assert marks_on(book, second).without_result == ((0, 0),)
        assert range_of_table(book, "x") is None


def test_a_grid_begins_where_the_cells_do_and_blanks_are_none(write: Write) -> None:
    rows = [[], [None, None, "a", "  "], [None, None, None, 1.5]]
    path = write(rows, change=lambda book: book["A"].merge_cells("C2:D2"))
    with open_workbook(path, open_package(path, "b"), "b") as book:
        grid = grid_of(book, book.sheets[0], Marks(errors={(2, 2): "#N/A", (90, 2): "#N/A"}))
    assert grid.left == 2
    assert grid.rows == [[None, None], ["a", None], [HOLE, 1.5]]
    assert grid.merged == (((1, 2), (1, 3)),)


def test_a_panic_of_the_parser_is_told_as_damage(monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    panic = type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})

    class Dies:
        @staticmethod
        def from_filelike(file: object, load_tables: bool) -> None:
            raise panic("index out of bounds")

    path = write([["x"]])
    package = open_package(path, "b")
    monkeypatch.setattr(workbook.python_calamine, "CalamineWorkbook", Dies)
    with pytest.raises(SourceError) as caught, open_workbook(path, package, "b"):
        pass
    assert caught.value.code == "file_truncated"
