from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.capped_values import look
from journeyman.table.table import Table

Make = Callable[..., Table]


def test_a_pile_at_the_largest_value_is_told_and_of_a_target_warned_of(table_of: Make) -> None:
    value = np.random.default_rng(0).normal(100, 30, 2000)
    capped = np.minimum(value, 150.0)
    found = look(table_of({"x": capped, "y": capped, "z": value}), Brief(predict="y"))
    assert [(one.columns[0], one.severity, one.numbers["cap"]) for one in found] == [
        ("x", "info", 150.0),
        ("y", "warning", 150.0),
    ]


def test_counts_levels_and_zeros_are_no_cap(table_of: Make) -> None:
    random = np.random.default_rng(1)
    cells = {
        "rounded": np.round(random.normal(0, 20, 3000)),
        "levels": random.integers(1, 11, 3000) + 0.0,
        "share": random.random(3000),
        "hours": random.integers(0, 60, 3000) + 0.0,
    }
    assert look(table_of(cells), Brief()) == ()
