"""Where the fields of a Thrift structure lie in its bytes (compact protocol), found without decoding the rest.

The end of a Parquet file is such a structure. Only its outline is read: which field begins and ends where. Lengths
are checked against the bytes that are there, and nesting is bounded, so that a damaged file is an error and no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

#: Types of values, as the protocol numbers them.
TRUE, FALSE, BYTE, INT16, INT32, INT64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT, UUID = range(1, 14)
_VARINTS = (INT16, INT32, INT64)
_FIXED = {BYTE: 1, DOUBLE: 8, UUID: 16}
_DEEPEST = 32


class Damaged(ValueError):
    """The bytes are no structure of this protocol."""


@dataclass(frozen=True)
class Field:
    """A field of a structure.

    Parameters
    ----------
    number : as the structure's definition numbers it
    kind : its type
    start, end : where its value lies; a true or false has no bytes
    """

    number: int
    kind: int
    start: int
    end: int


def fields_of(data: bytes, start: int = 0) -> Iterator[Field]:
    """The fields of the structure that begins at ``start``, in the order in which they stand.

    Raises
    ------
    Damaged : the bytes end early, or are no such structure
    """
    place, number = start, 0
    while True:
        head = _byte(data, place)
        place += 1
        if head == 0:
            return
        kind = head & 0x0F
        if head >> 4:
            number += head >> 4
        else:
            number, place = signed(data, place)
        end = _end_of(data, place, kind, 0)
        yield Field(number, kind, place, end)
        place = end


def items_of(data: bytes, start: int) -> tuple[int, list[tuple[int, int]]]:
    """The type of a list's items, and where each of them begins and ends.

    Raises
    ------
    Damaged : the bytes end early, or are no list
    """
    kind, count, place = _list_head(data, start)
    found = []
    for _ in range(count):
        end = _end_of_item(data, place, kind, 0)
        found.append((place, end))
        place = end
    return kind, found


def binary(data: bytes, start: int) -> bytes:
    """The content of a string of bytes."""
    length, place = unsigned(data, start)
    _require(data, place + length)
    return data[place : place + length]


def as_binary(content: bytes) -> bytes:
    """A string of bytes as the protocol writes it: its length before it."""
    return as_unsigned(len(content)) + content


def unsigned(data: bytes, place: int) -> tuple[int, int]:
    """A number of variable length, and the place behind it."""
    value = 0
    for shift in range(0, 70, 7):
        one = _byte(data, place)
        place += 1
        value |= (one & 0x7F) << shift
        if one < 0x80:
            return value, place
    raise Damaged("a number is longer than any may be")


def signed(data: bytes, place: int) -> tuple[int, int]:
    """A number of variable length whose last bit is its sign, and the place behind it."""
    value, place = unsigned(data, place)
    return (value >> 1) ^ -(value & 1), place


def as_unsigned(value: int) -> bytes:
    """A number of variable length."""
    written = bytearray()
    while value >= 0x80:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    written.append(value)
    return bytes(written)


def _end_of(data: bytes, place: int, kind: int, depth: int) -> int:
    """Where the value that begins here ends."""
    if depth > _DEEPEST:
        raise Damaged("it is nested deeper than any may be")
    if kind in (TRUE, FALSE):
        return place
    if kind in _VARINTS:
        return unsigned(data, place)[1]
    if kind in _FIXED:
        return _require(data, place + _FIXED[kind])
    if kind == BINARY:
        length, place = unsigned(data, place)
        return _require(data, place + length)
    if kind in (LIST, SET):
        inner, count, place = _list_head(data, place)
        for _ in range(count):
            place = _end_of_item(data, place, inner, depth + 1)
        return place
    if kind == MAP:
        return _end_of_map(data, place, depth)
    if kind == STRUCT:
        return _end_of_struct(data, place, depth)
    raise Damaged(f"{kind} is no type of value")


def _end_of_item(data: bytes, place: int, kind: int, depth: int) -> int:
    """As `_end_of`; inside of lists and maps a truth value has a byte of its own."""
    if kind in (TRUE, FALSE):
        return _require(data, place + 1)
    return _end_of(data, place, kind, depth)


def _end_of_map(data: bytes, place: int, depth: int) -> int:
    count, place = unsigned(data, place)
    if not count:
        return place
    kinds = _byte(data, place)
    place += 1
    _require(data, place + count)
    for _ in range(count):
        place = _end_of_item(data, place, kinds >> 4, depth + 1)
        place = _end_of_item(data, place, kinds & 0x0F, depth + 1)
    return place


def _end_of_struct(data: bytes, place: int, depth: int) -> int:
    while True:
        head = _byte(data, place)
        place += 1
        if head == 0:
            return place
        if not head >> 4:
            _, place = signed(data, place)
        place = _end_of(data, place, head & 0x0F, depth + 1)


def _list_head(data: bytes, place: int) -> tuple[int, int, int]:
    """Type and number of a list's items, and where the first begins."""
    head = _byte(data, place)
    kind, count = head & 0x0F, head >> 4
    place += 1
    if count == 15:
        count, place = unsigned(data, place)
    _require(data, place + count)  # every item has a byte at least
    return kind, count, place


def _byte(data: bytes, place: int) -> int:
    _require(data, place + 1)
    return data[place]


def _require(data: bytes, end: int) -> int:
    if end > len(data):
        raise Damaged("it ends before its last field")
    return end
