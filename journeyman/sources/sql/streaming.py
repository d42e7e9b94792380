"""Rows of a database as they come, in frames, as a source: bounded, counted, with a digest where there is no file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from journeyman.sources.raw import Raw
from journeyman.sources.sql.cell_digest import CellDigest
from journeyman.sources.sql.forms import Form, OutOfReach
from journeyman.sources.sql.limits import require_few
from journeyman.table.finding import Finding
from journeyman.table.table import Ledger

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is read.

    Parameters
    ----------
    sql : our own statement around the user's, as `journeyman.sources.sql.forms.statement` makes it
    forms, names : of the columns; the names as the table has them
    findings : of the names
    name : what the table is called
    place : the same with where it is, for messages
    digest : of the file; empty where there is none, then one of the cells is made
    """

    sql: str
    forms: Sequence[Form]
    names: Sequence[str]
    findings: tuple[Finding, ...]
    name: str
    place: str
    digest: str = ""


def frames(stream: Any) -> Iterator[pl.DataFrame]:
    """What a driver gives as a stream of Arrow, as frames, one at a time; none where there are no rows."""
    import nanoarrow
    import polars as pl

    for part in nanoarrow.c_array_stream(stream):
        yield pl.Series("", part).struct.unnest()


def sources(asked: Asked, parts: Iterator[pl.DataFrame], rows: int) -> Iterator[Raw]:
    """The parts of an answer as sources of at most so many rows; what is told of all of them comes with the last."""
    import polars as pl

    digest, lost, start = CellDigest(), OutOfReach(), 0
    waiting: pl.DataFrame | None = None
    for part in parts:
        columns = part.get_columns()
        width = len(asked.names)
        frame = pl.DataFrame([one.alias(name) for name, one in zip(asked.names, columns[:width], strict=True)])
        moments = [name for name, form in zip(asked.names, asked.forms, strict=True) if form.told]
        for name, flags in zip(moments, columns[width:], strict=True):
            lost.add(name, flags, start)
        if not asked.digest:
            digest.add(frame)
        start += frame.height
        require_few(start, asked.place)
        for piece in frame.iter_slices(rows):
            if waiting is not None:
                yield _source(asked, waiting, start)
            waiting = piece
    if waiting is None:
        waiting = pl.DataFrame(schema=dict.fromkeys(asked.names, pl.String))
        digest.add(waiting)
    told = (*asked.findings, *lost.findings())
    yield replace(_source(asked, waiting, start), digest=asked.digest or digest.hexdigest(), findings=told)


def together(parts: Sequence[Raw]) -> Raw:
    """All parts of an answer as one source."""
    import polars as pl

    frame = pl.concat([one.frame for one in parts])
    return replace(parts[-1], frame=frame, ledger=Ledger(read=frame.height, used=frame.height))


def _source(asked: Asked, frame: pl.DataFrame, rows: int) -> Raw:
    return Raw(
        name=asked.name,
        frame=frame,
        origin=f"{asked.place}: {rows:,} rows, {frame.width:,} columns",
        digest=asked.digest,
        ledger=Ledger(read=frame.height, used=frame.height),
    )
