"""The names of the columns in an Arrow schema: read, and written into its bytes.

A stream begins with a message that holds the schema, a file ends with a footer that does. Both are FlatBuffers: tables
whose fields are found by offsets. A new name is put behind the rest and the offset to the old one is turned to it, so
nothing else has to be understood or moved.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

CONTINUES = b"\xff\xff\xff\xff"
#: A schema is never larger: 10,000 columns need a hundredth of it.
LARGEST = 1 << 28
#: Places of fields in their tables, as Message.fbs, File.fbs and Schema.fbs define them.
_IN_MESSAGE, _IN_FOOTER, _FIELDS, _NAME = 2, 1, 1, 0


def length_of(start: bytes) -> int:
    """How many bytes the message has that begins so, its mark and its length included.

    Raises
    ------
    ValueError : no message begins so
    """
    before = _before(start)
    if len(start) < before:
        raise ValueError("it ends early")
    length = int.from_bytes(start[before - 4 : before], "little")
    if not 16 <= length <= LARGEST:
        raise ValueError("its length is none that a schema may have")
    return before + length


def names_of(message: bytes) -> list[str]:
    """The names of the columns in a message (mark, length, FlatBuffer), in order; the same name may stand twice.

    Raises
    ------
    ValueError : it is no schema message
    """
    return _names(message[_before(message) :], _IN_MESSAGE)


def names_in_footer(footer: bytes) -> list[str]:
    """The names of the columns in a file's footer, as `names_of`.

    Raises
    ------
    ValueError : it is no footer
    """
    return _names(footer, _IN_FOOTER)


def renamed(message: bytes, names: Sequence[str]) -> bytes:
    """A message with other names for the columns, in order.

    Raises
    ------
    ValueError : it is no schema message, or has another number of columns
    """
    before = _before(message)
    body = _renamed(message[before:], _IN_MESSAGE, names)
    body += bytes(-(before + len(body)) % 8)
    return message[: before - 4] + struct.pack("<I", len(body)) + body


def footer_renamed(footer: bytes, names: Sequence[str]) -> bytes:
    """A file's footer with other names for the columns, in order.

    Raises
    ------
    ValueError : it is no footer, or has another number of columns
    """
    return _renamed(footer, _IN_FOOTER, names)


def _before(message: bytes) -> int:
    """How many bytes stand before a message's FlatBuffer."""
    return 8 if message.startswith(CONTINUES) else 4


def _names(content: bytes, place: int) -> list[str]:
    body = bytearray(content)
    try:
        return [_text(body, _pointed(body, at)) for at in _places(body, place)]
    except struct.error as error:
        raise ValueError("it ends early") from error


def _renamed(content: bytes, place: int, names: Sequence[str]) -> bytes:
    body = bytearray(content)
    try:
        places = _places(body, place)
        if len(places) != len(names):
            raise ValueError("it has another number of columns")
        for at, name in zip(places, names, strict=True):
            body += bytes(-len(body) % 4)
            struct.pack_into("<I", body, at, len(body) - at)
            encoded = name.encode()
            body += struct.pack("<I", len(encoded)) + encoded + b"\0"
    except struct.error as error:
        raise ValueError("it ends early") from error
    return bytes(body)


def _places(body: bytearray, place: int) -> list[int]:
    """Where the offsets to the columns' names lie."""
    schema = _pointed(body, _field(body, _pointed(body, 0), place))
    columns = _pointed(body, _field(body, schema, _FIELDS))
    count = _number(body, columns)
    if count > len(body):
        raise ValueError("it names more columns than it has")
    return [_field(body, _pointed(body, columns + 4 + 4 * one), _NAME) for one in range(count)]


def _field(body: bytearray, table: int, place: int) -> int:
    """Where a table's field lies."""
    outline = table - struct.unpack_from("<i", body, table)[0]
    if outline < 0:
        raise ValueError("a table lies outside")
    size = struct.unpack_from("<H", body, outline)[0]
    offset = struct.unpack_from("<H", body, outline + 4 + 2 * place)[0] if 4 + 2 * place < size else 0
    if not offset:
        raise ValueError(f"its field {place} is missing")
    return int(table + offset)


def _text(body: bytearray, at: int) -> str:
    return bytes(body[at + 4 : at + 4 + _number(body, at)]).decode("utf-8", "replace")


def _pointed(body: bytearray, at: int) -> int:
    return at + _number(body, at)


def _number(body: bytearray, at: int) -> int:
    return int(struct.unpack_from("<I", body, at)[0])
