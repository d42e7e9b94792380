"""Medians for missing numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeyman.plan.target import Target
from journeyman.preparation.impute.median import Median, medians
from journeyman.table.columns import Columns

TARGET = Target(task="regression", values=np.zeros(4))


def columns(*numbers: list[float]) -> Columns:
    names = [f"n{place}" for place in range(len(numbers))]
    return Columns.of(rows=len(numbers[0]), numbers=np.array(numbers).T, number_names=names)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-1e300, 1e300) | st.just(np.nan), min_size=1, max_size=9))
def test_medians_are_numpys(cells: list[float]) -> None:
    array = np.array(cells)[:, None]
    wanted = 0.0 if np.isnan(array).all() else float(np.nanmedian(array))
    assert medians(array)[0] == pytest.approx(wanted, rel=1e-12, abs=1e-300)


def test_the_largest_doubles_have_a_finite_median() -> None:
    assert medians(np.array([[1.7e308], [1.7e308], [1.5e308], [1.5e308]]))[0] == pytest.approx(1.6e308)


def test_missing_becomes_the_median_and_is_flagged_where_training_missed_some() -> None:
    train = columns([1.0, np.nan, 3.0, 9.0], [5.0, 5.0, 7.0, 8.0], [np.nan] * 4)
    step = Median()
    state = step.fit(train, TARGET)
    new = step.apply(state, columns([np.nan, 2.0], [np.nan, 1.0], [4.0, np.nan]))
    assert new.number_names == ("n0", "n1", "n2", "n0 is missing", "n2 is missing")
    assert new.numbers.tolist() == [[3.0, 6.0, 4.0, 1.0, 0.0], [2.0, 1.0, 0.0, 0.0, 1.0]]


def test_flags_can_be_left_out() -> None:
    step = Median(flags=False)
    train = columns([1.0, np.nan, 3.0, 9.0])
    assert step.apply(step.fit(train, TARGET), train).number_names == ("n0",)
