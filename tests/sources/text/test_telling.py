"""What was left out is told with counts, lines and the text of the first."""

from __future__ import annotations

from journeyman.sources.text.telling import EXAMPLES, PLACES, SHOWN, LeftOut, findings_of, second_table, shown_text


def test_each_reason_is_told_once_with_its_lines() -> None:
    blank, note = findings_of(
        [LeftOut("blank_lines", 3), LeftOut("preamble", 1, "Sales"), LeftOut("blank_lines", 1_007)]
    )
    assert (blank.code, blank.severity, blank.numbers["count"], blank.numbers["lines"]) == (
        "blank_lines",
        "info",
        2,
        [3, 1_007],
    )
    assert "2 lines" in blank.message
    assert "first: line 3)" in blank.message
    assert "1 line above the table is no part of it" in note.message
    assert "line 1: 'Sales'" in note.message


def test_many_lines_are_counted_and_the_first_are_named() -> None:
    (found,) = findings_of([LeftOut("footer", line, f"note {line}") for line in range(1, 501)], "row")
    assert found.numbers["count"] == 500
    assert found.numbers["rows"] == list(range(1, PLACES + 1))
    assert found.numbers["text"] == [f"note {line}" for line in range(1, EXAMPLES + 1)]


def test_another_table_is_told_with_where_it_begins() -> None:
    (found,) = findings_of([LeftOut("second_table", 40, "x,y"), LeftOut("second_table", 41, "1,2")])
    assert (found.code, found.severity, found.numbers["count"]) == ("second_table", "warning", 2)
    assert "line 40 ('x,y')" in found.message
    assert "once more" in second_table([LeftOut("second_table", 40, "x,y")], "line", again=True).message


def test_long_texts_are_shown_by_their_beginning() -> None:
    assert shown_text("x" * SHOWN) == "x" * SHOWN
    assert shown_text("x" * (SHOWN + 1)) == "x" * (SHOWN - 1) + "…"
