from __future__ import annotations

import numpy as np
import pytest

from journeyman.anomalies.cells import Cells
from journeyman.anomalies.detectors import neighbours
from journeyman.anomalies.detectors.neighbours import strangeness


def test_a_row_between_the_groups_is_far_from_all_though_no_cell_is_far_out() -> None:
    random = np.random.default_rng(0)
    group = np.repeat([-1.0, 1.0], 200)
    numbers = 3 * group[:, None] + 0.3 * random.normal(size=(400, 2))
    numbers[7] = 0.0
    found = strangeness(Cells(("a", "b"), numbers, ()))
    assert found.rows.argmax() == 7


def test_the_cell_in_which_a_row_is_far_from_its_neighbours_weighs_most() -> None:
    random = np.random.default_rng(1)
    numbers = random.normal(size=(400, 3))
    numbers[7, 1] = 9.0
    found = strangeness(Cells(("a", "b", "c"), numbers, ()))
    assert found.cells is not None
    assert found.cells[7].argmax() == 1


def test_fewer_rows_than_neighbours_are_enough() -> None:
    assert strangeness(Cells(("a",), np.arange(5.0)[:, None], ())).rows.shape == (5,)


def test_distances_are_those_of_every_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(2).normal(size=(60, 3))
    cells = Cells(("a", "b", "c"), values, ())
    scaled = cells.scaled.values
    apart = np.sqrt(((scaled[:, None] - scaled) ** 2).sum(axis=2))
    wanted = np.sort(apart, axis=1)[:, 1:11].mean(axis=1)
    assert np.allclose(strangeness(cells).rows, wanted)
    monkeypatch.setattr(neighbours, "_PAIRS", 100)
    assert np.allclose(strangeness(cells).rows, wanted)
