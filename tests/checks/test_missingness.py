from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.missingness import look
from journeyman.table.finding import Finding, Skip
from journeyman.table.table import Table

Make = Callable[..., Table]


def table(make: Make, seed: int = 0) -> Table:
    random = np.random.default_rng(seed)
    y = random.random(3000) < 0.4
    other = random.normal(size=3000)
    cells = {name: random.normal(size=3000) for name in ("chance", "speaks", "hangs", "also", "full")}
    cells["chance"][random.random(3000) < 0.2] = np.nan
    cells["speaks"][random.random(3000) < np.where(y, 0.4, 0.2)] = np.nan
    gone = other > 1
    cells["hangs"][gone] = np.nan
    cells["also"][gone] = np.nan
    return make({**cells, "other": other, "y": y + 0.0})


def test_gaps_are_told_with_what_they_go_with(table_of: Make) -> None:
    found = look(table(table_of), Brief(predict="y"))
    assert isinstance(found, Finding)
    assert (found.code, found.severity) == ("missingness", "info")
    assert set(found.columns) == {"chance", "speaks", "hangs", "also"}
    assert list(found.numbers["tell_target"]) == ["speaks"]
    assert found.numbers["told_by"]["hangs"][0] == "other"
    assert set(found.numbers["told_by"]) == {"hangs"}
    assert "'hangs' (and 1 column in the same rows)" in found.message


def test_without_a_target_the_others_are_told_and_few_gaps_are_none(table_of: Make) -> None:
    found = look(table(table_of), Brief())
    assert isinstance(found, Finding)
    assert not found.numbers["tell_target"]
    few = table_of({"x": [None] * 3 + [1.0] * 997, "z": range(1000)})
    assert isinstance(look(few, Brief()), Skip)


def test_random_gaps_of_many_columns_go_with_nothing(table_of: Make) -> None:
    random = np.random.default_rng(5)
    cells = {f"x{place}": random.normal(size=400) for place in range(20)}
    for one in cells.values():
        one[random.random(400) < 0.3] = np.nan
    found = look(table_of({**cells, "y": (random.random(400) < 0.5) + 0.0}), Brief(predict="y"))
    assert isinstance(found, Finding)
    assert not found.numbers["tell_target"]
    assert not found.numbers["told_by"]
