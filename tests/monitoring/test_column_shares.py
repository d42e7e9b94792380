from __future__ import annotations

import numpy as np
import pytest

from journeyman.monitoring.column_shares import between_folds, shares_of
from journeyman.monitoring.reference import Reference
from journeyman.statistics.proportion import proportion


def test_every_column_has_shares_that_come_to_all_and_limits_above_them(reference: Reference) -> None:
    for one in (*reference.columns, reference.answer):
        assert sum(one.shares) == pytest.approx(1)
        assert all(share <= limit <= 1 for share, limit in zip(one.shares, one.limits, strict=True))
    tenure = reference.columns[0]
    assert tenure.losses[0] != tenure.losses[5]
    # Who pays by the month leaves more often than who signed for two years.
    answers = dict(zip(reference.columns[2].bins.names, reference.columns[2].answers, strict=True))
    assert answers["monthly"] > answers["two years"] + 0.1


def test_shares_are_bounded_as_a_single_share_is() -> None:
    random = np.random.default_rng(0)
    codes, clusters = random.integers(0, 3, 500), np.repeat(np.arange(50), 10)
    shares, upper = shares_of(codes, clusters, 4, 1.959964)
    for code in range(3):
        one = proportion(codes == code, np.ones(500), clusters)
        assert shares[code] == pytest.approx(one.value)
        assert upper[code] == pytest.approx(one.high, abs=0.02)


def test_folds_that_answer_differently_make_shares_less_sure() -> None:
    fold = np.repeat(np.arange(5), 200)
    alike = np.random.default_rng(0).integers(0, 2, 1000)
    assert between_folds(alike, fold, 2).max() < 0.03
    assert between_folds((fold % 2).astype(np.int64), fold, 2).min() > 0.4
