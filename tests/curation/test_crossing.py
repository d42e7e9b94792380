from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.curation.crossing import crossing
from journeyman.table.table import Table


def test_ids_that_never_meet_twice_cross(table_of: Callable[..., Table]) -> None:
    pairs = np.random.default_rng(0).permutation(200 * 150)[:9000]
    cells = {"user": pairs // 150, "film": pairs % 150, "x": np.random.default_rng(1).normal(size=9000)}
    table = table_of(cells)
    assert crossing(table, "user", tuple(table.schema)) == "film"
    again = table_of({name: np.r_[one, one[:3000]] for name, one in cells.items()})
    assert crossing(again, "user", tuple(again.schema)) == ""


def test_levels_and_chance_meetings_do_not(table_of: Callable[..., Table]) -> None:
    random = np.random.default_rng(0)
    table = table_of({"user": random.integers(0, 200, 9000), "film": random.integers(0, 150, 9000), "w": ["a"] * 9000})
    assert crossing(table, "user", tuple(table.schema)) == ""
