from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import numpy as np
import pytest

from journeyman.repairs.detectors import dependency
from journeyman.repairs.grid import Grid

Given = Callable[[dict[str, list[str]]], Grid]
Told = Callable[[ModuleType, Grid], dict[str, dict[int, str | None]]]

CODES = [f"code {place % 12}" for place in range(240)]
TOWNS = [["Oslo", "Rome", "Bern", "Kyiv", "Riga", "Bonn"][place % 6] for place in range(240)]


def test_a_cell_that_breaks_what_the_others_say_is_repaired(grid_from: Given, told_by: Told) -> None:
    towns = list(TOWNS)
    towns[30], towns[101] = "Rome", "Narnia"
    assert told_by(dependency, grid_from({"code": CODES, "town": towns})) == {"town": {30: "Oslo", 101: "Bonn"}}


def test_the_cell_at_fault_is_told_and_not_those_beside_it(grid_from: Given, told_by: Told) -> None:
    codes = list(CODES)
    codes[30] = "code 1"
    site = [f"site {code}" for code in CODES]
    name = [f"name {code}" for code in CODES]
    found = told_by(dependency, grid_from({"code": codes, "town": TOWNS, "site": site, "name": name}))
    assert found == {"code": {30: "code 6"}}


def test_a_rule_says_what_new_rows_do_not_hold(grid_from: Given) -> None:
    (rule,) = [one for one in dependency.learn(grid_from({"code": CODES, "town": TOWNS})) if one.column == "town"]
    found = dependency.apply(rule, grid_from({"code": ["code 1", "code 2", "code 99"], "town": ["Paris", "", "Paris"]}))
    assert found is not None
    assert (found.rows.tolist(), found.after.tolist()) == ([0], ["Rome"])
    assert dependency.apply(rule, grid_from({"town": ["Paris"]})) is None


@pytest.mark.parametrize("seed", range(3))
def test_columns_that_mostly_go_together_do_not_say_each_other(seed: int, grid_from: Given, told_by: Told) -> None:
    random = np.random.default_rng(seed)
    first = random.integers(0, 5, 400)
    second = np.where(random.random(400) < 0.75, first, random.integers(0, 5, 400))
    near = np.clip(first + random.integers(-1, 2, 400) * (random.random(400) < 0.1), 0, 4)
    rare = random.random(400) < 0.02
    columns = {
        "a": [f"a{one}" for one in first], "b": [f"b{one}" for one in second], "rooms": [str(one) for one in first],
        "beds": [str(one) for one in near], "fraud": ["yes" if one else "no" for one in rare],
    }  # fmt: skip
    found = told_by(dependency, grid_from({name: columns[name] for name in ("a", "b", "fraud")}))
    assert found == {}
    assert told_by(dependency, grid_from({name: columns[name] for name in ("rooms", "beds")})) == {}
