from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from journeyman.repairs.detectors import spelling
from journeyman.repairs.grid import Grid

Given = Callable[[dict[str, list[str]]], Grid]
Told = Callable[[ModuleType, Grid], dict[str, dict[int, str | None]]]


def test_a_slip_of_a_frequent_word_is_repaired(grid_from: Given, told_by: Told) -> None:
    grid = grid_from({"sex": ["Female"] * 40 + ["Male"] * 30 + ["Femael", "ale", "MALE", "Feemale", "female "]})
    assert told_by(spelling, grid) == {
        "sex": {70: "Female", 71: "Male", 72: "Male", 73: "Female", 74: "Female"},
    }  # fmt: skip


def test_several_letters_overwritten_by_one_are_read_through(grid_from: Given, told_by: Told) -> None:
    grid = grid_from({"kind": ["acute care hospitals"] * 30 + ["acuxe care hospixals", "acutexcarexhospitals"]})
    assert told_by(spelling, grid)["kind"] == {30: "acute care hospitals", 31: "acute care hospitals"}


@pytest.mark.parametrize(
    "words",
    [
        ["beer"] * 40 + ["bear"] * 30,
        ["AL"] * 300 + ["LA"] * 20 + ["CA", "NY", "TX", "FL", "OH", "UT", "GA", "IA"] * 100,
        ["A"] * 90 + ["AE"] * 80 + ["AH"] * 70 + ["AO"] * 60,
        ["STUDY4"] * 200 + ["STUDY1"] * 3,
        ["12"] * 300 + ["21", "112", "1"],
        ["John Smith", "Jon Smith", "John Smyth", "Joan Smith"],
    ],
)
def test_words_that_are_near_by_nature_stand(words: list[str], grid_from: Given, told_by: Told) -> None:
    assert told_by(spelling, grid_from({"word": words})) == {}


def test_slips_around_one_code_are_told_though_they_are_many(grid_from: Given, told_by: Told) -> None:
    slips = ["3504C"] * 20 + ["5043C"] * 20 + ["30543C"] * 20 + ["3504C3"] * 20 + ["35043xC"] * 4
    found = told_by(spelling, grid_from({"code": ["35043C"] * 60 + ["21001B"] * 200 + slips}))
    assert set(found["code"].values()) == {"35043C"}
    assert len(found["code"]) == len(slips)


def test_a_rule_knows_a_slip_that_it_never_saw(grid_from: Given) -> None:
    (rule,) = spelling.learn(grid_from({"town": ["Lisbon"] * 20 + ["Porto"] * 20}))
    found = spelling.apply(rule, grid_from({"town": ["Lisboon", "Porto", "Madrid"]}))
    assert found is not None
    assert (found.rows.tolist(), found.after.tolist()) == ([0], ["Lisbon"])
