"""A workbook's parts, looked at before any parser of XML sees them.

A workbook is a zip archive of XML. Small ones can unpack to terabytes, and XML can name files of the reader's machine
or grow by entities. So every part is unpacked here once, bounded by the size that the archive states, and refused if
it declares a document type, which no workbook needs.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from journeyman.errors import SourceError

#: All parts together unpack to at most this. A sheet of a million rows by twenty columns has a quarter of it.
LARGEST_UNPACKED = 4 * 2**30
#: A part of more bytes than the first packs to at least one in so many; tables in XML pack to one in thirty.
PACKED_ABOVE, LARGEST_RATIO = 16 * 2**20, 250
_MOST_PARTS = 20_000
_PIECE = 1 << 20
#: A document type or an entity is declared here, in any encoding that XML has.
_DECLARED = re.compile(rb"<\0*!\0*(?:D\0*O\0*C\0*T\0*Y\0*P\0*E|E\0*N\0*T\0*I\0*T\0*Y)", re.I)
#: What lies here is shown, never parsed: pictures may declare a document type.
_SHOWN_ONLY = ("media/", "embeddings/", "Pictures/", "Thumbnails/")
_LOCAL = struct.Struct("<4s5H3I2H")


@dataclass(frozen=True)
class Package:
    """A workbook's archive, looked at and found harmless.

    Parameters
    ----------
    path : where it lies
    parts : its parts by name
    """

    path: Path
    parts: Mapping[str, zipfile.ZipInfo]

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part's content, unpacked, in pieces; nothing where there is no such part."""
        info = self.parts.get(name)
        if info is not None:
            yield from _unpacked(self.path, info)

    def content(self, name: str, limit: int = 64 * 2**20) -> bytes:
        """A part's content; empty where there is none, or it is larger than ``limit``."""
        info = self.parts.get(name)
        return b"".join(self.pieces(name)) if info is not None and info.file_size <= limit else b""


def open_package(path: Path, shown: str) -> Package:
    """Look at every part of a workbook.

    Raises
    ------
    SourceError : the archive is damaged, cut short or encrypted, unpacks to more than it may, or declares a document
        type
    """
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise damaged(shown, str(error)) from error
    names = [info.filename for info in infos]
    if len(names) > _MOST_PARTS or len(set(names)) < len(names):
        raise _unsafe(shown, f"its {len(names):,} parts are too many, or two of them have one name")
    if any(info.flag_bits & 1 for info in infos):
        raise encrypted(shown)
    if sum(info.file_size for info in infos) > LARGEST_UNPACKED:
        raise _unsafe(shown, f"it unpacks to over {LARGEST_UNPACKED // 2**30} GiB")
    for info in infos:
        if info.file_size > PACKED_ABOVE and info.file_size > LARGEST_RATIO * max(info.compress_size, 1):
            raise _unsafe(shown, f"{info.filename} unpacks to {info.file_size / max(info.compress_size, 1):,.0f} times")
    try:
        for info in infos:
            _look_at(path, info, shown)
    except (zlib.error, struct.error, OSError, ValueError) as error:
        raise damaged(shown, str(error)) from error
    return Package(path, {info.filename: info for info in infos})


def damaged(shown: str, because: str) -> SourceError:
    """The error of a workbook that cannot be opened."""
    return SourceError(
        f"{shown} is damaged or cut short",
        because=because[:200],
        remedy="open it where it was made, and save it again",
        code="file_truncated",
    )


def encrypted(shown: str) -> SourceError:
    """The error of a workbook that only opens with a password."""
    return SourceError(
        f"{shown} is encrypted",
        because="a password is needed to open it",
        remedy="open it, remove the password, and save it under another name",
        code="encrypted",
    )


def _unsafe(shown: str, because: str) -> SourceError:
    return SourceError(
        f"{shown} is unsafe to open: its XML or its archive is not that of a workbook",
        because=because,
        remedy="ask who sent it; if it is sound, open it where it was made and save it again, or as CSV",
        code="unsafe_xml",
    )


def _look_at(path: Path, info: zipfile.ZipInfo, shown: str) -> None:
    """Unpack a part to its end, and look for what no workbook declares."""
    is_shown = any(folder in info.filename for folder in _SHOWN_ONLY)
    before = b""
    for piece in _unpacked(path, info):
        if not is_shown and _DECLARED.search(before + piece):
            raise _unsafe(shown, f"{info.filename} declares a document type or an entity")
        before = piece[-64:]


def _unpacked(path: Path, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a part in pieces, never more than the archive says that it has.

    Raises
    ------
    ValueError : it has more or less than that, or is packed in another way than workbooks are
    """
    with path.open("rb") as file:
        file.seek(info.header_offset)
        header = _LOCAL.unpack(file.read(_LOCAL.size))
        if header[0] != b"PK\x03\x04":
            raise ValueError(f"{info.filename} does not begin where the archive says")
        file.seek(header[9] + header[10], 1)
        made = 0
        for piece in _pieces(file, info):
            made += len(piece)
            if made > info.file_size:
                raise ValueError(f"{info.filename} unpacks to more than the archive says")
            yield piece
        if made != info.file_size:
            raise ValueError(f"{info.filename} unpacks to {made:,} bytes, not to {info.file_size:,}")


def _pieces(file: IO[bytes], info: zipfile.ZipInfo) -> Iterator[bytes]:
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ValueError(f"{info.filename} is packed in a way that workbooks are not")
    unpack = zlib.decompressobj(-15)
    left = info.compress_size
    while left:
        packed = file.read(min(left, _PIECE))
        if not packed:
            raise ValueError(f"{info.filename} is cut short")
        left -= len(packed)
        if info.compress_type == zipfile.ZIP_STORED:
            yield packed
            continue
        while True:
            piece = unpack.decompress(packed, _PIECE)
            packed = unpack.unconsumed_tail
            if piece:
                yield piece
            if not packed and len(piece) < _PIECE:
                break
    if info.compress_type == zipfile.ZIP_DEFLATED and not unpack.eof:
        raise ValueError(f"{info.filename} is cut short")
