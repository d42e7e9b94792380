from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.broken_dependency import look
from journeyman.table.finding import Skip
from journeyman.table.table import Table

Make = Callable[..., Table]


def cities(slips: int, seed: int = 0) -> dict[str, list[str]]:
    random = np.random.default_rng(seed)
    code = random.integers(0, 60, 2000)
    city = np.array([f"city {one % 12}" for one in code])
    city[random.choice(2000, slips, replace=False)] = "city 3"
    return {
        "code": [f"z{one}" for one in code],
        "city": city.tolist(),
        "noise": random.choice(["a", "b", "c"], 2000).tolist(),
    }


def test_a_few_rows_that_break_a_dependency_are_told(table_of: Make) -> None:
    cells = cities(0)
    cells["city"][7], cells["city"][11] = "elsewhere", "city x"
    found = look(table_of(cells), Brief())
    assert not isinstance(found, Skip)
    assert [(one.columns, one.rows, one.severity) for one in found] == [(("code", "city"), (7, 11), "warning")]
    assert "'code' fixes 'city' in all but 2 rows" in found[0].message


def test_dependencies_that_hold_chance_and_many_exceptions_are_not(table_of: Make) -> None:
    assert look(table_of(cities(0)), Brief()) == ()
    assert look(table_of(cities(100)), Brief()) == ()
    random = np.random.default_rng(3)
    rare = {f"x{place}": np.where(random.random(2000) < 0.004, "yes", "no").tolist() for place in range(6)}
    assert look(table_of(rare), Brief()) == ()


def test_one_column_has_nothing_to_depend_on(table_of: Make) -> None:
    assert isinstance(look(table_of({"x": ["a", "b"] * 50, "y": np.linspace(0, 1, 100)}), Brief()), Skip)
