"""One text table read in one pass: its head is looked at, then its rows are read as the head says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import IO

import numpy as np

from journeyman.errors import SourceError
from journeyman.sources.raw import Raw
from journeyman.sources.source import Source
from journeyman.sources.text.blocks import blocks
from journeyman.sources.text.decoding import Decoded, decoded
from journeyman.sources.text.describing import Described, described
from journeyman.sources.text.leaving import Leaving
from journeyman.sources.text.notes import Notes
from journeyman.sources.text.opening import Opened, open_table
from journeyman.sources.text.rows import Batch, Rows
from journeyman.table.table import Ledger

#: Bytes that are read at once, and bytes by which it is found how to read the rest.
PIECE, HEAD = 16 * 2**20, 256 * 1024
#: The head is longer where that is not so many lines, as in tables with thousands of columns.
LINES, LONGEST_HEAD = 60, 8 * 2**20
#: First bytes of files that are no text, with what to do about them.
_FOREIGN = (
    (b"PK\x03\x04", "it is a zip archive or an Excel workbook", "save the table as CSV or Parquet"),
    (b"\xd0\xcf\x11\xe0", "it is an old Excel workbook", "save the table as CSV or Parquet"),
    (b"%PDF", "it is a PDF", "export the table as CSV"),
    (b"SQLite format 3", "it is an SQLite database", "export the table as CSV or Parquet"),
    (b"ARROW1", "it is an Arrow file", "save the table as Parquet"),
    (b"PAR1", "it is a Parquet file that is damaged", "fetch the file again"),
)
_END = re.compile(rb"\r\n|\n|\r")
_MARKUP = ("<!doctype", "<html", "<?xml", "<head", "<body")


@dataclass(frozen=True)
class Sizes:
    """How much is read at once, and by how much it is found how to read the rest: bytes, and lines."""

    piece: int = PIECE
    head: int = HEAD
    lines: int = LINES


class Reader:
    """Reads one text table.

    Parameters
    ----------
    stream : its bytes, from the beginning
    sizes : of which only ``head`` and ``lines`` may change what is found

    Raises
    ------
    SourceError : it is no text
    """

    def __init__(self, source: Source, stream: IO[bytes], sizes: Sizes | None = None) -> None:
        self.source, self.sizes = source, sizes or Sizes()
        self.digest = source.digest()
        self.found = Decoded(source.shown)
        for magic, because, remedy in _FOREIGN:
            if source.head.startswith(magic):
                raise SourceError(
                    f"{source.shown} is not a text table", because=because, remedy=remedy, code="not_a_table"
                )
        self.pieces = decoded(stream, self.sizes.piece, self.found)

    def raws(self, rows: int) -> Iterator[Raw]:
        """The table in batches of so many rows, 0 for as many as are read at once; findings come with the last.

        Raises
        ------
        SourceError : the file is empty, or no table, or has a line that is too long
        """
        opened, head, rest = self.opened()
        form = opened.form
        notes = Notes(form.dialect, form.width)
        notes.take_left_out(opened.left_out)
        columns = described(opened)
        leaving = Leaving(columns, form.dialect)
        pieces = _chained(head[len(head.decode()[: opened.start].encode()) :], rest, self.pieces)
        given = 0
        waiting: Raw | None = None
        for batch in _sized(Rows(form, notes).batches(blocks(pieces, form)), rows):
            if waiting is not None:
                yield waiting
            waiting = self._raw(columns, batch, notes, leaving, given, form.dialect.delimiter)
            given += batch.frame.height
        for _ in self.pieces:
            pass  # what stands behind the table is read, too, to tell how much it is
        if waiting is None:
            waiting = self._raw(columns, _no_rows(form.width), notes, leaving, 0, form.dialect.delimiter)
        findings = [*self.found.findings(), *columns.findings, *notes.findings(self.found.lines), *leaving.findings()]
        yield replace(waiting, findings=tuple(findings), origin=self._origin(opened, given, len(columns.names)))

    def opened(self) -> tuple[Opened, bytes, list[bytes]]:
        """How the table is read, the text by which that was found, and what else is already read."""
        head, rest = self._head()
        self._require_table(head)
        return open_table(head.decode(), self.source.names), head, rest

    def _head(self) -> tuple[bytes, list[bytes]]:
        """Whole lines by which it is found how to read the table, and what else is already read."""
        head = b""
        for piece in self.pieces:
            head += piece
            ends = head.count(b"\n") + head.count(b"\r")
            if len(head) >= LONGEST_HEAD or (len(head) >= self.sizes.head and ends >= self.sizes.lines):
                break
        cut = self._cut(head) if len(head) > self.sizes.head else len(head)
        return head[:cut], [head[cut:]] if cut < len(head) else []

    def _cut(self, head: bytes) -> int:
        """Behind the line in which the head is long enough, however much was read at once."""
        place = lines = 0
        while place < LONGEST_HEAD and (place < self.sizes.head or lines < self.sizes.lines):
            end = _END.search(head, place)
            if end is None:
                return len(head)
            place = end.end()
            lines += 1
        return place

    def _require_table(self, head: bytes) -> None:
        text = head[:4096].decode(errors="ignore").lstrip()
        if not head.strip(b" \t\r\n,;"):
            size = "no byte" if not head else f"{len(head):,} bytes"
            raise SourceError(
                f"{self.source.shown} is empty",
                because=f"it holds {size} and no cell",
                remedy="name another file",
                code="empty_file",
            )
        if text[:512].casefold().startswith(_MARKUP):
            raise SourceError(
                f"{self.source.shown} is not a table",
                because="it holds a web page (HTML) or XML",
                remedy="open it in a browser: it may be a sign-in or error page; fetch the table itself",
                code="not_a_table",
            )

    def _origin(self, opened: Opened, rows: int, columns: int) -> str:
        dialect = opened.form.dialect
        is_plain = opened.form.width == 1 or dialect.spelled() == "','"
        apart = "" if is_plain else f" ({dialect.spelled()} separated)"
        return f"{self.source.shown}: {rows:,} rows, {columns:,} columns{apart}"

    def _raw(self, columns: Described, batch: Batch, notes: Notes, leaving: Leaving, given: int, delimiter: str) -> Raw:
        more = leaving.look(batch, given)
        frame = batch.frame
        if len(columns.kept) < frame.width:
            held = frame.columns
            frame = frame.select([held[place] for place in columns.kept])
        frame.columns = list(columns.names)
        behind = given + frame.height
        aside = [replace(one, row=one.row - given) for one in notes.set_aside if given <= one.row < behind]
        aside = sorted([*aside, *more], key=lambda one: one.row)
        return Raw(
            name=self.source.name,
            frame=frame,
            origin=self.source.shown,
            digest=self.digest,
            ledger=Ledger(read=frame.height, used=frame.height - len(aside), set_aside=tuple(aside)),
            delimiter=delimiter if len(delimiter.encode()) == 1 and delimiter != " " else ",",
            lines=batch.lines,
        )


def _chained(head: bytes, rest: Iterable[bytes], pieces: Iterable[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest
    yield from pieces


def _sized(batches: Iterable[Batch], rows: int) -> Iterator[Batch]:
    """The same rows in batches of one size; 0 leaves them as they are."""
    import polars as pl

    held: Batch | None = None
    for one in batches:
        if not rows:
            yield one
            continue
        batch = one
        if held is not None:
            batch = Batch(pl.concat([held.frame, one.frame]), np.concatenate([held.lines, one.lines]))
        while batch.frame.height > rows:
            yield Batch(batch.frame.head(rows), batch.lines[:rows])
            batch = Batch(batch.frame.slice(rows), batch.lines[rows:])
        held = batch
    if held is not None:
        yield held


def _no_rows(width: int) -> Batch:
    import polars as pl

    names = [f"column_{place + 1}" for place in range(width)]
    return Batch(pl.DataFrame(schema=dict.fromkeys(names, pl.String)), np.empty(0, np.int64))
