"""A number beside the others of its group."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.preparation.derive.relative import (
    DIFFERENCE,
    MEAN,
    PLACE,
    RATIO,
    group_table,
    relative,
    relative_columns,
)


def test_means_are_drawn_towards_that_of_all_rows() -> None:
    table = group_table(np.array([0, 0, 0, 1]), 3, np.array([2.0, 2.0, 2.0, 10.0]))
    assert table[:, 0] == pytest.approx([4 - 2 * 3 / 6, 4 + 6 / 4, 4.0])
    assert (table[:, 1] > 0).all()


def test_missing_numbers_do_not_count_and_groups_without_any_are_as_all() -> None:
    table = group_table(np.array([0, 0, 1]), 2, np.array([5.0, 5.0, np.nan]))
    assert table[:, 0].tolist() == [5.0, 5.0]
    assert group_table(np.array([0]), 1, np.array([np.nan])).tolist() == [[0.0, 1.0]]


def test_what_is_told() -> None:
    number, mean, spread = np.array([6.0, np.nan]), np.array([3.0, 3.0]), np.array([2.0, 2.0])
    told = [relative(how, number, mean, spread) for how in (MEAN, DIFFERENCE, RATIO, PLACE)]
    assert [one[0] for one in told] == [3.0, 3.0, 2.0, 1.5]
    assert [bool(np.isnan(one[1])) for one in told] == [False, True, True, True]


def test_each_recipe_reads_its_own_table() -> None:
    tables = np.array([[1.0, 1.0], [2.0, 1.0], [10.0, 1.0], [20.0, 1.0]])
    recipes = np.array([[MEAN, 0, 0], [DIFFERENCE, 1, 0]])
    made = relative_columns(recipes, tables, [2, 2], [np.array([0, 1]), np.array([1, 0])], np.array([[5.0], [5.0]]))
    assert made.tolist() == [[1.0, -15.0], [2.0, -5.0]]
