"""Where a table begins: its width, its names, its first row."""

from __future__ import annotations

from journeyman.sources.text.top import find_top, usual_width

NAMES = ["name", "age", "town"]
ROWS = [["Ada", "36", "Rome"], ["Bo", "41", "Bonn"], ["Cem", "43", "Kiel"], ["Dora", "29", "Rome"]]
COUNTS = [[str(place), str(place * 7 % 20), str(place + 0.5)] for place in range(12)]


def test_rows_of_numbers_have_no_names() -> None:
    top = find_top(COUNTS)
    assert (top.width, top.header, top.body) == (3, (), 0)


def test_comments_above_the_names_are_told_from_a_preamble() -> None:
    commented = find_top([["# by hand"], ["# in May"], ["a", "b", "c"], *COUNTS])
    assert (commented.header, commented.body) == ((2,), 3)
    assert commented.left_out == ((0, "comment_lines"), (1, "comment_lines"))
    titled = find_top([["by hand"], ["in May"], ["a", "b", "c"], *COUNTS])
    assert titled.left_out == ((0, "preamble"), (1, "preamble"))


def test_the_usual_width_is_that_of_the_rows_and_not_of_a_list_above() -> None:
    assert usual_width([["title"], ["key", "value"], NAMES, *ROWS * 5]) == 3
    assert usual_width([["title"], ["", "", "", ""], NAMES, *ROWS]) == 3
    assert usual_width([]) == 1
