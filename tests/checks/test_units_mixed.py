from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from journeyman.brief.brief import Brief
from journeyman.checks.units_mixed import look
from journeyman.table.table import Table

Make = Callable[..., Table]


@pytest.mark.parametrize("factor", [1000.0, 100.0])
def test_cells_in_another_unit_are_told_with_the_factor(table_of: Make, factor: float) -> None:
    random = np.random.default_rng(0)
    weight = random.lognormal(np.log(70), 0.2, 1000)
    weight[::20] *= factor
    (found,) = look(table_of({"weight": weight}), Brief())
    assert (found.code, found.severity, found.numbers["factor"]) == ("units_mixed", "warning", factor)
    assert found.rows == tuple(range(0, 1000, 20))
    assert "divide them by" in found.remedy.words


@pytest.mark.parametrize("seed", range(6))
def test_heavy_tails_two_kinds_and_zeros_are_no_units(table_of: Make, seed: int) -> None:
    random = np.random.default_rng(seed)
    cells = {
        "lognormal": random.lognormal(3, 2, 2000),
        "two kinds": np.where(random.random(2000) < 0.3, random.normal(1000, 30, 2000), random.normal(10, 3, 2000)),
        "zeros": np.where(random.random(2000) < 0.5, 0.0, random.lognormal(5, 0.2, 2000)),
        "levels": random.choice([1.0, 100.0, 1000.0], 2000),
        "uniform": random.random(2000) * 1e6,
    }
    assert look(table_of(cells), Brief()) == ()
