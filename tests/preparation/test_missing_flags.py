"""Flags beside numbers that were missing in training."""

from __future__ import annotations

import numpy as np

from journeyman.plan.combine import Chain
from journeyman.plan.target import Target
from journeyman.preparation.impute.median import Median
from journeyman.preparation.impute.missing_flags import MissingFlags
from journeyman.table.columns import Columns

TARGET = Target(task="regression", values=np.zeros(2))
COLUMNS = Columns.of(
    rows=2, numbers=np.array([[1.0, np.nan, np.nan], [2.0, 5.0, np.nan]]), number_names=("full", "some", "none")
)


def test_only_columns_with_some_missing_cells_get_a_flag_and_numbers_stay() -> None:
    step = MissingFlags()
    state, done = step.fit_apply(COLUMNS, TARGET)
    assert done.number_names == ("full", "some", "none", "some is missing")
    assert np.array_equal(done.numbers[:, :3], COLUMNS.numbers, equal_nan=True)
    assert done.numbers[:, 3].tolist() == [1.0, 0.0]
    new = COLUMNS.with_numbers(np.array([[np.nan, 3.0, 4.0]]), COLUMNS.number_names)
    assert step.apply(state, new).numbers[0, 3] == 0.0


def test_medians_behind_it_flag_nothing_twice() -> None:
    _, done = Chain(steps=(MissingFlags(), Median())).fit_apply(COLUMNS, TARGET)
    assert done.number_names == ("full", "some", "none", "some is missing", "none is missing")


def test_a_column_that_has_the_flags_name_is_left_alone() -> None:
    named = COLUMNS.with_numbers(COLUMNS.numbers, ("some is missing", "some", "none"))
    assert MissingFlags().fit_apply(named, TARGET)[1].names == named.names
