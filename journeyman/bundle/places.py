"""Where a row of a new table stands, as people look it up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from journeyman.table.columns import Integers


@dataclass(frozen=True)
class Places:
    """Says where rows stand: in which line of a text file, in which row of a sheet, or which of the rows they are.

    Parameters
    ----------
    name : the file, empty for tables in memory
    lines : the line of each row, from 1, or of those that are to be told; None where there are no lines
    numbers : (rows,) the number of each row in the table, from 0; None where all of them are here
    word : what lines are called
    """

    name: str = ""
    lines: Integers | Mapping[int, int] | None = None
    numbers: Integers | None = None
    word: str = "line"

    def at(self, row: int) -> str:
        """Where a row stands in its table.

        >>> Places().at(0)
        'row 1'
        """
        if self.lines is not None:
            return f"{self.word} {int(self.lines[row]):,}"
        return f"row {row + 1 if self.numbers is None else int(self.numbers[row]) + 1:,}"

    def of(self, row: int) -> str:
        """The same, with the file's name before it."""
        return f"{self.name}, {self.at(row)}" if self.name else self.at(row)

    def as_data(self, row: int) -> dict[str, int]:
        """The line of a row as JSON holds it, nothing where there is none."""
        return {} if self.lines is None else {"line": int(self.lines[row])}
