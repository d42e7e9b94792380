"""The end of a Parquet file: whether the file is whole, what its columns are called, how many rows lie together."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from journeyman.errors import SourceError
from journeyman.sources.arrow.schema_message import renamed as renamed_arrow
from journeyman.sources.parquet.thrift import (
    Damaged,
    Field,
    as_binary,
    binary,
    fields_of,
    items_of,
    signed,
)

MARK, ENCRYPTED_MARK = b"PAR1", b"PARE"
#: A footer is never larger: 10,000 columns in 1,000 groups of rows need less.
LARGEST_FOOTER = 1 << 30
#: Numbers of fields, as parquet.thrift defines them: of the footer, of an element of its schema, of a group of rows.
_SCHEMA, _ROWS, _GROUPS, _METADATA, _ENCRYPTION = 2, 3, 4, 5, 8
_NAME, _CHILDREN = 4, 5
_GROUP_ROWS = 3
_KEY, _VALUE = 1, 2
_ARROW = b"ARROW:schema"


@dataclass(frozen=True)
class Footer:
    """The footer of a Parquet file.

    Parameters
    ----------
    data : its bytes, a Thrift structure
    start : where in the file it begins; all cells lie before
    """

    data: bytes
    start: int

    @property
    def names(self) -> list[str]:
        """The names of the columns, in order; the same name may stand twice."""
        return [binary(self.data, one.start).decode("utf-8", "replace") for one in _name_fields(self.data)]

    @property
    def rows(self) -> int:
        """How many rows the file says that it has."""
        return _number(self.data, _field(self.data, _ROWS))

    @property
    def groups(self) -> list[int]:
        """How many rows each group has; the rows of a group are read together."""
        groups = items_of(self.data, _field(self.data, _GROUPS).start)[1]
        return [
            _number(self.data, one)
            for start, _ in groups
            for one in fields_of(self.data, start)
            if one.number == _GROUP_ROWS
        ]

    @property
    def is_encrypted(self) -> bool:
        """Whether some columns are encrypted, though the footer is not."""
        return any(one.number == _ENCRYPTION for one in fields_of(self.data))


def footer_of(path: Path, shown: str) -> Footer:
    """Read the footer of a Parquet file.

    Parameters
    ----------
    shown : the file's name in messages

    Raises
    ------
    SourceError : the file is empty, cut short, encrypted, or no Parquet
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        if size == 0:
            raise SourceError(
                f"{shown} is empty", because="it has 0 bytes", remedy="name another file", code="empty_file"
            )
        file.seek(0)
        first = file.read(4)
        file.seek(max(size - 8, 0))
        last = file.read(8)
        if ENCRYPTED_MARK in (first, last[-4:]):
            raise encrypted(shown, "its footer is encrypted")
        if first != MARK:
            raise SourceError(
                f"{shown} is not a Parquet file",
                because="it does not start with Parquet's mark",
                remedy="give it the ending of what it is, as .csv",
                code="not_a_table",
            )
        length = int.from_bytes(last[:4], "little")
        if size < 12 or last[-4:] != MARK or length > min(size - 12, LARGEST_FOOTER):
            raise cut_short(shown, size)
        file.seek(size - 8 - length)
        return Footer(file.read(length), size - 8 - length)


def encrypted(shown: str, because: str) -> SourceError:
    """The error of a file that cannot be read without a key."""
    return SourceError(
        f"{shown} is encrypted",
        because=f"{because}, and no key is at hand",
        remedy="write it without encryption, and name that file",
        code="encrypted",
    )


def cut_short(shown: str, size: int) -> SourceError:
    """The error of a file whose end is missing."""
    return SourceError(
        f"{shown} is cut short",
        because=f"Parquet's end mark, or what should stand before it, is missing after {size:,} bytes",
        remedy="fetch or write the file again",
        code="file_truncated",
    )


def with_names(footer: Footer, names: Sequence[str]) -> bytes:
    """The footer's bytes with other names for the columns, in order; nothing else in them changes.

    Raises
    ------
    Damaged : the footer is damaged, or has another number of columns
    """
    fields = _name_fields(footer.data)
    if len(fields) != len(names):
        raise Damaged("it has another number of columns")
    edits = [(one.start, one.end, as_binary(name.encode())) for one, name in zip(fields, names, strict=True)]
    return _spliced(footer.data, edits + _arrow_edits(footer.data, names))


def _arrow_edits(data: bytes, names: Sequence[str]) -> list[tuple[int, int, bytes]]:
    """The schema that Arrow left beside Parquet's own names the columns, too, and says more of their types."""
    metadata = [one for one in fields_of(data) if one.number == _METADATA]
    edits = []
    for start, _ in items_of(data, metadata[0].start)[1] if metadata else []:
        pair = {one.number: one for one in fields_of(data, start)}
        if _KEY in pair and _VALUE in pair and binary(data, pair[_KEY].start) == _ARROW:
            value = pair[_VALUE]
            try:
                message = renamed_arrow(base64.b64decode(binary(data, value.start)), names)
            except (ValueError, binascii.Error) as error:
                raise Damaged(str(error)) from error
            edits.append((value.start, value.end, as_binary(base64.b64encode(message))))
    return edits


def _name_fields(data: bytes) -> list[Field]:
    """Where the names of the columns stand: the children of the schema's first element."""
    elements = [
        {one.number: one for one in fields_of(data, start)}
        for start, _ in items_of(data, _field(data, _SCHEMA).start)[1]
    ]

    def children(place: int) -> int:
        if place >= len(elements):
            raise Damaged("its schema names more columns than it has")
        return _number(data, elements[place][_CHILDREN]) if _CHILDREN in elements[place] else 0

    found = []
    place = 1
    for _ in range(children(0)):
        if place >= len(elements) or _NAME not in elements[place]:
            raise Damaged("a column has no name")
        found.append(elements[place][_NAME])
        open_elements = 1
        while open_elements:
            open_elements += children(place) - 1
            place += 1
    return found


def _field(data: bytes, number: int) -> Field:
    for one in fields_of(data):
        if one.number == number:
            return one
    raise Damaged(f"its field {number} is missing")


def _number(data: bytes, field: Field) -> int:
    return signed(data, field.start)[0]


def _spliced(data: bytes, edits: Sequence[tuple[int, int, bytes]]) -> bytes:
    """Bytes with some stretches replaced."""
    pieces, last = [], 0
    for start, end, new in sorted(edits):
        pieces += [data[last:start], new]
        last = end
    return b"".join([*pieces, data[last:]])
