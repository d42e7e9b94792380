"""A table on a sheet, and the rows around and among its own that are none of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Left:
    """A row of the sheet that is no row of the table.

    Parameters
    ----------
    row : its number, from 0
    why : ``"preamble"`` (above), ``"footer"`` (totals, and notes below), ``"label"`` (of the rows below it),
        ``"repeated_header"`` (which stays in the body)
    """

    row: int
    why: str


@dataclass(frozen=True, kw_only=True)
class SheetTable:
    """A table on a sheet.

    Parameters
    ----------
    header : the rows that name the columns; none where the first row already is data
    body : the rows of the table, in order
    left, right : the columns of the grid between which it lies, both included
    names : the columns' names; ``""`` where none is given
    kinds : what most cells of each column are
    apart : rows above, among and below that are none of the table's
    """

    header: tuple[int, ...]
    body: tuple[int, ...]
    left: int
    right: int
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    apart: tuple[Left, ...] = ()

    @property
    def size(self) -> int:
        """How many cells the body has."""
        return len(self.body) * (self.right - self.left + 1)

    @property
    def last(self) -> int:
        """The last row of the table."""
        return max((*self.header, *self.body))

    @property
    def first(self) -> int:
        """The first row of the table."""
        return min((*self.header, *self.body))
