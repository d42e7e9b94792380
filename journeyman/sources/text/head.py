"""The first lines of a text table, taken apart by its dialect, before it is known which of them are its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.parsing import parse_line

#: An open quote is looked for on so many lines behind.
_LOOK = 500
#: Where less of the line ends than this are lone CR, a lone CR is part of a cell.
_RETURNS = 0.05
_QUOTED = re.compile(r"""(?<![^\W_])(["'])(?:(?!\1).)*\1(?![^\W_])""", re.DOTALL)
_ENDS, _FEEDS = re.compile(r"\r\n|\n|\r"), re.compile(r"\r\n|\n")
_SAID = re.compile(r"\"?sep=(.)\"?", re.IGNORECASE)


@dataclass(frozen=True)
class Head:
    """The first lines of a text.

    Parameters
    ----------
    text : whole lines
    lines : without their ends
    starts : where each begins, in characters
    returns : whether a lone CR ends a line
    """

    text: str
    lines: tuple[str, ...]
    starts: tuple[int, ...]
    returns: bool

    def number(self, line: int) -> int:
        """The number of a line in the file, from 1; a CR in a cell counts as a line end, too."""
        return len(_ENDS.findall(self.text[: self.start(line)])) + 1

    def start(self, line: int) -> int:
        """Where a line begins; of the line behind the last, where the text ends."""
        return self.starts[line] if line < len(self.starts) else len(self.text)

    def delimiter(self) -> str:
        """The delimiter that the first line names, as spreadsheets write ``sep=;`` there; ``""`` where it does not."""
        found = _SAID.fullmatch(self.lines[0].strip()) if self.lines else None
        return found[1] if found else ""


@dataclass(frozen=True)
class Record:
    """A record of the head.

    Parameters
    ----------
    cells : none for an empty line
    quoted : which of them stood in quotes
    line, lines : where it begins, and how many lines it takes
    is_sound : whether its quotes open and close cells
    is_literal : whether a quote stands inside a cell that has none around it
    """

    cells: list[str]
    quoted: list[bool]
    line: int
    lines: int
    is_sound: bool = True
    is_literal: bool = False


def head_of(text: str) -> Head:
    """The lines of a text that is of whole lines."""
    returns = _ends_with_returns(text)
    ends = list((_ENDS if returns else _FEEDS).finditer(text))
    starts = [0, *(one.end() for one in ends)]
    stops = [*(one.start() for one in ends), len(text)]
    lines = [text[start:stop] for start, stop in zip(starts, stops, strict=True)]
    if starts[-1] == len(text):
        lines, starts = lines[:-1], starts[:-1]
    return Head(text, tuple(lines), tuple(starts), returns)


def records_of_head(lines: Sequence[str], dialect: Dialect, first: int = 0) -> list[Record]:
    """The records of the lines from one on; where a quote is not closed, a line is a record."""
    records = []
    place = first
    while place < len(lines):
        one = _record(lines, place, dialect)
        records.append(one)
        place += one.lines
    return records


def _record(lines: Sequence[str], place: int, dialect: Dialect) -> Record:
    parsed = parse_line(lines[place], dialect)
    cells, quoted, used = parsed.cells, parsed.quoted, 1
    while parsed.open is not None and used < _LOOK and place + used < len(lines):
        parsed = parse_line(lines[place + used], dialect, parsed.open + "\n")
        cells, quoted, used = cells + parsed.cells, quoted + parsed.quoted, used + 1
    if parsed.open is not None or parsed.stray:
        cells = lines[place].split(dialect.delimiter or None)
        return Record(cells, [False] * len(cells), place, 1, is_sound=False)
    if used == 1 and not (lines[place].strip() if dialect.delimiter else lines[place]):
        return Record([], [], place, 1)
    return Record(cells, quoted, place, used, is_literal=parsed.literal)


def _ends_with_returns(text: str) -> bool:
    if "\r" not in text:
        return False
    text = _QUOTED.sub("", text)
    returns = text.count("\r") - text.count("\r\n")
    return returns > 0 and returns >= _RETURNS * (text.count("\n") + returns)
