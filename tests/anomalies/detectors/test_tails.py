from __future__ import annotations

import numpy as np
import pytest

from journeyman.anomalies.cells import Cells
from journeyman.anomalies.detectors.tails import strangeness


def test_a_cell_counts_by_how_few_lie_as_far_out() -> None:
    found = strangeness(Cells(("n",), np.arange(100.0)[:, None], ())).cells
    assert found is not None
    assert found[99, 0] == pytest.approx(-np.log(0.02))
    assert found[0, 0] == pytest.approx(-np.log(0.02))
    assert found[50, 0] == pytest.approx(0.0, abs=0.03)


def test_ties_are_no_stranger_than_all_of_them_and_gaps_say_nothing() -> None:
    values = np.array([0.0] * 50 + [1.0] * 49 + [np.nan])
    found = strangeness(Cells(("n",), values[:, None], ())).cells
    assert found is not None
    assert found[:, 0].max() < 0.05
    assert found[99, 0] == 0.0


def test_a_level_counts_by_the_rows_of_levels_as_rare() -> None:
    codes = np.array([0] * 90 + [1] * 8 + [2, 3])
    found = strangeness(Cells(("w",), np.empty((100, 0)), (codes,), (-1,))).cells
    assert found is not None
    assert found[98, 0] == found[99, 0] == pytest.approx(-np.log(0.02))
    assert found[90, 0] == pytest.approx(-np.log(0.10))
    assert found[0, 0] == 0.0
