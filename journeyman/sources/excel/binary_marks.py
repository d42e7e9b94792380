"""What the records of a binary workbook (xlsb) say of its sheets and cells beside their values."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

from journeyman.sources.excel.sheet_marks import Cell, Marks

#: How errors are numbered in binary workbooks, old and new.
ERRORS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
    43: "#GETTING_DATA",
}
#: Kinds of records: a row, cells that hold something, cells with an error, a sheet of the workbook.
_ROW, _CELLS, _WITH_ERROR, _BUNDLE = 0, range(2, 12), (3, 11), 156
_LONGEST_RECORD = 1 << 26


def marks_of(pieces: Iterable[bytes]) -> Marks:
    """Errors and the size of a sheet.

    Parameters
    ----------
    pieces : the sheet's part, unpacked

    Raises
    ------
    ValueError : it is damaged
    """
    errors: dict[Cell, str] = {}
    row = last_row = last_column = 0
    for kind, content in _records(pieces):
        if kind == _ROW and len(content) >= 4:
            row = struct.unpack_from("<I", content)[0]
        elif kind in _CELLS and len(content) >= 4:
            column = struct.unpack_from("<I", content)[0]
            last_row, last_column = max(last_row, row), max(last_column, column)
            if kind in _WITH_ERROR and len(content) > 8:
                errors[row, column] = ERRORS.get(content[8], "an error")
    return Marks(errors=errors, last=(last_row, last_column))


def sheets_in(content: bytes) -> dict[str, str]:
    """The relation of each sheet, by its name.

    Parameters
    ----------
    content : the part ``xl/workbook.bin``

    Raises
    ------
    ValueError : it is damaged
    """
    found = {}
    for kind, record in _records([content]):
        if kind == _BUNDLE:
            relation, place = _text(record, 8)
            name, _ = _text(record, place)
            found[name] = relation
    return found


def _records(pieces: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """The records: the number of each kind, and its content."""
    left = b""
    for piece in pieces:
        data, place = left + piece, 0
        while (found := _record(data, place)) is not None:
            kind, start, end = found
            yield kind, data[start:end]
            place = end
        left = data[place:]
        if len(left) > _LONGEST_RECORD:
            raise ValueError("a record is longer than any may be")


def _record(data: bytes, place: int) -> tuple[int, int, int] | None:
    """Kind, beginning and end of the record at a place; None where it is not whole."""
    kind = _variable(data, place, 2)
    if kind is None:
        return None
    length = _variable(data, kind[1], 4)
    if length is None or length[1] + length[0] > len(data):
        if length is not None and length[0] > _LONGEST_RECORD:
            raise ValueError("a record is longer than any may be")
        return None
    return kind[0], length[1], length[1] + length[0]


def _variable(data: bytes, place: int, most: int) -> tuple[int, int] | None:
    """A number of one to ``most`` bytes, seven bits in each, and the place behind it."""
    value = 0
    for count in range(most):
        if place + count >= len(data):
            return None
        one = data[place + count]
        value |= (one & 0x7F) << (7 * count)
        if one < 0x80:
            return value, place + count + 1
    return value, place + most


def _text(record: bytes, place: int) -> tuple[str, int]:
    if place + 4 > len(record):
        raise ValueError("a record ends early")
    length = 2 * struct.unpack_from("<I", record, place)[0]
    if length > len(record):
        raise ValueError("a text is longer than its record")
    return record[place + 4 : place + 4 + length].decode("utf-16-le", "replace"), place + 4 + length
