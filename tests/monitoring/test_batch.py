from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.monitoring.batch import Batch, Break, no_rows


def test_rows_without_an_answer_or_an_outcome_are_told_apart(rows_of: Callable[..., Batch]) -> None:
    batch = rows_of([1.0, np.nan, 2.0], [1.0, 1.0, np.nan])
    assert batch.answered.tolist() == [True, False, True]
    assert batch.known.tolist() == [True, False, False]
    assert len(batch.take(batch.known)) == 1


def test_nothing_is_known_where_no_outcome_was_given(rows_of: Callable[..., Batch]) -> None:
    assert not rows_of([1.0, 2.0]).known.any()


def test_a_batch_that_could_not_be_predicted_has_no_rows() -> None:
    batch = no_rows(2, 1, [Break("missing_column", "a", "gone", "find it", True)])
    assert batch.stops
    assert len(batch) == 0
    assert batch.breaks[0].as_data()["column"] == "a"
