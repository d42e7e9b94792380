"""One Parquet file as polars reads it, whole or some rows at a time; every failure is told in our words."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from journeyman.errors import SourceError, from_system
from journeyman.sources.names import clean_names
from journeyman.sources.parquet.footer import MARK, Footer, encrypted, footer_of, with_names
from journeyman.sources.parquet.thrift import Damaged
from journeyman.table.finding import Finding

if TYPE_CHECKING:
    import polars as pl

#: Cells may take this much memory, or so many times what the file has: equal cells pack to almost nothing.
LARGEST_ANYHOW, LARGEST_RATIO = 2 * 2**30, 200


@dataclass(frozen=True, kw_only=True)
class Part:
    """A Parquet file that is whole, ready to be read.

    Parameters
    ----------
    path : a file whose columns have each their own name: the file itself, or a copy with other names
    shown : the file's name in messages
    names : the columns' names, cleaned
    rows : how many rows the file says that it has
    groups : how many rows lie together in it, one number a group
    findings : what had to be repaired in the names
    """

    path: Path
    shown: str
    names: tuple[str, ...]
    rows: int
    groups: tuple[int, ...]
    is_encrypted: bool = False
    findings: tuple[Finding, ...] = ()


@contextlib.contextmanager
def open_part(path: Path, shown: str) -> Iterator[Part]:
    """Look at a Parquet file's end, and make sure that its columns can be told apart.

    Where a name stands twice, polars reads nothing. Then a copy of the file is read whose end has other names.

    Parameters
    ----------
    shown : the file's name in messages

    Raises
    ------
    SourceError : the file is empty, cut short, damaged, encrypted, or no Parquet
    """
    footer = footer_of(path, shown)
    try:
        original = footer.names
        names, findings = clean_names(original)
        part = Part(
            path=path,
            shown=shown,
            names=tuple(names),
            rows=footer.rows,
            groups=tuple(footer.groups),
            is_encrypted=footer.is_encrypted,
            findings=findings,
        )
        renamed = b"" if len(set(original)) == len(original) else with_names(footer, names)
    except Damaged as error:
        raise _damaged(shown, error) from error
    if not names:
        raise SourceError(f"{shown} has no columns", remedy="name a file with columns and rows", code="no_rows")
    if not renamed:
        yield part
        return
    with tempfile.TemporaryDirectory(prefix="journeyman-") as folder:
        copy = _copy(path, footer, renamed, Path(folder) / "renamed.parquet")
        yield Part(**{**vars(part), "path": copy})


def frame_of(part: Part) -> pl.DataFrame:
    """All rows of a file.

    Raises
    ------
    SourceError : the file is damaged or encrypted, or holds so many cells in so few bytes that it is no table
    """
    import polars as pl

    weight = 8 * part.rows * len(part.names)
    if weight > max(LARGEST_ANYHOW, LARGEST_RATIO * part.path.stat().st_size):
        raise SourceError(
            f"{part.shown} is larger than it may be: it says that it has {part.rows:,} rows",
            because=f"that makes {weight / 2**20:,.0f} MiB of cells, over {LARGEST_RATIO} times the file's own size",
            remedy="write the table again, without rows that repeat, if it is sound",
            code="too_large",
        )
    with _told(part):
        frame = pl.read_parquet(part.path, glob=False, hive_partitioning=False)
    frame.columns = list(part.names)
    return frame


def frames_of(part: Part, rows: int) -> Iterator[pl.DataFrame]:
    """The rows of a file in order, at most so many at a time; each group is read once where it is no larger.

    Raises
    ------
    SourceError : the file is damaged or encrypted
    """
    import polars as pl

    start = 0
    for count in _stretches(part.groups, rows):
        with _told(part):
            scan = pl.scan_parquet(part.path, glob=False, hive_partitioning=False)
            frame = scan.slice(start, count).collect()
        start += count
        frame.columns = list(part.names)
        yield frame


def schema_of(part: Part) -> dict[str, pl.DataType]:
    """The type of each column.

    Raises
    ------
    SourceError : the file is damaged or encrypted
    """
    import polars as pl

    with _told(part):
        kinds = pl.read_parquet_schema(part.path)
    return dict(zip(part.names, kinds.values(), strict=True))


def _stretches(groups: tuple[int, ...], rows: int) -> Iterator[int]:
    """Whole groups together where they have at most so many rows; pieces of larger ones."""
    held = 0
    for group in groups:
        if held + group > rows and held:
            yield held
            held = 0
        pieces, rest = divmod(group, rows)
        yield from [rows] * (pieces if rest else pieces - 1)
        held += rest or (rows if pieces else 0)
    if held:
        yield held


@contextlib.contextmanager
def _told(part: Part) -> Iterator[None]:
    """What polars says of a damaged file, in our words; a panic of its native code, too."""
    import polars as pl

    try:
        yield
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as error:
        if part.is_encrypted:
            raise encrypted(part.shown, "columns of it are encrypted") from error
        raise _damaged(part.shown, error) from error


def _damaged(shown: str, error: BaseException) -> SourceError:
    said = str(error).splitlines()
    return SourceError(
        f"{shown} is damaged: it cannot be read as Parquet",
        because=said[0][:200] if said else type(error).__name__,
        remedy="fetch or write the file again, or save the table as CSV",
        code="file_truncated",
    )


def _copy(path: Path, footer: Footer, renamed: bytes, copy: Path) -> Path:
    """The file's cells as they are, with another footer behind them."""
    try:
        with path.open("rb") as old, copy.open("wb") as new:
            left = footer.start
            while piece := old.read(min(left, 1 << 20)):
                new.write(piece)
                left -= len(piece)
            new.write(renamed + len(renamed).to_bytes(4, "little") + MARK)
    except OSError as error:
        raise from_system(error, f"copying {path}") from error
    return copy
