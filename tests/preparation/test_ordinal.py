"""Level numbers."""

from __future__ import annotations

import numpy as np

from journeyman.plan.target import Target
from journeyman.preparation.encode.ordinal import Ordinal
from journeyman.table.columns import MISSING_WORD, Columns, Strings

TARGET = Target(task="regression", values=np.zeros(4))


def words(*columns: list[str]) -> Columns:
    names = [f"w{place}" for place in range(len(columns))]
    return Columns.of(rows=len(columns[0]), words=[Strings.of(one) for one in columns], word_names=names)


def test_numbers_by_frequency_missing_where_training_held_it_and_nan_for_the_rest() -> None:
    train = words(["b", "a", "a", MISSING_WORD], ["x", "x", "y", "y"])
    new = words(["a", MISSING_WORD, "new", "b"], ["y", "x", MISSING_WORD, "z"])
    step = Ordinal()
    done = step.apply(step.fit(train, TARGET), new)
    wanted = [[0, 1], [1, 0], [np.nan, np.nan], [2, np.nan]]
    assert np.array_equal(done.numbers, wanted, equal_nan=True)
    assert done.number_names == done.code_names == ("w0", "w1")
    assert done.word_names == ()


def test_numbers_stand_behind_the_others() -> None:
    train = words(["b", "a"]).with_numbers(np.array([[7.0], [8.0]]), ["n"])
    step = Ordinal()
    done = step.apply(step.fit(train, TARGET), train)
    assert done.number_names == ("n", "w0")
    assert done.code_names == ("w0",)
    assert done.numbers.tolist() == [[7.0, 1.0], [8.0, 0.0]]
