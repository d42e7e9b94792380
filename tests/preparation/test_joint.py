"""Joint codes, how frequent they are and what the target is in the mean."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.plan.target import Target
from journeyman.preparation.derive.joint import (
    MOST_CODES,
    NONE,
    SMOOTHING,
    frequency_column,
    frequency_table,
    joint_codes,
    joint_column,
    joint_keys,
    joint_size,
    joint_table,
)

CODES = [np.array([0, 1, 1]), np.array([2, 0, 1])]


def test_joint_codes_are_distinct() -> None:
    sizes = [2, 3]
    assert joint_codes((0, 1, NONE), sizes, CODES).tolist() == [2, 3, 4]
    assert joint_codes((1, NONE, NONE), sizes, CODES).tolist() == [2, 0, 1]
    assert joint_size((0, 1, NONE), sizes) == 6


def test_sets_of_keys_whose_table_would_be_too_large_are_left_out() -> None:
    found = list(joint_keys([MOST_CODES, 2, 3], range(3), range(3)))
    assert (0, NONE, NONE) in found
    assert (1, 2, NONE) in found
    assert (0, 1, NONE) not in found
    assert (0, 1, 2) not in found


def test_means_are_drawn_towards_that_of_all_rows() -> None:
    target = Target(task="regression", values=np.array([0.0, 0.0, 6.0]))
    table = joint_table(0, np.array([0, 0, 1]), 3, target, 3)
    assert table == pytest.approx([2 - 4 / (2 + SMOOTHING), 2 + 4 / (1 + SMOOTHING), 2.0])


def test_frequency_table() -> None:
    assert frequency_table(np.array([0, 0, 1]), (0, NONE, NONE), [3], [1]) == pytest.approx(np.log([3, 2, 1]))


def test_pooled_levels_are_as_frequent_as_one_of_them() -> None:
    # The last code of the first key holds four levels; codes of both keys, the second's first.
    first, second = np.array([0, 0, 1, 1, 1, 1, 1, 1]), np.array([0, 1, 0, 1, 1, 1, 1, 0])
    own = first * 2 + second, (0, 1, NONE), [2, 2], [4, 1]
    table = frequency_table(*own)
    assert np.expm1(table) == pytest.approx([1, 1, 2 / 4, 4 / 4])
    # A training row counts the others of its code.
    assert np.expm1(frequency_column(*own)) == pytest.approx([0, 0, 1 / 4, *[3 / 4] * 4, 1 / 4])
    assert np.expm1(frequency_table(second, (1, NONE, NONE), [2, 2], [4, 2])) == pytest.approx([3, 5 / 2])


def test_a_class_of_several_is_averaged_by_itself() -> None:
    target = Target(task="multiclass", values=np.array([0.0, 1, 2, 2]), classes=("a", "b", "c"))
    table = joint_table(2, np.array([0, 0, 1, 1]), 2, target, 2)
    assert table == pytest.approx([0.5 - 1 / (2 + SMOOTHING), 0.5 + 1 / (2 + SMOOTHING)])


def test_a_training_row_does_not_see_its_own_target() -> None:
    random = np.random.default_rng(0)
    values = random.normal(size=400)
    found = np.arange(400) // 2
    read = joint_column(0, found, 200, Target(task="regression", values=values), 200)
    own = joint_table(0, found, 200, Target(task="regression", values=values), 200)[found]
    assert np.corrcoef(own, values)[0, 1] > 0.5
    assert abs(np.corrcoef(read, values)[0, 1]) < 0.15


def test_codes_of_rows_that_have_nothing_in_common_have_the_mean_over_all_rows() -> None:
    values = np.array([1.0, 3.0, 8.0, 8.0])
    table = joint_table(0, np.array([0, 0, 1, 1]), 2, Target(task="regression", values=values), 1)
    assert table[1] == 5.0
    assert table[0] < 5.0
