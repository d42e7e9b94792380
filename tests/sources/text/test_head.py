"""The first lines: where they end, which delimiter they name, and which of them are one record."""

from __future__ import annotations

from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.head import head_of, records_of_head


def test_lines_and_where_they_begin() -> None:
    head = head_of("a,b\r\n1,2\n3,4")
    assert head.lines == ("a,b", "1,2", "3,4")
    assert head.starts == (0, 5, 9)
    assert [head.start(line) for line in (2, 3)] == [9, 12]
    assert [head.number(line) for line in range(3)] == [1, 2, 3]


def test_a_lone_return_ends_lines_where_they_are_many() -> None:
    assert head_of("a\rb\rc\r").lines == ("a", "b", "c")
    assert head_of("x\n" * 50 + "a\rb\n").lines[-1] == "a\rb"
    assert not head_of('a,"b\rc"\n').returns


def test_the_first_line_may_name_the_delimiter() -> None:
    assert head_of("sep=;\na;b\n").delimiter() == ";"
    assert head_of('"SEP=|"\na|b\n').delimiter() == "|"
    assert head_of("sep,b\n").delimiter() == ""


def test_records_over_several_lines_and_broken_ones() -> None:
    lines = ['1,"two', 'lines",3', "", '"open,x', "4,5,6"]
    records = records_of_head(lines, Dialect())
    assert [(one.cells, one.line, one.lines, one.is_sound) for one in records] == [
        (["1", "two\nlines", "3"], 0, 2, True),
        ([], 2, 1, True),
        (['"open', "x"], 3, 1, False),
        (["4", "5", "6"], 4, 1, True),
    ]
