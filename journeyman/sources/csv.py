"""Text tables: encoding, dialect, names and rows are found; every cell keeps its text; what is broken is mended or set
aside, and told. How that is done stands in `journeyman.sources.text`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from journeyman.sources.raw import Raw
from journeyman.sources.source import Source
from journeyman.sources.text.reader import Reader
from journeyman.table.table import Ledger


def claims(source: Source) -> int:
    """Any file may be a text table, where no other kind knows it."""
    return int(source.path is not None and source.path.is_file())


def read_raw(source: Source) -> Raw:
    """Read a text table; every column as text, as it stands in the file.

    A row that has too few or too many cells is mended where the columns say clearly how, else filled with empty cells
    or set aside; each is told with its row and line.

    Raises
    ------
    SourceError : the file is empty, is no text table, has a line longer than it may be, or is larger than it may be
    """
    import polars as pl

    parts = list(batches(source, 0))
    if len(parts) == 1:
        return parts[0]
    starts = np.cumsum([0, *(part.rows for part in parts[:-1])]).tolist()
    aside = [
        replace(one, row=one.row + start)
        for part, start in zip(parts, starts, strict=True)
        for one in part.ledger.set_aside
    ]
    frame = pl.concat([part.frame for part in parts])
    ledger = Ledger(read=frame.height, used=frame.height - len(aside), set_aside=tuple(aside))
    lines = [part.lines for part in parts if part.lines is not None]
    return replace(parts[-1], frame=frame, ledger=ledger, lines=np.concatenate(lines))


def batches(source: Source, rows: int) -> Iterator[Raw]:
    """The same rows as `read_raw` gives, so many at a time; findings come with the last batch, of the whole table.

    Parameters
    ----------
    rows : in one batch; 0 for as many as are read at once
    """
    with source.open() as stream:
        yield from Reader(source, stream).raws(rows)


def header(source: Source) -> tuple[str, ...]:
    """The names as they stand in the file, mended, but without those that it lacks; none where it has no such row.

    Raises
    ------
    SourceError : as `read_raw`
    """
    with source.open() as stream:
        return Reader(source, stream).opened()[0].names.stand
