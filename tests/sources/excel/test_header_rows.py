"""Which rows are the header, and what it says."""

from __future__ import annotations

from datetime import datetime

import pytest

from journeyman.sources.excel.grid import Grid
from journeyman.sources.excel.header_rows import banners_above, depth_of, names_of

DATA = [["a", 1, 2.5], ["b", 2, None], ["c", 3, 0.5], ["d", 4, 1.5]]


def depth(rows: list[list[object]]) -> int:
    return depth_of(Grid(rows), range(len(rows)), 0, len(rows[0]) - 1)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ([["key", "x", "y"]], 1),
        ([["key", "height", "weight"], [None, "(m)", "(kg)"]], 2),
        ([["key", "x", 2]], 1),
        ([["key", datetime(2024, 1, 1), datetime(2024, 2, 1)]], 1),
        ([], 0),
        ([["key", "x", "y"], ["a", "n/a", 2]], 1),
    ],
)
def test_a_header_is_not_of_the_kind_of_its_columns(header: list[list[object]], expected: int) -> None:
    assert depth([*header, *DATA]) == expected


def test_years_above_numbers_are_a_header() -> None:
    rows: list[list[object]] = [["land", 2019, 2020, 2021], ["a", 5.5, 6.5, 7.5], ["b", 1, 2, 3], ["c", 9, 8, 7]]
    assert depth(rows) == 1
    rows[0] = ["land", 2019, 2020, 2029]
    assert depth(rows) == 0


def test_nothing_but_text_has_one_header_row() -> None:
    assert depth([["a", "b"], ["x", "y"], ["z", "w"]]) == 1


def test_banners_name_groups_and_titles_do_not() -> None:
    rows: list[list[object]] = [["Title", None, None, None], ["Who", None, "What", None], ["a", "b", "c", "d"]]
    grid = Grid(rows, merged=(((1, 0), (1, 1)), ((1, 2), (1, 3))))
    assert banners_above(grid, [0, 1], 0, 3) == 1
    assert banners_above(Grid(rows), [0], 0, 3) == 0
    one_group = Grid([[None, None, "Pay", None], *rows[2:]], merged=(((0, 2), (0, 3)),))
    assert banners_above(one_group, [0], 0, 3) == 1
    title = Grid([["Title", None, None, None], *rows[2:]], merged=(((0, 0), (0, 3)),))
    assert banners_above(title, [0], 0, 3) == 0


def test_a_banner_is_said_where_a_name_needs_it() -> None:
    rows: list[list[object]] = [[None, 2019, None, 2020, None], ["land", "in", "out", "in", "out"]]
    grid = Grid(rows, merged=(((0, 1), (0, 2)), ((0, 3), (0, 4))))
    assert names_of(grid, [0], [1], 0, 4) == ["land", "2019 in", "2019 out", "2020 in", "2020 out"]
    rows[1] = ["land", "a", "b", "c", None]
    assert names_of(Grid(rows, merged=grid.merged), [0], [1], 0, 4) == ["land", "a", "b", "c", "2020"]


def test_header_rows_are_joined_and_what_is_merged_counts_for_all() -> None:
    rows: list[list[object]] = [["name", "height\n of all", "weight"], [None, "(m)", "weight"]]
    grid = Grid(rows, merged=(((0, 0), (1, 0)),))
    assert names_of(grid, [], [0, 1], 0, 2) == ["name", "height of all (m)", "weight"]
    assert names_of(Grid([[datetime(2024, 5, 1), 3.0]]), [], [0], 0, 1) == ["2024-05-01", "3"]
