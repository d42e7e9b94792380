"""Columns of a table on a sheet."""

from __future__ import annotations

from datetime import date, time

import polars as pl

from journeyman.sources.excel.columns import Column, columns_of, merged_in_body, series_of_column
from journeyman.sources.excel.grid import Grid
from journeyman.sources.excel.tables import tables_on


def columns(grid: Grid) -> tuple[list[Column], list[int]]:
    return columns_of(grid, tables_on(grid)[0])


def test_words_beside_the_table_are_no_column_and_empty_ones_are_dropped() -> None:
    rows: list[list[object]] = [["a", "b", None, None], *[[place, place, None, None] for place in range(200)]]
    rows[5][3] = "look!"
    found, beside = columns(Grid(rows))
    assert [one.name for one in found] == ["a", "b"]
    assert beside == []
    rows[0][2] = rows[7][2] = None
    for row in rows[1:]:
        row[2] = "u"
    found, beside = columns(Grid(rows))
    assert [one.name for one in found] == ["a", "b", ""]
    assert beside == [3]


def test_merged_rows_have_the_value_of_the_first() -> None:
    grid = Grid([["g", "x"], ["a", 1], [None, 2], ["b", 3]], left=2, merged=(((1, 2), (2, 2)), ((9, 2), (12, 2))))
    assert [one.cells for one in columns(grid)[0]] == [["a", "a", "b"], [1, 2, 3]]
    assert merged_in_body(grid, tables_on(grid)[0]) == [((1, 2), (2, 2))]


def test_numbers_are_whole_where_all_of_them_are() -> None:
    def kind(*cells: object) -> object:
        return series_of_column(Column(place=0, name="", cells=cells), "x", dict).dtype

    assert kind(1.0, None, 3.0) == pl.Int64
    assert kind(1.0, 2.5) == pl.Float64
    assert kind(1.0, 1e300) == pl.Float64
    assert kind(1.0, "a") == pl.String
    assert kind(1.0, 2.0**60) == pl.Float64
    exact = series_of_column(Column(place=0, name="", cells=[2.0**60, 1.0]), "x", lambda: {0: str(2**60 + 1)})
    assert exact.to_list() == [2**60 + 1, 1]


def test_midnight_among_dates_is_no_date_but_among_times_it_is() -> None:
    rows: list[list[object]] = [["d", "t"], [date(2024, 1, 1), time(1)], [time(), time()], [date(2024, 1, 2), time(2)]]
    first, second = columns(Grid(rows))[0]
    assert (first.cells, first.no_dates) == ([date(2024, 1, 1), None, date(2024, 1, 2)], (2,))
    assert (second.cells, second.no_dates) == ([time(1), time(), time(2)], ())
