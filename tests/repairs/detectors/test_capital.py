from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from journeyman.repairs.detectors import capital
from journeyman.repairs.grid import Grid

Given = Callable[[dict[str, list[str]]], Grid]
Told = Callable[[ModuleType, Grid], dict[str, dict[int, str | None]]]

SCHOOLS = [f"SCHOOL OF {chr(65 + place % 26)}RTS {place}" for place in range(60)]
NAMES = [f"Anna Smith{'' if place % 3 else 'son'} {chr(65 + place % 26)}." for place in range(60)]


def test_a_small_letter_among_capitals_is_taken_out(grid_from: Given, told_by: Told) -> None:
    assert told_by(capital, grid_from({"school": [*SCHOOLS, "FORTk HIGH", "SCHOOL oof"]})) == {
        "school": {60: "FORT HIGH", 61: None},
    }  # fmt: skip


def test_a_lone_letter_behind_a_word_and_marks_are_taken_off(grid_from: Given, told_by: Told) -> None:
    found = told_by(capital, grid_from({"name": [*NAMES, "Tushka z", "Brett Agee***", "aTim Allen"]}))
    assert found == {"name": {60: "Tushka", 61: "Brett Agee", 62: None}}


@pytest.mark.parametrize("more", [["McDonald", "O'Neil", "de la Cruz"], ["iPhone"] * 12, ["Vitamin C", "Plan b"]])
def test_how_people_write_names_stands(more: list[str], grid_from: Given, told_by: Told) -> None:
    odd = told_by(capital, grid_from({"name": [*NAMES, *more]})).get("name", {})
    assert len(odd) <= 1
