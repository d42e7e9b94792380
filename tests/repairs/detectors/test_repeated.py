from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from journeyman.repairs.detectors import repeated
from journeyman.repairs.grid import Grid

Given = Callable[[dict[str, list[str]]], Grid]
Told = Callable[[ModuleType, Grid], dict[str, dict[int, str | None]]]


def test_an_identifier_that_was_copied_is_told(grid_from: Given, told_by: Told) -> None:
    keys = [f"K{place + 1000}" for place in range(200)]
    for place in (20, 60, 100, 140):
        keys[place] = "K1003"
    found = told_by(repeated, grid_from({"key": keys, "town": ["Oslo", "Rome", "Bern", "Kyiv"] * 50}))
    assert found == {"key": dict.fromkeys((3, 20, 60, 100, 140))}


def test_a_long_number_hardly_comes_twice(grid_from: Given, told_by: Told) -> None:
    rates = [f"{28.12345678 + place * 0.0137:.8f}" for place in range(120)]
    rates[50] = rates[10]
    assert told_by(repeated, grid_from({"rate": rates})) == {"rate": {10: None, 50: None}}


@pytest.mark.parametrize("copies", [5, 2])
def test_rows_of_one_thing_may_share_its_name(copies: int, grid_from: Given, told_by: Told) -> None:
    names, sites = [f"Name {place}" for place in range(150)], [f"www.{place}.org" for place in range(150)]
    for place in range(copies):
        names[place * 20], sites[place * 20] = "Dove School", "www.dove.org"
    assert told_by(repeated, grid_from({"name": names, "site": sites})) == {}


def test_round_numbers_and_words_that_recur_stand(grid_from: Given, told_by: Told) -> None:
    rates = [f"{place * 0.0137 + 2:.6f}" for place in range(120)] + ["1.0"] * 6
    words = ["yes", "no"] * 63
    assert told_by(repeated, grid_from({"rate": rates, "word": words})) == {}
