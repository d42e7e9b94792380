"""One stream of a compound file: the container of old workbooks (xls), a small file system of sectors in chains."""

from __future__ import annotations

import struct

_END = 0xFFFFFFFA
_DIRECTORY_ENTRY = 128
_FIRST_FAT = 109


def stream(content: bytes, *names: str) -> bytes:
    """The content of the first stream that has one of the names; empty where none has.

    Raises
    ------
    ValueError : the container is damaged
    """
    try:
        return _stream(content, names)
    except struct.error as error:
        raise ValueError("the container ends early") from error


def _stream(content: bytes, names: tuple[str, ...]) -> bytes:
    shift, small_shift = struct.unpack_from("<2H", content, 30)
    if shift not in (9, 12) or small_shift > shift:
        raise ValueError("the container's sectors have no usual size")
    size = 1 << shift
    first, _, smallest, small_fat = struct.unpack_from("<4I", content, 48)
    table = _table(content, size)
    directory = _chain(content, table, first, size)
    entries = [directory[at : at + _DIRECTORY_ENTRY] for at in range(0, len(directory) - 127, _DIRECTORY_ENTRY)]
    found = {_name(entry): struct.unpack_from("<2I", entry, 116) for entry in entries}
    for name in names:
        if name in found:
            start, length = found[name]
            if length >= smallest:
                return _chain(content, table, start, size)[:length]
            inner = _chain(content, table, struct.unpack_from("<I", entries[0], 116)[0], size)
            small = _chain(content, table, small_fat, size)
            links = struct.unpack(f"<{len(small) // 4}I", small[: len(small) // 4 * 4])
            return _chain(inner, links, start, 1 << small_shift, header=0)[:length]
    return b""


def _table(content: bytes, size: int) -> tuple[int, ...]:
    """The table of chains: for each sector the next one."""
    count, following = struct.unpack_from("<I", content, 44)[0], struct.unpack_from("<I", content, 68)[0]
    sectors = list(struct.unpack_from(f"<{_FIRST_FAT}I", content, 76))
    seen = 0
    while following < _END and seen <= len(content) // size:
        part = struct.unpack_from(f"<{size // 4}I", content, (following + 1) * size)
        sectors += part[:-1]
        following = part[-1]
        seen += 1
    links: list[int] = []
    for sector in sectors[: min(count, len(content) // size)]:
        if sector < _END:
            links += struct.unpack_from(f"<{size // 4}I", content, (sector + 1) * size)
    return tuple(links)


def _chain(content: bytes, links: tuple[int, ...], start: int, size: int, header: int = 1) -> bytes:
    """The sectors of a chain, one behind the other; a chain that goes round is damage."""
    pieces: list[bytes] = []
    sector = start
    while sector < _END:
        if sector >= len(links) or len(pieces) > len(links):
            raise ValueError("a chain of sectors leads nowhere")
        pieces.append(content[(sector + header) * size : (sector + header + 1) * size])
        sector = links[sector]
    return b"".join(pieces)


def _name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
