from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from journeyman.repairs.detectors import number
from journeyman.repairs.grid import Grid

Given = Callable[[dict[str, list[str]]], Grid]
Told = Callable[[ModuleType, Grid], dict[str, dict[int, str | None]]]

SCORES = [str(300 + place * 37 % 200) for place in range(200)]


def test_numbers_beside_the_one_value_are_put_back(grid_from: Given, told_by: Told) -> None:
    grid = grid_from({"depth": ["-9999.0"] * 90 + ["-10082.5", "-7799.4", "-14463.7"]})
    assert told_by(number, grid) == {"depth": {90: "-9999.0", 91: "-9999.0", 92: "-9999.0"}}


def test_what_gaps_may_have_been_filled_with_repairs_nothing(grid_from: Given, told_by: Told) -> None:
    grid = grid_from({"income": ["4127.35"] * 90 + ["3900.5", "4410.25", "5020.75"]})
    assert told_by(number, grid) == {"income": {90: None, 91: None, 92: None}}


def test_numbers_far_from_all_others_are_told(grid_from: Given, told_by: Told) -> None:
    assert told_by(number, grid_from({"score": [*SCORES, "41", "39", "4010000"]})) == {
        "score": {200: None, 201: None, 202: None},
    }  # fmt: skip


@pytest.mark.parametrize(
    "cells",
    [
        SCORES,
        ["0"] * 90 + ["12.5", "7.25", "100"],
        [str(round(1.1**place, 3)) for place in range(120)],
        ["1", "2", "3"] * 30 + ["900"],
        [*SCORES, *["9999999"] * 8],
        ["word"] * 50,
    ],
)
def test_long_tails_codes_and_what_recurs_stand(cells: list[str], grid_from: Given, told_by: Told) -> None:
    assert told_by(number, grid_from({"cell": cells})) == {}
