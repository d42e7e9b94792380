"""A table on a sheet → typed columns, each cell as it is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from journeyman.sources.excel.grid import HOLE, Grid
from journeyman.sources.excel.table_model import SheetTable
from journeyman.sources.raw import EXACT
from journeyman.sources.series import kinds_of, series_of

if TYPE_CHECKING:
    import polars as pl

#: A column without a name that holds so few cells is what somebody wrote beside the table.
_FEW, _SHARE = 3, 0.02


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of the table.

    Parameters
    ----------
    place : the grid's column
    name : as the header says; ``""`` where it does not
    cells : one for each row of the body; None is missing
    no_dates : rows of the sheet in which a date is no day: the number zero, shown as one
    """

    place: int
    name: str
    cells: Sequence[object]
    no_dates: tuple[int, ...] = ()


def columns_of(grid: Grid, table: SheetTable) -> tuple[list[Column], list[int]]:
    """The columns of a table, and those that only hold some words beside it."""
    missing = {one.row for one in table.apart if one.why == "repeated_header"}
    over = _merged_down(grid, table)
    columns: list[Column] = []
    beside: list[int] = []
    some = zip(*(grid.rows[row][table.left : table.right + 1] for row in table.body), strict=True)
    by_place = list(some) or [()] * len(table.names)
    for place, held in enumerate(by_place, start=table.left):
        name = table.names[place - table.left]
        cells = list(held)
        if over or missing:
            cells = [None if row in missing else grid.rows[over.get((row, place), row)][place] for row in table.body]
        count = len(cells) - cells.count(None)
        if not name and (not count or count <= min(_FEW, _SHARE * len(cells))):
            beside += [place] if count else []
            continue
        if HOLE in cells:
            cells = [None if cell is HOLE else cell for cell in cells]
        columns.append(_column(place, name, cells, table.body))
    return columns, beside


def series_of_column(column: Column, name: str, digits: Callable[[], Mapping[int, str]]) -> pl.Series:
    """A column's cells: numbers whole where all of them are, text where they are of several kinds.

    Parameters
    ----------
    digits : finds the digits of the column's whole numbers that a float does not keep, by their row's position; asked
        only where there is a number so large
    """
    import polars as pl

    kinds = kinds_of(column.cells)
    if kinds == {"number"}:
        series = series_of(name, column.cells)
        largest = series.abs().max()
        if isinstance(largest, float) and largest <= EXACT:
            is_whole = bool((series == series.round()).all())
            return series.cast(pl.Int64) if is_whole else series
    if "number" not in kinds or not any(type(cell) is float and abs(cell) > EXACT for cell in column.cells):
        return series_of(name, column.cells)
    known = digits()
    cells = [int(known[place]) if place in known else cell for place, cell in enumerate(column.cells)]
    is_whole = all(type(cell) is not float or (cell.is_integer() and abs(cell) <= EXACT) for cell in cells)
    return series_of(name, [int(cell) if type(cell) is float and is_whole else cell for cell in cells])


def merged_in_body(grid: Grid, table: SheetTable) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The ranges of the table's rows that are shown as one cell over several rows."""
    body = {*table.body}
    return [
        one
        for one in grid.merged
        if one[1][0] > one[0][0]
        and one[0][0] in body
        and table.left <= one[0][1] - grid.left <= table.right
        and grid.rows[one[0][0]][one[0][1] - grid.left] is not None
    ]


def _merged_down(grid: Grid, table: SheetTable) -> dict[tuple[int, int], int]:
    """For cells that are merged with one above them, the row of that one."""
    return {
        (row, first[1] - grid.left): first[0]
        for first, last in merged_in_body(grid, table)
        for row in range(first[0], last[0] + 1)
    }


def _column(place: int, name: str, cells: list[object], rows: Sequence[int]) -> Column:
    """The number zero, shown as a date, is the time 00:00 to the parser; among dates it is none."""
    kinds = {type(cell) for cell in cells}
    if time in kinds and any(issubclass(kind, date) for kind in kinds):
        zeros = [number for number, cell in enumerate(cells) if cell == time()]
        if len(zeros) == sum(1 for cell in cells if isinstance(cell, time)):
            for number in zeros:
                cells[number] = None
            return Column(place=place, name=name, cells=cells, no_dates=tuple(rows[number] for number in zeros))
    return Column(place=place, name=name, cells=cells)
