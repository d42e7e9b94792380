"""Cells and ranges as spreadsheets name them."""

from __future__ import annotations

import re

_RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?")


def cell_name(row: int, column: int) -> str:
    """The name of a cell.

    Parameters
    ----------
    row, column : from 0

    >>> cell_name(6, 2), cell_name(0, 702)
    ('C7', 'AAA1')
    """
    return f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    """The letters of a column, counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def range_name(first: tuple[int, int], last: tuple[int, int]) -> str:
    """The name of a range by its corners, each row and column.

    >>> range_name((3, 1), (203, 6))
    'B4:G204'
    """
    return f"{cell_name(*first)}:{cell_name(*last)}"


def range_of(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The corners of a range; None where the text names none.

    >>> range_of("B4:G204"), range_of("Notes")
    (((3, 1), (203, 6)), None)
    """
    found = _RANGE.fullmatch(text.strip())
    if found is None:
        return None
    left, top, right, bottom = found.groups()
    first = (int(top) - 1, column_of(left))
    last = (int(bottom) - 1, column_of(right)) if bottom else first
    return (min(first[0], last[0]), min(first[1], last[1])), (max(first[0], last[0]), max(first[1], last[1]))


def column_of(letters: str) -> int:
    """The number of a column, from 0.

    >>> column_of("C"), column_of("aaa")
    (2, 702)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
