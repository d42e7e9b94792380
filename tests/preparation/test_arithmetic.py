"""Arithmetic of two numbers."""

from __future__ import annotations

import numpy as np

from journeyman.preparation.derive.arithmetic import (
    OPERATORS,
    arithmetic,
    arithmetic_candidates,
    arithmetic_columns,
    arithmetic_names,
)

FIRST, SECOND = np.array([6.0, np.nan, 1.0, 1e200]), np.array([3.0, 1.0, 0.0, 1e200])


def test_results_and_where_there_are_none() -> None:
    made = arithmetic_columns(np.array([[0, 0, 1], [1, 0, 1], [2, 0, 1], [3, 0, 1]]), np.column_stack([FIRST, SECOND]))
    assert made[0].tolist() == [3.0, 9.0, 18.0, 2.0]
    assert np.isnan(made[1]).all()
    assert np.isnan(made[2]).tolist() == [False, False, False, True]
    assert np.isnan(made[3]).tolist() == [False, False, True, False]


def test_no_result_is_infinite() -> None:
    extreme = np.array([1e308, -1e308, 0.0, 5e-324])
    for operator in range(len(OPERATORS)):
        assert not np.isinf(arithmetic(operator, extreme, extreme[::-1])).any()


def test_each_two_columns_once_under_each_operator() -> None:
    found = list(arithmetic_candidates([4, 2, 7]))
    assert len(found) == len(set(found)) == 3 * len(OPERATORS)
    assert {frozenset(one[1:]) for one in found} == {frozenset({4, 2}), frozenset({4, 7}), frozenset({2, 7})}


def test_names_say_what_is_done() -> None:
    assert arithmetic_names(np.array([[3, 1, 0]]), ("area", "price")) == ("price over area",)
