"""Cells that stand below each other are found by the blanks between them."""

from __future__ import annotations

from journeyman.sources.text.slots import find_slots


def test_columns_begin_behind_places_that_are_always_blank() -> None:
    lines = ["name    age town", "Ada      36 Rome", "Cem Bey   7 Bonn", "Dora    104"]
    assert find_slots(lines) == (0, 8, 12)


def test_the_first_column_begins_at_the_edge_even_where_it_stands_to_the_right() -> None:
    assert find_slots(["  n x", "  1 a", " 20 b", "300 c"]) == (0, 4)
    assert find_slots(["   n x", "   1 a", "  20 b", " 300 c"]) == (0, 5)


def test_three_lines_are_too_few() -> None:
    lines = ["name age", "Ada   36", "Bo    41", "Cem   43"]
    assert find_slots(lines) == (0, 5)
    assert find_slots(lines[:3]) == ()


def test_words_below_each_other_are_no_table() -> None:
    assert find_slots(["name town", "Ada  Rome", "Bo   Bonn", "Cem  Kiel"]) == ()


def test_cells_that_line_up_at_neither_end_are_no_column() -> None:
    assert find_slots(["name  1", " Ada  2", "Bo    3", "  Cem 4"]) == ()


def test_a_tab_takes_one_place() -> None:
    assert find_slots(["name\tage", "Ada \t 36", "Bo  \t 41", "Cem \t 43"]) == (0, 5)
