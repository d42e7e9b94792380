"""Rows taken apart into arrays and put together again."""

from __future__ import annotations

import numpy as np

from journeyman.plan.examples import examples_of, examples_state
from journeyman.plan.target import Target
from journeyman.table.columns import MISSING_WORD, Columns, Strings


def rows() -> Columns:
    return Columns.of(
        rows=3,
        numbers=np.array([[1.0, np.nan], [2.0, 0.0], [3.0, -1e300]]),
        number_names=("a", "b"),
        dates=np.array([[0], [1], [2**62]]),
        dates_missing=np.array([[True], [False], [False]]),
        date_names=("day",),
        words=[Strings.of(["ü", MISSING_WORD, ""]), Strings.of(["x", "y", "x"])],
        word_names=("town", "note"),
        code_names=("b",),
        text_names=("note",),
    )


def same(one: Columns, other: Columns) -> bool:
    names = ("number_names", "date_names", "word_names", "code_names", "text_names", "words")
    blocks = ("numbers", "dates", "dates_missing")
    return all(
        np.array_equal(getattr(one, name), getattr(other, name), equal_nan=name == "numbers") for name in blocks
    ) and all(
        [*map(str, getattr(one, name))] == [*map(str, getattr(other, name))] for name in names
    )  # fmt: skip


def test_all_that_is_known_of_rows_comes_back() -> None:
    target = Target(
        task="binary", values=np.array([0.0, 1.0, 1.0]), classes=("no", "yes"), weights=np.array([1.0, 2.0, 0.5]),
        groups=np.array([0, 0, 1]), order=np.array([3, 2, 1]), fold_kind="forward", seed=7,
    )  # fmt: skip
    state = examples_state(rows(), target)
    assert all(
        isinstance(one, np.ndarray) and not one.dtype.hasobject and "/" not in name for name, one in state.items()
    )
    columns, back = examples_of(state)
    assert same(columns, rows())
    assert (back.task, back.classes, back.fold_kind, back.seed) == ("binary", ("no", "yes"), "forward", 7)
    for name in ("values", "weights", "groups", "order"):
        assert np.array_equal(getattr(back, name), getattr(target, name))


def test_what_is_not_there_stays_away() -> None:
    columns = Columns.of(rows=2, numbers=np.zeros((2, 1)), number_names=("a",))
    back_columns, back = examples_of(examples_state(columns, Target(task="regression", values=np.ones(2))))
    assert (back.weights, back.groups, back.order, back.classes) == (None, None, None, ())
    assert same(back_columns, columns)
