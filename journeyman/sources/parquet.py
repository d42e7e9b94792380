"""Parquet files: typed columns as they stand."""

from __future__ import annotations

import hashlib
from pathlib import Path

from journeyman.errors import SourceError
from journeyman.sources.names import clean_names
from journeyman.sources.raw import Raw
from journeyman.table.table import Ledger

SUFFIXES = (".parquet", ".pq", ".parq")


def takes(source: object) -> bool:
    """Whether the source is a path of a Parquet file."""
    return isinstance(source, str | Path) and Path(source).suffix.casefold() in SUFFIXES


def read_raw(source: object) -> Raw:
    """Read a Parquet file.

    Raises
    ------
    SourceError : the file is cut short, is no Parquet, or has no rows
    """
    import polars as pl

    path = Path(str(source))
    if path.stat().st_size == 0:
        raise SourceError(f"{path} is empty", because="it has 0 bytes", remedy="name another file", code="empty_file")
    with path.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
        handle.seek(0)
        starts = handle.read(4) == b"PAR1"
        handle.seek(-4, 2)
        ends = handle.read(4) == b"PAR1"
    if starts and not ends:
        raise SourceError(
            f"{path} is cut short",
            because="the end mark of Parquet is missing",
            remedy="fetch or write the file again",
            code="file_truncated",
        )
    if not starts:
        raise SourceError(
            f"{path} is not a Parquet file",
            because="it does not start with Parquet's mark",
            remedy="give it the ending of what it is, as .csv",
            code="not_a_table",
        )
    try:
        frame = pl.read_parquet(path, glob=False)
    except pl.exceptions.DuplicateError as error:
        raise SourceError(
            f"{path} has two columns of one name",
            because=str(error).splitlines()[0][:200],
            remedy="rename one of them",
            code="duplicate_names",
        ) from error
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise SourceError(
            f"{path} cannot be read as Parquet",
            because=str(error).splitlines()[0][:200],
            remedy="write the file again, or save the table as CSV",
            code="file_truncated",
        ) from error
    if frame.width == 0:
        raise SourceError(f"{path} has no columns", remedy="name a file with columns and rows", code="no_rows")
    names, findings = clean_names(frame.columns)
    frame.columns = names
    return Raw(
        name=path.name.rpartition(".")[0] or path.name,
        frame=frame,
        origin=f"{path.name}: {frame.height:,} rows, {frame.width:,} columns",
        digest=digest,
        ledger=Ledger(read=frame.height, used=frame.height),
        findings=findings,
    )
