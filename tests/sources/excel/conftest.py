"""Small workbooks for tests, written cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import openpyxl
import pytest


class Write(Protocol):
    """Writes a workbook of sheets named A, B … whose rows are given; ``change`` may do more to it."""

    def __call__(self, *sheets: Sequence[Sequence[Any]], change: Callable[[Any], None] | None = None) -> Path: ...


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(*sheets: Sequence[Sequence[Any]], change: Callable[[Any], None] | None = None) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for place, rows in enumerate(sheets):
            sheet = book.create_sheet(chr(65 + place))
            for number, row in enumerate(rows, start=1):
                for column, cell in enumerate(row, start=1):
                    if cell is not None:
                        sheet.cell(number, column, cell)
        if change is not None:
            change(book)
        path = tmp_path / "book.xlsx"
        book.save(path)
        return path

    return written
