"""Columns in, answers out."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from journeyman.plan.target import Target
from journeyman.table.columns import Columns, Numbers
from journeyman.teachers.asking import ask, inputs


class Shares:
    """Answers the shares of the classes that it was shown, or the mean."""

    def fit(self, rows: Numbers, wanted: Any) -> Self:
        """Count."""
        self.classes_, counts = np.unique(wanted, return_counts=True)
        self.shares, self.mean = counts / counts.sum(), float(np.mean(wanted))
        return self

    def predict_proba(self, rows: Numbers) -> Numbers:
        """The shares."""
        return np.tile(self.shares, (len(rows), 1))

    def predict(self, rows: Numbers) -> Numbers:
        """The mean."""
        return np.full(len(rows), self.mean, np.float32)


def test_columns_that_say_nothing_stay_out_and_cells_fit_into_small_floats() -> None:
    nan = np.nan
    learn = Columns.of(
        rows=3, numbers=np.array([[1.0, nan, 2.0, nan], [1.0, nan, 1e308, 0.0], [1.0, nan, nan, 1.0]]),
        number_names=("same", "empty", "wide", "code"), code_names=("code",),
    )  # fmt: skip
    known, rows, codes = inputs(learn, learn.take([1]))
    assert known.shape == (3, 2)
    assert np.isfinite(np.float32(rows) ** 2).all()
    assert np.isnan(known[2, 0])
    assert codes == [1]


def test_answers_stand_in_the_order_of_the_target_and_a_class_that_was_not_shown_has_no_chance() -> None:
    rows = np.arange(4.0)[:, None]
    several = Target(task="multiclass", values=np.array([2.0, 2.0, 2.0, 0.0]), classes=("a", "b", "c"))
    assert ask(Shares(), rows, several, rows[:2]).tolist() == [[0.25, 0.0, 0.75]] * 2
    binary = Target(task="binary", values=np.array([0.0, 1.0, 1.0, 1.0]), classes=("no", "yes"))
    assert ask(Shares(), rows, binary, rows[:1]).tolist() == [[0.75]]
    numbers = Target(task="regression", values=np.array([1.0, 2.0, 3.0, 6.0]))
    given = ask(Shares(), rows, numbers, rows[:1])
    assert (given.tolist(), given.dtype) == ([[3.0]], np.float64)


def test_without_anything_to_tell_rows_apart_it_is_the_best_constant() -> None:
    binary = Target(task="binary", values=np.array([1.0, 1.0]), classes=("no", "yes"))
    assert ask(None, np.ones((2, 1)), binary, np.ones((3, 1))).tolist() == [[1.0]] * 3
    numbers = Target(task="regression", values=np.array([1.0, 3.0]))
    assert ask(None, np.ones((2, 0)), numbers, np.ones((1, 0))).tolist() == [[2.0]]
