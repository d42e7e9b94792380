"""Packed files: gzip, bzip2, xz, Zstandard, and a file in a zip archive, unpacked as streams that are bounded.

A packed file of a few megabytes can unpack to terabytes. What it may unpack to is bounded by its own size, so that
such a file is refused after little work.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import IO, Any

from backports import zstd

from journeyman.errors import SourceError, nearest

#: A file may unpack to this, or to so many times its own size: text of a table packs to a fifth, at best a fiftieth.
LARGEST_ANYHOW, LARGEST_RATIO = 512 * 2**20, 200
#: Where the first bytes unpack to more than so many times what they took, all is unpacked once to see how much it is.
_LOOKED_AT, USUAL_RATIO = 16 * 2**20, 50
_OPENERS: Mapping[str, Callable[[Any], Any]] = {
    "gzip": lambda packed: gzip.GzipFile(packed) if isinstance(packed, Path) else gzip.GzipFile(fileobj=packed),
    "bzip2": bz2.BZ2File,
    "xz": lzma.LZMAFile,
    "Zstandard": zstd.ZstdFile,
}
#: First bytes of packed files, and what they are called.
MARKS = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
)
#: Endings that packing adds to a name.
ENDINGS = (".gz", ".gzip", ".bz2", ".xz", ".zst", ".zip", ".z")
#: Members by which a zip archive is a document of its own: a workbook, not a packed table.
_DOCUMENTS = ("[Content_Types].xml", "mimetype", "content.xml")
#: Members that are no tables: what systems leave in archives.
_NO_TABLES = ("__MACOSX/", ".DS_Store", "Thumbs.db")
_TABLES = (".csv", ".tsv", ".txt", ".tab", ".dat", ".json", ".jsonl", ".ndjson", ".parquet", ".xlsx", ".xls", ".ods")


def packing_of(path: Path) -> str:
    """How a file is packed, by its first bytes: ``"gzip"`` …; ``""`` where it is not. A workbook is not packed."""
    with path.open("rb") as file:
        head = file.read(8)
    for mark, name in MARKS:
        if head.startswith(mark):
            return "" if name == "zip" and _is_document(path) else name
    return ""


def unpacked(path: Path, packing: str, member: str = "") -> IO[bytes]:
    """The content of a packed file as a stream.

    Parameters
    ----------
    packing : as `packing_of` says
    member : of a zip archive, the file in it

    Raises
    ------
    SourceError : now or while reading: it is damaged, cut short, encrypted, or unpacks to more than it may
    """
    return _bounded(_member(path, member) if packing == "zip" else _OPENERS[packing](path), path)


def require_bounded(path: Path, packing: str, member: str = "") -> None:
    """Refuse what unpacks to more than it may, before anybody looks into it: where its beginning is packed too well.

    Raises
    ------
    SourceError : it is damaged, cut short, encrypted, or unpacks to more than it may
    """
    with path.open("rb") as packed:
        inside = _member(path, member) if packing == "zip" else _OPENERS[packing](packed)
        with _bounded(inside, path) as stream:
            first = len(stream.read(_LOOKED_AT))
            # how much of an archive a member took is not known while it is read: at most all of it
            used = path.stat().st_size if packing == "zip" else packed.tell()
            if first == _LOOKED_AT and first > USUAL_RATIO * used:
                while stream.read(1 << 20):
                    pass


def _bounded(stream: IO[bytes], path: Path) -> IO[bytes]:
    limit = max(LARGEST_ANYHOW, LARGEST_RATIO * path.stat().st_size)
    return io.BufferedReader(_Bounded(stream, path, limit), 1 << 20)


def member_of(path: Path, wanted: str = "") -> str:
    """The file in a zip archive that holds the table.

    Raises
    ------
    SourceError : there is none, there are several and none was named, or the one that was named is not there
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = [one.filename for one in archive.infolist() if not one.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _damaged(path, error) from error
    names = [name for name in names if not any(mark in name for mark in _NO_TABLES)]
    if wanted:
        found = [name for name in names if wanted in (name, PurePosixPath(name).name, PurePosixPath(name).stem)]
        if len(found) != 1:
            raise SourceError(
                f"{path} has no file {wanted!r} in it" if not found else f"{path} has several files {wanted!r} in it",
                remedy=nearest(wanted, names),
                code="table_missing",
            )
        return found[0]
    tables = [name for name in names if PurePosixPath(name).suffix.casefold() in _TABLES] or names
    if not tables:
        raise SourceError(f"{path} is an archive with no file in it", remedy="name another file", code="empty_file")
    if len(tables) > 1:
        listed = ", ".join(tables[:6]) + (", …" if len(tables) > 6 else "")
        raise SourceError(
            f"{path} holds {len(tables)} tables: {listed}",
            because="it is not clear which of them is meant",
            remedy=f"say which, as --table {tables[0]}",
            code="ambiguous_archive",
        )
    return tables[0]


class _Bounded(io.RawIOBase):
    """A stream that ends with an error where it is damaged, or longer than it may be."""

    def __init__(self, stream: IO[bytes], path: Path, limit: int) -> None:
        self._stream, self._path, self._limit, self._read = stream, path, limit, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        try:
            piece = self._stream.read(len(view))
        except (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, zstd.ZstdError) as error:
            raise _damaged(self._path, error) from error
        self._read += len(piece)
        if self._read > self._limit:
            raise SourceError(
                f"{self._path} is larger than it may be: it unpacks to over {self._limit / 2**20:,.0f} MiB",
                because=f"that is over {self._read / max(self._path.stat().st_size, 1):,.0f} times its own size",
                remedy="unpack it first if it is sound, and name the file inside",
                code="too_large",
            )
        view[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


def _is_document(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            names: Sequence[str] = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        # cut short: its name is all that there is to go by
        return path.suffix.casefold() in (".xlsx", ".xlsm", ".xlsb", ".ods")
    return any(name in _DOCUMENTS or name.startswith("xl/") for name in names)


def _member(path: Path, member: str) -> IO[bytes]:
    try:
        return zipfile.ZipFile(path).open(member)
    except RuntimeError as error:
        raise SourceError(
            f"{path} is encrypted",
            because="a password is needed to open it",
            remedy="unpack it first, and name the file inside",
            code="encrypted",
        ) from error
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError) as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> SourceError:
    if isinstance(error, SourceError):
        return error
    return SourceError(
        f"{path} is cut short or damaged",
        because=f"its packed content cannot be unpacked to the end ({str(error)[:120] or type(error).__name__})",
        remedy="fetch the file again",
        code="file_truncated",
    )
