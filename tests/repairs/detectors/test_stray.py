from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from journeyman.repairs.detectors import stray
from journeyman.repairs.grid import Grid

Given = Callable[[dict[str, list[str]]], Grid]
Told = Callable[[ModuleType, Grid], dict[str, dict[int, str | None]]]

NUMBERS = [str(place * 7 % 400 + 100) for place in range(100)]


def test_a_letter_in_a_number_is_taken_out(grid_from: Given, told_by: Told) -> None:
    grid = grid_from({"score": [*NUMBERS, "44f3", "z360", "377***", "1.5w"]})
    assert told_by(stray, grid) == {"score": {100: "443", 101: "360", 102: "377", 103: "1.5"}}


def test_a_needless_zero_is_told_and_not_repaired(grid_from: Given, told_by: Told) -> None:
    assert told_by(stray, grid_from({"score": [*NUMBERS, "048"]})) == {"score": {100: None}}


@pytest.mark.parametrize(
    "more", [["031A"] * 20, ["s"] * 30, ["a12b", "x"], ["0.5", "0.25", "01"], ["10-20", ">5"], ["5kg"], []]
)
def test_what_may_mean_something_stands(more: list[str], grid_from: Given, told_by: Told) -> None:
    assert told_by(stray, grid_from({"score": [*NUMBERS, *more]})) == {}
