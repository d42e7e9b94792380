from __future__ import annotations

import numpy as np

from journeyman.statistics.irregular import irregular


def test_what_is_far_out_or_rare_stands_out() -> None:
    random = np.random.default_rng(0)
    numbers = [random.normal(size=2000), random.normal(size=2000)]
    codes = random.integers(0, 4, 2000)
    numbers[0][7], codes[11] = 40.0, 4
    found = irregular(numbers, [codes])
    assert found.cells.shape == (2000, 3)
    assert found.scores.argmax() == 7
    assert found.cells[7, 1] == 0
    assert found.cells[11, 2] > 7
    assert (found.cells[:, 2] > 0).sum() == 1


def test_cells_that_are_common_but_hardly_ever_together_stand_out() -> None:
    random = np.random.default_rng(1)
    sex = random.integers(0, 2, 2000)
    pregnant = np.where(sex == 1, random.integers(0, 2, 2000), 0)
    sex[5], pregnant[5] = 0, 1
    found = irregular([], [sex, pregnant])
    assert found.scores.argmax() == 5
    assert found.which[5].tolist() == [0, 1]
    assert (found.pairs > 0).sum() == 1


def test_columns_of_names_and_constants_say_nothing() -> None:
    found = irregular([np.full(300, 3.0)], [np.arange(300)])
    assert not found.scores.any()


def test_few_missing_cells_are_rare_and_many_are_not() -> None:
    few, many = np.arange(1000.0) % 7, np.arange(1000.0) % 7
    few[:3], many[:300] = np.nan, np.nan
    found = irregular([few, many], [])
    assert found.cells[:3, 0].min() > 5
    assert not found.cells[:, 1].any()
