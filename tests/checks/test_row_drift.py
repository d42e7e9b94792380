from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.row_drift import look
from journeyman.table.finding import Finding, Skip
from journeyman.table.table import Table

Make = Callable[..., Table]


def test_columns_that_begin_or_stop_are_told(table_of: Make) -> None:
    random = np.random.default_rng(0)
    begins = random.normal(size=1000)
    begins[:400] = np.nan
    stuck = random.normal(size=1000)
    stuck[600:] = 7.0
    stops: list[str | None] = ["a", "b"] * 500
    stops[500:] = [None] * 500
    found = look(table_of({"begins": begins, "stuck": stuck, "stops": stops, "x": random.normal(size=1000)}), Brief())
    assert isinstance(found, Finding)
    assert (found.code, found.severity, found.columns) == ("row_drift", "info", ("begins", "stuck", "stops"))
    assert found.numbers["begins"] == [0.0, 1.0]


def test_sorted_files_random_gaps_and_short_tables_are_not(table_of: Make) -> None:
    random = np.random.default_rng(1)
    gaps = random.normal(size=1000)
    gaps[random.random(1000) < 0.5] = np.nan
    cells = {
        "sorted": np.arange(1000.0),
        "gaps": gaps,
        "school": np.arange(1000.0) // 500,
        "empty": [None] * 999 + [1.0],
    }
    assert look(table_of(cells), Brief()) is None
    assert isinstance(look(table_of({"x": range(100)}), Brief()), Skip)
