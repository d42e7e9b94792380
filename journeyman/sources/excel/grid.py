"""A sheet as a grid of typed cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from journeyman.sources.series import spelled

#: What a cell is to the eye that looks for tables: nothing, text, a number, a truth value, a date or time.
EMPTY, TEXT, NUMBER, TRUTH, TIME = "", "text", "number", "truth", "time"
_LIKE_NUMBER = re.compile(r"[ ]*[-+(]?[$€£]?[ ]*[0-9][0-9.,' \u00a0]*(?:[eE][-+]?[0-9]+)?[ ]*%?[)]?[ ]*")


class Hole:
    """What stands for a cell that holds an error, or a formula whose result is not stored: it is missing, not empty."""

    def __repr__(self) -> str:
        return "HOLE"


HOLE = Hole()

#: Two corners of a range, each row and column from 0.
Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Grid:
    """The cells of a sheet.

    Parameters
    ----------
    rows : the sheet's rows from the first, all of one length; an empty cell is None, one without a value `HOLE`
    left : the sheet's column in which the rows begin
    merged : ranges that are shown as one cell; their value is that of their first
    """

    rows: Sequence[Sequence[object]]
    left: int = 0
    merged: tuple[Range, ...] = ()

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.rows[0]) if self.rows else 0

    def within(self, area: Range) -> Grid:
        """The cells of an area, at their places; the rest is empty."""
        (top, left), (bottom, right) = area
        first, last = max(left - self.left, 0), right - self.left + 1
        empty = [None] * max(min(last, self.width) - first, 0)
        rows = [row[first:last] if top <= at <= bottom else empty for at, row in enumerate(self.rows[: bottom + 1])]
        return Grid(rows, self.left + first, self.merged)


def kind_of(cell: object) -> str:
    """What a cell is to the eye. Text that spells a number is a number, and so is a formula without a result.

    >>> kind_of("1,200.50"), kind_of("A12"), kind_of(True), kind_of(None)
    ('number', 'text', 'truth', '')
    """
    if cell is None:
        return EMPTY
    if isinstance(cell, str):
        return NUMBER if cell[:1] not in _LETTERS and _LIKE_NUMBER.fullmatch(cell) else TEXT
    if isinstance(cell, bool):
        return TRUTH
    return NUMBER if isinstance(cell, int | float | Hole) else TIME


_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


def filled(row: Sequence[object], left: int, right: int) -> list[int]:
    """The places of a row's cells that hold something, between two columns, both included."""
    return [place for place in range(left, right + 1) if row[place] is not None]


def majority(cells: Sequence[object], share: float = 0.6) -> str:
    """The kind that most of the cells that hold something are of; `TEXT` where there is none such."""
    counts = Counter(kind for cell in cells if (kind := kind_of(cell)))
    if not counts:
        return TEXT
    kind, count = counts.most_common(1)[0]
    return kind if count >= share * counts.total() else TEXT


def text_of(row: Sequence[object]) -> str:
    """A row as a person sees it: its cells with tabs between them."""
    return "\t".join("" if cell is None or cell is HOLE else spelled(cell) for cell in row).strip("\t")
