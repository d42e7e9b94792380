"""Typed columns in three blocks."""

from __future__ import annotations

import numpy as np

from journeyman.table.columns import MISSING_WORD, Columns, Strings


def three() -> Columns:
    return Columns.of(
        rows=3,
        numbers=np.arange(6.0).reshape(3, 2),
        number_names=("a", "b"),
        dates=np.array([[1], [2], [0]]),
        dates_missing=np.array([[False], [False], [True]]),
        date_names=("when",),
        words=(Strings.of(["x", MISSING_WORD, "x"]),),
        word_names=("w",),
        code_names=("b",),
    )


def test_words_are_coded_in_order_of_appearance() -> None:
    words = Strings.of(["b", "a", "b"])
    assert words.levels == ("b", "a")
    assert words.codes.dtype == np.int32
    assert words.cells().tolist() == ["b", "a", "b"]
    assert words.counts().tolist() == [2, 1]
    assert words.take(np.array([1])).counts().tolist() == [0, 1]
    assert len(words) == 3


def test_no_words() -> None:
    none = Strings.of([])
    assert (len(none), none.cells().tolist(), none.counts().tolist()) == (0, [], [])


def test_blocks_that_are_not_there_are_empty() -> None:
    nothing = Columns.of(rows=4)
    assert (nothing.rows, nothing.names) == (4, ())
    assert nothing.dates.shape == nothing.dates_missing.shape == (4, 0)
    assert Columns.of(rows=2, dates=np.zeros((2, 1), np.int64), date_names=("d",)).dates_missing.shape == (2, 1)


def test_select_without_and_beside() -> None:
    columns = three()
    assert columns.names == ("a", "b", "when", "w")
    some = columns.select(["w", "b"])
    assert some.names == ("b", "w")
    assert some.numbers.tolist() == [[1.0], [3.0], [5.0]]
    assert some.code_names == ("b",)
    rest = columns.without(["w", "b"])
    assert rest.names == ("a", "when")
    assert rest.code_names == ()
    together = rest.beside(some)
    assert together.names == ("a", "b", "when", "w")
    assert together.code_names == ("b",)
    assert np.array_equal(together.numbers, columns.numbers)
    assert np.array_equal(together.dates_missing, columns.dates_missing)


def test_take_keeps_the_order_that_is_asked_for() -> None:
    taken = three().take(np.array([2, 0]))
    assert taken.rows == 2
    assert taken.numbers[:, 0].tolist() == [4.0, 0.0]
    assert taken.dates_missing[:, 0].tolist() == [True, False]
    assert taken.words[0].cells().tolist() == ["x", "x"]


def test_with_numbers_keeps_dates_words_and_codes_that_are_left() -> None:
    changed = three().with_numbers(np.zeros((3, 1)), ["c"])
    assert changed.names == ("c", "when", "w")
    assert changed.code_names == ()
    assert three().with_numbers(np.zeros((3, 1)), ["b"]).code_names == ("b",)
