"""How much sense the cells make that a dialect finds."""

from __future__ import annotations

from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.scoring import score, taken_apart

LINES = ["name;age;city"] + [f"Ada;{age};Rome, Italy" for age in range(20, 40)]


def test_the_true_delimiter_makes_more_sense_than_another() -> None:
    true, other = Dialect(delimiter=";"), Dialect(delimiter=",")
    assert score(taken_apart(LINES, true), true) > score(taken_apart(LINES, other), other)


def test_lines_of_one_cell_make_none() -> None:
    tab = Dialect(delimiter="\t")
    assert score(taken_apart(LINES, tab), tab) == 0.0


def test_quotes_are_counted_and_those_that_stray_too() -> None:
    taken = taken_apart(['"a;b";1', '"x;2', "y;3"], Dialect(delimiter=";"))
    assert taken.rows == [["a;b", "1"], ['"x', "2"], ["y", "3"]]
    assert (taken.quoted, taken.strays) == (1, 1)
