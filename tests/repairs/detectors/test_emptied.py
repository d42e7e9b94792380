from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from journeyman.repairs.detectors import emptied
from journeyman.repairs.grid import Grid

Given = Callable[[dict[str, list[str]]], Grid]
Told = Callable[[ModuleType, Grid], dict[str, dict[int, str | None]]]


def table(gaps: int, gappy: int) -> dict[str, list[str]]:
    columns = {f"word {place}": ["yes", "no"] * 50 for place in range(6)}
    for place in range(gappy):
        columns[f"word {place}"] = ["yes", "no"] * ((100 - gaps) // 2) + [""] * gaps
    return columns


def test_few_empty_cells_of_one_column_are_told_and_not_filled(grid_from: Given, told_by: Told) -> None:
    assert told_by(emptied, grid_from(table(4, 1))) == {"word 0": dict.fromkeys(range(96, 100))}


@pytest.mark.parametrize(("gaps", "gappy"), [(40, 1), (4, 4), (0, 1)])
def test_gaps_that_are_usual_stand(gaps: int, gappy: int, grid_from: Given, told_by: Told) -> None:
    assert told_by(emptied, grid_from(table(gaps, gappy))) == {}


def test_a_table_without_columns_says_nothing(grid_from: Given, told_by: Told) -> None:
    assert told_by(emptied, grid_from({})) == {}
