from __future__ import annotations

import numpy as np
import pytest

from journeyman.evaluation.residuals import BARS, BINS, residuals
from journeyman.plan.target import Target
from journeyman.statistics.folds import Folds, make_folds
from journeyman.table.columns import Numbers


def made(rows: int = 3000) -> tuple[Numbers, Target, Folds]:
    random = np.random.default_rng(0)
    predicted = random.uniform(0, 100, rows)
    target = Target(task="regression", values=predicted + random.normal(0, 10, rows))
    return predicted[:, None], target, make_folds("random", 5, rows=rows)


def test_errors_are_those_that_were_made() -> None:
    found = residuals(*made())
    assert found is not None
    assert found.half == pytest.approx(6.745, rel=0.1)
    assert found.most == pytest.approx(16.45, rel=0.1)
    assert found.without == pytest.approx(25, rel=0.15)
    assert sum(found.counts) == found.rows == 3000
    assert len(found.edges) == BARS + 1


def test_bands_hold_eight_in_ten() -> None:
    found = residuals(*made())
    assert found is not None
    assert len(found.bands) == BINS
    assert sum(one.rows for one in found.bands) == 3000
    for one in found.bands:
        assert one.low < one.middle < one.high
        assert one.middle == pytest.approx(one.predicted, abs=4)


def test_answers_without_errors_have_bars_too() -> None:
    target = Target(task="regression", values=np.arange(10.0))
    found = residuals(np.arange(10.0)[:, None], target, make_folds("random", 2, rows=10))
    assert found is not None
    assert (found.half, found.most, sum(found.counts)) == (0.0, 0.0, 10)


def test_classes_and_single_rows_have_none() -> None:
    answers, target, folds = made()
    classes = Target(task="binary", values=np.zeros(3000), classes=("a", "b"))
    assert residuals(answers, classes, folds) is None
    assert residuals(answers[:1], target.take([0]), Folds("random", 1, np.zeros(1, np.int64))) is None
    assert residuals(answers * np.nan, target, folds) is None
