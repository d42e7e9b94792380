"""JSON documents and JSON lines: every cell of the type that it has; nested objects are columns ``a.b``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from journeyman.errors import SourceError
from journeyman.sources.json.beginning import LINES, begins_as_json, encoding_told, holds_lines
from journeyman.sources.json.chunks import Chunk, chunks_of, frame_of, kinds_of_columns
from journeyman.sources.json.decode import Decoder
from journeyman.sources.json.document import records_of as records_of_document
from journeyman.sources.json.document import text_of
from journeyman.sources.json.flatten import DEEPEST, Columns, Path, TooWide
from journeyman.sources.json.lines import records_of as records_of_lines
from journeyman.sources.json.record import Record
from journeyman.sources.json.told import findings_of
from journeyman.sources.names import clean_names
from journeyman.sources.raw import Raw
from journeyman.sources.source import Source
from journeyman.table.finding import Finding
from journeyman.table.table import Ledger, SetAside

if TYPE_CHECKING:
    import polars as pl

SUFFIXES = (".json", ".geojson", *LINES)
_BATCH = 1 << 16


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """What one pass over a source brought to light: its columns, and what is told of it."""

    deepest: int
    kinds: dict[Path, pl.DataType]
    names: tuple[str, ...]
    rows: int
    findings: tuple[Finding, ...]


def claims(source: Source) -> int:
    """A file that begins with an object or a list as JSON writes them, or is named as JSON."""
    if source.path is None or source.path.is_dir():
        return 0
    return 3 if begins_as_json(source) else 2 if source.suffix in SUFFIXES else 0


def read_raw(source: Source) -> Raw:
    """Read a JSON document or JSON lines.

    A column of one type has that type; one of several types is text, numbers in their shortest spelling. NaN is
    missing. Whole numbers keep their digits. Lists stay JSON text in their cell. A line, or an item of the document's
    list, that is no record is set aside.

    Raises
    ------
    SourceError : the file is empty, cut short or no JSON, holds no records, or holds several tables of which none was
        named
    """
    if not source.head:
        raise SourceError(
            f"{source.shown} is empty", because="it has 0 bytes", remedy="name another file", code="empty_file"
        )
    try:
        chunks, plan = _read(source, DEEPEST)
    except TooWide:
        chunks, plan = _read(source, 0)
    return _raw(source, chunks, plan, source.digest())


def batches(source: Source, rows: int) -> Iterator[Raw]:
    """The same rows, at most so many at a time; what was found comes with the last.

    JSON lines are read twice: first for columns and types, with memory for so many rows; then for the cells. A
    document is read at once.

    Raises
    ------
    SourceError : as in `read_raw`
    """
    if not holds_lines(source):
        yield from _slices(read_raw(source), rows)
        return
    try:
        plan = _passed(source, DEEPEST, rows)
    except TooWide:
        plan = _passed(source, 0, rows)
    digest = source.digest()
    read = 0
    for chunk in chunks_of(records_of_lines(source, Decoder(), []), Columns(plan.deepest), rows, plan.kinds):
        read += chunk.rows
        raw = _raw(source, [chunk], plan, digest)
        yield raw if read == plan.rows else replace(raw, findings=())


def _read(source: Source, deepest: int) -> tuple[list[Chunk], _Plan]:
    decoder, columns, told = Decoder(), Columns(deepest), list[Finding]()
    records = _records(source, decoder, told)
    chunks = list(chunks_of(records, columns, _BATCH))
    return chunks, _planned(source, decoder, columns, told, sum(one.rows for one in chunks), _aside(chunks))


def _passed(source: Source, deepest: int, rows: int) -> _Plan:
    """The plan of JSON lines; their cells are not kept."""
    decoder, columns, told = Decoder(), Columns(deepest), list[Finding]()
    read, aside = 0, list[SetAside]()
    for chunk in chunks_of(records_of_lines(source, decoder, told), columns, rows, {}):
        aside += [replace(one, row=one.row + read) for one in chunk.set_aside]
        read += chunk.rows
    return _planned(source, decoder, columns, told, read, aside)


def _planned(
    source: Source, decoder: Decoder, columns: Columns, told: Sequence[Finding], rows: int, aside: Sequence[SetAside]
) -> _Plan:
    kinds = kinds_of_columns(columns)
    if not kinds:
        _refuse_without_columns(source, rows, aside)
    names, findings = clean_names([".".join(path) for path in kinds])
    by_path = dict(zip(kinds, names, strict=True))
    return _Plan(
        deepest=columns.deepest,
        kinds=kinds,
        names=tuple(names),
        rows=rows,
        findings=(*encoding_told(source), *findings, *told, *findings_of(decoder.notes, columns, rows, aside, by_path)),
    )


def _refuse_without_columns(source: Source, rows: int, aside: Sequence[SetAside]) -> None:
    if aside:
        raise SourceError(
            f"{source.shown} holds no JSON records",
            because=f"none of its {rows:,} entries is an object; the first is {aside[0].text[:60]!r}",
            remedy="give a list of objects, or one object a line",
            code="not_a_table",
        )
    raise SourceError(
        f"{source.shown} has no rows",
        because="it holds no record with a value",
        remedy="name a file with rows",
        code="no_rows",
    )


def _records(source: Source, decoder: Decoder, told: list[Finding]) -> Iterator[Record]:
    if holds_lines(source):
        return records_of_lines(source, decoder, told)
    return records_of_document(text_of(source.content(), decoder), source.shown, source.part, decoder, told)


def _raw(source: Source, chunks: Sequence[Chunk], plan: _Plan, digest: str) -> Raw:
    import polars as pl

    frame = pl.concat([frame_of(one, plan.kinds, plan.names) for one in chunks])
    aside = tuple(_aside(chunks))
    lines = np.concatenate([one.lines for one in chunks])
    return Raw(
        name=source.name,
        frame=frame,
        origin=f"{source.shown}: {plan.rows:,} rows, {frame.width:,} columns",
        digest=digest,
        ledger=Ledger(read=frame.height, used=frame.height - len(aside), set_aside=aside),
        findings=plan.findings,
        lines=lines if len(lines) and lines[-1] > lines[0] else None,
    )


def _aside(chunks: Sequence[Chunk]) -> list[SetAside]:
    found, start = [], 0
    for chunk in chunks:
        found += [replace(one, row=start + one.row) for one in chunk.set_aside]
        start += chunk.rows
    return found


def _slices(raw: Raw, rows: int) -> Iterator[Raw]:
    for start in range(0, max(raw.rows, 1), rows):
        frame = raw.frame.slice(start, rows)
        aside = tuple(
            replace(one, row=one.row - start) for one in raw.ledger.set_aside if start <= one.row < start + frame.height
        )
        yield replace(
            raw,
            frame=frame,
            ledger=Ledger(read=frame.height, used=frame.height - len(aside), set_aside=aside),
            findings=raw.findings if start + rows >= raw.rows else (),
            lines=None if raw.lines is None else raw.lines[start : start + rows],
        )
