"""What a line is that is no sound record of its table: a record over several lines, a broken row, a note, the end.

Decided from the line and a bounded number of lines behind it, so that it does not depend on how the file is cut into
pieces: where a line that is needed is not at hand yet, the answer is `WAIT`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from journeyman.sources.text.another import begins_table
from journeyman.sources.text.decoding import LONGEST_LINE
from journeyman.sources.text.ending import is_note, is_total
from journeyman.sources.text.form import Form, Window
from journeyman.sources.text.mending import Effort, mend
from journeyman.sources.text.parsing import parse_line

#: Marks that begin a line of comment.
COMMENTS = ("#", "//", "%", "--", "/*", "<!--")
#: So many lines behind are looked at to tell a note from a broken row, and empty cells of a single column from its end.
_LOOK, _LOOK_BLANK = 200, 10_000


@dataclass(frozen=True)
class Wait:
    """A line behind those at hand is needed."""


WAIT: Final = Wait()


@dataclass(frozen=True)
class Row:
    """A row of the table.

    Parameters
    ----------
    cells : as many as there are columns
    lines : how many lines it takes
    how : what was assumed to make it one: ``""`` for nothing, ``"aside"`` where it could not be made one
    """

    cells: tuple[str, ...]
    lines: int = 1
    how: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoRow:
    """Lines that are no row: ``"blank_lines"``, ``"comment_lines"``, ``"footer"``."""

    code: str
    lines: int = 1


@dataclass(frozen=True)
class End:
    """Another table begins, so many lines further on."""

    behind: int = 0


Outcome = Row | NoRow | End | Wait


class Judge:
    """Says of lines that are no sound records what they are.

    Parameters
    ----------
    form : how the table is read
    """

    def __init__(self, form: Form) -> None:
        self.form = form
        self.effort = Effort()
        self.empty = 0  # the number of the last empty line

    def outcome(self, window: Window, place: int) -> Outcome:
        """What the line is, and how many lines it takes."""
        line = window.line(place)
        if not line.strip():
            return self._blank(window, place)
        whole = self._whole(window, place)
        if isinstance(whole, Row | Wait):
            return whole
        if self.form.width > 1:
            other = self._no_row(window, place, line)
            if other is not None:
                return other
        return self._broken(window, place, whole)

    def _blank(self, window: Window, place: int) -> Outcome:
        last = place + 1
        while last < len(window) and last < place + _LOOK_BLANK and not window.line(last).strip():
            last += 1
        if last == place + _LOOK_BLANK:
            return NoRow("blank_lines", last - place)
        if last == len(window) and not window.final:
            return WAIT
        if self.form.width == 1:
            return NoRow("blank_lines", last - place) if last == len(window) else Row(("",))
        if last < len(window):
            begins = begins_table(window, last, self.form)
            if begins is None:
                return WAIT
            if begins:
                return End(last - place)
        self.empty = window.number(last - 1)
        return NoRow("blank_lines", last - place)

    def _whole(self, window: Window, place: int) -> Row | Wait | int:
        """The record, if it is sound and maybe takes several lines; else how many lines a broken one takes."""
        form = self.form
        parsed = parse_line(window.line(place), form.dialect)
        if parsed.open is None:
            if not parsed.stray and len(parsed.cells) == form.width:
                row = Row(tuple(parsed.cells))
                return self._with_quotes(window, place, row) if parsed.literal else row
            return self._over_returns(window, place) if not (parsed.stray or self.form.returns) else 1
        cells, carried = list(parsed.cells), parsed.open or ""
        last = place + 1
        while True:
            if last == len(window):
                return 1 if window.final or window.size(place, last) > LONGEST_LINE else WAIT
            if window.size(place, last) > LONGEST_LINE:
                return 1
            parsed = parse_line(window.line(last), form.dialect, carried + window.end(last - 1))
            cells += parsed.cells
            last += 1
            if parsed.open is None:
                break
            carried = parsed.open
        if parsed.stray:
            return 1
        if len(cells) == form.width:
            return Row(tuple(cells), last - place)
        swallowed = any(self._is_row(window.line(one)) for one in range(place + 1, last))
        return 1 if swallowed else last - place

    def _with_quotes(self, window: Window, place: int, row: Row) -> Row:
        """A row with quotes inside cells that have none around them.

        Where one cell has a quote and a later one ends with one, a delimiter may be missing before a quoted cell, and
        one of those that were taken for delimiters be part of it.
        """
        quote = self.form.dialect.quote
        with_quote = [cell for cell in row.cells if quote in cell]
        if len(with_quote) < 2 or not with_quote[-1].endswith(quote):
            return row
        found = mend(window.line(place), self.form.dialect, self.form.columns, self.effort)
        return Row(found.cells, how=found.how) if found and found.cells != row.cells else row

    def _over_returns(self, window: Window, place: int) -> Row | Wait | int:
        """A row with a lone CR in a cell, where most lines end otherwise."""
        text = window.line(place)
        last = place + 1
        while window.end(last - 1) == "\r" and last - place <= 4:
            if last == len(window):
                return 1 if window.final else WAIT
            text += "\r" + window.line(last)
            last += 1
            parsed = parse_line(text, self.form.dialect)
            if self._is_row(text):
                is_two = self._is_row(window.line(last - 1))
                return 1 if is_two else Row(tuple(parsed.cells), last - place)
        return 1

    def _is_row(self, line: str) -> bool:
        parsed = parse_line(line, self.form.dialect)
        return parsed.open is None and not parsed.stray and len(parsed.cells) == self.form.width

    def _no_row(self, window: Window, place: int, line: str) -> Outcome | None:
        """Whether the line is a comment, stands below the table, or begins another one."""
        if line.lstrip().startswith(COMMENTS):
            return NoRow("comment_lines")
        begins = begins_table(window, place, self.form)
        if begins is None:
            return WAIT
        if begins:
            return End()
        cells = parse_line(line, self.form.dialect).cells
        is_apart = len(cells) == 1 and self.form.width > 2 and self.empty == window.number(place) - 1
        if not (is_apart or is_note(cells, self.form.columns) or self._is_total(cells)):
            return None
        follows = self._row_follows(window, place)
        if isinstance(follows, Wait):
            return WAIT
        return None if follows else NoRow("footer")

    def _is_total(self, cells: list[str]) -> bool:
        width = self.form.width
        return len(cells) <= width and is_total([*cells, *[""] * (width - len(cells))], self.form.columns)

    def _row_follows(self, window: Window, place: int) -> bool | Wait:
        for one in range(place + 1, min(place + 1 + _LOOK, len(window))):
            if window.lines.sound[one] or self._is_row(window.line(one)):
                return True
        if place + 1 + _LOOK <= len(window):
            return True
        return False if window.final else WAIT

    def _broken(self, window: Window, place: int, lines: int) -> Row:
        text = window.verbatim(place, place + lines)
        form = self.form
        if form.width == 1:
            return Row((text,), lines)
        if form.dialect.slots:
            return self._fallback(text, lines)
        found = mend(text, form.dialect, form.columns, self.effort)
        if found is None and lines > 1:
            text, lines = window.line(place), 1
            found = mend(text, form.dialect, form.columns, self.effort)
        return Row(found.cells, lines, found.how) if found else self._fallback(text, lines)

    def _fallback(self, text: str, lines: int) -> Row:
        """Cells filled up at the end where those that are there may stand where they stand; else set aside."""
        width = self.form.width
        parsed = parse_line(text, self.form.dialect)
        is_whole = parsed.open is None and not parsed.stray
        cells = parsed.cells if is_whole else text.split(self.form.dialect.delimiter or None)
        filled = (*cells, *[""] * (width - len(cells)))[:width]
        fits = all(column.fits(cell) for cell, column in zip(cells, self.form.columns, strict=False))
        if len(cells) < width and is_whole and fits:
            return Row(filled, lines, ("short",))
        if len(cells) == width and fits:
            return Row(filled, lines, ("quote",))
        if len(cells) > width and fits and not any(cell.strip() for cell in cells[width:]):
            return Row(filled, lines, ("dropped",))
        return Row(filled, lines, ("aside",))
