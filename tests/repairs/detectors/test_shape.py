from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from journeyman.repairs.detectors import shape
from journeyman.repairs.grid import Grid

Given = Callable[[dict[str, list[str]]], Grid]
Told = Callable[[ModuleType, Grid], dict[str, dict[int, str | None]]]

CODES = [f"{place % 90 + 10}M{place + 300}" for place in range(100)]


def test_a_code_of_another_shape_is_told_and_mended_where_one_slip_does_it(grid_from: Given, told_by: Told) -> None:
    grid = grid_from({"code": [*CODES, "9M504", "17K-5x7", "24Mp538", "31M614***", "4M1723"]})
    assert told_by(shape, grid) == {"code": {100: None, 101: None, 102: "24M538", 103: "31M614", 104: "41M723"}}


def test_a_mark_that_was_lost_or_swapped_is_put_back(grid_from: Given, told_by: Told) -> None:
    phones = [f"(918) 696-{place + 1000}" for place in range(80)]
    grid = grid_from({"phone": [*phones, "(405)547-5703", "(40)5 275-6094"]})
    assert told_by(shape, grid) == {"phone": {80: "(405) 547-5703", 81: "(405) 275-6094"}}


@pytest.mark.parametrize(
    "cells",
    [
        [f"{place * 37 % 1000} Main Street {place}" for place in range(60)] + ["Rural Route 6, Box 2840"],
        [f"1549138_{place * 7}" for place in range(60)],
        [f"${place * 317:,}.{place % 90 + 10}" for place in range(1, 90)],
        [f"{place}" for place in range(95)] + ["12.5"],
        ["word"] * 50 + ["Word 2"],
        [f"{place % 28 + 1}.{place % 12 + 1}.2024" for place in range(200)],
    ],
)
def test_what_may_have_any_shape_stands(cells: list[str], grid_from: Given, told_by: Told) -> None:
    assert told_by(shape, grid_from({"cell": cells})) == {}
