"""Cells that lie together."""

from __future__ import annotations

from journeyman.sources.excel.blocks import blocks_of
from journeyman.sources.excel.grid import Grid


def extents(rows: list[list[object]]) -> list[list[tuple[int, int, int, int]]]:
    return [
        [(block.rows[0], block.rows[-1], block.left, block.right) for block in band] for band in blocks_of(Grid(rows))
    ]


def test_an_empty_row_parts_blocks() -> None:
    assert extents([["a", "b"], [1, 2], [None, None], [3, None]]) == [[(0, 1, 0, 1), (3, 3, 0, 1)]]


def test_an_empty_column_parts_bands_of_other_lengths() -> None:
    rows: list[list[object]] = [["a", None, "b"], *[[1, None, 2 if place < 2 else None] for place in range(9)]]
    assert extents(rows) == [[(0, 9, 0, 0)], [(0, 2, 2, 2)]]


def test_an_empty_column_within_a_table_parts_nothing() -> None:
    rows: list[list[object]] = [["a", None, "b"], *[[1, None, 2]] * 5]
    assert extents(rows) == [[(0, 5, 0, 2)]]


def test_tables_side_by_side_with_the_same_names_are_two() -> None:
    rows: list[list[object]] = [["a", "b", None, "a", "b"], *[[1, 2, None, 3, 4]] * 5]
    assert extents(rows) == [[(0, 5, 0, 1)], [(0, 5, 3, 4)]]


def test_an_empty_sheet_has_none() -> None:
    assert extents([]) == []
    assert extents([[None, None]]) == []
