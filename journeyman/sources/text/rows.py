"""Rows of a table in batches: what can only be told when more rows are known is held back until they are.

Held back are the last rows, for the totals and notes that stand below a table look like rows until it ends; and a row
that repeats the names, or is empty, until it is seen whether another table begins there, or the same once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from journeyman.sources.text.ending import is_note, is_total
from journeyman.sources.text.form import Form
from journeyman.sources.text.heading import STRONG, names_columns
from journeyman.sources.text.notes import Mending, Notes
from journeyman.sources.text.suspects import Suspects, last_filled
from journeyman.sources.text.telling import LeftOut
from journeyman.sources.text.writing import Block

if TYPE_CHECKING:
    import polars as pl

#: So many rows are held back, and so many below a repeated row of names are compared with the first of the table.
_HELD, _COMPARED = 64, 20
#: Of those rows so many were there before where the same table begins once more.
_SAME = 0.6
#: Below an empty row, so many rows are looked at for the title and the names of another table.
_TITLES = 3


@dataclass(frozen=True, eq=False)
class Batch:
    """Some rows of the table: the frame, and the lines where they begin, from 1."""

    frame: pl.DataFrame
    lines: NDArray[np.int64]


class Rows:
    """Takes the blocks of a table, gives its rows, and notes what is found.

    Parameters
    ----------
    form : how the table is read
    notes : are filled in
    """

    def __init__(self, form: Form, notes: Notes) -> None:
        self.form, self.notes = form, notes
        self.suspects = Suspects(form)
        self.frame: pl.DataFrame | None = None
        self.lines = np.empty(0, np.int64)
        self.ends = np.empty(0, np.int8)
        self.mended: list[Mending] = []
        self.left_out: list[LeftOut] = []
        self.opening: list[tuple[str | None, ...]] = []
        self.suspected: list[tuple[int, str]] = []
        self.given, self.last_filled = 0, -1

    def batches(self, blocks: Iterable[Block]) -> Iterator[Batch]:
        """The rows, in batches of the blocks' size; what is left of the blocks after the table's end is not read."""
        for block in blocks:
            self._add(block)
            if block.end is not None:
                self.notes.ended(block.end)
                break
            if self._ends(final=False):
                break
            yield from self._give(min(len(self.lines) - _HELD, self.last_filled + 1 - self.given))
        self._ends(final=True)
        self._drop_end()
        yield from self._give(len(self.lines))
        self._take_left_out(self.left_out)

    def _add(self, block: Block) -> None:
        import polars as pl

        totals = self.suspects.totals(block.frame)
        self.left_out += block.left_out
        self.left_out += [self._as_left_out("footer", block.frame.row(place), block.lines[place]) for place in totals]
        block.leave(totals)
        start = self.given + len(self.lines)
        self.mended += [replace(one, row=start + one.row) for one in block.mended]
        if len(self.opening) < _COMPARED:
            self.opening += block.frame.head(_COMPARED - len(self.opening)).rows()
        found = [(start + place, "names") for place in self.suspects.names(block.frame)]
        found += [(start + place, "empty") for place in self.suspects.empty(block.frame)]
        self.suspected += sorted(found)
        last = last_filled(block.frame)
        self.last_filled = start + last if last >= 0 else self.last_filled
        self.frame = block.frame if self.frame is None else pl.concat([self.frame, block.frame])
        self.lines = np.concatenate([self.lines, block.lines])
        self.ends = np.concatenate([self.ends, block.ends])

    def _as_left_out(self, code: str, row: Sequence[str | None], line: np.int64) -> LeftOut:
        return LeftOut(code, int(line), self.form.dialect.delimiter.join(cell or "" for cell in row))

    def _ends(self, *, final: bool) -> bool:
        """Decide about rows that repeat the names, and about empty ones; whether another table begins there."""
        last = self.given + len(self.lines) - (0 if final else _HELD)
        while self.frame is not None and self.suspected and self.suspected[0][0] < last:
            row, what = self.suspected.pop(0)
            place = row - self.given
            if self.suspected[:1] == [(row + 1, "empty")] and what == "empty":
                continue  # the last of several is looked at
            if what == "empty":
                if self._others_begin(self.frame.slice(place + 1, _TITLES).rows()):
                    self._end(place, place + 1, again=False)
                    return True
            elif row > 0 and self._same_begins(self.frame.slice(place + 1, _COMPARED).rows()):
                self._end(place, place, again=True)
                return True
            else:
                one = self._as_left_out("repeated_header", self.frame.row(place), self.lines[place])
                self.notes.repeated(one.line, one.text)
                self._remove(place)
        return False

    def _same_begins(self, behind: Sequence[Sequence[str | None]]) -> bool:
        same = sum(one == two for one, two in zip(behind, self.opening, strict=False))
        return len(behind) >= 2 and same >= _SAME * min(len(behind), len(self.opening))

    def _others_begin(self, behind: Sequence[Sequence[str | None]]) -> bool:
        for row in behind[:-1]:
            cells = [cell or "" for cell in row]
            if sum(map(bool, cells)) > 1:
                columns = self.form.columns
                is_own = tuple(cells) == self.form.header
                return not is_own and any(one.strict for one in columns) and names_columns(cells, columns) >= STRONG
        return False

    def _end(self, place: int, begins: int, *, again: bool) -> None:
        if self.frame is not None:
            one = self._as_left_out("second_table", self.frame.row(begins), self.lines[begins])
            self.notes.ended(one, again=again)
            self._cut(place)

    def _remove(self, place: int) -> None:
        """Leave out one row; those behind it move up."""
        import polars as pl

        if self.frame is not None:
            row = self.given + place
            self.frame = pl.concat([self.frame.head(place), self.frame.slice(place + 1)])
            self.lines, self.ends = np.delete(self.lines, place), np.delete(self.ends, place)
            self.mended = [replace(one, row=one.row - (one.row > row)) for one in self.mended if one.row != row]
            self.suspected = [(one - 1, what) for one, what in self.suspected]
            self.last_filled -= self.last_filled >= row

    def _cut(self, place: int) -> None:
        """Leave out the rows from a place on, and what was left out behind it."""
        if self.frame is not None and place < len(self.lines):
            line = int(self.lines[place])
            self.frame, self.lines, self.ends = self.frame.head(place), self.lines[:place], self.ends[:place]
            self.mended = [one for one in self.mended if one.row < self.given + place]
            self.left_out = [one for one in self.left_out if one.line < line]
            self.suspected = []

    def _drop_end(self) -> None:
        """Leave out the rows at the end that are no rows: totals, notes, and empty ones."""
        if self.frame is None or self.form.width < 2 or self.last_filled < 0:
            return
        rows = [tuple(cell or "" for cell in row) for row in self.frame.rows()]
        stop = len(rows)
        lost: list[LeftOut] = []
        while stop > 1 and (code := self._why_no_row(rows[stop - 1], rows[: stop - 1] if not self.given else [])):
            stop -= 1
            lost.append(self._as_left_out(code, rows[stop], self.lines[stop]))
        if [one.code for one in lost] == ["blank_lines"]:
            return  # one row without any cell may be a row
        if lost:
            behind = self.left_out
            self._cut(stop)
            self.left_out = [*behind, *reversed(lost)]

    def _why_no_row(self, row: Sequence[str], above: Sequence[Sequence[str]]) -> str:
        if not any(row):
            return "blank_lines"
        columns = self.form.columns
        return "footer" if is_note(row, columns) or is_total(row, columns, above) else ""

    def _give(self, count: int) -> Iterator[Batch]:
        if self.frame is None or count <= 0:
            return
        line = int(self.lines[count - 1])
        batch = Batch(self.frame.head(count), self.lines[:count])
        self.notes.count_ends(self.ends[:count])
        self.frame, self.lines, self.ends = self.frame.slice(count), self.lines[count:], self.ends[count:]
        self.given += count
        self.notes.take_mended([one for one in self.mended if one.row < self.given])
        self.mended = [one for one in self.mended if one.row >= self.given]
        self._take_left_out([one for one in self.left_out if one.line <= line])
        self.left_out = [one for one in self.left_out if one.line > line]
        yield batch

    def _take_left_out(self, some: Sequence[LeftOut]) -> None:
        self.notes.take_left_out(sorted(some, key=lambda one: one.line))
