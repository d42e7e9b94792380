"""Cells as the eye sees them."""

from __future__ import annotations

from datetime import date

import pytest

from journeyman.sources.excel.grid import Grid, filled, kind_of, majority, text_of


@pytest.mark.parametrize("text", ["12", "-3.5", "1,200.50", "1 200,50", "(12)", "$5", "7%", "1e9", "٣٤"[:0] or "0"])
def test_text_that_spells_a_number_is_a_number(text: str) -> None:
    assert kind_of(text) == "number"


@pytest.mark.parametrize("text", ["A12", "12 kg", "2024-05-01", "n/a", "-", "12/3", "Total 5"])
def test_other_text_is_text(text: str) -> None:
    assert kind_of(text) == "text"


def test_the_majority_names_a_column() -> None:
    assert majority([1, 2.5, None, "x", 3]) == "number"
    assert majority([1, "x", "y", None]) == "text"
    assert majority([None, None]) == "text"
    assert majority([date(2024, 1, 1), None]) == "time"
    assert majority([True, False]) == "truth"


def test_an_area_keeps_its_place() -> None:
    grid = Grid([["a", "b", "c"], [1, 2, 3], [4, 5, 6]], left=1)
    inside = grid.within(((1, 2), (1, 3)))
    assert inside.rows == [[None, None], [2, 3]]
    assert inside.left == 2
    assert grid.within(((0, 9), (5, 12))).width == 0
    assert grid.within(((0, 0), (0, 1))).rows == [["a"]]


def test_rows_are_shown_with_tabs() -> None:
    assert text_of([None, "Total", 4.0, None, 0.5, None]) == "Total\t4\t\t0.5"
    assert filled([None, 1, None, 2], 0, 2) == [1]
