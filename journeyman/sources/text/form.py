"""What was found out about a text table from its first lines, by which the rest of it is read."""

from __future__ import annotations

from dataclasses import dataclass

from journeyman.sources.text.columns import Columns
from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.regular import Lines


@dataclass(frozen=True)
class Form:
    """How to read a text table.

    Parameters
    ----------
    dialect : how cells stand in lines
    width : cells of a row
    columns : what their cells are like; as many as ``width``
    header : the names as they stand, empty where there are none
    first : the number of the first line of data, from 0
    returns : whether a lone CR ends a line, as in old files; else it may stand in a cell
    """

    dialect: Dialect
    width: int
    columns: Columns
    header: tuple[str, ...]
    first: int
    returns: bool = True


@dataclass(frozen=True, eq=False)
class Window:
    """The lines that are at hand while a table is read.

    Parameters
    ----------
    text : the bytes, UTF-8
    lines : where the lines are in them
    base : the number of the first of them in the file, from 0
    final : whether nothing comes behind
    """

    text: bytes
    lines: Lines
    base: int
    final: bool

    def __len__(self) -> int:
        return len(self.lines)

    def line(self, place: int) -> str:
        """One line without its end."""
        return self.text[self.lines.starts[place] : self.lines.stops[place]].decode()

    def end(self, place: int) -> str:
        """The line end behind a line."""
        return self.text[self.lines.stops[place] : self.lines.nexts[place]].decode()

    def size(self, place: int, behind: int) -> int:
        """Bytes from the beginning of a line to that of another."""
        return int(self.lines.nexts[behind - 1] - self.lines.starts[place])

    def number(self, place: int) -> int:
        """The number of a line in the file, from 1."""
        return self.base + place + 1

    def verbatim(self, place: int, behind: int) -> str:
        """The lines from one to another as they stand, without the last line end."""
        return self.text[self.lines.starts[place] : self.lines.stops[behind - 1]].decode()
