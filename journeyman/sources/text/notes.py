"""What comes to light while the rows of a text table are read, and what there is to tell of it in the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.telling import LeftOut, Told, lines_left_out, second_table
from journeyman.table.finding import Finding, Remedy
from journeyman.table.table import LONGEST_RECORD, SetAside


@dataclass(frozen=True)
class Mending:
    """A row that is not as it stands in the file: its place, its line from 1, what was assumed, its text, its cells."""

    row: int
    line: int
    how: tuple[str, ...]
    before: str
    after: tuple[str, ...]


class Notes:
    """What comes to light while the rows of a table are read.

    Parameters
    ----------
    dialect, width : how the table is read
    """

    def __init__(self, dialect: Dialect, width: int) -> None:
        self.dialect, self.width = dialect, width
        self.set_aside: list[SetAside] = []
        self._left_out: dict[str, Told] = {}
        self._mended: dict[str, Told] = {}
        self._again = Told()
        self._end: tuple[LeftOut, bool] | None = None
        self._ends = np.zeros(4, np.int64)

    def take_left_out(self, some: Iterable[LeftOut]) -> None:
        """Lines that are no rows."""
        for one in some:
            self._left_out.setdefault(one.code, Told()).add(one.line, one.text)

    def take_mended(self, some: Iterable[Mending]) -> None:
        """Rows that were mended, or could not be."""
        for one in some:
            kind = next(kind for kind in _KINDS if kind in one.how)
            self._mended.setdefault(kind, Told()).add(one.line, one.before, " | ".join(one.after), one.row)
            if kind == "aside":
                self.set_aside.append(SetAside(one.row, "ragged_rows", one.line, one.before[:LONGEST_RECORD]))

    def repeated(self, line: int, text: str) -> None:
        """The names stand again among the rows."""
        self._again.add(line, text)

    def ended(self, begin: LeftOut, *, again: bool = False) -> None:
        """Another table begins here; ``again``: the same one."""
        self._end = begin, again

    def count_ends(self, ends: NDArray[np.int8]) -> None:
        """How rows end: 0 not at all, 1 with LF, 2 with CRLF, 3 with CR."""
        self._ends += np.bincount(ends, minlength=4)[:4]

    def findings(self, lines: int) -> Iterator[Finding]:
        """All there is to tell, of a file of so many lines."""
        yield from self._of_ends()
        for code, told in self._left_out.items():
            yield lines_left_out(code, told, "line")
        for kind in _KINDS:
            if kind in self._mended:
                yield _mended(kind, self._mended[kind], self.width, self.dialect)
        if self._again.count:
            yield _repeated(self._again)
        if self._end is not None:
            begin, again = self._end
            yield second_table([begin], "line", lines - begin.line + 1, again=again)

    def _of_ends(self) -> Iterator[Finding]:
        _, feeds, pairs, returns = self._ends.tolist()
        kinds = {"LF": feeds, "CRLF": pairs, "CR": returns}
        found = {name: count for name, count in kinds.items() if count}
        if len(found) > 1 or returns:
            how = f"mixed ({', '.join(found)})" if len(found) > 1 else "CR only (old Mac)"
            message = f"line ends are {how}; each was taken as one"
            yield Finding(code="newlines", severity="info", message=message, numbers=found)


#: What can be assumed of a row, the gravest first: the code, what is told of one row, of several, and what was done.
_KINDS = {
    "aside": (
        "ragged_rows",
        "1 row does not have {width} cells and cannot be mended with confidence",
        "{count} rows do not have {width} cells and cannot be mended with confidence",
        "set aside",
    ),
    "quote": (
        "stray_quote",
        "1 row has a quote that does not close a cell",
        "{count} rows have a quote that does not close a cell",
        "it was kept as a character",
    ),
    "delimiter": (
        "ragged_rows",
        "1 row has another delimiter than {spelled}",
        "{count} rows have another delimiter than {spelled}",
        "its parts were put where they fit the columns",
    ),
    "split": (
        "ragged_rows",
        "1 row lacks a delimiter",
        "{count} rows lack a delimiter",
        "it was split where both parts fit their columns",
    ),
    "dropped": (
        "ragged_rows",
        "1 row has more than {width} cells",
        "{count} rows have more than {width} cells",
        "the empty cell was dropped with which the others fit their columns",
    ),
    "joined": (
        "ragged_rows",
        "1 row has more than {width} cells",
        "{count} rows have more than {width} cells",
        "the delimiter was kept as part of the cell in which it fits",
    ),
    "short": (
        "ragged_rows",
        "1 row has fewer than {width} cells",
        "{count} rows have fewer than {width} cells",
        "the rest is missing",
    ),
}


def _mended(kind: str, told: Told, width: int, dialect: Dialect) -> Finding:
    code, one, several, done = _KINDS[kind]
    said = (one if told.count == 1 else several).format(count=f"{told.count:,}", width=width, spelled=dialect.spelled())
    first = "" if told.count == 1 else "first: "
    where = f"{first}row {told.rows[0] + 1:,}, line {told.lines[0]:,}"
    words = "look at the lines in the file" if kind != "aside" else "mend them in the file, or leave them out"
    return Finding(
        code=code,
        severity="warning",
        message=f"{said} ({where}); {done}",
        rows=tuple(told.rows),
        numbers={"count": told.count, "lines": told.lines, "examples": told.examples()},
        remedy=Remedy(action="review", words=words),
    )


def _repeated(told: Told) -> Finding:
    where = f"line {told.lines[0]:,}" if told.count == 1 else f"{told.count:,} lines (first: line {told.lines[0]:,})"
    return Finding(
        code="repeated_header",
        severity="warning",
        message=f"the names stand again in {where}, as where files were joined; left out",
        numbers={"count": told.count, "lines": told.lines, "text": [before for before, _ in told.texts]},
    )
