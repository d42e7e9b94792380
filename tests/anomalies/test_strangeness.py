from __future__ import annotations

import numpy as np
import pytest

from journeyman.anomalies.cells import Cells
from journeyman.anomalies.find import detectors
from journeyman.anomalies.strangeness import Detector, Strangeness

RANDOM = np.random.default_rng(0)
NUMBERS = RANDOM.normal(size=(300, 3))
NUMBERS[5, 1] = np.nan
WORDS = (RANDOM.integers(0, 4, 300), RANDOM.integers(0, 2, 300))
CELLS = Cells(("a", "b", "c", "v", "w"), NUMBERS, WORDS, (-1, -1))
SHELF = list(detectors())


@pytest.mark.parametrize("one", SHELF, ids=lambda one: one.__name__.rpartition(".")[2])
def test_every_detector_keeps_the_contract(one: Detector) -> None:
    first, second = one.strangeness(CELLS), one.strangeness(CELLS)
    assert isinstance(first, Strangeness)
    assert first.rows.shape == (300,)
    assert np.isfinite(first.rows).all()
    assert np.array_equal(first.rows, second.rows)
    if first.cells is not None:
        assert first.cells.shape == (300, 5)
        assert (first.cells >= 0).all()
        assert one.WHY  # type: ignore[attr-defined]  # who tells cells says why


@pytest.mark.parametrize("one", SHELF, ids=lambda one: one.__name__.rpartition(".")[2])
def test_every_detector_takes_words_alone_and_numbers_alone(one: Detector) -> None:
    assert one.strangeness(Cells(("v", "w"), np.empty((300, 0)), WORDS, (-1, -1))).rows.shape == (300,)
    assert one.strangeness(Cells(("a",), NUMBERS[:, :1], ())).rows.shape == (300,)


def test_the_shelf_is_there() -> None:
    assert len(SHELF) == 3
