from __future__ import annotations

import numpy as np
import polars as pl

from journeyman.repairs.grid import compact, grid_of, numbers_of
from journeyman.table.columns import Strings


def test_only_text_has_a_spelling_and_empty_cells_are_counted_apart() -> None:
    grid = grid_of(pl.DataFrame({"town": ["Oslo", None, "Bergen", "Oslo"], "age": [1, 2, 3, 4]}))
    assert list(grid.columns) == ["town"]
    town = grid.columns["town"]
    assert (grid.rows, town.filled, town.present) == (4, 3, 3)
    assert dict(zip(town.levels, town.counts.tolist(), strict=True)) == {"Oslo": 2, "": 1, "Bergen": 1}


def test_a_column_is_of_numbers_where_most_filled_cells_are() -> None:
    grid = grid_of(
        pl.DataFrame({"mostly": ["1", "2.5", "-3", "4e2", "x", None], "words": ["1", "a", "b", "c", "d", "e"]})
    )
    assert grid.columns["mostly"].is_numeric
    assert grid.columns["mostly"].share_numbers == 0.8
    assert not grid.columns["words"].is_numeric


def test_numbers_are_plain_ones() -> None:
    found = numbers_of(("12", " 1.5 ", "-2", ".5", "1e3", "1e999", "12 kg", "", "1,5", "0x10"))
    np.testing.assert_array_equal(found, [12, 1.5, -2, 0.5, 1000, *[np.nan] * 5])


def test_rows_that_are_taken_bring_only_their_own_texts() -> None:
    grid = grid_of(pl.DataFrame({"a": ["x", "y", "z", "x"]})).take(np.array([0, 3]))
    assert (grid.rows, grid.columns["a"].levels) == (2, ("x",))
    assert compact(Strings(np.array([2, 2], np.int32), ("a", "b", "c"))).levels == ("c",)


def test_a_changed_column_leaves_the_first_table_as_it_was() -> None:
    grid = grid_of(pl.DataFrame({"a": ["x", "y"]}))
    other = grid.with_column("a", Strings.of(["x", "x"]))
    assert grid.columns["a"].levels == ("x", "y")
    assert other.columns["a"].levels == ("x",)
