"""A bounded walk through protobuf bytes that nobody vouches for.

Only what a schema names is read; whatever else there is, is refused: unknown fields, lengths past the end, numbers
that are longer than they need be, single fields that come twice, more fields than a limit. Schemas do not recurse,
so neither does the walk. Lists of numbers are decoded as arrays, since tree models are millions of them.
Format: https://protobuf.dev/programming-guides/encoding
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from journeyman.errors import BundleError

#: How many fields, messages among them, and how many numbers in lists, one walk reads at most.
MOST_FIELDS = 2_000_000
MOST_MESSAGES = 500_000
MOST_NUMBERS = 1 << 23

_VARINT, _BYTES = 0, 2
_LONGEST = 10  # bytes of a 64-bit varint
_FIRST_WINDOW, _LAST_WINDOW = 64, 1 << 22  # bytes

Message = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """One field of a message.

    Parameters
    ----------
    kind : ``"int"`` (int64), ``"ints"`` (any number of int64, packed or not, as an array), ``"bytes"``, ``"message"``
    repeated : whether it may come more than once (bytes and messages); its value is a list then
    schema : the fields of the message, where it is one
    """

    name: str
    kind: Literal["int", "ints", "bytes", "message"]
    repeated: bool = False
    schema: Mapping[int, Field] | None = None


Schema = Mapping[int, Field]


def refuse(reason: str) -> BundleError:
    """The error for a graph that is not to be trusted."""
    return BundleError(
        "the bundle's graph is refused", because=reason, remedy="build the bundle again, or get an undamaged copy"
    )


def walk(content: bytes, schema: Schema) -> Message:
    """Read a whole message: values by field name. Absent repeated fields are empty lists, other absent fields missing.

    Raises
    ------
    BundleError : the bytes are not exactly a message of the schema, within the limits
    """
    return _Walk(content).message(0, len(content), schema)


class _Walk:
    def __init__(self, content: bytes) -> None:
        self.content = content
        self.array = np.frombuffer(content, np.uint8)
        self.fields_left = MOST_FIELDS
        self.messages_left = MOST_MESSAGES
        self.numbers_left = MOST_NUMBERS

    def message(self, at: int, end: int, schema: Schema) -> Message:
        # An empty message takes two bytes in the file, and hundreds here.
        self.messages_left -= 1
        if self.messages_left < 0:
            raise refuse(f"it has more than {MOST_MESSAGES:,} messages")
        found: Message = {field.name: [] for field in schema.values() if field.repeated}
        while at < end:
            tag, after = self.varint(at, end)
            field, wire = schema.get(tag >> 3), tag & 7
            if field is None:
                raise refuse(f"byte {at:,} starts a field ({tag >> 3}) that we do not write")
            self.fields_left -= 1
            if self.fields_left < 0:
                raise refuse(f"it has more than {MOST_FIELDS:,} fields")
            if field.name in found and not field.repeated:
                raise refuse(f"its field {field.name!r} comes twice")
            if field.kind == "ints" and wire == _VARINT:
                found[field.name], at = self.unpacked(at, end, tag)
                continue
            if wire != (_VARINT if field.kind == "int" else _BYTES):
                raise refuse(f"its field {field.name!r} has another wire type")
            number, after = self.varint(after, end)
            if field.kind == "int":
                found[field.name], at = _signed(number), after
                continue
            if number > end - after:
                raise refuse(f"a length at byte {at:,} points past the end")
            at = after + number
            value: Any
            if field.kind == "bytes":
                value = self.content[after:at]
            elif field.kind == "ints":
                value = self.packed(after, at)
            else:
                value = self.message(after, at, field.schema or {})
            if field.repeated:
                found[field.name].append(value)
            else:
                found[field.name] = value
        return found

    def varint(self, at: int, end: int) -> tuple[int, int]:
        """An unsigned number, and where the next byte is."""
        value = shift = 0
        for place in range(at, min(at + _LONGEST, end)):
            byte = self.content[place]
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                if (byte == 0 and shift) or value >= 1 << 64:
                    break
                return value, place + 1
            shift += 7
        raise refuse(f"the number at byte {at:,} is malformed")

    def packed(self, at: int, end: int) -> NDArray[np.int64]:
        """Numbers one after another."""
        part = self.array[at:end]
        is_end = part < 0x80
        self.count(int(np.count_nonzero(is_end)))
        ends = np.flatnonzero(is_end)
        if len(part) and (not len(ends) or ends[-1] != len(part) - 1):
            raise refuse(f"a number before byte {end:,} is cut off")
        return _decode(part, np.concatenate([[0], ends[:-1] + 1])[: len(ends)], ends)

    def unpacked(self, at: int, end: int, tag: int) -> tuple[NDArray[np.int64], int]:
        """Numbers with the same tag before each, for as long as it stays the same; and where the next byte is.

        All of a field's numbers must stand together, as every encoder writes them. They are decoded in windows that
        grow, so that what stands behind them is not looked at in vain.
        """
        runs: list[NDArray[np.int64]] = []
        width = _FIRST_WINDOW
        while at < end:
            part = self.array[at : min(at + width, end)]
            ends = np.flatnonzero(part < 0x80)
            ends = ends[: len(ends) // 2 * 2]
            tag_ends, value_ends = ends[0::2], ends[1::2]
            tag_starts = np.concatenate([[0], value_ends[:-1] + 1])[: len(tag_ends)]
            is_other = (tag_starts != tag_ends) | (part[tag_ends] != tag)
            is_over = bool(is_other.any())
            run = int(is_other.argmax()) if is_over else len(is_other)
            if run:
                self.count(run)
                runs.append(_decode(part, tag_ends[:run] + 1, value_ends[:run]))
                at += int(value_ends[run - 1]) + 1
            if is_over or not run:
                break
            width = min(8 * width, _LAST_WINDOW)
        if not runs:
            raise refuse(f"the number at byte {at:,} is malformed")
        return np.concatenate(runs), at

    def count(self, numbers: int) -> None:
        """Count numbers in lists against their limit."""
        self.numbers_left -= numbers
        if self.numbers_left < 0:
            raise refuse(f"it has more than {MOST_NUMBERS:,} numbers in lists")


def _decode(part: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    lengths = ends - starts + 1
    longest = int(lengths.max(initial=0))
    values = np.zeros(len(starts), np.uint64)
    if longest > _LONGEST or np.any((lengths == _LONGEST) & (part[ends] > 1)):
        raise refuse("a list holds a number of more than 64 bits")
    if np.any((lengths > 1) & (part[ends] == 0)):
        raise refuse("a list holds a number that is longer than it need be")
    for place in range(longest):
        there = slice(None) if place == 0 else lengths > place
        values[there] |= (part[starts[there] + place] & np.uint8(0x7F)).astype(np.uint64) << np.uint64(7 * place)
    return values.view(np.int64)


def _signed(number: int) -> int:
    return number - (1 << 64) if number >> 63 else number
