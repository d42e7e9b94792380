"""The first lines of a text, taken apart before it is known which are rows."""

from __future__ import annotations

from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.head import head_of, records_of_head


def test_lines_end_with_any_of_three_and_count_as_in_the_file() -> None:
    head = head_of("a,b\r\n1,2\n3,4")
    assert head.lines == ("a,b", "1,2", "3,4")
    assert [head.number(line) for line in range(3)] == [1, 2, 3]
    assert head.start(3) == len(head.text)
    assert head_of("a,b\r1,2\r3,4\r").lines == ("a,b", "1,2", "3,4")


def test_a_return_in_a_quoted_cell_ends_no_line() -> None:
    head = head_of('a,b\n"x\ry",2\n' + "3,4\n" * 5)
    assert not head.returns
    assert head.lines[1] == '"x\ry",2'


def test_a_delimiter_that_the_file_names_is_known() -> None:
    assert head_of("sep=;\na;b\n").delimiter() == ";"
    assert head_of("a;b\n").delimiter() == ""


def test_a_quoted_cell_may_go_over_lines_and_one_that_is_never_closed_does_not() -> None:
    records = records_of_head(['"x', 'y",2', "", "3,4"], Dialect())
    assert [(one.cells, one.line, one.lines) for one in records] == [
        (["x\ny", "2"], 0, 2),
        ([], 2, 1),
        (["3", "4"], 3, 1),
    ]
    broken = records_of_head(['"x,2', "3,4"], Dialect())
    assert [one.is_sound for one in broken] == [False, True]
    assert broken[0].cells == ['"x', "2"]
