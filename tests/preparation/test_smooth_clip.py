"""Robust scores, drawn in."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.plan.target import Target
from journeyman.preparation.scale.smooth_clip import SmoothClip
from journeyman.table.columns import Columns

TARGET = Target(task="regression", values=np.zeros(1))


def drawn(cells: list[float], new: list[float]) -> list[float]:
    step = SmoothClip()
    state = step.fit(Columns.of(rows=len(cells), numbers=np.array(cells)[:, None], number_names=["n"]), TARGET)
    given = Columns.of(rows=len(new), numbers=np.array(new)[:, None], number_names=["n"])
    return step.apply(state, given).numbers[:, 0].tolist()


def test_near_numbers_are_robust_scores_and_far_ones_come_no_further_than_the_bound() -> None:
    done = drawn([0.0, 1, 2, 3, 4, np.nan], [2.0, 4.0, 3.0, 1e308, -1e308, np.nan])
    assert done[:3] == pytest.approx([0.0, 1 / np.sqrt(1 + 1 / 9), 0.5 / np.sqrt(1 + 1 / 36)])
    assert done[3:5] == pytest.approx([3.0, -3.0])
    assert np.isnan(done[5])


def test_without_a_middle_half_the_range_counts_and_without_that_one() -> None:
    assert drawn([5.0] * 9 + [9.0], [5.0, 7.0])[1] == pytest.approx(1 / np.sqrt(1 + 1 / 9))
    assert drawn([5.0] * 9, [5.0, 6.0]) == pytest.approx([0.0, 1 / np.sqrt(1 + 1 / 9)])
    assert drawn([np.nan, np.nan], [0.0])[0] == 0.0


def test_columns_of_0_and_1_stay() -> None:
    assert drawn([0.0, 1.0, np.nan], [0.0, 1.0, 0.25, 1e308, -5.0]) == [0.0, 1.0, 0.25, 1.0, 0.0]
    assert drawn([1.0, 1.0], [1.0]) == [1.0]


def test_level_codes_stay_as_they_are() -> None:
    given = Columns.of(rows=3, numbers=np.array([[0.0], [1.0], [7.0]]), number_names=["n"], code_names=["n"])
    assert SmoothClip().fit_apply(given, TARGET)[1].numbers[:, 0].tolist() == [0.0, 1.0, 7.0]


def test_extreme_numbers_in_training_give_finite_scores() -> None:
    assert np.isfinite(drawn([-1.7e308, -1e308, 1e308, 1.7e308], [1.7e308, 0.0])).all()
    assert np.isfinite(drawn([5e-324, 0.0, 1e-323, 0.0, 2e-323], [5e-324, 1.0])).all()
