"""Parquet files: typed columns as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from journeyman.sources.parquet.footer import ENCRYPTED_MARK, MARK
from journeyman.sources.parquet.part import frame_of, frames_of, open_part
from journeyman.sources.raw import Raw, raw_of
from journeyman.sources.source import Source

if TYPE_CHECKING:
    pass

SUFFIXES = (".parquet", ".pq", ".parq")


def claims(source: Source) -> int:
    """A file that starts with Parquet's mark, or is named as one."""
    if source.path is None or source.path.is_dir():
        return 0
    return 3 if source.head.startswith((MARK, ENCRYPTED_MARK)) else 2 if source.suffix in SUFFIXES else 0


def read_raw(source: Source) -> Raw:
    """Read a Parquet file.

    Types stay as they are. A name that stands twice gets a number behind it, which is told.

    Raises
    ------
    SourceError : the file is cut short, damaged or encrypted, or is no Parquet
    """
    with source.on_disk() as path, open_part(path, source.shown) as part:
        return raw_of(source, frame_of(part), part.rows, source.digest(), part.findings)


def batches(source: Source, rows: int) -> Iterator[Raw]:
    """The same rows, at most so many at a time, with memory for as many; what was found comes with the last.

    Raises
    ------
    SourceError : as in `read_raw`, at the batch that cannot be read, too
    """
    digest = source.digest()
    with source.on_disk() as path, open_part(path, source.shown) as part:
        last = None
        for frame in frames_of(part, rows):
            if last is not None:
                yield raw_of(source, last, part.rows, digest, ())
            last = frame
        if last is None:
            last = frame_of(part)
        yield raw_of(source, last, part.rows, digest, part.findings)
