from __future__ import annotations

import numpy as np

from journeyman.monitoring.counts import answers_counted, counted, expected, limits_of
from journeyman.monitoring.reference import Reference


def test_counts_stand_where_their_expectations_and_limits_stand(small: Reference) -> None:
    codes = np.array([0, 0, 1, 3, 5], np.uint8)[:, None]
    assert counted(small, codes, beside=False).tolist() == [2, 1, 0]
    assert counted(small, codes, beside=True).tolist() == [1, 0, 1]
    assert expected(small, beside=False).tolist() == [0.3, 0.4, 0.3]
    assert limits_of(small, beside=True).tolist() == [0.05, 0.05, 0.05]


def test_answers_are_counted_by_their_bins_and_refused_rows_are_not(small: Reference) -> None:
    answers = np.array([[0.5], [1.5], [9.0], [np.nan]])
    assert answers_counted(small, answers).tolist() == [1, 1, 1]
