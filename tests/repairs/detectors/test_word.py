from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from journeyman.repairs.detectors import word
from journeyman.repairs.grid import Grid

Given = Callable[[dict[str, list[str]]], Grid]
Told = Callable[[ModuleType, Grid], dict[str, dict[int, str | None]]]

SCHOOLS = [
    f"{name} COLLEGIATE SCHOOL" for name in ("ASH", "BAY", "ELM", "FIR", "OAK", "YEW", "KEY", "ROW", "SKY", "TEN")
]


def test_a_word_that_the_table_holds_often_is_put_right_in_its_capitals(grid_from: Given, told_by: Told) -> None:
    grid = grid_from({"school": [*SCHOOLS, "ZOO COLLEGIATTE SCHOOL", "HUB Colelgiate School"]})
    assert told_by(word, grid) == {"school": {10: "ZOO COLLEGIATE SCHOOL", 11: "HUB Collegiate School"}}


def test_a_word_that_stands_in_the_same_row_is_put_right(grid_from: Given, told_by: Told) -> None:
    streets = ["LIBERTY", "SERRANO", "VELASCO", "BEAUMONT"]
    full = ["LBIERTY ST", "SERRANO DR", "VELASCO AVE", "BEAUMONT AVE"]
    grid = grid_from({"name": streets, "full": full, "sign": ["to LIBERTY", "SERRANO", "VELASCO", "BEAUMONT"]})
    assert told_by(word, grid) == {"full": {0: "LIBERTY ST"}}


@pytest.mark.parametrize(
    "columns",
    [
        {"beer": ["Craft Ale"] * 20 + ["Raft Ale"]},
        {"school": [*SCHOOLS, "COLLEGIATES OF OAK"]},
        {"name": ["Ann Turner", "Bob Turner"], "mail": ["aturner@x.org", "bturner@x.org"]},
        {"name": ["Larson"] * 20 + ["Carson"]},
        {"number": ["1", "2", "3"]},
    ],
)
def test_other_words_and_forms_of_words_stand(columns: dict[str, list[str]], grid_from: Given, told_by: Told) -> None:
    assert told_by(word, grid_from(columns)) == {}
