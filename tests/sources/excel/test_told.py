"""What is told of a sheet."""

from __future__ import annotations

from journeyman.sources.excel.choosing import Chosen
from journeyman.sources.excel.grid import Grid
from journeyman.sources.excel.tables import tables_on
from journeyman.sources.excel.told import findings_of
from journeyman.sources.excel.workbook import Sheet
from journeyman.table.finding import Finding

ROWS: list[list[object]] = [["key", "x", "y"], ["a", 1, 2], ["b", 3, 4], ["c", 5, 6], ["d", 7, 8]]


def told(rows: list[list[object]], left: int = 0, beside: tuple[int, ...] = ()) -> dict[str, Finding]:
    grid = Grid(rows, left)
    first, *others = sorted(tables_on(grid), key=lambda one: -one.size)
    chosen = Chosen(sheet=Sheet("Data", True), grid=grid, table=first, others=tuple(others))
    return {one.code: one for one in findings_of(chosen, beside)}


def test_a_plain_table_has_nothing_to_tell() -> None:
    assert told(ROWS) == {}


def test_a_table_that_begins_elsewhere_is_told_by_its_cell() -> None:
    assert "B1" in told(ROWS, left=1)["preamble"].message


def test_rows_are_named_as_the_spreadsheet_does() -> None:
    found = told([["Title", None, None], *ROWS, ["Total", 16, 20]])
    assert found["preamble"].numbers["lines"] == [1]
    assert "'Title'" in found["preamble"].message
    assert found["footer"].numbers == {
        "count": 1,
        "lines": [7],
        "text": ["Total\t16\t20"],
        "examples": [[7, "Total\t16\t20", ""]],
    }
    assert {one.severity for one in found.values()} == {"info"}


def test_headers_are_told_where_they_are_more_or_less_than_one() -> None:
    assert "rows 1 to 2" in told([ROWS[0], [None, "(m)", "(kg)"], *ROWS[1:]])["multi_header"].message
    assert "row 1 already is data" in told(ROWS[1:])["no_header"].message


def test_a_header_that_stands_again_and_another_table_are_warned_of() -> None:
    empty: list[object] = [None, None, None]
    found = told([*ROWS, ROWS[0], ["e", 9, 10], empty, ["p", "q", "z"], ["r", "s", "t"]])
    assert found["repeated_header"].rows == (4,)
    assert found["repeated_header"].severity == "warning"
    assert found["second_table"].numbers["left"] == ["A9:C10"]
    assert '--table "Data!A9:C10"' in found["second_table"].remedy.words


def test_words_beside_the_table_are_told_with_their_cells() -> None:
    rows = [[*row, None] for row in ROWS]
    rows[2][3] = "look!"
    found = told(rows, beside=(3,))
    assert found["notes_beside"].numbers == {"count": 1, "cells": ["D3"], "text": ["look!"]}
