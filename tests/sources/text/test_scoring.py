"""Lines make sense under the dialect they were written in, and less under others."""

from __future__ import annotations

from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.scoring import score, taken_apart

LINES = ["name;price;day", *(f"tea no. {place};{place},5;2024-01-{place:02d}" for place in range(1, 20))]


def value(dialect: Dialect, lines: list[str] = LINES) -> float:
    return score(taken_apart(lines, dialect), dialect)


def test_the_right_delimiter_makes_most_sense() -> None:
    right = value(Dialect(delimiter=";"))
    assert right > 0.6
    for other in (",", " ", "-", "|"):
        assert value(Dialect(delimiter=other)) < right / 2


def test_broken_quotes_and_empty_columns_make_less() -> None:
    stray = [line.replace(";", ';"', 1) for line in LINES]
    assert value(Dialect(delimiter=";"), stray) < value(Dialect(delimiter=";"))
    hollow = [line.replace(";", ";;") for line in LINES]
    assert value(Dialect(delimiter=";"), hollow) < value(Dialect(delimiter=";;"), hollow)


def test_cells_over_several_lines_are_one_record() -> None:
    taken = taken_apart(['a,"b', 'c"', "d,e"], Dialect())
    assert taken.rows == [["a", "b\nc"], ["d", "e"]]
    assert taken.strays == 0
