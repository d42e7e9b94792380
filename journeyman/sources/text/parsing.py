"""One line of a text table taken apart by its dialect."""

from __future__ import annotations

import re
from dataclasses import dataclass

from journeyman.sources.text.dialect import Dialect

_BLANKS = re.compile(r"[ \t]+")


@dataclass
class Line:
    """One line taken apart.

    Parameters
    ----------
    cells : the cells that are complete
    quoted : which of them stood in quotes
    open : what a cell holds whose quote is not closed at the end of the line; None where there is none
    stray : whether a cell begins with a quote that does not close at its end; the cells are of no use then
    literal : whether a quote stands inside a cell that has none around it
    """

    cells: list[str]
    quoted: list[bool]
    open: str | None = None
    stray: bool = False
    literal: bool = False


def parse_line(line: str, dialect: Dialect, carried: str | None = None) -> Line:
    """Take a line, without its end, apart.

    Parameters
    ----------
    carried : what the open cell of the line before holds, with the line end behind it
    """
    if dialect.slots:
        return _by_slots(line, dialect.slots)
    quote, escape = dialect.quote, dialect.escape
    has_quotes = carried is not None or (quote != "" and quote in line)
    if not has_quotes and not (escape and escape in line):
        cells = _split(line, dialect)
        return Line(cells, [False] * len(cells))
    return _Parser(line, dialect).parse(carried)


def _split(line: str, dialect: Dialect) -> list[str]:
    if not dialect.delimiter:
        return [line]
    if dialect.blanks == "run":
        return _BLANKS.split(line.strip(" \t"))
    cells = line.split(dialect.delimiter)
    if dialect.blanks == "one":
        return [cells[0], *(cell.removeprefix(" ") for cell in cells[1:])]
    if dialect.blanks == "around":
        return [cell.strip(" \t") for cell in cells]
    return cells


def _by_slots(line: str, slots: tuple[int, ...]) -> Line:
    ends = [*slots[1:], None]
    cells = [line[start:end].strip(" \t") for start, end in zip(slots, ends, strict=True)]
    return Line(cells, [False] * len(cells))


class _Parser:
    """Takes apart one line that has quotes or escapes."""

    def __init__(self, line: str, dialect: Dialect) -> None:
        self.line, self.dialect, self.found = line, dialect, Line([], [])

    def parse(self, carried: str | None) -> Line:
        dialect, line = self.dialect, self.line
        place = 0
        if carried is not None:
            place = self._quoted(0, carried)
        elif dialect.blanks in ("run", "around"):
            place = self._past_blanks(0)
        while 0 <= place <= len(line):
            if dialect.quote and line.startswith(dialect.quote, place):
                place = self._quoted(place + len(dialect.quote), "")
            else:
                place = self._plain(place)
        return self.found

    def _quoted(self, place: int, before: str) -> int:
        """Read a quoted cell from behind its opening quote; the place of the next cell, -1 at the end."""
        line, quote, escape = self.line, self.dialect.quote, self.dialect.escape
        parts = [before]
        while True:
            end = line.find(quote, place)
            if escape:
                mark = line.find(escape, place, end if end >= 0 else len(line))
                if mark >= 0:
                    taken = _unescaped(line[mark : mark + 2], self.dialect)
                    parts += [line[place:mark], taken]
                    place = mark + 2
                    continue
            if end < 0:
                self.found.open = "".join([*parts, line[place:]])
                return -1
            parts.append(line[place:end])
            place = end + len(quote)
            if line.startswith(quote, place):
                parts.append(quote)
                place += len(quote)
                continue
            return self._closed("".join(parts), place)

    def _closed(self, cell: str, place: int) -> int:
        self.found.cells.append(cell)
        self.found.quoted.append(True)
        dialect, line = self.dialect, self.line
        if dialect.blanks in ("run", "around"):
            behind = self._past_blanks(place)
            if behind >= len(line):
                return -1
            if dialect.blanks == "run" and behind > place:
                return behind
            place = behind
        if place >= len(line):
            return -1
        if dialect.delimiter and line.startswith(dialect.delimiter, place):
            return self._past_delimiter(place)
        self.found.stray = True
        return -1

    def _plain(self, place: int) -> int:
        dialect, line = self.dialect, self.line
        if dialect.blanks == "run":
            found = _BLANKS.search(line, place)
            end = found.start() if found else len(line)
            follows = found.end() if found and found.end() < len(line) else -1
        else:
            end = self._end_of_plain(place)
            follows = self._past_delimiter(end) if end < len(line) else -1
        cell = line[place:end]
        if dialect.escape and dialect.escape in cell:
            cell = _all_unescaped(cell, dialect)
        if dialect.blanks == "around":
            cell = cell.strip(" \t")
        self.found.literal |= bool(dialect.quote) and dialect.quote in cell
        self.found.cells.append(cell)
        self.found.quoted.append(False)
        return follows

    def _end_of_plain(self, place: int) -> int:
        line, delimiter, escape = self.line, self.dialect.delimiter, self.dialect.escape
        if not delimiter:
            return len(line)
        end = line.find(delimiter, place)
        while escape and end > place and _escapes_before(line, end, place, escape) % 2:
            end = line.find(delimiter, end + 1)
        return end if end >= 0 else len(line)

    def _past_delimiter(self, place: int) -> int:
        place += len(self.dialect.delimiter)
        if self.dialect.blanks == "one" and self.line.startswith(" ", place):
            return place + 1
        return self._past_blanks(place) if self.dialect.blanks == "around" else place

    def _past_blanks(self, place: int) -> int:
        while place < len(self.line) and self.line[place] in " \t":
            place += 1
        return place


def _unescaped(pair: str, dialect: Dialect) -> str:
    """What an escape and the character behind it stand for: only quotes, delimiters and escapes can be escaped."""
    return pair[1:] if pair[1:] in (dialect.quote, dialect.delimiter, dialect.escape) else pair


def _all_unescaped(cell: str, dialect: Dialect) -> str:
    return re.sub(rf"{re.escape(dialect.escape)}.", lambda found: _unescaped(found[0], dialect), cell)


def _escapes_before(line: str, end: int, start: int, escape: str) -> int:
    count = 0
    while end - count - 1 >= start and line[end - count - 1] == escape:
        count += 1
    return count
