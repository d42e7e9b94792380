"""A folder of Parquet files that are parts of one table; where their folders are named as ``year=2024``, the year is
a column, too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from journeyman.sources.folder import kind_of
from journeyman.sources.parquet.common_shape import Shape, conformed, shape_of
from journeyman.sources.parquet.parquet import SUFFIXES
from journeyman.sources.parquet.part import frames_of, open_part, schema_of
from journeyman.sources.raw import Raw
from journeyman.sources.source import Source, open_source
from journeyman.store.digest import digest_data
from journeyman.table.finding import Finding
from journeyman.table.table import Ledger

if TYPE_CHECKING:
    import polars as pl

#: How the value of a partition is named that has none.
_NONE = "__HIVE_DEFAULT_PARTITION__"
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,15}")
_BATCH = 1 << 20
#: A folder with more files than this is not searched to its end.
_MOST_ENTRIES = 200_000


@dataclass(frozen=True)
class _Piece:
    """One file of the folder, and what its folders say."""

    path: Path
    shown: str
    said: Mapping[str, str | None]


def claims(source: Source) -> int:
    """A folder with a Parquet file somewhere in it, and no other table beside."""
    if source.path is None or not source.path.is_dir() or any(map(_is_other, source.path.iterdir())):
        return 0
    return 3 if any(True for _ in _files(source.path)) else 0


def read_raw(source: Source) -> Raw:
    """Read all parts, one below the other, in the order of their names (``part-2`` before ``part-10``).

    Files and folders whose names begin with ``.`` or ``_`` are no parts. A column that a part lacks is missing there;
    types that differ are brought to one that holds all cells; both are told.

    Raises
    ------
    SourceError : a part is damaged, cut short or encrypted
    """
    import polars as pl

    parts = list(batches(source, _BATCH))
    frame = pl.concat([part.frame for part in parts])
    return replace(parts[-1], frame=frame, ledger=Ledger(read=frame.height, used=frame.height))


def batches(source: Source, rows: int) -> Iterator[Raw]:
    """The same rows, at most so many at a time, with memory for as many; what was found comes with the last.

    Raises
    ------
    SourceError : as in `read_raw`, at the batch that cannot be read, too
    """
    pieces = _pieces(source.file)
    digest = digest_data([[piece.shown, open_source(piece.path).digest()] for piece in pieces])
    shape, total = _shape_of(pieces)
    plain = Raw(
        name=source.name,
        frame=conformed(_no_rows(), shape),
        origin=f"{source.shown}: {total:,} rows, {len(shape.columns):,} columns in {len(pieces):,} Parquet files",
        digest=digest,
        ledger=Ledger(read=0, used=0),
    )
    last = plain
    for frame in _joined(_frames(pieces, shape, rows), rows):
        if last is not plain:
            yield last
        last = replace(plain, frame=frame, ledger=Ledger(read=frame.height, used=frame.height))
    yield replace(last, findings=shape.findings)


def _is_other(path: Path) -> bool:
    return path.is_file() and kind_of(path) not in ("", *SUFFIXES)


def _files(folder: Path) -> Iterator[Path]:
    for path in islice(folder.rglob("*"), _MOST_ENTRIES):
        parts = path.relative_to(folder).parts
        if path.suffix.casefold() in SUFFIXES and not any(part[0] in "._" for part in parts) and path.is_file():
            yield path


def _pieces(folder: Path) -> list[_Piece]:
    pieces = []
    for path in sorted(_files(folder), key=lambda one: _natural(one.relative_to(folder).as_posix())):
        inside = path.relative_to(folder)
        pairs = [part.partition("=") for part in inside.parts[:-1] if "=" in part]
        said = {unquote(name): None if value == _NONE else unquote(value) for name, _, value in pairs}
        pieces.append(_Piece(path, inside.as_posix(), said))
    return pieces


def _natural(name: str) -> list[tuple[int, str]]:
    """A key by which numbers in names are in the order of their size."""
    return [(int(one), "") if one.isdigit() else (-1, one) for one in re.split(r"([0-9]{1,18})", name)]


def _shape_of(pieces: list[_Piece]) -> tuple[Shape, int]:
    """The columns of all pieces together, those that folders say last, and how many rows there are."""
    import polars as pl

    kinds: dict[str, dict[str, pl.DataType]] = {}
    findings: dict[tuple[str, str], Finding] = {}
    total = 0
    for piece in pieces:
        with open_part(piece.path, piece.shown) as part:
            kinds[piece.shown] = schema_of(part)
            total += part.rows
        for one in part.findings:
            findings.setdefault((one.code, one.message), one)
    said = dict.fromkeys(name for piece in pieces for name in piece.said)
    for name in said:
        values = [piece.said.get(name) for piece in pieces]
        is_whole = all(value is None or _WHOLE.fullmatch(value) for value in values)
        for piece in pieces:
            kinds[piece.shown].setdefault(name, pl.Int64() if is_whole else pl.String())
    shape = shape_of(kinds)
    order = [name for name in shape.columns if name not in said] + list(said)
    columns = {name: shape.columns[name] for name in order}
    return Shape(columns, (*findings.values(), *shape.findings)), total


def _frames(pieces: list[_Piece], shape: Shape, rows: int) -> Iterator[pl.DataFrame]:
    import polars as pl

    for piece in pieces:
        with open_part(piece.path, piece.shown) as part:
            for frame in frames_of(part, rows):
                said = [
                    pl.Series(name, [value] * frame.height, dtype=pl.String).cast(shape.columns[name])
                    for name, value in piece.said.items()
                    if name not in frame.columns
                ]
                yield conformed(frame.with_columns(said), shape)


def _joined(frames: Iterator[pl.DataFrame], rows: int) -> Iterator[pl.DataFrame]:
    """Small frames together, as long as they have at most so many rows."""
    import polars as pl

    held: list[pl.DataFrame] = []
    for frame in frames:
        if held and sum(one.height for one in held) + frame.height > rows:
            yield pl.concat(held)
            held = []
        held.append(frame)
    if held:
        yield pl.concat(held)


def _no_rows() -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame()
