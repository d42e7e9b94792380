"""One line is taken apart as its dialect says; what does not fit is said, not guessed."""

from __future__ import annotations

import pytest

from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.parsing import parse_line

PLAIN = Dialect()
BACKSLASH = Dialect(escape="\\")


@pytest.mark.parametrize(
    ("line", "dialect", "cells"),
    [
        ("a,b,c", PLAIN, ["a", "b", "c"]),
        ('"a,b","c""d",', PLAIN, ["a,b", 'c"d', ""]),
        ("", PLAIN, [""]),
        ('5" pipe,x', PLAIN, ['5" pipe', "x"]),
        (r'"8\'9\" long","C:\\",a\,b', BACKSLASH, [r"8\'9" + '" long', "C:\\", "a,b"]),
        ('"a""b",c', BACKSLASH, ['a"b', "c"]),
        ('a, b,  c, "d, e", ', Dialect(blanks="one"), ["a", "b", " c", "d, e", ""]),
        ("a||b|c||", Dialect(delimiter="||"), ["a", "b|c", ""]),
        ('  1   "b c"  3 ', Dialect(delimiter=" ", blanks="run"), ["1", "b c", "3"]),
        ('| a | "b|c" |', Dialect(delimiter="|", blanks="around"), ["", "a", "b|c", ""]),
        ("'it''s',2", Dialect(quote="'"), ["it's", "2"]),
        ("ab  12", Dialect(delimiter=" ", quote="", slots=(0, 4)), ["ab", "12"]),
        ("a,b", Dialect(delimiter=""), ["a,b"]),
    ],
)
def test_cells(line: str, dialect: Dialect, cells: list[str]) -> None:
    parsed = parse_line(line, dialect)
    assert parsed.cells == cells
    assert parsed.open is None
    assert not parsed.stray


def test_an_open_quote_goes_on_in_the_next_line() -> None:
    first = parse_line('1,"two', PLAIN)
    assert (first.cells, first.open) == (["1"], "two")
    second = parse_line('lines",3', PLAIN, (first.open or "") + "\n")
    assert (second.cells, second.quoted) == (["two\nlines", "3"], [True, False])


@pytest.mark.parametrize("line", ['""URL",x', '"a" b,c', '"a"b'])
def test_a_quote_that_does_not_close_its_cell_is_stray(line: str) -> None:
    assert parse_line(line, PLAIN).stray


def test_a_quote_inside_a_bare_cell_is_a_character_of_it() -> None:
    parsed = parse_line('x"y,z', PLAIN)
    assert (parsed.cells, parsed.literal, parsed.stray) == (['x"y', "z"], True, False)
