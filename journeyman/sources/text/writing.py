"""The rows of some lines as a frame: sound lines as they are, mended ones written anew, all read by polars at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from journeyman.errors import InternalError
from journeyman.sources.text.form import Form, Window
from journeyman.sources.text.notes import Mending
from journeyman.sources.text.records import End, Judge, NoRow, Row, Wait
from journeyman.sources.text.regular import line_ends
from journeyman.sources.text.telling import LeftOut

if TYPE_CHECKING:
    import polars as pl

_LF, _CR, _BLANK = 10, 13, 32
#: Characters that a text hardly ever has; one that it has not separates the cells that are given to polars.
_UNUSED = "\x1f\x1e\x1d\x1c\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x7f"


@dataclass(eq=False)
class Block:
    """Some rows of the table.

    Parameters
    ----------
    frame : all columns text, empty cells null
    lines : (rows,) the line where each begins, from 1
    mended : rows that are not as they stand in the file
    left_out : lines that are no rows
    ends : (rows,) how each ends: 0 not at all, 1 with LF, 2 with CRLF, 3 with CR
    end : the line where another table begins, with its text
    """

    frame: pl.DataFrame
    lines: NDArray[np.int64]
    ends: NDArray[np.int8]
    mended: list[Mending] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    end: LeftOut | None = None

    def leave(self, places: list[int]) -> None:
        """Leave out some rows."""
        if places:
            kept = np.delete(np.arange(len(self.lines)), places)
            self.frame, self.lines, self.ends = self.frame[kept], self.lines[kept], self.ends[kept]
            moved = {int(old): new for new, old in enumerate(kept)}
            self.mended = [replace(one, row=moved[one.row]) for one in self.mended if one.row in moved]


class Writer:
    """Writes the rows of a window as text that polars cannot misread."""

    def __init__(self, window: Window, form: Form) -> None:
        self.window, self.form = window, form
        delimiter = form.dialect.delimiter
        is_kept = len(delimiter.encode()) == 1 and form.width > 1
        self.separator = delimiter if is_kept else _unused(window.text)
        self.quote = form.dialect.quote or '"'
        self.parts: list[bytes] = []
        self.numbers: list[NDArray[np.int64]] = []
        self.ends: list[NDArray[np.int64]] = []
        self.rows = 0
        self._turned: tuple[NDArray[Any], NDArray[np.bool_]] | None = None
        self._as_is = is_kept and form.dialect.blanks == "" and not _has_lone_returns(window)

    def records(self) -> Block:
        """The block of a window whose every record is sound."""
        self._sound(0, len(self.window))
        before = np.searchsorted(line_ends(self.window.text), self.window.lines.starts)
        return Block(self._frame(), before.astype(np.int64) + self.window.base + 1, self._ends())

    def lines(self, judge: Judge) -> tuple[Block, int]:
        """The block of a window, and how many of its lines are in it."""
        window = self.window
        mended: list[Mending] = []
        left_out: list[LeftOut] = []
        end: LeftOut | None = None
        place = 0
        for bad in np.flatnonzero(~window.lines.sound).tolist():
            if bad < place:
                continue
            outcome = judge.outcome(window, bad)
            self._sound(place, bad)
            place = bad
            if isinstance(outcome, Wait):
                break
            if isinstance(outcome, End):
                begins = bad + outcome.behind
                end = LeftOut("second_table", window.number(begins), window.line(begins))
                break
            behind = bad + outcome.lines
            if isinstance(outcome, NoRow):
                left_out += [LeftOut(outcome.code, window.number(one), window.line(one)) for one in range(bad, behind)]
            else:
                if outcome.how:
                    text = window.verbatim(bad, behind)
                    mended.append(Mending(self.rows, window.number(bad), outcome.how, text, outcome.cells))
                self._row(outcome, bad)
                self.ends.append(np.array([behind - 1]))
            place = behind
        else:
            self._sound(place, len(window))
            place = max(place, len(window))
        numbers = np.concatenate(self.numbers) if self.numbers else np.empty(0, np.int64)
        return Block(self._frame(), numbers, self._ends(), mended, left_out, end), place

    def _sound(self, first: int, behind: int) -> None:
        """Take some sound lines as they are."""
        if behind <= first:
            return
        lines = self.window.lines
        start, stop = int(lines.starts[first]), int(lines.nexts[behind - 1])
        if self._as_is:
            part = self.window.text[start:stop]
        else:
            data, kept = self._turned_text()
            part = data[start:stop][kept[start:stop]].tobytes()
        self.parts.append(part if part.endswith(b"\n") else part + b"\n")
        self.numbers.append(np.arange(first, behind, dtype=np.int64) + self.window.base + 1)
        self.ends.append(np.arange(first, behind))
        self.rows += behind - first

    def _row(self, row: Row, place: int) -> None:
        quote = self.quote
        cells = (f"{quote}{cell.replace(quote, quote * 2)}{quote}" for cell in row.cells)
        self.parts.append((self.separator.join(cells) + "\n").encode())
        self.numbers.append(np.array([self.window.number(place)], np.int64))
        self.rows += 1

    def _turned_text(self) -> tuple[NDArray[Any], NDArray[np.bool_]]:
        """The bytes with one separator for each delimiter and LF for each line end, and which of them are kept."""
        if self._turned is None:
            data = np.frombuffer(self.window.text, np.uint8).copy()
            kept = np.ones(len(data), np.bool_)
            lines, marks = self.window.lines, np.flatnonzero(self.window.lines.delimits)
            length = len(self.form.dialect.delimiter.encode())
            if length and self.form.width > 1:
                for more in range(1, length):
                    kept[marks + more] = False
                if self.form.dialect.blanks == "one":
                    behind = np.minimum(marks + length, len(data) - 1)
                    kept[behind[data[behind] == _BLANK]] = False
                data[marks] = ord(self.separator)
            ends = lines.nexts[lines.nexts > lines.stops] - 1
            lone = ends[data[ends] == _CR]
            data[lone] = _LF
            self._turned = data, kept
        return self._turned

    def _frame(self) -> pl.DataFrame:
        import polars as pl

        names = [f"column_{place + 1}" for place in range(self.form.width)]
        if not self.rows:
            return pl.DataFrame({name: [] for name in names}, schema=dict.fromkeys(names, pl.String))
        text = b"".join(self.parts)
        frame = pl.read_csv(
            text,
            has_header=False,
            infer_schema=False,
            separator=self.separator,
            quote_char=self.quote,
            raise_if_empty=False,
            new_columns=names,
        )
        if frame.shape != (self.rows, self.form.width):
            raise InternalError(
                f"{self.rows:,} rows of {self.form.width:,} cells were read as {frame.height:,} of {frame.width:,}"
            )
        if (self.quote * 2).encode() not in text:
            return frame  # no cell is an empty one in quotes
        return frame.with_columns(pl.when(pl.all() == "").then(None).otherwise(pl.all()).name.keep())

    def _ends(self) -> NDArray[np.int8]:
        """How each row ends."""
        if not self.ends:
            return np.empty(0, np.int8)
        lines = self.window.lines
        some = np.concatenate(self.ends)
        length = lines.nexts[some] - lines.stops[some]
        is_return = np.frombuffer(self.window.text, np.uint8)[lines.nexts[some] - 1] == _CR
        return np.where((length == 1) & is_return, 3, length).astype(np.int8)


def _has_lone_returns(window: Window) -> bool:
    lines = window.lines
    if b"\r" not in window.text:
        return False
    ends = lines.nexts[lines.nexts > lines.stops] - 1
    return bool((np.frombuffer(window.text, np.uint8)[ends] == _CR).any())


def _unused(text: bytes) -> str:
    return next((mark for mark in _UNUSED if mark.encode() not in text), "\x1f")
