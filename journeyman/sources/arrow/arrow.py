"""Arrow files (Feather) and streams: typed columns as they stand."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeVar

from journeyman.errors import SourceError, from_system
from journeyman.sources.arrow.marks import FILE, OLD, begins_stream, require_arrow, unended
from journeyman.sources.arrow.schema_message import (
    LARGEST,
    footer_renamed,
    length_of,
    names_in_footer,
    names_of,
    renamed,
)
from journeyman.sources.names import clean_names
from journeyman.sources.raw import Raw, raw_of
from journeyman.sources.source import Source
from journeyman.table.finding import Finding

if TYPE_CHECKING:
    import polars as pl

_Read = TypeVar("_Read")

SUFFIXES = (".feather", ".arrow", ".arrows", ".ipc")
#: A file ends with the length of its footer and its mark.
_TAIL = 4 + len(FILE)


@dataclass(frozen=True, kw_only=True)
class _Opened:
    """A file as polars can read it.

    Parameters
    ----------
    path : the file itself, or a copy with other names
    is_stream : whether it is a stream, which is read from its beginning to its end
    names : the columns' names, cleaned
    """

    path: Path
    shown: str
    is_stream: bool
    names: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


def claims(source: Source) -> int:
    """A file that begins as Arrow files or streams do, or is named as one."""
    if source.path is None or source.path.is_dir():
        return 0
    if source.head.startswith((FILE, OLD)) or begins_stream(source.head):
        return 3
    return 2 if source.suffix in SUFFIXES else 0


def read_raw(source: Source) -> Raw:
    """Read an Arrow file or stream.

    Types stay as they are. A name that stands twice gets a number behind it, which is told.

    Raises
    ------
    SourceError : the file is empty, cut short or damaged, is of Feather's first version, or is no Arrow
    """
    with source.on_disk() as path, _opened(path, source.shown) as opened:
        frame = _frame(opened, None)
        return raw_of(source, frame, frame.height, source.digest(), opened.findings)


def batches(source: Source, rows: int) -> Iterator[Raw]:
    """The same rows, at most so many at a time; what was found comes with the last.

    A file is read with memory for so many rows, a stream with memory for all of them.

    Raises
    ------
    SourceError : as in `read_raw`
    """
    digest = source.digest()
    with source.on_disk() as path, _opened(path, source.shown) as opened:
        total = _rows(opened)
        whole = _frame(opened, None) if opened.is_stream else None
        for start in range(0, max(total, 1), rows):
            frame = _frame(opened, (start, rows)) if whole is None else whole.slice(start, rows)
            findings = opened.findings if start + rows >= total else ()
            yield raw_of(source, frame, total, digest, findings)


@contextlib.contextmanager
def _opened(path: Path, shown: str) -> Iterator[_Opened]:
    """Look at the schema, and make sure that the columns can be told apart: polars dies of a name that stands twice."""
    with path.open("rb") as file:
        head = file.read(8)
        require_arrow(head, shown, head.startswith(FILE))
        is_stream = not head.startswith(FILE)
        try:
            schema = _schema_of_stream(file) if is_stream else _schema_of_file(file)
            original = names_of(schema) if is_stream else names_in_footer(schema)
            names, findings = clean_names(original)
            is_twice = len(set(original)) < len(original)
            again = (renamed if is_stream else footer_renamed)(schema, names) if is_twice else b""
        except ValueError as error:
            raise _damaged(shown, error) from error
        if is_stream:
            findings = (*findings, *unended(file, shown))
        opened = _Opened(path=path, shown=shown, is_stream=is_stream, names=tuple(names), findings=findings)
        if not names:
            raise SourceError(f"{shown} has no columns", remedy="name a file with columns and rows", code="no_rows")
        if not again:
            yield opened
            return
        with tempfile.TemporaryDirectory(prefix="journeyman-") as folder:
            copy = Path(folder) / "renamed"
            try:
                _copy(file, copy, schema, again, is_stream)
            except OSError as error:
                raise from_system(error, f"copying {path}") from error
            yield _Opened(**{**vars(opened), "path": copy})


def _schema_of_stream(file: IO[bytes]) -> bytes:
    file.seek(0)
    start = file.read(8)
    return start + file.read(length_of(start) - len(start))


def _schema_of_file(file: IO[bytes]) -> bytes:
    """The footer, which ends with its length and the file's mark."""
    size = file.seek(0, 2)
    file.seek(max(size - _TAIL, 0))
    tail = file.read(_TAIL)
    length = int.from_bytes(tail[:4], "little")
    if not tail.endswith(FILE) or not 0 < length <= min(size - _TAIL - len(FILE), LARGEST):
        raise ValueError("its end mark is missing, or what should stand before it")
    file.seek(size - _TAIL - length)
    return file.read(length)


def _copy(file: IO[bytes], copy: Path, schema: bytes, again: bytes, is_stream: bool) -> None:
    """The file with another schema in place of its own; the cells are as they were."""
    with copy.open("wb") as new:
        if is_stream:
            new.write(again)
            file.seek(len(schema))
            shutil.copyfileobj(file, new, 1 << 20)
            return
        left = file.seek(0, 2) - _TAIL - len(schema)
        file.seek(0)
        while piece := file.read(min(left, 1 << 20)):
            new.write(piece)
            left -= len(piece)
        new.write(again + len(again).to_bytes(4, "little") + FILE)


def _rows(opened: _Opened) -> int:
    import polars as pl

    if opened.is_stream:
        return int(_frame(opened, None).height)
    return int(_told(opened.shown, lambda: pl.scan_ipc(opened.path, glob=False).select(pl.len()).collect().item()))


def _frame(opened: _Opened, stretch: tuple[int, int] | None) -> pl.DataFrame:
    import polars as pl

    def read() -> pl.DataFrame:
        if opened.is_stream:
            return pl.read_ipc_stream(opened.path)
        scan = pl.scan_ipc(opened.path, glob=False)
        return (scan if stretch is None else scan.slice(*stretch)).collect()

    frame = _told(opened.shown, read)
    frame.columns = list(opened.names)
    return frame


def _told(shown: str, read: Callable[[], _Read]) -> _Read:
    import polars as pl

    try:
        return read()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as error:
        raise _damaged(shown, error) from error


def _damaged(shown: str, error: BaseException) -> SourceError:
    said = str(error).splitlines()
    return SourceError(
        f"{shown} is cut short or damaged: it cannot be read as Arrow",
        because=said[0][:200] if said else type(error).__name__,
        remedy="fetch or write the file again",
        code="file_truncated",
    )
