from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from journeyman.repairs.detectors import missing_word
from journeyman.repairs.grid import Grid

Given = Callable[[dict[str, list[str]]], Grid]
Told = Callable[[ModuleType, Grid], dict[str, dict[int, str | None]]]

NUMBERS = [str(place * 7 % 90) for place in range(60)]


def test_words_for_missing_among_numbers_become_empty(grid_from: Given, told_by: Told) -> None:
    grid = grid_from({"age": [*NUMBERS, "N/A", "?", "none", "***"]})
    assert told_by(missing_word, grid) == {"age": {60: "", 61: "", 62: "", 63: ""}}


def test_marks_alone_among_words_have_no_repair(grid_from: Given, told_by: Told) -> None:
    grid = grid_from({"town": ["Oslo", "Rome"] * 20 + ["***", "N/A"]})
    assert told_by(missing_word, grid) == {"town": {40: None, 41: ""}}


@pytest.mark.parametrize(
    "cells",
    [
        ["+", "-"] * 30,
        ["NA", "EU", "AS"] * 20,
        ["Not Applicable"] * 60 + ["1", "2"] * 20,
        ["none", "some", "all"] * 20,
        ["?"] * 20,
        ["good", "bad"] * 20 + ["★★", "👍", "$$"],
        [*NUMBERS, ""],
    ],
)
def test_what_may_be_an_answer_stands(cells: list[str], grid_from: Given, told_by: Told) -> None:
    assert told_by(missing_word, grid_from({"cell": cells})) == {}
