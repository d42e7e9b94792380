"""Where in a grid of cells the table is, and that everything that is left out is told."""

from __future__ import annotations

from journeyman.sources.layout import Layout, lay_out, several_names

NAMES = ["name", "age", "town"]
ROWS = [["Ada", "36", "Rome"], ["Bo", "41", "Bonn"], ["Cem", "43", "Kiel"], ["Dora", "29", "Rome"]]
COUNTS = [[str(place), str(place * 7 % 20), str(place + 0.5)] for place in range(12)]


def codes(found: Layout) -> list[str]:
    return [one.code for one in found.findings]


def test_a_table_alone_is_all_there_is() -> None:
    found = lay_out([NAMES, *ROWS])
    assert (found.first, found.header, found.rows()) == (0, tuple(NAMES), [1, 2, 3, 4])
    assert (found.left_out, found.findings) == ((), ())


def test_what_stands_above_and_below_is_left_out_and_told() -> None:
    found = lay_out([["Report of the year"], [], NAMES, *ROWS, [], ["Total", "149"]])
    assert (found.first, found.header, found.rows()) == (2, tuple(NAMES), [3, 4, 5, 6])
    assert found.left_out == ((0, "preamble"), (1, "blank_lines"), (7, "blank_lines"), (8, "footer"))
    assert codes(found) == ["preamble", "blank_lines", "footer"]
    assert found.findings[1].numbers["rows"] == [2, 8]


def test_a_note_below_many_rows_is_no_row() -> None:
    found = lay_out([NAMES, *ROWS * 150, ["Source: the survey of 1999"]])
    assert (len(found.rows()), found.left_out) == (600, ((601, "footer"),))


def test_empty_columns_at_the_edges_are_none_and_one_between_is() -> None:
    found = lay_out([["", *row[:2], "", *row[2:], ""] for row in [NAMES, *ROWS]])
    assert found.columns == (1, 2, 3, 4)
    assert found.header == ("name", "age", "", "town")


def test_an_empty_row_between_rows_is_left_out() -> None:
    found = lay_out([NAMES, *ROWS[:2], ["", " ", ""], *ROWS[2:]])
    assert (found.rows(), found.left_out) == ([1, 2, 4, 5], ((3, "blank_lines"),))


def test_another_table_below_is_left_out() -> None:
    found = lay_out(
        [NAMES, *ROWS, [], ["city", "year", "land"], ["Rome", "1900", "IT"], ["Bonn", "1901", "DE"]], "line"
    )
    assert found.rows() == [1, 2, 3, 4]
    assert [place for place, code in found.left_out if code == "second_table"] == [6, 7, 8]
    assert "in line 7 ('city year land')" in next(one for one in found.findings if one.code == "second_table").message


def test_two_rows_of_names_are_joined() -> None:
    found = lay_out([["control", "", "fire"], ["X", "Y", "X"], *COUNTS])
    assert found.header == ("control X", "control Y", "fire X")
    assert found.rows() == list(range(2, 14))
    assert found.findings == (several_names([1, 2], "row"),)
    assert found.findings[0].numbers == {"count": 2, "rows": [1, 2]}


def test_an_empty_grid_has_no_rows() -> None:
    grids: list[list[list[str]]] = [[], [[]], [["", ""], [""]]]
    for grid in grids:
        found = lay_out(grid)
        assert (found.rows(), found.columns, found.header) == ([], (), ())
