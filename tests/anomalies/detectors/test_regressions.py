from __future__ import annotations

import numpy as np

from journeyman.anomalies.cells import Cells
from journeyman.anomalies.detectors.regressions import strangeness
from journeyman.anomalies.detectors.tails import strangeness as by_tails

RANDOM = np.random.default_rng(0)


def test_a_cell_that_breaks_what_holds_between_columns_is_found_though_it_is_common() -> None:
    first = RANDOM.uniform(-1.5, 1.5, 600)
    numbers = np.column_stack([first, first**2, RANDOM.normal(size=600)])
    numbers += 0.05 * RANDOM.normal(size=numbers.shape)
    numbers[11, :2] = 1.3, 0.2
    cells = Cells(("a", "square", "other"), numbers, ())
    found = strangeness(cells)
    assert found.cells is not None
    assert found.rows.argmax() == 11
    assert found.cells[11].argmax() == 1
    assert by_tails(cells).rows[11] < np.quantile(by_tails(cells).rows, 0.9)


def test_a_level_that_does_not_go_with_the_others_is_found() -> None:
    codes = RANDOM.integers(0, 3, 600)
    numbers = (codes + 0.1 * RANDOM.normal(size=600))[:, None]
    wrong = codes.copy()
    wrong[4] = (codes[4] + 1) % 3
    found = strangeness(Cells(("n", "w", "again"), numbers, (wrong, codes), (-1, -1)))
    assert found.cells is not None
    assert found.cells[:, 1].argmax() == 4


def test_a_missing_number_is_no_surprise() -> None:
    numbers = RANDOM.normal(size=(300, 2))
    numbers[9, 0] = np.nan
    found = strangeness(Cells(("a", "b"), numbers, ()))
    assert found.cells is not None
    assert found.cells[9, 0] == 0.0
