from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.redundant_columns import look
from journeyman.table.finding import Finding, Skip
from journeyman.table.table import Table

Make = Callable[..., Table]


def test_other_names_of_levels_and_other_units_are_one(table_of: Make) -> None:
    random = np.random.default_rng(0)
    level = random.integers(0, 5, 400)
    metres = random.normal(size=400)
    metres[3] = np.nan
    cells = {
        "code": level + 0.0, "word": [f"w{4 - one}" for one in level], "m": metres, "cm": metres * 100 + 7,
        "rough": metres + random.normal(0, 0.05, 400), "filled": np.nan_to_num(metres),
    }  # fmt: skip
    found = look(table_of(cells), Brief())
    assert isinstance(found, Finding)
    assert found.numbers["groups"] == [["code", "word"], ["m", "cm"]]
    assert found.severity == "info"


def test_gaps_in_other_rows_and_columns_that_differ_in_every_row_are_not_one(table_of: Make) -> None:
    one = ["a", "b", None, "c"] * 20
    other = ["a", "b", "c", None] * 20
    cells = {"one": one, "other": other, "k": [f"k{row}" for row in range(80)], "l": [f"l{row}" for row in range(80)]}
    assert look(table_of(cells), Brief()) is None
    assert isinstance(look(table_of({"x": range(5), "z": range(5)}), Brief()), Skip)
