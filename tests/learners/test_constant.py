from __future__ import annotations

from dataclasses import replace

import numpy as np

from journeyman.learners.constant import Constant
from journeyman.learners.learner import Problem
from journeyman.plan.target import Target
from journeyman.table.columns import Columns


def columns(rows: int) -> Columns:
    return Columns.of(rows=rows, numbers=np.zeros((rows, 1)), number_names=("x",))


def test_gives_the_mean_whatever_the_columns_say() -> None:
    target = Target(task="regression", values=np.array([1.0, 2.0, 6.0]))
    learner = Constant()
    state = learner.fit(columns(3), target)
    assert learner.apply(state, columns(2)).numbers.tolist() == [[3.0], [3.0]]


def test_gives_every_class_its_weighted_share() -> None:
    target = Target(
        task="multiclass",
        values=np.array([0.0, 1.0, 1.0, 2.0]),
        classes=("a", "b", "c", "never"),
        weights=np.array([1.0, 1.0, 1.0, 5.0]),
    )
    state = Constant().fit(columns(4), target)
    np.testing.assert_allclose(Constant().apply(state, columns(1)).numbers, [[0.125, 0.25, 0.625, 0.0]])


def test_is_always_on_the_board_as_the_simplest_floor() -> None:
    (candidate,) = Constant.candidates(Problem(task="binary", rows=10, numbers=1, classes=2))
    assert candidate.floor
    assert candidate.weight == 0


def test_gives_the_median_where_absolute_errors_count() -> None:
    target = Target(task="regression", values=np.array([1.0, 2.0, 9.0, 100.0]))
    columns = Columns.of(rows=4)
    assert Constant(loss="absolute").fit(columns, target)["answer"].tolist() == [5.5]
    weighted = replace(target, weights=np.array([1.0, 1.0, 5.0, 1.0]))
    assert Constant(loss="absolute").fit(columns, weighted)["answer"].tolist() == [9.0]
    assert Constant().fit(columns, target)["answer"].tolist() == [28.0]
    (candidate,) = Constant.candidates(Problem(task="regression", rows=4, metric="mae"))
    assert candidate.learner == Constant(loss="absolute")
