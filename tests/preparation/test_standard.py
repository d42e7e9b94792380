"""Standard scores."""

from __future__ import annotations

import numpy as np

from journeyman.plan.target import Target
from journeyman.preparation.scale.standard import Standard
from journeyman.table.columns import Columns

TARGET = Target(task="regression", values=np.zeros(3))


def scaled(cells: list[float], new: list[float]) -> list[float]:
    step = Standard()
    state = step.fit(Columns.of(rows=len(cells), numbers=np.array(cells)[:, None], number_names=["n"]), TARGET)
    given = Columns.of(rows=len(new), numbers=np.array(new)[:, None], number_names=["n"])
    return step.apply(state, given).numbers[:, 0].tolist()


def test_scores_have_mean_0_and_sd_1() -> None:
    cells = np.random.default_rng(np.random.PCG64(1)).normal(1e6, 0.01, 500)
    scores = np.array(scaled(cells.tolist(), cells.tolist()))
    assert abs(scores.mean()) < 1e-6
    assert abs(scores.std() - 1) < 1e-6
    assert np.allclose(scores, (cells - cells.mean()) / cells.std(), atol=1e-6)


def test_missing_stays_missing_and_is_not_counted() -> None:
    scores = scaled([1.0, 3.0, np.nan], [2.0, 4.0, np.nan])
    assert scores[:2] == [0.0, 2.0]
    assert np.isnan(scores[2])


def test_a_constant_column_is_not_blown_up() -> None:
    # The mean of three times 0.1 is not 0.1 in float64; an sd made of that error would turn 0.2 into 10^15.
    assert scaled([0.1, 0.1, 0.1], [0.1, 0.2]) == [0.0, 0.1]


def test_extreme_numbers_are_held_within_the_limit() -> None:
    assert scaled([0.0, 1.0, 2.0], [1e308, -1e308]) == [12.0, -12.0]
    assert scaled([-1.7e308, 1.7e308], [1.7e308, 0.0]) == [1.0, 0.0]
    assert scaled([1e-300, 0.0], [1.0]) == [12.0]
    assert scaled([np.nan, np.nan], [3.0]) == [3.0]
