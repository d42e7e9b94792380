"""SQLite databases: a table, a view, or what a SELECT gives; the file is never touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from journeyman.sources.names import clean_names
from journeyman.sources.raw import Raw
from journeyman.sources.source import Source
from journeyman.sources.sql.limits import AT_A_TIME, require_few
from journeyman.sources.sql.sqlite_file import MARK, log_of, opened
from journeyman.sources.sql.sqlite_rows import Foreign, fetched, forms
from journeyman.sources.sql.sqlite_tables import Asked, asked
from journeyman.sources.sql.storage import Met, as_form, told
from journeyman.store.digest import digest_bytes, digest_data
from journeyman.table.finding import Finding
from journeyman.table.table import Ledger

if TYPE_CHECKING:
    import polars as pl

SUFFIXES = (".sqlite", ".sqlite3", ".db", ".db3", ".s3db", ".sl3", ".gpkg")


def claims(source: Source) -> int:
    """By its first bytes; by its ending where it does not look like text."""
    if source.path is None or source.path.is_dir():
        return 0
    if source.head.startswith(MARK):
        return 3
    return 2 if source.suffix in SUFFIXES and not _is_text(source.head) else 0


def read_raw(source: Source) -> Raw:
    """Read a table, a view, or what a query gives.

    A column whose cells are of several types is taken as text, and told.

    Raises
    ------
    SourceError : the file is damaged, encrypted or no database; the table is not there, or it is not clear which is
        meant; or the query is not one SELECT
    ResourceError : another program holds the file
    """
    import polars as pl

    with source.on_disk() as path, opened(path, source.shown) as reading:
        wanted, foreign, rows = asked(source, reading), Foreign(), 0
        met = [Met() for _ in wanted.columns]
        pieces: list[list[pl.Series]] = [[] for _ in wanted.columns]
        for some in fetched(reading, wanted, AT_A_TIME, foreign):
            for place, cells in enumerate(zip(*some, strict=True)):
                pieces[place].append(met[place].add(cells, rows))
            rows += len(some)
            require_few(rows, wanted.place)
    columns = [
        pl.concat([as_form(one, seen.form, wanted.place) for one in own]) if own else pl.Series([], dtype=pl.String)
        for own, seen in zip(pieces, met, strict=True)
    ]
    return _raw(wanted, columns, _digest(source), _findings(wanted, met, foreign))


def batches(source: Source, rows: int) -> Iterator[Raw]:
    """The same rows, so many at a time; every column has the type that fits all of its cells.

    Raises
    ------
    SourceError : as `read_raw`; also, that a query gives other rows each time
    """
    with source.on_disk() as path, opened(path, source.shown) as reading:
        wanted, foreign, start, digest = asked(source, reading), Foreign(), 0, _digest(source)
        form = forms(reading, wanted.sql, len(wanted.columns))
        met = [Met() for _ in wanted.columns]
        waiting: Raw | None = None
        for some in fetched(reading, wanted, rows, foreign):
            if waiting is not None:
                yield waiting
            columns = []
            for place, cells in enumerate(zip(*some, strict=True)):
                columns.append(as_form(met[place].add(cells, start), form[place], wanted.place))
            start += len(some)
            waiting = _raw(wanted, columns, digest, ())
    if waiting is None:
        yield read_raw(source)
    else:
        yield replace(waiting, findings=_findings(wanted, met, foreign))


def _raw(wanted: Asked, columns: Sequence[pl.Series], digest: str, findings: tuple[Finding, ...]) -> Raw:
    import polars as pl

    names, _ = clean_names(wanted.columns)
    frame = pl.DataFrame([column.alias(name) for name, column in zip(names, columns, strict=True)])
    return Raw(
        name=wanted.name,
        frame=frame,
        origin=f"{wanted.place}: {frame.height:,} rows, {frame.width:,} columns",
        digest=digest,
        ledger=Ledger(read=frame.height, used=frame.height),
        findings=findings,
    )


def _findings(wanted: Asked, met: Sequence[Met], foreign: Foreign) -> tuple[Finding, ...]:
    names, found = clean_names(wanted.columns)
    mixtures = [told(name, seen) for name, seen in zip(names, met, strict=True)]
    return (*found, *(one for one in (foreign.finding(), *mixtures) if one is not None))


def _digest(source: Source) -> str:
    """Of the file; with a log beside it that holds more, of both."""
    log = None if source.packing else log_of(source.file)
    own = source.digest()
    return own if log is None else digest_data([own, digest_bytes(log.read_bytes())])


def _is_text(head: bytes) -> bool:
    if not head or b"\x00" in head:
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        # The head may end within a letter.
        return error.start > len(head) - 4
    return True
