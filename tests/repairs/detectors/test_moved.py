from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from journeyman.repairs.detectors import moved
from journeyman.repairs.grid import Grid

Given = Callable[[dict[str, list[str]]], Grid]
Told = Callable[[ModuleType, Grid], dict[str, dict[int, str | None]]]

TOWNS, STATES = ["Austin", "Salem", "Fort Worth", "Dover"] * 20, ["TX", "OR", "TX", "DE"] * 20


def test_what_stands_in_the_wrong_cell_is_put_into_the_empty_one(grid_from: Given, told_by: Told) -> None:
    towns = [*TOWNS, "Austin TX", "Fort Worth TX", "Salem, OR", "Dover DE"]
    found = told_by(moved, grid_from({"town": towns, "state": [*STATES, "", "", "", ""]}))
    assert found == {
        "town": {80: "Austin", 81: "Fort Worth", 82: "Salem", 83: "Dover"},
        "state": {80: "TX", 81: "TX", 82: "OR", 83: "DE"},
    }  # fmt: skip


@pytest.mark.parametrize("states", [["CA"] * 4, [""] * 4])
def test_nothing_is_moved_where_the_cell_is_filled_or_says_nothing(
    states: list[str], grid_from: Given, told_by: Told
) -> None:
    towns = ["New TX", "Old TX", "Big OR", "Port DE"] if states[0] else ["Austin", "Salem", "Dover", "Salem"]
    assert told_by(moved, grid_from({"town": [*TOWNS, *towns], "state": [*STATES, *states]})) == {}
