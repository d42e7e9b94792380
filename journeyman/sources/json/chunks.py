"""Records gathered into columns, so many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from journeyman.sources.json.flatten import Columns, Path
from journeyman.sources.json.record import Record
from journeyman.sources.series import as_type, series_of, type_of
from journeyman.table.table import LONGEST_RECORD, SetAside

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """Some rows in order.

    Parameters
    ----------
    cells : the cells of each column that has any, by the keys that lead to them
    lines : the line on which each row begins, (rows,)
    set_aside : rows without cells; their positions count from the chunk's first row
    """

    cells: Mapping[Path, pl.Series]
    lines: NDArray[np.int64]
    set_aside: tuple[SetAside, ...]

    @property
    def rows(self) -> int:
        """How many rows there are, those set aside included."""
        return len(self.lines)


def chunks_of(
    records: Iterable[Record], columns: Columns, rows: int, kinds: Mapping[Path, pl.DataType] | None = None
) -> Iterator[Chunk]:
    """Gather records, at most so many at a time.

    Parameters
    ----------
    kinds : the types of all columns, where they are known; None finds each chunk's own
    """
    lines: list[int] = []
    aside: list[SetAside] = []

    def chunk() -> Chunk:
        taken = columns.take()
        cells = {
            path: series_of("", some, None if kinds is None else kinds[path])
            for path, some in taken.items()
            if kinds is None or path in kinds
        }
        return Chunk(cells=cells, lines=np.array(lines, np.int64), set_aside=tuple(aside))

    for record in records:
        if record.cells is None:
            text = record.text[:LONGEST_RECORD]
            aside.append(SetAside(row=len(lines), code=record.code, line=record.line, text=text))
            columns.skip()
        else:
            columns.add(record.cells)
        lines.append(record.line)
        if len(lines) >= rows:
            yield chunk()
            lines, aside = [], []
    if lines:
        yield chunk()


def kinds_of_columns(columns: Columns) -> dict[Path, pl.DataType]:
    """The type that holds all cells of each column, in the order of the records' keys.

    A key that holds an object in some records and nothing in the others is no column of its own.
    """
    held = columns.kinds
    return {path: type_of(held[path]) for path in columns.paths() if held.get(path) or path not in columns.objects}


def frame_of(chunk: Chunk, kinds: Mapping[Path, pl.DataType], names: Iterable[str]) -> pl.DataFrame:
    """A chunk's rows with all columns, each of its type."""
    import polars as pl

    columns = []
    for name, (path, kind) in zip(names, kinds.items(), strict=True):
        cells = chunk.cells.get(path)
        missing = pl.Series(name, [None] * chunk.rows, dtype=kind)
        columns.append(missing if cells is None else as_type(cells, kind).alias(name))
    return pl.DataFrame(columns)
