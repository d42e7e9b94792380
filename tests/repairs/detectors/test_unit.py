from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from journeyman.repairs.detectors import unit
from journeyman.repairs.grid import Grid

Given = Callable[[dict[str, list[str]]], Grid]
Told = Callable[[ModuleType, Grid], dict[str, dict[int, str | None]]]

SHARES = [f"0.0{place}" for place in range(40, 100)]


def test_a_unit_in_few_cells_is_taken_off(grid_from: Given, told_by: Told) -> None:
    grid = grid_from({"alcohol": [*SHARES, "0.05%", "0.061%", "0.055999999999999994%"]})
    assert told_by(unit, grid) == {"alcohol": {60: "0.05", 61: "0.061", 62: "0.056"}}


def test_per_cent_of_a_share_is_a_hundredth(grid_from: Given, told_by: Told) -> None:
    assert told_by(unit, grid_from({"share": [*SHARES, "5%", "6%", "7%"]})) == {
        "share": {60: "0.05", 61: "0.06", 62: "0.07"},
    }  # fmt: skip


def test_one_unit_in_several_spellings_leaves_the_number(grid_from: Given, told_by: Told) -> None:
    cells = ["12.0 oz", "16.0 oz."] * 20 + ["12.0 ounce", "8.4 OZ"] * 20
    found = told_by(unit, grid_from({"size": cells}))["size"]
    assert len(found) == 80
    assert set(found.values()) == {"12", "16", "8.4"}


def test_other_units_are_told_in_the_usual_one(grid_from: Given, told_by: Told) -> None:
    grid = grid_from({"weight": [f"{place} kg" for place in range(1, 60)] + ["500 g", "250 g", "100 g"]})
    assert told_by(unit, grid) == {"weight": {59: "0.5 kg", 60: "0.25 kg", 61: "0.1 kg"}}


@pytest.mark.parametrize(
    "cells",
    [
        [f"{place} kg" for place in range(60)],
        [f"{place}%" for place in range(60)],
        [f"{place % 28} {month}" for place in range(40) for month in ("Jan", "Feb", "Mar")],
        [f"{place} Main Street" for place in range(30)] + [f"{place} Oak Avenue" for place in range(30)],
        ["14", "18", "26", "11"] * 20 + ["08B", "04A", "08B", "08B", "04A"],
        SHARES,
    ],
)
def test_what_is_written_in_one_way_stands(cells: list[str], grid_from: Given, told_by: Told) -> None:
    assert told_by(unit, grid_from({"cell": cells})) == {}
